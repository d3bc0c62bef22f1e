"""Reading a profile from text: strictly, with the place of everything that is wrong."""

from __future__ import annotations

import copy
from typing import Any

from pydantic import ValidationError

from hsm_planner.knowledge.validate import paths_of, validate
from hsm_planner.knowledge.yamlfile import DataPath, Document, parse
from hsm_planner.profile.model import Profile
from hsm_planner.profile.versions import STEPS, upgrade
from hsm_planner.values.problems import InputError, Problem

_MOST_ROUNDS = 5
_ENTRY = 2  # section and number
_DATES = {"start", "end", "issued", "expires", "since", "until", "awarded", "expected"}


def read_profile(text: str, name: str) -> tuple[Profile, Document]:
    """A profile from YAML or JSON text, with the document for places of later complaints.

    Raises:
        InputError: with every problem of its form.
    """
    document = open_profile(text, name)
    return validate(Profile, document), document


def open_profile(text: str, name: str) -> Document:
    """The document of a profile in the form of today, not yet looked at closer.

    Raises:
        InputError: when it is no YAML or JSON, not a mapping, or of a version still to come.
    """
    document = open_keys(text, name)
    upgrade(document, STEPS)
    return document


def open_keys(text: str, name: str) -> Document:
    """The document of a profile, or of a part of one.

    Raises:
        InputError: when it is no YAML or JSON, or not a mapping.
    """
    document = parse(text, name)
    if not isinstance(document.data, dict):
        problem = document.problem(
            "wrong-type", "a profile holds keys with values.", (), hint="Begin with `schema_version: 1`."
        )
        raise InputError([problem])
    return document


def readable_part(document: Document) -> Profile | None:
    """What can be read of a profile that has problems of form, so that its words can be looked at as well.

    The keys with a problem are left out (a whole section where an entry is of no use without them).
    """
    data = copy.deepcopy(document.data)
    for _ in range(_MOST_ROUNDS):
        try:
            return Profile.model_validate(data)
        except ValidationError as error:
            for path in paths_of(error, data):
                _leave_out(data, path)
    return None


def _leave_out(data: dict[str, Any], path: DataPath) -> None:
    if not path:
        return
    if isinstance(path[-1], int):  # an entry as a whole: first its dates, then (entries keep their numbers) the section
        entry = data.get(str(path[0]), [])[path[-1]] if len(path) == _ENTRY else None
        dates = [key for key in entry if key in _DATES] if isinstance(entry, dict) else []
        for key in dates:
            entry.pop(key)  # type: ignore[union-attr]
        if not dates:
            data.pop(str(path[0]), None)
        return
    inner: Any = data
    for part in path[:-1]:
        try:
            inner = inner[part]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(inner, dict):
        inner.pop(path[-1], None)


def unknown_word(document: Document | None, path: tuple[str | int, ...], message: str, hint: str) -> Problem:
    """A complaint about a word of the profile that the knowledge does not have."""
    if document is None:
        return Problem("unknown-id", message, hint=hint)
    return document.problem("unknown-id", message, path, hint=hint)
