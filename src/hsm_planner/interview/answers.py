"""An answer put into a profile: where it goes is the id of the question."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from hsm_planner.interview.saying import (
    NO,
    NONE,
    YES,
    Said,
    Unclear,
    date_of,
    items,
    one_of,
    said,
    whole,
    yes_or_no,
)
from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.profile.model import Profile
from hsm_planner.resolve.credentials import CredentialWords
from hsm_planner.resolve.lookup import Section, index
from hsm_planner.resolve.person import resolve
from hsm_planner.values.dates import Date, PartialDate
from hsm_planner.values.timeline import Target

_PLACE = re.compile(r"(?P<section>[a-z]+)(?:\[(?P<number>\d+)\])?(?:\.(?P<key>[a-z_-]+))?")
_LASTED = re.compile(r"(?:for )?((?:about |some )?(?:\d+|[a-z]+) (?:year|yr|month|mo)s?)", re.IGNORECASE)
_NOT_FOR_PEOPLE = re.compile(r"\b(?:animal|pet|vet|veterinary)\b", re.IGNORECASE)
_DEGREE = re.compile(r"(?:bachelor|master|associate|doctor)(?:'?s)?(?: degree)? (?:of|in)\b", re.IGNORECASE)
_NUMBERS = ("supervises", "beds")
_YES_NO = ("manages_budget", "administrator_of_record", "evaluated", "multistate", "registered", "within_degree")
_DATES = ("awarded", "issued", "passed", "start", "end", "since", "until", "date")
_LISTS = (
    "courses", "credentials", "exams", "learning", "memberships", "training", "volunteering", "experience", "education",
)  # fmt: skip
_LEARNING: tuple[tuple[str, Section], ...] = (
    ("topic", "topics"),
    ("kind", "learning_kinds"),
    ("provider", "organizations"),
)


class Answers:
    """Reads answers with the words of the data."""

    def __init__(self, knowledge: Knowledge, as_of: Date) -> None:
        self.knowledge = knowledge
        self.as_of = as_of

    def askable(self, where: str, answers: tuple[str, ...]) -> bool:
        """Whether an answer to a question can be put into a profile here."""
        return self._reader(where, answers) is not None

    def put(self, data: Mapping[str, Any], where: str, answers: tuple[str, ...], text: str) -> dict[str, Any]:
        """The profile with an answer in its place.

        Raises:
            Unclear: when the answer cannot be read.
        """
        reader = self._reader(where, answers)
        assert reader is not None, where
        changed = copy.deepcopy(dict(data))
        place = _PLACE.fullmatch(where)
        assert place is not None
        section, number, key = place["section"], place["number"], place["key"]
        value = reader(text)
        if section == "education" and key == "level":
            if value:
                changed[section][int(number)] |= self._read_as(changed, int(number))
        elif number is not None:
            changed[section][int(number)][key] = value
        elif key is not None:
            changed.setdefault(section, {})[key] = value
        elif section in _LISTS and isinstance(value, list):
            changed[section] = value
        else:
            changed[section] = value
        return changed

    # -- what is read how --------------------------------------------------------------------------------------------

    def _reader(self, where: str, answers: tuple[str, ...]) -> Callable[[str], Any] | None:
        place = _PLACE.fullmatch(where)
        if place is None:
            return None
        section, number, key = place["section"], place["number"], place["key"]
        if section == "statements":
            return yes_or_no
        if number is None and key is None:
            return {"born": lambda text: date_of(text, self.as_of), "references": self._references}.get(
                section, (lambda text: self._list(section, text)) if section in _LISTS else None
            )
        if key in _NUMBERS:
            return whole
        if key in _YES_NO:
            return yes_or_no
        if key in _DATES and number is not None:
            return lambda text: date_of(text, self.as_of)
        own: dict[str | None, Callable[[str], Any]] = {
            "setting": self.setting,
            "state": self.state,
            "role": lambda text: self._role(text, answers),
            "area": lambda text: text.strip(),
            "supervised_by": lambda text: [] if text.strip().lower() in NONE else items(text),
        }
        if section == "education":
            own = {
                "level": lambda text: self._reading(text, answers),
                "field": lambda text: one_of(text, sorted(set(self._fields.values())), self._fields),
                "degree": lambda text: text.strip(),
            }
        if key == "accredited_by" and answers:
            return lambda text: self._accreditors(text, answers)
        return own.get(key) if section in ("experience", "education", "target", "credentials") else None

    def setting(self, text: str) -> str:
        """The id of a kind of place; "other" for one that is none of ours."""
        names = self._names("settings")
        return one_of(text, sorted(set(names.values())), names)

    def state(self, text: str) -> str:
        """The code of a state by its code or name."""
        states = self.knowledge.words.states
        names = {plain(name): code for code, name in states.items()} | {plain(code): code for code in states}
        return one_of(text, list(states.values()), names)

    def _names(self, section: Section) -> dict[str, str]:
        return index(getattr(self.knowledge.words, section))

    def _role(self, text: str, answers: tuple[str, ...]) -> str:
        names = self.role_names
        if text.strip().lower() in NO:
            msg = "Then what was it? Write its title as most people call it, or skip."
            raise Unclear(msg)
        if len(answers) == 1 and text.strip().lower() in YES:
            return answers[0]
        known = list(answers) or list(self.knowledge.ids("roles", "roles"))
        return one_of(text, known, names)

    @cached_property
    def role_names(self) -> dict[str, str]:
        """Plain forms of titles and aliases to roles."""
        found: dict[str, str] = {}
        for kind, raw in self.knowledge.raw_targets():
            if kind == "role":
                for name in (raw["id"], raw["title"], *raw.get("aliases", ())):
                    found.setdefault(plain(name), raw["id"])
        return found

    @staticmethod
    def _reading(text: str, answers: tuple[str, ...]) -> bool:
        """Whether a degree was read aright; who says no writes it anew at ``degree``."""
        del answers
        return yes_or_no(text)

    @cached_property
    def _fields(self) -> dict[str, str]:
        return self.knowledge.field_words

    @staticmethod
    def _accreditors(text: str, answers: tuple[str, ...]) -> list[str]:
        named = [one for one in answers if one != "none"]
        if text.strip().lower() in NONE:
            return []
        if len(named) == 1 and text.strip().lower() in ("yes", "y"):
            return named
        return [one_of(text, answers, {plain(one): one for one in named})]

    @staticmethod
    def _references(text: str) -> dict[str, int]:
        return {"count": whole(text)}

    def _read_as(self, data: Mapping[str, Any], number: int) -> dict[str, Any]:
        """The level and field that the reader takes a degree for: once confirmed they are written down."""
        profile = Profile.model_validate({**data, "schema_version": 1})
        timeline = resolve(profile, self.knowledge, Target("", profile.state))
        pointer = f"education[{number}]"
        found = next((one for one in timeline.degrees or () if one.pointer == pointer), None)
        return {"level": found.level, "field": found.field} if found is not None and found.level else {}

    # -- lists -------------------------------------------------------------------------------------------------------

    def _list(self, section: str, text: str) -> list[dict[str, Any]]:
        if text.strip().lower() in NONE:
            return []
        return [self.entry(section, said(line)) for line in items(text)]

    def entry(self, section: str, told: Said) -> dict[str, Any]:
        """An entry of a section.

        Raises:
            Unclear: when something that it needs is not said.
        """
        if (not told.name or told.name.lower() in YES) and section != "learning":
            msg = "Write a name, then the date: like `NAB Core, May 2025`; `none` if there is none."
            raise Unclear(msg)
        if told.dates > 1:
            msg = f"That names several dates. Write one thing at a time, with a semicolon between: {told.name!r}."
            raise Unclear(msg)
        found = {
            "courses": self._course,
            "credentials": self._credential,
            "exams": lambda one: {"id": one.name, "passed": one.end},
            "learning": self._learning,
            "memberships": self._membership,
            "training": self._training,
            "volunteering": lambda one: {"kind": one.name, "date": one.end},
            "experience": self.post,
            "education": self._education,
        }[section](told)
        return {key: value for key, value in found.items() if value is not None}

    @staticmethod
    def _course(one: Said) -> dict[str, Any]:
        return {"name": one.name, ("semester_hours" if one.unit == "credits" else "hours"): one.amount, "date": one.end}

    @staticmethod
    def _membership(one: Said) -> dict[str, Any]:
        """``2015 to 2018`` has ended; one year alone is when it began."""
        ended = one.until or (one.end if one.start else None)
        return {"organization": one.name, "since": one.start or one.end, "until": ended}

    def _credential(self, one: Said) -> dict[str, Any]:
        """A certification or licence that we have an entry of, with the state behind its name."""
        places = {name.lower(): code for code, name in self.knowledge.words.states.items()}
        places |= {code.lower(): code for code in self.knowledge.words.states}
        words = one.name.replace(",", " ").split()
        name, state = " ".join(words), None
        for many in (3, 2, 1):
            tail = " ".join(words[-many:]).lower()
            if many < len(words) and tail in places:
                name, state = " ".join(words[:-many]), places[tail]
                break
        known = CredentialWords.of(self.knowledge)
        if known.read(name, state) is None:
            msg = f"We have no entry of {name!r}: leave it out, or write it as `hsm-plan certifications` does."
            raise Unclear(msg)
        ends = one.until or (one.end if one.start else None)
        return {"id": name, "state": state, "issued": one.start or one.end, "expires": ends}

    def _learning(self, one: Said) -> dict[str, Any]:
        if one.amount is None:
            msg = "Write the hours first: like `12 hours healthcare-management, ACHE, March 2025`."
            raise Unclear(msg)
        found: dict[str, Any] = {"hours": one.amount, "date": one.end}
        for part in filter(None, (part.strip() for part in one.name.split(","))):
            known = ((key, self._names(section).get(plain(part))) for key, section in _LEARNING)
            key, id_ = next(((key, id_) for key, id_ in known if id_ is not None), ("", ""))
            if not key:
                msg = f"{part!r} is no topic, kind or provider that we know."
                raise Unclear(msg)
            found[key] = id_
        return found

    def _training(self, one: Said) -> dict[str, Any]:
        told = re.search(r",?\s*\b(not |never |un)?registered\b.*", one.name, re.IGNORECASE)
        registered = told[1] is None if told else None
        name = one.name[: told.start()].strip(" ,") if told else one.name
        end = one.end or one.until
        return {"kind": name, "hours": one.amount, "start": one.start, "end": end, "registered": registered}

    def post(self, one: Said) -> dict[str, Any]:
        """A post: its title, and after a comma the kind of place."""
        title, *rest = (part.strip() for part in re.split(r",| at (?:an? |the )?(?=\w)", one.name))
        self._is_title(title)
        start, setting, others = one.start, None, list[str]()
        for part in filter(None, rest):
            lasted = _LASTED.fullmatch(part)
            found = self._place(part) if setting is None else None
            if lasted and one.going_on and start is None:
                start = date_of(f"{lasted[1]} ago", self.as_of)
                continue
            setting = setting or found
            if found is None or plain(part) not in self._names("settings"):
                others.append(part)
        if start is None and not one.going_on:
            msg = f"Say from when to when: like `{title}, 2015 to 2019`, or `since 2019`."
            raise Unclear(msg)
        end = None if one.going_on else one.end
        return {"title": title, "setting": setting, "employer": ", ".join(others) or None, "start": start, "end": end}

    def _place(self, text: str) -> str | None:
        """The setting that a place is, or that its last words name: ``Tampa General hospital``."""
        names, words = self._names("settings"), text.split()
        if _NOT_FOR_PEOPLE.search(text):
            return None
        tails = (" ".join(words[index:]) for index in range(len(words)))
        return next((names[plain(tail)] for tail in tails if plain(tail) in names), None)

    def _is_title(self, title: str) -> None:
        """Raise when what stands in the place of a job is a state or a degree."""
        states = {plain(name) for name in self.knowledge.words.states.values()}
        degrees = {plain(name) for one in self.knowledge.degree_names if one.level for name in one.aliases}
        if plain(title) in states:
            msg = f"{title!r} is a state. Write your job, or none; `back` goes to the question before."
            raise Unclear(msg)
        if plain(title) in degrees or _DEGREE.match(title):
            msg = f"{title!r} reads like a degree, which is asked for by its own question. Write a job, or none."
            raise Unclear(msg)

    def _education(self, one: Said) -> dict[str, Any]:
        if one.unit == "credits" and one.amount:
            return {"credits": one.amount, "field": one.name or None}
        if one.going_on or one.start:
            msg = f"When did or will you finish {one.name}? Write that alone, like `{one.name} 2028`."
            raise Unclear(msg)
        if one.end is None:
            return {"degree": one.name}
        day = PartialDate.parse(one.end).as_event()
        if day.earliest <= self.as_of < day.latest:
            msg = f"Is {one.name} finished already? Write the month, like `{one.name} May {day.latest.year}`."
            raise Unclear(msg)
        return {"degree": one.name, ("expected" if day.earliest > self.as_of else "awarded"): one.end}
