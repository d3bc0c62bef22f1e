"""What moves along when a post begins sooner: all that it waits for; and whether something holds that up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsm_planner.planner.model import Activity, Amount, Begun, Done, Mode
from hsm_planner.planner.rows import Demand


def moved_with(post: str, activities: Mapping[str, Activity], demands: Sequence[Demand]) -> frozenset[str]:
    """A post and what it waits for in any way, but not what posts before it wait for: those stand already."""
    asked: dict[str, set[str]] = {}
    for demand in demands:
        asked.setdefault(demand.owner, set()).update(_named(demand.condition))
    found, waiting = {post}, [post]
    while waiting:
        for name in asked.get(waiting.pop(), ()):
            if name in activities and name not in found and not activities[name].post:
                found.add(name)
                waiting.append(name)
    return frozenset(found)


def held_up(
    post: str, activities: Mapping[str, Activity], modes: Mapping[str, Mode], demands: Sequence[Demand]
) -> bool:
    """Whether a post cannot simply begin sooner: hours, who else wants it fresh, or months in which it starts."""
    moved = moved_with(post, activities, demands)
    if any(any(modes[name].uses.values()) for name in moved):
        return True
    return any(
        isinstance(demand.condition, Done)
        and demand.condition.within is not None
        and demand.condition.activity in moved
        and (demand.owner not in moved or activities[demand.condition.activity].starts is not None)
        for demand in demands
    )


def _named(condition: object) -> list[str]:
    """The activities that a demand names."""
    if isinstance(condition, Done | Begun):
        return [condition.activity]
    if isinstance(condition, Amount):
        return [*(name for name, _ in condition.rates), *([condition.after] if condition.after is not None else [])]
    return []
