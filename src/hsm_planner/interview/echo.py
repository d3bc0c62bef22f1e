"""What an answer was understood as, in words: what is new in a profile, dates, places, titles and degrees read out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hsm_planner.interview.dates import in_words
from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.profile.model import Profile
from hsm_planner.resolve.person import resolve
from hsm_planner.values.evidence import Resolved
from hsm_planner.values.timeline import Degree, Target
from hsm_planner.values.truth import Strength

_DATES = ("born", "start", "end", "awarded", "expected", "issued", "expires", "since", "until", "passed", "date")
_NAMES = {"title": "title", "degree": "degree", "id": "name"}  # keys that are read as something of ours
_LABELLED = ("state", "setting", "role", "level", "field")


class Echo:
    """Says answers back. ``profile``: with all answers in it, to tell how its words are read."""

    def __init__(self, knowledge: Knowledge, profile: Profile) -> None:
        self.knowledge = knowledge
        timeline = resolve(profile, knowledge, Target("", profile.state))
        self.read: dict[str, list[Resolved]] = {}
        for one in timeline.resolved:
            self.read.setdefault(one.pointer, []).append(one)
        self.degrees: dict[str, list[Degree]] = {}
        for degree in timeline.degrees or ():
            self.degrees.setdefault(degree.pointer, []).append(degree)

    def said_back(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
        """A line for each section that has changed: only the entries and keys that are new in it."""
        for key, value in after.items():
            old = before.get(key)
            if old == value:
                continue
            if isinstance(value, list):
                known = old if isinstance(old, list) else []
                new = [(number, one) for number, one in enumerate(value) if one not in known]
                shown = "; ".join(self._entry(f"{key}[{number}]", one, known) for number, one in new) or "none"
            elif isinstance(value, dict):
                known_keys = old if isinstance(old, dict) else {}
                shown = ", ".join(self._pair(one, what) for one, what in value.items() if known_keys.get(one) != what)
            else:
                shown = self._value(key, value)
            yield f"{key}: {shown}"

    def _entry(self, pointer: str, entry: object, known: list[Any]) -> str:
        """An entry by its name, what that is read as, and the rest of it in brackets."""
        if not isinstance(entry, dict):
            return str(entry)
        (first, name), *rest = entry.items()
        if not isinstance(name, str):
            return ", ".join(self._pair(key, value) for key, value in entry.items())
        told = any(isinstance(one, dict) and one.get(first) == name for one in known)  # it was said before
        named = self._value(first, name) + ("" if told else self._read_as(f"{pointer}.{first}", name))
        others = ", ".join(self._pair(key, value) for key, value in rest)
        return f"{named} ({others})" if others else named

    def _read_as(self, pointer: str, name: str) -> str:
        entry, _, key = pointer.rpartition(".")
        found = self.read.get(pointer, []) if key in _NAMES else []
        if not found:
            return ""
        if any(one.id is None for one in found):
            return f", a {_NAMES[key]} that we do not know"
        meant = " and ".join(map(self._meant, found))
        degrees = self.degrees.get(entry, []) if key == "degree" else []
        sure = all(one.how in ("stated", "alias") for one in found)
        sure = sure and all(one.counts.strength >= Strength.ASSUMED for one in degrees)
        left = ", not finished" if any(one.under_way and one.awarded is None for one in degrees) else ""
        if plain(meant) == plain(name) and sure:
            return left
        return f", read as {meant}{left}" if sure else f", perhaps {meant}: to be confirmed"

    def _meant(self, one: Resolved) -> str:
        level, _, field = (one.id or "").partition("/")
        label = self.knowledge.vocabulary.label
        if one.kind != "degree":
            return label(one.kind, level)
        names = [label("level", level), *([label("field", field)] if field else [])]
        return " in ".join(name.partition(" (")[0] for name in names)

    def _pair(self, key: str, value: object) -> str:
        return f"{key.replace('_', ' ')}: {self._value(key, value)}"

    def _value(self, key: str, value: object) -> str:
        if key in _DATES:
            return in_words(str(value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        if isinstance(value, list):
            return ", ".join(map(str, value)) or "none"
        if isinstance(value, dict):
            return ", ".join(self._pair(one, what) for one, what in value.items())
        if key in _LABELLED:
            return self.knowledge.vocabulary.labels[key].get(str(value), str(value))
        return str(value)
