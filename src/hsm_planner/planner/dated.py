"""A schedule on the calendar: where its months begin, its steps on dates, each as early as it can lie."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping

from hsm_planner.planner.actions import HOURS
from hsm_planner.planner.future import Lasting, last_day, month_start
from hsm_planner.planner.made import Routes
from hsm_planner.planner.meaning import Reading
from hsm_planner.planner.model import Problem, Schedule
from hsm_planner.planner.verify import Step
from hsm_planner.profile.model import Profile
from hsm_planner.values.dates import Date, add_months
from hsm_planner.values.record import replace


def origin_of(profile: Profile, as_of: Date) -> Date:
    """The first of the month after the day, or the start that the profile sets."""
    first = add_months(as_of.replace(day=1), 1)
    start = profile.constraints.start if profile.constraints else None
    if start is None:
        return first
    wanted = start.as_event().earliest
    wanted = wanted if wanted.day == 1 else add_months(wanted.replace(day=1), 1)
    return max(first, wanted)


def months_by(by: Date, origin: Date, *, first_day: bool) -> int:
    """The latest finish, in months, by a day: of what is reached on its ``first_day``, or on the last before."""
    months = (by.year - origin.year) * 12 + by.month - origin.month
    in_whole = not first_day and last_day(origin, months + 1) <= by
    return months + 1 if in_whole else months


def steps_of(routes: Routes, schedule: Schedule, origin: Date) -> Iterator[Step]:
    reading = Reading(routes.problem, schedule)
    for choice in schedule.choices:
        action, activity = routes.actions[choice.activity], reading.activity(choice)
        months = 0 if activity.post else reading.mode(choice).months
        lasting = Lasting(
            action.effects,
            month_start(origin, choice.start),
            last_day(origin, choice.start + months),
            post=activity.post,
            occupies=activity.occupies,
        )
        mode = reading.mode(choice)
        yield Step(
            action.id, action.kind, action.target, lasting, mode.uses.get(HOURS, 0), reading.cost_of(choice).high
        )


def shifted(problem: Problem, schedule: Schedule, late: Container[str] = ()) -> Schedule:
    """The same plan with each activity as early as it can lie; what perishes stays late, and so do some others."""
    found = schedule
    for choice in sorted(schedule.choices, key=lambda one: (one.start, one.activity)):
        reading = Reading(problem, found)
        activity = reading.activity(choice)
        for start in range(choice.start):
            if not reading.holds(activity.needs, start):
                continue  # moving it changes nothing that lies before it
            moved = tuple(
                replace(one, start=start) if one.activity == choice.activity else one for one in found.choices
            )
            earlier = Schedule(moved, found.finish)
            if not any(Reading(problem, earlier).problems()):
                found = earlier
                break
    latest = {choice.activity: choice.start for choice in schedule.choices if choice.activity in late}
    for name, last in latest.items():
        for start in range(last, -1, -1):
            moved = tuple(replace(one, start=start) if one.activity == name else one for one in found.choices)
            if not any(Reading(problem, Schedule(moved, found.finish)).problems()):
                found = Schedule(moved, found.finish)
                break
    return found


def filed(routes: Routes) -> frozenset[str]:
    """Applications for leave to begin something: they are filed when it is near."""
    return frozenset(
        one.id
        for one in routes.actions.values()
        if one.kind == "apply" and not any(effect.section == "credentials" for effect in one.effects)
    )


def dump(problem: Problem) -> str:
    """The neutral problem as JSON."""

    def plain(value: object) -> object:
        if hasattr(value, "__match_args__"):
            return {"is": type(value).__name__} | {name: getattr(value, name) for name in value.__match_args__}
        return dict(value) if isinstance(value, Mapping) else str(value)

    return json.dumps(plain(problem), default=plain, indent=1) + "\n"
