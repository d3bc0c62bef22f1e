"""Wages and outlook: the shape of labor.yaml and of the rows of wages.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from pydantic import Field

from hsm_planner.knowledge.common import Cited, Text
from hsm_planner.requirements.base import Id, Strict
from hsm_planner.values.problems import Problem
from hsm_planner.values.record import record

AreaType = Literal["national", "state", "territory", "metro", "nonmetro", "industry", "industry_sector"]
TOP_CODED = "#"  # in wages.csv: at or above the highest wage that the survey prints
_TOP_WAGE, _TOP_SINCE = 239_200, "2023"  # that wage as the tables since then define it; before, it was not read
_MISSING = ("", "*", "**")
_QUANTILES = ("p10", "p25", "p50", "p75", "p90")
COLUMNS = ("vintage", "area_type", "area", "occupation", "employment", "mean", *_QUANTILES, "source")


class Occupation(Strict):
    """A federal occupation; the O*NET code of a role begins with its code."""

    id: Id
    title: Text


class Outlook(Strict):
    """One edition of the national projections; None: not in the source read. ``jobs`` of its first year."""

    occupation: Id
    edition: Text
    jobs: Annotated[int, Field(ge=0)] | None = None
    jobs_projected: Annotated[int, Field(ge=0)] | None = None
    change_percent: float | None = None
    openings_a_year: Annotated[int, Field(ge=0)] | None = None
    education: Text | None = None  # what BLS takes as usual to begin with
    experience: Text | None = None
    training: Text | None = None
    note: Text | None = None
    sources: Cited


class Attainment(Strict):
    """What workers of 25 and over hold, in per cent: not what employers ask."""

    occupation: Id
    vintage: Text
    percent: dict[Text, Annotated[float, Field(ge=0, le=100)]]
    note: Text | None = None
    sources: Cited


class Statement(Strict):
    """A sentence of the founding article, with what is newer."""

    id: Id
    text: Text
    newer: Text
    occupation: Id
    sources: Cited


class Employers(Strict):
    """A kind of employer of the wage tables, by the settings that it holds."""

    name: Text
    settings: Annotated[tuple[Id, ...], Field(min_length=1)]


class LaborFile(Strict):
    """labor.yaml."""

    occupations: tuple[Occupation, ...]
    employers: tuple[Employers, ...]
    outlooks: tuple[Outlook, ...]
    attainment: tuple[Attainment, ...]
    statements: tuple[Statement, ...]


def top_wage(vintage: str) -> int | None:
    """The highest wage of a year that the survey of a vintage prints; None: not known."""
    return _TOP_WAGE if vintage >= _TOP_SINCE else None


@record
class Wage:
    """A row of wages.csv, US dollars a year; None: not known. ``top``: the figures at or above ``top_wage``."""

    vintage: str
    area_type: AreaType
    area: str
    occupation: str
    employment: int | None
    mean: int | None
    p10: int | None
    p25: int | None
    p50: int | None
    p75: int | None
    p90: int | None
    top: tuple[str, ...]
    source: str


def wages(text: str) -> Iterator[Wage]:
    """The rows of wages.csv."""
    for row in csv.DictReader(text.splitlines()):
        figures = {name: _figure(row[name]) for name in ("employment", "mean", *_QUANTILES)}
        top = tuple(name for name in ("mean", *_QUANTILES) if row[name] == TOP_CODED)
        yield Wage(
            row["vintage"], row["area_type"], row["area"], row["occupation"], **figures, top=top, source=row["source"]  # type: ignore[arg-type]
        )  # fmt: skip


def _figure(text: str) -> int | None:
    return None if text == TOP_CODED or text in _MISSING else int(text)


def wage_problems(text: str, file: str, occupations: set[str], sources: set[str]) -> Iterator[Problem]:
    """What is wrong in wages.csv, with its line."""
    lines = text.splitlines()
    if not lines or tuple(lines[0].split(",")) != COLUMNS:
        yield Problem("bad-columns", f"the first line must be {','.join(COLUMNS)}.", file, 1, 1)
        return
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(csv.DictReader(lines), 2):
        for what in _wrong(row, occupations, sources):
            yield Problem("bad-wage", what, file, number, 1)
        name = (row["vintage"], row["area_type"], row["area"], row["occupation"])
        if name in seen:
            yield Problem("duplicate-id", f"a second row for {', '.join(name)}.", file, number, 1)
        seen.add(name)


def _wrong(row: dict[str, str], occupations: set[str], sources: set[str]) -> Iterator[str]:
    figures = ("employment", "mean", *_QUANTILES)
    bad = [name for name in figures if row[name] not in (*_MISSING, TOP_CODED) and not (row[name] or "-").isdigit()]
    if bad:
        yield f"{', '.join(bad)}: write whole dollars, #, *, ** or nothing."
        return
    if row["area_type"] not in get_args(AreaType):
        yield f"area_type {row['area_type']!r} is none of {', '.join(get_args(AreaType))}."
    if row["occupation"] not in occupations:
        yield f"there is no occupation {row['occupation']!r} in labor.yaml."
    if row["source"] not in sources:
        yield f"there is no source {row['source']!r}."
    known = [int(row[name]) for name in _QUANTILES if row[name].isdigit()]
    if known != sorted(known):
        yield "a lower percentile lies above a higher one."
    if any(not 10_000 <= figure <= 1_000_000 for figure in known):
        yield "a wage of a year lies out of range: is it of an hour?"
