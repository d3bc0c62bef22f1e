"""Certifications and licences: by id, alias, or the family of a licence with its state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.knowledge.yamlfile import DataPath
from hsm_planner.profile.model import Credential as Entry
from hsm_planner.profile.read import unknown_word
from hsm_planner.resolve.lookup import Reader
from hsm_planner.values.dates import DateRange, PartialDate
from hsm_planner.values.evidence import YES, Claim, How, Question
from hsm_planner.values.record import record
from hsm_planner.values.timeline import Credential, Span
from hsm_planner.values.truth import Strength

_LONG = 12  # letters
_ALIKE = 88.0  # of 100


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
        of_states: Counter[tuple[str, str, str]] = Counter()  # names that several states give their licence
        for kind, raw in knowledge.raw_targets():
            if kind == "role":
                continue
            facts = facts_by_id[raw["id"]]
            meaning = Meaning(facts.id, facts.family, facts.state)
            shared = facts.state is not None  # one of many states: only its own id and aliases name it
            own = () if shared else (raw["name"], raw["abbreviation"])
            for name in (raw["id"], *own, *raw.get("aliases", ())):
                names.setdefault(plain(name), meaning)
            if shared:
                of_states[facts.family, plain(raw["name"]), plain(raw["abbreviation"])] += 1
        for (family, name, letters), number in of_states.items():
            bare = name.removesuffix(" licence")
            for one in (name, bare, f"licensed {bare}", f"l{letters}") if number > 1 and bare != name else ():
                names.setdefault(one, Meaning(family, family, None))
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

    def near(self, given: str, state: str | None) -> str | None:
        """The id of the entry whose name is spelt nearly so; of short names none, for their likeness means nothing."""
        from rapidfuzz import fuzz, process

        words = plain(given)
        if len(words) < _LONG:
            return None
        best = process.extractOne(words, list(self.names), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        found = self.read(best[0], state) if best else None
        return found.id if found else None

    def must(self, reader: Reader, given: str, state: str | None, path: DataPath) -> Meaning | None:
        """The credential, or a problem with the nearest names."""
        found = self.read(given, state)
        if found is None:
            reader.may({name: meaning.id for name, meaning in self.names.items()}, given, path, "credential")
        return found


def read_credentials(
    entries: tuple[Entry, ...] | None, reader: Reader
) -> tuple[tuple[Credential, ...] | None, tuple[Credential, ...]]:
    """The credentials of a profile; and those that are a guess until they are confirmed."""
    if entries is None:
        return None, ()
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
        if entry.confirmed is False:
            continue
        counts = _guess(entry, pointer, meaning, reader) if entry.named and not entry.confirmed else YES
        if counts is YES:
            how: How = "stated" if entry.id == meaning.id else "alias"
            reader.note(entry.id, f"{pointer}.id", "credential", meaning.id, how)
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
                counts=counts,
            )
        )
    guessed = tuple(one for one in result if one.counts is not YES)
    return tuple(one for one in result if one.counts is YES), guessed


def _guess(entry: Entry, pointer: str, meaning: Meaning, reader: Reader) -> Claim:
    """What another name stands for, as a question that every report shows."""
    from rapidfuzz import fuzz

    label = reader.knowledge.vocabulary.label("credential", meaning.id)
    given = entry.named or ""
    reader.note(
        given,
        f"{pointer}.id",
        "credential",
        meaning.id,
        "fuzzy",
        round(fuzz.ratio(plain(given), plain(label)) / 100, 3),
    )
    told = f"{given!r} may be {label}: it counts for nothing until you write `confirmed: true` beside it."
    reader.warnings.append(told)
    question = Question(f"{pointer}.confirmed", f"Is {given!r} this one: {label}?", answers=("yes", "no"))
    return Claim(Strength.GUESSED, (question,))


def _start(date: PartialDate | None) -> DateRange | None:
    return date.as_start() if date else None
