"""How one plan differs from another towards the same target."""

from __future__ import annotations

from hsm_planner.planner.result import Moved, Plan, PlanDifference
from hsm_planner.values.dates import Date


def difference(
    old: Plan, new: Plan, done: frozenset[str] = frozenset(), carried: frozenset[str] = frozenset()
) -> PlanDifference:
    """From the old plan to the new one. ``done``: steps of the old one that are behind the person.

    ``carried``: steps of the new one that carry on what one of the old began.
    """
    before = {action.id: action for action in old.actions}
    after = {action.id: action for action in new.actions}
    moved = [
        Moved.model_construct(id=name, text=after[name].text, old_start=one.start, new_start=after[name].start)
        for name, one in before.items()
        if name in after and _month(one.start) != _month(after[name].start) and one.kind != "confirm"
    ]
    return PlanDifference.model_construct(
        old_status=old.status,
        new_status=new.status,
        old_finish=old.finish,
        new_finish=new.finish,
        months_later=_month(new.finish) - _month(old.finish) if old.finish and new.finish else None,
        old_cost_usd=old.cost_usd,
        new_cost_usd=new.cost_usd,
        added=tuple(name for name in after if name not in before and name not in carried),
        dropped=tuple(name for name in before if name not in after and name not in done),
        moved=tuple(moved),
    )


def _month(text: str) -> int:
    day = Date.fromisoformat(text)
    return day.year * 12 + day.month
