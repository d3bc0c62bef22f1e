"""Plans towards several targets side by side, and one plan with the targets that lie nearer."""

from __future__ import annotations

from collections.abc import Sequence

from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.nearer import nearer
from hsm_planner.planner.plan import plan
from hsm_planner.planner.result import Plan, Plans, SharedStep
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.model import Profile
from hsm_planner.values.dates import Date
from hsm_planner.values.record import replace


def plan_with_nearer(
    profile: Profile, knowledge: Knowledge, goal: Goal, as_of: Date, wishes: Wishes | None = None
) -> Plan:
    """As ``plan``; where other ways are looked for, with the targets that lie nearer."""
    asked = wishes or Wishes()
    found = plan(profile, knowledge, goal, as_of, asked)
    if asked.alternatives is None:
        return found
    return found.model_copy(update={"nearer": nearer(profile, knowledge, [goal], [found], as_of, asked)})


def plans(
    profile: Profile, knowledge: Knowledge, goals: Sequence[Goal], as_of: Date, wishes: Wishes | None = None
) -> Plans:
    """A plan for each target, the steps that stand in several of them, and targets that lie nearer than all.

    Raises:
        InputError: when a target is not known, or an assumption to change is none.
        Unsound: when a plan fails its own replay: a bug of ours.
    """
    asked = wishes or Wishes()
    found: list[Plan] = []
    for goal in goals:
        taken = frozenset(one.target for each in found for one in each.actions if one.kind == "degree" and one.target)
        together = replace(asked, beside=tuple(goals), taken=taken)
        found.append(plan(profile, knowledge, goal, as_of, together))
    there = () if asked.alternatives is None else nearer(profile, knowledge, goals, found, as_of, asked)
    return Plans.model_construct(
        as_of=as_of.isoformat(), plans=tuple(found), shared=tuple(_shared(found)), nearer=there
    )


def _shared(found: Sequence[Plan]) -> list[SharedStep]:
    """Steps of the same id, or questions in the same words, in the order of the first plan that has them."""
    texts: dict[str, tuple[str, str]] = {}
    targets: dict[str, list[str]] = {}
    for one in found:
        for action in one.actions:
            key = action.text if action.kind == "confirm" else action.id
            texts.setdefault(key, (action.id, action.text))
            targets.setdefault(key, []).append(one.goal.id)
    return [
        SharedStep.model_construct(id=texts[key][0], text=texts[key][1], targets=tuple(dict.fromkeys(names)))
        for key, names in targets.items()
        if len(set(names)) > 1
    ]
