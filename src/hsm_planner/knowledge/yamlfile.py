"""YAML (and JSON, which is YAML) read strictly, with the place of every value.

**Why** not ``yaml.safe_load``: it lets the last of two equal keys win, turns ``NO`` into false and ``2019-09-01`` into
a date, and lets a few lines of aliases grow to gigabytes. Here only true/false, numbers and null are more than text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from hsm_planner.values.problems import InputError, Problem, dotted, failure

Place = tuple[int, int]
DataPath = tuple[str | int, ...]

MOST_BYTES = 5_000_000
_MOST_DEPTH = 60
_MOST_NODES = 400_000

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Resolves only true, false, null and plain numbers; all else is text."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false|True|False|TRUE|FALSE)$", "tTfF"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("float", r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?$", "-+0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


@dataclass
class Document:
    """The plain data of a file, and where each value and key of it stands."""

    file: str
    data: Any
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)  # duplicate keys and odd tags
    values: dict[DataPath, Place] = field(default_factory=dict)
    keys: dict[DataPath, Place] = field(default_factory=dict)

    def problem(self, code: str, message: str, path: DataPath, *, hint: str = "", key: bool = False) -> Problem:
        """A problem at the value (or key) of that path, or at the nearest thing around it."""
        place: Place | None = None
        look = self.keys if key else self.values
        for length in range(len(path), -1, -1):
            place = look.get(path[:length]) or self.values.get(path[:length])
            if place:
                break
        line, column = place or (1, 1)
        excerpt = self.lines[line - 1] if line <= len(self.lines) else ""
        return Problem(code, message, self.file, line, column, dotted(path), hint, excerpt)


def read_text(path: Path, *, most_bytes: int = MOST_BYTES) -> str:
    """The text of a file.

    Raises:
        InputError: when it is missing, a directory, unreadable, too large, binary or not UTF-8.
    """
    name = str(path)
    try:
        if path.is_dir():
            raise failure("not-a-file", "is a directory, not a file.", file=name, hint="Name a file in it.")
        if not path.exists():
            raise failure("no-file", "there is no such file.", file=name, hint="Check the name and the folder.")
        size = path.stat().st_size
        if size > most_bytes:
            raise _too_large(name, size, most_bytes)
        with path.open("rb") as handle:
            raw = handle.read(most_bytes + 1)
    except OSError as error:
        raise failure("unreadable", f"cannot be read: {error.strerror or error}.", file=name) from None
    return decode(raw, name, most_bytes=most_bytes)


def decode(raw: bytes, name: str, *, most_bytes: int = MOST_BYTES) -> str:
    """Bytes as text, refused when too large, binary or not UTF-8."""
    if len(raw) > most_bytes:
        raise _too_large(name, len(raw), most_bytes)
    if b"\x00" in raw:
        raise failure("binary", "is a binary file, not text.", file=name, hint="A profile is a YAML or JSON text file.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        problem = Problem(
            "not-utf-8", "is not UTF-8 text.", name, line, column, hint="Save it again with the encoding UTF-8."
        )
        raise InputError([problem]) from None


def _too_large(name: str, size: int, most: int) -> InputError:
    text = f"is too large: {size / 1e6:.0f} MB; at most {most / 1e6:.0f} MB are read."
    return failure("too-large", text, file=name, hint="A profile is a few kilobytes.")


def parse(text: str, file: str) -> Document:
    """Text as plain data.

    Duplicate keys and odd tags are kept as the document's problems, to be told together with what else is wrong.

    Raises:
        InputError: for broken YAML, and input made to explode.
    """
    document = Document(file, None, text.splitlines())
    try:
        _measure(text, file)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        excerpt = document.lines[line - 1] if line <= len(document.lines) else ""
        what = " ".join(part for part in (error.context, error.problem) if part)
        hint = "Check the indentation, quotes and colons on this line and the one before."
        problem = Problem("bad-yaml", f"is not valid YAML: {what}.", file, line, column, "", hint, excerpt)
        raise InputError([problem]) from None
    except (yaml.YAMLError, ValueError) as error:
        raise failure("bad-yaml", f"is not valid YAML: {error}", file=file) from None
    if node is None:
        raise failure(
            "empty", "is empty.", file=file, hint="Begin with `schema_version: 1`; the README shows a profile."
        )
    document.data = _construct(node, (), document)
    return document


def _measure(text: str, file: str) -> None:
    """Refuse what is too deep, or what grows too large when its aliases are written out."""
    sizes: dict[str, int] = {}
    stack: list[tuple[str | None, int]] = []
    total = 0
    for event in yaml.parse(text, Loader=_Loader):
        grown = 1
        if isinstance(event, yaml.AliasEvent):
            if any(anchor == event.anchor for anchor, _ in stack):
                raise failure("too-many", f"the alias *{event.anchor} holds itself.", file=file, hint="Write it out.")
            grown = sizes.get(str(event.anchor), 1)
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append((event.anchor, 0))
            if len(stack) > _MOST_DEPTH:
                raise failure("too-deep", f"is nested deeper than {_MOST_DEPTH} levels.", file=file)
        elif isinstance(event, yaml.ScalarEvent) and event.anchor:
            sizes[event.anchor] = 1
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, inside = stack.pop()
            grown = inside
            if anchor:
                sizes[anchor] = inside
        if stack and not isinstance(event, yaml.CollectionStartEvent):
            stack[-1] = (stack[-1][0], stack[-1][1] + grown)
        total = max(total + 1, stack[0][1] if stack else 0)
        if total > _MOST_NODES:
            text_ = "holds more than can be meant (aliases that repeat themselves, or too many entries)."
            raise failure("too-many", text_, file=file, hint="Write the entries out, without & and *.")


def _construct(node: yaml.Node, path: DataPath, document: Document) -> Any:
    document.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    kind = node.tag.rpartition(":")[2] if node.tag.startswith("tag:yaml.org,2002:") else node.tag
    if isinstance(node, yaml.SequenceNode) and kind == "seq":
        return [_construct(child, (*path, index), document) for index, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode) and kind == "map":
        return _mapping(node, path, document)
    if kind == "str":
        return node.value
    if kind == "null":
        return None
    if kind == "bool":
        return node.value.lower() == "true"
    if kind == "int":
        return int(node.value) if len(node.value) < 20 else node.value
    if kind == "float":
        number = float(node.value)
        if math.isfinite(number):
            return number
        told = f"{node.value} is too large a number."
        document.problems.append(document.problem("bad-value", told, path))
        return None
    told = f"the tag {node.tag!r} is not used here."
    document.problems.append(document.problem("bad-tag", told, path, hint="Leave it out."))
    return None


def _mapping(node: yaml.MappingNode, path: DataPath, document: Document) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            place = (*path, "?")
            document.values[place] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            document.problems.append(document.problem("bad-key", "a key must be a plain word.", place))
            continue
        key = str(key_node.value)
        here = (*path, key)
        place_of_key = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if key in result:
            first = document.keys[here][0]
            document.keys[here] = place_of_key
            hint = f"It stands first on line {first}. Keep one."
            told = f"`{key}` stands here twice."
            document.problems.append(document.problem("duplicate-key", told, here, hint=hint, key=True))
            continue
        document.keys[here] = place_of_key
        result[key] = _construct(value_node, here, document)
    return result


def words_of(data: Any) -> Iterator[str]:
    """Every text in plain data, for looking whether something is named anywhere."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from words_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from words_of(value)
