"""Ways to close a gap, with time and price as far as the data knows them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hsm_planner.engine.items import Item
from hsm_planner.engine.prices import price, priced_apart, tuition
from hsm_planner.engine.waiting import earliest
from hsm_planner.knowledge.common import Range as DataRange
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.knowledge.words import Bridge, Programme
from hsm_planner.requirements.base import Context, Outcome, count
from hsm_planner.requirements.credentials import CertificationLeaf, ExamLeaf, LicenseLeaf
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.experience import Experience
from hsm_planner.requirements.experience_parts import kinds_words
from hsm_planner.requirements.membership import MembershipLeaf
from hsm_planner.requirements.numeric import exact
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.amounts import Money, shortfall
from hsm_planner.values.dates import Date
from hsm_planner.values.lengths import months_between
from hsm_planner.values.record import record
from hsm_planner.values.timeline import Degree, Timeline
from hsm_planner.values.truth import Strength

_STUDY_HOURS = Fraction(40)  # hours a week when a way is taken full time; only for showing lengths
_WEEKS_A_MONTH = Fraction(52, 12)


@record
class Way:
    """One way to close a gap. None: not known."""

    action: str
    text: str
    months_low: Fraction | None = None
    months_high: Fraction | None = None
    cost: Money | None = None


@record
class Closing:
    """How a false leaf can be closed: the ways, nearest first, and the day that waiting alone meets it."""

    ways: tuple[Way, ...]
    waiting: Date | None = None


class Closer:
    """Finds the ways for each leaf; results are kept, as path and report ask for the same."""

    def __init__(self, knowledge: Knowledge, as_of: Date) -> None:
        self._knowledge = knowledge
        self._as_of = as_of
        self._known: dict[str, Closing] = {}

    @property
    def vocabulary(self) -> Vocabulary:
        return self._knowledge.vocabulary

    def closing(self, item: Item) -> Closing:
        """Ways to close a leaf that is false; for any other, none."""
        if not item.is_leaf or not item.status.false:
            return Closing(())
        if item.id not in self._known:
            self._known[item.id] = self._find(item)
        return self._known[item.id]

    def _find(self, item: Item) -> Closing:
        day = earliest(item.node, item.timeline, self._as_of, self._knowledge.vocabulary)
        ways: list[Way] = []
        if day is not None:
            months = months_between(self._as_of, day)
            ways.append(Way("confirm", f"goes on as it is: met on {day.isoformat()}", months, months))
        maker = MAKERS.get(item.node.kind)
        studying = day is not None and item.node.kind == "degree"  # a degree under way needs no other
        if maker is not None and not studying:
            ways += maker(item, self._knowledge, self._as_of)
        return Closing(tuple(ways), day)


def _missing(item: Item) -> dict[str, Fraction]:
    """What is missing by unit, at least, over all amounts of the leaf."""
    outcome = item.known.outcome
    return {} if outcome is None else _short(outcome, *(part.outcome for part in outcome.parts))


def _short(*outcomes: Outcome) -> dict[str, Fraction]:
    result: dict[str, Fraction] = {}
    for found in outcomes:
        if found.have is not None and found.need is not None and found.unit is not None:
            result[found.unit] = max(result.get(found.unit, Fraction(0)), shortfall(found.have, found.need).least)
    return {unit: amount for unit, amount in result.items() if amount > 0}


def _time(missing: dict[str, Fraction]) -> Fraction | None:
    """Months of full-time work in the amounts missing; the longest decides."""
    per_unit = {
        "years": Fraction(12),
        "months": Fraction(1),
        "weeks": 1 / _WEEKS_A_MONTH,
        "hours": 1 / (_STUDY_HOURS * _WEEKS_A_MONTH),
    }
    times = [amount * per_unit[unit] for unit, amount in missing.items() if unit in per_unit]
    return max(times, default=None)


def _amount_words(missing: dict[str, Fraction]) -> str:
    return " and ".join(count(round(float(amount), 2), unit) for unit, amount in missing.items())


def _experience(item: Item, knowledge: Knowledge, as_of: Date) -> list[Way]:
    assert isinstance(item.node, Experience)
    missing = _missing(item)
    parts = item.known.outcome.parts if item.known.outcome else ()
    lacking = {part.id for part in parts if _short(part.outcome) == missing}  # as much as all together: it is narrower
    of = next((part.of for part in item.node.parts if part.of and part.id in lacking), item.node.of)
    kinds = kinds_words(of, knowledge.vocabulary)
    if not missing:
        return [Way("post", f"a post in {kinds}")]
    months = _time(missing)
    return [Way("post", f"{_amount_words(missing)} more of {kinds}, full time", months, months)]


def _training(item: Item, knowledge: Knowledge, as_of: Date) -> list[Way]:
    missing = _missing(item)
    names = " or ".join(knowledge.vocabulary.label("training", name) for name in getattr(item.node, "programmes", ()))
    months = _time(missing)
    text = f"{_amount_words(missing)} of {names}" if missing else names
    return [Way("training", f"{text}; what it pays or costs was not found", months, months)]


def _course(item: Item, knowledge: Knowledge, as_of: Date) -> list[Way]:
    names = " or ".join(knowledge.vocabulary.label("course", name) for name in getattr(item.node, "courses", ()))
    missing = _missing(item)
    at_least = getattr(item.node, "at_least", None)
    if not missing and at_least is not None:
        unit, value = at_least.unit()
        missing = {unit: exact(value)}
    credits = missing.pop("credits", None)
    months = _credit_months(credits, knowledge)[0] if credits else None
    cost = priced_apart(knowledge, item.id, item.timeline.target.state, *getattr(item.node, "courses", ()))
    return [Way("course", f"the course: {names}", _time(missing) if missing else months, cost=cost)]


def _learning(item: Item, knowledge: Knowledge, as_of: Date) -> list[Way]:
    missing = _missing(item)
    months = _time(missing)
    return [Way("learning", f"{_amount_words(missing) or 'hours'} of continuing education", months, months)]


def _credits(item: Item, knowledge: Knowledge, as_of: Date) -> list[Way]:
    amount = _missing(item).get("credits")
    if not amount:
        return [Way("degree", "college credits")]
    text = f"{count(round(float(amount), 2), 'credits')} more of college, full time"
    return [Way("degree", text, *_credit_months(amount, knowledge))]


def _credit_months(amount: Fraction, knowledge: Knowledge) -> tuple[Fraction | None, Fraction | None]:
    """Credits take their share of the programmes whose length and credits are both known."""
    paces = [
        (exact(programme.months_full_time.low) / most, exact(programme.months_full_time.high) / most)
        for programme in knowledge.programmes()
        if programme.months_full_time
        and programme.credits
        and programme.level in knowledge.vocabulary.built_by_credits
        and (most := exact(programme.credits.high))
    ]
    low = min((pace for pace, _ in paces), default=None)
    high = max((pace for _, pace in paces), default=None)
    return amount * low if low else None, amount * high if high else None


def _membership(item: Item, knowledge: Knowledge, as_of: Date) -> list[Way]:
    assert isinstance(item.node, MembershipLeaf)
    name = knowledge.vocabulary.label("organization", item.node.organization)
    outcome = item.known.outcome
    if item.node.at_least is None:
        dues = priced_apart(knowledge, item.id, item.timeline.target.state, item.node.organization)
        return [Way("membership", f"join {name}", Fraction(0), Fraction(0), dues)]
    have = outcome.have.least if outcome and outcome.have else Fraction(0)
    months = max(Fraction(0), exact(item.node.at_least.years) - have) * 12
    return [Way("membership", f"membership of {name}", months, months)]


def _references(item: Item, knowledge: Knowledge, as_of: Date) -> list[Way]:
    return [Way("references", "ask for the references", Fraction(0), Fraction(0))]


def _volunteering(item: Item, knowledge: Knowledge, as_of: Date) -> list[Way]:
    return [Way("volunteering", "volunteer work of these kinds")]


def _exam(item: Item, knowledge: Knowledge, as_of: Date) -> list[Way]:
    assert isinstance(item.node, ExamLeaf)
    facts = knowledge.exam(item.node.exam)
    name = knowledge.vocabulary.label("exam", item.node.exam)
    fees = [fee for fee in facts.fees if not fee.extra] if facts else []
    prices = [price(fee.usd) for fee in fees if fee.usd is not None]
    return [Way("exam", f"sit {name}", cost=Money.any_of(prices))]


def _credential(item: Item, knowledge: Knowledge, as_of: Date) -> list[Way]:
    assert isinstance(item.node, CertificationLeaf | LicenseLeaf)
    state = item.node.state if isinstance(item.node, LicenseLeaf) else None
    wanted = item.timeline.target.state if state == "target" else state
    lapsed = any(
        (held.id in knowledge.vocabulary.replacing(item.node.credential) or held.family == item.node.credential)
        and wanted in (None, held.state)
        and not held.span.maybe_on(as_of)
        for held in item.timeline.credentials or ()
    )
    label = knowledge.vocabulary.label("credential", item.node.credential)
    renewal = [Way("renew", f"it lapsed: renew {label}")] if lapsed else []
    return [*renewal, Way("apply", f"earn {label}; its rule stands beneath")]


def _degree(item: Item, knowledge: Knowledge, as_of: Date) -> list[Way]:
    """Programmes of the level, with what must come before them when it is not held; bridges for what is.

    First those that can be begun now, of known length, in a field that the person has studied, and short.
    """
    leaf = item.node
    assert isinstance(leaf, DegreeLeaf)
    context = Context(item.timeline, as_of, knowledge.vocabulary)
    begun = {one: leaf.claim(one, context).strength for one in item.timeline.degrees or () if one.begun}
    finish = [_finish(one, knowledge) for one, strength in begun.items() if strength is not Strength.NONE]
    if any(strength >= Strength.ASSUMED for strength in begun.values()):
        return finish  # a degree under way needs no other
    wanted = knowledge.vocabulary.fields_below(leaf.fields)
    studied = {degree.field for degree in item.timeline.degrees or () if _awarded(degree, as_of)}
    found: list[tuple[tuple[bool, bool, bool, Fraction], Way]] = []
    for programme in knowledge.programmes():
        if programme.level == leaf.level and ("any" in leaf.fields or programme.field in wanted):
            detour = _before(programme, item, knowledge, as_of) is not None
            other = programme.field not in studied
            found += [
                ((detour, way.months_low is None, other, way.months_low or Fraction(0)), way)
                for way in _studies(programme, item, knowledge, as_of)
            ]
    ways = [*finish, *(way for _, way in sorted(found, key=lambda pair: pair[0]))]
    return ways or [Way("degree", leaf.sentence(knowledge.vocabulary))]


def _finish(degree: Degree, knowledge: Knowledge) -> Way:
    """A degree under way of which no end is written: anything from nothing to all of one like it is left."""
    lengths = [_months(one.months_full_time)[1] for one in knowledge.programmes() if one.level == degree.level]
    most = max((length for length in lengths if length is not None), default=None)
    text = f"finish {degree.text}: write its last month as `expected`, and it is reckoned with"
    return Way("degree", text, Fraction(0), most)


def _studies(programme: Programme, item: Item, knowledge: Knowledge, as_of: Date) -> list[Way]:
    low, high = _months(programme.months_full_time)
    cost = tuition(programme)
    ways = [
        Way("degree", f"{bridge.name}: {programme.name}, full time", *_months(bridge.months_full_time))
        for bridge in programme.bridges
        if bridged(programme, bridge, item.timeline, as_of)
    ]
    before = _before(programme, item, knowledge, as_of)
    credited = any(degree.level in knowledge.vocabulary.level_credits for degree in item.timeline.degrees or ())
    shorter = credited or bool(item.timeline.credits)
    lower = programme.level in knowledge.vocabulary.built_by_credits and shorter
    text = f"{programme.name}, full time from the start" + (
        " (less with your credits: ask the school)" if lower else ""
    )
    if before is not None:
        text = f"{programme.name}, full time, after this: {before.text}"
        low = low + before.months_low if low is not None and before.months_low is not None else None
        high = high + before.months_high if high is not None and before.months_high is not None else None
        cost = None
    return [*ways, Way("degree", text, low, high, cost)]


def _before(programme: Programme, item: Item, knowledge: Knowledge, as_of: Date) -> Way | None:
    """The shortest way to what admission asks, when the person does not hold it."""
    prior, satisfies = programme.prior_level, knowledge.vocabulary.satisfies
    if prior is None or prior not in knowledge.vocabulary.level_credits:
        return None
    fitting = [
        degree
        for degree in item.timeline.degrees or ()
        if programme.prior_field in (None, degree.field) and prior in satisfies.get(degree.level or "", ())
    ]
    if any(_awarded(degree, as_of) for degree in fitting):
        return None
    if (begun := next((degree for degree in fitting if degree.begun), None)) is not None:
        return _finish(begun, knowledge)
    ways = [
        way
        for other in knowledge.programmes()
        if other.level == prior and programme.prior_field in (None, other.field)
        for way in _studies(other, item, knowledge, as_of)
        if way.months_low is not None
    ]
    return min(ways, key=lambda way: way.months_low or 0, default=None)


def bridged(programme: Programme, bridge: Bridge, timeline: Timeline, as_of: Date) -> bool:
    """Whether the person holds what the bridge starts from."""
    degrees = timeline.degrees or ()
    has_degree = any(
        degree.level in bridge.from_levels
        and (bridge.from_field == "any" or degree.field == programme.field)
        and _awarded(degree, as_of)
        for degree in degrees
    )
    licence = bridge.from_license
    has_license = licence is None or any(held.family == licence for held in timeline.credentials or ())
    return has_degree and has_license


def _awarded(degree: Degree, as_of: Date) -> bool:
    return not degree.under_way and (degree.awarded is None or degree.awarded.latest <= as_of)


def _months(span: DataRange | None) -> tuple[Fraction | None, Fraction | None]:
    return (exact(span.low), exact(span.high)) if span else (None, None)


MAKERS: dict[str, Callable[[Item, Knowledge, Date], list[Way]]] = {
    "experience": _experience,
    "training": _training,
    "course": _course,
    "learning": _learning,
    "credits": _credits,
    "membership": _membership,
    "references": _references,
    "volunteering": _volunteering,
    "exam": _exam,
    "certification": _credential,
    "license": _credential,
    "degree": _degree,
}
