"""Ways of a rule that a plan does not go by, in words: those not read in full, and those closed for want of work."""

from __future__ import annotations

from collections.abc import Container, Iterable

from hsm_planner.planner.branches import unread_below
from hsm_planner.planner.result import UNREAD
from hsm_planner.requirements.base import Leaf
from hsm_planner.requirements.experience import Experience
from hsm_planner.requirements.plain import NOT_READ
from hsm_planner.requirements.rules import AllOf, Evaluated
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.truth import Status

_LONGEST = 300  # letters of a whole way


def unread_ways(ways: Iterable[Evaluated], vocabulary: Vocabulary) -> dict[str, str]:
    """What was not read of some ways, each told whole."""
    found: dict[str, str] = {}
    for way in ways:
        unread = unread_below(way)
        for leaf in unread[:1] if len(whole := _said(way, vocabulary)) <= _LONGEST else unread:
            what = whole if len(whole) <= _LONGEST else _asked(leaf, vocabulary)
            ask = f" Ask {leaf.ask}." if leaf.ask else ""
            found[f"{UNREAD}{leaf.id}"] = f"Another way, of which not all was read: {what}.{ask}"
    return found


def closed_ways(ways: Iterable[Evaluated], dead: Container[str], vocabulary: Vocabulary, ask: str) -> dict[str, str]:
    """Ways that were read, and that are closed for want of work alone: no post that was tried gives it."""
    found: dict[str, str] = {}
    for way in ways:
        shut = [one.node for one in way.walk() if isinstance(one.node, Leaf) and one.node.id in dead]
        whole = _said(way, vocabulary)
        work = all(isinstance(leaf, Experience) for leaf in shut)
        if shut and work and not unread_below(way) and len(whole) <= _LONGEST:
            found[f"work:{way.node.id}"] = f"Another way: {whole}. No post that gives that work was planned. Ask {ask}."
    return found


def _said(way: Evaluated, vocabulary: Vocabulary) -> str:
    """What a way asks that is not there."""
    if isinstance(way.node, Leaf):
        return _asked(way.node, vocabulary)
    open_ = [child for child in way.children if child.status not in (Status.MET, Status.NOT_APPLICABLE)]
    parts = [_said(child, vocabulary) for child in open_]
    if isinstance(way.node, AllOf) or len(parts) == 1:
        return "; ".join(parts)
    return f"({' or '.join(parts)})"


def _asked(leaf: Leaf, vocabulary: Vocabulary) -> str:
    return leaf.sentence(vocabulary).removeprefix(NOT_READ)
