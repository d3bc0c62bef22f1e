"""An answer put into a profile: where it goes is the id of the question."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from hsm_planner.interview.saying import (
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
from hsm_planner.resolve.lookup import Section, index
from hsm_planner.resolve.person import resolve
from hsm_planner.values.dates import Date
from hsm_planner.values.timeline import Target

_PLACE = re.compile(r"(?P<section>[a-z]+)(?:\[(?P<number>\d+)\])?(?:\.(?P<key>[a-z_-]+))?")
_LASTED = re.compile(r"(?:for )?((?:about |some )?(?:\d+|[a-z]+) (?:year|yr|month|mo)s?)", re.IGNORECASE)
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
        found = {
            "courses": self._course,
            "credentials": self._credential,
            "exams": lambda one: {"id": one.name, "passed": one.end},
            "learning": self._learning,
            "memberships": lambda one: {"organization": one.name, "since": one.start or one.end},
            "training": self._training,
            "volunteering": lambda one: {"kind": one.name, "date": one.end},
            "experience": self.post,
            "education": self._education,
        }[section](told)
        return {key: value for key, value in found.items() if value is not None}

    @staticmethod
    def _course(one: Said) -> dict[str, Any]:
        return {"name": one.name, ("semester_hours" if one.unit == "credits" else "hours"): one.amount, "date": one.end}

    def _credential(self, one: Said) -> dict[str, Any]:
        name, state = one.name, None
        words = name.split()
        if len(words) > 1 and words[-1].upper() in self.knowledge.words.states:
            name, state = " ".join(words[:-1]).rstrip(","), words[-1].upper()
        ends = one.end if one.start else None
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
        registered = True if re.search(r"\bregistered\b", one.name, re.IGNORECASE) else None
        name = re.sub(r",?\s*\b(not )?registered\b", "", one.name, flags=re.IGNORECASE).strip(" ,")
        return {"kind": name, "hours": one.amount, "start": one.start, "end": one.end, "registered": registered}

    def post(self, one: Said) -> dict[str, Any]:
        """A post: its title, and after a comma the kind of place."""
        title, *rest = (part.strip() for part in re.split(r",| at (?:an? |the )?(?=\w)", one.name))
        names = self._names("settings")
        start, setting, others = one.start, None, list[str]()
        for part in filter(None, rest):
            lasted = _LASTED.fullmatch(part)
            if lasted and one.going_on and start is None:
                start = date_of(f"{lasted[1]} ago", self.as_of)
            elif plain(part) in names and setting is None:
                setting = names[plain(part)]
            else:
                others.append(part)
        if start is None and not one.going_on:
            msg = f"Say from when to when: like `{title}, 2015 to 2019`, or `since 2019`."
            raise Unclear(msg)
        end = None if one.going_on else one.end
        return {"title": title, "setting": setting, "employer": ", ".join(others) or None, "start": start, "end": end}

    def _education(self, one: Said) -> dict[str, Any]:
        if one.unit == "credits" and one.amount:
            return {"credits": one.amount, "field": one.name or None}
        ahead = one.end is not None and date_of(one.end, self.as_of) > self.as_of.isoformat()
        return {"degree": one.name, ("expected" if ahead else "awarded"): one.end}
