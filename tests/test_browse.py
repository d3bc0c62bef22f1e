"""The lists of the knowledge: filters, search, forms; what is stale; what every target covers."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import jsonschema
import pytest

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.main import execute
from hsm_planner.engine.browse import LicenseRow, PathwayRow, SkillRow, listing
from hsm_planner.engine.coverage import coverage
from hsm_planner.engine.filters import Filters, ListName
from hsm_planner.engine.sources import is_old
from hsm_planner.engine.stale import stale
from hsm_planner.knowledge.models import Role
from hsm_planner.report.jsonform import result_json
from hsm_planner.report.listing import listing_lines
from hsm_planner.report.schemas import schema
from hsm_planner.report.stale import stale_lines
from hsm_planner.report.tabular import csv_text, jsonl_text
from hsm_planner.report.terminal import plain_text
from hsm_planner.requirements.rules import walk
from hsm_planner.values.problems import InputError
from tests.support import AS_OF, knowledge

LISTS: tuple[ListName, ...] = (
    "roles", "certifications", "licenses", "degrees", "skills", "pathway", "sources",
)  # fmt: skip


def rows(name: ListName, **filters: str) -> list[str]:
    return [row.id for row in listing(knowledge(), name, Filters(**filters), AS_OF).rows]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_without_filters_has_everything_once_in_every_form(name: ListName) -> None:
    result = listing(knowledge(), name, Filters(), AS_OF)
    ids = [row.id for row in result.rows]
    assert result.of == len(ids) > 0
    assert len(set(ids)) == len(ids) or name == "pathway"
    jsonschema.validate(json.loads(result_json(result)), schema("list"))
    lines = jsonl_text(result.rows).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    table = list(csv.DictReader(io.StringIO(csv_text(result.rows))))
    assert [row["id"] for row in table] == ids
    assert all(None not in row.values() and None not in row for row in table)
    text = plain_text(listing_lines(result), 60)
    assert all(id_ in text for id_ in ids)


def test_filters_cut_down_and_search_finds_words_in_any_order() -> None:
    assert set(rows("roles", setting="nursing-home", level="manager")) < set(rows("roles", setting="nursing-home"))
    assert "nursing-home-administrator" in rows("roles", search="administrator NURSING")
    assert rows("roles", search="administrator zebra") == []
    assert {"cnha", "cala"} <= set(rows("certifications", status="paused")) < set(rows("certifications"))
    assert {"chfp", "fhfma"} <= set(rows("certifications", issuer="hfma"))
    assert set(rows("licenses", state="PA")) == {"nha-pa", "rn", "lpn", "al-pa-alr", "al-pa-pch"}
    assert rows("licenses", state="OH", family="nha") == ["nha-oh"]
    assert "mha" in rows("degrees", level="master", field="health-administration")
    assert rows("certifications", search="paused nursing home") == ["cnha"]
    assert set(rows("certifications", search="hospital")) >= set(rows("certifications", setting="hospital"))
    assert "registered-nurse" in (nurses := rows("roles", search="rn"))
    assert "practice-administrator" not in nurses  # of whose words one has these letters inside
    assert rows("skills", search="zebra") == []
    assert rows("skills", search="negotiation") == ["problem-solving"]


def test_a_filter_that_nothing_has_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["roles", "--setting", "hospitel"]) == Exit.FAILED
    assert "Did you mean hospital?" in capsys.readouterr().err
    assert execute(["certifications", "--stage", "x", "--json"]) == Exit.FAILED
    assert json.loads(capsys.readouterr().out)["errors"][0]["code"] == "unknown-id"


def test_each_skill_and_duty_has_elements_and_ways_to_show_and_to_build_it() -> None:
    duties = [
        row for row in listing(knowledge(), "pathway", Filters(), AS_OF).rows if getattr(row, "sort", "") == "duty"
    ]
    skills = listing(knowledge(), "skills", Filters(), AS_OF).rows
    assert (len(duties), len(skills)) == (7, 8)
    for row in (*duties, *skills):
        assert isinstance(row, PathwayRow | SkillRow)
        assert row.onet_elements
        assert row.show_by
        assert row.build_by
    assert rows("pathway", search="learning strategies") == ["build-teams"]


def test_the_stage_of_a_role_is_its_rung() -> None:
    assert rows("roles", stage="director") == rows("roles", level="director") != []
    assert rows("roles", stage="director", level="entry") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["roles", "--issuer", "ache"], "roles cannot be filtered by issuer; certifications can."),
     (["roles", "--state=CA"], "roles cannot be filtered by state; licenses can."),
     (["degrees", "--setting", "hospital"], "degrees cannot be filtered by setting; roles and certifications can."),
     (["licenses", "--status", "active"], "licenses can be filtered by --state, --family, --search."),
     (["skills", "--stage", "entry"], "skills can be filtered by --search."),
     (["pathway", "--level", "entry"], "pathway cannot be filtered by level; roles and degrees can."),
     (["roles", "--shape", "round"], "No such option: --shape")],
)  # fmt: skip
def test_a_filter_of_another_list_is_refused_by_name(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(arguments) == Exit.USAGE
    assert said in capsys.readouterr().err


def test_a_list_asked_from_python_refuses_it_too() -> None:
    with pytest.raises(InputError, match="skills cannot be filtered by state; licenses can"):
        rows("skills", state="CA")


def test_the_form_comes_from_the_option_or_the_suffix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "roles.csv"
    assert execute(["roles", "-o", str(target)]) == Exit.DONE
    assert target.read_text(encoding="utf-8").startswith("id,title,level,")
    assert capsys.readouterr().out == ""
    assert execute(["roles", "-o", str(target), "--json"]) == Exit.USAGE
    assert execute(["roles", "-o", str(tmp_path / "roles.pdf")]) == Exit.USAGE
    capsys.readouterr()
    assert execute(["skills", "--format", "jsonl"]) == Exit.DONE
    assert len(capsys.readouterr().out.splitlines()) == 8


def test_cells_that_begin_like_formulas_are_quoted() -> None:
    row = listing(knowledge(), "skills", Filters(), AS_OF).rows[0].model_copy(update={"title": "=1+1"})
    assert "'=1+1" in csv_text([row])


def test_every_target_says_how_much_of_it_can_be_known() -> None:
    for kind, raw in knowledge().raw_targets():
        entry = knowledge().entry(kind, raw["id"])
        assert entry is not None
        found = coverage(knowledge(), entry, AS_OF)
        trees = knowledge().role_rules(entry) if isinstance(entry, Role) else {"rule": knowledge().rule_of(entry)}
        leaves = [node for name, rule in trees.items() if name != "preferred" for node in walk(rule)]
        gone = {below.id for node in leaves if not node.in_force(AS_OF) for below in walk(node)}
        asked = [
            node
            for node in leaves
            if node.id not in gone and node.kind not in ("all_of", "any_of", "at_least", "nothing_asked")
        ]
        extra = [] if isinstance(entry, Role) else knowledge().extra_rules(entry)
        if not extra:
            assert found.checked + found.attested + found.unread == len(asked)
            assert found.unread == sum(node.kind in ("unread", "amount_not_found") for node in asked)
        if raw["id"] == "nha-pa":
            assert (found.attested > 0, found.unread > 0) == (True, True)


@pytest.mark.parametrize(
    ("name", "key", "written", "meant"),
    [("roles", "setting", "Nursing Home", "nursing-home"), ("roles", "stage", "Director", "director"),
     ("certifications", "issuer", "American College of Healthcare Executives", "ache"),
     ("certifications", "issuer", "ACHE", "ache"), ("licenses", "state", "ohio", "OH"),
     ("licenses", "state", "oh", "OH"),
     ("licenses", "family", "RN", "rn"), ("degrees", "field", "health administration", "health-administration")],
)  # fmt: skip
def test_a_filter_is_understood_as_people_write_it(name: ListName, key: str, written: str, meant: str) -> None:
    result = listing(knowledge(), name, Filters(**{key: written}), AS_OF)
    assert result.filters == {key: meant}
    assert 0 < len(result.rows) < result.of
    assert result.rows == listing(knowledge(), name, Filters(**{key: meant}), AS_OF).rows


def test_with_a_state_what_other_states_ask_is_not_counted() -> None:
    entry = knowledge().entry("license", "rn")
    assert entry is not None
    every, ohio, york = (coverage(knowledge(), entry, AS_OF, state) for state in (None, "OH", "NY"))
    assert ohio.checked < york.checked < every.checked
    listed = {row.id: row for row in listing(knowledge(), "licenses", Filters(state="OH"), AS_OF).rows}
    assert isinstance(listed["rn"], LicenseRow)
    assert (listed["rn"].coverage, listed["rn"].board) == (ohio, "Ohio Board of Nursing")


def test_a_version_of_another_day_is_not_counted() -> None:
    entry = knowledge().entry("license", "nha-mi")
    assert entry is not None
    before, after = (coverage(knowledge(), entry, dt.date(2026, 5, day)) for day in (6, 7))
    assert after.checked - before.checked == 6  # the schooling asked from that day on, in each of two ways


@pytest.mark.parametrize(
    ("dated", "old"),
    [(None, True), ("2024-11-22", True), ("2024-11-23", False), ("2024-10", True), ("2024-11", False),
     ("2024", False), ("2023", True)],
)  # fmt: skip
def test_a_source_is_old_from_a_day_on(dated: str | None, old: bool) -> None:
    assert is_old(dated, "2026-11-23") is old


def test_what_is_stale_is_what_rests_on_nothing_newer() -> None:
    result = stale(knowledge(), AS_OF)
    sizes = [len(row.facts) for row in result.sources]
    assert sizes == sorted(sizes, reverse=True)
    assert 0 < result.stale < result.facts
    named = {fact for row in result.sources for fact in row.facts}
    assert len(named) == result.stale
    assert all(row.whole for row in result.unsure if row.id == "nha-ma")
    assert stale(knowledge(), AS_OF, years=40).stale < result.stale
    assert {"rn.ga.renewal", "nab-core", "mha"} <= {
        fact for row in stale(knowledge(), AS_OF, 0).sources for fact in row.facts
    }
    low = {row.id: row for row in result.unsure}
    assert "rn.ga.fee.examination" in low["rn"].facts  # what was read of Georgia is of low confidence
    assert not low["rn"].whole
    assert not any(fact.startswith("rn.pa.") for fact in low["rn"].facts)
    text = plain_text(stale_lines(result, 5), 80)
    assert result.sources[0].id in text
    jsonschema.validate(json.loads(result_json(result)), schema("stale"))


def test_the_commands_of_the_data_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["knowledge", "stale", "--as-of", "2026-11-23", "--most", "2"]) == Exit.DONE
    assert "What to read again first" in capsys.readouterr().out
    assert execute(["knowledge", "sources", "-s", "ohio 4751", "--json"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["rows"]
