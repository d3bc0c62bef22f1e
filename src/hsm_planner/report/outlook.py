"""Pay and outlook as text: a mean is never put beside a median without its name."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.outlook import Growth, Pay, PayAndOutlook
from hsm_planner.knowledge.labor import TOP_WAGE
from hsm_planner.report.lines import Line, overlay_lines
from hsm_planner.report.sources import Numbers, source_lines
from hsm_planner.requirements.base import listed
from hsm_planner.values.dates import MONTHS


def outlook_lines(result: PayAndOutlook) -> Iterator[Line]:
    """The whole answer."""
    numbers = Numbers(result.sources, result.as_of)
    yield Line(f"Pay and outlook > {result.title} ({result.occupation})    as of {result.as_of}", tone="title")
    yield from overlay_lines(result.overlays)
    if result.roles:
        yield Line(f"One set of figures for {len(result.roles)} posts here, which it does not tell apart: "
                   f"{', '.join(result.roles)}.", tone="quiet")  # fmt: skip
    yield from _national(result, numbers)
    yield from _places(result, numbers)
    yield from _growth(result, numbers)
    if result.said:
        yield from _heading("What the founding article says, and what is newer")
        for one in result.said:
            yield Line(f"{one.text} {one.newer} {numbers.cite(one.sources)}", 2, "- ")
    yield Line()
    yield Line("What you may earn depends on place, employer and experience; these are surveys of all who work in the "
               "occupation, in dollars of their own year.", tone="quiet")  # fmt: skip
    yield from source_lines(numbers, result.sources)


def _heading(text: str) -> Iterator[Line]:
    yield Line()
    yield Line(text, tone="title")


def _national(result: PayAndOutlook, numbers: Numbers) -> Iterator[Line]:
    if not result.national:
        return
    yield from _heading("Pay in the United States, a year")
    newest = result.national[0]
    cite = numbers.cite([newest.source])
    yield Line(f"{_month(newest.vintage)}: half earn more than {_usd(newest, 'median')} (the median); a quarter less "
               f"than {_usd(newest, 'p25')}, a quarter more than {_usd(newest, 'p75')}; a tenth less than "
               f"{_usd(newest, 'p10')}, a tenth more than {_usd(newest, 'p90')}. {cite}", 2)  # fmt: skip
    earlier = [
        f"{_month(row.vintage)} {_usd(row, 'median')} {numbers.cite([row.source])}" for row in result.national[1:]
    ]
    if earlier:
        yield Line(f"Medians before, in dollars of their time: {'; '.join(earlier)}.", 2)


def _places(result: PayAndOutlook, numbers: Numbers) -> Iterator[Line]:
    for row in result.state:
        yield from _heading(f"Pay in {row.area}, a year")
        yield Line(f"{_month(row.vintage)}: a mean of {_usd(row, 'mean')}; the median was not found. A mean lies above "
                   f"the median where a few earn much, so it is not set beside the median of the country. "
                   f"{numbers.cite([row.source])}", 2)  # fmt: skip
    for name, rows in (("By kind of employer", result.industries), ("By sector", result.sectors)):
        medians = [row for row in rows if row.median is not None or "median" in row.top_coded]
        if medians:
            yield from _heading(f"{name}: medians of {_month(medians[0].vintage)} {numbers.cite([medians[0].source])}")
            yield from (Line(f"{row.area}: {_usd(row, 'median')}", 2, "- ") for row in medians)


def _growth(result: PayAndOutlook, numbers: Numbers) -> Iterator[Line]:
    if result.growth:
        yield from _heading("Jobs to come (national projections)")
        yield from (Line(f"{_edition(one)} {numbers.cite(one.sources)}", 2, "- ") for one in result.growth)
        usual = result.growth[0]
        if usual.education:
            more = f", experience: {usual.experience.lower()}" if usual.experience else ""
            yield Line(f"Usual to begin with, as BLS puts it: {usual.education.lower()}{more}.", 2)
    if result.held is not None:
        shares = [f"{level.lower()} {share:g} %" for level, share in result.held.percent.items()]
        yield Line(f"What those who work in it hold ({result.held.vintage}): {listed(shares, 'and')}. "
                   f"{numbers.cite(result.held.sources)}", 2)  # fmt: skip


def _edition(one: Growth) -> str:
    parts = [f"{one.change_percent:+g} %" if one.change_percent is not None else "change not found"]
    if one.jobs is not None:
        to = f" to {one.jobs_projected:,}" if one.jobs_projected is not None else ""
        parts.append(f"from {one.jobs:,}{to} jobs")
    if one.openings_a_year is not None:
        parts.append(f"{one.openings_a_year:,} openings a year")
    note = f" ({one.note})" if one.note else ""
    return f"{one.edition}: {', '.join(parts)}{note}."


def _usd(row: Pay, name: str) -> str:
    if name in row.top_coded:
        return f"${TOP_WAGE:,} or more"
    value = getattr(row, name)
    return "an amount not found" if value is None else f"${value:,}"


def _month(vintage: str) -> str:
    year, _, month = vintage.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month else year
