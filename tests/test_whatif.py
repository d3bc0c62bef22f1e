"""What would change: additions, values, omissions, patches; the same engine before and after; nothing written."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest

from hsm_planner.cli.main import execute
from hsm_planner.engine.assess import Goal, assess
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.plan import plan
from hsm_planner.planner.whatif import WhatIf, whatif
from hsm_planner.profile.changes import ADDABLE, Changes, changed
from hsm_planner.profile.model import Profile
from hsm_planner.profile.read import read_profile
from hsm_planner.report.schemas import schema
from hsm_planner.values.problems import InputError

ROOT = Path(__file__).parents[1]
AS_OF = dt.date(2026, 11, 23)
PATH = ROOT / "examples" / "charge-nurse.yaml"
NURSE = PATH.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data")


def nurse() -> Profile:
    return read_profile(NURSE, "x")[0]


def asked(knowledge: Knowledge, changes: Changes) -> WhatIf:
    after, _ = changed(nurse(), changes, AS_OF)
    goal = Goal("role", "clinical-nurse-manager", "PA")
    return whatif(nurse(), after, knowledge, (goal, goal), AS_OF, changes.words)


def test_both_sides_are_what_assess_and_plan_say(knowledge: Knowledge) -> None:
    found = asked(knowledge, Changes(add=("degree: BSN",)))
    after, _ = changed(nurse(), Changes(add=("degree: BSN",)), AS_OF)
    for person, side in ((nurse(), found.old), (after, found.new)):
        alone = assess(person, knowledge, Goal("role", "clinical-nurse-manager", "PA"), AS_OF)
        assert (side.verdict, side.if_confirmed, side.progress) == (alone.verdict, alone.if_confirmed, alone.progress)
    finishes = [
        plan(person, knowledge, Goal("role", "clinical-nurse-manager", "PA"), AS_OF).finish
        for person in (nurse(), after)
    ]
    assert [found.plan.old_finish, found.plan.new_finish] == finishes
    assert (found.plan.months_later or 0) < 0
    assert [(one.old, one.new) for one in found.findings] == [("partly", "met")]


def test_no_change_changes_nothing(knowledge: Knowledge) -> None:
    found = asked(knowledge, Changes(set_=("state=PA",)))
    assert found.old == found.new
    assert found.findings == ()
    assert found.plan.months_later == 0


@pytest.mark.parametrize(
    ("text", "section", "entry"),
    [
        ("degree: BSN", "education", {"degree": "BSN", "awarded": "2026-11-23"}),
        ("degree: {degree: MHA, expected: 2028-05}", "education", {"degree": "MHA", "expected": "2028-05"}),
        ("credits: 12", "education", {"credits": 12.0}),
        ("credential: fache", "credentials", {"id": "fache", "issued": "2026-11-23"}),
        ("post: Nurse manager", "experience", {"title": "Nurse manager", "start": "2026-11-23"}),
        ("membership: ache", "memberships", {"organization": "ache", "since": "2026-11-23"}),
        ("course: medical terminology", "courses", {"name": "medical terminology", "date": "2026-11-23"}),
        ("exam: nab-core", "exams", {"id": "nab-core", "passed": "2026-11-23"}),
        ("learning: 6", "learning", {"hours": 6.0, "date": "2026-11-23"}),
        ("volunteering: civic", "volunteering", {"kind": "civic", "date": "2026-11-23"}),
    ],
)
def test_each_kind_of_addition(text: str, section: str, entry: dict[str, object]) -> None:
    after, _ = changed(nurse(), Changes(add=(text,)), AS_OF)
    last = getattr(after, section)[-1].model_dump(mode="json", exclude_none=True)
    assert last == entry
    assert len(getattr(after, section)) == len(getattr(nurse(), section) or ()) + 1


def test_values_statements_omissions_and_a_patch() -> None:
    changes = Changes(
        add=("statement: good-moral-character", "statement: {background-check: false}"),
        set_=("state=TX", "constraints.study_hours_per_week=20", "experience[0].supervises=8"),
        drop=("credentials[0]",),
        patch={"exams": [{"id": "nab-core", "passed": "2026-01"}], "constraints": {"budget_usd": 9000}},
    )
    after, _ = changed(nurse(), changes, AS_OF)
    assert after.state == "TX"
    assert after.constraints is not None
    assert (after.constraints.study_hours_per_week, after.constraints.budget_usd) == (20, 9000)
    assert after.experience is not None
    assert after.experience[0].supervises == 8
    assert after.statements == {"good-moral-character": True, "background-check": False}
    assert len(after.credentials or ()) == len(nurse().credentials or ()) - 1
    assert [one.id for one in after.exams or ()] == ["nab-core"]


def test_all_that_is_wrong_is_told_at_once() -> None:
    changes = Changes(add=("dgree: BSN", "nothing"), set_=("foo", "experience[9].title=x"), drop=("experience[9]",))
    with pytest.raises(InputError) as error:
        changed(nurse(), changes, AS_OF)
    texts = " ".join(problem.message + problem.hint for problem in error.value.problems)
    assert len(error.value.problems) == 5
    assert "degree" in texts
    assert "PATH=VALUE" in texts


def test_the_command_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, patch = tmp_path / "nurse.yaml", tmp_path / "patch.yaml"
    path.write_text(NURSE, encoding="utf-8")
    patch.write_text("exams: [{id: nab-core, passed: 2026-01}]\n", encoding="utf-8")
    base = ["whatif", str(path), "-t", "nha-pa", "--as-of", "2026-11-23"]
    assert execute([*base, "--patch", str(patch), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, schema("whatif"))
    assert execute([*base, "--add", "degree: BSN"]) == 0
    assert "Nothing was written." in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == NURSE
    assert sorted(one.name for one in tmp_path.iterdir()) == ["nurse.yaml", "patch.yaml"]
    assert execute(base) == 2
    assert execute([*base, "--add", "statement: no-such-thing"]) == 1
    assert "no-such-thing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "form"),
    [
        (["--add", "degree", "MHA"], "--add 'degree: MHA'"),
        (["--add", "degree MHA"], "--add 'degree: MHA'"),
        (["--add", "degree=MHA"], "--add 'degree: MHA'"),
        (["--add", "degre MHA"], "--add 'degree: MHA'"),
        (["--add", "dgree: MHA"], "--add 'degree: MHA'"),
        (["--add", "degree:"], "--add 'degree: VALUE'"),
        (["--add", "degree"], "--add 'degree: VALUE'"),
        (["--add", "Master of Health Administration"], "--add 'KIND: VALUE'"),
        (["--add", "degree: MHA 2028"], "--add 'degree: {degree: MHA, awarded: 2028}'"),
        (["--add", "degree: MHA, 2028-05"], "--add 'degree: {degree: MHA, awarded: 2028-05}'"),
        (["--add", "post: Nurse manager, 2020"], "--add 'post: {title: Nurse manager, start: 2020}'"),
    ],
)
def test_an_addition_written_wrongly_is_shown_the_right_form(
    words: list[str], form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["whatif", str(PATH), "-t", "fache", *words]) in (1, 2)
    assert form in " ".join(capsys.readouterr().err.split())
    rest = [word for word in words if word != "--add"]
    assert execute(["whatif", "-t", "fache", "--add", *rest, str(PATH)]) in (1, 2)
    assert form in " ".join(capsys.readouterr().err.split())


def test_a_number_that_is_no_year_stays_in_the_name() -> None:
    after, _ = changed(nurse(), Changes(add=("post: Manager of clinic 1234",)), AS_OF)
    assert after.experience is not None
    assert after.experience[-1].title == "Manager of clinic 1234"


def test_what_is_added_has_to_be_known(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("exam: zzzqqq", "membership: zzzqqq", "credential: zzzqqq"):
        assert execute(["whatif", str(PATH), "-t", "fache", "--add", text]) == 1
        assert "we know" in capsys.readouterr().err


def test_another_state_is_another_rule(capsys: pytest.CaptureFixture[str]) -> None:
    base = ["whatif", str(PATH), "-t", "NHA", "--as-of", "2026-11-23", "--set", "state=OH"]
    assert execute([*base, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["target"]["id"], told["target_today"]["id"]) == ("nha-oh", "nha-pa")
    assert told["findings"] == []
    assert execute(base) == 0
    assert "Another rule: " in capsys.readouterr().out


def test_every_kind_names_a_section_of_a_profile() -> None:
    assert {one.section for one in ADDABLE.values()} <= set(Profile.model_fields)
