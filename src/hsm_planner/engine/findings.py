"""The tree of an assessment as a flat list of findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from hsm_planner.engine.closing import Closer, Closing, Way
from hsm_planner.engine.items import Item
from hsm_planner.engine.path import months_left
from hsm_planner.engine.result import Bounds, EvidenceStrength, Finding, ItemOfProfile, MonthsLeft, Option, shown
from hsm_planner.requirements.base import Outcome, Part
from hsm_planner.values.amounts import shortfall
from hsm_planner.values.evidence import Evidence
from hsm_planner.values.truth import Status, Strength


def findings(root: Item, beside: Sequence[Item], closer: Closer, *, idle: bool) -> tuple[Finding, ...]:
    """Every node and every amount inside a leaf, parents before children.

    ``idle``: nothing is to be done (the credential is held), so no ways to close anything are given; nor are they below
    a group that is met.
    """
    result: list[Finding] = []
    for tree in (root, *beside):
        result += _flatten(tree, None, closer, idle=idle)
    return tuple(result)


def _flatten(item: Item, parent: str | None, closer: Closer, *, idle: bool) -> Iterator[Finding]:
    idle = idle or item.status is Status.MET
    outcome, confirmed = item.known.outcome, item.confirmed.outcome
    parts = outcome.parts if outcome else ()
    children = [child.id for child in item.children]
    children += [f"{_prefix(item)}{part.id}" for part in parts]
    children += [item.beneath.id] if item.beneath else []
    yield _finding(item, parent, tuple(children), outcome, closer, idle=idle)
    for index, part in enumerate(parts):
        after = confirmed.parts[index] if confirmed and index < len(confirmed.parts) else part
        yield _part(item, part, after)
    for child in item.children:
        yield from _flatten(child, item.id, closer, idle=idle)
    if item.beneath is not None:
        yield from _flatten(item.beneath, item.id, closer, idle=idle)


def _prefix(item: Item) -> str:
    return item.id.removesuffix(item.node.id)


def _finding(
    item: Item, parent: str | None, children: tuple[str, ...], outcome: Outcome | None, closer: Closer, *, idle: bool
) -> Finding:
    node = item.node
    closing = Closing(()) if idle else closer.closing(item)
    ask = node.kind in ("unread", "amount_not_found") or (item.status is Status.UNKNOWN and item.is_leaf)
    return Finding.model_construct(
        id=item.id,
        parent=parent,
        children=children,
        on_path=item.on_path,
        kind=node.kind,
        text=node.sentence(closer.vocabulary),
        asked_by=node.asked_by or "ours",
        strength=item.strength,
        status=item.status,
        if_confirmed=item.confirmed.status,
        **_numbers(outcome),
        evidence=tuple(map(_evidence, outcome.evidence)) if outcome else (),
        options=tuple(map(_option, closing.ways)),
        earliest=closing.waiting.isoformat() if closing.waiting else None,
        months_left=_far(item, closer),
        ask_whom=node.ask if ask else None,
        note=node.note,
        sources=node.sources,
        confidence=node.confidence,
    )


def _far(item: Item, closer: Closer) -> MonthsLeft | None:
    """How far a group is from met."""
    if item.is_leaf or item.status in (Status.MET, Status.NOT_APPLICABLE):
        return None
    return months_left(item, closer)


def _part(item: Item, part: Part, confirmed: Part) -> Finding:
    node = item.node
    return Finding.model_construct(
        id=f"{_prefix(item)}{part.id}",
        parent=item.id,
        children=(),
        on_path=item.on_path,
        kind=node.kind,
        text=part.text,
        asked_by=node.asked_by or "ours",
        strength=item.strength,
        status=part.outcome.status,
        if_confirmed=confirmed.outcome.status,
        **_numbers(part.outcome),
        evidence=tuple(map(_evidence, part.outcome.evidence)),
        options=(),
        earliest=None,
        months_left=None,
        ask_whom=None,
        note=None,
        sources=node.sources,
        confidence=node.confidence,
    )


def _numbers(outcome: Outcome | None) -> dict[str, Any]:
    if outcome is None or outcome.have is None or outcome.need is None:
        return {"have": None, "need": None, "missing": None, "unit": None}
    return {
        "have": shown(outcome.have),
        "need": shown(outcome.need),
        "missing": shown(shortfall(outcome.have, outcome.need), up=True),
        "unit": outcome.unit,
    }


_STRENGTHS: dict[Strength, EvidenceStrength] = {
    Strength.POSSIBLE: "possible",
    Strength.GUESSED: "guessed",
    Strength.ASSUMED: "assumed",
    Strength.SOURCED: "sourced",
    Strength.STATED: "stated",
}


def _evidence(evidence: Evidence) -> ItemOfProfile:
    return ItemOfProfile.model_construct(
        pointer=evidence.pointer, text=evidence.text, strength=_STRENGTHS[evidence.strength]
    )


def _option(way: Way) -> Option:
    def number(value: Fraction | None) -> float | None:
        return None if value is None else round(float(value), 2)

    return Option.model_construct(
        action=way.action,
        text=way.text,
        months=Bounds.model_construct(low=number(way.months_low), high=number(way.months_high)),
        cost_usd=Bounds.model_construct(
            low=number(way.cost.low if way.cost else None), high=number(way.cost.high if way.cost else None)
        ),
    )
