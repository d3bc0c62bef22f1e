"""What an import came to: the profile, what was read, and what was left behind and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hsm_planner.knowledge.store import plain
from hsm_planner.profile.anywhere import is_anywhere
from hsm_planner.profile.imports.issuers import Issuer
from hsm_planner.values.dates import Date, PartialDate
from hsm_planner.values.problems import failure
from hsm_planner.values.record import record

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WORDY = re.compile(r"(?:(?P<month>[A-Za-z]{3,9})\.?,?\s+)?(?P<year>\d{4})")
_ISO = re.compile(r"(\d{4}(?:-\d{2}){0,2})(?:[T ].*)?")
TOLD = "sentences are not read; write what counts beside the posts: `supervises:`, `setting:`, `hours_per_week:`"
COURSES = "a course by itself is seldom asked for; add one that is: profile add course"
_MOST_ENTRIES = 2_000
BACKWARDS = "it ends before it begins"
_GOING_ON = ("present", "current", "ongoing", "today")
_LEAVE = r"(?:parental|maternity|paternity|family|medical|personal|sick) leave"
_BREAK = re.compile(  # a whole title: "leave coordinator" is work
    rf"(?:on )?(?:career (?:break|gap|pause)|sabbatical|{_LEAVE}|unemployed|between jobs|job (?:search|seeking)|"
    r"gap year|stay[- ]at[- ]home(?: (?:parent|mom|mother|dad|father))?|full[- ]time (?:parent|caregiver|mom|dad)|"
    r"homemaker|housewife|househusband|retired|retirement|(?:on |short[- ]term |long[- ]term )?disability(?: leave)?|"
    r"sabbatical leave|(?:full[- ]time )?student|"
    r"(?:caring|caregiver|caretaker) (?:for|of) (?:my |an? |our )?(?:elderly |aging |sick |ill )?"
    r"(?:family(?: members?)?|parents?|mother|father|mom|dad|spouse|husband|wife|child(?:ren)?|kids|relatives?)|"
    r"family caregiver|looking for work|seeking new opportunities|travel(?:l?ing)? the world)(?:\s*[-:(,/].*)?",
    re.IGNORECASE,
)


@record
class Dropped:
    """Something left behind, and why."""

    what: str
    why: str


@record
class Words:
    """What an import needs to know of the data.

    ``credential``: the id of the entry of a name, where we have one; ``near``: that of a name which is spelt nearly so;
    ``issuer``: who gives the credential of an id.
    """

    states: Mapping[str, str]  # code: name
    credential: Callable[[str, str | None], str | None]
    near: Callable[[str, str | None], str | None]
    issuer: Callable[[str], Issuer]
    breaks: frozenset[str]  # titles that are breaks from work
    as_of: Date

    def state(self, text: str | None) -> str | None:
        """The code of a state named alone, or at the end of a place ("Austin, TX", "Austin, Texas, United States")."""
        names = {name.lower(): code for code, name in self.states.items()}
        parts = [part.strip() for part in (text or "").split(",")]
        if len(parts) > 2 and re.fullmatch(r"[A-Z]{2}", parts[-2]) and parts[-2] not in self.states:
            return None  # "Toronto, ON, CA": a province, and a country
        for part in reversed(parts):
            for word in (part, re.sub(r" \d{5}(-\d{4})?$", "", part)):
                if word.upper() in self.states and (len(parts) > 1 or word.isupper()):
                    return word.upper()
                if word.lower() in names:
                    return names[word.lower()]
        return None

    def ahead(self, date: str | None) -> bool:
        """Whether a date surely lies ahead; one of this year or month may have been."""
        return date is not None and PartialDate.parse(date).as_event().earliest > self.as_of

    def named(self, text: str, state: str | None) -> str | None:
        """The name of a credential, where the whole text is one; None where more stands beside it ("exam prep").

        Its abbreviation in brackets, "license" or "certification" behind it, and a state are part of a name.
        """
        if self.credential(text, state) is not None:
            return text
        names = self._names(text)
        found = {self.credential(one, state) for one in names}
        return names[-1] if len(found) == 1 and None not in found else None

    def nearly(self, text: str, state: str | None) -> str | None:
        """The id of the entry that all of a text is a near spelling of."""
        found = {self.credential(one, state) or self.near(one, state) for one in self._names(text)}
        return next(iter(found)) if len(found) == 1 else None

    def _names(self, text: str) -> list[str]:
        """A text without the state, "license" or "certification" beside its name, and what stands in its brackets."""
        places = "|".join(re.escape(place) for place in (*self.states.values(), *self.states))
        told = re.sub(rf"[\s,]*(?:[-\u2013\u2014|]\s*|\bin\s+|\bof\s+)?\(?\b(?:{places})\)?$", "", text.strip())
        inside = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", told)
        bare = re.compile(r"\s+(?:licen[sc]e|licensure|certification|certified)$", re.IGNORECASE)
        return [bare.sub("", one) for one in (inside.groups() if inside else (told,))]


@dataclass
class Import:
    """A profile while it is gathered."""

    format: str
    name: str  # of the file, for complaints
    data: dict[str, Any] = field(default_factory=lambda: {"schema_version": 1})
    read: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, section: str, entry: Mapping[str, Any], words: str) -> None:
        """An entry; the same one twice is one."""
        kept = {key: value for key, value in entry.items() if value not in (None, "")}
        known = self.data.setdefault(section, [])
        if _bare(kept) in map(_bare, known):
            self.drop(words, "the same entry twice")
            return
        known.append(kept)
        self._count()
        self.read.append(words)

    def left(self, kind: str, number: int | None, why: str) -> None:
        """All of one kind, in one line with how many there are; None: of a kind that has no number."""
        if number != 0:
            self.drop(kind if number is None else f"{kind} ({number})", why)

    def drop(self, what: str, why: str) -> None:
        self.dropped.append(Dropped(what, why))
        self._count()

    def _count(self) -> None:
        """Refuse what is no person's life: each entry is looked at closely, and shown."""
        if sum(len(one) for one in self.data.values() if isinstance(one, list)) + len(self.dropped) > _MOST_ENTRIES:
            text = f"holds more than {_MOST_ENTRIES:,} entries, which is no one person's."
            raise failure("too-many", text, file=self.name, hint="Take out what does not belong in it.")


def _bare(entry: Mapping[str, Any]) -> dict[str, str]:
    """An entry without the difference between large and small letters."""
    return {key: str(value).casefold() for key, value in entry.items()}


def place_of(value: object) -> str:
    """A place as text, of the text or the object that formats have for it; "" for one in another country."""
    if not isinstance(value, dict):
        return text_of(value)
    if text_of(value.get("countryCode")).upper() not in ("", "US", "USA"):
        return ""
    return next(filter(None, (text_of(value.get(key)) for key in ("region", "city", "address"))), "")


def day(text: object) -> str | None:
    """A date as people and other formats write it, as a profile does; None where it is none.

    >>> day("Jan 2020"), day("2019"), day("2020-03-01T00:00:00Z"), day("Sept. 2018"), day("soon")
    ('2020-01', '2019', '2020-03-01', '2018-09', None)
    """
    told = str(text).strip() if isinstance(text, str | int) and not isinstance(text, bool) else ""
    iso = _ISO.fullmatch(told)
    if iso:
        found = iso.group(1)
    else:
        wordy = _WORDY.fullmatch(told)
        if wordy is None:
            return None
        month = _MONTHS.get((wordy.group("month") or "").lower())
        if wordy.group("month") and month is None:
            return None
        found = wordy.group("year") + (f"-{month:02}" if month else "")
    try:
        return str(PartialDate.parse(found))
    except ValueError:
        return None


def is_break(*texts: str | None) -> bool:
    """Whether an entry of work is a break from it."""
    return any(_BREAK.fullmatch(text.strip()) for text in texts if text)


def text_of(value: object) -> str:
    """Text without line breaks at its ends; "" for all that is no text."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def work(found: Import, words: Words, title: str, employer: str, start: object, end: object, place: object) -> None:
    """A post, unless it is a break, or has no title."""
    label = f"{title or 'no title'}{f', {employer}' if employer else ''}"
    if is_break(title, employer) or plain(title) in words.breaks:
        found.drop(label, "a break, which counts as no work")
        return
    if not title:
        found.drop(label, "a post needs a title")
        return
    if _is_place(employer, text_of(place), words):
        found.notes.append(f"{label}: {employer!r} is a place, so no employer is set.")
        employer = ""
    first, last = day(start), day(end)
    _letters(found, words, text_of(place))
    if not readable_end(end):
        found.drop(label, f"its end, {end!r}, is no date; without it the post would count as held now")
        return
    if runs_backwards(first, last):
        found.drop(label, BACKWARDS)
        return
    if words.ahead(first):
        found.drop(label, f"it begins on {first}, after today; add it once it has begun")
        return
    if start and first is None and text_of(start):
        found.notes.append(f"{label}: the start {text_of(start)!r} is no date, so none is set.")
    entry = {"title": title, "employer": employer, "state": words.state(text_of(place)), "start": first, "end": last}
    if first is None and last is None:
        found.notes.append(
            f"{label}: it has no dates, so it stands as held now; add `start`, and `end` if it has ended."
        )
        found.add("experience", entry, f"{label}, start not said")
        return
    found.add("experience", entry, label + f", {first or 'start not said'} to {last or 'now'}")


def _is_place(employer: str, place: str, words: Words) -> bool:
    """Whether what stands for an employer says where the work was done."""
    told = employer.lower()
    known = {place.lower(), place.partition(",")[0].strip().lower(), *map(str.lower, words.states.values())}
    return bool(told) and (told in known or is_anywhere(told))


def _letters(found: Import, words: Words, place: str) -> None:
    """Say where a state was read from two letters, for those of a country look the same."""
    if words.state(place) is not None and re.search(r"(?:,\s*[A-Z]{2}|\bGeorgia)$", place):  # a country too
        note = f"{place}: read as a place in {words.states[words.state(place) or '']}; take `state` out if it is none."
        found.notes += [note] if note not in found.notes else []


def runs_backwards(first: str | None, last: str | None) -> bool:
    """Whether an end surely lies before its beginning."""
    return bool(
        first and last and PartialDate.parse(last).as_event().latest < PartialDate.parse(first).as_event().earliest
    )


def readable_end(end: object) -> bool:
    """Whether an end is a date, or none, or says that something goes on."""
    if end is None or end == "":
        return True
    return day(end) is not None or text_of(end).lower() in _GOING_ON
