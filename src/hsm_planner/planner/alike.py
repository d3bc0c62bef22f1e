"""What would do as well in the place of a step: another degree, another post on the way."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.actions import Action
from hsm_planner.planner.made import Routes
from hsm_planner.planner.meaning import Reading
from hsm_planner.planner.model import Choice, Mode, Schedule
from hsm_planner.values.record import replace


def alike(knowledge: Knowledge, routes: Routes, reading: Reading, choice: Choice) -> Iterator[str]:
    """Degrees and posts that could stand in the place of a step, with all else as it is, by name."""
    action, found = routes.actions[choice.activity], set[str]()
    found.update(action.alike)
    if action.kind in ("degree", "post"):
        for other in routes.actions.values():
            same = other.kind == action.kind and other.target != action.target and other.id not in reading.chosen
            if same and _does(routes, reading, action, other):
                found.add(_called(knowledge, other))
    yield from sorted(found)


def _called(knowledge: Knowledge, action: Action) -> str:
    entry = knowledge.role(action.target or "") if action.kind == "post" else None
    return entry.title if entry is not None else action.text


def _does(routes: Routes, reading: Reading, action: Action, other: Action) -> bool:
    """Whether the plan is as sound with another step in the place of one; a post goes with the search for it."""
    swapped = {action.id: other.id} | ({_search(action): _search(other)} if action.kind == "post" else {})
    choices = [_swapped(routes, reading, one, swapped) for one in reading.schedule.choices]
    kept = tuple(one for one in choices if one is not None)
    schedule = Schedule(kept, reading.schedule.finish)
    return len(kept) == len(choices) and not any(Reading(routes.problem, schedule).problems())


def _search(action: Action) -> str:
    return action.id.replace("post:", "search:", 1)


def _swapped(routes: Routes, reading: Reading, choice: Choice, swapped: dict[str, str]) -> Choice | None:
    """The choice itself, or that of another activity as long and as dear; None where there is none."""
    name = swapped.get(choice.activity)
    if name is None:
        return choice
    mode = reading.mode(choice)
    activity = next((one for one in routes.problem.activities if one.id == name), None)
    modes = (one.id for one in activity.modes if _equal(one, mode)) if activity is not None else iter(())
    other = next(modes, None)
    return replace(choice, activity=name, mode=other) if other is not None else None


def _equal(one: Mode, other: Mode) -> bool:
    return (one.months, one.uses, one.spends, one.cost) == (other.months, other.uses, other.spends, other.cost)
