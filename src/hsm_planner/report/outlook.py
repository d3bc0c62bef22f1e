"""Pay and outlook as text: a mean is never put beside a median without its name."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.outlook import Pay, PayAndOutlook, growth_words
from hsm_planner.report.lines import Line, overlay_lines
from hsm_planner.report.sources import Numbers, source_lines
from hsm_planner.requirements.base import count
from hsm_planner.values.dates import MONTHS

_LEAST_EMPLOYED = 1_000  # a sector with fewer of them says little


def outlook_lines(result: PayAndOutlook) -> Iterator[Line]:
    """The whole answer."""
    numbers = Numbers(result.sources, result.as_of)
    yield Line(f"Pay and outlook > {result.title} ({result.occupation})    as of {result.as_of}", tone="title")
    yield from overlay_lines(result.overlays)
    if result.roles:
        posts, titles = count(len(result.roles), "posts"), "; ".join(result.roles.values())
        yield Line("These figures are of a whole occupation; your post may lie well above or below. "
                   f"It holds {posts} here, which they do not tell apart: {titles}.", tone="quiet")  # fmt: skip
    yield from _national(result, numbers)
    yield from _state(result, numbers)
    yield from _employers(result, numbers)
    yield from _growth(result, numbers)
    yield from _held(result, numbers)
    if result.said:
        yield from _heading("What the founding article says, and what is newer")
        for one in result.said:
            yield Line(f"{one.text} {one.newer} {numbers.cite(one.sources)}", 2, "- ")
    yield Line()
    yield Line("What you may earn depends on place, employer and experience. The wages are those of employees; "
               "each figure is of its own year.", tone="quiet")  # fmt: skip
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
    usd = {name: usd_of(newest, name) for name in ("p10", "p25", "median", "p75", "p90")}
    quarters = f"a quarter less than {usd['p25']}, a quarter more than {usd['p75']}"
    tenths = f"a tenth less than {usd['p10']}, a tenth more than {usd['p90']}"
    half = f"{vintage_text(newest.vintage)}: half earn more than {usd['median']} (the median)"
    yield Line(f"{half}; {quarters}; {tenths}. {cite}", 2)
    earlier = [
        f"{vintage_text(row.vintage)} {usd_of(row, 'median')} {numbers.cite([row.source])}"
        for row in result.national[1:]
    ]
    if earlier:
        yield Line(f"Medians before, in dollars of their time: {'; '.join(earlier)}.", 2)


def _state(result: PayAndOutlook, numbers: Numbers) -> Iterator[Line]:
    if result.place is None:
        return
    yield from _heading(f"Pay in {result.place}, a year")
    if not result.state:
        yield Line(f"We found no pay for this occupation in {result.place}.", 2)
    for row in result.state:
        cite = numbers.cite([row.source])
        if row.mean is None and "mean" not in row.top_coded:
            yield Line(f"{vintage_text(row.vintage)}: the survey prints no pay for this occupation here. {cite}", 2)
            continue
        mean = f"{vintage_text(row.vintage)}: a mean of {usd_of(row, 'mean')}; the median was not found."
        yield Line(f"{mean} {_above(result, row)}Do not set it beside the medians here. {cite}", 2)


def _above(result: PayAndOutlook, row: Pay) -> str:
    """How far the mean of the whole country lies above its median in the same year."""
    same = next((one for one in result.national if one.vintage == row.vintage and one.mean and one.median), None)
    if same is None or same.mean is None or same.median is None:
        return ""
    more = round(100 * (same.mean / same.median - 1))
    side = f"{more} % above" if more >= 0 else f"{-more} % below"
    return f"In the whole country the mean of this occupation was {side} its median that year. "


def _employers(result: PayAndOutlook, numbers: Numbers) -> Iterator[Line]:
    sectors = [row for row in result.sectors if (row.employment or 0) >= _LEAST_EMPLOYED]
    for name, rows in (("by kind of employer", result.industries), ("by sector, where most work first", sectors)):
        known = [row for row in rows if row.median is not None or "median" in row.top_coded]
        if known:
            cite = numbers.cite([known[0].source])
            yield from _heading(f"In the United States, {name}: medians of {vintage_text(known[0].vintage)} {cite}")
            for row in known:
                people = f" ({row.employment:,} people)" if row.employment is not None else ""
                yield Line(f"{row.area}{people}: {usd_of(row, 'median')}", 2, "- ")


def _growth(result: PayAndOutlook, numbers: Numbers) -> Iterator[Line]:
    if not result.growth:
        return
    yield from _heading("Number of jobs, as projected for the whole country")
    yield from (Line(f"{growth_words(one)} {numbers.cite(one.sources)}", 2, "- ") for one in result.growth)
    usual = next((one for one in result.growth if one.education), None)
    if usual is not None and usual.education:
        parts = [usual.education.lower()]
        parts += [f"experience in related work: {usual.experience.lower()}"] if usual.experience else []
        parts += [f"training on the job: {usual.training.lower()}"] if usual.training else []
        yield Line(f"To begin with, BLS's own category, not a rule ({usual.edition}): {'; '.join(parts)}. "
                   f"{numbers.cite(usual.sources)} What the law asks: hsm-plan show ROLE.", 2)  # fmt: skip


def _held(result: PayAndOutlook, numbers: Numbers) -> Iterator[Line]:
    if result.held is None:
        return
    shares = [f"{level.lower()} {share:g} %" for level, share in result.held.percent.items()]
    note = f" {result.held.note}" if result.held.note else ""
    years = " and ".join(result.held.vintage.split("+"))
    yield Line(f"Workers of 25 and over hold, in surveys of {years}: {'; '.join(shares)}.{note} "
               f"{numbers.cite(result.held.sources)}", 2)  # fmt: skip


def usd_of(row: Pay, name: str) -> str:
    """A figure of a row; the top code where it is above that."""
    if name in row.top_coded:
        return f"${row.top_wage:,} or more" if row.top_wage else "more than the survey prints"
    value = getattr(row, name)
    return "an amount not found" if value is None else f"${value:,}"


def vintage_text(vintage: str) -> str:
    """``May 2025``."""
    year, _, month = vintage.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month else year
