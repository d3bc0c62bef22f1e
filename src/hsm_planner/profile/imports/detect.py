"""Which format something is in, by its content; and the profile in it where it is one of the others."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from hsm_planner.knowledge.yamlfile import MOST_BYTES, decode, read_text
from hsm_planner.profile.imports import jsonresume, linkedin, openbadges
from hsm_planner.profile.imports.foreign import ACCEPTED, SIGNATURE, ZIP, json_of, refuse, refuse_packed
from hsm_planner.profile.imports.loss import Import, Words
from hsm_planner.values.problems import failure

_MOST_FILES = 2_000
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what such archives are packed with
# What zipfile raises, of archives that are harmed, besides its own.
_HARMED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, OverflowError,
           RuntimeError, ValueError)  # fmt: skip
_REPACK = "Unpack it, and name the folder."


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
        head = handle.read(SIGNATURE)
    if head.startswith(ZIP):
        return _linkedin(*_unpacked(path, name), words, name)
    refuse(head, name)
    return from_text(read_text(path), name, words)


def from_bytes(raw: bytes, name: str, words: Words) -> Import | None:
    """The same of what came through a pipe.

    Raises:
        InputError: when it is of no format that is read, too large, or made to do harm.
    """
    if raw.startswith(ZIP):
        return _linkedin(*_unpacked(io.BytesIO(raw), name), words, name)
    refuse(raw[:SIGNATURE], name)
    return from_text(decode(raw, name), name, words)


def from_text(text: str, name: str, words: Words) -> Import | None:
    """The profile of a text of another format; None for what may be a profile of our own."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in ("{", "["):
        data, twice = json_of(text, name)
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


def _unpacked(source: Path | BinaryIO, name: str) -> tuple[dict[str, str], int]:
    """The files that are read of a ZIP, by their last name alone, and how many others; nothing is written to disk."""
    files: dict[str, str] = {}
    others = 0
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            refuse_packed([entry.filename for entry in entries], name)
            if len(entries) > _MOST_FILES:
                raise failure("too-many", f"holds more than {_MOST_FILES:,} files.", file=name)
            for entry in entries:
                if _tricks(entry):
                    text = f"holds a file that would lie outside of it or is a link: {entry.filename[:100]!r}."
                    raise failure("path-trick", text, file=name, hint="No export of LinkedIn does. Unpack a new one.")
                last = entry.filename.replace("\\", "/").rpartition("/")[2].lower()
                if entry.is_dir():
                    continue
                if last in files and last in linkedin.FILES:
                    text = f"holds two files {last!r}; it is not known which of them is yours."
                    raise failure("ambiguous", text, file=name, hint="Take the other out, or unpack a new one.")
                if last in files:
                    continue
                if last not in linkedin.FILES and last not in linkedin.LEFT:
                    others += last.endswith(".csv")
                    continue
                if entry.flag_bits & 1:
                    raise failure("unreadable", "is locked with a password.", file=name)
                if entry.compress_type not in _PACKINGS:
                    raise failure("unreadable", "is packed in a way that is not read.", file=name, hint=_REPACK)
                with archive.open(entry) as handle:  # never more than the limit, whatever its header says
                    raw = handle.read(MOST_BYTES + 1)
                if last in linkedin.FILES:
                    files[last] = decode(raw, f"{name}/{last}")
                else:
                    files[last] = raw[:MOST_BYTES].decode("utf-8", "replace")  # only its rows are counted
    except _HARMED as error:
        raise failure("unreadable", f"is no ZIP that can be read: {error}.", file=name) from None
    return files, others


def _tricks(entry: zipfile.ZipInfo) -> bool:
    """Whether a file of an archive has a path that leads out of it, or is a link."""
    parts = entry.filename.replace("\\", "/").split("/")
    return not parts[0] or ".." in parts or ":" in parts[0] or stat.S_ISLNK(entry.external_attr >> 16)
