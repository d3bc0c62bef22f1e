"""The same target for a person as they are and as they would be: what changes, and how the plan moves."""

from __future__ import annotations

from typing import Literal

from hsm_planner.engine.assess import Goal, assess
from hsm_planner.engine.result import (
    Assessment,
    CostLeft,
    KnowledgeSummary,
    MonthsLeft,
    Progress,
    Result,
    TargetSummary,
)
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.difference import difference
from hsm_planner.planner.plan import plan
from hsm_planner.planner.result import PlanDifference
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.model import Profile
from hsm_planner.values.dates import Date
from hsm_planner.values.truth import Status, Verdict


class Side(Result):
    """One of the two."""

    verdict: Verdict
    if_confirmed: Verdict
    progress: Progress
    months_left: MonthsLeft
    cost_left: CostLeft
    to_do: tuple[str, ...]  # the gaps, in words
    questions: int


class ChangedFinding(Result):
    """A requirement with another status; null: it is asked in one of the two only."""

    id: str
    text: str
    old: Status | None
    new: Status | None


class WhatIf(Result):
    """The answer of ``whatif``."""

    schema_version: Literal["1"] = "1"
    command: Literal["whatif"] = "whatif"
    as_of: str
    knowledge: KnowledgeSummary
    target: TargetSummary
    target_today: TargetSummary  # another one, where the changes change the state
    changes: tuple[str, ...]
    old: Side
    new: Side
    findings: tuple[ChangedFinding, ...]  # none where the rules are not the same
    plan: PlanDifference
    plan_texts: dict[str, str]  # of the steps of both plans
    warnings: tuple[str, ...]


def whatif(
    before: Profile,
    after: Profile,
    knowledge: Knowledge,
    goals: tuple[Goal, Goal],
    as_of: Date,
    changes: tuple[str, ...],
    wishes: Wishes | None = None,
) -> WhatIf:
    """Assess and plan for a person before and after some changes; ``goals``: of each (a state may have changed).

    Raises:
        InputError: when a word of the changed profile is not known.
    """
    old, new = assess(before, knowledge, goals[0], as_of), assess(after, knowledge, goals[1], as_of)
    plans = [plan(person, knowledge, goal, as_of, wishes) for person, goal in zip((before, after), goals, strict=True)]
    return WhatIf.model_construct(
        as_of=as_of.isoformat(),
        knowledge=new.knowledge,
        target=new.target,
        target_today=old.target,
        changes=changes,
        old=_side(old),
        new=_side(new),
        findings=_changed(old, new) if old.target.id == new.target.id else (),
        plan=difference(plans[0], plans[1]),
        plan_texts={action.id: action.text for one in plans for action in one.actions},
        warnings=tuple(text for text in new.warnings if text not in old.warnings),
    )


def _side(one: Assessment) -> Side:
    return Side.model_construct(
        verdict=one.verdict,
        if_confirmed=one.if_confirmed,
        progress=one.progress,
        months_left=one.months_left,
        cost_left=one.cost_left,
        to_do=tuple(one.finding(name).text for name in one.gaps),
        questions=len(one.questions),
    )


def _changed(old: Assessment, new: Assessment) -> tuple[ChangedFinding, ...]:
    """Leaves whose status differs, in the order of the report."""
    before = {one.id: one for one in old.findings if not one.children}
    after = {one.id: one for one in new.findings if not one.children}
    found = []
    for name in dict.fromkeys((*after, *before)):
        was, is_ = before.get(name), after.get(name)
        if (was.status if was else None) is not (is_.status if is_ else None):
            text = (is_ or was).text  # type: ignore[union-attr]
            found.append(ChangedFinding.model_construct(
                id=name, text=text, old=was.status if was else None, new=is_.status if is_ else None,
            ))  # fmt: skip
    return tuple(found)
