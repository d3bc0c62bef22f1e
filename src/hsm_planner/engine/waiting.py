"""When a requirement will be met if everything goes on as it is: posts held, memberships, degrees under way, age."""

from __future__ import annotations

from hsm_planner.requirements.base import Context
from hsm_planner.requirements.rules import Rule, evaluate
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.dates import DAY, Date, add_months
from hsm_planner.values.record import replace
from hsm_planner.values.timeline import Timeline
from hsm_planner.values.truth import Status

_STEP_MONTHS = 6
_MOST_YEARS = 20
_WAITS = {"experience", "membership", "degree", "credits", "age", "training", "points"}


def earliest(leaf: Rule, timeline: Timeline, as_of: Date, vocabulary: Vocabulary) -> Date | None:
    """The first day on which a leaf that is false now is met by waiting alone, within 20 years; else None."""
    if leaf.kind not in _WAITS or not _goes_on(timeline, as_of):
        return None
    awaited = _awaited(timeline)

    def met(day: Date) -> bool:
        return evaluate(leaf, Context(awaited, day, vocabulary)).status is Status.MET

    before = as_of
    for step in range(1, _MOST_YEARS * 12 // _STEP_MONTHS + 1):
        day = add_months(as_of, step * _STEP_MONTHS)
        if met(day):
            while (day - before).days > 1:
                middle = before + (day - before) // 2 if (day - before).days > 1 else before + DAY
                before, day = (before, middle) if met(middle) else (middle, day)
            return day
        before = day
    return None


def _goes_on(timeline: Timeline, as_of: Date) -> bool:
    """Whether anything in the profile still grows."""
    posts = any(post.span.maybe_on(as_of) for post in timeline.posts or ())
    memberships = any(membership.span.maybe_on(as_of) for membership in timeline.memberships or ())
    degrees = any(degree.under_way and degree.awarded for degree in timeline.degrees or ())
    training = any(item.span.maybe_on(as_of) for item in timeline.training or ())
    return posts or memberships or degrees or training or timeline.born is not None


def _awaited(timeline: Timeline) -> Timeline:
    """The same life with degrees under way awarded on the day expected."""
    if timeline.degrees is None:
        return timeline
    return replace(
        timeline,
        degrees=tuple(replace(degree, under_way=degree.awarded is None) if degree.under_way else degree
                      for degree in timeline.degrees),
    )  # fmt: skip
