"""The text report: golden files, and text that no terminal obeys."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from hsm_planner.engine.assess import Goal, assess
from hsm_planner.knowledge.names import find
from hsm_planner.profile.read import read_profile
from hsm_planner.report.terminal import plain_text
from hsm_planner.report.text import report
from tests.support import AS_OF, ROOT, assessed, knowledge

GOLDEN = ROOT / "tests" / "golden"
REPORTS = [
    ("medical-assistant", "medical-office-manager", None),
    ("charge-nurse", "nursing-home-administrator", "PA"),
    ("charge-nurse", "nursing-home-administrator", "OH"),
    ("charge-nurse", "clinical-nurse-manager", "PA"),
    ("health-information-graduate", "rhia", None),
    ("records-specialist", "health-information-manager", None),
    ("hr-specialist", "hr-manager-healthcare", None),
    ("patient-services-representative", "patient-access-supervisor", None),
    ("restaurant-manager", "ambulatory-clinic-manager", None),
    ("assistant-administrator", "nha-oh", None),
    ("health-administration-graduate", "hospital-administrator", None),
]
WIDTHS = [60, 80, 120]


def lines(example: str, target: str, state: str | None, width: int | None) -> str:
    path = ROOT / "examples" / f"{example}.yaml"
    profile, document = read_profile(path.read_text(encoding="utf-8"), str(path))
    match = find(knowledge(), target).matches[0]
    goal = Goal(match.kind, match.id, state or profile.state)
    result = assess(profile, knowledge(), goal, dt.date(2026, 11, 23), document=document)
    return plain_text(report(result), width)


@pytest.mark.parametrize(("example", "target", "state"), REPORTS)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_report_is_the_golden_one(
    request: pytest.FixtureRequest, example: str, target: str, state: str | None, width: int
) -> None:
    name = "-".join(part for part in (example, target, (state or "").lower()) if part)
    golden = GOLDEN / f"{name}.{width}.txt"
    text = lines(example, target, state, width)
    if request.config.getoption("--refresh-golden"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("example", "target", "state"), REPORTS)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_report_fits_its_width_and_says_the_same(example: str, target: str, state: str | None, width: int) -> None:
    text = lines(example, target, state, width)
    rows = text.splitlines()
    assert all(len(row) <= width or " " not in row.strip() for row in rows), max(rows, key=len)
    assert text.split() == lines(example, target, state, None).split()


@pytest.mark.parametrize(("example", "target", "state"), REPORTS)
def test_every_number_in_brackets_is_a_source(example: str, target: str, state: str | None) -> None:
    text = lines(example, target, state, None)
    body, _, foot = text.partition("\nSources\n")
    cited = {int(number) for number in re.findall(r"(?<=[ \]])\[(\d+)!?\]", body)}
    listed = [int(number) for number in re.findall(r"^  \[(\d+)\]", foot, flags=re.MULTILINE)]
    assert listed == list(range(1, len(cited) + 1))
    assert cited == set(listed)


HOSTILE = [
    "[front-office] [bold red]x[/] [/nothing]",
    "\x1b[31mred\x1b[0m \x07\x08\x00"[:-1],
    "\u202eright to left\u202c \u2066\u200f",
    "a\tb\nc\r\nd\x85e\u2028f",
    "'; DROP TABLE users; --",
    "word " * 2000,
    "{}{0}%s${HOME}`id`",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_out_as_text(text: str) -> None:
    profile: dict[str, Any] = {
        "id": text,
        "name": text,
        "education": [{"degree": text, "school": text, "awarded": "2010"}, {"credits": 10, "field": text}],
        "experience": [
            {"title": text, "employer": text, "setting": "hospital", "start": "2010", "area": text},
            {"title": "Medical assistant", "employer": text, "setting": "hospital", "start": "2010"},
        ],
        "memberships": [{"organization": "ache", "type": text}],
        "learning": [{"hours": 1, "topic": text, "kind": text, "provider": text}],
        "training": [{"kind": text, "hours": 10}],
        "courses": [{"name": text}],
    }
    for target in ("medical-office-manager", "fache", "cmpe", "nha-oh", "rhia"):
        result = assessed(profile, target, AS_OF, state="OH")
        shown = plain_text(report(result), 80)
        assert all(char.isprintable() or char == "\n" for char in shown)
        assert "health care experience" not in shown
        assert result.verdict != "ready"


def test_a_report_never_speaks_of_percent_or_failure_of_the_person() -> None:
    for path in GOLDEN.glob("*.txt"):
        body = path.read_text(encoding="utf-8").partition("\nSources")[0]
        assert not re.search(
            r"\b(fail|failed|reject|inadequate|insufficient|worthless)\b", body.replace("none failed", "")
        )


def test_golden_files_are_all_used() -> None:
    assert len(list(GOLDEN.glob("*.txt"))) == len(REPORTS) * len(WIDTHS)


def test_reports_are_written_to_files_whole(tmp_path: Path) -> None:
    from hsm_planner.cli.main import execute

    target = tmp_path / "report.txt"
    example = str(ROOT / "examples" / "medical-assistant.yaml")
    assert execute(["assess", example, "-t", "rhia", "-o", str(target), "--as-of", "2026-11-23"]) == 0
    assert target.read_text(encoding="utf-8").startswith("Dana R.")


def test_the_report_in_the_readme_is_what_the_program_says() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("--target medical-office-manager\n\n", 1)[1].split("\n\n[then what helps", 1)[0]
    golden = (GOLDEN / "medical-assistant-medical-office-manager.80.txt").read_text(encoding="utf-8")
    assert golden.startswith(shown)


@pytest.mark.parametrize(
    ("target", "state", "silent", "told"),
    [("rn", "OH", "rn-unrestricted", "rn-programme-approved"),  # no licence to be unrestricted
     ("nha-va", "VA", "va-equivalent-background", "va-training-24-months")],
)  # fmt: skip
def test_nothing_is_asked_that_belongs_to_a_way_which_something_else_rules_out(
    target: str, state: str, silent: str, told: str
) -> None:
    path = ROOT / "examples" / "medical-assistant.yaml"
    profile, document = read_profile(path.read_text(encoding="utf-8"), str(path))
    result = assess(profile, knowledge(), Goal("license", target, state), AS_OF, document=document)
    text = plain_text(report(result))
    assert silent not in text
    assert told in text
    asked = {question.id for question in result.questions}
    assert {f"statements.{silent}", f"statements.{told}"} <= asked  # a script is told of every open leaf


@pytest.mark.parametrize(("state", "there"), [("TX", False), ("CA", True)])
def test_what_was_not_read_of_another_state_is_not_listed(state: str, there: bool) -> None:
    text = lines("medical-assistant", "rn", state, 120)
    unread = text[text.index("What we have not read") : text.index("How sure")]
    assert ("another state's licence (verification, a background check, courses)" in unread) == there
    assert "a practical or vocational nursing programme" not in unread
