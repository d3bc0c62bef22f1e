"""What stands beside a plan as text: why it is not sooner, other ways, what hours and money buy, what a no comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hsm_planner.planner.result import OtherPlan, Plan, PlanAction
from hsm_planner.report.lines import Line
from hsm_planner.report.moments import day_text, months_between, when
from hsm_planner.report.money import cost_text, money_lines
from hsm_planner.report.sources import Numbers
from hsm_planner.requirements.base import count, listed
from hsm_planner.values.record import replace

_NOT_PROVEN = " (not proven the best)"


def weighed_lines(plan: Plan, numbers: Numbers) -> Iterator[Line]:
    """All of it, after the bars."""
    if plan.money is not None:
        yield from money_lines(plan.money, numbers)
    yield from _why_not_sooner(plan)
    yield from _alternatives(plan)
    yield from _frontier(plan)
    yield from _elsewhere(plan)


def ask_first_lines(plan: Plan, numbers: Numbers) -> Iterator[Line]:
    """What to ask before a step is begun, and what the plan comes to by the answers."""
    for asked in plan.ask_first:
        yield Line(f"{asked.text} {numbers.cite(asked.sources)}".strip(), 1, " -  ", "open")
        yield from (Line(note, 5, tone="quiet") for note in asked.notes)
        for one in asked.plans:
            yield replace(_other(one), indent=5, tone="quiet")


def no_lines(plan: Plan, action: PlanAction) -> Iterator[Line]:
    """What becomes of the plan when the answer to a question is no: the steps that are new then, with their dates."""
    asked = [one for one in plan.actions if one.no and action.no and one.no.actions == action.no.actions]
    if action.no and asked[0] is not action:
        number = plan.actions.index(asked[0]) + 1
        same = action.if_no == asked[0].if_no
        yield Line(
            f"If the answer is no: as for {number}." if same else f"{action.if_no} As for {number}.", 5, tone="quiet"
        )
        return
    if action.if_no:
        finish = f" That is {when(action.no.finish, action.no.months)}." if action.no else ""
        yield Line(f"{action.if_no}{finish}", 5, tone="quiet")
    new = [one for one in action.no.actions if one.new] if action.no else []
    spans = [(one.text, day_text(one.start), day_text(one.end)) for one in new]
    for text, first, last in dict.fromkeys(spans):  # two rules may ask the same
        yield Line(f"{text}, {first if first == last else f'{first} to {last}'}", 5, "- ", "quiet")


def _why_not_sooner(plan: Plan) -> Iterator[Line]:
    chain = _chain(plan)
    if not chain and not plan.relaxations and not plan.not_worked_out:
        return
    yield Line()
    yield Line("Why not sooner", tone="title")
    if chain:
        yield Line(f"The finish waits for: {'; then '.join(chain)}.", 2)
    yield from (_other(one) for one in plan.relaxations)
    if plan.not_worked_out:
        yield Line(f"Not worked out, and perhaps sooner: {'; '.join(plan.not_worked_out)}.", 2, "- ", "quiet")


def _chain(plan: Plan) -> list[str]:
    """What the finish waits for, in order: from the last step back to the one before it that ends last."""
    numbers = {action.id: number for number, action in enumerate(plan.actions, 1)}
    steps = {action.id: action for action in plan.actions if action.kind != "confirm"}
    if not steps or not plan.months:
        return []
    first = min(dt.date.fromisoformat(step.start) for step in steps.values())
    found: list[str] = []
    last: PlanAction | None = max(steps.values(), key=_over)
    while last is not None:
        found += [f"{numbers[last.id]} ({count(last.months, 'months')})"] if last.months else []
        before = _before(last, steps)
        waited = months_between(first if before is None else _over(before), _begun(last))
        if waited > 0:
            after = _in_posts(before, last, steps, numbers) or f"until {numbers[last.id]} can begin"
            found.append(f"{count(waited, 'months')} {after}")
        last = before
    return found[::-1]


def _in_posts(
    before: PlanAction | None, last: PlanAction, steps: dict[str, PlanAction], numbers: dict[str, int]
) -> str:
    """In which posts the time from a post to what waits for it is spent; "": before it is no post."""
    if before is None or before.kind != "post":
        return ""
    later = [one for one in steps.values() if one.kind == "post" and _begun(before) < _begun(one) < _begun(last)]
    held = [str(numbers[one.id]) for one in (before, *sorted(later, key=_begun))]
    return f"in the {'posts' if later else 'post'} of {listed(held, 'and')}"


def _before(step: PlanAction, steps: dict[str, PlanAction]) -> PlanAction | None:
    """What a step waits for: of what it needs the last to end; or else what has had the hours of study until then."""
    needed = [steps[name] for name in step.after if name in steps and _over(steps[name]) <= _begun(step)]
    last = max(needed, key=_over, default=None)
    if last is not None and _over(last) == _begun(step):
        return last
    beside = [one for one in steps.values() if one.hours_per_week and one.months and _over(one) == _begun(step)]
    return max(beside, key=_begun, default=last) if step.hours_per_week else last


def _begun(step: PlanAction) -> dt.date:
    return dt.date.fromisoformat(step.start)


def _over(step: PlanAction) -> dt.date:
    """The first day after it; of a step without length the same day."""
    return dt.date.fromisoformat(step.end) + dt.timedelta(days=1 if step.months else 0)


def _other(other: OtherPlan, mark: str = "- ") -> Line:
    tail = "" if other.proven else _NOT_PROVEN
    finish = when(other.finish, other.months)
    finish = finish[:1].upper() + finish[1:]
    return Line(f"{other.text} {finish}; {cost_text(other.cost_usd)}{tail}.", 2, mark)


def _alternatives(plan: Plan) -> Iterator[Line]:
    if plan.alternatives:
        yield Line()
        yield Line("Other ways", tone="title")
        yield from (_other(one) for one in plan.alternatives)


def _frontier(plan: Plan) -> Iterator[Line]:
    own = [one for one in plan.frontier if one.months != plan.months or one.cost_usd != plan.cost_usd]
    if own:
        yield Line()
        yield Line(
            "Hours and money: for each number of hours, the plans of which none is both sooner and cheaper",
            tone="title",
        )
        yield from (_other(one) for one in own)


def _elsewhere(plan: Plan) -> Iterator[Line]:
    if plan.elsewhere:
        yield Line()
        yield Line("In another state, by its rules; ask there first whether what you hold counts", tone="title")
        yield from (_other(one.plan) if one.plan is not None else Line(one.text, 2, "- ") for one in plan.elsewhere)
