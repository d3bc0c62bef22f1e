"""Who names the field of a degree or a credential, and who takes any degree of a level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

from hsm_planner.engine.describe import rules_of
from hsm_planner.knowledge.models import License
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.knowledge.words import Programme
from hsm_planner.planner.told import MOST_NAMED, Told, names, say, unknown
from hsm_planner.requirements.base import Leaf
from hsm_planner.requirements.credentials import CertificationLeaf, LicenseLeaf
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.rules import walk
from hsm_planner.values.dates import Date
from hsm_planner.values.record import record

_LOW = ("none", "high-school", "some-college")
_ADVICE = ("preferred", "recommended")  # trees that ask nothing


_Named = TypeVar("_Named", bound=Leaf)


@record
class _Asked(Generic[_Named]):
    entry: Entry
    tree: str
    leaf: _Named


def takers(knowledge: Knowledge, programmes: tuple[str, ...], as_of: Date, state: str | None) -> Iterator[Told]:
    """For each programme: who names its field, who prefers it, and who takes any degree of its level."""
    asked = [one for one in _asked(knowledge, (DegreeLeaf,), as_of, state) if one.leaf.level not in _LOW]
    for name in programmes:
        programme = knowledge.programme(name)
        if programme is not None:
            yield from _of(knowledge, programme, asked)


def namers(knowledge: Knowledge, credential: str, as_of: Date, state: str | None) -> Iterator[Told]:
    """Which posts, certifications and licences name a credential, by who asks it."""
    known = knowledge.vocabulary.credentials
    family = known[credential].family if credential in known else credential
    kinds = (CertificationLeaf, LicenseLeaf)
    rows = [one for one in _asked(knowledge, kinds, as_of, state) if one.leaf.credential in (credential, family)]
    label = knowledge.vocabulary.label("credential", credential)
    groups = {
        "the law names it, alone or as one of several, for": ("required",),
        "employers usually ask it, alone or as one of several, of": ("typical",),
        "it makes a strong candidate, but is not asked, as": ("preferred",),
        "the rule names it, alone or as one of several, for": ("rule", "eligibility", "after_exam"),
        "it is advised, not asked, for": ("recommended",),
    }
    for words, trees in groups.items():
        found = [one for one in rows if one.tree in trees]
        if found:
            sources = list(dict.fromkeys(source for one in found for source in one.leaf.sources))
            yield say(f"{label}: {words} {names(_titles(found), 99)}", sources[:MOST_NAMED])
    if not rows:
        yield unknown(
            f"{label} is named by no rule that we read. That is silence: an employer may like it all the same."
        )


def _asked(
    knowledge: Knowledge, kinds: tuple[type[_Named], ...], as_of: Date, state: str | None
) -> Iterator[_Asked[_Named]]:
    """Every leaf of some kinds in a rule; of licences with a state only those of that state."""
    for kind, raw in knowledge.raw_targets():
        entry = knowledge.entry(kind, raw["id"])
        if entry is None or (isinstance(entry, License) and state and entry.state not in (None, state)):
            continue
        for tree, rule in rules_of(knowledge, entry):
            for node in walk(rule):
                if isinstance(node, kinds) and node.concerns(as_of, state):
                    yield _Asked(entry, tree, node)


def _of(knowledge: Knowledge, programme: Programme, asked: list[_Asked[DegreeLeaf]]) -> Iterator[Told]:
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


def _titles(rows: Sequence[_Asked[Any]]) -> list[str]:
    """Posts and certifications by title; licences by family, with the states whose rule it is."""
    titles: list[str] = []
    states: dict[str, dict[str, None]] = {}
    for one in rows:
        if isinstance(one.entry, License) and one.entry.state:
            states.setdefault(one.entry.title, {})[one.entry.state] = None
        else:
            titles.append(one.entry.title)
    return titles + [f"{title} of {' '.join(sorted(codes))}" for title, codes in states.items()]
