"""Which format something is in, by its content; and the profile in it where it is one of the others."""

from __future__ import annotations

import json
import operator
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

from hsm_planner.knowledge.yamlfile import MOST_BYTES, decode, read_text
from hsm_planner.profile.imports import jsonresume, linkedin, openbadges
from hsm_planner.profile.imports.loss import Import, Words
from hsm_planner.values.problems import failure

_MOST_FILES = 2_000
_MOST_DEPTH = 60
_MARKS = re.compile(r'\\.|["\[\]{}]', re.DOTALL)  # of JSON; one behind a backslash is none
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what such archives are packed with
# What zipfile raises, of archives that are harmed, besides its own.
_HARMED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, OverflowError,
           RuntimeError, ValueError)  # fmt: skip
ACCEPTED = (
    "A profile in YAML or JSON, JSON Resume, LinkedIn's data export (ZIP, folder or Positions.csv), Open Badges 3.0."
)
_REPACK = "Unpack it, and name the folder."
_SEEMS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich text document"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML document"),
    (b"begin:vcard", "a visiting card (vCard)"),
)


def from_path(path: Path, words: Words) -> Import | None:
    """The profile of a folder, a ZIP or a file of another format; None for what may be a profile of our own.

    Raises:
        InputError: when it is of no format that is read, too large, or made to do harm.
    """
    name = str(path)
    if path.is_dir():
        return _linkedin(*_folder(path), words, name)
    if not path.is_file():
        return None
    with path.open("rb") as handle:
        head = handle.read(64)
    if head.startswith(b"PK\x03\x04"):
        return _linkedin(*_unpacked(path), words, name)
    _refuse(head, name)
    return from_text(read_text(path), name, words)


def from_text(text: str, name: str, words: Words) -> Import | None:
    """The profile of a text of another format; None for what may be a profile of our own."""
    _refuse(text[:64].encode(), name)
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in ("{", "["):
        data, twice = _json(text, name)
        resume = isinstance(data, dict) and jsonresume.is_json_resume(data)
        if not resume and not any(True for _ in openbadges.badges(data)):
            return None
        if twice:
            hint = "Keep one of them."
            raise failure("duplicate-key", f"has the key `{twice[0]}` twice in one place.", file=name, hint=hint)
        read = jsonresume.from_json_resume if resume else openbadges.from_open_badges
        return read(data, words, name)
    kind = linkedin.file_of(text) if "," in text.partition("\n")[0] and ":" not in text.partition("\n")[0] else None
    return linkedin.from_linkedin({kind: text}, words, name) if kind else None


def seems(text: str) -> str:
    """What a text that is in none of the formats seems to be, as the end of a sentence about it.

    >>> seems(""), seems("{}")
    ('is empty.', 'is JSON, but of no format that is read.')
    """
    told = text.strip("\ufeff \t\r\n")
    first = told.partition("\n")[0].strip()
    if not told:
        return "is empty."
    if told[0] in "{[":
        return (
            "is JSON, but of no format that is read." if _json(text, "")[0] is not None else "is JSON with a mistake."
        )
    if re.match(r"[A-Za-z_]+:(\s|$)", first) or first.startswith("#"):
        return "seems to be YAML, in which our own profiles are."
    if "," in first:
        return f"is a table, but none that is read; its columns: {first[:100]}."
    return "is plain text, in no format that is read."


def _folder(path: Path) -> tuple[dict[str, str], int]:
    """The files that are read of a folder, by their names; and how many others there are."""
    files: dict[str, str] = {}
    others = 0
    for one in sorted(path.iterdir()):
        last = one.name.lower()
        if one.is_symlink() and last in linkedin.FILES:
            raise failure("path-trick", "is a link to another file.", file=str(one), hint="Put the file itself there.")
        if not one.is_file() or (last in linkedin.LEFT and one.stat().st_size > MOST_BYTES):
            continue
        if last in linkedin.FILES:
            files[last] = read_text(one)
        elif last in linkedin.LEFT:
            files[last] = one.read_bytes().decode("utf-8", "replace")  # only its rows are counted
        else:
            others += last.endswith(".csv")
    return files, others


def _linkedin(files: dict[str, str], others: int, words: Words, name: str) -> Import:
    if not {linkedin.POSITIONS, linkedin.EDUCATION, linkedin.CERTIFICATIONS} & set(files):
        text = "holds none of the files of LinkedIn's data export (Positions.csv, Education.csv, Certifications.csv)."
        raise failure("not-a-profile", text, file=name, hint=ACCEPTED)
    return linkedin.from_linkedin(files, words, name, others)


def _unpacked(path: Path) -> tuple[dict[str, str], int]:
    """The files that are read of a ZIP, by their last name alone, and how many others; nothing is written to disk."""
    files: dict[str, str] = {}
    others = 0
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_FILES:
                raise failure("too-many", f"holds more than {_MOST_FILES:,} files.", file=str(path))
            for entry in entries:
                if _tricks(entry):
                    text = f"holds a file that would lie outside of it or is a link: {entry.filename[:100]!r}."
                    raise failure(
                        "path-trick", text, file=str(path), hint="No export of LinkedIn does. Unpack a new one."
                    )
                last = entry.filename.replace("\\", "/").rpartition("/")[2].lower()
                if entry.is_dir():
                    continue
                if last in files and last in linkedin.FILES:
                    text = f"holds two files {last!r}; it is not known which of them is yours."
                    raise failure("ambiguous", text, file=str(path), hint="Take the other out, or unpack a new one.")
                if last in files:
                    continue
                if last not in linkedin.FILES and last not in linkedin.LEFT:
                    others += last.endswith(".csv")
                    continue
                if entry.flag_bits & 1:
                    raise failure("unreadable", "is locked with a password.", file=str(path))
                if entry.compress_type not in _PACKINGS:
                    raise failure("unreadable", "is packed in a way that is not read.", file=str(path), hint=_REPACK)
                with archive.open(entry) as handle:  # never more than the limit, whatever its header says
                    raw = handle.read(MOST_BYTES + 1)
                if last in linkedin.FILES:
                    files[last] = decode(raw, f"{path}/{last}")
                else:
                    files[last] = raw[:MOST_BYTES].decode("utf-8", "replace")  # only its rows are counted
    except _HARMED as error:
        raise failure("unreadable", f"is no ZIP that can be read: {error}.", file=str(path)) from None
    return files, others


def _tricks(entry: zipfile.ZipInfo) -> bool:
    """Whether a file of an archive has a path that leads out of it, or is a link."""
    parts = entry.filename.replace("\\", "/").split("/")
    return not parts[0] or ".." in parts or ":" in parts[0] or stat.S_ISLNK(entry.external_attr >> 16)


def _json(text: str, name: str) -> tuple[Any, list[str]]:
    """JSON, and the keys that stand twice in one place; refused when nested too deep; None where it is none."""
    depth = deepest = 0
    quoted = False
    for mark in map(operator.itemgetter(0), _MARKS.finditer(text)):
        if mark == '"':
            quoted = not quoted
        elif not quoted and mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif not quoted and mark in "]}":
            depth -= 1
    if deepest > _MOST_DEPTH * 4:
        raise failure("too-deep", f"is nested deeper than {_MOST_DEPTH * 4} levels.", file=name)
    twice: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice.extend(key for key, number in Counter(key for key, _ in pairs).items() if number > 1)
        return found

    try:
        return json.loads(text.lstrip("\ufeff"), object_pairs_hook=unique), twice
    except (ValueError, RecursionError):
        return None, twice


def _refuse(head: bytes, name: str) -> None:
    """Say what something seems to be that is read nowhere here."""
    low = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for begins, what in _SEEMS:
        if low.startswith(begins.lower()):
            raise failure("not-a-profile", f"seems to be {what}, which is not read.", file=name, hint=ACCEPTED)
