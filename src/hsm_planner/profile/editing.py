"""Adding to a profile's text with its comments and order kept (ruamel.yaml, loaded only here)."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

from hsm_planner.profile.changes import ADDABLE, Addable
from hsm_planner.values.problems import did_you_mean, failure


def addable(kind: str) -> Addable:
    """Where a kind of thing goes.

    Raises:
        InputError: when there is no such kind.
    """
    if kind not in ADDABLE:
        hint = did_you_mean(kind, ADDABLE) or f"Known: {', '.join(ADDABLE)}."
        raise failure("unknown-kind", f"there is no {kind!r} to add.", hint=hint)
    return ADDABLE[kind]


def with_entry(text: str, kind: str, value: Any, more: Mapping[str, Any]) -> str:
    """The text of a profile with one thing more; a statement is answered with yes unless ``more`` has its value.

    Raises:
        InputError: when there is no such kind.
    """
    where = addable(kind)
    if (data := _json(text)) is not None:
        _put(data, where, value, more)
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    from ruamel.yaml import YAML

    editor = YAML()
    editor.preserve_quotes = True
    editor.width = 10_000
    lists = _deepest_list(text)
    editor.indent(mapping=2, sequence=lists + 2, offset=lists)
    data = editor.load(text)
    _put(data, where, value, more)
    out = io.StringIO()
    editor.dump(data, out)
    return out.getvalue()


def _json(text: str) -> Any:
    """The data of a JSON profile; None where it is YAML."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _put(data: Any, where: Addable, value: Any, more: Mapping[str, Any]) -> None:
    if not where.key:
        if data.get(where.section) is None:
            data[where.section] = {}
        answer = more.get("value", True)
        data[where.section][str(value)] = {"value": answer, **more} if set(more) - {"value"} else answer
        return
    entry = {where.key: value, **more}
    if data.get(where.section):
        data[where.section].append(entry)
    else:
        data[where.section] = [entry]


def _deepest_list(text: str) -> int:
    """How far lists are indented below their key: as the first list of the text is."""
    for line in text.splitlines():
        bare = line.lstrip(" ")
        if bare.startswith("- "):
            return min(len(line) - len(bare), 2)
    return 2
