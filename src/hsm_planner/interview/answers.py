"""An answer put into a profile: where it goes is the id of the question."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from hsm_planner.interview.dates import Unclear, date_of, in_full
from hsm_planner.interview.entries import Entries
from hsm_planner.interview.lists import joined, read_each
from hsm_planner.interview.saying import (
    NO,
    NONE,
    YES,
    dated_apart,
    items,
    one_of,
    said,
    whole,
    yes_or_no,
)
from hsm_planner.knowledge.store import plain
from hsm_planner.profile.model import Profile
from hsm_planner.profile.unfinished import without
from hsm_planner.resolve.degrees import DegreeWords
from hsm_planner.resolve.person import resolve
from hsm_planner.values.timeline import Target

_PLACE = re.compile(
    r"(?P<section>[a-z]+)(?:\[(?P<number>\d+)\])?(?:\.(?P<key>[a-z0-9_-]+))?(?:\.(?P<under>[a-z0-9-]+))?"
)
_NUMBERS = ("supervises", "beds")
_YES_NO = ("manages_budget", "administrator_of_record", "evaluated", "multistate", "registered", "within_degree")
_DATES = ("awarded", "issued", "passed", "start", "end", "since", "until", "date")
_NO_STUDIES = ("no degree", "no degrees", "no education", "no college", "no studies", "none yet", "nothing yet")
_LISTS = (
    "courses", "credentials", "exams", "learning", "memberships", "training", "volunteering", "experience", "education",
)  # fmt: skip


class Answers(Entries):
    """Reads answers with the words of the data."""

    def askable(self, where: str, answers: tuple[str, ...]) -> bool:
        """Whether an answer to a question can be put into a profile here."""
        return self._reader(where, answers) is not None

    def put(self, data: Mapping[str, Any], where: str, answers: tuple[str, ...], text: str) -> dict[str, Any]:
        """The profile with an answer in its place.

        Raises:
            Unclear: when the answer cannot be read.
        """
        changed = copy.deepcopy(dict(data))
        reader = self._reader(where, answers, more=bool(changed.get("education")))
        assert reader is not None, where
        place = _PLACE.fullmatch(where)
        assert place is not None
        section, number, key = place["section"], place["number"], place["key"]
        value = reader(text)
        if number is not None and isinstance(value, dict):  # what was asked is told by other keys of the entry
            changed[section][int(number)] |= value or self._read_as(changed, int(number))
        elif place["under"] is not None:
            changed[section][int(number)].setdefault(key, {})[place["under"]] = value
        elif number is not None:
            changed[section][int(number)][key] = value
        elif key is not None:
            changed.setdefault(section, {})[key] = value
        elif section in _LISTS:
            changed[section] = joined(section, changed.get(section) or [], value)
        else:
            changed[section] = value
        return changed

    # -- what is read how --------------------------------------------------------------------------------------------

    def _reader(self, where: str, answers: tuple[str, ...], *, more: bool = False) -> Callable[[str], Any] | None:
        place = _PLACE.fullmatch(where)
        if place is None:
            return None
        section, number, key = place["section"], place["number"], place["key"]
        if section == "statements":
            return yes_or_no
        if number is None and key is None:
            return {"born": lambda text: date_of(text, self.as_of), "references": self._references}.get(
                section, (lambda text: self._list(section, text, more=more)) if section in _LISTS else None
            )
        if place["under"] is not None:
            return yes_or_no if key == "counts_as" else None
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
                "level": self._reading,
                "field": lambda text: one_of(text, sorted(set(self._fields.values())), self._fields),
                "degree": self._degree,
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

    def _role(self, text: str, answers: tuple[str, ...]) -> str | dict[str, Any]:
        """A role; or the place, for one that has none because it lay outside health care."""
        told = text.strip().lower()
        outside = {one.id for one in self.knowledge.words.settings if not one.health}
        place = self._names("settings").get(plain(text))
        if place in outside:
            return {"setting": place}
        if told in (*NO, *NONE):
            label = next(one.label for one in self.knowledge.words.settings if one.id in outside)
            msg = f"Then what was it? Write its title as most people call it, or `{label}`, or skip."
            raise Unclear(msg)
        if answers and told in YES:
            return answers[0]  # the one that it was read as
        known = list(answers) or list(self.knowledge.ids("roles", "roles"))
        return one_of(text, known, self.role_names)

    def _reading(self, text: str) -> dict[str, Any]:
        """Whether a degree was read aright (yes: nothing to change), or else which it is."""
        told = text.strip().lower().rstrip(".!")
        if told in YES:
            return {}
        if told in NO or told in NONE:
            msg = "Then what was it? Write the degree in full, like `Associate of Applied Science`, or skip."
            raise Unclear(msg)
        return {"degree": self._degree(text)}

    def _degree(self, text: str) -> str:
        words = DegreeWords.of(self.knowledge)
        if all(reading.level is None for reading in words.read(text)):
            near = words.near(text)
            hint = f" Near: {', '.join(near)}." if near else ""
            msg = f"We know no degree {text.strip()!r}.{hint} Write its level and field, like `bachelor of science`."
            raise Unclear(msg)
        return text.strip()

    @cached_property
    def _fields(self) -> dict[str, str]:
        return self.knowledge.field_words

    def _accreditors(self, text: str, answers: tuple[str, ...]) -> list[str]:
        named = [one for one in answers if one != "none"]
        if text.strip().lower().rstrip(".!") in NONE:
            return []
        if text.strip().lower().rstrip(".!") in YES:
            if len(named) == 1:
                return named
            msg = f"By which of them? {', '.join(named)}; or none."
            raise Unclear(msg)
        labels = self.knowledge.vocabulary.labels["accreditor"]
        names = {plain(name): one for one in labels for name in (one, labels[one])}
        return [one_of(one, answers, names) for one in items(text.replace(",", ";"))]

    @staticmethod
    def _references(text: str) -> dict[str, int]:
        return {"count": whole(text)}

    def _read_as(self, data: Mapping[str, Any], number: int) -> dict[str, Any]:
        """The level and field that the reader takes a degree for: once confirmed they are written down."""
        profile = Profile.model_validate({**data, "schema_version": 1})
        timeline = resolve(profile, self.knowledge, Target("", profile.state))
        pointer = f"education[{number}]"
        found = next((one for one in timeline.degrees or () if one.pointer == pointer), None)
        if found is None or not found.level:
            return {}
        entry = data["education"][number]
        bare = {key: without(entry[key]) or None for key in ("degree", "school") if entry.get(key)}
        if DegreeWords.going_on(bare.get("degree") or ""):
            bare["degree"] = None
        return {"level": found.level, "field": found.field, **bare}  # it was finished, whatever stood beside it

    # -- lists -------------------------------------------------------------------------------------------------------

    def posts(self, text: str) -> list[dict[str, Any]]:
        """Posts of a list."""
        return read_each(items(text), self.held)

    def studies(self, text: str) -> list[dict[str, Any]]:
        """Degrees and credits of a list.

        Raises:
            Unclear: for a bare "none", which some say who have finished high school.
        """
        if text.strip().lower().rstrip(".!") in (*NONE, *_NO_STUDIES):
            msg = (
                "Not high school either? Write `high school diploma 2010` (or GED) if you finished it, "
                "else `did not finish high school`."
            )
            raise Unclear(msg)
        lines = [part for line in items(in_full(text, self.as_of)) for part in dated_apart(line)]
        return read_each(lines, lambda line: self.entry("education", said(line)))

    def _list(self, section: str, text: str, *, more: bool) -> list[dict[str, Any]]:
        if section == "education" and not more:
            return self.studies(text)
        if text.strip().lower() in NONE:
            return []
        if section == "experience":
            return self.posts(text)
        apart = self.apart if section == "credentials" else dated_apart
        lines = [part for line in items(in_full(text, self.as_of)) for part in apart(line)]
        return read_each(lines, lambda line: self.entry(section, said(line)))
