"""A programme as an activity: in which modes it can be studied, what it costs, and the degree that it leaves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from hsm_planner.knowledge.common import Range
from hsm_planner.knowledge.words import Bridge, Programme
from hsm_planner.planner.actions import HOURS, WEEKS_A_MONTH, Action, Made, Numbers, Pace, study
from hsm_planner.planner.future import Effect
from hsm_planner.planner.model import Cost, Mode
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.record import replace
from hsm_planner.values.timeline import Degree, Timeline
from hsm_planner.values.truth import Strength

TRANSFERRED = "credits-transferred"  # the assumption
BY_CREDITS = "bridge-price-by-credits"  # 1 for yes
LEFT = "left-of-a-degree-begun"  # the assumption, in percent
_FINISH = "finish:"  # what the id of finishing a degree begins with


def degree(programme: Programme, bridge: Bridge | None, numbers: Numbers, pace: Pace, credits: int = 0) -> Made | None:
    """A programme, from the start or over a bridge; None when neither its length nor its credits are known.

    ``credits``: of a lower degree held, of which a college may take some for a programme without a bridge.
    """
    key = (programme.id, bridge.name if bridge else None, pace.hours, credits)
    return numbers.once(key, lambda: _degree(programme, bridge, numbers, pace, credits))


def finishing(
    held: Degree, like: Programme, bridge: Bridge | None, numbers: Numbers, pace: Pace, name: str
) -> Made | None:
    """What is left of a degree under way of which no end is known, at the pace of a programme like it, and its price.

    The price is known where that programme is of its level. ``bridge``: by which it is likely studied. ``name``: by
    which it is told from others, as one entry of a profile may name several. None when neither the length nor the
    credits of the programme are known.
    """
    key = (held, like.id, bridge.name if bridge else None, pace.hours)
    return numbers.once(key, lambda: _finishing(held, like, bridge, numbers, pace, name))


def _finishing(
    held: Degree, like: Programme, bridge: Bridge | None, numbers: Numbers, pace: Pace, name: str
) -> Made | None:
    left, own = numbers(LEFT), like.level == held.level
    modes = _modes(like, bridge, numbers, pace, 1 - left / 100)
    if not modes:
        return None
    modes = modes if own else [replace(mode, cost=Cost(unpriced=1)) for mode in modes]
    entry: dict[str, Any] = {"level": held.level}
    entry |= {"field": held.field} if held.field is not None else {}
    entry |= {"accredited_by": sorted(held.accredited_by)} if held.accredited_by is not None else {}
    usual = "pace and price of such a degree" if own else f"pace of another degree, {like.name}"
    note = (
        f"How much of it is left is yours to say; here {float(left):g} % is assumed, at the {usual}. Ask your school, "
        "and write its last month as `expected` beside it: the plan then goes by that."
    )
    effect = Effect("education", entry, (("awarded", "end"),))
    label = f" ({numbers.vocabulary.label('level', held.level or '')})" if name != held.pointer else ""
    action = Action(
        f"{_FINISH}{name}",
        "degree",
        like.id if own and like.field == held.field else held.level,
        f"the rest of what you have begun: {held.text}{label}",
        (effect,),
        (*like.sources, *(bridge.sources if bridge else ())),
        note,
        shortened=True,
    )
    return Made(action, tuple(modes))


def is_begun(action: str) -> bool:
    """Whether an action, by its id, is to finish a degree that is under way."""
    return action.startswith(_FINISH)


def loose_credits(timeline: Timeline, vocabulary: Vocabulary, programme: Programme) -> int:
    """The credits of the highest lower degree surely held, by its level; a college may take some or none.

    Only towards a degree that college credits are a part of the way to.
    """
    if programme.level not in vocabulary.built_by_credits:
        return 0
    worth = vocabulary.level_credits
    sure = [one for one in timeline.degrees or () if not one.under_way and one.counts.strength >= Strength.ASSUMED]
    held = max((worth.get(one.level or "", 0) for one in sure), default=0)
    return held if held < worth.get(programme.level, 0) else 0


def _degree(programme: Programme, bridge: Bridge | None, numbers: Numbers, pace: Pace, credits: int) -> Made | None:
    taken = _taken(programme, bridge, numbers, credits)
    modes = _modes(programme, bridge, numbers, pace, taken)
    if not modes:
        return None
    entry: dict[str, Any] = {"level": programme.level, "field": programme.field, "degree": programme.name}
    entry |= {"accredited_by": list(programme.accreditors)} if programme.accreditors else {}
    name = f"degree:{programme.id}" + (f":{_slug(bridge.name)}" if bridge else "")
    text = f"{bridge.name}: {programme.name}" if bridge else programme.name
    sources = (*programme.sources, *(bridge.sources if bridge else ()))
    bodies = " or ".join(one.upper() for one in programme.accreditors)
    accredited = f"In a programme accredited by {bodies}, as the rule asks: ask before you enrol." if bodies else None
    asked = _credits_held(credits, taken) if credits and not bridge else None
    priced = _priced(programme, bridge) if not modes[0].cost.unpriced else None
    lengths = _lengths(programme, bridge, _quicker(programme, bridge, modes, numbers, pace, taken))
    note = " ".join(filter(None, (asked, priced, *lengths))) or None
    effect = Effect("education", entry, (("awarded", "end"),))
    action = Action(
        name,
        "degree",
        programme.id,
        text,
        (effect,),
        sources,
        note,
        shortened=bridge is not None,
        accredited=accredited,
    )
    return Made(action, tuple(modes))


def _taken(programme: Programme, bridge: Bridge | None, numbers: Numbers, credits: int) -> Fraction:
    """The share of a programme that credits of a lower degree stand for, by the assumptions."""
    if bridge or not credits or programme.credits is None:
        return Fraction(0)
    whole = numbers.end_of(programme.credits)
    most = max(whole - numbers("credits-at-the-college"), Fraction(0))
    return min(numbers(TRANSFERRED), Fraction(credits), most) / whole


def _credits_held(credits: int, taken: Fraction) -> str:
    """What to ask a college first, where a lower degree may count towards a programme."""
    given = "in part" if taken else "without"
    return (
        f"Ask a college first how many of your credits it takes (your degree is of about {credits}): they come off the "
        f"time and the price, which are given here {given}."
    )


def _priced(programme: Programme, bridge: Bridge | None) -> str | None:
    """What the price is of: the first sentence of the data, and how a bridge is priced."""
    if programme.cost_note is None:
        return None
    said = programme.cost_note.partition(". ")[0].rstrip(".")
    said += " a year" if "$" in said else ""
    price, months = programme.usd_per_year, programme.months_full_time
    if price is None or months is None:
        return None
    each = f"${price.low:,.0f}" + (f" to ${price.high:,.0f}" if price.high > price.low else "")
    whole = f"Price: {each} a year, {months.high / 12:g} years for the whole degree. {said}."
    return f"{whole} Here only the credits that are left are priced." if bridge else whole


def _lengths(programme: Programme, bridge: Bridge | None, quicker: str | None) -> Iterator[str]:
    """The lengths that sources give, where they differ: the plan takes one end of them."""
    spans = bridge or programme
    for how, span in (("full time", spans.months_full_time), ("part time", spans.months_part_time)):
        if span is not None and span.low != span.high:
            yield f"By the sources {span.low:g} to {span.high:g} months {how}."
    if quicker is not None:
        yield quicker
    if spans.months_part_time is None:
        yield "No length part time was found: ask the school whether it can be studied beside work."


def _quicker(
    programme: Programme, bridge: Bridge | None, modes: list[Mode], numbers: Numbers, pace: Pace, taken: Fraction
) -> str | None:
    """What the hours of study would do for, where that lies between the lengths part time that sources give."""
    span, work = (bridge or programme).months_part_time, _work(programme, bridge, numbers, taken)
    allowed = [mode.months for mode in modes if mode.uses.get(HOURS, 0) <= pace.hours]
    if span is None or work is None or not allowed:
        return None
    own = pace.months(work)
    least = math.ceil(Fraction(str(span.low)) * (1 - taken))
    if not least <= own < min(allowed):
        return None
    return (
        f"Your {pace.hours} hours a week would do for {own} months: before you enrol, ask for a school that lets you "
        "go at that pace."
    )


def _work(programme: Programme, bridge: Bridge | None, numbers: Numbers, taken: Fraction) -> Fraction | None:
    """The hours of study that a programme takes; not known without its credits."""
    amount = _credits(programme, bridge, numbers, taken)
    return amount * numbers("hours-per-credit") if amount else None


def _credits(programme: Programme, bridge: Bridge | None, numbers: Numbers, taken: Fraction) -> Fraction | None:
    credits = bridge.remaining_credits if bridge else _whole(programme, numbers)
    return numbers.end_of(credits) * (1 - taken) if credits else None


def _slug(text: str) -> str:
    return "-".join("".join(char if char.isalnum() else " " for char in text.lower()).split())


def _modes(programme: Programme, bridge: Bridge | None, numbers: Numbers, pace: Pace, taken: Fraction) -> list[Mode]:
    full = bridge.months_full_time if bridge else programme.months_full_time
    part = bridge.months_part_time if bridge else programme.months_part_time
    left = 1 - taken
    amount, work = _credits(programme, bridge, numbers, taken), _work(programme, bridge, numbers, taken)
    cost = _part(_bridge_tuition(programme, bridge, numbers) if bridge else tuition(programme), left)
    modes: list[Mode] = []
    for name, span, hours in (
        ("full-time", full, "full-time-study-hours"),
        ("part-time", part, "part-time-study-hours"),
    ):
        if span is not None:
            months = math.ceil(numbers.end_of(span) * left)
            modes.append(study(work or months * WEEKS_A_MONTH * numbers(hours), months, name, cost))
    if work is not None:
        at_most = math.ceil(amount / numbers("credits-per-month-most")) if amount else 0
        own = study(work, pace.months(work, at_most), "own-pace", cost)
        if not modes or own.months > max(mode.months for mode in modes):
            modes.append(own)  # slower than any that a source names: as the hours allow
    return modes


def _whole(programme: Programme, numbers: Numbers) -> Range | None:
    """The credits of a programme: where no source gives them, those that a degree of its level stands for."""
    vocabulary = numbers.vocabulary
    worth = vocabulary.level_credits
    own = worth.get(programme.level, 0)
    below = max((worth.get(one, 0) for one in vocabulary.satisfies[programme.level] - {programme.level}), default=0)
    if programme.credits is not None or own <= below or not numbers("credits-by-level"):
        return programme.credits  # a level above college has those of the college degree alone
    return Range.model_construct(low=own, high=own)


def tuition(programme: Programme) -> Cost:
    """The published price of a year for the longest full-time length; not known without both."""
    months, price = programme.months_full_time, programme.usd_per_year
    if months is None or price is None:
        return Cost(unpriced=1)
    years = Fraction(str(months.high)) / 12
    return Cost(math.ceil(Fraction(str(price.low)) * years), math.ceil(Fraction(str(price.high)) * years))


def _bridge_tuition(programme: Programme, bridge: Bridge, numbers: Numbers) -> Cost:
    """The price of the credits that a bridge leaves, at the rate of the whole programme, where that is assumed.

    Not known without both counts of credits.
    """
    whole, left, full = programme.credits, bridge.remaining_credits, tuition(programme)
    if whole is None or left is None or full.unpriced or not numbers(BY_CREDITS):
        return Cost(unpriced=1)
    least = Fraction(str(left.low)) / Fraction(str(whole.high))
    most = Fraction(str(left.high)) / Fraction(str(whole.low))
    return Cost(math.ceil(full.low * least), math.ceil(full.high * most))


def _part(cost: Cost, share: Fraction) -> Cost:
    """A share of a price."""
    return Cost(math.ceil(cost.low * share), math.ceil(cost.high * share), cost.unpriced)
