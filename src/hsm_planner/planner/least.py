"""The least degree on the easiest way into a post, as far as its rule was read."""

from __future__ import annotations

from hsm_planner.knowledge.models import Role
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.goals import asks_credential
from hsm_planner.planner.leaves import leaves_of
from hsm_planner.requirements.base import Leaf
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.plain import UnreadLeaf
from hsm_planner.requirements.rules import AllOf, Rule
from hsm_planner.values.dates import Date

NO_DEGREE, LICENSED, UNREAD = "no degree", "licensed", "not read"


def group_of(knowledge: Knowledge, role: Role, order: list[str], as_of: Date, state: str | None) -> str:
    """Which degree the easiest way into a role asks, as far as the rule was read."""
    trees = knowledge.role_rules(role)
    if asks_credential(trees["required"]):
        return LICENSED
    found = [_least(trees[tree], order, as_of, state) for tree in ("required", "typical")]
    known = [one for one in found if one is not None]
    if any(one >= 0 for one in known):
        return order[max(known)]
    unread = any(isinstance(leaf, UnreadLeaf) for leaf in leaves_of(knowledge, role, as_of, state))
    return UNREAD if unread else NO_DEGREE


def _least(rule: Rule, order: list[str], as_of: Date, state: str | None) -> int | None:
    """The place of the least degree that some way through a rule asks; -1: none; None: that was not read."""
    if isinstance(rule, UnreadLeaf):
        return None
    if isinstance(rule, Leaf):
        return order.index(rule.level) if isinstance(rule, DegreeLeaf) and rule.level in order else -1
    children = [child for child in rule.of if child.concerns(as_of, state)]
    found = [one for child in children if (one := _least(child, order, as_of, state)) is not None]
    if not found:
        return None if children else -1
    return max(found) if isinstance(rule, AllOf) else min(found)
