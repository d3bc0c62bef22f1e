"""What became of a saved plan, as text."""

from __future__ import annotations

import math
from collections.abc import Iterator

from hsm_planner.planner.result import Followed, FollowedStep, PlanDifference, RuleChange, StepState, UnderWay
from hsm_planner.report.lines import Line, Tone
from hsm_planner.report.moments import day_text, when
from hsm_planner.report.money import price_text
from hsm_planner.report.plan import plan_lines
from hsm_planner.report.sources import Numbers, source_lines
from hsm_planner.requirements.base import count, number

_STATES: tuple[tuple[StepState, str, Tone], ...] = (
    ("done", "Done", "good"),
    ("under_way", "Under way by your profile", "good"),
    ("late", "Late: it was to be over by now", "todo"),
    ("due", "Due now, by that plan", "plain"),
    ("answered_no", "Answered with no, where the plan took a yes", "todo"),
    ("open", "Still to be answered", "open"),
    ("ahead", "Ahead", "plain"),
    ("moot", "No longer needed, or replaced", "quiet"),
)

_PAID = ("training", "degree", "membership")
_STUDIED = ("exam", "course", "learning")  # of which a profile says nothing before their end
_BEGUN = (*_PAID, "post")  # kinds of which a profile says that they have begun


def follow_lines(found: Followed) -> Iterator[Line]:
    """The whole answer, with the plan from today on."""
    numbers = Numbers(found.sources, found.as_of)
    place = f", {found.goal.place}" if found.goal.place else ""
    yield Line(f"Your plan of {found.made_on} > {found.goal.title}{place}    as of {found.as_of}", tone="title")
    yield Line()
    for text in found.warnings:
        yield Line(text, tone="todo")
        yield Line()
    yield Line(_verdict(found), tone="open" if (found.difference.months_later or 0) > 0 else "good")
    for state, heading, tone in _STATES:
        some = [step for step in found.steps if step.state == state]
        if some:
            yield Line()
            yield Line(f"{heading} ({len(some)})", tone="title")
            for step in some:
                yield Line(_step(step), 2, "- ", tone)
                yield from (Line(text, 4, tone="quiet") for text in _more(step, found.plan.finish is not None))
                yield from _to_write(step)
    if found.rules_changed:
        yield Line()
        yield Line("Rules that have changed in the data since", tone="title")
        text = "A rule may have changed, or we may have read more of it: look at its source before you act on it."
        yield Line(text, 2, tone="quiet")
        for change in found.rules_changed:
            yield from _change(change, numbers)
    yield from source_lines(numbers, found.sources)
    yield Line()
    if found.plan.finish is not None:
        yield from _from_today(found)
    yield from plan_lines(found.plan)


def _from_today(found: Followed) -> Iterator[Line]:
    """What the plan from today on has that the saved one had not."""
    yield Line("From today on", tone="title")
    yield from difference_lines(found.difference, _texts(found), moved=False)
    if any(step.state == "under_way" and step.kind in _PAID and step.new_start is None for step in found.steps):
        yield Line("What it costs to go on with what is under way is not in it.", 2, tone="quiet")
    yield Line()


def _verdict(found: Followed) -> str:
    change = found.difference
    if found.plan.status == "done":
        return "The goal is reached."
    if change.new_finish is None or found.plan.months is None:
        reason = found.plan.reason.text if found.plan.reason else ""
        return f"From today there is no plan that we know. {reason}".strip()
    moment = when(change.new_finish, found.plan.months)
    if any(action.kind == "confirm" for action in found.plan.actions):
        moment += ", if the answers to the questions are yes"
    if change.months_later is None:
        return f"From today: {moment}."
    if change.months_later == 0:
        return f"On time: {moment}."
    word = "later" if change.months_later > 0 else "sooner"
    return f"{count(abs(change.months_later), 'months')} {word} than planned: {moment}."


def _step(step: FollowedStep) -> str:
    return step.text if step.kind == "confirm" else f"{step.text}, planned {_span(step.start, step.end)}"


def _span(start: str, end: str) -> str:
    first, last = day_text(start), day_text(end)
    return first if first == last else f"{first} to {last}"


def _more(step: FollowedStep, goes_on: bool) -> Iterator[str]:
    """What is to be said of a step beside when it was planned. ``goes_on``: there is a plan from today on."""
    if step.kind == "renew" and step.state != "done" and step.new_start is None and goes_on:
        late = "Its day is over: ask who gives it whether it can still be renewed, or had back."
        yield (
            late
            if step.state == "late"
            else "The plan from today on does not rest on it; to keep it, renew it in time."
        )
    if step.again:
        yield "Your profile has it, but not as it is asked now, or no longer: hsm-plan assess tells what is open."
    if step.under_way is not None:
        yield from _going(step, step.under_way, goes_on)
    elif step.state == "due" and step.kind in _BEGUN and not step.again:
        yield "Your profile has nothing of it that counts."
    asked = step.under_way is not None or step.kind == "confirm"
    if not asked and step.new_start and step.new_end and day_text(step.new_end) != day_text(step.end):
        yield f"New days: {_span(step.new_start, step.new_end)}."
        if step.state == "due" and step.kind in _STUDIED:
            yield "The new days count it from its beginning: how far you are is in no profile."


def _to_write(step: FollowedStep) -> Iterator[Line]:
    """What says in the profile how a step stands."""
    if step.write is None:
        return
    if step.state == "open":
        answers = " (true or false)" if step.write.startswith("statements.") else ""
        yield Line(f"Write the answer into your profile: {step.write}{answers}.", 4, tone="quiet")
        return
    section, _, entry = step.write.partition(": ")
    word = "under way or done" if step.kind in _BEGUN else "done"
    end = ":" if entry else "."
    yield Line(f"If it is {word}, write it into your profile, under `{section}`{end}", 4, tone="quiet")
    if entry:
        yield Line(f"- {entry}", 6, tone="quiet")


def _going(step: FollowedStep, going: UnderWay, goes_on: bool) -> Iterator[str]:
    """How much of a step is there, until when it goes on, and what the plan from today on makes of it."""
    parts = ["; ".join(going.says)]
    if going.have is not None and going.need is not None and going.unit is not None:
        done = math.floor(going.have * 10) / 10
        parts.append(f"{number(done)} of {count(going.need, going.unit)} done, {number(going.need - done)} left")
    yield f"{'; '.join(parts)}{_until(step, going)}."
    if going.question:
        yield f"Open: {going.question}"
    endless = step.kind == "degree" and going.until is None
    if endless and not going.question:
        yield "Until when is not said: ask the school what is left, and write the day as its `expected`."
    if step.kind == "apply" and step.new_start and step.new_end:
        yield f"The plan from today on has it in {_span(step.new_start, step.new_end)}."
    elif step.new_start and step.new_end:
        days = _span(step.new_start, step.new_end)
        if endless:
            yield f"As long as that is not known, the plan from today on counts a part of it as left: {days}."
        else:
            yield f"The plan from today on finds nothing sooner than to begin it anew: {days}."
    elif goes_on and (step.kind != "post" or going.until is None):
        yield "The plan from today on has no step for it: it takes it that you go on."


def _until(step: FollowedStep, going: UnderWay) -> str:
    if going.until is None:
        return ""
    if step.kind == "post":
        return f"; the plan from today on has you stay there until {day_text(going.until)}"
    return f"; until {day_text(going.until)}, {'as you expect' if step.kind == 'degree' else 'if you go on'}"


def _change(change: RuleChange, numbers: Numbers) -> Iterator[Line]:
    """What a rule says now, and what it said."""
    old = f"{change.old} {numbers.cite(change.old_sources)}".strip()
    if change.new is None:
        yield Line(f"no longer there: {old} ({change.leaf})", 2, "- ")
        return
    new = f"{change.new} {numbers.cite(change.new_sources)}".strip()
    yield Line(f"{'new' if change.old is None else 'now'}: {new} ({change.leaf})", 2, "- ")
    if change.old is not None:
        yield Line(f"was: {change.old if change.old_sources == change.new_sources else old}", 4)


def _texts(found: Followed) -> dict[str, str]:
    return {step.id: step.text for step in found.steps} | {action.id: action.text for action in found.plan.actions}


def difference_lines(change: PlanDifference, texts: dict[str, str], *, moved: bool = True) -> Iterator[Line]:
    """What one plan has that the other had not. ``texts``: the steps of both; ``moved``: the days of others."""
    if change.old_cost_usd is not None and change.new_cost_usd is not None:
        old, new = price_text(change.old_cost_usd), price_text(change.new_cost_usd)
        if old != new:
            yield Line(f"Cost: {new}; it was {old}.", 2, "- ")
    yield from (Line(f"new: {texts[name]}", 2, "- ") for name in change.added)
    yield from (Line(f"no longer in it: {texts[name]}", 2, "- ") for name in change.dropped)
    for one in change.moved if moved else ():
        yield Line(f"moved: {one.text}, from {day_text(one.old_start)} to {day_text(one.new_start)}", 2, "- ")
    if not (change.added or change.dropped or (moved and change.moved)):
        days = "; their new days stand above" if change.moved else ""
        yield Line(f"The steps that are left are the same{days}.", 2, tone="quiet")
