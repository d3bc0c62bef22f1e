"""Reading a profile from text: strictly, with the place of everything that is wrong."""

from __future__ import annotations

from hsm_planner.knowledge.validate import validate
from hsm_planner.knowledge.yamlfile import Document, parse
from hsm_planner.profile.model import Profile
from hsm_planner.values.problems import InputError, Problem


def read_profile(text: str, name: str) -> tuple[Profile, Document]:
    """A profile from YAML or JSON text, with the document for places of later complaints.

    Raises:
        InputError: with every problem found.
    """
    document = parse(text, name)
    if not isinstance(document.data, dict):
        problem = document.problem(
            "wrong-type", "a profile holds keys with values.", (), hint="Begin with `schema_version: 1`."
        )
        raise InputError([problem])
    return validate(Profile, document), document


def unknown_word(document: Document | None, path: tuple[str | int, ...], message: str, hint: str) -> Problem:
    """A complaint about a word of the profile that the knowledge does not have."""
    if document is None:
        return Problem("unknown-id", message, hint=hint)
    return document.problem("unknown-id", message, path, hint=hint)
