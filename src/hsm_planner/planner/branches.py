"""Which branches of a rule a plan goes for, and small parts that routes are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hsm_planner.knowledge.models import Certification, Fee, License
from hsm_planner.planner.model import ALWAYS, Any, Condition, can_be
from hsm_planner.requirements.base import Leaf
from hsm_planner.requirements.credentials import ExamLeaf
from hsm_planner.requirements.plain import UnreadLeaf
from hsm_planner.requirements.rules import AllOf, AmountNotFoundLeaf, Evaluated
from hsm_planner.values.truth import Status

NEVER = Any(())


def exam_leaf(entry: Certification, exam: str) -> ExamLeaf:
    return ExamLeaf.model_construct(id=f"{entry.id}.exam.{exam}", exam=exam, sources=entry.sources)


def own_fees(entry: Certification | License, state: str | None) -> tuple[Fee, ...]:
    """The prices of a credential, a state's own before the common ones."""
    own = (
        [rule.fees for rule in entry.states if rule.state == state and rule.fees] if isinstance(entry, License) else []
    )
    return own[0] if own else entry.fees


def _unread(found: Evaluated) -> bool:
    """Whether a branch rests on something that was not read."""
    if found.status in (Status.MET, Status.NOT_APPLICABLE):
        return False
    if isinstance(found.node, Leaf):
        return isinstance(found.node, UnreadLeaf | AmountNotFoundLeaf)
    unread = [_unread(child) for child in found.children if child.status is not Status.NOT_APPLICABLE]
    return any(unread) if isinstance(found.node, AllOf) else all(unread)


def preferred(pairs: Sequence[tuple[Evaluated, Condition]], n: int, *, wide: bool) -> list[Condition]:
    """The branches that a plan may make true: usual ways that can be read before others, if enough can be.

    ``wide``: all of them.
    """
    if wide:
        return [condition for _, condition in pairs]
    usual = [(child, condition) for child, condition in pairs if not child.unusual]
    readable = [(child, condition) for child, condition in usual if not _unread(child)]
    for some in (readable, usual, pairs):
        possible = [condition for _, condition in some if can_be(condition)]
        if len(possible) >= n:
            return possible
    return [condition for _, condition in pairs]


def any_of(conditions: Iterable[Condition]) -> Condition:
    found = tuple(dict.fromkeys(conditions))
    if ALWAYS in found:
        return ALWAYS
    return found[0] if len(found) == 1 else Any(found)
