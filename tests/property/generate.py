"""Rules and profiles drawn from a seed, small, and crowded around the boundaries where evaluators go wrong.

Everything is written as in the data and in profile files: plain dicts, dates as text. Dates are drawn mostly
a whole number of years or months before `as_of`, a day before or after that, as months or years alone, and at
the end of February; amounts are moved next to what the profile has.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests import naive

Node = dict[str, Any]

AS_OF = date(2026, 11, 23)
DAYS_OF_EVALUATION = (
    AS_OF,
    AS_OF,
    AS_OF,
    date(2024, 2, 29),
    date(2025, 2, 28),
    date(2026, 3, 31),
    date(2025, 1, 1),
    date(2026, 12, 31),
)

VOCABULARY = yaml.safe_load((Path(__file__).parents[2] / "data" / "vocabulary.yaml").read_text(encoding="utf-8"))


def ids(section: str) -> list[str]:
    """The ids of a section of the vocabulary."""
    return [entry["id"] for entry in VOCABULARY[section]]


KINDS = ids("kinds")
# Drawn more often than the others, so that what is asked and what is there meet.
COMMON_KINDS = [
    "healthcare",
    "healthcare",
    "healthcare-management",
    "healthcare-management",
    "management",
    "supervision",
    "nursing",
    "nursing-management",
    "long-term-care",
    "long-term-care-administration",
    "executive-healthcare-management",
]
SETTINGS = ["hospital", "hospital", "nursing-home", "ambulatory-clinic", "other"]
TOPICS = [*ids("topics"), "healthcare-management", "medical-practice-management"]
LEARNING_KINDS = ids("learning_kinds")
ORGANIZATIONS = ["ache", "ache", "mgma"]
PROGRAMMES = ids("training")
COURSES = ids("courses")[:3]
REFERENCES = ids("references")
VOLUNTEERING = ids("volunteering")
USUAL = {entry["id"]: entry.get("usual", False) for entry in VOCABULARY["statements"]}
LEVELS = [
    "high-school",
    "associate",
    "associate",
    "bachelor",
    "bachelor",
    "bachelor",
    "master",
    "master",
    "doctorate",
    "postsecondary-certificate",
    "rn-diploma",
    "post-bacc-certificate",
    "first-professional",
]
FIELDS = ["health-administration", "nursing", "business", "public-health", "health-information"]
BROAD_FIELDS = [*FIELDS, "health-care"]
ACCREDITORS = ["cahme", "ccne", "ceph"]
CERTIFICATIONS = ["fache", "cmpe", "rhia", "cenp"]
STATES = ["PA", "OH", "MT", "TX", "CA", "NY"]
COMPACT_STATES = ["PA", "OH", "MT", "TX"]
EXAMS = ["nab-core", "nab-nha"]
SKILLS = ["communication", "financial-acumen"]
TARGETS = ["nha-pa", "nha-oh", "fache", "nursing-home-administrator"]

SILENT = 0.12  # how often a field that may decide is left out
HOURS_PER_WEEK = [40, 40, 36, 35, 35, 34, 20, 20, 10, 9, 60]


# --- dates ----------------------------------------------------------------------------------------------------


def maybe(rng: Random, chance: float) -> bool:
    """True as often as said."""
    return rng.random() < chance


def as_of(rng: Random) -> date:
    """A day of evaluation."""
    return rng.choice(DAYS_OF_EVALUATION)


def boundary(rng: Random, today: date) -> date:
    """A day, mostly one on which something just begins or just ends to count."""
    draw = rng.random()
    if draw < 0.45:
        day = naive.add_months(today, -12 * rng.randint(0, 6))
    elif draw < 0.65:
        day = naive.add_months(today, -rng.randint(0, 60))
    elif draw < 0.72:
        day = rng.choice([date(2020, 2, 29), date(2024, 2, 29)])
    elif draw < 0.82:
        day = date(rng.randint(2019, 2026), rng.randint(1, 12), 1)
    else:
        day = date(2019, 1, 1) + timedelta(days=rng.randrange(9 * 365))
    return day + timedelta(days=rng.choice([0, 0, 0, -1, 1]))


def text(rng: Random, day: date) -> str:
    """A day as people write it: to the day, the month or the year."""
    return day.isoformat()[: rng.choices([10, 7, 4], [70, 22, 8])[0]]


def event(rng: Random, today: date) -> str:
    """The date of an event."""
    return text(rng, boundary(rng, today))


def interval(rng: Random, today: date, first: date | None = None) -> tuple[str, str]:
    """A start and an end, in this order however they are read."""
    start, end = sorted([first or boundary(rng, today), boundary(rng, today)])
    if maybe(rng, 0.4):
        end = naive.add_months(start, rng.choice([6, 12, 18, 24, 36])) - timedelta(days=rng.choice([1, 1, 0, 2]))
    return text(rng, start), text(rng, end)


def length(rng: Random) -> Node:
    """A window."""
    return rng.choice(
        [{"years": rng.randint(1, 5)}, {"years": rng.randint(1, 5)}, {"months": rng.randint(6, 40)}, {"days": 365}]
    )


# --- profiles -------------------------------------------------------------------------------------------------


def words_of(node: Any) -> dict[str, list[Any]]:
    """The words that a rule asks for, by the key they stand under."""
    found: dict[str, list[Any]] = {}
    for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
        for key, values in words_of(one).items():
            found.setdefault(key, []).extend(values)
    for key, value in node.items() if isinstance(node, dict) else []:
        values = value if isinstance(value, list) else [value]
        found.setdefault(key, []).extend(one for one in values if isinstance(one, str))
    return found


class Draw(Random):
    """A generator of random numbers that leans towards the words of a rule."""

    def __init__(self, seed: int, asked: Node) -> None:
        super().__init__(seed)
        self.asked = words_of(asked)


def word(rng: Random, key: str, pool: list[str]) -> str:
    """A word of the pool, often one that the rule asks for under the key."""
    wanted = [one for one in getattr(rng, "asked", {}).get(key, []) if one in pool]
    return rng.choice(wanted) if wanted and maybe(rng, 0.6) else rng.choice(pool)


def profile(rng: Random, today: date = AS_OF, target_id: str = TARGETS[0]) -> Node:
    """A person: every section absent, empty or filled."""
    found: Node = {"schema_version": 1}
    makers: dict[str, Callable[[Random, date], Node]] = {
        "credentials": credential,
        "memberships": membership,
        "learning": learning,
        "training": training,
        "courses": course,
        "exams": exam,
        "volunteering": volunteering,
    }
    for section, make in makers.items():
        draw = rng.random()
        if draw > 0.15:
            found[section] = [make(rng, today) for _ in range(rng.randint(1, 4))] if draw > 0.3 else []
    if maybe(rng, 0.85):
        found["education"] = education(rng, today)
    if maybe(rng, 0.9):
        found["experience"] = experience(rng, today, target_id)
    if maybe(rng, 0.7):
        found["applications"] = applications(rng, today, target_id)
    if maybe(rng, 0.8):
        roles = [{"role": word(rng, "roles", REFERENCES)} for _ in range(rng.randint(0, 4))]
        roles = [{} if maybe(rng, SILENT) else role for role in roles]
        found["references"] = {"count": rng.randint(0, 4)} if maybe(rng, 0.3) else roles
    if maybe(rng, 0.7):
        found["statements"] = statements(rng)
    if maybe(rng, 0.7):
        found["skills"] = {name: rng.randint(0, 5) for name in rng.sample(SKILLS, rng.randint(1, 2))}
    if maybe(rng, 0.7):
        born = naive.add_months(today, -12 * rng.choice([18, 21, 21, 40])) + timedelta(days=rng.choice([-1, 0, 1]))
        found["born"] = text(rng, rng.choice([born, born, date(2004, 2, 29)]))
    return found


def education(rng: Random, today: date) -> list[Node]:
    """Degrees and loose credits."""
    found = []
    for _ in range(rng.choice([0, 1, 1, 2, 2, 3])):
        entry: Node
        if maybe(rng, 0.3):
            entry = {"credits": rng.choice([15, 30, 45, 60, 90, 120])}
            if maybe(rng, 0.25):
                entry["unit"] = "quarter"
            if maybe(rng, 0.25):
                entry["not_in_degree"] = True
            if maybe(rng, 0.5):
                entry["field"] = word(rng, "fields", FIELDS)
        else:
            entry = degree(rng, today)
        found.append(entry)
    return found


def degree(rng: Random, today: date) -> Node:
    """A degree, held or under way."""
    entry: Node = {"level": word(rng, "level", LEVELS)}
    if not maybe(rng, SILENT):
        entry["field"] = word(rng, "fields", FIELDS)
    draw = rng.random()
    if draw < 0.75:
        entry["awarded"] = event(rng, today)
    elif draw < 0.9:
        entry["expected"] = text(rng, naive.add_months(today, rng.randint(1, 30)))
    if maybe(rng, 0.6):
        entry["accredited_by"] = rng.sample(ACCREDITORS, rng.randint(0, 2))
    if maybe(rng, 0.2):
        entry["country"] = rng.choice(["US", "GB", "IN"])
        if maybe(rng, 0.7):
            entry["evaluated"] = maybe(rng, 0.6)
    return entry


def experience(rng: Random, today: date, target_id: str) -> list[Node]:
    """Posts that follow, touch and overlap each other."""
    found: list[Node] = []
    following: date | None = None
    for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 4])):
        start, end = interval(rng, today, following if maybe(rng, 0.6) else None)
        entry: Node = {"title": "Zq", "start": start}
        if maybe(rng, 0.75):
            entry["end"] = end
        following = naive.end_span(end)[1] + timedelta(days=rng.choice([1, 1, 1, 2, -30, 0]))
        if maybe(rng, 0.6):
            entry["hours_per_week"] = rng.choice(HOURS_PER_WEEK)
        count = rng.choice([1, 1, 1, 2, 2, 0]) if maybe(rng, 0.3) else rng.choice([1, 2])
        pool = KINDS if maybe(rng, 0.2) else COMMON_KINDS
        entry["kinds"] = sorted({word(rng, "of", pool) for _ in range(count)})
        optional: dict[str, Any] = {
            "setting": word(rng, "settings", SETTINGS),
            "state": word(rng, "states", STATES),
            "beds": rng.choice([49, 50, 51, 120]),
            "supervises": rng.choice([0, 1, 3, 5, 8]),
            "administrator_of_record": maybe(rng, 0.5),
            "supervised_by": rng.sample(CERTIFICATIONS, rng.randint(0, 2)),
            "area": rng.choice(["finance", "quality", "operations"]),
        }
        entry.update({key: value for key, value in optional.items() if maybe(rng, 0.65)})
        if target_id == "nursing-home-administrator" and maybe(rng, 0.4):
            entry["role"] = target_id
        found.append(entry)
    if found and maybe(rng, 0.3):
        rng.shuffle(found)
    return found


def credential(rng: Random, today: date) -> Node:
    """A certification or a licence."""
    name = word(rng, "credential", [*CERTIFICATIONS, "rn", "rn", "lpn", "nha-oh", "nha-pa", "nha-mt", "nha"])
    entry: Node = {"id": name}
    if name == "nha":
        entry["state"] = word(rng, "state", ["OH", "PA", "MT"])
    if name in ("rn", "lpn"):
        entry["state"] = word(rng, "state", STATES)
        if maybe(rng, 0.7):
            entry["multistate"] = entry["state"] in COMPACT_STATES and maybe(rng, 0.6)
    if maybe(rng, 0.8):
        issued, expires = interval(rng, today)
        entry["issued"] = issued
        if maybe(rng, 0.5):
            entry["expires"] = expires
    elif maybe(rng, 0.5):
        entry["expires"] = text(rng, naive.add_months(today, rng.randint(-24, 24)))
    return entry


def applications(rng: Random, today: date, target_id: str) -> list[Node]:
    """What was applied for, one entry for each thing."""
    found = []
    for name in {target_id: 0.65, "cmpe": 0.2}.items():
        if maybe(rng, name[1]):
            keys = [key for key in ("submitted", "registered", "approved", "purchased") if maybe(rng, 0.7)]
            found.append({"for": name[0], **{key: event(rng, today) for key in keys}})
    return found


def membership(rng: Random, today: date) -> Node:
    """A membership, often past or of students."""
    entry: Node = {"organization": word(rng, "organization", ORGANIZATIONS)}
    since, until = interval(rng, today)
    if not maybe(rng, SILENT):
        entry["since"] = since
    if maybe(rng, 0.4):
        entry["until"] = until
    if not maybe(rng, SILENT):
        entry["type"] = rng.choice(["member", "member", "student", "fellow"])
    return entry


def learning(rng: Random, today: date) -> Node:
    """An item of continuing education."""
    entry: Node = {"hours": rng.choice([4, 6, 8, 12, 12, 18, 20, 24])}
    optional = {
        "topic": word(rng, "topics", TOPICS),
        "kind": word(rng, "kinds", LEARNING_KINDS),
        "provider": word(rng, "providers", ORGANIZATIONS),
        "date": event(rng, today),
    }
    entry.update({key: value for key, value in optional.items() if not maybe(rng, SILENT / 2)})
    return entry


def training(rng: Random, today: date) -> Node:
    """A training; one whose hours are said is over or has no end."""
    start, end = interval(rng, today)
    entry: Node = {"kind": word(rng, "programmes", PROGRAMMES), "start": start, "end": end}
    if maybe(rng, 0.6):
        entry["hours"] = rng.choice([240, 500, 960, 1000, 2080])
        if naive.end_span(end)[1] >= today > naive.start_span(start)[0]:
            del entry["end"]
    if not maybe(rng, SILENT):
        entry["hours_per_week"] = rng.choice([40, 40, 35, 34, 20])
    if maybe(rng, 0.5):
        entry["registered"] = maybe(rng, 0.5)
    if maybe(rng, 0.6):
        entry["within_degree"] = maybe(rng, 0.5)
    return entry


def course(rng: Random, today: date) -> Node:
    """A course."""
    entry: Node = {"name": word(rng, "courses", COURSES), "date": event(rng, today)}
    if maybe(rng, 0.8):
        entry["hours"] = rng.choice([30, 45, 60, 100, 120])
    if maybe(rng, 0.8):
        entry["semester_hours"] = rng.choice([3, 4, 6])
    return entry


def exam(rng: Random, today: date) -> Node:
    """An exam passed, or to come."""
    entry: Node = {"id": rng.choice(EXAMS)}
    if not maybe(rng, SILENT):
        entry["passed"] = event(rng, today)
    return entry


def volunteering(rng: Random, today: date) -> Node:
    """Voluntary service."""
    entry: Node = {"kind": rng.choice(VOLUNTEERING), "date": event(rng, today)}
    return {key: value for key, value in entry.items() if not maybe(rng, SILENT / 2)}


def statements(rng: Random) -> Node:
    """Answers, plain or with who said so and when."""
    found: Node = {}
    for name in USUAL:
        if maybe(rng, 0.4):
            value = maybe(rng, 0.7)
            found[name] = {"value": value, "by": "the board", "date": "2019-01-15"} if maybe(rng, 0.2) else value
    return found


# --- rules ----------------------------------------------------------------------------------------------------


class Rules:
    """Draws rules; every node gets its own id."""

    def __init__(self, rng: Random, today: date) -> None:
        self.rng = rng
        self.today = today
        self.drawn = 0

    def new_id(self) -> str:
        """The next id: t.n1, t.n2, ..."""
        self.drawn += 1
        return f"t.n{self.drawn}"

    def maybe(self, chance: float) -> bool:
        """True as often as said."""
        return maybe(self.rng, chance)

    # trees

    def node(self, depth: int) -> Node:
        """A leaf, or a combinator of so many more levels."""
        if depth == 0 or self.maybe(0.3):
            return self.leaf()
        kind = self.rng.choice(["all_of", "any_of", "any_of", "at_least", "points"])
        if kind == "points":
            return self.points()
        found: Node = {"id": self.new_id(), "kind": kind}
        found["of"] = [self.child(kind, depth - 1) for _ in range(self.rng.randint(2, 4))]
        if kind == "at_least":
            found["n"] = self.rng.randint(1, len(found["of"]))
        return found

    def child(self, parent: str, depth: int) -> Node:
        """A node with what only children have here: guards, dates, and `usual: false` in an `any_of`."""
        found = self.node(depth)
        if self.maybe(0.15):
            found["when"] = self.guard()
        if self.maybe(0.1):
            day = self.today + timedelta(days=self.rng.choice([-400, -1, 0, 1, 400]))
            found[self.rng.choice(["effective_from", "effective_until"])] = day.isoformat()
        if parent == "any_of" and self.maybe(0.2) and "usual" not in found:
            found["usual"] = False
        return found

    def guard(self) -> Node:
        """A guard with one or two conditions."""
        rng = self.rng
        day = rng.choice([self.today + timedelta(days=rng.choice([-1, 0, 1])), boundary(rng, self.today)]).isoformat()
        conditions: list[Node] = [
            {"states": rng.sample(STATES, 3)},
            {"not_states": rng.sample(STATES, 2)},
            {"beds_at_least": rng.choice([50, 51, 120])},
            {"beds_at_most": rng.choice([49, 50, 120])},
            {"settings": rng.sample(["hospital", "nursing-home", "assisted-living"], 2)},
            {rng.choice(["hired_from", "hired_before"]): day},
        ]
        found: Node = {}
        for condition in rng.sample(conditions, rng.choice([1, 1, 2])):
            found.update(condition)
        return found

    def points(self) -> Node:
        """Points against a minimum; experience earns by the year, other things once."""
        rng = self.rng
        found: Node = {"id": self.new_id(), "kind": "points", "minimum": rng.randint(1, 12), "awards": []}
        for _ in range(rng.randint(1, 2)):
            leaf = self.some("experience")
            award: Node = {"id": self.new_id(), "for": leaf, "per_year": rng.choice([1, 2, 3, 5])}
            if self.maybe(0.4):
                award["yearly_maximum"] = rng.choice([1, 2, 4])
            found["awards"].append(award)
        for _ in range(rng.randint(0, 2)):
            leaf = self.some(rng.choice(["certification", "license", "course", "training"]))
            kind = {"unread": True} if self.maybe(0.35) else {"each": rng.choice([1, 2, 5])}
            found["awards"].append({"id": self.new_id(), "for": leaf, **kind})
        return found

    # leaves

    def leaf(self) -> Node:
        """A leaf of some kind; experience, the richest, most often."""
        kinds = [
            *["experience"] * 12,
            *["degree"] * 4,
            *["credits"] * 2,
            *["license"] * 3,
            *["membership"] * 2,
            *["learning"] * 3,
            *["training"] * 2,
            *["references", "volunteering", "exam", "course", "certification", "age", "skill", "statement"],
            *["unread", "amount_not_found", "nothing_asked"],
        ]
        kind = self.rng.choice(kinds)
        return {"id": self.new_id(), "kind": kind, **getattr(self, kind)()}

    def some(self, kind: str) -> Node:
        """A leaf of a kind without an amount."""
        found: Node = {"id": self.new_id(), "kind": kind}
        rng = self.rng
        if kind == "experience":
            found["of"] = self.kinds()
            if self.maybe(0.3):
                found["where"] = self.where()
            return found
        if kind == "training":
            return found | {"programmes": rng.sample(PROGRAMMES, rng.randint(1, 2))}
        if kind == "course":
            return found | {"courses": rng.sample(COURSES, rng.randint(1, 2))}
        own: Node = getattr(self, kind)()
        own.pop("held_at_least", None)
        return found | own

    def kinds(self) -> list[str]:
        """Kinds of experience."""
        return sorted({self.rng.choice(COMMON_KINDS) for _ in range(self.rng.choice([1, 1, 2]))})

    def where(self) -> Node:
        """Conditions on a post."""
        rng = self.rng
        conditions: list[Node] = [
            {"settings": rng.sample(sorted(set(SETTINGS)), 2)},
            {"states": rng.sample(STATES, 3)},
            {"beds_at_least": rng.choice([50, 51])},
            {"beds_at_most": rng.choice([49, 50])},
            {"administrator_of_record": True},
            {"supervises_at_least": rng.choice([1, 3, 5])},
            {"supervised_by": rng.sample(CERTIFICATIONS, 2)},
            {"hours_per_week_at_least": rng.choice([20, 35, 36])},
        ]
        found: Node = {}
        for condition in rng.sample(conditions, rng.choice([1, 1, 2])):
            found.update(condition)
        return found

    def time(self) -> Node:
        """An amount of experience."""
        rng = self.rng
        return rng.choice(
            [
                {"years": rng.randint(1, 5)},
                {"years": rng.randint(1, 5)},
                {"months": rng.choice([6, 12, 18, 24, 36])},
                {"hours": rng.choice([500, 1000, 2000, 4160])},
                {"weeks": rng.choice([12, 26, 52])},
            ]
        )

    def event(self) -> Any:
        """An event."""
        rng = self.rng
        if self.maybe(0.3):
            fields = ["any"] if self.maybe(0.6) else [rng.choice(BROAD_FIELDS)]
            return {"event": "degree", "level": rng.choice(["associate", "bachelor", "master"]), "fields": fields}
        return rng.choice(["application", "registered", "approved", "purchased"])

    def window(self) -> Node:
        """`within`, `before` and `after`."""
        found: Node = {}
        if self.maybe(0.3):
            found["within"] = length(self.rng)
        if self.maybe(0.15):
            found["before"] = self.event()
        if self.maybe(0.15):
            found["after"] = self.event()
        return found

    def experience(self) -> Node:
        """Experience, in one of the shapes that rules have."""
        rng = self.rng
        found: Node = {"of": self.kinds(), **self.window()}
        if self.maybe(0.2):
            found["where"] = self.where()
        if self.maybe(0.35):
            found["full_time"] = rng.choice([True, True, "any"])
        if self.maybe(0.15):
            found["full_time_hours"] = rng.choice([30, 40])
        shape = rng.choice(
            [
                *["amount"] * 5,
                *["run", "parts", "disjoint"] * 2,
                *["two", "current", "some", "own year", "month of hours", "share", "school"],
            ]
        )
        if shape == "amount":
            found["at_least"] = self.time()
            if self.maybe(0.2):
                found["current"] = True
        elif shape == "run":
            found["at_least"] = self.time()
            found.update(
                rng.choice(
                    [
                        {"consecutive": True},
                        {"immediately_before": True},
                        {"any_window": {"months": rng.choice([24, 36])}},
                        {"any_window": {"years": 3}, "consecutive": True},
                    ]
                )
            )
        elif shape == "two":
            found["at_least"] = {"hours": rng.choice([1000, 2000]), "months": rng.choice([6, 12])}
        elif shape == "current":
            found = {key: value for key, value in found.items() if key in ("of", "where")} | {"current": True}
        elif shape in ("own year", "month of hours"):
            found.pop("full_time", None)
            found.pop("full_time_hours", None)
            found["at_least"] = rng.choice([{"years": rng.randint(1, 3)}, {"months": rng.choice([6, 12, 24])}])
            found.update({"hours_per_year": rng.choice([1920, 2080])} if shape == "own year" else {})
            found.update({"month_counts_from_hours": 40} if shape == "month of hours" else {})
        elif shape == "share":
            found["at_least"] = rng.choice([{"years": rng.randint(1, 4)}, {"hours": 2000}])
            found["share_at_most"] = rng.choice(["2/3", "1/2"])
        elif shape == "school":
            found["per_missing_school_year"] = {"years": rng.choice([1, 2]), "of": 4}
        elif shape == "parts":
            found["parts"] = [self.experience_part() for _ in range(rng.choice([1, 1, 2]))]
            if self.maybe(0.7):
                found["at_least"] = rng.choice([{"years": rng.randint(2, 5)}, {"months": 24}])
        elif shape == "disjoint":
            found["disjoint"] = True
            unit, amounts = rng.choice([("years", [1, 2]), ("months", [6, 12, 18]), ("hours", [1000, 2000])])
            found["parts"] = [
                {"id": self.new_id(), "of": self.kinds(), "at_least": {unit: rng.choice(amounts)}}
                for _ in range(rng.choice([2, 2, 3]))
            ]
        return found

    def experience_part(self) -> Node:
        """A further amount inside an amount."""
        rng = self.rng
        found: Node = {"id": self.new_id(), "of": self.kinds()}
        found["at_least"] = rng.choice([{"years": rng.randint(1, 3)}, {"months": rng.choice([6, 12])}])
        if self.maybe(0.2):
            found["where"] = self.where()
        if self.maybe(0.25):
            found["within"] = length(rng)
        if self.maybe(0.25):
            found["latest"] = True
        if self.maybe(0.2):
            found["full_time"] = rng.choice([True, "any"])
        return found

    def degree(self) -> Node:
        """A degree."""
        rng = self.rng
        found: Node = {"level": rng.choice([*LEVELS, "none", "some-college"])}
        if self.maybe(0.5):
            found["fields"] = rng.sample(BROAD_FIELDS, rng.randint(1, 2))
            if self.maybe(0.3):
                found["related"] = "foreign-him-reciprocity"
        if self.maybe(0.25):
            found["accredited_by"] = rng.sample(ACCREDITORS, rng.randint(1, 2))
        if self.maybe(0.2):
            found["awarded_within"] = length(rng)
        if self.maybe(0.3):
            found["counts_first_professional"] = True
        return found

    def credits(self) -> Node:
        """College credits."""
        rng = self.rng
        found: Node = {"at_least": {"credits": rng.choice([30, 60, 90, 120, 180])}}
        if self.maybe(0.25):
            found["quarter_credits"] = found["at_least"]["credits"] * 3 // 2 + rng.choice([0, 0, 10])
        if self.maybe(0.4):
            found["fields"] = rng.sample(BROAD_FIELDS, rng.randint(1, 2))
        return found

    def certification(self) -> Node:
        """A certification."""
        return {"credential": self.rng.choice(CERTIFICATIONS), "current": True}

    def license(self) -> Node:
        """A licence, by id or by family."""
        rng = self.rng
        found: Node = {"credential": rng.choice(["rn", "rn", "lpn", "nha", "nha", "nha-oh", "nha-pa"]), "current": True}
        if found["credential"] in ("rn", "lpn", "nha") and self.maybe(0.7):
            found["state"] = rng.choice(["target", "target", *STATES])
        if self.maybe(0.3):
            found["held_at_least"] = rng.choice([{"years": rng.randint(1, 3)}, {"months": 6}])
        return found

    def membership(self) -> Node:
        """A membership."""
        found: Node = {"organization": self.rng.choice(ORGANIZATIONS)}
        if self.maybe(0.6):
            found["at_least"] = {"years": self.rng.randint(1, 3)}
        if self.maybe(0.6):
            found["current"] = True
        if self.maybe(0.5):
            found["not_types"] = ["student"]
        return found

    def learning_filter(self) -> Node:
        """Which continuing education."""
        rng = self.rng
        found: Node = {}
        if self.maybe(0.4):
            found["kinds"] = rng.sample(LEARNING_KINDS, rng.randint(1, 2))
        if self.maybe(0.4) or not found:
            found["providers"] = [rng.choice(ORGANIZATIONS)]
        return found

    def learning(self) -> Node:
        """Continuing education, often in parts."""
        rng = self.rng
        found: Node = {"at_least": {"hours": rng.choice([12, 24, 30, 36])}}
        if self.maybe(0.5):
            found["topics"] = rng.sample(sorted(set(TOPICS)), rng.randint(1, 2))
        if self.maybe(0.25):
            found.update(self.learning_filter())
        if self.maybe(0.5):
            found["within"] = length(rng)
        if "within" in found and self.maybe(0.5):
            found["before"] = rng.choice(["purchased", "application"])
        if self.maybe(0.5):
            found["parts"] = [self.learning_part() for _ in range(rng.randint(1, 2))]
            if self.maybe(0.6):
                rest: Node = {"id": self.new_id(), "rest": True}
                rest[rng.choice(["at_most", "at_most", "at_least"])] = {"hours": rng.choice([12, 20])}
                found["parts"].append(rest)
        return found

    def learning_part(self) -> Node:
        """A part of the continuing education."""
        rng = self.rng
        found: Node = {"id": self.new_id(), **self.learning_filter()}
        for key in rng.choice([["at_least"], ["at_most"], ["at_least", "at_most"]]):
            found[key] = {"hours": rng.choice([6, 12]) if key == "at_least" else rng.choice([12, 20, 24])}
        if self.maybe(0.2):
            inner = {"id": self.new_id(), "kinds": [rng.choice(LEARNING_KINDS)], "at_least": {"hours": 6}}
            found["parts"] = [inner]
        return found

    def training(self) -> Node:
        """A training."""
        rng = self.rng
        found: Node = {"programmes": rng.sample(PROGRAMMES, rng.randint(1, 2))}
        if self.maybe(0.85):
            found["at_least"] = rng.choice(
                [{"hours": rng.choice([500, 960, 1000])}, {"months": rng.choice([6, 9, 12])}, {"weeks": 12}]
            )
            if self.maybe(0.1):
                found["at_least"] = {"hours": 960, "months": 6}
        if self.maybe(0.25):
            found["full_time"] = rng.choice([True, "any"])
        if self.maybe(0.2):
            found["hours_per_week_at_least"] = rng.choice([20, 35])
        if self.maybe(0.2):
            found["within_degree"] = True
        if self.maybe(0.3):
            found["after"] = rng.choice(["registered", "registered", "approved"])
        if self.maybe(0.25):
            found["within"] = length(rng)
        return found

    def course(self) -> Node:
        """A course."""
        rng = self.rng
        found: Node = {"courses": rng.sample(COURSES, rng.randint(1, 2))}
        if self.maybe(0.7):
            found["at_least"] = rng.choice([{"hours": rng.choice([45, 100, 120])}, {"credits": rng.choice([3, 6])}])
        return found

    def exam(self) -> Node:
        """An exam."""
        found: Node = {"exam": self.rng.choice(EXAMS)}
        if self.maybe(0.3):
            found["within"] = length(self.rng)
        return found

    def references(self) -> Node:
        """References."""
        rng = self.rng
        found: Node = {"at_least": {"count": rng.randint(1, 3)}}
        if self.maybe(0.4):
            found["roles"] = rng.sample(REFERENCES, rng.randint(1, 3))
        if self.maybe(0.4):
            found["parts"] = [
                {
                    "id": self.new_id(),
                    "roles": rng.sample(REFERENCES, rng.randint(1, 2)),
                    "at_least": {"count": rng.randint(1, 2)},
                }
                for _ in range(2)
            ]
        return found

    def volunteering(self) -> Node:
        """Voluntary service."""
        rng = self.rng
        found: Node = {"at_least": {"count": rng.randint(1, 4)}}
        if self.maybe(0.4):
            found["kinds"] = [rng.choice(VOLUNTEERING)]
        if self.maybe(0.6):
            found["within"] = length(rng)
        if self.maybe(0.4):
            found["parts"] = [
                {"id": self.new_id(), "kinds": [kind], "at_least": {"count": rng.randint(1, 2)}}
                for kind in VOLUNTEERING
            ]
        return found

    def age(self) -> Node:
        """An age."""
        return {"at_least": {"years": self.rng.choice([18, 21])}}

    def skill(self) -> Node:
        """A skill."""
        return {"skill": self.rng.choice(SKILLS), "at_least": {"level": self.rng.randint(1, 5)}}

    def statement(self) -> Node:
        """A statement, marked as usual where the vocabulary says so too."""
        name = self.rng.choice(sorted(USUAL))
        return {"statement": name, "text": "a statement", **({"usual": True} if USUAL[name] else {})}

    def unread(self) -> Node:
        """Something nobody read."""
        return {"about": "other", "text": "something"}

    def nothing_asked(self) -> Node:
        """Nothing asked."""
        return {"about": "education", "text": "nothing"}

    def amount_not_found(self) -> Node:
        """An amount nobody found."""
        kind = self.rng.choice(["experience", "training", "course", "degree", "certification"])
        return {"about": "other", "for": self.some(kind)}


def rule(rng: Random, today: date = AS_OF) -> Node:
    """A single leaf, or a tree of up to three levels."""
    return Rules(rng, today).node(rng.choice([0, 0, 0, 1, 2, 3]))


def target(rng: Random) -> Node:
    """What the evaluation is about; at times without state, beds or setting."""
    return {
        "id": rng.choice(TARGETS),
        "state": rng.choice([None, *STATES]),
        "beds": rng.choice([None, 49, 50, 51, 120]),
        "setting": rng.choice([None, "hospital", "nursing-home"]),
    }


# --- whole cases ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One question for both evaluators."""

    rule: Node
    profile: Node
    as_of: date
    target: Node


def case(seed: int, words: Node) -> Case:
    """The case of a seed. The second opinion is asked only to move amounts next to what the profile has."""
    rng = Random(seed)
    today, wanted = as_of(rng), target(rng)
    asked = rule(rng, today)
    person = profile(Draw(rng.randrange(2**32), asked), today, wanted["id"])

    def opinion(node: Node) -> naive.Answer:
        return naive.evaluate(node, person, today, target=wanted, words=words, confirmed=False)

    for node in list(leaves(asked)):
        if maybe(rng, 0.6):
            sharpen(rng, node, opinion(node))
    if opinion(asked).status == "not_applicable":
        # At the root this would be an error of the data.
        asked = {"id": "t.root", "kind": "all_of", "of": [asked, Rules(rng, today).leaf() | {"id": "t.beside"}]}
        if opinion(asked).status == "not_applicable":  # pragma: no cover - a leaf without a guard always applies
            raise AssertionError(asked)
    return Case(asked, person, today, wanted)


def leaves(node: Node) -> Iterator[Node]:
    """All nodes with an amount that can be moved."""
    for child in node.get("of", []):
        if isinstance(child, dict):
            yield from leaves(child)
    if "at_least" in node or node["kind"] == "points":
        yield node


def sharpen(rng: Random, node: Node, found: naive.Answer) -> None:
    """Ask for just what the profile has, a little more, or a little less."""
    if found.have is None or node["kind"] in ("age", "skill") or "quarter_credits" in node or "share_at_most" in node:
        return
    near = rng.choice(found.have)
    number = rng.choice([math.floor(near), math.ceil(near), math.floor(near), math.ceil(near) + 1])
    if number < 1:
        return
    if node["kind"] == "points":
        node["minimum"] = number
    else:
        [unit] = node["at_least"]
        node["at_least"] = {unit: number}
