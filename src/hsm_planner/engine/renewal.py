"""What keeps a credential alive."""

from __future__ import annotations

from hsm_planner.engine.result import QuotaSummary, RenewalSummary
from hsm_planner.knowledge.models import License, Role
from hsm_planner.knowledge.store import Entry
from hsm_planner.requirements.base import count


def renewal_of(entry: Entry, state: str | None) -> RenewalSummary | None:
    """What keeps a credential alive; a state's own rule before the common one."""
    if isinstance(entry, Role):
        return None
    own = [rule.renewal for rule in entry.states if rule.state == state] if isinstance(entry, License) else []
    found = next((renewal for renewal in own if renewal is not None), entry.renewal)
    if found is None:
        return None
    return RenewalSummary.model_construct(
        cycle_years=found.cycle_years,
        anchor=found.anchor,
        hours=found.hours,
        quotas=tuple(
            QuotaSummary.model_construct(what=one.what, at_least=one.at_least, at_most=one.at_most)
            for one in found.quotas
        ),
        first=found.first,
        fee_usd=found.fee_usd,
        late_fee_usd=found.late_fee_usd,
        note=found.note,
        sources=tuple(dict.fromkeys((*found.sources, *(name for one in found.quotas for name in one.sources)))),
    )


def every(years: float) -> str:
    """How often: ``every year``, ``every 2 years``."""
    return "every year" if years == 1 else f"every {count(years, 'years')}"
