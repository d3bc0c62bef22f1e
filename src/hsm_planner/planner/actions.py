"""What can close each kind of leaf: the activity on the grid, its words, and what it leaves in the profile."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal, TypeVar

from hsm_planner.knowledge.common import Range
from hsm_planner.knowledge.models import Fee
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.future import Effect
from hsm_planner.planner.model import Cost, Mode
from hsm_planner.requirements.base import Leaf, count
from hsm_planner.requirements.counted import ReferencesLeaf, VolunteeringLeaf
from hsm_planner.requirements.credits import CreditsLeaf
from hsm_planner.requirements.learning import LearningLeaf
from hsm_planner.requirements.membership import MembershipLeaf
from hsm_planner.requirements.training import CourseLeaf, TrainingLeaf
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.problems import InputError, Problem, did_you_mean
from hsm_planner.values.record import record

T = TypeVar("T")
WEEKS_A_MONTH = Fraction(52, 12)
HOURS = "hours"
MONEY = "usd"
_TRAINING_HOURS = 40
ActionKind = Literal[
    "confirm", "degree", "course", "learning", "training", "post", "search", "membership", "references",
    "volunteering", "exam", "apply", "renew",
]  # fmt: skip


Asks = Literal["yes or no", "how much", "age", "post"]


@record
class Action:
    """An activity in words, and what it leaves behind."""

    id: str
    kind: ActionKind
    target: str | None
    text: str
    effects: tuple[Effect, ...] = ()
    sources: tuple[str, ...] = ()
    note: str | None = None
    doubtful: bool = False  # it stands for a part of a rule that was not read, or for what few can say of themselves
    statement: str | None = None  # what is taken as true
    turns_on: tuple[str, ...] = ()  # the questions about items of the profile that settle it
    asks: Asks = "yes or no"  # what a confirmation is answered by
    accredited: str | None = None  # what to look for in a degree where a rule asks accreditation
    shortened: bool = False  # a degree for holders of another
    alike: tuple[str, ...] = ()  # programmes that would do as well for all that it was tried for


@record
class Made:
    """An action with the modes in which it can be done."""

    action: Action
    modes: tuple[Mode, ...]
    occupies: bool = False
    registered: str | None = None  # an event that must come first
    searched: bool = False  # a place for it has to be found first
    filed: int = 0  # how many months before it begins that place is named to who lets one begin
    starts: tuple[int, ...] | None = None  # the only months in which it begins


class Numbers:
    """The assumptions in force; it remembers which were asked for since the last ``take``.

    Raises:
        InputError: with each assumption to change that is none, or that such a number cannot stand in place of.
    """

    def __init__(self, knowledge: Knowledge, changed: Mapping[str, float]) -> None:
        if problems := list(_refused(knowledge, changed)):
            raise InputError(problems)
        self._knowledge = knowledge
        self._changed = changed
        self._asked: set[str] = set()
        self._made: dict[Hashable, tuple[Any, frozenset[str]]] = {}

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the data."""
        return self._knowledge.vocabulary

    def once(self, key: Hashable, made: Callable[[], T]) -> T:
        """What is made of the assumptions under a key, made when first asked for."""
        if key not in self._made:
            before = self.take()
            value = made()
            self._made[key] = (value, frozenset(self._asked))
            self.keep(before)
        value, asked = self._made[key]
        self._asked |= asked
        return value

    def take(self) -> frozenset[str]:
        """The assumptions asked for since the last time."""
        asked, self._asked = frozenset(self._asked), set()
        return asked

    def keep(self, names: frozenset[str]) -> None:
        """What was asked for before something else was made counts on."""
        self._asked |= names

    def __call__(self, name: str) -> Fraction:
        self._asked.add(name)
        known = self._knowledge.assumption(name)
        assert known is not None, name
        return Fraction(str(self._changed.get(name, known.value)))

    def whole(self, name: str) -> int:
        """A number of months, rounded up."""
        return math.ceil(self(name))

    def end_of(self, span: Range) -> Fraction:
        """The end of a range that is taken."""
        share = self("range-end")
        return Fraction(str(span.low)) + share * (Fraction(str(span.high)) - Fraction(str(span.low)))


def _refused(knowledge: Knowledge, changed: Mapping[str, float]) -> Iterator[Problem]:
    for name, value in sorted(changed.items()):
        known = knowledge.assumption(name)
        if known is None:
            ids = knowledge.ids("assumptions", "assumptions")
            hint = did_you_mean(name, ids) or f"Known: {', '.join(ids)}."
            yield Problem("unknown-id", f"there is no assumption {name!r}.", hint=hint)
        elif why := known.refused(value):
            yield Problem("out-of-range", f"{why}.", hint=f"It is in {known.unit}.")


@record
class Pace:
    """How many hours a week there are for study."""

    hours: int

    def months(self, work: Fraction, least: int = 0) -> int:
        """Whole months for so many hours of work."""
        if self.hours <= 0:
            return 10**6
        return max(least, math.ceil(work / (self.hours * WEEKS_A_MONTH)), 1)


def study(work: Fraction, months: int, name: str, cost: Cost) -> Mode:
    """A mode that spreads hours of work over months."""
    weekly = math.ceil(work / (months * WEEKS_A_MONTH)) if months else 0
    return Mode(name, months, {HOURS: weekly} if weekly else {}, spends(cost), cost)


def spends(cost: Cost) -> dict[str, int]:
    """What a cost takes of the budget: the most that it may be."""
    return {MONEY: cost.high} if cost.high else {}


def free(name: str, months: int = 0) -> Mode:
    return Mode(name, months, {}, {}, Cost())


def price(fees: tuple[Fee, ...]) -> Cost:
    """What is to be paid: one of the prices for members and others; not known where none is."""
    known = [fee.usd for fee in fees if not fee.extra and fee.usd is not None]
    if not known:
        return Cost(unpriced=1)
    low = min(usd.low if isinstance(usd, Range) else usd for usd in known)
    high = max(usd.high if isinstance(usd, Range) else usd for usd in known)
    return Cost(math.ceil(low), math.ceil(high))


def asked_of_all(fees: Iterable[Fee]) -> list[Fee]:
    """What everybody pays; prices for some only, for more than the thing itself, and of other things are left out."""
    return [fee for fee in fees if fee.who is None and not fee.extra and fee.pays is None]


def fees_of(fees: Iterable[Fee]) -> Cost:
    """The sum of what everybody pays."""
    asked = asked_of_all(fees)
    return sum((price((fee,)) for fee in asked), Cost()) if asked else Cost(unpriced=1)


# -- the other leaves --------------------------------------------------------------------------------------------------


def _course(leaf: Leaf, missing: Mapping[str, Fraction], knowledge: Knowledge, numbers: Numbers, pace: Pace) -> Made:
    assert isinstance(leaf, CourseLeaf)
    unit, amount = leaf.at_least.unit() if leaf.at_least else ("hours", float(numbers("course-hours")))
    work = Fraction(str(amount)) * (numbers("hours-per-credit") if unit == "credits" else 1)
    entry = {"name": leaf.courses[0], "hours" if unit == "hours" else "semester_hours": amount}
    action = Action(
        f"course:{leaf.id}", "course", leaf.courses[0], leaf.sentence(knowledge.vocabulary),
        (Effect("courses", entry, (("date", "end"),)),), leaf.sources,
    )  # fmt: skip
    return Made(action, (study(work, pace.months(work), "own-pace", Cost(unpriced=1)),))


def _learning(leaf: Leaf, missing: Mapping[str, Fraction], knowledge: Knowledge, numbers: Numbers, pace: Pace) -> Made:
    """Hours in the kinds asked; what no part asks is taken as the first part asks."""
    assert isinstance(leaf, LearningLeaf)
    total = Fraction(str(leaf.at_least.hours)) if leaf.at_least else Fraction(0)
    entries: list[dict[str, Any]] = []
    like: dict[str, Any] = {"topic": leaf.topics[0]} if leaf.topics else {}
    if leaf.kinds:
        like["kind"] = leaf.kinds[0]
    if leaf.providers:
        like["provider"] = leaf.providers[0]
    first = dict(like)
    for part in leaf.parts:
        if part.at_least is None:
            continue
        own = {**like, **_first_of(part)}
        inner = [{**own, **_first_of(one), "hours": one.at_least.hours} for one in part.parts]
        left = part.at_least.hours - sum(one["hours"] for one in inner)
        kinds = {"kind": inner[0]["kind"]} if inner and "kind" in inner[0] else {}
        entries += [*inner, *([{**own, **kinds, "hours": left}] if left > 0 else [])]
        first = {**own, **kinds} if first == like else first
    left = float(total) - sum(one["hours"] for one in entries)
    entries += [{**first, "hours": left}] if left > 0 else []
    action = Action(
        f"learning:{leaf.id}", "learning", None, leaf.sentence(knowledge.vocabulary),
        tuple(Effect("learning", entry, (("date", "end"),)) for entry in entries), leaf.sources,
    )  # fmt: skip
    work = sum((Fraction(str(one["hours"])) for one in entries), Fraction(0))
    return Made(action, (study(work, pace.months(work), "own-pace", Cost(unpriced=1)),))


def _first_of(match: Any) -> dict[str, Any]:
    named = (("topic", match.topics), ("kind", match.kinds), ("provider", match.providers))
    return {key: words[0] for key, words in named if words}


_PLACE = "It takes the place of a post, 40 hours a week; what it pays was not found."
_SCHOOL = (
    "A school's programme, planned full time, 40 hours a week, in the place of a post. Ask for its price and its hours."
)


def _training(
    leaf: Leaf, missing: Mapping[str, Fraction], knowledge: Knowledge, numbers: Numbers, pace: Pace
) -> Made | None:
    """The training full time, in the place of the post; none where it has to lie within a degree."""
    assert isinstance(leaf, TrainingLeaf)
    alone = [one.id for one in knowledge.words.training if one.id in leaf.programmes and not one.in_degree]
    if leaf.within_degree or not alone:
        return None
    hours = missing.get("hours", Fraction(0))
    months = missing.get("months", Fraction(0)) + 12 * missing.get("years", Fraction(0))
    months = max(months, missing.get("weeks", Fraction(0)) / WEEKS_A_MONTH)
    lasts = max(math.ceil(months), math.ceil(hours / (_TRAINING_HOURS * WEEKS_A_MONTH)))
    programme = next(one for one in leaf.programmes if one in alone)
    school = any(one.school for one in knowledge.words.training if one.id == programme)
    note = _SCHOOL if school else _PLACE
    if leaf.at_least is None:
        lasts = numbers.whole("training-months")
        note += f" The rule does not say how long it is: {count(lasts, 'months')} is an assumption."
    entry: dict[str, Any] = {"kind": programme, "hours_per_week": _TRAINING_HOURS, "registered": True}
    entry |= {"hours": math.ceil(hours)} if hours else {}
    entry |= {"within_degree": False} if leaf.within_degree is False else {}
    action = Action(
        f"training:{leaf.id}", "training", programme, leaf.sentence(knowledge.vocabulary),
        (Effect("training", entry, (("start", "start"), ("end", "end"))),), leaf.sources, note,
    )  # fmt: skip
    mode = Mode("full-time", lasts, {}, {}, Cost(unpriced=1))
    registered = leaf.after.event if leaf.after else None
    return Made(action, (mode,), occupies=True, registered=registered, searched=not school)


def _membership(
    leaf: Leaf, missing: Mapping[str, Fraction], knowledge: Knowledge, numbers: Numbers, pace: Pace
) -> Made:
    assert isinstance(leaf, MembershipLeaf)
    months = math.ceil(missing.get("years", Fraction(0)) * 12 + missing.get("months", Fraction(0)))
    name = knowledge.vocabulary.label("organization", leaf.organization)
    action = Action(
        f"membership:{leaf.organization}:{months}", "membership", leaf.organization, f"join {name}",
        (Effect("memberships", {"organization": leaf.organization, "type": "member"}, (("since", "start"),)),),
        leaf.sources,
        f"Held for {months} months." if months else None,
    )  # fmt: skip
    return Made(action, (Mode("member", months, {}, {}, Cost(unpriced=1)),))


def _references(
    leaf: Leaf, missing: Mapping[str, Fraction], knowledge: Knowledge, numbers: Numbers, pace: Pace
) -> Made:
    assert isinstance(leaf, ReferencesLeaf)
    roles = [part.roles[0] for part in leaf.parts for _ in range(part.at_least.count)]
    needed = max(leaf.at_least.count if leaf.at_least else 1, len(roles))
    roles += [leaf.roles[0] if leaf.roles else ""] * (needed - len(roles))
    effects = tuple(Effect("references", {"role": role} if role else {}) for role in roles)
    action = Action(
        f"references:{leaf.id}", "references", None, leaf.sentence(knowledge.vocabulary), effects, leaf.sources
    )
    return Made(action, (free("ask", numbers.whole("reference-months")),))


def _volunteering(
    leaf: Leaf, missing: Mapping[str, Fraction], knowledge: Knowledge, numbers: Numbers, pace: Pace
) -> Made:
    assert isinstance(leaf, VolunteeringLeaf)
    kinds = [part.kinds[0] for part in leaf.parts for _ in range(part.at_least.count)]
    needed = max(leaf.at_least.count if leaf.at_least else 1, len(kinds))
    kinds += [leaf.kinds[0] if leaf.kinds else ""] * (needed - len(kinds))
    effects = tuple(Effect("volunteering", {"kind": kind} if kind else {}, (("date", "end"),)) for kind in kinds)
    action = Action(
        f"volunteering:{leaf.id}", "volunteering", None, leaf.sentence(knowledge.vocabulary), effects, leaf.sources
    )
    return Made(action, (free("volunteer", numbers.whole("volunteering-months")),))


def _credits(leaf: Leaf, missing: Mapping[str, Fraction], knowledge: Knowledge, numbers: Numbers, pace: Pace) -> Made:
    assert isinstance(leaf, CreditsLeaf)
    amount = math.ceil(missing.get("credits", Fraction(0)))
    work = amount * numbers("hours-per-credit")
    entry: dict[str, Any] = {"credits": amount, "not_in_degree": True}
    if leaf.fields and "any" not in leaf.fields:
        entry["field"] = leaf.fields[0]
    action = Action(
        f"credits:{leaf.id}", "course", None, f"{amount} college credits: {leaf.sentence(knowledge.vocabulary)}",
        (Effect("education", entry),), leaf.sources,
    )  # fmt: skip
    least = math.ceil(amount / numbers("credits-per-month-most"))
    return Made(action, (study(work, pace.months(work, least), "own-pace", Cost(unpriced=1)),))


Maker = Callable[[Leaf, Mapping[str, Fraction], Knowledge, Numbers, Pace], Made | None]
# Kinds closed by one action of their own. The others: degree, exam, experience, certification and license have more
# ways than one (routes); nothing closes age (it comes by itself), skill, statement (they are answered), points, unread.
MAKERS: dict[str, Maker] = {
    "course": _course,
    "learning": _learning,
    "training": _training,
    "membership": _membership,
    "references": _references,
    "volunteering": _volunteering,
    "credits": _credits,
}
