"""Who a post was with, and where: of the words behind its title and its kind of place."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

from hsm_planner.knowledge.store import plain
from hsm_planner.profile.anywhere import is_anywhere

_ARTICLE = re.compile(r"^(?:an?|the) ", re.IGNORECASE)


def whereabouts(parts: Iterable[str], states: Mapping[str, str], kinds: Container[str]) -> dict[str, str | None]:
    """The employer and the state of a post; a place is no employer. ``kinds``: names of kinds of places.

    >>> whereabouts(["Mercy", "OH"], {"OH": "Ohio"}, ()), whereabouts(["remote", "a clinic"], {}, ("clinic",))
    ({'employer': 'Mercy', 'state': 'OH'}, {'employer': None, 'state': None})
    """
    codes = {plain(name): code for code, name in states.items()} | {plain(code): code for code in states}
    names = [part for part in parts if not is_anywhere(part) and plain(_ARTICLE.sub("", part)) not in kinds]
    found = [codes[plain(part)] for part in names if plain(part) in codes]
    if len(found) != 1:  # none, or no one can tell which
        return {"employer": ", ".join(names) or None, "state": None}
    return {"employer": ", ".join(part for part in names if plain(part) not in codes) or None, "state": found[0]}
