"""What somebody wants to become: one target or several, by name, by a name near to it, or by number from a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hsm_planner.engine.compare import compare, every_role
from hsm_planner.interview.dates import Unclear
from hsm_planner.knowledge.names import Named, find, targets
from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.profile.model import Profile
from hsm_planner.values.dates import Date
from hsm_planner.values.record import record

_MOST, _ENOUGH = 9, 4
_NUMBERS = re.compile(r"(?:number )?\d+(?:(?:\s*[,;&]\s*|\s+and\s+|\s+)\d+)*\.?")
_BETWEEN = re.compile(r"\s*[;,/&]\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:i(?: would|'d)? (?:want|like) to )?(?:(?:to )?(?:be|become) )?(?:an? |the )?(?=\S)", re.IGNORECASE
)


@record
class Near:
    """A post with how much of what it asks is there."""

    target: Named
    met: int
    of: int


class Several(Unclear):
    """A name that is none, or stands for several; ``offered`` are what it may mean, to be chosen by number."""

    def __init__(self, message: str, offered: Sequence[Named]) -> None:
        super().__init__(message)
        self.offered = tuple(offered)


def read_targets(knowledge: Knowledge, text: str, state: str | None, offered: Sequence[Named]) -> list[Named]:
    """The targets that a text names, or whose numbers it has.

    Raises:
        Several: when one is not known or not sure; with all that may be meant.
        Unclear: for a number that was not offered.
    """
    if _NUMBERS.fullmatch(text.strip()):
        return _by_number(text, offered)
    whole = _one(knowledge, text, state)
    parts = [text] if len(whole) == 1 else [part for part in _BETWEEN.split(text.strip()) if part.strip()]
    known = [_one(knowledge, part, state) for part in parts]
    if known and all(len(found) == 1 for found in known):
        return list(dict.fromkeys(found[0] for found in known))
    choices = list(dict.fromkeys(one for found in known for one in found or ()))
    odd = [part for part, found in zip(parts, known, strict=True) if len(found) != 1]
    choices += [one for part in odd for one in _alike(knowledge, part, state) if one not in choices]
    choices = choices[:_MOST]
    names = "; ".join(repr(part.strip()) for part in odd)
    if not choices:
        msg = f"We know no target {names}. Write help to see what lies near you."
        raise Unclear(msg)
    listed = "\n".join(f"  {number}. {one.title}" for number, one in enumerate(choices, 1))
    raise Several(f"{names}: which of these? Write the number (or several, like 1 and 2), or help.\n{listed}", choices)


def _by_number(text: str, offered: Sequence[Named]) -> list[Named]:
    numbers = [int(one) for one in re.findall(r"\d+", text)]
    if not all(1 <= number <= len(offered) for number in numbers):
        many = f"1 to {len(offered)} stand in the list" if offered else "no list was shown yet: write help to see one"
        msg = f"There is no number {text.strip()}: {many}."
        raise Unclear(msg)
    return list(dict.fromkeys(offered[number - 1] for number in numbers))


def _one(knowledge: Knowledge, text: str, state: str | None) -> list[Named]:
    """What a name stands for, with a state beside it or without."""
    told = _BEFORE.sub("", text.strip())
    names = [(text.strip(), state), (told, state)]
    for code, place in knowledge.words.states.items():
        beside = rf"(?:in\s+)?(?:(?i:{re.escape(place)})|{code})"
        if match := re.fullmatch(rf"(?:{beside}\s+(.+)|(.+?),?\s+{beside})", told):
            names.append((match[1] or match[2], code))
    for name, where in names:
        found = find(knowledge, name, state=where)
        if found.matches:
            return [one for one in found.matches if one.state in (None, where) or len(found.matches) == 1 or not where]
    return []


def _alike(knowledge: Knowledge, text: str, state: str | None) -> Iterable[Named]:
    """Targets with a name near to a text, or with all its words in it; licences of the state only."""
    near = [match for name in find(knowledge, text, state=state).nearest for match in find(knowledge, name).matches]
    said = set(plain(text).split())
    near += [one for one, names in targets(knowledge) if any(said <= set(plain(name).split()) for name in names)]
    return [one for one in dict.fromkeys(near) if one.state in (None, state) or state is None]


def near_targets(profile: Profile, knowledge: Knowledge, as_of: Date) -> tuple[list[Near], list[Named]]:
    """The posts above the first rung that lie nearest; and, where these are few, posts that one begins with."""
    rows = compare(profile, knowledge, every_role(knowledge, profile.state), as_of).rows
    levels = [rung.id for rung in knowledge.words.ladder]
    above = [row for row in rows if row.level is not None and levels.index(row.level) > 0 and row.met]
    above = sorted(above, key=lambda row: row.of - row.met)[: _MOST - 3]
    first = [row for row in rows if row.level == levels[0]]
    first = sorted(first, key=lambda row: row.of - row.met)[: _MOST - len(above)] if len(above) < _ENOUGH else []
    near = [Near(Named(row.kind, row.id, row.title), row.met, row.of) for row in above]
    return near, [Named(row.kind, row.id, row.title) for row in first]
