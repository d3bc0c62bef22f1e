"""The money of a plan as text: what for what, pay given up, pay beside it; a mean never set beside a median."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.planner.figures import PayBack, PayBeside, PlanCost, PlanMoney
from hsm_planner.report.findings import money
from hsm_planner.report.lines import Line
from hsm_planner.report.outlook import usd_of, vintage_text
from hsm_planner.report.sources import Numbers
from hsm_planner.requirements.base import count


def price_text(cost: PlanCost) -> str:
    """The known range and how many prices are not known."""
    return prices_text(cost.known_low, cost.known_high, cost.unknown_prices)


def cost_text(cost: PlanCost) -> str:
    """The same where no word before it says that it is a cost."""
    return price_text(cost) if cost.known_high or cost.unknown_prices else "no cost that we know of"


def prices_text(low: int, high: int, unknown: int) -> str:
    """A known range and how many prices beside it are not known: what nobody knows of is no price of nothing."""
    parts = [money(low, high)] if high else []
    parts += [f"{count(unknown, 'prices')} not known"] if unknown else []
    return " + ".join(parts) or "nothing that we know of"


def money_lines(found: PlanMoney, numbers: Numbers) -> Iterator[Line]:
    """All of it."""
    if not found.parts and not found.given_up and not found.pay:
        return
    yield Line()
    yield Line("Money", tone="title")
    if found.parts:
        yield Line(f"Of the cost: {'; '.join(f'{one.what} {price_text(one.cost_usd)}' for one in found.parts)}.", 2)
    if found.given_up is not None:
        worth = found.given_up.usd
        amount = f" That is {money(worth.low, worth.high)}." if worth is not None and worth.high else ""
        yield Line(f"Pay given up: {found.given_up.text}{amount}", 2)
    for one in found.pay:
        yield from _pay(one, numbers)
    if found.pay:
        yield Line("Pay is of whole occupations, a year, each figure of its own year; yours may lie well off.", 2,
                   tone="quiet")  # fmt: skip
    if found.pay_back is not None:
        back = found.pay_back
        yield Line(f"The known cost comes back in {_months(back)} of higher pay: {back.text}", 2)
    elif found.pay_now is None and any("now" in one.when for one in found.pay):
        yield Line("Say what you earn (pay_usd_year of your post) to see pay given up and when the cost comes back.", 2,
                   tone="quiet")  # fmt: skip


def _months(back: PayBack) -> str:
    if back.high is None:
        return f"{count(back.low, 'months')} or more, perhaps never,"
    return count(back.low, "months") if back.high == back.low else f"{back.low:,} to {back.high:,} months"


def _pay(one: PayBeside, numbers: Numbers) -> Iterator[Line]:
    when = " and ".join(one.when)
    posts = "; ".join(one.posts)
    posts += " (some such posts are counted there)" if one.partly else ""
    apart = " (these figures do not tell the posts apart)" if len(one.posts) > 1 else ""
    yield Line(f"{when[:1].upper()}{when[1:]}: {posts}{apart}; in the figures: {one.title}, {one.occupation}", 2, "- ")
    if one.own_employers:
        named = "; ".join(f"{usd_of(row, 'median')} ({row.area})" for row in one.own_employers)
        row = one.own_employers[0]
        yield Line(f"Where it is held, medians of {vintage_text(row.vintage)}: {named} {numbers.cite([row.source])}", 4)
    if one.national is not None:
        row = one.national
        yield Line(f"US, {vintage_text(row.vintage)}: median {usd_of(row, 'median')}, the middle half "
                   f"{usd_of(row, 'p25')} to {usd_of(row, 'p75')} {numbers.cite([row.source])}", 4)  # fmt: skip
    if one.employers:
        ordered = sorted(one.employers, key=lambda row: row.median or 0)
        low, high = ordered[0], ordered[-1]
        span = f"{usd_of(low, 'median')} ({low.area}) to {usd_of(high, 'median')} ({high.area})"
        yield Line(
            f"Over all kinds of employer, medians of {vintage_text(low.vintage)}: {span} {numbers.cite([low.source])}",
            4,
        )
    if one.state is not None and one.state.mean is not None:
        row = one.state
        yield Line(f"{row.area}, {vintage_text(row.vintage)}: a mean of {usd_of(row, 'mean')}, not to be set beside a "
                   f"median {numbers.cite([row.source])}", 4)  # fmt: skip
