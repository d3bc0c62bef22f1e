"""A list of the knowledge as text: two lines an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hsm_planner.engine.browse import (
    CertificationRow,
    DegreeRow,
    LicenseRow,
    Listing,
    PathwayRow,
    RoleRow,
    SkillRow,
    SourceRow,
)
from hsm_planner.engine.result import Bounds
from hsm_planner.report.coverage import coverage_words
from hsm_planner.report.lines import Line, overlay_lines

_TITLES = {
    "roles": "Roles",
    "certifications": "Certifications",
    "licenses": "Licences",
    "degrees": "Degrees",
    "skills": "Skills",
    "pathway": "The manager pathway",
    "sources": "Sources",
}


def listing_lines(result: Listing) -> Iterator[Line]:
    """The whole list; more of an entry is told by ``show``."""
    filters = ", ".join(f"{name} {value}" for name, value in result.filters.items())
    many = f"{len(result.rows)} of {result.of}" if filters else str(result.of)
    yield Line(f"{_TITLES[result.command]}: {many}{f' ({filters})' if filters else ''}", tone="title")
    yield from overlay_lines(result.overlays)
    for row in result.rows:
        yield Line(f"{row.id}  {row.title}", 2)
        for text in _WORDS[type(row)](row):
            yield Line(text, 6, tone="quiet")
    if result.command in ("roles", "certifications", "licenses", "degrees") and result.rows:
        yield Line()
        yield Line(f"One entry whole: hsm-plan show {result.rows[0].id}", tone="quiet")


def _role(row: RoleRow) -> Iterator[str]:
    yield f"{row.level}; {', '.join(row.settings)}"
    yield f"{coverage_words(row.coverage)}; confidence {row.confidence}"


def _certification(row: CertificationRow) -> Iterator[str]:
    status = "" if row.status == "active" else f"{row.status}; "
    yield f"{status}{row.issuer}; {row.stage}{_cycle(row.renewal_years)}"
    yield f"{coverage_words(row.coverage)}; confidence {row.confidence}"


def _license(row: LicenseRow) -> Iterator[str]:
    yield f"{row.state or 'every state'}; {row.board}{_cycle(row.renewal_years)}"
    yield f"{coverage_words(row.coverage)}; confidence {row.confidence}"


def _cycle(years: float | None) -> str:
    return "" if years is None else f"; renewed every {years:g} years" if years != 1 else "; renewed every year"


def _degree(row: DegreeRow) -> Iterator[str]:
    parts = [
        f"full time {_span(row.months_full_time)} months" if row.months_full_time else "",
        f"part time {_span(row.months_part_time)} months" if row.months_part_time else "",
        f"{_span(row.credits)} semester hours" if row.credits else "",
        f"${_span(row.usd_per_year)} a year" if row.usd_per_year else "price not known",
    ]
    yield f"{row.level}, {row.field}"
    yield "; ".join(part for part in parts if part)


def _span(bounds: Bounds) -> str:
    low, high = (f"{value:,.0f}" if value is not None else "?" for value in (bounds.low, bounds.high))
    return low if low == high else f"{low} to {high}"


def _skill(row: SkillRow) -> Iterator[str]:
    yield row.text
    yield from _practice(row)


def _practice(row: SkillRow | PathwayRow) -> Iterator[str]:
    """How a skill or a duty is shown and built, and the elements that fit it."""
    yield from (f"shown by {text}" for text in row.show_by)
    yield from (f"built by {text}" for text in row.build_by)
    if row.onet_elements:
        yield f"O*NET: {', '.join(row.onet_elements)}"


def _pathway(row: PathwayRow) -> Iterator[str]:
    yield f"{row.sort}: {row.text}"
    yield from _practice(row)


def _source(row: SourceRow) -> Iterator[str]:
    marks = [row.publisher, f"as of {row.as_of}" if row.as_of else "undated", f"read {row.read_on}"]
    marks += ["from a public copy"] if row.public_copy else []
    marks += ["third party"] if row.third_party else []
    yield "; ".join(marks)
    yield row.url or "no public address"


_WORDS: dict[type[Any], Callable[[Any], Iterator[str]]] = {
    RoleRow: _role,
    CertificationRow: _certification,
    LicenseRow: _license,
    DegreeRow: _degree,
    SkillRow: _skill,
    PathwayRow: _pathway,
    SourceRow: _source,
}
