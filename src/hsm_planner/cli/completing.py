"""What the shell offers for ids: looked up in the data only when the shell asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hsm_planner.knowledge.store import Knowledge


def targets(incomplete: str) -> list[str]:
    """Ids of roles, certifications and licences."""
    return _begins((raw["id"] for _, raw in _knowledge().raw_targets()), incomplete)


def entries(incomplete: str) -> list[str]:
    """Ids of all that a plan may hold: targets, degrees and their levels, courses."""
    knowledge = _knowledge()
    known = [raw["id"] for _, raw in knowledge.raw_targets()]
    known += [one.id for one in knowledge.programmes()]
    known += [*knowledge.level_ids(), *(course.id for course in knowledge.words.courses)]
    return _begins(known, incomplete)


def states(incomplete: str) -> list[str]:
    """Codes of states."""
    return _begins(_knowledge().words.states, incomplete.upper())


def questions(incomplete: str) -> list[str]:
    """Ids of the questions that can be asked."""
    return _begins((one.id for one in _knowledge().questions.questions), incomplete)


def assumptions(incomplete: str) -> list[str]:
    """Names of the numbers of a plan that are ours, to be followed by a value."""
    return _begins((f"{name}=" for name in _knowledge().ids("assumptions", "assumptions")), incomplete)


def _knowledge() -> Knowledge:
    from hsm_planner.cli import places
    from hsm_planner.knowledge.store import Knowledge

    return Knowledge.load(places.data_directory())


def _begins(names: Iterable[str], incomplete: str) -> list[str]:
    return sorted({name for name in names if name.startswith(incomplete)})
