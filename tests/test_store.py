"""Saving a profile: owner-only, the version before kept; at every fault and kill the old or the new one, whole."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from hsm_planner.cli.main import execute
from hsm_planner.knowledge.yamlfile import parse
from hsm_planner.profile.editing import with_entry
from hsm_planner.profile.model import Profile
from hsm_planner.profile.read import read_profile
from hsm_planner.profile.store import backup_of, save
from hsm_planner.profile.versions import STEPS, upgrade
from hsm_planner.values.problems import InputError

ROOT = Path(__file__).parents[1]
OLD, NEW = "schema_version: 1\nname: Old\n", "schema_version: 1\nname: New\nstate: OH\n"
CALLS = ("open", "write", "fsync", "close")


def test_saved_for_the_owner_alone_with_the_version_before(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "profile.yaml"
    save(path, OLD)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not backup_of(path).exists()
    save(path, NEW)
    assert path.read_text() == NEW
    assert backup_of(path).read_text() == OLD
    assert stat.S_IMODE(backup_of(path).stat().st_mode) == 0o600
    assert sorted(one.name for one in path.parent.iterdir()) == ["profile.yaml", "profile.yaml.bak"]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("at", range(1, 9))
def test_a_fault_at_any_step_leaves_the_old_or_the_new(
    call: str, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "profile.yaml"
    save(path, OLD)
    real, count = getattr(os, call), 0

    def failing(*args: Any, **kwargs: Any) -> Any:
        nonlocal count
        count += 1
        if count == at:
            raise OSError(28, "No space left on device")
        return real(*args, **kwargs)

    monkeypatch.setattr(os, call, failing)
    told = ""
    try:
        save(path, NEW)
    except InputError as error:
        told = error.problems[0].message
    monkeypatch.undo()
    assert not told or "No space left" in told
    assert path.read_text() in (OLD, NEW)
    if not told:
        assert path.read_text() == NEW
    assert not list(tmp_path.glob(".*.part"))
    save(path, NEW)
    assert path.read_text() == NEW


KILLED = """
import os, signal, sys
from pathlib import Path
from hsm_planner.profile.store import save
call, at, count = sys.argv[2], int(sys.argv[3]), 0
owner = Path if call == "replace" else os
real = getattr(owner, call)
def killing(*args, **kwargs):
    global count
    count += 1
    if count == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **kwargs)
setattr(owner, call, killing)
save(Path(sys.argv[1]), sys.argv[4])
"""


@pytest.mark.parametrize("call", [*CALLS, "replace"])
def test_a_kill_at_any_step_leaves_the_old_or_the_new(call: str, tmp_path: Path) -> None:
    script = tmp_path / "kill.py"
    script.write_text(textwrap.dedent(KILLED))
    killed = 0
    for at in range(1, 8):
        path = tmp_path / str(at) / "profile.yaml"
        save(path, OLD)
        done = subprocess.run([sys.executable, str(script), str(path), call, str(at), NEW], check=False)
        killed += done.returncode == -signal.SIGKILL
        assert path.read_text() in (OLD, NEW)
        assert done.returncode in (0, -signal.SIGKILL)
    assert killed


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        save(blocked / "profile.yaml", NEW)


# --- adding -----------------------------------------------------------------------------------------------------------

COMMENTED = """\
# Mine.
schema_version: 1
state: OH   # for now
education:
  - {degree: BSN, awarded: 2016-05}   # Kent State
# The posts.
experience:
  - title: Charge nurse
    start: 2016-07
"""


def test_comments_and_order_are_kept() -> None:
    changed = with_entry(COMMENTED, "credential", "cmm", {"issued": "2026-05"})
    assert [line for line in COMMENTED.splitlines() if line not in changed.splitlines()] == []
    person, _ = read_profile(changed, "x")
    assert [(one.id, str(one.issued)) for one in person.credentials or ()] == [("cmm", "2026-05")]
    again = with_entry(changed, "degree", "MHA", {"expected": "2028-05"})
    assert [one.degree for one in read_profile(again, "x")[0].education or ()] == ["BSN", "MHA"]
    assert "# Kent State" in again


def test_statements_and_json() -> None:
    person, _ = read_profile(with_entry(COMMENTED, "statement", "background-check", {}), "x")
    assert person.statements == {"background-check": True}
    changed = with_entry('{"schema_version": 1, "exams": []}', "exam", "nab-core", {"passed": "2026-01"})
    assert changed.startswith("{")
    assert [one.id for one in read_profile(changed, "x")[0].exams or ()] == ["nab-core"]


def test_the_command_saves_only_what_is_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "data" / "profile.yaml"
    monkeypatch.setenv("HSM_PLAN_PROFILE", str(path))
    assert execute(["profile", "path"]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    assert execute(["assess", "-t", "fache"]) == 2
    assert "profile path" in capsys.readouterr().err
    assert execute(["profile", "add", "degree", "BSN", "--awarded", "2016-05"]) == 0
    assert execute(["profile", "add", "credential", "rn", "--state", "OH", "--issued=2016-06"]) == 0
    kept = path.read_text()
    assert execute(["profile", "add", "exam", "nab-core", "--passed", "soon"]) == 1
    assert execute(["profile", "add", "dgree", "BSN"]) == 1
    assert "degree" in capsys.readouterr().err
    assert execute(["profile", "add", "exam", "nab-core", "--passed"]) == 2
    assert path.read_text() == kept
    assert execute(["assess", "-t", "fache", "--as-of", "2026-11-23"]) == 0
    assert execute(["profile", "check"]) == 0
    assert "BSN -> degree" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("exam", "zzzqqq", "is no exam we know"),
        ("exam", "nab-cor", "Did you mean nab-core"),
        ("exam", "hse", "is no exam we know"),
        ("membership", "zzzqqq", "is no organization we know"),
        ("membership", "achee", "Did you mean ache"),
        ("credential", "zzzqqq", "is no credential we know"),
        ("credential", "cmmm", "is no credential we know"),
    ],
)
def test_what_is_not_known_is_not_added(
    kind: str, value: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(COMMENTED)
    assert execute(["profile", "add", kind, value, "--profile", str(path)]) == 1
    assert told in capsys.readouterr().err
    assert path.read_text() == COMMENTED


def test_what_stands_there_already_does_not_bar_the_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(COMMENTED + "memberships:\n  - organization: zzzqqq\n")
    assert execute(["profile", "add", "membership", "ache", "--profile", str(path)]) == 0
    assert capsys.readouterr().out == f"Added to {path}.\n"


@pytest.mark.parametrize(
    ("words_", "told"),
    [
        (["training", "zzzqqq"], "'zzzqqq' (training[0].kind) is not understood, so it counts for nothing yet"),
        (["degree", "zzzqqq"], "'zzzqqq' (education[1].degree) is not understood"),
        (["post", "Nursing director"], "'Nursing director' (experience[1].title) is read as Director of nursing"),
        (["degree", "BSN", "--accredited_by", "[zzzqqq]"], ""),
    ],
)
def test_what_is_added_and_not_understood_is_said(
    words_: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(COMMENTED)
    assert execute(["profile", "add", *words_, "--profile", str(path)]) == 0
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["", "# only a comment\n", "- a\n- b\n", "hello\n", "a: [1", "a: 1\na: 2\n", "credentials: none\n", "{bad"]
)
def test_nothing_is_added_to_what_is_no_profile(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(text)
    assert execute(["profile", "add", "exam", "nab-core", "--profile", str(path)]) == 1
    assert "profile.yaml" in capsys.readouterr().err
    assert path.read_text() == text


def test_a_profile_in_flow_form_is_added_to(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text("{schema_version: 1, state: OH}\n")
    assert execute(["profile", "add", "exam", "nab-core", "--profile", str(path)]) == 0
    assert [one.id for one in read_profile(path.read_text(), "x")[0].exams or ()] == ["nab-core"]


# --- versions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "profiles").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_version_that_ever_was_is_read(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    person, _ = read_profile(path.read_text(encoding="utf-8"), path.name)
    assert person.name == "Maria Lopez"
    assert len(person.experience or ()) == 2
    assert execute(["assess", str(path), "--as-of", "2026-11-23"]) == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("2", "the profile is of version 2, and this hsm-plan reads versions up to 1"),
        ("99", "a newer hsm-plan has written it"),
        ("0", "is no version"),
        ("-1", "is no version"),
        ("1.5", "is no version"),
        ("two", "is no version"),
        ("'1'", "is no version"),
        ("true", "is no version"),
        ("[1]", "is no version"),
    ],
)
def test_a_version_that_is_none_of_ours_is_refused_in_plain_words(
    version: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "later.yaml"
    text = f"state: OH\nschema_version: {version}\nkey-of-later: 1\n"
    path.write_text(text, encoding="utf-8")
    for command in (["assess", str(path), "-t", "fache"], ["profile", "check", str(path)],
                    ["profile", "add", "exam", "nab-core", "--profile", str(path)]):  # fmt: skip
        assert execute(command) == 1
        shown = capsys.readouterr()
        assert "later.yaml:2:17 schema_version: " in shown.err
        assert told in shown.err
        assert "key-of-later" not in shown.err  # what a later version may have is no mistake of the person
        assert shown.out == ""
    assert path.read_text(encoding="utf-8") == text


def _renamed(data: dict[str, Any]) -> dict[str, Any]:
    return {"name" if key == "called" else key: value for key, value in data.items()}


def _split(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "name": data["name"].title()}


def test_old_versions_go_through_every_step_to_that_of_today() -> None:
    steps = (_renamed, _split)
    for text in (
        "called: maria lopez",
        "schema_version: 1\ncalled: maria lopez",
        "schema_version: 2\nname: maria lopez",
    ):
        document = parse(text, "x")
        upgrade(document, steps)
        assert document.data == {"schema_version": 3, "name": "Maria Lopez"}
    today = parse("schema_version: 3\nname: maria lopez", "x")
    upgrade(today, steps)
    assert today.data == {"schema_version": 3, "name": "maria lopez"}
    with pytest.raises(InputError, match="up to 3"):
        upgrade(parse("schema_version: 4", "x"), steps)


def test_the_steps_lead_to_the_version_of_the_model_and_each_version_has_its_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newest = len(STEPS) + 1
    assert Profile.model_fields["schema_version"].default == newest
    kept = {f"version-{number}" for number in range(1, newest + 1)}
    assert {path.stem for path in (ROOT / "tests" / "profiles").glob("*.yaml")} == kept
    monkeypatch.setattr("hsm_planner.profile.read.STEPS", (_renamed,))
    with pytest.raises(InputError) as error:  # every reader goes through the chain
        read_profile("schema_version: 1\ncalled: Maria Lopez\n", "x")
    assert [problem.path for problem in error.value.problems] == ["schema_version"]  # only the model is behind


def test_the_first_version_is_the_file_that_it_was() -> None:
    content = (ROOT / "tests" / "profiles" / "version-1.yaml").read_bytes()
    assert hashlib.sha256(content).hexdigest() == "8590c100c1c389a705a61fcd4cce44e9560a742db637046a79d5e2dad2f5cee5"


def test_the_same_thing_added_twice_is_there_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "me.yaml"
    path.write_text("schema_version: 1\n", encoding="utf-8")
    add = ["profile", "add", "credential", "cmm", "--issued", "2026-05", "--profile", str(path)]
    assert execute(add) == 0
    once = path.read_text(encoding="utf-8")
    capsys.readouterr()
    assert execute(add) == 0
    assert "already" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == once
    assert execute([*add[:4], "--issued", "2026-06", *add[-2:]]) == 0
    assert path.read_text(encoding="utf-8") != once
