"""Certifications and licences: by id, alias, or the family of a licence with its state."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.knowledge.yamlfile import DataPath
from hsm_planner.profile.model import Credential as Entry
from hsm_planner.profile.read import unknown_word
from hsm_planner.resolve.lookup import Reader
from hsm_planner.values.dates import DateRange, PartialDate
from hsm_planner.values.record import record
from hsm_planner.values.timeline import Credential, Span


@record
class Meaning:
    """Which credential a word stands for."""

    id: str
    family: str
    state: str | None


@record
class CredentialWords:
    """All names of credentials."""

    names: Mapping[str, Meaning]
    families: frozenset[str]
    states: frozenset[str]

    @classmethod
    @lru_cache(maxsize=4)
    def of(cls, knowledge: Knowledge) -> CredentialWords:
        names: dict[str, Meaning] = {}
        facts_by_id = knowledge.vocabulary.credentials
        families = {facts.family for facts in facts_by_id.values()}
        for family in families:
            names[plain(family)] = Meaning(family, family, None)
        for kind, raw in knowledge.raw_targets():
            if kind == "role":
                continue
            facts = facts_by_id[raw["id"]]
            meaning = Meaning(facts.id, facts.family, facts.state)
            shared = facts.state is not None  # one of many states: only its own id and aliases name it
            own = () if shared else (raw["name"], raw["abbreviation"])
            for name in (raw["id"], *own, *raw.get("aliases", ())):
                names.setdefault(plain(name), meaning)
        return cls(names, frozenset(families), frozenset(knowledge.words.states))

    def read(self, given: str, state: str | None) -> Meaning | None:
        """The credential; a family with a state is that state's, whether or not the data has its entry."""
        found = self.names.get(plain(given))
        family, _, code = given.lower().rpartition("-")
        if found is None and family in self.families and code.upper() in self.states:
            found = Meaning(given.lower(), family, code.upper())
        if found is None:
            return None
        if state is not None and found.state is None and found.family in self.families:
            own = self.names.get(plain(f"{found.family}-{state.lower()}"))
            return own or Meaning(found.id, found.family, state)
        return found

    def must(self, reader: Reader, given: str, state: str | None, path: DataPath) -> Meaning | None:
        """The credential, or a problem with the nearest names."""
        found = self.read(given, state)
        if found is None:
            reader.may({name: meaning.id for name, meaning in self.names.items()}, given, path, "credential")
        return found


def read_credentials(entries: tuple[Entry, ...] | None, reader: Reader) -> tuple[Credential, ...] | None:
    """The credentials of a profile."""
    if entries is None:
        return None
    words = CredentialWords.of(reader.knowledge)
    result: list[Credential] = []
    for number, entry in enumerate(entries):
        pointer = f"credentials[{number}]"
        meaning = words.must(reader, entry.id, entry.state, ("credentials", number, "id"))
        if meaning is None:
            continue
        if meaning.state is not None and entry.state not in (None, meaning.state):
            told = f"{entry.id!r} is the licence of {meaning.state}, not of {entry.state}."
            hint = f"Write `id: {meaning.family}` with `state: {entry.state}`, or leave the state out."
            reader.problems.append(unknown_word(reader.document, ("credentials", number, "state"), told, hint))
            continue
        reader.note(
            entry.id, f"{pointer}.id", "credential", meaning.id, "stated" if entry.id == meaning.id else "alias"
        )
        state = entry.state or meaning.state
        label = reader.knowledge.vocabulary.label("credential", meaning.id)
        text = f"{label}{f' ({state})' if entry.state and not meaning.state else ''}"
        text += f", issued {entry.issued}" if entry.issued else ""
        text += f", to {entry.expires}" if entry.expires else ""
        result.append(
            Credential(
                pointer=pointer,
                text=text,
                id=meaning.id,
                family=meaning.family,
                state=state,
                span=Span(_start(entry.issued), entry.expires.as_end() if entry.expires else None),
                dated=entry.issued is not None and entry.expires is not None,
                multistate=entry.multistate,
            )
        )
    return tuple(result)


def _start(date: PartialDate | None) -> DateRange | None:
    return date.as_start() if date else None
