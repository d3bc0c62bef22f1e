"""Plans side by side as text: each in a line, what serves several, what lies nearer; then each in full."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.planner.result import Plan, Plans
from hsm_planner.report.lines import Line
from hsm_planner.report.moments import when
from hsm_planner.report.money import cost_text
from hsm_planner.report.nearer import nearer_of
from hsm_planner.report.plan import plan_lines
from hsm_planner.requirements.base import count


def plans_lines(found: Plans) -> Iterator[Line]:
    """The whole answer for several targets."""
    yield Line(f"{count(len(found.plans), 'plans')} side by side    as of {found.as_of}", tone="title")
    yield Line()
    yield from (Line(_in_short(one), 2, "- ") for one in found.plans)
    titles = {one.goal.id: one.goal.title for one in found.plans}
    if found.shared:
        yield Line()
        yield Line("Steps that serve more than one", tone="title")
        for step in found.shared:
            yield Line(f"{step.text} (for {' and '.join(titles[name] for name in step.targets)})", 2, "- ")
    yield from nearer_of(found.nearer, titles)
    for one in found.plans:
        yield Line()
        yield from plan_lines(one)


def _in_short(plan: Plan) -> str:
    title = f"{plan.goal.title}{f', {plan.goal.place}' if plan.goal.place else ''}"
    if plan.reason is not None:
        return f"{title}: {'no plan' if plan.status == 'impossible' else 'not known'}. {plan.reason.text}"
    if plan.status == "done" or plan.finish is None or plan.months is None or plan.cost_usd is None:
        return f"{title}: reached already."
    best = {"optimal": "soonest" if plan.objective == "fastest" else "cheapest"}.get(plan.status, "by")
    questions = sum(action.kind == "confirm" for action in plan.actions)
    asked = f"; {count(questions, 'questions')} to settle first" if questions else ""
    moment = f"{when(plan.finish, plan.months)} ({count(plan.months, 'months')})"
    return f"{title}: {best} {moment}; {cost_text(plan.cost_usd)}{asked}."
