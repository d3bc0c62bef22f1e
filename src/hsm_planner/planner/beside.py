"""What was not considered and matters beside a plan."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.knowledge.words import Programme
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


def _near(programme: Programme, other: Programme) -> bool:
    return programme.level == other.level or programme.field == other.field
