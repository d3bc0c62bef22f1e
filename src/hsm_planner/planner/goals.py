"""The posts that a credential opens: those of which everybody has to hold it."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.knowledge.models import Certification, License, Role
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.requirements.credentials import CertificationLeaf, LicenseLeaf
from hsm_planner.requirements.rules import AllOf, Rule


def roles_asking(knowledge: Knowledge, entry: Certification | License) -> Iterator[Role]:
    """The roles that nobody may begin in without a credential."""
    names = frozenset({entry.id, knowledge.vocabulary.credentials[entry.id].family})
    for name in knowledge.ids("roles", "roles"):
        role = knowledge.role(name)
        if role is not None and asks_credential(role.required, names):
            yield role


def asks_credential(rule: Rule, names: frozenset[str] = frozenset()) -> bool:
    """Whether a rule asks a credential of everybody: one of some names, or any where none are given."""
    if rule.when is not None:
        return False
    if isinstance(rule, AllOf):
        return any(asks_credential(child, names) for child in rule.of)
    return isinstance(rule, CertificationLeaf | LicenseLeaf) and (not names or rule.credential in names)
