"""Targets that belong to another: the same one in another state, and the posts that a credential opens."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.assess import Goal
from hsm_planner.engine.items import license_of
from hsm_planner.knowledge.models import Certification, License, Role
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.requirements.credentials import CertificationLeaf, LicenseLeaf
from hsm_planner.requirements.rules import AllOf, Rule
from hsm_planner.values.problems import failure
from hsm_planner.values.record import replace


def in_state(knowledge: Knowledge, goal: Goal, state: str) -> Goal:
    """The same target in another state.

    Raises:
        InputError: when the target is a licence of which that state's rule is not there.
    """
    if goal.kind != "license":
        return replace(goal, state=state)
    family = knowledge.vocabulary.credentials[goal.id].family
    entry = license_of(knowledge, family, state)
    if entry is None:
        facts = knowledge.vocabulary.credentials.values()
        there = sorted(one.state for one in facts if one.family == family and one.state)
        place = knowledge.words.states[state]
        text = f"we have no rule of {knowledge.vocabulary.label('credential', family)!r} for {place} yet."
        raise failure("unknown-id", text, hint=f"We have: {', '.join(there)}.")
    return replace(goal, id=entry.id, state=state)


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
