"""What was not considered and matters beside a plan, and what a step may have in it of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.knowledge.words import Programme
from hsm_planner.planner.actions import Action
from hsm_planner.planner.future import Effect
from hsm_planner.planner.made import Routes
from hsm_planner.planner.model import Schedule
from hsm_planner.planner.result import UNREAD
from hsm_planner.planner.ways import CONFIRM


def left_out(
    knowledge: Knowledge, entry: Entry, routes: Routes, schedule: Schedule, own: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Programmes beside one that the plan has, levels without one that its rules ask, what it does not ask about.

    ``own``: the ids of the leaves of the rules of the goal, and of what is applied for.
    """
    chosen = {choice.activity for choice in schedule.choices}
    targets = {entry.id, *(routes.actions[name].target for name in chosen)}
    studied = [one for target in targets if (one := knowledge.programme(target or "")) is not None]
    for name, why in routes.left_out:
        kind, _, id_ = name.partition(":")
        what, _, asker = id_.partition(":")
        programme = knowledge.programme(what) if kind == "degree" else None
        if name.startswith(UNREAD):
            matters = name.removeprefix(UNREAD) in own
        elif programme is not None:
            matters = any(_near(programme, one) for one in studied)
        else:
            matters = kind != "degree" or asker in targets  # a level, and by whose rule it is enough
        if matters and f"{CONFIRM}:{name.removeprefix(UNREAD)}" not in chosen:
            yield name.removesuffix(f":{entry.id}"), why


def inside(actions: Iterable[Action], degree: Action) -> str | None:
    """Of a degree, what to ask of the credits in some subject that a plan has as a step beside it."""
    if degree.kind != "degree":
        return None
    told = [one.text for one in actions if one.kind == "course" and any(map(_in_a_subject, one.effects))]
    if not told:
        return None
    step = "that step falls away" if len(told) == 1 else "these steps fall away"
    return f"Before you choose it, ask whether it has in it, and whether it counts so: {'; '.join(told)}. Then {step}."


def _in_a_subject(effect: Effect) -> bool:
    return "semester_hours" in effect.entry or {"credits", "field"} <= set(effect.entry)


def _near(programme: Programme, other: Programme) -> bool:
    return programme.level == other.level or programme.field == other.field
