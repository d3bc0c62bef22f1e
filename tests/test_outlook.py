"""Pay and outlook: the figures of the sources, never a mean as a median, and wages.csv looked over line by line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.main import execute
from hsm_planner.engine.outlook import PayAndOutlook, occupation_of, outlook
from hsm_planner.knowledge.check import check
from hsm_planner.knowledge.files import COMPILED, WAGES
from hsm_planner.report.jsonform import result_json
from hsm_planner.report.outlook import outlook_lines
from hsm_planner.report.schemas import schema
from hsm_planner.report.terminal import plain_text
from hsm_planner.values.problems import InputError
from tests.support import AS_OF, ROOT, knowledge


def told(occupation: str, state: str | None = None) -> PayAndOutlook:
    return outlook(knowledge(), None, occupation, state, AS_OF.isoformat())


def test_the_figures_of_managers_are_those_of_the_survey() -> None:
    result = told("11-9111", "HI")
    newest = result.national[0]
    assert (newest.vintage, newest.median, newest.mean, newest.p90) == ("2025-05", 123860, 140970, 224340)
    assert next(row.median for row in result.national if row.vintage == "2021-05") == 101340
    assert [(row.mean, row.median) for row in result.state] == [(137740, None)]
    assert [one.change_percent for one in result.growth if one.edition == "2024-34"] == [23]
    assert result.growth[0].edition == "2024-34"
    assert len(result.said) == 4
    jsonschema.validate(json.loads(result_json(result)), schema("outlook"))


def test_a_mean_is_called_a_mean_and_a_top_code_a_bound() -> None:
    text = plain_text(outlook_lines(told("11-9111", "HI")))
    assert "a mean of $137,740; the median was not found" in text
    executives = told("11-1011")
    coded = [row for row in executives.national if row.top_coded]
    assert coded
    assert all(getattr(row, name) is None for row in coded for name in row.top_coded)
    assert "$239,200 or more" in plain_text(outlook_lines(executives))
    assert {row.top_wage for row in coded} == {239_200, None}  # before 2023 it is not known
    sectors = [row.employment or 0 for row in executives.sectors]
    assert sectors == sorted(sectors, reverse=True)


def test_a_state_without_a_figure_says_so() -> None:
    assert "We found no pay for this occupation in Massachusetts." in plain_text(outlook_lines(told("11-1011", "MA")))
    assert "the survey prints no pay for this occupation here" in plain_text(outlook_lines(told("11-1011", "AZ")))
    assert "21 % above its median that year" in plain_text(outlook_lines(told("11-9111", "PA")))


def test_every_post_has_pay_or_a_reason() -> None:
    for id_ in knowledge().ids("roles", "roles"):
        role = knowledge().role(id_)
        assert role is not None
        code = (role.onet_soc or "none")[:7]
        if code not in {one.id for one in knowledge().labor.occupations}:
            with pytest.raises(InputError, match="occupation"):
                outlook(knowledge(), role, occupation_of(role), None, AS_OF.isoformat())
            continue
        result = outlook(knowledge(), role, occupation_of(role), None, AS_OF.isoformat())
        assert id_ in result.roles
        assert result.national
        assert result.sources.keys() >= {row.source for row in result.national}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("597080,140970,73390", "597080,140970,99999", "bad-wage"),
        ("597080,140970,73390", "597080,140970,7", "bad-wage"),
        ("2025-05,national,U.S.,11-9111", "2024-05,national,U.S.,11-9111", "duplicate-id"),
        ("2025-05,national,U.S.,11-9111", "2025-05,country,U.S.,11-9111", "bad-wage"),
        ("2025-05,national,U.S.,11-9111", "2025-05,national,U.S.,11-9112", "bad-wage"),
        ("597080,140970", "597080,much", "bad-wage"),
        ("224340,bls-oews-national-2025", "224340,bls-oews-2025", "bad-wage"),
        ("vintage,area_type", "year,area_type", "bad-columns"),
    ],
)  # fmt: skip
def test_each_slip_in_the_wages_is_told_with_its_line(tmp_path: Path, old: str, new: str, code: str) -> None:
    target = tmp_path / "data"
    shutil.copytree(ROOT / "data", target)
    (target / COMPILED).unlink(missing_ok=True)
    text = (target / WAGES).read_text(encoding="utf-8")
    assert old in text
    (target / WAGES).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [problem for problem in check(target).problems if problem.code == code]
    assert found
    assert all(problem.file == str(target / WAGES) and problem.line for problem in found)


def test_the_command_takes_a_post_or_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["outlook", "practice administrator", "--state", "pa"]) == Exit.DONE
    assert "Pay in Pennsylvania" in capsys.readouterr().out
    assert execute(["outlook", "31-9092", "--json"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["title"] == "Medical Assistants"
    assert execute(["outlook", "fache"]) == Exit.FAILED
    assert execute(["outlook", "11-9111", "--state", "ZZ"]) == Exit.FAILED
