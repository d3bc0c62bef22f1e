"""What keeps a credential alive, in words."""

from __future__ import annotations

from hsm_planner.engine.renewal import every
from hsm_planner.engine.result import QuotaSummary, RenewalSummary
from hsm_planner.requirements.base import count


def renewal_words(renewal: RenewalSummary) -> str:
    """The cycle, the hours with their parts, the fee, and how the first renewal differs."""
    parts = [every(renewal.cycle_years) if renewal.cycle_years else "cycle not found"]
    parts += [f"by {renewal.anchor}"] if renewal.anchor else []
    parts += [f"{count(renewal.hours, 'hours')} of continuing education"] if renewal.hours is not None else []
    parts += [f"${renewal.fee_usd:,.0f}"] if renewal.fee_usd is not None else ["fee not found"]
    parts += [f"${renewal.late_fee_usd:,.0f} more when late"] if renewal.late_fee_usd is not None else []
    sentences = [", ".join(parts)]
    sentences += [f"Of the hours: {'; '.join(map(_quota, renewal.quotas))}"] if renewal.quotas else []
    sentences += [f"The first time: {renewal.first}"] if renewal.first else []
    return f"{'. '.join(sentences)}. {renewal.note or ''}".strip()


def _quota(quota: QuotaSummary) -> str:
    bounds = [f"at least {quota.at_least:g}"] if quota.at_least is not None else []
    bounds += [f"at most {quota.at_most:g}"] if quota.at_most is not None else []
    return f"{' and '.join(bounds)} {quota.what}"
