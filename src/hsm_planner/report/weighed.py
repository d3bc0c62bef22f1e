"""What stands beside a plan as text: why it is not sooner, other ways, what hours and money buy, what a no comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hsm_planner.planner.result import OtherPlan, Plan, PlanAction
from hsm_planner.report.findings import money
from hsm_planner.report.lines import Line
from hsm_planner.report.moments import day_text, months_between, when
from hsm_planner.requirements.base import count

_NOT_PROVEN = " (not proven the best)"


def weighed_lines(plan: Plan) -> Iterator[Line]:
    """All of it, after the bars."""
    yield from _why_not_sooner(plan)
    yield from _alternatives(plan)
    yield from _frontier(plan)


def no_lines(plan: Plan, action: PlanAction) -> Iterator[Line]:
    """What becomes of the plan when the answer to a question is no: the steps that are new then, with their dates."""
    asked = [one for one in plan.actions if one.no and action.no and one.no.actions == action.no.actions]
    if action.no and asked[0] is not action:
        yield Line(f"{action.if_no} As for {plan.actions.index(asked[0]) + 1}.", 5, tone="quiet")
        return
    if action.if_no:
        finish = f" That is {when(action.no.finish, action.no.months)}." if action.no else ""
        yield Line(f"{action.if_no}{finish}", 5, tone="quiet")
    new = [one for one in action.no.actions if one.new] if action.no else []
    for one in new:
        first, last = day_text(one.start), day_text(one.end)
        span = first if first == last else f"{first} to {last}"
        yield Line(f"{one.text}, {span}", 5, "- ", "quiet")


def _why_not_sooner(plan: Plan) -> Iterator[Line]:
    chain = list(_chain(plan))
    if not chain and not plan.relaxations:
        return
    yield Line()
    yield Line("Why not sooner", tone="title")
    if chain:
        yield Line(f"The finish waits for: {'; then '.join(chain)}.", 2)
    yield from (_other(one) for one in plan.relaxations)


def _chain(plan: Plan) -> Iterator[str]:
    """What the finish waits for, in order: steps without room, and the months in a post between them."""
    numbers = {action.id: number for number, action in enumerate(plan.actions, 1)}
    steps = [action for action in plan.actions if action.id in plan.critical_path]
    posts = [action for action in plan.actions if action.kind == "post"]
    reached: dt.date | None = None
    for step in sorted(steps, key=lambda one: (one.start, one.end)):
        start, end = dt.date.fromisoformat(step.start), dt.date.fromisoformat(step.end)
        gap = months_between(reached, start) if reached else 0
        if gap > 0 and reached is not None:
            held = [post for post in posts if dt.date.fromisoformat(post.start) <= reached]
            yield f"{count(gap, 'months')} in the post of {numbers[held[-1].id] if held else 'now'}"
        if reached is None or end > reached:
            yield f"{numbers[step.id]} ({count(step.months, 'months')})"
            reached = end + dt.timedelta(days=1)


def _other(other: OtherPlan, mark: str = "- ") -> Line:
    cost = other.cost_usd
    parts = [money(cost.known_low, cost.known_high)] if cost.known_high else []
    parts += [f"{count(len(cost.unpriced), 'prices')} not known"] if cost.unpriced else []
    tail = "" if other.proven else _NOT_PROVEN
    finish = when(other.finish, other.months)
    finish = finish[:1].upper() + finish[1:]
    return Line(f"{other.text} {finish}; {' + '.join(parts) or 'no known cost'}{tail}.", 2, mark)


def _alternatives(plan: Plan) -> Iterator[Line]:
    if plan.alternatives:
        yield Line()
        yield Line("Other ways", tone="title")
        yield from (_other(one) for one in plan.alternatives)


def _frontier(plan: Plan) -> Iterator[Line]:
    own = [one for one in plan.frontier if one.months != plan.months or one.cost_usd != plan.cost_usd]
    if own:
        yield Line()
        yield Line("Hours and money: at these hours no plan is both sooner and cheaper", tone="title")
        yield from (_other(one) for one in own)
