"""The money of a plan: what is paid for what, pay given up, and the pay beside it; never more than is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from hsm_planner.engine.outlook import newest_pay, own_employers
from hsm_planner.knowledge.models import Role
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.planner.briefly import cost_of_all
from hsm_planner.planner.figures import Bounds, GivenUp, MoneyPart, Part, PayBack, PayBeside, PlanMoney
from hsm_planner.planner.goals import roles_asking
from hsm_planner.planner.made import Routes
from hsm_planner.planner.meaning import Reading
from hsm_planner.profile.model import Profile
from hsm_planner.requirements.base import count
from hsm_planner.values.timeline import Timeline

_PARTS = {
    "degree": "tuition",
    "course": "courses and credits",
    "learning": "continuing education",
    "training": "training",
    "exam": "exams",
    "apply": "applications and licences",
    "confirm": "checks and clearances",
    "membership": "memberships",
    "renew": "renewals",
}


def money_of(
    knowledge: Knowledge, profile: Profile, present: Timeline, entry: Entry, state: str | None, routes: Routes,
    reading: Reading,
) -> PlanMoney:  # fmt: skip
    """The money of a plan."""
    given_up = _given_up(profile, routes, reading)
    pay = tuple(_pay(knowledge, _posts(knowledge, present, entry, routes, reading), state))
    cost = reading.cost()
    paid = _pay_now(profile)
    return PlanMoney.model_construct(
        parts=tuple(_parts(routes, reading)),
        given_up=given_up,
        pay_now=paid,
        pay=pay,
        pay_back=_pay_back(pay, paid, (cost.low, cost.high, cost.unpriced), given_up),
    )


def _parts(routes: Routes, reading: Reading) -> Iterator[MoneyPart]:
    """Sums by kind, in the order of the list."""
    for kind, what in _PARTS.items():
        chosen = [one for one in reading.schedule.choices if routes.actions[one.activity].kind == kind]
        costs = {one.activity: reading.cost_of(one) for one in chosen}
        priced = {name: cost for name, cost in costs.items() if cost.high or cost.unpriced}
        if priced:
            yield MoneyPart.model_construct(what=what, cost_usd=cost_of_all(priced))


def _pay_now(profile: Profile) -> int | None:
    """What the posts held today pay a year, where the profile says it of all of them."""
    held = [post.pay_usd_year for post in profile.experience or () if post.end is None]
    return round(sum(pay for pay in held if pay is not None)) if held and None not in held else None


def _given_up(profile: Profile, routes: Routes, reading: Reading) -> GivenUp | None:
    """Pay of the months in which something takes the post's place."""
    taking = [one for one in reading.schedule.choices if reading.activity(one).occupies]
    if not taking or not any(post.end is None for post in profile.experience or ()):
        return None
    training = sum(reading.mode(one).months for one in taking if routes.actions[one.activity].kind == "training")
    months = sum(reading.mode(one).months for one in taking)
    some = f"what the {count(training, 'months')} of training pay was not found" if training else ""
    some += f"{'; ' if some else ''}counted as if you go back to it, or to one that pays as much, right after"
    paid = _pay_now(profile)
    if paid is None:
        text = f"{count(months, 'months')} without the pay of your post, which you did not say (pay_usd_year)"
        return GivenUp.model_construct(months=months, usd=None, text="; ".join(filter(None, (text, some))) + ".")
    monthly = Fraction(paid, 12)
    usd = Bounds.model_construct(low=round(monthly * (months - training)), high=round(monthly * months))
    text = f"{count(months, 'months')} without the pay of your post, ${paid:,} a year as you say"
    return GivenUp.model_construct(months=months, usd=usd, text="; ".join(filter(None, (text, some))) + ".")


def _posts(
    knowledge: Knowledge, present: Timeline, entry: Entry, routes: Routes, reading: Reading
) -> Iterator[tuple[Part, Role, tuple[str, ...]]]:
    """The posts of today, on the way, and at the end, with their settings.

    For a credential the posts that the law closes to others.
    """
    for post in present.posts or ():
        role = knowledge.role(post.role) if post.role and post.span.end is None else None
        if role is not None:
            yield "now", role, (post.setting,) if post.setting else role.settings
    for choice in reading.posts():
        role = knowledge.role(routes.actions[choice.activity].target or "")
        if role is not None and role.id != entry.id:
            yield "on the way", role, role.settings
    if isinstance(entry, Role):
        yield "goal", entry, entry.settings
        return
    yield from (("goal", role, role.settings) for role in roles_asking(knowledge, entry))


def _pay(
    knowledge: Knowledge, posts: Iterable[tuple[Part, Role, tuple[str, ...]]], state: str | None
) -> Iterator[PayBeside]:
    """One row for each occupation; nothing for posts that belong to none."""
    by_code: dict[str, list[tuple[Part, Role]]] = {}
    places: dict[str, set[str]] = {}
    for when, role, settings in posts:
        for code in role.occupations:
            by_code.setdefault(code, []).append((when, role))
            places.setdefault(code, set()).update(settings)
    place = knowledge.words.states.get(state, state) if state else None
    for code, some in by_code.items():
        title = next((one.title for one in knowledge.labor.occupations if one.id == code), None)
        if title is None:
            continue
        there = newest_pay(knowledge, code, "state", place) if place else []
        employers = tuple(one for one in newest_pay(knowledge, code, "industry") if one.median is not None)
        yield PayBeside.model_construct(
            when=tuple(dict.fromkeys(when for when, _ in some)),
            posts=tuple(dict.fromkeys(role.title for _, role in some)),
            occupation=code,
            title=title,
            partly=all(role.occupations[0] != code for _, role in some),
            national=next(iter(newest_pay(knowledge, code, "national")), None),
            employers=employers,
            own_employers=tuple(own_employers(knowledge, code, places[code])),
            state=next(iter(there), None),
        )


def _pay_back(
    pay: Sequence[PayBeside], paid: int | None, cost: tuple[int, int, int], given_up: GivenUp | None
) -> PayBack | None:
    """From the middle half of what the goal's occupation pays; not where it is also that of today."""
    goals = {one.title: one.national for one in pay if "goal" in one.when and "now" not in one.when}
    halves = [(row.p25, row.p75) for row in goals.values() if row is not None and row.p25 and row.p75]
    if not halves or len(halves) < len(goals) or paid is None:
        return None
    quarter, three_quarters = min(low for low, _ in halves), max(high for _, high in halves)
    low, high, unpriced = cost
    if given_up is not None and given_up.usd is not None:
        low, high = low + given_up.usd.low, high + given_up.usd.high
    most, least = three_quarters - paid, quarter - paid
    if most <= 0 or not high:
        return None
    soonest = -(-12 * low // most)
    latest = -(-12 * high // least) if least > 0 else None
    vintages = " and ".join(dict.fromkeys(row.vintage for row in goals.values() if row is not None))
    text = (
        f"${paid:,} a year as you say, against ${quarter:,} to ${three_quarters:,} "
        f"(the middle half of {' and '.join(goals)}, {vintages}): before taxes, without interest"
    )
    text += "; the pay given up is counted in" if given_up is not None and given_up.usd is not None else ""
    text += "; the prices that are not known come on top" if unpriced else ""
    return PayBack.model_construct(low=soonest, high=latest, text=f"{text}.")


def sources_of(money: PlanMoney) -> list[str]:
    """The sources of the pay beside a plan."""
    rows = [row for one in money.pay for row in (one.national, *one.employers, one.state) if row is not None]
    return list(dict.fromkeys(row.source for row in rows))
