"""How much of what a target asks can be answered here: looked up in a profile, said by somebody, or not known to us."""

from __future__ import annotations

from hsm_planner.engine.result import Coverage
from hsm_planner.knowledge.models import Role
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.requirements.plain import NothingAskedLeaf, SkillLeaf, StatementLeaf, UnreadLeaf
from hsm_planner.requirements.rules import AmountNotFoundLeaf, Rule, concerning
from hsm_planner.values.dates import Date


def coverage(knowledge: Knowledge, entry: Entry, as_of: Date, state: str | None = None) -> Coverage:
    """The leaves that decide over a target on a day by what can be done with them.

    Of a role those of the law and of what employers usually ask; of a credential its rule and what comes after an exam.
    With a state, without what other states ask.
    """
    leaves = [leaf for rule in _deciding(knowledge, entry) for leaf in concerning(rule, as_of, state)]
    asked = [leaf for leaf in leaves if not isinstance(leaf, NothingAskedLeaf)]
    attested = sum(isinstance(leaf, StatementLeaf | SkillLeaf) for leaf in asked)
    unread = sum(isinstance(leaf, UnreadLeaf | AmountNotFoundLeaf) for leaf in asked)
    return Coverage.model_construct(checked=len(asked) - attested - unread, attested=attested, unread=unread)


def _deciding(knowledge: Knowledge, entry: Entry) -> list[Rule]:
    if isinstance(entry, Role):
        trees = knowledge.role_rules(entry)
        return [trees["required"], trees["typical"]]
    extra = [rule for name, rule in knowledge.extra_rules(entry) if name == "after_exam"]
    return [knowledge.rule_of(entry), *extra]
