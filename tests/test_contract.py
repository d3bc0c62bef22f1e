"""What scripts hold on to: keys of the JSON, exit codes, where output goes."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.main import execute
from hsm_planner.report.jsonform import document
from tests.support import EXAMPLES, ROOT

AS_OF = ["--as-of", "2026-11-23"]
MEDICAL_ASSISTANT = str(ROOT / "examples" / "medical-assistant.yaml")
KEYS = {
    "schema_version",
    "command",
    "as_of",
    "knowledge",
    "profile",
    "target",
    "verdict",
    "if_confirmed",
    "confirm",
    "progress",
    "coverage",
    "months_left",
    "cost_left",
    "next",
    "steps",
    "findings",
    "requirements",
    "gaps",
    "questions",
    "warnings",
    "sources",
    "plan",
}
FINDING_KEYS = {
    "id",
    "parent",
    "children",
    "on_path",
    "kind",
    "text",
    "asked_by",
    "strength",
    "status",
    "if_confirmed",
    "have",
    "need",
    "missing",
    "unit",
    "evidence",
    "options",
    "earliest",
    "months_left",
    "ask_whom",
    "note",
    "sources",
    "confidence",
}
KINDS = {
    "degree",
    "credits",
    "experience",
    "certification",
    "license",
    "membership",
    "learning",
    "training",
    "course",
    "exam",
    "references",
    "volunteering",
    "age",
    "skill",
    "statement",
    "unread",
    "amount_not_found",
    "nothing_asked",
    "all_of",
    "any_of",
    "at_least",
    "points",
}
RUNS = [
    (path, target) for path in EXAMPLES for target in ("medical-office-manager", "rhia", "nha-oh", "nha-mt", "fache")
]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = execute(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize(("path", "target"), RUNS, ids=lambda value: getattr(value, "stem", value))
def test_json_has_its_keys_and_fits_its_schema(capsys: pytest.CaptureFixture[str], path: Path, target: str) -> None:
    code, out, err = run(capsys, "assess", str(path), "--target", target, "--json", *AS_OF)
    assert (code, err) == (0, "")
    document = json.loads(out)
    schema = json.loads((ROOT / "schemas" / "assess.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    assert set(document) == KEYS
    ids = [finding["id"] for finding in document["findings"]]
    assert len(ids) == len(set(ids))
    for finding in document["findings"]:
        assert set(finding) == FINDING_KEYS
        assert finding["kind"] in KINDS
        assert set(finding["children"]) <= set(ids)
        assert finding["parent"] is None or finding["id"] in by_id(document, finding["parent"])["children"]
        assert finding["sources"] or finding["id"].endswith(".requirements")
        assert set(finding["sources"]) <= set(document["sources"])
    false_leaves = {
        finding["id"]
        for finding in document["findings"]
        if finding["on_path"] and finding["status"] in ("unmet", "partly") and is_leaf(document, finding)
    }
    assert set(document["gaps"]) == false_leaves
    assert document["requirements"] in ids
    assert set(document["gaps"]) <= set(ids)
    assert set(document["confirm"]) <= set(ids)
    for question in document["questions"]:
        assert set(question["settles"]) <= set(ids)
    progress = document["progress"]
    assert progress["of"] == progress["met"] + progress["partly"] + progress["unmet"] + progress["unknown"]


def is_leaf(document: dict[str, Any], finding: dict[str, Any]) -> bool:
    """Not a group, and not one amount inside a leaf."""
    if finding["kind"] in ("all_of", "any_of", "at_least"):
        return False
    return finding["parent"] is None or by_id(document, finding["parent"])["kind"] != finding["kind"]


def by_id(document: dict[str, Any], id_: str) -> dict[str, Any]:
    found: dict[str, Any] = next(finding for finding in document["findings"] if finding["id"] == id_)
    return found


SENTENCE = '"quoted" \\ caf\u00e9 \u2028 \x01 \x7f \U0001f600 </script>'
MANY: dict[str, Any] = {"text": SENTENCE, "none": [None, True, -0.5, 40.0, 1234567.25, 3], "empty": [{}, [], ()]}


@pytest.mark.parametrize("content", [{"errors": []}, {"found": MANY, "rows": [MANY, {SENTENCE: SENTENCE}]}])
def test_json_is_written_as_the_standard_library_writes_it(content: dict[str, Any]) -> None:
    whole = {"schema_version": "1", "command": "assess", **content}
    assert document("assess", **content) == json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("name", ["profile", "assess", "show", "errors"])
def test_schemas_in_the_repository_are_the_models(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, _ = run(capsys, "schema", name)
    assert code == 0
    assert (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8") == out
    jsonschema.Draft202012Validator.check_schema(json.loads(out))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_fit_the_profile_schema(path: Path) -> None:
    from hsm_planner.knowledge.yamlfile import parse

    schema = json.loads((ROOT / "schemas" / "profile.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(parse(path.read_text(encoding="utf-8"), str(path)).data, schema)


# --- exit codes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "target", "code"),
    [
        ("health-information-graduate", "rhia", Exit.DONE),
        ("charge-nurse", "rhia", Exit.NOT_MET),
        ("medical-assistant", "medical-office-manager", Exit.NOT_KNOWN),
    ],
)
def test_check_tells_the_verdict_by_exit_code(
    capsys: pytest.CaptureFixture[str], profile: str, target: str, code: int
) -> None:
    path = str(ROOT / "examples" / f"{profile}.yaml")
    assert run(capsys, "assess", path, "-t", target, "--check", *AS_OF)[0] == code
    assert run(capsys, "assess", path, "-t", target, *AS_OF)[0] == Exit.DONE
    quiet = run(capsys, "assess", path, "-t", target, "--check", "--quiet", *AS_OF)
    assert quiet == (code, "", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess", "--nonsense"],
        ["assess"],
        ["nonsense"],
        ["assess", MEDICAL_ASSISTANT, "-t", "rhia", "--json", "--format", "text"],
        ["assess", MEDICAL_ASSISTANT, "-t", "rhia", "-o", "report.exe"],
        ["assess", MEDICAL_ASSISTANT, "-t", "rhia", "-o", "report.json", "--format", "text"],
        ["assess", MEDICAL_ASSISTANT, "-t", "rhia", "--standard", "highest"],
        ["assess", MEDICAL_ASSISTANT, "-t", "rhia", "--as-of", "yesterday"],
        ["assess", MEDICAL_ASSISTANT, "-t", "rhia", "--as-of", "2026-11"],
        ["schema", "nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == Exit.USAGE
    assert "Traceback" not in err
    if "--json" in arguments:
        assert json.loads(out)["errors"][0]["code"] == "usage"
    else:
        assert out == ""
        assert err


def test_failures_are_json_when_json_was_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    profile = tmp_path / "p.yaml"
    profile.write_text("schema_version: 1\nnmae: X\nexperience:\n  - {title: A, start: sept 2019}\n", encoding="utf-8")
    code, out, err = run(capsys, "assess", str(profile), "-t", "rhia", "--json")
    assert code == Exit.FAILED
    document = json.loads(out)
    jsonschema.validate(document, json.loads((ROOT / "schemas" / "errors.schema.json").read_text(encoding="utf-8")))
    assert document["command"] == "assess"
    assert [(error["line"], error["code"]) for error in document["errors"]] == [(2, "unknown-key"), (4, "bad-date")]
    assert len(err.splitlines()) == 1


def test_interrupted_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hsm_planner.cli.places.read_input", interrupt)
    assert execute(["assess", "x.yaml", "-t", "rhia"]) == Exit.INTERRUPTED


def test_a_mistake_of_ours_is_70_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("hsm_planner.cli.places.read_input", fail)
    code, out, err = run(capsys, "assess", "x.yaml", "-t", "rhia")
    assert code == Exit.BUG
    assert out == ""
    assert "boom" in err
    assert "Traceback" not in err


# --- the real command -------------------------------------------------------------------------------------------------


def command(*arguments: str, stdin: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "hsm_planner", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        timeout=60,
    )


def test_standard_input_and_a_pipe_give_plain_text_at_full_width() -> None:
    text = Path(MEDICAL_ASSISTANT).read_bytes()
    result = command("assess", "-", "--target", "practice manager", *AS_OF, stdin=text)
    assert result.returncode == 0
    assert b"\x1b" not in result.stdout
    assert max(len(line) for line in result.stdout.decode().splitlines()) > 120
    assert result.stderr == b""


def test_force_colour_and_no_colour_hold() -> None:
    arguments = ("assess", MEDICAL_ASSISTANT, "-t", "medical-office-manager", *AS_OF)
    coloured = command(*arguments, FORCE_COLOR="1", NO_COLOR="").stdout
    assert b"\x1b[" in coloured
    plain = command(*arguments, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert b"\x1b[3" not in plain
    assert re.sub(rb"\x1b\[[0-9;]*m", b"", coloured) == re.sub(rb"\x1b\[[0-9;]*m", b"", plain)


def test_a_closed_pipe_ends_quietly() -> None:
    line = f"{sys.executable} -m hsm_planner assess {MEDICAL_ASSISTANT} -t fache --json | head -c 10"
    result = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=False, timeout=60)
    assert result.stderr == b""


def test_help_and_version_and_bare_command() -> None:
    assert command("--version").stdout.startswith(b"hsm-plan ")
    bare = command()
    assert (bare.returncode, b"assess" in bare.stdout) == (Exit.USAGE, True)
    for arguments in (("--help",), ("assess", "--help"), ("knowledge", "--help"), ("schema", "--help")):
        shown = command(*arguments)
        assert shown.returncode == 0
        assert b"Usage" in shown.stdout


def test_output_goes_whole_to_a_file_or_not_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "report.json"
    assert run(capsys, "assess", MEDICAL_ASSISTANT, "-t", "rhia", "-o", str(target), *AS_OF) == (0, "", "")
    assert json.loads(target.read_text(encoding="utf-8"))["command"] == "assess"
    code, out, err = run(capsys, "assess", MEDICAL_ASSISTANT, "-t", "rhia", "-o", str(tmp_path / "no" / "r.json"))
    assert (code, out) == (Exit.FAILED, "")
    assert "cannot be written" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json"]


def test_the_python_interface_is_what_the_command_uses(capsys: pytest.CaptureFixture[str]) -> None:
    from hsm_planner import Goal, Knowledge, assess, read_profile

    text = Path(MEDICAL_ASSISTANT).read_text(encoding="utf-8")
    profile, document = read_profile(text, MEDICAL_ASSISTANT)
    knowledge = Knowledge.load(ROOT / "data")
    goal = Goal("role", "medical-office-manager", "OH")
    result = assess(profile, knowledge, goal, dt.date(2026, 11, 23), document=document)
    _, out, _ = run(capsys, "assess", MEDICAL_ASSISTANT, "-t", "medical-office-manager", "--json", *AS_OF)
    assert json.loads(out) == json.loads(result.model_dump_json())
