"""The steps of the manager pathway, filled with the findings that belong to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsm_planner.engine.items import Item
from hsm_planner.engine.result import StepResult, StepStatus
from hsm_planner.knowledge.store import Knowledge, TargetKind
from hsm_planner.knowledge.words import Covers, Step
from hsm_planner.requirements.rules import AmountNotFoundLeaf
from hsm_planner.values.truth import Status

# The worst first.
_STATUS: dict[Status, StepStatus] = {
    Status.UNMET: "unmet",
    Status.PARTLY: "partly",
    Status.UNKNOWN: "unknown",
    Status.MET: "met",
}
_WORDS = {Status.MET: "met", Status.PARTLY: "partly there", Status.UNMET: "still to do", Status.UNKNOWN: "not known"}
_ABOUT = {"education": "degree", "experience": "experience", "license": "license", "other": "statement"}


def steps(
    knowledge: Knowledge, kind: TargetKind, root: Item, beside: Sequence[Item], skills: Mapping[str, int] | None
) -> tuple[StepResult, ...]:
    """Each step with its findings: those on the path decide its status, all are listed."""
    leaves = [leaf for leaf in root.leaves(beneath=True) if leaf.status is not Status.NOT_APPLICABLE]
    extra = [leaf for tree in beside for leaf in tree.leaves()]
    result: list[StepResult] = []
    for step in knowledge.pathway.steps:
        mine = [leaf for leaf in leaves if _belongs(leaf, step, kind)]
        others = [leaf for leaf in extra if _belongs(leaf, step, kind)]
        deciding = [leaf for leaf in mine if leaf.on_path and leaf.node.kind != "nothing_asked"]
        if step.optional and not mine:
            continue
        statuses = [leaf.status for leaf in deciding]
        worst = next((status for status in _STATUS if status in statuses), None)
        result.append(
            StepResult.model_construct(
                id=step.id,
                title=step.title,
                status=_STATUS[worst] if worst else "not_asked",
                summary=_summary(statuses) + (_rated(knowledge, skills) if _is_skills(step) else ""),
                findings=tuple(leaf.id for leaf in [*mine, *others]),
            )
        )
    return tuple(result)


def _is_skills(step: Step) -> bool:
    return any("skill" in covers.kinds for covers in step.covers)


def _rated(knowledge: Knowledge, skills: Mapping[str, int] | None) -> str:
    """How many of the skills the person has rated."""
    return f"; {len(skills or {})} of {len(knowledge.pathway.skills)} skills rated by yourself"


def _summary(statuses: Sequence[Status]) -> str:
    if not statuses:
        return "nothing asked"
    counts = ((status, statuses.count(status)) for status in reversed(_STATUS))
    return ", ".join(f"{number} {_WORDS[status]}" for status, number in counts if number)


def _belongs(leaf: Item, step: Step, kind: TargetKind) -> bool:
    return any(_covered(leaf, covers, kind) for covers in step.covers)


def _covered(leaf: Item, covers: Covers, kind: TargetKind) -> bool:
    if covers.targets and kind not in covers.targets:
        return False
    node = leaf.node.for_ if isinstance(leaf.node, AmountNotFoundLeaf) else leaf.node
    sort: str = node.kind
    if sort in ("unread", "nothing_asked"):
        sort = _ABOUT.get(getattr(leaf.node, "about", ""), sort)
        return sort in covers.kinds and (not covers.levels or covers.no_level)
    if sort not in covers.kinds:
        return False
    return not covers.levels or getattr(node, "level", None) in covers.levels
