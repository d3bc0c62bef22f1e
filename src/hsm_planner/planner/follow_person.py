"""Whether a profile is that of the person whom a plan was made for.

The plan keeps hashes alone. Who guesses a name or a title can tell whether it is right: they hide nothing from a guess.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from hsm_planner.profile.model import Profile

_NAME = "name"
# What an entry is of; its days, hours and answers may be put right later.
_LASTING = ("degree", "level", "field", "title", "role", "employer", "id", "organization", "kind")
_SECTIONS = ("education", "experience", "credentials")
_LENGTH = 12


def marks_of(profile: Profile) -> dict[str, tuple[str, ...]]:
    """By section, a hash of each entry that hardly changes, and one of the name: enough to know a profile again."""
    found = {section: tuple(dict.fromkeys(_marks(profile, section))) for section in _SECTIONS}
    found[_NAME] = (_hash(profile.name),) if profile.name else ()
    return {section: marks for section, marks in found.items() if marks}


def doubts(marks: Mapping[str, Sequence[str]], profile: Profile) -> tuple[str, ...]:
    """What makes it likely that a profile is not the one that some marks are of."""
    own = marks_of(profile)
    had = {mark for section in _SECTIONS for mark in marks.get(section, ())}
    has = {mark for section in _SECTIONS for mark in own.get(section, ())}
    names = (marks.get(_NAME), own.get(_NAME))
    renamed = None not in names and names[0] != names[1]
    strange = bool(had) and not had & has and (renamed or None in names)
    said = [f"another name ({profile.name}) than the one that the plan was made from"] if renamed else []
    that = "that one" if renamed else "the one that the plan was made from"
    said += [f"nothing of what {that} had of degrees, posts and credentials"] if strange else []
    return (f"This profile has {' and '.join(said)}. If it is another person's, nothing below holds.",) if said else ()


def _marks(profile: Profile, section: str) -> Iterator[str]:
    for entry in getattr(profile, section) or ():
        values = [str(value) for key in _LASTING if (value := getattr(entry, key, None)) is not None]
        if values:
            yield _hash("|".join([section, *values]))


def _hash(text: str) -> str:
    return hashlib.sha256(" ".join(text.lower().split()).encode()).hexdigest()[:_LENGTH]
