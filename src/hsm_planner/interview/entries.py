"""Entries of a profile as people type them: posts, degrees, credentials, exams, memberships, training."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from hsm_planner.interview.dates import Unclear, date_of, in_full
from hsm_planner.interview.saying import YES, Said, cut, said, weekly
from hsm_planner.interview.whereabouts import whereabouts
from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.profile.unfinished import GIVEN_UP
from hsm_planner.resolve.credentials import CredentialWords
from hsm_planner.resolve.degrees import DegreeWords
from hsm_planner.resolve.lookup import Section, index
from hsm_planner.values.dates import Date, PartialDate
from hsm_planner.values.problems import nearest
from hsm_planner.values.record import replace

_LASTED = re.compile(r"(?:for )?((?:about |some )?(?:\d+|[a-z]+) (?:year|yr|month|mo)s?)", re.IGNORECASE)
_NOT_FOR_PEOPLE = re.compile(r"\b(?:animal|pet|vet|veterinary)\b", re.IGNORECASE)
_DEGREE = re.compile(r"(?:bachelor|master|associate|doctor)(?:'?s)?(?: degree)? (?:of|in)\b", re.IGNORECASE)
_NOT_IN_FORCE = re.compile(r"\b(?:suspended|inactive|lapsed|expired|revoked|surrendered|retired)\b", re.IGNORECASE)
_BEGUN = re.compile(
    r"(?:i(?: have|'ve| am|'m)? )?(?:just )?(?:started|begun|began|beginning|starting|enrolled in|enrolling in|"
    r"studying|working (?:on|towards?)|pursuing|doing|taking)\s+(?:an? |my |the )?",
    re.IGNORECASE,
)
_EVALUATED = re.compile(
    r"[\s,(]*\b(?P<how>(?:(?:it |has|have|had|was|is|are|been|being|be|to|will|not|never|yet|getting|needs?|must|"
    r"should|(?:is|was|has|are)n['\u2019]?t|already|still|but|un)\s*)*)"
    r"evaluated\b(?: by [A-Za-z]+)?(?P<yet> yet)?[\s)]*",
    re.IGNORECASE,
)
_NOT_EVALUATED = re.compile(
    r"not|never|yet|n['\u2019]?t\b|un|\b(?:being|be|to|will|getting|needs?|must|should|still)\b", re.IGNORECASE
)
_RETIRED = re.compile(r"(?<=\d)[,;]?\s*(?:and )?(?:am )?now retired$", re.IGNORECASE)  # behind the dates of a post
_NO_LONGER = re.compile(r"retired\b", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"\d{4}|\b(?:since|until)\b|^(?:retired|unemployed|not|none|laid|looking|stay)\b",
    re.IGNORECASE,
)
_NOT_HELD = re.compile(  # words before a title by which it is none that is worked in now
    r"(?:am |currently |now )*(?:on (?:\w+ )?leave (?:from|as)|former(?:ly)?|ex|previous(?:ly)?|past|used to be|was"
    r"|(?:fired|laid off) (?:from|as)|quit(?:ting)?|(?:applying|applied) (?:for|to)|want(?:ing)? to (?:be|become)"
    r"|volunteer(?:ing|ed)?(?: (?:as|at|in|for))?)\b"
    r"(?! (?:services?|coordinator|manager|director|program))[\s-]*(?P<rest>.*)",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"\d{4}|\bon (?:\w+ )?leave\b|^and\b"
    r"|\b(?:leading|managing|supervis\w+|led|oversaw|overseeing|budget|since|until|week|people)\b",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"\s*\b(?:licen[sc]ed?|licensure|certification|certified|certificate|cert|lic)\b\.?", re.IGNORECASE
)
_BESIDE = re.compile(  # what follows a comma and belongs to the credential before it
    r"(?:\d|'|issued|since|from|until|till|thru|through|expires?|expired|exp\b|valid|renew|good|active|licen[sc]e)",
    re.IGNORECASE,
)
_WORDS_TOO = ("in", "or", "me", "hi")  # codes of states that are words: only in capitals
_AT = re.compile(
    r",| (?:at|@) (?:an? |the )?(?=\w)| in (?:an? |the )(?=\w)"
)  # what stands between a post and its place
_WORK_AT = re.compile(r"^(?:i(?: am|'m|'ve)? )?work(?:ed|ing)? (?:at|for) (.+?) as (?:an? )?(.+)$", re.IGNORECASE)
_I_AM = re.compile(
    r"^i(?:'m| am|'ve been| have been| was)?(?: (?:work|worked|working|employed))?(?: as)? (?:an? |the )?(?=\w)",
    re.IGNORECASE,
)
_LED = re.compile(  # a plain number of people; "about 12" or "up to 12" is asked for
    r"(?:led|leading|supervised|supervising|managed|managing|oversaw|overseeing) (?:a team of )?(\d+)(?: [a-z]+){0,2}",
    re.IGNORECASE,
)
_LEARNING: tuple[tuple[str, Section], ...] = (
    ("topic", "topics"),
    ("kind", "learning_kinds"),
    ("provider", "organizations"),
)


class Entries:
    """Reads entries with the words of the data; what is not understood is asked again, never kept as something else."""

    def __init__(self, knowledge: Knowledge, as_of: Date) -> None:
        self.knowledge = knowledge
        self.as_of = as_of

    def _names(self, section: Section) -> dict[str, str]:
        return index(getattr(self.knowledge.words, section))

    @cached_property
    def role_names(self) -> dict[str, str]:
        """Plain forms of titles and aliases to roles."""
        found: dict[str, str] = {}
        for kind, raw in self.knowledge.raw_targets():
            if kind == "role":
                for name in (raw["id"], raw["title"], *raw.get("aliases", ())):
                    found.setdefault(plain(name), raw["id"])
        return found

    @cached_property
    def _role_titles(self) -> list[str]:
        return [plain(raw["title"]) for kind, raw in self.knowledge.raw_targets() if kind == "role"]

    def line(self, text: str) -> tuple[Said, int | float | None]:
        """A post as it is told, and its hours a week."""
        rest, hours = weekly(_RETIRED.sub("", in_full(text, self.as_of)))
        told = said(rest)
        if told.unit == "hours":
            msg = "Are those hours a week? Write it so, like `nurse since 2019, 20 hours a week`."
            raise Unclear(msg)
        return told, int(hours) if hours is not None and hours == int(hours) else hours

    def held(self, text: str) -> dict[str, Any]:
        """A post with its hours a week."""
        told, hours = self.line(text)
        post = self.entry("experience", told)
        return post if hours is None else post | {"hours_per_week": hours}

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
            "exams": self._exam,
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

    def _exam(self, one: Said) -> dict[str, Any]:
        """An exam by its own name, or that of its credential."""
        labels = self.knowledge.vocabulary.labels["exam"]
        known = {plain(name) for id_, label in labels.items() for name in (id_, label)}
        if plain(one.name) not in known and CredentialWords.of(self.knowledge).read(one.name, None) is None:
            near = nearest(one.name, [*labels, *labels.values()])
            hint = f" Did you mean {' or '.join(near)}?" if near else " One at a time, with a semicolon between."
            msg = f"We know no exam {one.name!r}.{hint} Leave out what was not passed yet."
            raise Unclear(msg)
        return {"id": one.name, "passed": one.end}

    def _membership(self, one: Said) -> dict[str, Any]:
        """``2015 to 2018`` has ended; one year alone is when it began."""
        if plain(one.name) not in self._names("organizations"):
            near = nearest(one.name, [word.label for word in self.knowledge.words.organizations])
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            msg = f"We know no organization {one.name!r}.{hint} Write one at a time: `ACHE since 2023; MGMA 2015`."
            raise Unclear(msg)
        ended = one.until or (one.end if one.start else None)
        return {"organization": one.name, "since": one.start or one.end, "until": ended}

    def _credential(self, one: Said) -> dict[str, Any]:
        """A certification or licence that we have an entry of, with the state beside its name."""
        if _NOT_IN_FORCE.search(one.name):
            msg = "What is not in force does not count: write when it ended, like `RN OH 2014 to 2020`, or leave it."
            raise Unclear(msg)
        found = self._with_state(one.name)
        if found is None:
            readings = DegreeWords.of(self.knowledge).read(one.name)
            degree = all(reading.level is not None for reading in readings)
            what = "It reads like a degree, which is asked for apart. " if degree else ""
            how = "Leave it out, or write it as `hsm-plan certifications` does."
            msg = f"We have no entry of {one.name!r}. {what}{how}"
            raise Unclear(msg)
        name, state = found
        ends = one.until or (one.end if one.start else None)
        return {"id": name, "state": state, "issued": one.start or one.end, "expires": ends}

    def _with_state(self, text: str) -> tuple[str, str | None] | None:
        """The name of a credential that we know, and its state: ``RN OH``, ``Ohio RN``, ``RN license in Ohio``."""
        known = CredentialWords.of(self.knowledge)
        told = " ".join(text.replace(",", " ").replace("(", " ").replace(")", " ").split())
        for name, state in ((told, None), *self._states_in(told)):
            for bare in (name, _LICENCE.sub("", name).strip()):
                if bare and known.read(bare, state) is not None:
                    return bare, state
        return None

    def _states_in(self, told: str) -> list[tuple[str, str]]:
        """A text without the state at its end or its beginning, for each that there can be."""
        states = self.knowledge.words.states
        found: list[tuple[str, str]] = []
        for code, name in states.items():
            for place in (re.escape(name), code if code.lower() in _WORDS_TOO else f"(?i:{code})"):
                whole = f"(?i:{place})" if place == re.escape(name) else place
                if match := re.fullmatch(rf"(.+?)(?i:\s+(?:in|of|from|for))?(?i:\s+the state of)?\s+{whole}", told):
                    found.append((match[1], code))
            if match := re.fullmatch(rf"(?:(?i:{re.escape(name)})|{code})\s+(?i:state\s+)?(.+)", told):
                found.append((match[1], code))
        return sorted(found, key=lambda one: len(one[0]))

    def apart(self, line: str) -> list[str]:
        """A line of credentials at its commas, where it is no single one: ``BLS, ACLS, RN Ohio``."""
        try:
            if self._with_state(said(line).name) is not None:
                return [line]
        except Unclear:  # a date in it is in doubt: which one is told of its own part
            pass
        states = {plain(word) for pair in self.knowledge.words.states.items() for word in pair}
        return cut(line, lambda part: plain(part) in states or _BESIDE.match(part) is not None)

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
        told = _I_AM.sub("", _WORK_AT.sub(r"\2, \1", one.name))
        title, *rest = (part.strip() for part in _AT.split(told))
        self._is_title(title)
        start, setting, others = one.start, None, list[str]()
        supervises: int | None = None
        for part in filter(None, rest):
            lasted = _LASTED.fullmatch(part)
            if supervises is None and (led := _LED.fullmatch(part)):
                supervises = int(led[1])
                continue
            found = self._place(part) if setting is None else None
            if lasted and one.going_on and start is None:
                start = date_of(f"{lasted[1]} ago", self.as_of)
                continue
            if found is None and _NO_PLACE.search(part):
                msg = (
                    f"We do not understand {part!r}. One post at a time: its title, the kind of place, the employer, "
                    f"the dates, like `{title}, hospital, 2015 to 2019, 24 hours a week`; the rest is asked later."
                )
                raise Unclear(msg)
            setting = setting or found
            if found is None or plain(part) not in self._names("settings"):
                others.append(part)
        if start is None and not one.going_on:
            msg = f"Say from when to when: like `{title}, 2015 to 2019`, or `since 2019`."
            raise Unclear(msg)
        end = None if one.going_on else one.end
        found_at = whereabouts(others, self.knowledge.words.states, self._names("settings"))
        return {"title": title, "setting": setting, **found_at, "start": start, "end": end, "supervises": supervises}

    def _place(self, text: str) -> str | None:
        """The setting that a place is, or that its last words name: ``Tampa General hospital``.

        In a name only the setting's own word is sure: Cleveland Clinic is a hospital.
        """
        names, words = self._names("settings"), text.split()
        if _NOT_FOR_PEOPLE.search(text):
            return None
        tails = (" ".join(words[index:]) for index in range(len(words)))
        own = {plain(id_) for id_ in names.values()}
        return names.get(plain(text)) or next((names[plain(tail)] for tail in tails if plain(tail) in own), None)

    def _is_title(self, title: str) -> None:
        """Raise when what stands in the place of a job is a state or a degree."""
        both = re.split(r"\s+and\s+|\s*[;&+]\s*", title)
        if len(both) > 1 and plain(title) not in self.role_names and all(plain(one) in self.role_names for one in both):
            msg = f"Those are {len(both)} posts. Write one now; the others are asked next."
            raise Unclear(msg)
        states = {plain(name) for name in self.knowledge.words.states.values()}
        degrees = {plain(name) for one in self.knowledge.degree_names if one.level for name in one.aliases}
        if plain(title) in states:
            msg = f"{title!r} is a state. Write your job, or none; `back` goes to the question before."
            raise Unclear(msg)
        if plain(title) in self.role_names:
            return
        if not_held := _NOT_HELD.fullmatch(title):
            like = not_held["rest"].strip() or "charge nurse"
            msg = (
                f"{title!r} is no title of one post. A post on leave is written like any other: `{like}`; one that has "
                f"ended with its years, where earlier posts are asked: `{like}, 2010 to 2019`; work without pay is "
                "asked for apart. Without a job now: none."
            )
            raise Unclear(msg)
        if _NO_TITLE.search(title):
            before = "What you did before you retired" if _NO_LONGER.match(title) else "One that has ended"
            msg = (
                f"{title!r} is no title of one post. Write one, like `charge nurse, hospital, since 2019`, or none. "
                f"{before} is written with its years, like `nurse, hospital, 1998 to 2019`."
            )
            raise Unclear(msg)
        studied = any(one.under_way and one.level for one in DegreeWords.of(self.knowledge).read(title))
        if plain(title) in degrees or _DEGREE.match(title) or studied:
            known = [name for name in self._role_titles if "".join(word[0] for word in name.split()) == plain(title)]
            like = f", like `{known[0]}`" if known else ""
            msg = f"{title!r} reads like a degree, which is asked for later. If it is a job, write it in full{like}."
            raise Unclear(msg)

    def _education(self, one: Said) -> dict[str, Any]:
        if one.unit == "credits" and one.amount:
            return {"credits": one.amount, "field": one.name or None}
        if one.going_on or one.start or _BEGUN.match(one.name):
            name = _BEGUN.sub("", one.name)
            msg = f"When did or will you finish {name}? Write that alone, like `{name} 2028`."
            raise Unclear(msg)
        if (evaluated := _EVALUATED.search(one.name)) is not None:
            told = replace(one, name=one.name.replace(evaluated[0], " ").strip(" ,"))
            return self._education(told) | {
                "evaluated": not (evaluated["yet"] or _NOT_EVALUATED.search(evaluated["how"]))
            }
        under_way = any(reading.under_way for reading in DegreeWords.of(self.knowledge).read(one.name))
        left = re.search(GIVEN_UP, one.name)  # whose day is no day of an award
        day = PartialDate.parse(one.end).as_event() if one.end and not left else None
        if under_way and (day is None or day.latest <= self.as_of):
            msg = (
                f"When do you expect to finish {one.name!r}? Write one degree at a time with that date, like `MHA "
                "2028`; one that you have given up by its credits, like `60 credits nursing`."
            )
            raise Unclear(msg)
        if day is None:
            return {"degree": one.name}
        if day.earliest <= self.as_of < day.latest:
            msg = f"Is {one.name} finished already? Write the month, like `{one.name} May {day.latest.year}`."
            raise Unclear(msg)
        return {"degree": one.name, ("expected" if day.earliest > self.as_of else "awarded"): one.end}
