"""What became of a saved plan, as text."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.planner.result import Followed, FollowedStep, PlanDifference, RuleChange, StepState
from hsm_planner.report.lines import Line, Tone
from hsm_planner.report.moments import day_text, when
from hsm_planner.report.money import price_text
from hsm_planner.report.plan import plan_lines
from hsm_planner.report.sources import Numbers, source_lines
from hsm_planner.requirements.base import count

_STATES: tuple[tuple[StepState, str, Tone], ...] = (
    ("done", "Done", "good"),
    ("late", "Late: it was to be over by now", "todo"),
    ("due", "Under way by the plan", "plain"),
    ("answered_no", "Answered with no, where the plan took a yes", "todo"),
    ("open", "Still to be answered", "open"),
    ("ahead", "Ahead", "plain"),
    ("moot", "No longer needed, or replaced", "quiet"),
)


def follow_lines(found: Followed) -> Iterator[Line]:
    """The whole answer, with the plan from today on."""
    numbers = Numbers(found.sources, found.as_of)
    place = f", {found.goal.place}" if found.goal.place else ""
    yield Line(f"Your plan of {found.made_on} > {found.goal.title}{place}    as of {found.as_of}", tone="title")
    yield Line()
    yield Line(_verdict(found), tone="open" if (found.difference.months_later or 0) > 0 else "good")
    for state, heading, tone in _STATES:
        some = [step for step in found.steps if step.state == state]
        if some:
            yield Line()
            yield Line(f"{heading} ({len(some)})", tone="title")
            yield from (Line(_step(step), 2, "- ", tone) for step in some)
    if found.rules_changed:
        yield Line()
        yield Line("Rules that have changed in the data since", tone="title")
        yield from (Line(_change(change, numbers), 2, "- ") for change in found.rules_changed)
    yield from source_lines(numbers, found.sources)
    yield Line()
    yield Line("From today on", tone="title")
    yield from difference_lines(found.difference, _texts(found))
    yield Line()
    yield from plan_lines(found.plan)


def _verdict(found: Followed) -> str:
    change = found.difference
    if found.plan.status == "done":
        return "The goal is reached."
    if change.new_finish is None or found.plan.months is None:
        reason = found.plan.reason.text if found.plan.reason else ""
        return f"From today there is no plan that we know. {reason}".strip()
    moment = when(change.new_finish, found.plan.months)
    if change.months_later is None:
        return f"From today: {moment}."
    if change.months_later == 0:
        return f"On time: {moment}."
    word = "later" if change.months_later > 0 else "sooner"
    return f"{count(abs(change.months_later), 'months')} {word} than planned: {moment}."


def _step(step: FollowedStep) -> str:
    if step.kind == "confirm":
        return step.text
    first, last = day_text(step.start), day_text(step.end)
    return f"{step.text}, planned {first if first == last else f'{first} to {last}'}"


def _change(change: RuleChange, numbers: Numbers) -> str:
    old = f"was: {change.old} {numbers.cite(change.old_sources)}".strip() if change.old is not None else "was not there"
    new = f"now: {change.new} {numbers.cite(change.new_sources)}".strip() if change.new is not None else "is gone"
    return f"{change.leaf}: {old}; {new}"


def _texts(found: Followed) -> dict[str, str]:
    return {step.id: step.text for step in found.steps} | {action.id: action.text for action in found.plan.actions}


def difference_lines(change: PlanDifference, texts: dict[str, str]) -> Iterator[Line]:
    """What one plan has that the other had not. ``texts``: the steps of both."""
    if change.old_cost_usd is not None and change.new_cost_usd is not None:
        old, new = price_text(change.old_cost_usd), price_text(change.new_cost_usd)
        if old != new:
            yield Line(f"Cost: {new}; it was {old}.", 2, "- ")
    yield from (Line(f"new: {texts[name]}", 2, "- ") for name in change.added)
    yield from (Line(f"no longer in it: {texts[name]}", 2, "- ") for name in change.dropped)
    for one in change.moved:
        yield Line(f"moved: {one.text}, from {day_text(one.old_start)} to {day_text(one.new_start)}", 2, "- ")
    if not (change.added or change.dropped or change.moved):
        yield Line("The steps that are left are the same.", 2, tone="quiet")
