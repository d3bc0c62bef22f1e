"""The words that rules use and how they relate: levels, fields, kinds of experience, credentials.

Filled from the data by ``knowledge``; the room of rules knows only its shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from hsm_planner.values.dates import Date
from hsm_planner.values.record import record


@record
class CredentialFacts:
    """What a rule needs to know of a certification or licence."""

    id: str
    name: str
    family: str
    state: str | None = None
    exams: frozenset[str] = frozenset()
    replaces: frozenset[str] = frozenset()
    compact: frozenset[str] = frozenset()
    compact_from: Mapping[str, Date] = field(default_factory=dict)  # states whose membership began on a known day

    def compact_on(self, day: Date) -> frozenset[str]:
        """The states of the compact on a day."""
        return frozenset(state for state in self.compact if self.compact_from.get(state, day) <= day)


@record
class Vocabulary:
    """Names and orders of the data, ready to look up."""

    labels: Mapping[str, Mapping[str, str]]  # by sort of thing ("kind", "field", "level"...), then id
    satisfies: Mapping[str, frozenset[str]]  # a degree level -> the minimums it satisfies
    level_credits: Mapping[str, int]  # semester hours that a degree of the level stands for
    open_credits: frozenset[str]  # levels that are college, but of no known number of credits
    built_by_credits: frozenset[str]  # levels towards which college credits are a part of the way
    professional: frozenset[str]  # levels that stand for a master's only where the rule says so
    unranked: frozenset[str]  # levels beside the ladder: nothing else is "or higher"
    kind_parents: Mapping[str, tuple[str, ...]]
    field_parents: Mapping[str, tuple[str, ...]]
    topic_parents: Mapping[str, tuple[str, ...]]
    credentials: Mapping[str, CredentialFacts] = field(default_factory=dict)
    _found: dict[tuple[str, tuple[str, ...]], frozenset[str]] = field(default_factory=dict)  # what was looked up before

    def label(self, sort: str, id_: str) -> str:
        """The plain name of an id, or the id itself."""
        return self.labels.get(sort, {}).get(id_, id_.replace("-", " "))

    def kinds_below(self, kinds: Iterable[str]) -> frozenset[str]:
        """These kinds of experience and every narrower one."""
        return self._below("kind", kinds, self.kind_parents)

    def fields_below(self, fields: Iterable[str]) -> frozenset[str]:
        """These fields of study and every narrower one."""
        return self._below("field", fields, self.field_parents)

    def topics_below(self, topics: Iterable[str]) -> frozenset[str]:
        """These topics of continuing education and every narrower one."""
        return self._below("topic", topics, self.topic_parents)

    def kinds_above(self, kind: str) -> frozenset[str]:
        """A kind of experience and every broader one."""
        return self._above("kind", kind, self.kind_parents)

    def fields_above(self, field: str) -> frozenset[str]:
        """A field of study and every broader one."""
        return self._above("field", field, self.field_parents)

    def _above(self, sort: str, id_: str, parents: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
        key = (f"above {sort}", (id_,))
        if key not in self._found:
            self._found[key] = ancestors(id_, parents)
        return self._found[key]

    def _below(self, sort: str, wanted: Iterable[str], parents: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
        key = (sort, tuple(wanted))
        if key not in self._found:
            targets = frozenset(key[1])
            self._found[key] = targets | {id_ for id_ in parents if ancestors(id_, parents) & targets}
        return self._found[key]

    def family_exams(self, family: str) -> frozenset[str]:
        """The exams behind some licence of a family."""
        return frozenset(exam for facts in self.credentials.values() if facts.family == family for exam in facts.exams)

    def replacing(self, credential: str) -> frozenset[str]:
        """The credential and those that take its place."""
        return frozenset(
            id_ for id_, facts in self.credentials.items() if credential == id_ or credential in facts.replaces
        ) | {credential}


def ancestors(id_: str, parents: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """An id and everything broader."""
    found: set[str] = set()
    waiting = [id_]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(parents.get(current, ()))
    return frozenset(found)
