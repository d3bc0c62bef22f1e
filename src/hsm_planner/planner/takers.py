"""Who names the field of a degree, and who takes any degree of its level."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.describe import rules_of
from hsm_planner.knowledge.models import License
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.knowledge.words import Programme
from hsm_planner.planner.told import MOST_NAMED, Told, names, say, unknown
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.rules import walk
from hsm_planner.values.dates import Date
from hsm_planner.values.record import record

_LOW = ("none", "high-school", "some-college")
_ADVICE = ("preferred", "recommended")  # trees that ask nothing


@record
class _Asked:
    entry: Entry
    tree: str
    leaf: DegreeLeaf


def takers(knowledge: Knowledge, programmes: tuple[str, ...], as_of: Date, state: str | None) -> Iterator[Told]:
    """For each programme: who names its field, who prefers it, and who takes any degree of its level."""
    asked = list(_asked(knowledge, as_of, state))
    for name in programmes:
        programme = knowledge.programme(name)
        if programme is not None:
            yield from _of(knowledge, programme, asked)


def _asked(knowledge: Knowledge, as_of: Date, state: str | None) -> Iterator[_Asked]:
    """Every degree that a rule speaks of; of licences with a state only those of that state."""
    for kind, raw in knowledge.raw_targets():
        entry = knowledge.entry(kind, raw["id"])
        if entry is None or (isinstance(entry, License) and state and entry.state not in (None, state)):
            continue
        for tree, rule in rules_of(knowledge, entry):
            for node in walk(rule):
                if isinstance(node, DegreeLeaf) and node.concerns(as_of, state) and node.level not in _LOW:
                    yield _Asked(entry, tree, node)


def _of(knowledge: Knowledge, programme: Programme, asked: list[_Asked]) -> Iterator[Told]:
    vocabulary = knowledge.vocabulary
    reached = vocabulary.satisfies.get(programme.level, frozenset())
    fits = [one for one in asked if one.leaf.level in reached]
    named = [one for one in fits if programme.field in one.leaf.fields]
    any_ = [one for one in fits if "any" in one.leaf.fields and one.leaf.level == programme.level]
    field = vocabulary.label("field", programme.field)
    level = vocabulary.label("level", programme.level)
    groups = (
        (f"{field} is named by", [one for one in named if one.tree not in _ADVICE]),
        (f"{field} is preferred or advised, not asked, by", [one for one in named if one.tree in _ADVICE]),
        (f"{level} in any field does for", [one for one in any_ if one.tree not in _ADVICE]),
        (f"{level} in any field is preferred or advised, not asked, by", [one for one in any_ if one.tree in _ADVICE]),
    )
    if not groups[0][1]:
        yield unknown(f"{programme.name}: {field} is named by no rule that we read.")
    for words, rows in groups:
        if rows:
            sources = list(dict.fromkeys(source for one in rows for source in one.leaf.sources))
            yield say(f"{programme.name}: {words} {names(_titles(rows), 99)}", sources[:MOST_NAMED])


def _titles(rows: list[_Asked]) -> list[str]:
    """Posts and certifications by title; licences by family, with the states whose rule it is."""
    titles: list[str] = []
    states: dict[str, dict[str, None]] = {}
    for one in rows:
        if isinstance(one.entry, License) and one.entry.state:
            states.setdefault(one.entry.title, {})[one.entry.state] = None
        else:
            titles.append(one.entry.title)
    return titles + [f"{title} of {' '.join(sorted(codes))}" for title, codes in states.items()]
