"""Files made to do harm, or harmed: a plain message, exit 1, nothing half-written; brackets in a text are no depth."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from functools import cache
from pathlib import Path

import pytest

from hsm_planner.cli.main import execute
from hsm_planner.engine.imported import import_words
from hsm_planner.profile.imports.detect import from_path
from hsm_planner.profile.imports.loss import Words
from hsm_planner.values.problems import InputError
from tests.support import AS_OF, knowledge

POSITIONS = (
    'Company Name,Title,Description,Location,Started On,Finished On\nMercy,Charge Nurse,x,"Toledo, Ohio",Jan 2020,\n'
)


@cache
def words() -> Words:
    return import_words(knowledge(), AS_OF)


def zipped(entries: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return raw.getvalue()


def locked() -> bytes:
    raw = bytearray(zipped({"Positions.csv": POSITIONS}))
    raw[6] |= 1
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


WHOLE = zipped({"Positions.csv": POSITIONS * 50})
LAUGHS = b"a: &a [x]\n" + b"".join(
    b"b%d: &b%d [%s]\n" % (n, n, b", ".join([b"*b%d" % (n - 1) if n else b"*a"] * 8)) for n in range(12)
)
HARMFUL = {
    "nothing": b"",
    "spaces": b" \n\t\n",
    "a byte order mark": b"\xef\xbb\xbf",
    "noughts": b"\0" * 50,
    "an open brace": b"{",
    "a list": b"[]",
    "a number": b"5",
    "nothing in JSON": b"null",
    "UTF-16": json.dumps({"work": []}).encode("utf-16"),
    "Latin-1": '{"work": [{"position": "Café"}]}'.encode("latin-1"),
    "a table in Latin-1": POSITIONS.replace("Mercy", "Café").encode("latin-1"),
    "a table with a nought": POSITIONS.encode() + b"\0",
    "deep lists": b"[" * 100_000,
    "deep keys": b'{"a":' * 100_000,
    "deep YAML": b"a: " + b"[" * 5_000,
    "many laughs": LAUGHS,
    "a tag that runs": b'!!python/object/apply:os.system ["echo x"]',
    "two documents": b"schema_version: 1\n---\nschema_version: 1\n",
    "a key twice in JSON": b'{"work": [], "work": [{"position": "Nurse", "startDate": "2019"}]}',
    "too many posts": json.dumps({"work": [{"position": f"Nurse {n}"} for n in range(20_000)]}).encode(),
    "too many breaks": json.dumps({"work": [{"position": "Career break"}] * 20_000}).encode(),
    "a packed file": b"\x1f\x8b\x08\0\0\0\0\0",
    "an empty ZIP": zipped({}),
    "a Word document": zipped({"word/document.xml": "<w/>"}),
    "a locked ZIP": locked(),
    "half a ZIP": WHOLE[: len(WHOLE) // 2],
    "the head of a ZIP": WHOLE[:4],
    "a folder in a ZIP": zipped({"Positions.csv/": ""}),
    "a bomb": zipped({"Positions.csv": b"a" * 60_000_000}),
    "a ZIP of another packing": zipped({"Positions.csv": POSITIONS}, zipfile.ZIP_LZMA),
}


@pytest.mark.parametrize("content", list(HARMFUL.values()), ids=list(HARMFUL))
def test_a_plain_message_and_nothing_written(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "thing.bin", tmp_path / "out.yaml"
    path.write_bytes(content)
    for command in (
        ["profile", "import", str(path), "-o", str(out)],
        ["profile", "check", str(path)],
        ["profile", "add", "exam", "nab-core", "--profile", str(path)],
        ["assess", str(path), "-t", "fache"],
    ):
        assert execute(command) == 1, command
        told = capsys.readouterr()
        assert "thing.bin" in told.err
        assert "bug" not in told.err
        assert len(told.err) < 2_000
        assert told.out == ""
    assert [one.name for one in tmp_path.iterdir()] == ["thing.bin"]
    assert path.read_bytes() == content


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_harmed_archive_is_read_or_refused(method: int, tmp_path: Path) -> None:
    whole = zipped({"Positions.csv": POSITIONS * 50, "Honors.csv": "Title\nx\n"}, method)
    chance, path = random.Random(method), tmp_path / "harmed.zip"
    refused, told = 0, set[str | None]()
    for _ in range(400):
        raw = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            raw[chance.randrange(4, len(raw))] = chance.randrange(256)
        path.write_bytes(raw)
        try:
            from_path(path, words())
        except InputError as error:
            refused += 1
            told.add(error.problems[0].file)
    assert refused
    assert all("harmed.zip" in (name or "") for name in told)


def test_a_name_in_no_encoding_is_told(tmp_path: Path) -> None:
    raw = bytearray(zipped({"é.csv": "x", "Positions.csv": POSITIONS}))
    raw = raw.replace("é".encode(), b"\xc0\xc0")
    path = tmp_path / "names.zip"
    path.write_bytes(raw)
    with pytest.raises(InputError, match="no ZIP that can be read"):
        from_path(path, words())


def test_what_is_not_read_of_an_archive_cannot_harm(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(
        zipped({"Positions.csv": POSITIONS, "Honors.csv": b"T\n" + b"a" * 60_000_000, "x": b"\0" * 60_000_000})
    )
    found = from_path(path, words())
    assert found is not None
    assert len(found.data["experience"]) == 1


def test_brackets_in_a_text_are_no_depth(tmp_path: Path) -> None:
    path = tmp_path / "brackets.json"
    path.write_text(json.dumps({"work": [{"position": "Nurse", "startDate": "2019", "summary": '["' * 500}]}))
    found = from_path(path, words())
    assert found is not None
    assert found.data["experience"] == [{"title": "Nurse", "start": "2019"}]


@pytest.mark.parametrize("what", ["empty", "folders", "endless", "pipe", "a link to nowhere", "locked away"])
def test_odd_folders(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tmp_path / "folder", tmp_path / "out.yaml"
    folder.mkdir()
    table = folder / "Positions.csv"
    if what == "folders":
        table.mkdir()
    elif what == "endless":
        table.symlink_to("/dev/zero")
    elif what == "pipe":
        os.mkfifo(table)
    elif what == "a link to nowhere":
        table.symlink_to(tmp_path / "nowhere")
    elif what == "locked away":
        table.write_bytes(b"\xff\xfe" + POSITIONS.encode("utf-16-le"))
    for command in (["profile", "import", str(folder), "-o", str(out)], ["assess", str(folder), "-t", "fache"]):
        assert execute(command) == 1
        told = capsys.readouterr()
        assert "folder" in told.err
        assert "bug" not in told.err
    assert not out.exists()


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "loop", "x" * 300, "no\0name"])
def test_odd_names(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for command in (
        ["profile", "import", name],
        ["profile", "check", name],
        ["profile", "add", "exam", "nab-core", "--profile", name],
        ["assess", name, "-t", "fache"],
        ["whatif", name, "-t", "fache", "--set", "state=TX"],
    ):
        assert execute(command) == 1, command
        told = capsys.readouterr()
        assert "bug" not in told.err
        assert told.out == ""
    assert [one.name for one in tmp_path.iterdir()] == ["loop"]


@pytest.mark.parametrize("name", ["no-such-folder/out.yaml", "folder.yaml"])
def test_where_nothing_can_be_written(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder.yaml").mkdir()
    source = tmp_path / "r.json"
    source.write_text(json.dumps({"work": [{"position": "Nurse", "startDate": "2019"}]}))
    assert execute(["profile", "import", str(source), "-o", str(tmp_path / name)]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder.yaml", "r.json"]
