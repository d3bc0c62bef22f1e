"""How a plan begins, as text."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.result import FirstSteps
from hsm_planner.report.lines import Line
from hsm_planner.report.moments import day_text, when
from hsm_planner.requirements.base import count


def first_lines(plan: FirstSteps | None) -> Iterator[Line]:
    """The first steps, and when the plan ends."""
    if plan is None or plan.status == "done":
        return
    yield Line()
    yield Line("The plan begins with", tone="title")
    if plan.finish is None or plan.months is None:
        yield Line(f"{'No plan' if plan.status == 'impossible' else 'Not known'}. {plan.reason}", 2, tone="open")
        return
    if plan.questions:
        yield Line(f"{count(plan.questions, 'questions')} to settle, free of charge", 2, "- ")
    yield from (Line(text, 2, "- ", "open") for text in plan.ask_first)
    for step in plan.steps:
        first, last = day_text(step.start), day_text(step.end)
        yield Line(f"{step.text}, {first if first == last else f'{first} to {last}'}", 2, "- ")
    more = f"{count(plan.more, 'more steps')}; " if plan.more else ""
    best = "" if plan.status == "optimal" else " (not proven the soonest)"
    answers = "if the answers to the questions are yes, " if plan.if_answers_are_yes else ""
    yield Line(
        f"{more}{answers}reached {when(plan.finish, plan.months)}{best}. The whole: hsm-plan plan.", 2, tone="quiet"
    )
