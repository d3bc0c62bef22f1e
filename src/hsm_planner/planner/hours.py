"""Hours of study: all that there are in a week, and those that a post leaves."""

from __future__ import annotations

from hsm_planner.planner.actions import HOURS
from hsm_planner.planner.model import Activity
from hsm_planner.planner.ways import UNREAD_WAYS, Limits
from hsm_planner.values.record import replace

BESIDE = "hours beside a post"


def hours_of(limits: Limits) -> dict[str, int]:
    """The hours a week by the limits, as resources of the problem."""
    if limits.free_hours is None:
        return {HOURS: limits.study_hours}
    return {HOURS: limits.free_hours, BESIDE: limits.study_hours}


def within_hours(activity: Activity, limits: Limits) -> Activity:
    """What does not take the post's place is done in the hours that a post leaves."""
    if limits.free_hours is None or activity.occupies:
        return activity
    modes = tuple(
        replace(mode, uses={**mode.uses, BESIDE: mode.uses[HOURS]}) if HOURS in mode.uses else mode
        for mode in activity.modes
    )
    return replace(activity, modes=modes)


def budget_of(limits: Limits) -> dict[str, int]:
    """What may be spent at the most: money, and ways that were not read."""
    most = {"usd": limits.budget, UNREAD_WAYS: limits.unread}
    return {name: amount for name, amount in most.items() if amount is not None}
