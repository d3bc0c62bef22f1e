"""Versions of a profile's form: each is brought to the next, one step after the other, until it is that of today.

A change of the form that old files would not survive adds one step to ``STEPS``, and a file of the version before it
to tests/profiles, where it stays for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hsm_planner.knowledge.yamlfile import Document
from hsm_planner.values.problems import InputError

KEY = "schema_version"
Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: tuple[Step, ...] = ()  # the first leads from version 1 to 2, the next from 2 to 3


def upgrade(document: Document, steps: Sequence[Step]) -> None:
    """Bring the data of a profile to the version after the last of the steps; one that names none is of the first.

    Raises:
        InputError: when its version is no number, or one that is still to come.
    """
    said = document.data.get(KEY, 1)
    newest = len(steps) + 1
    if isinstance(said, bool) or not isinstance(said, int) or said < 1:
        told = f"{said!r} is no version of a profile: it is a whole number from 1 on."
        raise InputError([document.problem("bad-version", told, (KEY,), hint=f"Write `{KEY}: {newest}`.")])
    if said > newest:
        told = (
            f"the profile is of version {said}, and this hsm-plan reads versions up to {newest}: "
            "a newer hsm-plan has written it."
        )
        hint = "Update hsm-plan (pip install --upgrade hsm-planner), then try again; nothing was changed."
        raise InputError([document.problem("newer-version", told, (KEY,), hint=hint)])
    for step in steps[said - 1 :]:
        document.data = step(document.data)
    if said < newest:
        document.data[KEY] = newest
