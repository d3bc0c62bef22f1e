"""What keeps credentials alive: the days, the hours by category, what is not known."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hsm_planner.cli.main import execute
from hsm_planner.engine.keeping import Kept, keep_alive, renewals
from hsm_planner.knowledge.models import Renewal
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.profile.read import read_profile

ROOT = Path(__file__).parents[1]
AS_OF = dt.date(2026, 11, 23)
NURSE = """
schema_version: 1
name: Pat
state: PA
credentials:
  - {id: rn, state: PA, issued: 2010-06, expires: 2028-04-30}
  - {id: nha, state: PA, issued: 2020-01, expires: 2024-06-30}
  - {id: fache}
"""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data")


@pytest.mark.parametrize(
    ("until", "due"),
    [
        ("2026-11-23", ["2028-04-30"]),
        ("2028-04-29", ["2028-04-30"]),
        ("2028-04-30", ["2028-04-30", "2030-04-30"]),
        ("2031-01-01", ["2028-04-30", "2030-04-30", "2032-04-30"]),
    ],
)
def test_the_ends_up_to_a_day_and_the_first_after_it(knowledge: Knowledge, until: str, due: list[str]) -> None:
    person, _ = read_profile(NURSE, "x")
    found = renewals(person, knowledge, AS_OF, dt.date.fromisoformat(until))
    nurse = next(one for one in found.credentials if one.credential == "rn")
    assert list(nurse.due) == due
    assert nurse.renewal is not None
    assert nurse.renewal.hours == 30


def test_no_day_is_counted_from_the_day_of_issue(knowledge: Knowledge) -> None:
    person, _ = read_profile(NURSE, "x")
    found = renewals(person, knowledge, AS_OF, dt.date(2040, 1, 1))
    fellow = next(one for one in found.credentials if one.credential == "fache")
    assert fellow.due == ()
    assert fellow.renewal is not None
    assert fellow.renewal.quotas


def test_what_has_lapsed_is_said_and_asks_nothing(knowledge: Knowledge) -> None:
    person, _ = read_profile(NURSE, "x")
    found = renewals(person, knowledge, AS_OF, AS_OF)
    assert len(found.lapsed) == 1
    assert "nha-pa" not in {one.credential for one in found.credentials}


def test_the_renewals_up_to_a_day_are_counted_and_priced(knowledge: Knowledge) -> None:
    nurse = knowledge.license("rn")
    assert nurse is not None
    last = dt.date(2036, 4, 30)
    kept = Kept(nurse, "PA", dt.date(2028, 4, 30))
    found = [keep_alive(kept, last - dt.timedelta(days=1)), keep_alive(kept, last)]
    assert [one.times for one in found] == [4, 5]
    fee = found[0].renewal.fee_usd if found[0].renewal else None
    assert fee is not None
    assert [one.usd for one in found] == [4 * fee, 5 * fee]


def test_a_cycle_that_was_not_found_has_one_end(knowledge: Knowledge) -> None:
    entry = next(
        entry
        for name in knowledge.ids("certifications", "certifications")
        if (entry := knowledge.certification(name)) is not None and entry.renewal is None
    )
    kept = keep_alive(Kept(entry, None, dt.date(2027, 1, 31)), dt.date(2040, 1, 1))
    assert (kept.times, kept.usd) == (1, None)
    assert kept.due == ("2027-01-31",)
    assert kept.renewal is None
    assert "not found" in kept.text


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "nurse.yaml"
    path.write_text(NURSE, encoding="utf-8")
    assert execute(["renewals", str(path), "--as-of", "2026-11-23", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["command"] == "renewals"
    assert {one["credential"] for one in told["credentials"]} == {"rn", "fache"}
    assert set(told["sources"]) >= {name for one in told["credentials"] for name in one["sources"]}
    assert execute(["renewals", str(path), "--as-of", "2026-11-23"]) == 0
    text = capsys.readouterr().out
    assert "30 hours of continuing education" in text
    assert "no longer in force" in text
    assert execute(["renewals", str(path), "--until", "2020-01-01"]) == 2


@pytest.mark.parametrize(
    ("until", "last"), [("2030", "2030-12-31"), ("2030-02", "2030-02-28"), ("2030-02-03", "2030-02-03")]
)
def test_a_year_or_a_month_is_meant_to_its_end(
    until: str, last: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nurse.yaml"
    path.write_text(NURSE, encoding="utf-8")
    assert execute(["renewals", str(path), "--as-of", "2026-11-23", "--until", until, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["until"] == last
    assert execute(["renewals", str(path), "--until", "soon"]) == 2
    assert "2030" in capsys.readouterr().err


def test_nothing_in_force_needs_no_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "nobody.yaml"
    path.write_text("schema_version: 1\ncredentials: []\n", encoding="utf-8")
    assert execute(["renewals", str(path), "--as-of", "2026-11-23"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("What keeps your credentials alive")
    assert "Sources" not in told


def renewals_of(knowledge: Knowledge) -> Iterator[tuple[str, Renewal]]:
    """The rules of renewal of all credentials, also those of one state."""
    for section in ("certifications", "licenses"):
        for name in knowledge.ids(section, section):
            entry = knowledge.credential(name)
            assert entry is not None
            for rule in (entry.renewal, *(rule.renewal for rule in getattr(entry, "states", ()))):
                if rule is not None:
                    yield name, rule


def test_a_note_does_not_say_a_quota_again(knowledge: Knowledge) -> None:
    """The parts of the hours are said once: not as a quota and as a sentence."""
    found = [
        (name, one.what)
        for name, rule in renewals_of(knowledge)
        for one in rule.quotas
        if rule.note and one.what in rule.note
    ]
    assert not found


def test_a_note_does_not_say_the_end_of_a_cycle_again(knowledge: Knowledge) -> None:
    for name, rule in renewals_of(knowledge):
        assert not rule.anchor or not (rule.note or "").casefold().startswith(f"by {rule.anchor}".casefold()), name


def test_a_part_of_the_hours_reads_on_from_its_number(knowledge: Knowledge) -> None:
    """At least 6 "on ethics", not "ethics"."""
    ways = {"administrative", "approved", "by", "carried", "clinical", "from", "general", "in", "live", "live,", "of"}
    ways |= {"on", "online", "online,"}
    found = [(name, one.what) for name, rule in renewals_of(knowledge) for one in rule.quotas]
    assert not [told for told in found if told[1].split()[0] not in ways]


def test_a_fee_that_is_not_charged_is_told_apart_from_a_price_that_was_not_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "manager.yaml"
    path.write_text(
        "schema_version: 1\nstate: OH\neducation: [{degree: MHA, awarded: 2018-05}]\n"
        "experience: [{title: Practice manager, role: medical-office-manager, setting: physician-practice,"
        " start: 2025-01, hours_per_week: 40}]\n"
        "credentials: [{id: cmpe, issued: 2024-01, expires: 2026-12}, {id: rn, state: GA, issued: 2020}]\n",
        encoding="utf-8",
    )
    assert execute(["renewals", str(path), "--as-of", "2026-11-23", "--until", "2033"]) == 0
    free, unknown = capsys.readouterr().out.split("  - ")[1:3]
    assert "50 hours of continuing education, no fee is charged." in free
    assert "3 renewals, no fee is charged." in free
    assert "fee not found" in unknown
    assert "$0" not in free + unknown
    assert execute(["plan", str(path), "--target", "facmpe", "--as-of", "2026-11-23", "--alternatives", "0"]) == 0
    told = capsys.readouterr().out
    step = told[told.index("renew Certified Medical Practice Executive") :].splitlines()[1]
    assert step.endswith("no fee is charged")


def test_a_guess_is_named_with_what_to_confirm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "guess.yaml"
    guess = "{id: fache, named: Fellow of the Collage of Executives}"
    path.write_text(f"schema_version: 1\ncredentials: [{guess}]\n", encoding="utf-8")
    assert execute(["renewals", str(path), "--as-of", "2026-11-23"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "No credential that we know of is surely in force; to confirm:" in told
    assert "Is 'Fellow of the Collage of Executives' this one: Fellow of the American College" in told
    assert "until `confirmed: true` stands at credentials[0]." in told
    assert execute(["renewals", str(path), "--as-of", "2026-11-23", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["credentials"] == []
    assert len(found["guessed"]) == 1
    path.write_text(f"schema_version: 1\ncredentials: [{guess[:-1]}, confirmed: true}}]\n", encoding="utf-8")
    assert execute(["renewals", str(path), "--as-of", "2026-11-23", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["credential"] for one in found["credentials"]] == ["fache"]
    assert found["guessed"] == []
