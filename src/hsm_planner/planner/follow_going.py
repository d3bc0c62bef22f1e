"""What of a saved plan is under way by the profile of today: how much of it is there, and until when it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import cast

from hsm_planner.engine.waiting import earliest
from hsm_planner.planner.result import UnderWay
from hsm_planner.requirements.base import Context, Leaf, Outcome
from hsm_planner.requirements.rules import Rule
from hsm_planner.values.dates import DAY, Date
from hsm_planner.values.timeline import Application, Membership, Post, Timeline, Training
from hsm_planner.values.truth import Status

_MONTHS_A_YEAR = 12


def under_way(leaves: Iterable[Leaf], context: Context) -> UnderWay | None:
    """The first leaf that something which goes on now will meet, or is on the way to; None: nothing goes on."""
    open_ = set(_open(context.timeline, context.as_of))
    for leaf in leaves:
        outcome = leaf.outcome(context)
        says = tuple(one.text for one in outcome.evidence if one.pointer in open_)
        if outcome.status is not Status.MET and says:
            asked = outcome.status is Status.UNKNOWN  # then no day can be told
            rule = cast("Rule", leaf)
            day = None if asked else earliest(rule, context.timeline, context.as_of, context.vocabulary)
            ends = day if day is None or getattr(leaf, "kind", "") == "degree" else day - DAY
            have, need, unit = _amount(outcome)
            return UnderWay.model_construct(
                says=says,
                have=have,
                need=need,
                unit=unit,
                until=ends.isoformat() if ends else None,
                question=next((one.text for one in outcome.questions), None) if asked else None,
            )
    return None


def in_post(post: Post, next_post: str | None) -> UnderWay:
    """A post on the way that is held, up to the next one."""
    until = (Date.fromisoformat(next_post) - DAY).isoformat() if next_post else None
    return UnderWay.model_construct(says=(post.text,), have=None, need=None, unit=None, until=until, question=None)


def applied(application: Application) -> UnderWay:
    """An application on its way."""
    says = tuple(f"{stage} {day.earliest:%Y-%m}" for stage, day in application.stages.items())
    return UnderWay.model_construct(says=says, have=None, need=None, unit=None, until=None, question=None)


def _open(timeline: Timeline, as_of: Date) -> Iterator[str]:
    """What of the profile goes on, by its place there."""
    yield from (one.pointer for one in timeline.degrees or () if one.under_way and not one.given_up)
    lasting: list[Training | Membership] = [*(timeline.training or ()), *(timeline.memberships or ())]
    for one in lasting:
        if one.span.start is not None and one.span.maybe_on(as_of):
            yield one.pointer


def _amount(outcome: Outcome) -> tuple[float | None, float | None, str | None]:
    """What is surely there of what is asked: of parts, of the first that is not met; years in months."""
    parts = (part.outcome for part in outcome.parts if part.outcome.status is not Status.MET)
    found = outcome if outcome.need is not None else next(parts, outcome)
    if found.have is None or found.need is None or found.unit is None:
        return None, None, None
    times = Fraction(_MONTHS_A_YEAR) if found.unit == "years" else Fraction(1)
    unit = "months" if found.unit == "years" else found.unit
    return float(found.have.least * times), float(found.need.most * times), unit
