"""Words of a profile to ids of the vocabulary: by id, then by alias."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from fractions import Fraction
from functools import lru_cache
from typing import Literal, Protocol

from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.knowledge.yamlfile import DataPath, Document
from hsm_planner.profile.read import unknown_word
from hsm_planner.values.evidence import How, Resolved
from hsm_planner.values.problems import InputError, Problem, nearest
from hsm_planner.values.record import record

_MOST_LISTED = 25
_NAME = 3  # section, number and key: of a list inside an entry there are four
ASSUMED_HOURS = Fraction(40)  # hours a week where none are given


class _Word(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...


def index(words: Iterable[_Word]) -> dict[str, str]:
    """Every plain form of every word -> its id; an id is never another word's alias."""
    known = list(words)
    result = {plain(word.id): word.id for word in known}
    for word in known:
        for name in (word.label, *getattr(word, "aliases", ())):
            result.setdefault(plain(name), word.id)
    return result


Section = Literal[
    "settings", "kinds", "organizations", "membership_types", "topics", "learning_kinds", "training", "courses",
    "volunteering", "references",
]  # fmt: skip


@lru_cache(maxsize=64)
def vocabulary_of(knowledge: Knowledge, section: Section) -> Mapping[str, str]:
    """The index of one section of the vocabulary, made once: a planner reads one profile many times."""
    return index(getattr(knowledge.words, section))


@record
class Reader:
    """What reading a profile against the knowledge collects: how words were read, and what is wrong.

    ``strict``: entries (section and number) of which the name has to be known.
    """

    knowledge: Knowledge
    document: Document | None
    strict: frozenset[DataPath] = frozenset()
    resolved: list[Resolved] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def note(self, given: str, pointer: str, kind: str, id_: str | None, how: How, score: float | None = None) -> None:
        """Record how a word was read."""
        if score is None:
            score = 1.0 if id_ else 0.0
        self.resolved.append(Resolved(given, pointer, kind, id_, how, score))

    def must(self, known: Mapping[str, str], given: str, path: DataPath, kind: str) -> str | None:
        """The id of a word that has to be one of the vocabulary; a problem otherwise."""
        found = known.get(plain(given))
        if found is None:
            ids = sorted(dict.fromkeys(known.values()))
            near = list(dict.fromkeys(known.get(name, name) for name in nearest(given, [*ids, *known])))
            listed = ", ".join(ids[:_MOST_LISTED]) + (", ..." if len(ids) > _MOST_LISTED else "")
            hint = f"Did you mean {' or '.join(near)}?" if near else f"Known: {listed}."
            self.problems.append(unknown_word(self.document, path, f"{given!r} is no {kind} we know.", hint))
        return found

    def may(self, known: Mapping[str, str], given: str, path: DataPath, kind: str) -> str | None:
        """The id of a word that the vocabulary may not have: a warning then, but a problem where a slip is likely."""
        named = len(path) == _NAME and path[:2] in self.strict
        if named or plain(given) in known or nearest(given, [*known, *known.values()]):
            return self.must(known, given, path, kind)
        self.warnings.append(f"We have no entry for the {kind} {given!r}, so it is not used here.")
        return None

    def state(self, given: str | None, path: DataPath) -> None:
        """Complain of a state that is none."""
        states = self.knowledge.words.states
        if given is not None and given not in states:
            named = [code for code, name in states.items() if name in nearest(given, states.values())]
            known = f"Write {' or '.join(named)}." if named else "Write one of the 50 states or DC."
            hint = f"{known} Leave it out for a place elsewhere."
            self.problems.append(unknown_word(self.document, path, f"there is no state {given!r}.", hint))

    def finish(self) -> None:
        """Raise what was wrong, all at once.

        Raises:
            InputError: when a word that must be known is not.
        """
        if self.problems:
            raise InputError(self.problems)
