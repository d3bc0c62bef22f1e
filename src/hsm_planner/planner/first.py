"""A plan in short: how it begins, for the report of ``assess``, and how it ends, for ``compare``."""

from __future__ import annotations

from hsm_planner.engine.compare import PlanInShort
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
        if_answers_are_yes=_rests_on_answers(plan),
        questions=len(plan.actions) - len(steps),
        ask_first=tuple(one.text for one in plan.ask_first),
        steps=tuple(
            FirstStep.model_construct(id=one.id, kind=one.kind, text=one.text, start=one.start, end=one.end)
            for one in steps[:_MOST]
        ),
        more=max(0, len(steps) - _MOST),
    )


def in_short(plan: Plan) -> PlanInShort:
    """When a plan reaches its target, and at what cost."""
    cost = plan.cost_usd
    return PlanInShort.model_construct(
        status=plan.status,
        months=plan.months,
        finish=plan.finish,
        if_answers_are_yes=_rests_on_answers(plan),
        known_low=cost.known_low if cost else None,
        known_high=cost.known_high if cost else None,
        unpriced=cost.unknown_prices if cost else None,
    )


def _rests_on_answers(plan: Plan) -> bool:
    return any(action.kind == "confirm" for action in plan.actions)
