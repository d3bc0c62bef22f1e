"""How a plan begins: for the report of ``assess``."""

from __future__ import annotations

from hsm_planner.engine.result import FirstStep, FirstSteps
from hsm_planner.planner.result import Plan

_MOST = 3


def first_steps(plan: Plan) -> FirstSteps:
    """The first three steps after the questions."""
    steps = [action for action in plan.actions if action.kind != "confirm"]
    return FirstSteps.model_construct(
        status=plan.status,
        reason=plan.reason.text if plan.reason else None,
        finish=plan.finish,
        months=plan.months,
        questions=len(plan.actions) - len(steps),
        steps=tuple(
            FirstStep.model_construct(id=one.id, kind=one.kind, text=one.text, start=one.start, end=one.end)
            for one in steps[:_MOST]
        ),
        more=max(0, len(steps) - _MOST),
    )
