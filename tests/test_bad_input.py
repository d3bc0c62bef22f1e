"""Bad input gets place, what is wrong and what to write instead: all at once, exit 1, nothing half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.main import execute
from hsm_planner.knowledge.yamlfile import parse
from hsm_planner.profile.read import read_profile
from hsm_planner.values.problems import InputError, Problem
from tests.support import EXAMPLES


def errors(capsys: pytest.CaptureFixture[str], path: Path, target: str = "rhia") -> list[dict[str, Any]]:
    """The errors of assessing a file, after checking that the text form fails as it should."""
    assert execute(["assess", str(path), "-t", target]) == Exit.FAILED
    text = capsys.readouterr()
    assert text.out == ""
    assert "Traceback" not in text.err
    assert execute(["assess", str(path), "-t", target, "--json"]) == Exit.FAILED
    captured = capsys.readouterr()
    found: list[dict[str, Any]] = json.loads(captured.out)["errors"]
    for error in found:
        assert error["message"] in text.err
        assert error["file"] == str(path)
    return found


CASES = [
    ("nmae: X", 2, 1, "unknown-key", "name"),
    ("name: A\nname: B", 3, 1, "duplicate-key", "line 2"),
    ("name: [a, b]", 2, 7, "wrong-type", ""),
    ("education: hello", 2, 12, "wrong-type", ""),
    ("education:\n  - {credits: many}", 3, 15, "wrong-type", ""),
    ("born: 12:30", 2, 7, "bad-date", ""),
    ("born: on", 2, 7, "bad-date", ""),
    ("born: 2019-13", 2, 7, "bad-date", ""),
    ("born: 2019-02-30", 2, 7, "bad-date", ""),
    ("born: 1492", 2, 7, "bad-date", ""),
    ("state: NO", 2, 8, "unknown-id", "50 states"),
    ("state: Ohio", 2, 8, "unknown-id", "OH"),
    ("experience:\n  - {title: X, start: 2020-05, end: 2020-04}", 3, 5, "bad-date", ""),
    ("experience:\n  - {start: 2020}", 3, 5, "bad-value", ""),
    ("experience:\n  - {title: X, hours_per_week: 400}", 3, 32, "bad-value", ""),
    ("experience:\n  - {role: charge-nrse}", 3, 12, "unknown-id", "charge-nurse"),
    ("experience:\n  - {title: X, setting: hosptal}", 3, 25, "unknown-id", "hospital"),
    ("experience:\n  - {title: X, kinds: [nursin]}", 3, 24, "unknown-id", "nursing"),
    ("credentials:\n  - {id: fachee}", 3, 10, "unknown-id", "fache"),
    ("credentials:\n  - {id: rn, issued: 2020, expires: 2019}", 3, 5, "bad-date", ""),
    ("memberships:\n  - {organization: ahce}", 3, 20, "unknown-id", "ache"),
    ("exams:\n  - {id: nabcore}", 3, 10, "unknown-id", "nab-core"),
    ("applications:\n  - {for: nha-pq}", 3, 11, "unknown-id", "nha-pa"),
    ("volunteering:\n  - {kind: civik}", 3, 12, "unknown-id", "civic"),
    ("references:\n  - {role: felow}", 3, 12, "unknown-id", "fellow"),
    ("skills: {comunication: 4}", 2, 24, "unknown-id", "communication"),
    ("skills: {communication: 6}", 2, 25, "bad-value", ""),
    ("statements: {backgroundcheck: true}", 2, 31, "unknown-id", "background-check"),
    ("statements: {background-check: perhaps}", 2, 32, "wrong-type", ""),
    ("education:\n  - {degree: BSN, credits: 3}", 3, 5, "bad-value", ""),
    ("education:\n  - {degree: BSN, awarded: 2020, expected: 2021}", 3, 5, "bad-value", ""),
    ("name: !!python/object/apply:os.system [ls]", 2, 7, "bad-tag", "Leave it out"),
    ("? [a, b]\n: c", 2, 3, "bad-key", ""),
]


@pytest.mark.parametrize(("text", "line", "column", "code", "hint"), CASES, ids=[case[0] for case in CASES])
def test_each_mistake_has_its_place_and_a_way_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, line: int, column: int, code: str, hint: str
) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(f"schema_version: 1\n{text}\n", encoding="utf-8")
    found = errors(capsys, path)
    match = [error for error in found if error["code"] == code]
    assert match, found
    assert (match[0]["line"], match[0]["column"]) == (line, column)
    assert hint in match[0]["message"] + match[0]["hint"]


def test_all_mistakes_come_at_once_in_the_order_of_the_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    bodies = [case[0] for case in CASES if case[0].split(":")[0] in ("nmae", "born", "state")][:1]
    bodies += ["state: Ohio", "born: 12:30", "credentials: [{id: fachee}]", "exams: [{id: nabcore, pased: 2020}]"]
    path.write_text("\n".join(["schema_version: 1", *bodies]), encoding="utf-8")
    found = errors(capsys, path)
    assert [error["line"] for error in found] == [2, 3, 4, 5, 6, 6]
    assert {error["code"] for error in found} == {"unknown-key", "unknown-id", "bad-date"}


BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"   \n# only a comment\n", "empty"),
        (b"\x00\x01\x02", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00", "not-a-profile"),
        (b"name: caf\xe9\n", "not-utf-8"),
        (b"hello", "not-a-profile"),
        (b"- a\n- b\n", "not-a-profile"),
        (b"a: b: c", "bad-yaml"),
        (b"a: [1, 2", "bad-yaml"),
        (b"a: *nothing", "bad-yaml"),
        (b"[" * 100_000, "too-deep"),
        (b"".join(b" " * n + b"- \n" for n in range(80)), "too-deep"),
        (BOMB.encode(), "too-many"),
        (b"x" * 5_000_001, "too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_profile_at_all(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "profile.yaml"
    path.write_bytes(content)
    assert [error["code"] for error in errors(capsys, path)] == [code]


def test_a_missing_file_a_directory_and_fifty_megabytes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert errors(capsys, tmp_path / "nothing.yaml")[0]["code"] == "no-file"
    assert errors(capsys, tmp_path)[0]["code"] == "not-a-profile"
    large = tmp_path / "large.yaml"
    with large.open("wb") as handle:
        handle.truncate(50_000_000)
    assert errors(capsys, large)[0]["code"] == "too-large"


def test_a_byte_order_mark_and_json_are_read() -> None:
    assert read_profile('{"schema_version": 1, "name": "Ann", "born": "1990-01"}', "p.json")[0].name == "Ann"
    data = parse(
        "state: NO\nswitch: on\ntime: 12:30\nmonth: 2019-09\nday: 2019-09-01\noctal: 010\nyear: 2019\n", "p"
    ).data
    assert data == {
        "state": "NO",
        "switch": "on",
        "time": "12:30",
        "month": "2019-09",
        "day": "2019-09-01",
        "octal": "010",
        "year": 2019,
    }


def problems_of(text: str) -> tuple[Problem, ...]:
    """What is wrong with a profile; any other way of failing fails the test."""
    try:
        read_profile(text, "p.yaml")
    except InputError as error:
        return error.problems or (Problem("none", ""),)
    return ()


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused_with_problems(text: str) -> None:
    problems = problems_of(text)
    assert all(problem.message for problem in problems)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_profile_is_read_or_refused_with_places(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(EXAMPLES)).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(0, 12))
    damaged = text[:start] + data.draw(st.text(max_size=4)) + text[start + length :]
    assert all(problem.file == "p.yaml" for problem in problems_of(damaged))


def test_unknown_targets_name_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(EXAMPLES[0])
    for target, hint in (
        ("rhai", "RHIA"),
        ("nurse manger", "nurse manager"),
        ("medical ofice manager", "medical office"),
    ):
        assert execute(["assess", path, "-t", target, "--json"]) == Exit.FAILED
        error = json.loads(capsys.readouterr().out)["errors"][0]
        assert error["code"] == "unknown-id"
        assert hint.casefold() in error["hint"].casefold()
    assert execute(["assess", path, "-t", "personal-care-home", "--state", "OH", "--json"]) == Exit.FAILED
    assert "Ohio" in json.loads(capsys.readouterr().out)["errors"][0]["message"]
    assert execute(["assess", path, "-t", "nha", "--state", "XX", "--json"]) == Exit.FAILED
    assert "no state" in json.loads(capsys.readouterr().out)["errors"][0]["message"]
    assert execute(["assess", path, "-t", "rn", "--json"]) == Exit.DONE
    capsys.readouterr()
    assert execute(["assess", path, "-t", "RN", "--json"]) == Exit.FAILED
    assert json.loads(capsys.readouterr().out)["errors"][0]["code"] == "ambiguous"


@pytest.mark.parametrize(("said", "meant"), [("fach", "FACHE"), ("cmmm", "CMM"), ("Pennsylvania", "PA")])
def test_a_short_name_with_a_letter_more_or_less_is_near(
    said: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = str(EXAMPLES[0])
    state = ["--state", said] if said == "Pennsylvania" else []
    assert execute(["assess", profile, "-t", "fache" if state else said, *state]) == 1
    assert meant in capsys.readouterr().err


def _run(*arguments: str, out: Any = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from hsm_planner.cli.main import run; run()", *arguments]
    return subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)


def test_a_name_that_is_no_text_is_told_as_json_too(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.yaml")
    done = _run("assess", name, "-t", "rn", "--json")
    [error] = json.loads(done.stdout)["errors"]
    assert (done.returncode, error["code"], error["file"]) == (Exit.FAILED, "no-file", f"{tmp_path}/?.yaml")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    ("name", "told"), [(str(EXAMPLES[0]), "could not be written"), ("no-such-file.yaml", "no such file")]
)
def test_a_full_disk_is_told_in_a_line(name: str, told: str, form: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = _run("assess", name, "-t", "rn", "--format", form, out=full)
    assert done.returncode == Exit.FAILED
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert "mistake of ours" not in done.stderr
