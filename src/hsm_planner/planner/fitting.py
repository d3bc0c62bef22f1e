"""Degrees that fit more than what is asked: of several that do as well, the one to take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hsm_planner.engine.items import license_of
from hsm_planner.knowledge.models import Role
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.requirements.credentials import CertificationLeaf, LicenseLeaf
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.rules import Rule, walk

_ASKED = 100  # what another target asks weighs more than all that makes a strong candidate


def liked(
    knowledge: Knowledge, entry: Entry, others: Iterable[Entry], state: str | None
) -> Iterator[tuple[DegreeLeaf, int]]:
    """The degrees that other targets ask, and those that make a strong candidate, and what each weighs.

    Themselves, or by a credential that they ask.
    """
    for other in others:
        rules = (
            [rule for name, rule in knowledge.role_rules(other).items() if name != "preferred"]
            if isinstance(other, Role)
            else [knowledge.rule_of(other)]
        )
        yield from ((leaf, _ASKED) for rule in rules for leaf in _with_credentials(knowledge, rule, state))
    if isinstance(entry, Role):
        preferred = knowledge.role_rules(entry)["preferred"]
        yield from ((leaf, 1) for leaf in _with_credentials(knowledge, preferred, state))


def _with_credentials(knowledge: Knowledge, rule: Rule, state: str | None) -> Iterator[DegreeLeaf]:
    yield from _degrees(rule)
    for node in walk(rule):
        held: Entry | None = None
        if isinstance(node, CertificationLeaf):
            held = knowledge.certification(node.credential)
        elif isinstance(node, LicenseLeaf):
            held = license_of(knowledge, node.credential, state)
        yield from _degrees(knowledge.rule_of(held)) if held is not None and not isinstance(held, Role) else ()


def _degrees(rule: Rule) -> Iterator[DegreeLeaf]:
    return (node for node in walk(rule) if isinstance(node, DegreeLeaf))
