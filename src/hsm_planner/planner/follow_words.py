"""How what was done, or begun, of a plan is written into the profile; what only the person knows is left open."""

from __future__ import annotations

from collections.abc import Mapping

from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.result import PlanAction
from hsm_planner.requirements.base import Leaf
from hsm_planner.requirements.training import CourseLeaf, TrainingLeaf

_DAY, _MONTH, _NUMBER = "YYYY-MM-DD", "YYYY-MM", "N"


def to_write(action: PlanAction, leaf: Leaf | None, knowledge: Knowledge, state: str | None) -> str | None:
    """The entry of the profile that says that a step is done, or has begun; None: there is none for it."""
    target = action.target or ""
    match action.kind:
        case "training":
            registered = isinstance(leaf, TrainingLeaf) and leaf.after is not None
            keys = {"kind": target, "start": _DAY} | ({"registered": "true|false"} if registered else {})
            return _entry("training", keys)
        case "degree" if (programme := knowledge.programme(target)) is not None:
            return _entry("education", {"level": programme.level, "field": programme.field, "expected": _MONTH})
        case "membership":
            types = "|".join(one.id for one in knowledge.words.membership_types)
            return _entry("memberships", {"organization": target, "since": _DAY, "type": types})
        case "course" if isinstance(leaf, CourseLeaf):
            unit = leaf.at_least.unit()[0] if leaf.at_least else None
            amount = {} if unit is None else {"hours" if unit == "hours" else "semester_hours": _NUMBER}
            return _entry("courses", {"name": target, **amount, "date": _DAY})
        case "course":
            return _entry("education", {"credits": _NUMBER})
        case "exam":
            return _entry("exams", {"id": target, "passed": _DAY})
        case "post":
            settings = role.settings if (role := knowledge.role(target)) else ()
            return _entry("experience", {"role": target, "setting": "|".join(settings), "start": _DAY})
        case "apply" if action.id.startswith("apply:"):
            return _entry("applications", {"for": target, action.id.rpartition(":")[2]: _DAY})
        case "apply" if knowledge.credential(target) is not None:
            licence = knowledge.certification(target) is None
            where = {"state": state} if licence and state else {}
            return _entry("credentials", {"id": target, **where, "issued": _DAY})
        case "renew":
            where = {"state": name} if (name := next(iter(action.id.split(":")[2:]), None)) else {}
            return _entry("credentials", {"id": target, **where, "expires": _DAY})
        case "learning" | "references" | "volunteering":
            return action.kind
    return None


def _entry(section: str, keys: Mapping[str, str]) -> str:
    return f"{section}: {{{', '.join(f'{key}: {value}' for key, value in keys.items())}}}"
