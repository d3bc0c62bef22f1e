"""What something seems to be that is no profile and in no format that is read."""

from __future__ import annotations

import json
import operator
import re
from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from hsm_planner.knowledge.yamlfile import parse
from hsm_planner.profile.imports.jsonresume import is_json_resume
from hsm_planner.profile.model import Profile
from hsm_planner.values.problems import InputError, failure

ACCEPTED = (
    "Accepted are: a profile in YAML or JSON, JSON Resume, LinkedIn's data export (ZIP, folder or Positions.csv), Open "
    "Badges 3.0."
)
ZIP = b"PK\x03\x04"
SIGNATURE = 64  # bytes at the beginning that tell
_MOST_DEPTH = 240
_MOST_SHOWN = 8  # keys
_MARKS = re.compile(r'\\.|["\[\]{}]', re.DOTALL)  # of JSON; one behind a backslash is none
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a packed file (7z)"),
    (b"Rar!", "a packed file (RAR)"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
    (b"begin:vcard", "a visiting card (vCard)"),
    (b"\\documentclass", "a LaTeX document"),
)
_PACKED = (
    (r"word/.+", "a Word document"),
    (r"xl/.+", "an Excel workbook"),
    (r"ppt/.+", "a PowerPoint presentation"),
    (r"content\.xml", "an OpenDocument file"),
    (r"Index/.+\.iwa", "a Pages document"),
    (r"META-INF/container\.xml", "an e-book"),
)
_TAG = re.compile(r"<(?:!--|!doctype\b|\?xml\b|/?[a-z][\w:.-]*[\s/>])", re.IGNORECASE)
_WEB = re.compile(r"<(?:!doctype html|html|head|body|div|p|span|table|section|article|h1)\b", re.IGNORECASE)
_KEY = re.compile(r"^[\"']?([A-Za-z_][\w -]*?)[\"']?[ \t]*:(?=\s|$)", re.MULTILINE)
_COMMENTS = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
_PLAIN = "is plain text, in no format that is read."
_ALIKE = 0.75


def refuse(head: bytes, name: str) -> None:
    """Say what something seems to be by how it begins.

    Raises:
        InputError: when that is the beginning of something that is not read.
    """
    low = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for begins, what in _SIGNATURES:
        if low.startswith(begins.lower()):
            raise _not_read(what, name)


def refuse_packed(names: Iterable[str], name: str) -> None:
    """Say what an archive seems to be by the files in it.

    Raises:
        InputError: when these are the files of a document.
    """
    for inside in names:
        for pattern, what in _PACKED:
            if re.fullmatch(pattern, inside):
                raise _not_read(what, name)


def _not_read(what: str, name: str) -> Exception:
    return failure("not-a-profile", f"seems to be {what}, which is not read.", file=name, hint=ACCEPTED)


def seems(text: str) -> str:
    """What a text that is in none of the formats of others seems to be, as the end of a sentence about it.

    >>> seems(""), seems("state: OH")
    ('is empty.', 'seems to be YAML, in which our own profiles are.')
    """
    told = text.strip("\ufeff \t\r\n")
    if not told:
        return "is empty."
    if (other := not_ours(text)) is not None:
        return other
    if told[0] not in "{[":
        return "seems to be YAML, in which our own profiles are."
    whole = json_of(text, "")[0] is not None
    return "is JSON, but of no format that is imported." if whole else "is JSON with a mistake."


def not_ours(text: str) -> str | None:
    r"""What a text is that surely is no profile of our own, as the end of a sentence; None for what may be one.

    >>> not_ours("services:\n  web: {}\n"), not_ours("state: OH")
    ('seems to be YAML, but no profile; its keys: services.', None)
    """
    told = _COMMENTS.sub("", text).strip("\ufeff \t\r\n")
    first = told.partition("\n")[0].strip()
    if not told:
        return None
    if told[0] in "{[":
        return _json_not_ours(json_of(text, "")[0], told)
    keys = list(dict.fromkeys(_KEY.findall(told)))
    if any(map(_own, keys)):
        return None
    if _TAG.match(told):
        what = "a web page" if _WEB.search(told[:2_000]) else "an XML document"
        return f"seems to be {what}{' (Europass)' if 'europass' in told[:5_000].lower() else ''}, which is not read."
    if re.search(r"^##+ \S", text, re.MULTILINE):
        return "seems to be text in Markdown, which is not read."
    mark = next((mark for mark in ("\t", ";", ",") if mark in first and ":" not in first), None)
    if mark is not None and len(first.split(mark)) > 1 and not first.endswith("."):
        return f"is a table, but none that is read; its columns: {', '.join(first.split(mark))[:100]}."
    return _yaml_not_ours(text, told, keys)


def _yaml_not_ours(text: str, told: str, keys: list[str]) -> str | None:
    """The same of what is YAML, or may be meant as such."""
    rows = [line for line in told.split("\n") if line.strip()]
    like_yaml = [line for line in rows if line.startswith((" ", "- ", "---")) or _KEY.match(line)]
    if rows[0] in like_yaml:
        try:
            data = parse(text, "").data
        except InputError:  # what is wrong, and where, the reader tells
            return None if len(like_yaml) * 2 > len(rows) else _PLAIN
        if isinstance(data, dict) and keys:
            return f"seems to be YAML, but no profile; its keys: {', '.join(keys[:_MOST_SHOWN])}."
        if isinstance(data, list):
            return "seems to be a list in YAML, but no profile."
        return None if isinstance(data, dict) else _PLAIN
    return _PLAIN


def _json_not_ours(data: object, told: str) -> str | None:
    if data is None and told != "null":
        return None  # broken: where, the reader tells
    if not isinstance(data, dict):
        return "is JSON, but of no format that is read: it is a list."
    if not data or any(map(_own, data)):
        return None
    text = f"is JSON, but of no format that is read; its keys: {', '.join(list(data)[:_MOST_SHOWN])}."
    inside = next((key for key, value in data.items() if isinstance(value, dict) and is_json_resume(value)), None)
    return text + (f" What stands at `{inside}` seems to be JSON Resume: save that part alone." if inside else "")


def _own(key: str) -> bool:
    """Whether a key is one of a profile, or may be meant as one."""
    return bool(get_close_matches(key.lower(), Profile.model_fields, n=1, cutoff=_ALIKE))


def json_of(text: str, name: str) -> tuple[Any, list[str]]:
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
    if deepest > _MOST_DEPTH:
        raise failure("too-deep", f"is nested deeper than {_MOST_DEPTH} levels.", file=name)
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
