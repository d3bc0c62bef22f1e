"""Which question to put first: of those that can change something, the one that settles most."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from hsm_planner.engine.result import Asked
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.values.dates import PartialDate

_OF_ENTRY = re.compile(r"(?P<section>[a-z]+)\[(?P<number>\d+)\]\.(?P<key>[a-z_]+)")
_TRIED: dict[str, tuple[Any, ...]] = {
    "supervises": (0, 1, 10),
    "beds": (1, 50, 500),
    "manages_budget": (False, True),
    "administrator_of_record": (False, True),
    "evaluated": (False, True),
}


def first_that_matters(
    asked: Sequence[Asked],
    data: Mapping[str, Any],
    knowledge: Knowledge,
    outcome: Callable[[Mapping[str, Any]], object],
) -> Asked | None:
    """The first question of which some answer changes the outcome; the first of all where none does by itself.

    None when only days are asked for and all of them together change nothing, whichever they are.

    **Why**: a post that can count for nothing here (too short, outside health care whatever its place) would else be
    asked about before the one that decides.
    """
    before = outcome(data)
    for one in asked:
        tried = _answers(one, data, knowledge)
        if tried is None or any(outcome(changed) != before for changed in tried):
            return one
    others = [one for one in asked if _day_of(one) is None]
    if others or any(outcome(changed) != before for changed in _at_their_ends(asked, data)):
        return (others or asked)[0]
    return None


def _day_of(one: Asked) -> tuple[str, int, str] | None:
    """The entry and the key of a question for a day that is known by its year or month."""
    place = _OF_ENTRY.fullmatch(one.id)
    if place is None or place["key"] not in ("start", "end"):
        return None
    return place["section"], int(place["number"]), place["key"]


def _at_their_ends(asked: Sequence[Asked], data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Profiles with every post as long, and as short, as the days that are asked for leave open."""
    places = [place for one in asked if (place := _day_of(one)) is not None]
    for longest in (True, False):
        changed = copy.deepcopy(dict(data))
        for section, number, key in places:
            days = _days(data[section][number].get(key))
            if days is None:  # nothing is known of it: it can be any day
                yield {}
                return
            changed[section][number][key] = days[0 if (key == "start") == longest else 1]
        yield changed


def _answers(one: Asked, data: Mapping[str, Any], knowledge: Knowledge) -> list[Mapping[str, Any]] | None:
    """Profiles with the answers that a question about a post or degree can have; None: not to be told."""
    place = _OF_ENTRY.fullmatch(one.id)
    if place is None:
        return None
    section, number, key = place["section"], int(place["number"]), place["key"]
    values: tuple[Any, ...] | None = _TRIED.get(key)
    if key == "setting":
        values = tuple(word.id for word in knowledge.words.settings)
    elif key == "role":
        values = one.answers or tuple(knowledge.ids("roles", "roles"))
    elif key in ("start", "end"):
        values = _days(data[section][number].get(key))
    if values is None:
        return None
    found: list[Mapping[str, Any]] = []
    for value in values:
        changed = copy.deepcopy(dict(data))
        changed[section][number][key] = value
        found.append(changed)
    return found


def _days(given: object) -> tuple[str, ...] | None:
    """The first and the last day that a date can mean."""
    if given is None:
        return None
    event = PartialDate.parse(given).as_event()
    return event.earliest.isoformat(), event.latest.isoformat()
