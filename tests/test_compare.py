"""One person beside many targets: the order, what counts, the ways that are open, plans and states."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from functools import cache
from itertools import groupby
from pathlib import Path

import jsonschema
import pytest

from hsm_planner.cli.main import execute
from hsm_planner.engine.assess import Goal, assess
from hsm_planner.engine.compare import Comparison, compare, every_role, not_to_be_told
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.plan import plan
from hsm_planner.profile.read import read_profile
from hsm_planner.report.schemas import schema
from hsm_planner.values.truth import Verdict

ROOT = Path(__file__).parents[1]
AS_OF = dt.date(2026, 11, 23)
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data")


@cache
def compared(name: str) -> Comparison:
    person, _ = read_profile((ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8"), name)
    return compare(person, knowledge(), every_role(knowledge(), person.state), AS_OF)


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_the_nearest_come_first(name: str) -> None:
    rows = compared(name).rows
    assert {row.id for row in rows} == set(knowledge().ids("roles", "roles"))
    ranks = [
        -1 if row.current else 0 if row.held or row.verdict is Verdict.READY
        else 1 if row.if_confirmed is Verdict.READY
        else 4 if not row.met and row.not_read and row.if_confirmed is Verdict.UNKNOWN
        else 2 if row.verdict is Verdict.UNKNOWN
        else 3
        for row in rows
    ]  # fmt: skip
    assert ranks == sorted(ranks)
    for rank in set(ranks):
        known = [
            row.months_left.high
            for row, own in zip(rows, ranks, strict=True)
            if own == rank and row.months_left.high is not None and not row.months_left.unknown
        ]
        assert known == sorted(known)


def test_each_row_is_the_assessment_of_its_target() -> None:
    person, _ = read_profile((ROOT / "examples" / "hr-specialist.yaml").read_text(encoding="utf-8"), "x")
    for row in compared("hr-specialist").rows[::9]:
        alone = assess(person, knowledge(), Goal("role", row.id, person.state), AS_OF)
        assert (row.verdict, row.if_confirmed) == (alone.verdict, alone.if_confirmed)
        assert (row.met, row.of) == (alone.progress.met, alone.progress.of)
        assert row.months_left == alone.months_left
        met = {one.text for found in alone.findings if found.status == "met" for one in found.evidence}
        assert set(row.counts) <= met


def test_a_way_that_is_open_leads_to_the_target() -> None:
    result = compared("hr-specialist")
    open_ = {row.id for row in result.rows if row.if_confirmed is Verdict.READY}
    bridged = [row for row in result.rows if row.bridges]
    assert bridged
    for row in bridged:
        assert row.id not in open_
        for name in row.bridges:
            role = knowledge().role(name)
            assert role is not None
            assert name in open_
            assert row.id in {edge.role for edge in role.next_roles}
            assert result.titles[name] == role.title
    director = next(row for row in result.rows if row.id == "director-of-hr")
    assert "hr-manager-healthcare" in director.bridges


def test_one_licence_in_several_states(capsys: pytest.CaptureFixture[str]) -> None:
    nurse = str(ROOT / "examples" / "charge-nurse.yaml")
    command = ["compare", nurse, "-t", "NHA", "--state", "OH", "--state", "pa", "--as-of", "2026-11-23"]
    assert execute([*command, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, schema("compare"))
    assert {row["id"] for row in told["rows"]} == {"nha-oh", "nha-pa"}
    assert execute([*command, "--state", "ZZ"]) == 1


def test_plans_are_those_of_plan(capsys: pytest.CaptureFixture[str]) -> None:
    path = ROOT / "examples" / "charge-nurse.yaml"
    names = ["-t", "nha-pa", "-t", "nurse manager", "-t", "rn"]
    assert execute(["compare", str(path), *names, "--plans", "--as-of", "2026-11-23", "--json"]) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    person, _ = read_profile(path.read_text(encoding="utf-8"), "x")
    alone = plan(person, knowledge(), Goal("license", "nha-pa", "PA"), AS_OF)
    assert alone.cost_usd is not None
    assert rows["nha-pa"]["plan"]["months"] == alone.months
    assert rows["nha-pa"]["plan"]["known_high"] == alone.cost_usd.known_high
    assert rows["nha-pa"]["plan"]["unpriced"] == alone.cost_usd.unknown_prices
    assert rows["rn"]["plan"]["status"] == "done"


def test_a_plan_in_short_tells_no_price_of_nothing_and_what_its_date_rests_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = ["compare", str(ROOT / "examples" / "assistant-administrator.yaml"), "--plans", "--as-of", "2026-11-23"]
    command += ["-t", "cmm", "-t", "nha-oh", "-t", "patient-services-representative"]
    assert execute([*command, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, schema("compare"))
    assert {row["id"]: row["plan"]["if_answers_are_yes"] for row in told["rows"]} == {
        "cmm": True, "nha-oh": True, "patient-services-representative": False,
    }  # fmt: skip
    assert execute(command) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "$0" not in text
    assert "plan: 31 Mar 2027 (4 months) if the answers to its questions are yes; cost: 2 prices not known" in text
    assert "plan: 1 Feb 2027 (2 months); cost: nothing that we know of" in text


def test_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(ROOT / "examples" / "medical-assistant.yaml")
    assert execute(["compare", path, "--format", "csv", "--as-of", "2026-11-23"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == len(knowledge().ids("roles", "roles"))
    assert {"id", "verdict", "months_left.low", "pay.median"} <= set(rows[0])
    assert execute(["compare", path, "--as-of", "2026-11-23"]) == 0
    text = capsys.readouterr().out
    assert "the nearest first" in text
    assert "posts of one are not told apart" in text
    assert "no advice" in text


def test_pay_is_told_by_occupation_and_never_ranked() -> None:
    for row in compared("medical-assistant").rows:
        if row.pay is not None:
            role = knowledge().role(row.id)
            assert role is not None
            assert (role.onet_soc or "").startswith(row.pay.occupation)
            assert row.pay.source in compared("medical-assistant").sources


def test_what_was_not_read_is_no_nearness(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody with a diploma alone: a post of which nothing is known does not come before one that is half met."""
    path = tmp_path / "someone.yaml"
    path.write_text(
        "schema_version: 1\nstate: OH\neducation: [{degree: high school diploma, awarded: 2019}]\nexperience: []\n",
        encoding="utf-8",
    )
    assert execute(["compare", str(path), "--as-of", "2026-11-23", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    order = [row["id"] for row in rows]
    far = next(row for row in rows if row["id"] == "regional-director-home-care")
    assert far["not_read"] == 3
    assert rows[-4]["id"] == "hospice-administrator"
    last = order.index("regional-director-home-care")
    assert (
        max(map(order.index, ("community-health-worker", "healthcare-hr-assistant", "medical-office-manager"))) < last
    )
    assert execute(["compare", str(path), "--as-of", "2026-11-23"]) == 0
    shown = capsys.readouterr().out
    assert "3 points not read" in shown
    assert (
        shown.index("Something is still to do") < shown.index("Not to be told") < shown.index("Hospice administrator /")
    )


def test_where_the_months_are_not_all_known_the_lower_rung_comes_first() -> None:
    rungs = [rung.id for rung in knowledge().words.ladder]
    open_ = [row for row in compared("restaurant-manager").rows if row.months_left.unknown and not row.current]
    groups = groupby(open_, key=lambda row: (row.verdict, row.if_confirmed, not_to_be_told(row), row.months_left.low))
    levels = [[rungs.index(row.level or "") for row in rows] for _, rows in groups]
    assert all(one == sorted(one) for one in levels)
    assert any(len(set(one)) > 1 for one in levels)


def test_roles_of_several_states_say_which(capsys: pytest.CaptureFixture[str]) -> None:
    profile = str(ROOT / "examples" / "charge-nurse.yaml")
    states = ["--state", "PA", "--state", "TX"]
    assert execute(["compare", profile, "--target", "nursing-home-administrator", *states]) == 0
    told = capsys.readouterr().out
    assert "Nursing home administrator, PA" in told
    assert "Nursing home administrator, TX" in told


def test_a_comparison_goes_by_the_standard_asked_or_by_that_of_the_profile(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "examples" / "charge-nurse.yaml").read_text(encoding="utf-8")
    profile = tmp_path / "profile.yaml"
    profile.write_text(text.partition("\ntarget:")[0] + "\n", encoding="utf-8")

    def rows(*arguments: str) -> dict[str, dict[str, object]]:
        assert execute(["compare", str(profile), "--json", "--as-of", "2026-11-23", *arguments]) == 0
        return {row["id"]: row for row in json.loads(capsys.readouterr().out)["rows"]}

    name = ["--target", "clinical-nurse-manager"]
    law, usual, strong = (rows(*name, "--standard", one) for one in ("required", "typical", "preferred"))
    of = [one["clinical-nurse-manager"]["of"] for one in (law, usual, strong)]
    assert of == sorted(set(of), key=int)  # type: ignore[arg-type]
    assert rows(*name) == usual
    with profile.open("a", encoding="utf-8") as file:
        file.write("\ntarget: {id: clinical-nurse-manager, standard: preferred}\n")
    assert rows(*name) == strong
    assert rows(*name, "--standard", "required") == law  # what is asked for goes before what the profile says
    assert {one["standard"] for one in rows().values()} == {"preferred"}
    assert execute(["compare", str(profile), *name]) == 0
    assert "what makes a strong candidate" in capsys.readouterr().out
