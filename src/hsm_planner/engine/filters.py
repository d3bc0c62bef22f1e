"""By what each list of the knowledge can be cut down, and what is said of a filter that is not one of these."""

from collections.abc import Mapping
from typing import Literal

from hsm_planner.values.problems import Problem
from hsm_planner.values.record import record

ListName = Literal["roles", "certifications", "licenses", "degrees", "skills", "pathway", "sources"]

# ``stage`` of a role is its rung of the ladder, ``level`` another word for the same.
_TAKEN: Mapping[ListName, tuple[str, ...]] = {
    "roles": ("setting", "level", "stage", "search"),
    "certifications": ("setting", "stage", "issuer", "status", "search"),
    "licenses": ("state", "family", "search"),
    "degrees": ("level", "field", "search"),
    "skills": ("search",),
    "pathway": ("search",),
    "sources": ("search",),
}


@record
class Filters:
    """What a list is cut down to; None: not by this. ``search``: words that must all be in an entry's own words."""

    setting: str | None = None
    level: str | None = None
    stage: str | None = None
    issuer: str | None = None
    status: str | None = None
    state: str | None = None
    family: str | None = None
    field: str | None = None
    search: str | None = None

    def given(self) -> dict[str, str]:
        """The filters that cut down, by name."""
        found = {name: getattr(self, name) for name in self.__match_args__}
        return {name: value for name, value in found.items() if value is not None}


def refusal(list_: str, name: str) -> Problem | None:
    """What is wrong with asking a list for a filter; None: it takes it, or there is no such filter or list.

    >>> refusal("roles", "issuer").message
    'roles cannot be filtered by issuer; certifications can.'
    """
    mine = next((taken for one, taken in _TAKEN.items() if one == list_), None)
    others = [one for one, taken in _TAKEN.items() if name in taken]
    if mine is None or name in mine or not others:
        return None
    text = f"{list_} cannot be filtered by {name}; {' and '.join(others)} can."
    return Problem("usage", text, hint=f"{list_} can be filtered by {', '.join(f'--{one}' for one in mine)}.")
