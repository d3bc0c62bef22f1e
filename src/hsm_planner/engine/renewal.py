"""What keeps a credential alive."""

from __future__ import annotations

from hsm_planner.engine.result import QuotaSummary, RenewalSummary
from hsm_planner.knowledge.models import License, Role
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.requirements.base import count
from hsm_planner.values.money import dollars, fee_words


def renewal_of(entry: Entry, state: str | None) -> RenewalSummary | None:
    """What keeps a credential alive by a state's own rule; what is usual is no rule of a state."""
    if isinstance(entry, Role):
        return None
    own = entry.in_state(state) if isinstance(entry, License) else None
    found = own.renewal if own is not None and own.renewal is not None else entry.renewal
    if found is None:
        return None
    common = found is entry.renewal and isinstance(entry, License) and entry.state is None and state is not None
    return RenewalSummary.model_construct(
        cycle_years=None if common else found.cycle_years,
        usual_cycle_years=found.cycle_years if common else None,
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


def titled(knowledge: Knowledge, entry: Entry, state: str | None) -> str:
    """An entry's title; of a licence that all states give, with the state."""
    common = isinstance(entry, License) and entry.state is None and state is not None
    return f"{entry.title}, {knowledge.words.states[state]}" if common and state else entry.title


def every(years: float) -> str:
    """How often: ``every year``, ``every 2 years``."""
    return "every year" if years == 1 else f"every {count(years, 'years')}"


def renewal_words(renewal: RenewalSummary) -> str:
    """The cycle, the hours with their parts, the fee, and how the first renewal differs."""
    usual = renewal.usual_cycle_years
    unread = f"usually {every(usual)}; what this state asks was not read" if usual else "cycle not found"
    parts = [every(renewal.cycle_years) if renewal.cycle_years else unread]
    parts += [f"by {renewal.anchor}"] if renewal.anchor else []
    hours = f"{count(renewal.hours, 'hours')} of" if renewal.hours else "no"
    parts += [f"{hours} continuing education"] if renewal.hours is not None else []
    parts += [fee_words(renewal.fee_usd)] if renewal.fee_usd is not None else ["fee not found"]
    parts += [f"{dollars(renewal.late_fee_usd)} more when late"] if renewal.late_fee_usd is not None else []
    sentences = [", ".join(parts)]
    sentences += [f"Of the hours: {'; '.join(map(_quota, renewal.quotas))}"] if renewal.quotas else []
    sentences += [f"The first time: {renewal.first}"] if renewal.first else []
    return f"{'. '.join(sentences)}. {renewal.note or ''}".strip()


def _quota(quota: QuotaSummary) -> str:
    bounds = [f"at least {quota.at_least:g}"] if quota.at_least is not None else []
    bounds += [f"at most {quota.at_most:g}"] if quota.at_most is not None else []
    return f"{' and '.join(bounds)} {quota.what}"
