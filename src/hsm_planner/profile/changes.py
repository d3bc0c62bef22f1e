"""A profile with changes that nobody has made yet: things added, values set, entries dropped. Nothing is written."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from hsm_planner.knowledge.yamlfile import Document, parse
from hsm_planner.profile.model import Profile
from hsm_planner.profile.read import open_keys, read_profile
from hsm_planner.values.dates import Date
from hsm_planner.values.problems import InputError, Problem, failure, nearest
from hsm_planner.values.record import record

CHANGED = "the profile with your changes"
_KIND_END = re.compile(r"[\s:=]+")
_DATED = re.compile(r"(.+?)[\s,(]+((?:19|20)\d{2}(?:-\d{2}){0,2})\)?")
_FLOW = set(',:{}[]#"')
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@record
class Addable:
    """Where a thing goes that is added by name: the section, the key of its name, and the key of its day."""

    section: str
    key: str
    day: str | None = None


ADDABLE: Mapping[str, Addable] = {
    "degree": Addable("education", "degree", "awarded"),
    "credits": Addable("education", "credits"),
    "credential": Addable("credentials", "id", "issued"),
    "post": Addable("experience", "title", "start"),
    "membership": Addable("memberships", "organization", "since"),
    "training": Addable("training", "kind", "end"),
    "course": Addable("courses", "name", "date"),
    "exam": Addable("exams", "id", "passed"),
    "learning": Addable("learning", "hours", "date"),
    "volunteering": Addable("volunteering", "kind", "date"),
    "statement": Addable("statements", ""),
}


@record
class Changes:
    """``add``: ``KIND: VALUE``; ``set_``: ``PATH=VALUE``; ``drop``: ``PATH``; ``patch``: keys laid over the profile."""

    add: tuple[str, ...] = ()
    set_: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    patch: Mapping[str, Any] | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Each change as the person wrote it."""
        patched = [f"{key} of the patch" for key in self.patch or ()]
        return (*self.add, *self.set_, *(f"without {path}" for path in self.drop), *patched)


def changed(profile: Profile, changes: Changes, day: Date) -> tuple[Profile, Document]:
    """The profile as it would be; what is added without a day is of ``day``.

    Raises:
        InputError: with every change that cannot be read, or what is wrong in the profile as it would be.
    """
    data = profile.model_dump(mode="json", by_alias=True, exclude_none=True)
    problems: list[Problem] = []
    for word, change in _all(changes, day):
        try:
            data = change(copy.deepcopy(data))
        except InputError as error:
            problems += error.problems
        except (KeyError, IndexError, TypeError, ValueError):
            problems += failure("bad-change", f"{word!r} does not lead anywhere in the profile.").problems
    if problems:
        raise InputError(problems)
    return read_profile(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), CHANGED)


def read_patch(text: str, name: str) -> dict[str, Any]:
    """The keys of a patch file.

    Raises:
        InputError: when it is no mapping.
    """
    found: dict[str, Any] = open_keys(text, name).data
    return found


def _all(changes: Changes, day: Date) -> Iterable[tuple[str, Any]]:
    yield from ((path, lambda data, path=path: _dropped(data, path)) for path in changes.drop)
    if changes.patch is not None:
        yield "the patch", lambda data: _merged(data, changes.patch or {})
    yield from ((text, lambda data, text=text: _set(data, text)) for text in changes.set_)
    yield from ((text, lambda data, text=text: _added(data, text, day)) for text in changes.add)


def right_form(text: str, more: str = "") -> str:
    """How an addition is written that was meant by some words, and by the word that stood apart from them."""
    said, value = _KIND_END.split(f"{text} ", maxsplit=1)
    kind = said if said in ADDABLE else next(iter(nearest(said, ADDABLE)), None)
    if kind is None:
        return f"Write --add 'KIND: VALUE', with one of {', '.join(ADDABLE)}."
    return f"Write --add '{kind}: {' '.join(f'{value} {more}'.split()) or 'VALUE'}'."


def _added(data: dict[str, Any], text: str, day: Date) -> dict[str, Any]:
    kind, colon, value = text.partition(":")
    kind = kind.strip()
    if not colon or kind not in ADDABLE or not value.strip():
        wrong = "is not written as KIND: VALUE" if not colon or kind in ADDABLE else f"there is no kind {kind!r} to add"
        raise failure("bad-change", f"--add {text!r}: {wrong}.", hint=right_form(text))
    where, given = ADDABLE[kind], _value(value)
    if where.day is not None and isinstance(given, str) and (dated := _DATED.fullmatch(given)):
        name = f'"{dated[1]}"' if set(dated[1]) & _FLOW else dated[1]
        hint = f"Write --add '{kind}: {{{where.key}: {name}, {where.day}: {dated[2]}}}'."
        raise failure("bad-change", f"--add {text!r}: a date is a key of its own.", hint=hint)
    if kind == "statement":
        answers = given if isinstance(given, dict) else {str(given): True}
        data["statements"] = {**data.get("statements", {}), **answers}
        return data
    entry = dict(given) if isinstance(given, dict) else {where.key: given}
    if where.day is not None and not _dated(entry):
        entry[where.day] = day.isoformat()
    data[where.section] = [*data.get(where.section, []), entry]
    return data


def _dated(entry: Mapping[str, Any]) -> bool:
    days = {"awarded", "expected", "issued", "start", "end", "since", "date", "passed"}
    return bool(days & set(entry))


def _set(data: dict[str, Any], text: str) -> dict[str, Any]:
    path, equals, value = text.partition("=")
    steps = _steps(path)
    if not equals or not steps:
        hint = "Write PATH=VALUE, like state=TX or constraints.study_hours_per_week=20."
        raise failure("bad-change", f"--set {text!r} is no change.", hint=hint)
    inner: Any = data
    for step in steps[:-1]:
        inner = inner.setdefault(step, {}) if isinstance(inner, dict) else inner[step]
    inner[steps[-1]] = _value(value)
    return data


def _dropped(data: dict[str, Any], path: str) -> dict[str, Any]:
    steps = _steps(path)
    inner: Any = data
    for step in steps[:-1]:
        inner = inner[step]
    del inner[steps[-1]]
    return data


def _merged(data: dict[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """Lists grow, mappings are merged, all else is replaced."""
    for key, value in patch.items():
        old = data.get(key)
        if isinstance(old, list) and isinstance(value, list):
            data[key] = [*old, *value]
        elif isinstance(old, dict) and isinstance(value, dict):
            data[key] = {**old, **value}
        else:
            data[key] = value
    return data


def _steps(path: str) -> list[str | int]:
    return [int(number) if number else name.strip() for name, number in _STEP.findall(path)]


def _value(text: str) -> Any:
    """A value as a profile would have it: a number, true or false, a list or mapping in one line, or else text.

    Raises:
        InputError: when it is no YAML.
    """
    return parse(text.strip() or "''", CHANGED).data
