"""Entries of one's own laid over the data: added, changed, begun from others, checked, and named in reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.main import execute
from hsm_planner.knowledge.compiled import compile_directory
from hsm_planner.knowledge.files import COMPILED
from hsm_planner.knowledge.overlay import target_in
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.report.lines import overlay_lines
from hsm_planner.report.terminal import plain_text
from hsm_planner.requirements.rules import walk
from hsm_planner.values.problems import InputError
from tests.support import ROOT

DATA, OVERLAY = ROOT / "data", ROOT / "examples" / "overlay"
POSTING = ROOT / "examples" / "postings" / "harbor-clinic.yaml"
SOURCE = """
sources:
  - {id: own-source, title: Own, publisher: Own, url: null, as_of: "2026", read_on: "2026-11-23"}
"""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    compile_directory(DATA, target / COMPILED)
    return target


@pytest.mark.parametrize("installed", [False, True])
def test_entries_are_added_and_what_is_not_said_is_taken_from_another(*, installed: bool, compiled: Path) -> None:
    base = compiled if installed else DATA
    before, after = Knowledge.load(base), Knowledge.load(base, [OVERLAY])
    own, other = after.role("lakeside-practice-manager"), after.role("medical-office-manager")
    assert own is not None
    assert other is not None
    assert other == before.role("medical-office-manager")
    assert own.settings == other.settings
    assert [node.id for node in walk(own.required)] == [
        node.id.replace("medical-office-manager", own.id, 1) for node in walk(other.required)
    ]
    assert own.aliases == ("Lakeside practice manager",)
    assert after.overlays == ("overlay",)
    assert after.hash != before.hash
    programme = after.programme("mha-lakeside-tuition-plan")
    assert programme is not None
    assert programme.usd_per_year is not None
    assert programme.usd_per_year.high == 2500


def test_an_entry_with_a_known_id_takes_its_place(tmp_path: Path) -> None:
    text = (
        SOURCE
        + "assumptions:\n"
        + "  - {id: exam-attempts, value: 2, least: 1, most: 9, unit: times, reason: Ours., sources: [own-source]}\n"
    )
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    after = Knowledge.load(DATA, [tmp_path])
    found = after.assumption("exam-attempts")
    assert found is not None
    assert (found.value, found.sources) == (2, ("own-source",))
    assert len(after.ids("assumptions", "assumptions")) == len(Knowledge.load(DATA).ids("assumptions", "assumptions"))


OWN = "{id: s, title: A, publisher: B, url: %s, as_of: null, read_on: '2026-11-23'}"
BROKEN = [
    ("roles:\n  - {id: x, like: charge-nurs}\n", "unknown-id", "charge-nurse"),
    ("roles:\n  - {id: x, like: charge-nurse, colour: blue}\n", "unknown-key", "colour"),
    ("rolls:\n  - {id: x}\n", "unknown-key", "roles"),
    (
        "roles:\n  - {id: x, like: charge-nurse, title: X}\n  - {id: x, like: charge-nurse, title: Y}\n",
        "duplicate-id",
        "x",
    ),
    ("roles: {id: x}\n", "wrong-type", "list"),
    ("roles:\n  - {id: x}\n", "missing-key", "title"),
    ("roles:\n  - {id: x, like: charge-nurse, sources: [nowhere]}\n", "unknown-id", "nowhere"),
    ("roles:\n  - {id: x, like: charge-nurse, level: boss}\n", "unknown-id", "boss"),
    (f"sources:\n  - {OWN % 'https://usasalaries.com/x'}\n", "banned-site", "usasalaries.com"),
    (f"sources:\n  - {OWN % 'null'}\n", "unused-source", "s"),
]


@pytest.mark.parametrize(("text", "code", "word"), BROKEN, ids=[f"{case[1]}-{case[2]}" for case in BROKEN])
def test_what_is_wrong_is_told_at_its_line_of_the_overlay(tmp_path: Path, text: str, code: str, word: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("# a comment\n" + text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Knowledge.load(DATA, [path])
    found = next(problem for problem in caught.value.problems if problem.code == code)
    assert found.file == str(path)
    assert (found.line or 0) > 1
    assert word in f"{found.message} {found.hint}"
    assert all(problem.file == str(path) for problem in caught.value.problems)


def test_all_problems_of_several_files_come_in_one_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "roles.yaml").write_text("roles:\n  - {id: x, like: nobody}\n", encoding="utf-8")
    (tmp_path / "degrees.yaml").write_text("programs:\n  - {id: x}\n", encoding="utf-8")
    assert execute(["knowledge", "check", "--knowledge", str(tmp_path)]) == Exit.FAILED
    told = capsys.readouterr().err
    assert "roles.yaml:2" in told
    assert "degrees.yaml:1" in told
    assert "programmes" in told


PERSON = str(ROOT / "examples" / "patient-services-representative.yaml")
REPORTS = (
    ["assess", PERSON, "--target", "lakeside practice manager"],
    ["plan", PERSON, "--target", "lakeside-practice-manager", "--alternatives", "0"],
    ["compare", PERSON, "--target", "lakeside-practice-manager", "--target", "cmm"],
    ["whatif", PERSON, "--target", "cmm", "--add", "degree: MHA"],
    ["ask", "which-master", "--profile", PERSON],
    ["show", "lakeside-practice-manager"],
    ["show", "nha-oh"],
    ["show", "nab-core"],
    ["show", "mha"],
    ["roles", "-s", "lakeside"],
    ["pathway"],
    ["outlook"],
    ["renewals", PERSON],
    ["knowledge", "stale"],
)


@pytest.mark.parametrize("command", REPORTS, ids=[" ".join((one[0], one[-1])) for one in REPORTS])
def test_every_report_names_the_overlay(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert execute([*command, "--knowledge", str(OVERLAY)]) == Exit.DONE
    told = capsys.readouterr().out
    assert "laid over the data: overlay." in "\n".join(told.splitlines()[:3])
    monkeypatch.setenv("HSM_PLAN_KNOWLEDGE", str(OVERLAY))
    assert execute([*command, "--json"]) == Exit.DONE
    found = json.loads(capsys.readouterr().out)
    assert found.get("knowledge", found)["overlays"] == ["overlay"]


def test_a_plan_that_is_followed_names_the_overlay(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    saved = tmp_path / "plan.json"
    laid = ["--knowledge", str(OVERLAY)]
    assert execute(["plan", PERSON, "--target", "cmm", "--alternatives", "0", "-o", str(saved), *laid]) == Exit.DONE
    assert execute(["follow", str(saved), PERSON, *laid]) == Exit.DONE
    assert "laid over the data: overlay." in capsys.readouterr().out


def test_an_import_names_the_overlay_by_which_words_were_understood(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    resume = tmp_path / "resume.json"
    resume.write_text('{"work": [{"position": "Lakeside practice manager", "startDate": "2020-01"}]}', encoding="utf-8")
    assert execute(["profile", "import", str(resume), "--knowledge", str(OVERLAY)]) == Exit.DONE
    assert "laid over the data: overlay." in capsys.readouterr().err
    assert execute(["profile", "import", str(resume), "--knowledge", str(OVERLAY), "--json"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["overlays"] == ["overlay"]


def test_many_overlays_are_wrapped_like_all_that_is_said() -> None:
    names = tuple(f"the-ladder-of-the-employer-{number}" for number in range(6))
    rows = plain_text(overlay_lines(names), 80).splitlines()
    assert len(rows) > 1
    assert max(map(len, rows)) <= 80
    assert all(name in " ".join(rows) for name in names)


def test_a_posting_is_a_target(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert target_in(POSTING) == "harbor-front-office-supervisor"
    person = str(ROOT / "examples" / "patient-services-representative.yaml")
    assert execute(["assess", person, "--target", str(POSTING), "--json"]) == Exit.DONE
    result = json.loads(capsys.readouterr().out)
    assert result["target"]["title"] == "Front office supervisor at Harbor Clinic"
    assert "harbor-front-office-supervisor.experience" in {finding["id"] for finding in result["findings"]}
    for command in (["plan", person, "--alternatives", "0", "--target"], ["show"]):
        assert execute([*command, str(POSTING)]) == Exit.DONE
        told = capsys.readouterr().out
        assert "Front office supervisor at Harbor Clinic" in told
        assert "laid over the data: harbor-clinic." in told
    two = tmp_path / "two.yaml"
    two.write_text("roles:\n  - {id: x, like: charge-nurse}\n  - {id: y, like: charge-nurse}\n", encoding="utf-8")
    assert execute(["assess", person, "--target", str(two)]) == Exit.FAILED
    assert "holds 2 targets" in capsys.readouterr().err
    assert execute(["assess", person, "--target", str(tmp_path / "none.yaml")]) == Exit.FAILED
    assert "no such file" in capsys.readouterr().err


def test_a_check_tells_what_is_there_with_the_overlay(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["knowledge", "check"]) == Exit.DONE
    own = capsys.readouterr().out
    assert execute(["knowledge", "check", "--knowledge", str(OVERLAY)]) == Exit.DONE
    both = capsys.readouterr().out
    assert both.startswith(own)
    roles = next(int(word) for word in own.split() if word.isdigit())
    assert f"With overlay laid over it, clean as well: {roles + 1} roles" in both
    assert (
        execute(["profile", "check", str(ROOT / "examples" / "charge-nurse.yaml"), "--knowledge", str(OVERLAY)])
        == Exit.DONE
    )
    assert "laid over the data: overlay" in capsys.readouterr().out
