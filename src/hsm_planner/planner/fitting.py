"""Degrees that fit more than what is asked: of several that do as well, the one to take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hsm_planner.knowledge.models import Certification, Role
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.requirements.credentials import CertificationLeaf
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.rules import Rule, walk


def liked(knowledge: Knowledge, entry: Entry, others: Iterable[Entry]) -> Iterator[DegreeLeaf]:
    """The degrees that other targets ask, and those that make a strong candidate, themselves or by a certification."""
    for other in others:
        rules = (
            [rule for name, rule in knowledge.role_rules(other).items() if name != "preferred"]
            if isinstance(other, Role)
            else [knowledge.rule_of(other)]
        )
        for rule in rules:
            yield from _degrees(rule)
    if isinstance(entry, Role):
        preferred = knowledge.role_rules(entry)["preferred"]
        yield from _degrees(preferred)
        for node in walk(preferred):
            held = knowledge.certification(node.credential) if isinstance(node, CertificationLeaf) else None
            if isinstance(held, Certification):
                yield from _degrees(knowledge.rule_of(held))


def _degrees(rule: Rule) -> Iterator[DegreeLeaf]:
    return (node for node in walk(rule) if isinstance(node, DegreeLeaf))
