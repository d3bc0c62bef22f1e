"""What the ways to close a gap cost, as far as the data knows it."""

from __future__ import annotations

from hsm_planner.knowledge.common import Range as DataRange
from hsm_planner.knowledge.models import fee_for
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.knowledge.words import Programme
from hsm_planner.requirements.numeric import exact
from hsm_planner.values.amounts import Money


def price(usd: float | DataRange) -> Money:
    low, high = (usd.low, usd.high) if isinstance(usd, DataRange) else (usd, usd)
    return Money(exact(low), exact(high))


def tuition(programme: Programme) -> Money | None:
    """The published price of a year for the longest full-time length; a quicker pace is not taken to be cheaper."""
    months, price = programme.months_full_time, programme.usd_per_year
    if months is None or price is None:
        return None
    years = exact(months.high) / 12
    return Money(exact(price.low) * years, exact(price.high) * years)


def priced_apart(knowledge: Knowledge, leaf: str, state: str | None, *names: str) -> Money | None:
    """The price of a course, or of a year as a member, that stands with the credential whose leaf asks it."""
    entry = knowledge.credential(leaf.partition(".")[0])
    fees = entry.fees_in(state) if entry is not None else ()
    fee = next((fee for name in names if (fee := fee_for(fees, name)) is not None), None)
    return price(fee.usd) if fee is not None and fee.usd is not None else None
