"""``hsm-plan show``: every entry of the knowledge, as text and as JSON that keeps to its schema."""

from __future__ import annotations

import datetime as dt
import json
import re

import jsonschema
import pytest

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.main import execute
from hsm_planner.knowledge.names import find
from hsm_planner.requirements.base import Leaf
from hsm_planner.requirements.plain import UnreadLeaf
from hsm_planner.requirements.rules import Rule, walk
from tests.support import ROOT, knowledge

TARGETS: list[tuple[str, str]] = [(kind, raw["id"]) for kind, raw in knowledge().raw_targets()]
DEGREES = [("degree", programme.id) for programme in knowledge().programmes()]
SCHEMA = json.loads((ROOT / "schemas" / "show.schema.json").read_text(encoding="utf-8"))


def shown(name: str, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert execute(["show", name, "--as-of", "2026-11-23", *options]) == Exit.DONE
    return capsys.readouterr().out


@pytest.mark.parametrize(("kind", "name"), TARGETS + DEGREES)
def test_json_of_every_entry_keeps_to_the_schema_and_cites(
    kind: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(shown(name, capsys, "--json"))
    jsonschema.validate(told, SCHEMA)
    assert (told["kind"], told["id"]) == (kind, name)
    assert told["sources"]
    cited = {source for tree in told["trees"] for line in tree["sentences"] for source in line["sources"]}
    assert cited <= set(told["sources"])


@pytest.mark.parametrize(("kind", "name"), TARGETS + DEGREES)
def test_text_of_every_entry_lists_each_source_it_cites(
    kind: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text, _, foot = shown(name, capsys).partition("\nSources\n")
    numbers = set(re.findall(r"\[(\d+)\]", text))
    listed = re.findall(r"^ *\[(\d+)\]", foot, re.MULTILINE)
    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    assert listed
    assert numbers <= set(listed)


@pytest.mark.parametrize("name", [name for kind, name in TARGETS if kind == "certification"])
def test_every_leaf_in_force_is_told_and_no_other(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    entry = knowledge().certification(name)
    assert entry is not None
    told = json.loads(shown(name, capsys, "--json"))
    ids = [line["id"] for line in told["trees"][0]["sentences"]]
    assert ids == in_force(knowledge().rule_of(entry))


def in_force(node: Rule) -> list[str]:
    if not node.in_force(dt.date(2026, 11, 23)):
        return []
    below = [] if isinstance(node, Leaf) else node.of
    return [node.id, *(name for child in below for name in in_force(child))]


def test_neighbours_are_named_both_ways(capsys: pytest.CaptureFixture[str]) -> None:
    nurse = json.loads(shown("rn", capsys, "--json"))
    assert {"id": "charge-nurse", "title": "Charge nurse", "how": "required"} in nurse["asked_for_by"]
    charge = json.loads(shown("charge-nurse", capsys, "--json"))
    assert "clinical-nurse-manager" in {other["id"] for other in charge["leads_to"]}
    manager = json.loads(shown("clinical-nurse-manager", capsys, "--json"))
    assert {"id": "charge-nurse", "title": "Charge nurse", "how": "leads here"} in manager["asked_for_by"]


def test_a_licence_of_one_state_is_not_shown_as_that_of_another(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["show", "nha-oh", "--state", "CA"]) == Exit.FAILED
    assert "nha-oh is of OH, not of CA" in capsys.readouterr().err
    assert execute(["show", "nha-oh", "--state", "oh"]) == Exit.DONE


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["show", "astronaut"]) == Exit.FAILED
    assert "astronaut" in capsys.readouterr().err


def test_a_state_leaves_out_what_other_states_ask(capsys: pytest.CaptureFixture[str]) -> None:
    ids = {}
    for state in ("TX", "OH"):
        trees = json.loads(shown("assisted-living-director", capsys, "--json", "--state", state))["trees"]
        ids[state] = {line["id"] for tree in trees for line in tree["sentences"]}
    assert "assisted-living-director.required-tx" in ids["TX"]
    assert not any(".required-ca" in id_ or ".required-state" in id_ for id_ in ids["TX"])
    assert "assisted-living-director.required-state" in ids["OH"]
    assert not any(".required-tx" in id_ for id_ in ids["OH"])


@pytest.mark.parametrize(
    ("state", "asked"),
    [("AZ", "Assisted Living Facility Managers (nciaboard.az.gov)"), ("DC", "dchealth.dc.gov"), ("GA", "sos.ga.gov")],
)
def test_a_board_that_is_known_is_named_where_its_rule_was_not_read(state: str, asked: str) -> None:
    role = knowledge().role("assisted-living-director")
    assert role is not None
    leaves = [one for one in walk(role.required) if isinstance(one, UnreadLeaf)]
    (leaf,) = [one for one in leaves if one.when and state in one.when.states]
    assert asked in (leaf.ask or "")
    general = [one.when.not_states for one in leaves if one.when and one.when.not_states]
    assert all(state in states for states in general)


def test_what_a_state_asks_of_a_role_without_a_licence_is_told_leaf_by_leaf(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown("assisted-living-director", capsys, "--state", "tx")
    assert "one of these, in Texas:" in text
    assert "1 year of management" in text  # from the rule of al-tx-manager
    rule = json.loads(shown("al-tx-manager", capsys, "--json"))
    title = "Assisted living director / administrator"
    assert {"id": "assisted-living-director", "title": title, "how": "required"} in rule["asked_for_by"]


def test_a_licence_names_its_state_once(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown("assisted-living-director", capsys)
    assert "elderly, California, in force" in text
    assert "California, California" not in text


def test_an_exam_by_itself_names_who_asks_it(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(shown("nab-nha", capsys, "--json"))
    jsonschema.validate(found, SCHEMA)
    assert (found["kind"], found["confidence"], found["coverage"]) == ("exam", None, None)
    assert {"nha-pa", "nha-oh"} <= {one["id"] for one in found["asked_for_by"]}
    text = shown("nab-rcal", capsys)
    assert "NAB RCAL examination, taken alone: $185" in text
    assert "How sure" not in text


def test_an_exam_is_no_target(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["assess", str(ROOT / "examples" / "charge-nurse.yaml"), "-t", "nab-core"]) == Exit.FAILED
    assert "hsm-plan show nab-core" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("run a nursing home", "nursing-home-administrator"),
        ("office manager", "medical-office-manager"),
        ("LNHA", "nha-oh"),
    ],
)
def test_what_people_call_a_target_is_its_name(said: str, id_: str) -> None:
    (match,) = find(knowledge(), said, state="OH").matches
    assert match.id == id_
    assert len(find(knowledge(), "DON").matches) == 2


def test_a_state_tells_how_sure_its_own_part_is_and_where_its_sources_differ(
    capsys: pytest.CaptureFixture[str],
) -> None:
    georgia, pennsylvania, wyoming = (
        json.loads(shown("rn", capsys, "--json", "--state", state)) for state in ("GA", "PA", "WY")
    )
    assert [one["confidence"] for one in (georgia, pennsylvania, wyoming)] == ["high"] * 3
    assert [one["place_confidence"] for one in (georgia, pennsylvania, wyoming)] == ["low", "high", None]
    assert any("no hours for registered nurses" in text for text in georgia["conflicts"])
    assert "The fee of renewal." in georgia["gaps"]
    assert not any("49 Pa. Code" in text for text in georgia["conflicts"])
    assert any("49 Pa. Code" in text for text in pennsylvania["conflicts"])
    assert "high of what all states ask, not recorded of what Wyoming adds" in shown("rn", capsys, "--state", "WY")
    every = json.loads(shown("rn", capsys, "--json"))
    assert any(text.startswith("Pennsylvania: An older copy") for text in every["conflicts"])
    assert every["place"] is every["place_confidence"] is None


def test_a_report_on_a_licence_tells_where_sources_differ_and_what_was_not_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    person = str(ROOT / "examples" / "medical-assistant.yaml")
    assert execute(["assess", person, "--target", "lpn", "--state", "NY", "--json"]) == Exit.DONE
    standing = json.loads(capsys.readouterr().out)["target"]["standing"]
    assert (standing["place"], standing["place_confidence"]) == ("New York", "high")
    assert any("115 and 50 USD" in text for text in standing["conflicts"])
    assert execute(["assess", person, "--target", "nha-dc"]) == Exit.DONE
    told = capsys.readouterr().out
    entry = json.loads(shown("nha-dc", capsys, "--json"))
    assert all(f"- {text}" in told for text in (*entry["conflicts"], *entry["gaps"]))
    assert "How sure we are of the entry as a whole: low." in told


def test_each_version_of_a_rule_tells_its_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert "1 year of membership" in (told := shown("fache", capsys, "--as-of", "2021-01-01"))
    assert ", since 2021-01-01 [" in told
    assert "3 years of membership" in (told := shown("fache", capsys, "--as-of", "2020-12-31"))
    assert ", until 2020-12-31 [" in told
