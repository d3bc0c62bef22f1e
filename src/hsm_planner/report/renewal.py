"""What keeps a credential alive, in words."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.keeping import KeepAlive, Renewals
from hsm_planner.engine.renewal import renewal_words
from hsm_planner.report.lines import Line, overlay_lines
from hsm_planner.report.sources import Numbers, source_lines
from hsm_planner.requirements.base import count
from hsm_planner.values.money import FREE, dollars


def keep_lines(keep: KeepAlive, numbers: Numbers) -> Iterator[Line]:
    """What keeps one credential alive, and until when it holds."""
    words = renewal_words(keep.renewal) if keep.renewal else "what its renewal asks was not found."
    yield Line(f"{keep.title}: {words} {numbers.cite(keep.sources)}".strip(), 2, "- ")
    if keep.due:
        then = f"; counted by the cycle then: {', '.join(keep.due[1:])}" if keep.due[1:] else ""
        yield Line(f"Ends unless renewed: {keep.due[0]}{then}.", 4, tone="quiet")
    if keep.times > 1:
        paid = (
            "fee not found" if keep.usd is None else f"{dollars(keep.usd)} in all at today's fee" if keep.usd else FREE
        )
        yield Line(f"Up to then: {count(keep.times, 'renewals')}, {paid}.", 4, tone="quiet")


def renewals_lines(result: Renewals) -> Iterator[Line]:
    """The answer of ``renewals``."""
    numbers = Numbers(result.sources, result.as_of)
    what = f"{result.profile.name}: what" if result.profile.name else "What"
    yield Line(f"{what} keeps your credentials alive    as of {result.as_of}", tone="title")
    yield from overlay_lines(result.overlays)
    yield Line()
    if not result.credentials:
        sure = "surely in force; to confirm:" if result.guessed else "in force."
        yield Line(f"No credential that we know of is {sure}", tone="quiet")
    for keep in result.credentials:
        yield from keep_lines(keep, numbers)
    yield from (Line(f"{text}: no longer in force.", 2, "- ", "open") for text in result.lapsed)
    yield from (Line(f"{text}: we have no entry of it.", 2, "- ", "open") for text in result.unknown)
    yield from (Line(text, 2, "?  ", "open") for text in result.guessed)
    yield from source_lines(numbers, result.sources)
