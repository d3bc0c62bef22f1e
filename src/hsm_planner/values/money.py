"""Amounts of money in words. Nothing to pay is told as such: it is neither a price of 0 nor a price not known."""

from __future__ import annotations

FREE = "no fee is charged"


def dollars(low: float, high: float | None = None) -> str:
    """US dollars, with cents where there are any; a range where there is one.

    >>> dollars(1250), dollars(212.9), dollars(35, 50)
    ('$1,250', '$212.90', '$35 to $50')
    """
    amounts = (low,) if high is None or high == low else (low, high)
    return " to ".join(f"${amount:,.0f}" if amount % 1 == 0 else f"${amount:,.2f}" for amount in amounts)


def fee_words(low: float, high: float | None = None) -> str:
    """A fee that is known: so many dollars, or that none is charged.

    >>> fee_words(75), fee_words(0)
    ('$75', 'no fee is charged')
    """
    return dollars(low, high) if low or high else FREE
