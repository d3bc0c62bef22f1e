"""The leaves that a plan rests on: of its target, and of the credentials and posts on its way."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from hsm_planner.engine.assess import Standard, reaching
from hsm_planner.engine.examined import price_of, price_words
from hsm_planner.engine.renewal import renewal_of, renewal_words
from hsm_planner.knowledge.models import Role
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.planner.result import RuleLine
from hsm_planner.requirements.base import Leaf
from hsm_planner.requirements.plain import NothingAskedLeaf
from hsm_planner.requirements.rules import Rule, concerning, walk
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.dates import Date
from hsm_planner.values.truth import Status


def entries_behind(knowledge: Knowledge, goal: Entry, targets: Iterable[str]) -> list[Entry]:
    """The goal, and the credentials and roles that some actions aim at."""
    found = {goal.id: goal}
    for name in targets:
        entry = knowledge.credential(name) or knowledge.role(name)
        if entry is not None:
            found.setdefault(entry.id, entry)
    return list(found.values())


def leaves_of(
    knowledge: Knowledge, entry: Entry, as_of: Date, state: str | None, standard: Standard = "typical"
) -> Iterator[Leaf]:
    """The leaves of the rule that a plan to an entry fulfils, as far as they may speak of a state on a day."""
    for rule in _rules_of(knowledge, entry, standard):
        yield from concerning(rule, as_of, state)


def _rules_of(knowledge: Knowledge, entry: Entry, standard: Standard) -> list[Rule]:
    """The trees that a plan to an entry fulfils."""
    if isinstance(entry, Role):
        trees = knowledge.role_rules(entry)
        return [trees[name] for name in reaching(standard)]
    after = (rule for name, rule in knowledge.extra_rules(entry) if name == "after_exam")
    return [knowledge.rule_of(entry), *after]


def in_the_way(
    knowledge: Knowledge, entry: Entry, as_of: Date, state: str | None, standard: Standard, dead: Container[str]
) -> Iterator[Leaf]:
    """Of the leaves that nothing closes (``dead``) those by which an entry cannot be had: none beside an open way."""
    for rule in _rules_of(knowledge, entry, standard):
        yield from _blocking(rule, as_of, state, dead)


def _blocking(node: Rule, as_of: Date, state: str | None, dead: Container[str]) -> list[Leaf]:
    """The dead leaves that keep a node from ever holding; none: it can hold."""
    if not node.concerns(as_of, state):
        return []
    if isinstance(node, Leaf):
        return [node] if node.id in dead else []
    below = [_blocking(child, as_of, state, dead) for child in node.of if child.concerns(as_of, state)]
    found = node.combine([Status.UNMET if some else Status.MET for some in below], [False] * len(below))
    return [leaf for some in below for leaf in some] if found.false else []


def leaves_behind(
    knowledge: Knowledge, entries: Sequence[Entry], as_of: Date, state: str | None, standard: Standard
) -> Iterator[tuple[Entry, Leaf]]:
    """The leaves of a goal, the first of some entries, by its standard, and of the entries on the way to it."""
    for number, entry in enumerate(entries):
        for leaf in leaves_of(knowledge, entry, as_of, state, "typical" if number else standard):
            yield entry, leaf


def rule_lines(
    knowledge: Knowledge, entries: Sequence[Entry], as_of: Date, state: str | None, standard: Standard
) -> dict[str, RuleLine]:
    """What each part of the rules of a goal and of what is on the way asks; their renewals; their prices."""
    found: dict[str, RuleLine] = {}
    for number, entry in enumerate(entries):
        for rule in _rules_of(knowledge, entry, "typical" if number else standard):
            found |= _lines(rule, as_of, state, knowledge.vocabulary)
        if isinstance(entry, Role):
            continue
        renewal = renewal_of(entry, state)
        if renewal is not None:
            text, name = renewal_words(renewal), f"{entry.id}.renewal"
            found[name] = RuleLine.model_construct(text=text, sources=renewal.sources, part="renewal")
        exams = [exam for name in entry.exams if (exam := knowledge.exam(name)) is not None]
        for fee in (*entry.fees_in(state), *(fee for exam in exams for fee in exam.fees)):
            found[fee.id] = RuleLine.model_construct(text=price_words(price_of(fee)), sources=fee.sources, part="price")
    return found


def _lines(node: Rule, as_of: Date, state: str | None, vocabulary: Vocabulary) -> dict[str, RuleLine]:
    if not node.concerns(as_of, state):
        return {}
    text = node.sentence(vocabulary)
    if isinstance(node, Leaf):
        return {node.id: RuleLine.model_construct(text=text, sources=node.sources, part="leaf")}
    of = [child for child in node.of if child.concerns(as_of, state)]
    names = ", ".join(child.id.partition(".")[2] for child in of)
    found = {node.id: RuleLine.model_construct(text=f"{text}: {names}", sources=node.sources, part="group")}
    for child in of:
        found |= _lines(child, as_of, state, vocabulary)
    return found


def asks_usually(knowledge: Knowledge, entry: Entry) -> bool:
    """Whether employers usually ask something for a post that no law asks."""
    if not isinstance(entry, Role):
        return False
    return any(isinstance(node, Leaf) and not isinstance(node, NothingAskedLeaf)
               for node in walk(knowledge.role_rules(entry)["typical"]))  # fmt: skip
