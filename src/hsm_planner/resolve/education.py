"""Degrees as people write them: to a level and a field, and never more than the words say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.knowledge.words import DegreeName
from hsm_planner.profile.model import Education
from hsm_planner.requirements.numeric import exact
from hsm_planner.resolve.lookup import Reader
from hsm_planner.values.dates import DateRange
from hsm_planner.values.evidence import YES, Claim, Question
from hsm_planner.values.problems import nearest
from hsm_planner.values.timeline import Credits, Degree
from hsm_planner.values.truth import Strength

_HOME = {"us", "usa", "united states", "united states of america"}
_JOINTS = ("in ", "of ")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a string for a degree means."""

    level: str | None
    field: str | None
    how: str  # alias, unresolved
    name: DegreeName | None = None
    field_said: bool = False  # the string names the field too, so that it can be no other degree


class DegreeWords:
    """All strings that stand for degrees, levels and fields."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.levels = {plain(id_): id_ for id_ in knowledge.vocabulary.labels["level"]}
        self.levels |= {plain(label): id_ for id_, label in knowledge.vocabulary.labels["level"].items()}
        self.fields = dict(knowledge.field_words)
        self.names: dict[str, Reading] = {}
        self.written: list[str] = []
        for programme in knowledge.programmes():
            for alias in (programme.name, *programme.aliases):
                self.names[plain(alias)] = Reading(programme.level, programme.field, "alias")
                self.written.append(alias)
        for name in knowledge.degree_names:
            for alias in name.aliases:
                self.names[plain(alias)] = Reading(name.level, name.field, "alias", name)
                self.written.append(alias)

    def read(self, text: str) -> Reading:
        """The longest known name; what follows it may be a field."""
        words = plain(text)
        exact_match = self.names.get(words)
        if exact_match is not None:
            return exact_match
        parts = words.split(" ")
        for length in range(len(parts) - 1, 0, -1):
            found = self.names.get(" ".join(parts[:length]))
            if found is None or found.level is None:
                continue
            rest = " ".join(parts[length:])
            for joint in _JOINTS:
                rest = rest.removeprefix(joint)
            field = self.fields.get(rest)
            if field is not None and found.field in (None, field):
                return Reading(found.level, field, "alias", found.name, field_said=True)
        return Reading(None, None, "unresolved")

    def near(self, text: str) -> list[str]:
        """Names that look like the text, as people write them."""
        return nearest(text, self.written)


def read_education(
    entries: tuple[Education, ...] | None, reader: Reader, accreditors: Mapping[str, str]
) -> tuple[tuple[Degree, ...] | None, tuple[Credits, ...] | None]:
    """The education of a profile; both None when it has none written."""
    if entries is None:
        return None, None
    words = DegreeWords(reader.knowledge)
    degrees: list[Degree] = []
    credits: list[Credits] = []
    for number, entry in enumerate(entries):
        pointer = f"education[{number}]"
        if entry.credits is not None:
            unit = entry.unit or "semester"
            field = _field(entry, pointer, reader, words)
            text = f"{entry.credits:g} {unit} hours of college credit"
            text += f", {entry.field}" if entry.field else ""
            credits.append(
                Credits(pointer, text, exact(entry.credits), unit == "quarter", field, entry.not_in_degree is True)
            )
        else:
            degrees.append(_degree(entry, pointer, number, reader, words, accreditors))
    return tuple(degrees), tuple(credits)


def _degree(
    entry: Education, pointer: str, number: int, reader: Reader, words: DegreeWords, accreditors: Mapping[str, str]
) -> Degree:
    reading = words.read(entry.degree) if entry.degree else Reading(None, None, "stated")
    level, field = reading.level, reading.field
    questions: tuple[Question, ...] = ()
    if entry.level is not None:
        level = reader.must(words.levels, entry.level, ("education", number, "level"), "level")
        reader.note(entry.level, f"{pointer}.level", "level", level, "stated" if level else "unresolved")
    elif entry.degree:
        reader.note(entry.degree, f"{pointer}.degree", "degree", _degree_id(reading), reading.how)
    if entry.field is not None:
        field = _field(entry, pointer, reader, words)
    if level is None:
        questions = (_which_level(entry, pointer, reading, words),)
    elif field is None:
        questions = (Question(f"{pointer}.field", f"What was the field of study: {entry.degree or entry.level}?"),)
    claim = _foreign(entry, pointer, reading)
    plainly = entry.level is not None or entry.field is not None or reading.field_said
    if reading.name is not None and reading.name.guess and not plainly:
        others = " or ".join(reading.name.ambiguous_with)
        text = f"We read {entry.degree!r} as {reading.name.expands_to}, not {others}. Right?"
        claim = claim.also(Claim(Strength.GUESSED, (Question(f"{pointer}.level", text, answers=("yes", "no")),)))
    bodies: frozenset[str] | None = None
    if entry.accredited_by is not None:
        found = [
            reader.may(accreditors, body, ("education", number, "accredited_by", index), "accreditor")
            for index, body in enumerate(entry.accredited_by)
        ]
        bodies = frozenset(body for body in found if body)
    awarded: DateRange | None = None
    if (date := entry.awarded or entry.expected) is not None:
        awarded = date.as_event()
    return Degree(pointer, _text(entry), level, field, awarded, entry.expected is not None, bodies, claim, questions)


def _degree_id(reading: Reading) -> str | None:
    if reading.level is None:
        return None
    return f"{reading.level}/{reading.field}" if reading.field else reading.level


def _field(entry: Education, pointer: str, reader: Reader, words: DegreeWords) -> str | None:
    if entry.field is None:
        return None
    found = words.fields.get(plain(entry.field))
    reader.note(entry.field, f"{pointer}.field", "field", found, "alias" if found else "unresolved")
    return found


def _which_level(entry: Education, pointer: str, reading: Reading, words: DegreeWords) -> Question:
    given = entry.degree or entry.level or ""
    if reading.name is not None:
        text = f"{given!r} is not a degree ({reading.name.expands_to}). Which degree or diploma stands behind it?"
        return Question(f"{pointer}.degree", text, reading.name.note or "")
    near = words.near(given)
    hint = f" Near: {', '.join(near)}." if near else ""
    return Question(f"{pointer}.degree", f"We do not know {given!r}. Which level is it, and in which field?{hint}")


def _foreign(entry: Education, pointer: str, reading: Reading) -> Claim:
    """A degree from outside the United States counts once evaluated."""
    abroad = entry.country is not None and plain(entry.country) not in _HOME
    if not abroad and not (reading.name is not None and reading.name.foreign and entry.country is None):
        return YES
    if entry.evaluated is None:
        text = f"Has a US evaluation service found this equivalent to a US degree: {_text(entry)}?"
        return Claim.possible(Question(f"{pointer}.evaluated", text))
    return YES if entry.evaluated else Claim(Strength.NONE)


def _text(entry: Education) -> str:
    name = entry.degree or ", ".join(part for part in (entry.level, entry.field) if part)
    parts = [name, entry.school or ""]
    parts += [str(entry.awarded)] if entry.awarded else []
    parts += [f"expected {entry.expected}"] if entry.expected else []
    return ", ".join(part for part in parts if part)
