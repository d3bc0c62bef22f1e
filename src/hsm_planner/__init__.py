"""hsm-plan: compare a person with what a post, certification or licence in health care management asks.

>>> from hsm_planner import Goal, Knowledge, Profile, assess  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hsm_planner.engine.assess import Goal, assess
    from hsm_planner.engine.result import Assessment
    from hsm_planner.knowledge.store import Knowledge
    from hsm_planner.planner.plan import plan
    from hsm_planner.planner.result import Plan
    from hsm_planner.planner.wishes import Wishes
    from hsm_planner.profile.model import Profile
    from hsm_planner.profile.read import read_profile
    from hsm_planner.values.problems import InputError

__all__ = [
    "Assessment", "Goal", "InputError", "Knowledge", "Plan", "Profile", "Wishes", "assess", "plan", "read_profile",
]  # fmt: skip

_HOMES = {
    "Assessment": "hsm_planner.engine.result",
    "Goal": "hsm_planner.engine.assess",
    "InputError": "hsm_planner.values.problems",
    "Knowledge": "hsm_planner.knowledge.store",
    "Plan": "hsm_planner.planner.result",
    "Profile": "hsm_planner.profile.model",
    "Wishes": "hsm_planner.planner.wishes",
    "assess": "hsm_planner.engine.assess",
    "plan": "hsm_planner.planner.plan",
    "read_profile": "hsm_planner.profile.read",
}


def __getattr__(name: str) -> Any:
    """Public names, imported from their homes when first used, so that ``--help`` stays quick."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
