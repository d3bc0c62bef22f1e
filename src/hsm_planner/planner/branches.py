"""Which branches of a rule a plan goes for, and small parts that routes are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from hsm_planner.engine.describe import application_words
from hsm_planner.knowledge.common import Range
from hsm_planner.knowledge.models import Certification, Fee, License, fee_for
from hsm_planner.planner.actions import Made, asked_of_all, price, spends
from hsm_planner.planner.model import ALWAYS, All, Any, Condition, During, can_be
from hsm_planner.requirements.base import Leaf
from hsm_planner.requirements.credentials import CertificationLeaf, ExamLeaf, LicenseLeaf
from hsm_planner.requirements.plain import NOT_READ, UnreadLeaf
from hsm_planner.requirements.rules import AllOf, AmountNotFoundLeaf, Evaluated, Rule
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.money import dollars
from hsm_planner.values.record import replace
from hsm_planner.values.timeline import Target
from hsm_planner.values.truth import Status

NEVER = Any(())
HELD = LicenseLeaf | CertificationLeaf
_YEAR = 12
BEYOND = During(10**6)  # there is a way, but not within the hours and years, or with what is to be left out


def exam_leaf(entry: Certification, exam: str) -> ExamLeaf:
    return ExamLeaf.model_construct(id=f"{entry.id}.exam.{exam}", exam=exam, sources=entry.sources)


def _unread(found: Evaluated) -> bool:
    """Whether a branch rests on something that was not read."""
    if found.status in (Status.MET, Status.NOT_APPLICABLE):
        return False
    if isinstance(found.node, Leaf):
        return isinstance(found.node, UnreadLeaf | AmountNotFoundLeaf)
    unread = [_unread(child) for child in found.children if child.status is not Status.NOT_APPLICABLE]
    return any(unread) if isinstance(found.node, AllOf) else all(unread)


def unread_below(found: Evaluated) -> list[UnreadLeaf | AmountNotFoundLeaf]:
    """What was not read, of a branch that rests on it."""
    there = [one for one in found.walk() if isinstance(one.node, Leaf)] if _unread(found) else []
    if any(isinstance(one.node, HELD) and one.status is Status.UNMET for one in there):
        return []  # it is for those who hold something
    leaves = [one.node for one in there]
    return [leaf for leaf in leaves if isinstance(leaf, UnreadLeaf | AmountNotFoundLeaf)]


def preferred(
    children: Sequence[Evaluated], made: Callable[[Evaluated], Condition | None], n: int, *, wide: bool
) -> list[Condition]:
    """The branches that a plan may make true: usual ways that can be read before others, if enough can be.

    What stands behind a branch is made when it is looked at, by ``made``. ``wide``: all of them. A branch that only the
    limits forbid is one that can be read: an unread one does not take its place.
    """
    there = [child for child in children if child.status is not Status.NOT_APPLICABLE]
    usual = [child for child in there if not child.unusual]
    readable = [child for child in usual if not _unread(child)]
    found: list[Condition] = []
    for some in (there,) if wide else (readable, usual, there):
        found = [condition for child in some if (condition := made(child)) is not None and can_be(condition)]
        if len(found) >= n:
            break
    return found


def beyond(condition: Condition) -> bool:
    """Whether a condition can be, but not within the limits, as far as it says itself."""
    if isinstance(condition, All):
        return any(map(beyond, condition.of))
    return all(map(beyond, condition.of)) if isinstance(condition, Any) and condition.of else condition == BEYOND


def any_of(conditions: Iterable[Condition]) -> Condition:
    """One of some conditions; those beyond the limits only where there is no other."""
    found = tuple(dict.fromkeys(conditions))
    found = tuple(one for one in found if not beyond(one)) or found
    if ALWAYS in found:
        return ALWAYS
    return found[0] if len(found) == 1 else Any(found)


def sitting(exam_id: str, target: Target, number: int) -> str:
    """The activity of sitting an exam for a credential, the ``number``-th that asks it, from 0."""
    return f"exam:{exam_id}" + (f":{target.id}" if number else "")


def read_of(entry: Certification | License, state: str | None, fees: Iterable[Fee]) -> tuple[str, ...]:
    """Where a credential was read of: in a state that adds to what all give, there."""
    own = entry.in_state(state) if isinstance(entry, License) else None
    prices = (name for fee in asked_of_all(fees) for name in fee.sources)
    applying = entry.application.sources if entry.application else ()
    return tuple(dict.fromkeys((*(own.sources if own else entry.sources), *applying, *prices)))


def applied(
    entry: Certification | License, fees: Iterable[Fee], vocabulary: Vocabulary, by_way: str | None = None
) -> str | None:
    """What is said of applying: what is advised before; when, where there is an exam; of the prices, each once.

    ``by_way``: what the prices turn on.
    """
    wanted = entry.recommended if isinstance(entry, Certification) else None
    advised = f"Recommended before, not asked: {_advised(wanted, vocabulary)}." if wanted is not None else None
    notes: dict[str, list[str]] = {}
    for fee in asked_of_all(fees):
        if fee.note:
            notes.setdefault(fee.note, []).append(fee.name)
    told = [f"{', '.join(names)}: {note}" for note, names in notes.items()]
    priced = by_way or (f"Of the price: {' '.join(told)}" if told else None)
    first = (
        "Where leave to sit the exam comes by this application, it goes in before the exam." if entry.exams else None
    )
    said = [f"{words[0].upper()}{words[1:].rstrip('.')}." for words in application_words(entry.application)]
    return joined(advised, first, *said, priced) or None


def _advised(rule: Rule, vocabulary: Vocabulary) -> str:
    if isinstance(rule, Leaf):
        return rule.sentence(vocabulary).removeprefix(NOT_READ)
    return ("; " if isinstance(rule, AllOf) else " or ").join(_advised(one, vocabulary) for one in rule.of)


def priced_by_way(fees: Iterable[Fee]) -> str | None:
    """The prices where some are paid by those alone who come another way; None where all are everybody's."""
    known = [fee for fee in fees if not fee.extra and fee.pays is None and fee.usd is not None]
    if not any(fee.who for fee in known):
        return None
    told = "; ".join(f"{fee.name} {_dollars(fee)}" + (f" ({fee.who})" if fee.who else "") for fee in known)
    return f"The price turns on whether you come with the licence that you hold elsewhere: {told}."


def priced_apart(made: Made, fees: Iterable[Fee]) -> Made:
    """A course, or a membership, with the price that stands with the credential; of a course also one school's."""
    member = made.action.kind == "membership"
    fee = fee_for(fees, made.action.target or "")
    if fee is None:
        return made
    (mode,) = made.modes
    years = max(1, math.ceil(mode.months / _YEAR)) if member else 1
    cost = price((fee,)) * years
    further = "It is paid for every year that you are a member: here for the time that is asked." if member else None
    dated = ", ".join(part for part in (fee.who, fee.as_of) if part)
    told = f"The price: {fee.name}, {_dollars(fee)}" + (f" ({dated})." if dated else ".")
    action = replace(
        made.action,
        note=joined(made.action.note, told, further, fee.note),
        sources=tuple(dict.fromkeys((*made.action.sources, *fee.sources))),
    )
    return replace(made, action=action, modes=(replace(mode, cost=cost, spends=spends(cost)),))


def _dollars(fee: Fee) -> str:
    return dollars(fee.usd.low, fee.usd.high) if isinstance(fee.usd, Range) else dollars(fee.usd or 0)


def joined(*texts: str | None) -> str:
    return " ".join(text.strip() for text in texts if text)
