"""What an answer was understood as, in words: what is new in a profile, with its dates read out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hsm_planner.interview.dates import in_words

_DATES = ("born", "start", "end", "awarded", "expected", "issued", "expires", "since", "until", "passed", "date")


def said_back(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """A line for each section that has changed: only the entries and keys that are new in it.

    >>> list(said_back({}, {"experience": [{"title": "nurse", "start": "2019-03"}], "exams": []}))
    ['experience: nurse (start: March 2019)', 'exams: none']
    """
    for key, value in after.items():
        old = before.get(key)
        if old == value:
            continue
        if isinstance(value, list):
            known = old if isinstance(old, list) else []
            shown = "; ".join(_entry(one) for one in value if one not in known) or "none"
        elif isinstance(value, dict):
            known_keys = old if isinstance(old, dict) else {}
            shown = ", ".join(_pair(one, what) for one, what in value.items() if known_keys.get(one) != what)
        else:
            shown = _value(key, value)
        yield f"{key}: {shown}"


def _entry(entry: object) -> str:
    """An entry by its name, and the rest of it in brackets."""
    if not isinstance(entry, dict):
        return str(entry)
    (first, name), *rest = entry.items()
    if not isinstance(name, str):
        return ", ".join(_pair(key, value) for key, value in entry.items())
    others = ", ".join(_pair(key, value) for key, value in rest)
    return f"{_value(first, name)} ({others})" if others else _value(first, name)


def _pair(key: str, value: object) -> str:
    return f"{key.replace('_', ' ')}: {_value(key, value)}"


def _value(key: str, value: object) -> str:
    if key in _DATES:
        return in_words(str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(_pair(one, what) for one, what in value.items())
    return str(value)
