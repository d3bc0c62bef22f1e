"""The education of a profile: each entry to one degree or several, or to credits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.profile.model import Education
from hsm_planner.profile.unfinished import Unfinished, unfinished, without
from hsm_planner.requirements.numeric import exact
from hsm_planner.resolve.degrees import DegreeWords, Reading
from hsm_planner.resolve.lookup import Reader
from hsm_planner.values.dates import DateRange
from hsm_planner.values.evidence import YES, Claim, How, Question
from hsm_planner.values.record import replace
from hsm_planner.values.timeline import Credential, Credits, Degree
from hsm_planner.values.truth import Strength

_HOME = {"us", "usa", "united states", "united states of america"}


def read_education(
    entries: tuple[Education, ...] | None, reader: Reader, accreditors: Mapping[str, str]
) -> tuple[tuple[Degree, ...] | None, tuple[Credits, ...] | None]:
    """The education of a profile; both None when it has none written."""
    if entries is None:
        return None, None
    words = DegreeWords.of(reader.knowledge)
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
            degrees += _degrees(entry, pointer, number, reader, words, accreditors)
    return tuple(degrees), tuple(credits)


def with_schooling(
    degrees: tuple[Degree, ...] | None,
    credits: tuple[Credits, ...] | None,
    held: Sequence[Credential],
    knowledge: Knowledge,
) -> tuple[Degree, ...] | None:
    """The degrees, with the schooling that nobody holds a licence without, where none of them is it.

    **Why**: who writes a nurse's licence and no nursing degree has left it out; that is no reason to study again.
    """
    if degrees is None or not (degrees or credits):  # not a word of education; or none, which is an answer
        return degrees
    behind: list[Degree] = []
    for family in dict.fromkeys(one.family for one in held):
        licence = knowledge.license(family)
        if licence is None or licence.schooling is None:
            continue
        vocabulary, asked = knowledge.vocabulary, licence.schooling
        reached = {name for level in asked.levels for name in vocabulary.satisfies.get(level, ())} & set(asked.levels)
        fields = {None, *vocabulary.fields_below((asked.field,))}
        fitting = [
            one
            for one in degrees
            if one.level is None or (one.field in fields and reached & vocabulary.satisfies[one.level])
        ]
        days = [one.awarded.earliest if one.awarded else None for one in fitting if not one.under_way]
        first = min(filter(None, days), default=None)
        since = [one.span.start.latest for one in held if one.family == family and one.span.start is not None]
        if None in days or (first is not None and since and first <= min(since)):
            continue  # it was written
        coming = {one.level for one in fitting if one.under_way and not one.given_up}  # nobody studies for what is had
        levels = tuple(level for level in asked.levels if level not in coming) or asked.levels
        names = " or ".join(vocabulary.label("level", level) for level in levels)
        text = f"Which schooling stands behind your {licence.title} ({names}), and when was it finished?"
        why = "Nobody has that licence without one of these, and none is among what you wrote."
        named = f"what stands behind the {licence.title}"
        question = Question("education", text, why)
        behind.append(
            Degree(
                "education", named, None, asked.field, None, False, None, YES, (question,), levels=levels, before=first
            )
        )
    return (*degrees, *behind)


def _degrees(
    entry: Education, pointer: str, number: int, reader: Reader, words: DegreeWords, accreditors: Mapping[str, str]
) -> list[Degree]:
    """The degrees that an entry names; ``level`` and ``field`` say it exactly, for one degree."""
    readings = words.read(entry.degree) if entry.degree else [Reading(None, None, "stated")]
    stated_level: str | None = None
    if entry.level is not None:
        stated_level = reader.must(words.levels, entry.level, ("education", number, "level"), "level")
        reader.note(entry.level, f"{pointer}.level", "level", stated_level, "stated")
        readings = readings[:1]
    elif entry.degree:
        for reading in readings:
            how: How = "fuzzy" if reading.how == "fuzzy" else "alias" if reading.level else "unresolved"
            reader.note(entry.degree, f"{pointer}.degree", "degree", _degree_id(reading), how, reading.score)
    field = _field(entry, pointer, reader, words)
    bodies = _bodies(entry, number, reader, accreditors)
    alone = len(readings) == 1
    return [_degree(entry, pointer, reading, stated_level, field, bodies, words, alone=alone) for reading in readings]


def _bodies(entry: Education, number: int, reader: Reader, accreditors: Mapping[str, str]) -> frozenset[str] | None:
    if entry.accredited_by is None:
        return None
    found = [
        reader.may(accreditors, body, ("education", number, "accredited_by", index), "accreditor")
        for index, body in enumerate(entry.accredited_by)
    ]
    return frozenset(body for body in found if body)


def _degree(
    entry: Education,
    pointer: str,
    reading: Reading,
    stated_level: str | None,
    stated_field: str | None,
    bodies: frozenset[str] | None,
    words: DegreeWords,
    *,
    alone: bool,
) -> Degree:
    level = stated_level or (None if entry.level is not None else reading.level)
    field = stated_field if entry.field is not None else reading.field
    reading = replace(reading, field=field)
    questions: tuple[Question, ...] = ()
    if level is None:
        questions = (_which_level(entry, pointer, reading, words),)
    elif field is None:
        near = f" Is it {words.label(reading.field_near)}?" if reading.field_near and entry.field is None else ""
        text = f"What was the field of study: {entry.degree or entry.level}?{near}"
        questions = (Question(f"{pointer}.field", text),)
    sure = _sure(entry, pointer, reading)
    awarded: DateRange | None = None
    if (date := entry.awarded or entry.expected) is not None:
        awarded = date.as_event()
    under_way = entry.expected is not None or (reading.under_way and entry.level is None)
    ends = level is not None and level not in words.open_ended  # "some college" was left, and counts
    told = _told(entry, level, words, alone=alone) if ends else None
    given_up = ends and entry.level is None and (reading.given_up or (told is not None and told.given_up and told.sure))
    if given_up:
        awarded, under_way = None, True
    elif told is not None and (told.given_up or not told.sure or entry.level is not None or entry.awarded is not None):
        sure = _asked(entry, pointer, told)
    elif told is not None:
        under_way = True
    claim = _foreign(entry, pointer, reading).also(sure)
    return Degree(pointer, _text(entry), level, field, awarded, under_way, bodies, claim, questions, given_up)


def _told(entry: Education, level: str | None, words: DegreeWords, *, alone: bool) -> Unfinished | None:
    """What the entry says beside the degree of its not being finished; beside a stated level, its name may say so too.

    Which of several degrees is meant is never sure.
    """
    named = entry.degree or ""
    if entry.level is None or (level is not None and words.means(named, level)):
        named = ""
    texts = filter(None, (named, entry.field, entry.school))
    found = next(filter(None, map(unfinished, texts)), None)
    if found is None and (going_on := words.going_on(named)) is not None:
        found = Unfinished(going_on, given_up=False, sure=True)
    if found is None or (entry.expected is not None and not found.given_up):
        return None
    return found if alone else replace(found, sure=False)


def _asked(entry: Education, pointer: str, told: Unfinished) -> Claim:
    """Words that say "not finished" beside what else says that it is held: a guess until somebody says which."""
    text = (
        f"Was this degree awarded: {_text(entry)}? Beside it stands {told.words!r}. "
        "If it was, take these words out of your profile."
    )
    return Claim(Strength.GUESSED, (Question(f"{pointer}.level", text, answers=("yes", "no")),))


def _sure(entry: Education, pointer: str, reading: Reading) -> Claim:
    """A near spelling, or a string that is another degree's too, is a guess until confirmed."""
    if entry.level is not None or reading.level is None:
        return YES
    if reading.how == "fuzzy":
        text = f"We read {entry.degree!r} as {reading.read_as}. Right?"
    elif reading.name is not None and reading.name.guess and not _plainly(entry, reading):
        others = " or ".join(reading.name.ambiguous_with)
        text = f"We read {entry.degree!r} as {reading.name.expands_to}, not {others}. Right?"
    else:
        return YES
    return Claim(Strength.GUESSED, (Question(f"{pointer}.level", text, answers=("yes", "no")),))


def _plainly(entry: Education, reading: Reading) -> bool:
    """Whether a field or a date beside the string leaves no doubt which degree is meant."""
    assert reading.name is not None
    if reading.name.date_settles and entry.awarded is not None:
        return True
    said = entry.field is not None or reading.field_words != ""
    return said and reading.field not in reading.name.doubtful_fields


def _degree_id(reading: Reading) -> str | None:
    if reading.level is None:
        return None
    return f"{reading.level}/{reading.field}" if reading.field else reading.level


def _field(entry: Education, pointer: str, reader: Reader, words: DegreeWords) -> str | None:
    if entry.field is None:
        return None
    found = words.fields.get(plain(without(entry.field)))
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
    abroad = reading.abroad if entry.country is None else plain(entry.country) not in _HOME
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
