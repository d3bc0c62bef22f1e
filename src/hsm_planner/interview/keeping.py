"""What a talk keeps: the profile with its target, and what was left unsaid, so that it is not taken for none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hsm_planner.engine.assess import Goal
from hsm_planner.values.dates import Date

NOT_TOLD = "a post that was not told"  # the title that stands in a profile for a post that may be there


def not_told(data: Mapping[str, Any], as_of: Date) -> dict[str, Any]:
    """The profile when earlier posts are left unsaid: not known is not none."""
    found = dict(data)
    if found.get("experience") == []:
        del found["experience"]
    elif posts := found.get("experience"):
        ended = posts[0].get("start") or as_of.isoformat()
        found["experience"] = [*posts, {"title": NOT_TOLD, "end": ended}]
    return found


def whole_profile(data: Mapping[str, Any], goals: Sequence[Goal]) -> dict[str, Any]:
    """A profile with its target, which stands behind the state."""
    found = {key: value for key, value in data.items() if key in ("schema_version", "name", "state")}
    if goals:
        goal = goals[0]
        told = {"id": goal.id, "state": goal.state, "setting": goal.setting, "beds": goal.beds}
        found["target"] = {key: value for key, value in told.items() if value is not None}
    return found | {key: value for key, value in data.items() if key not in (*found, "target")}
