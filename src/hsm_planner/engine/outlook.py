"""Pay and outlook of the occupation that a post belongs to: each figure with its area, vintage, measure and source."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Literal

from hsm_planner.engine.result import CitedSource, Result
from hsm_planner.engine.sources import cited
from hsm_planner.knowledge.models import Role
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.values.problems import failure

if TYPE_CHECKING:
    from hsm_planner.knowledge.labor import Attainment, Wage

_HIGH = 10**9
_CODE = 7  # characters of a federal code; a role's O*NET code goes on behind it


class Pay(Result):
    """US dollars a year; null: not known. ``top_coded``: figures at or above ``top_wage``, the highest one printed."""

    vintage: str
    area: str
    employment: int | None
    mean: int | None
    p10: int | None
    p25: int | None
    median: int | None
    p75: int | None
    p90: int | None
    top_coded: tuple[str, ...]
    top_wage: int | None
    source: str


class Growth(Result):
    """An edition of the national projections. ``change_percent`` from its first year to its last."""

    edition: str
    jobs: int | None
    jobs_projected: int | None
    change_percent: float | None
    openings_a_year: int | None
    education: str | None
    experience: str | None
    training: str | None
    note: str | None
    sources: tuple[str, ...]


class Held(Result):
    """What workers of 25 and over hold, in per cent."""

    vintage: str
    percent: dict[str, float]
    note: str | None
    sources: tuple[str, ...]


class Said(Result):
    """A sentence of the founding article, and what is newer."""

    text: str
    newer: str
    sources: tuple[str, ...]


class PayAndOutlook(Result):
    """The answer of ``outlook``. ``roles``: all posts of the same occupation, which the figures do not tell apart."""

    schema_version: Literal["1"] = "1"
    command: Literal["outlook"] = "outlook"
    as_of: str
    overlays: tuple[str, ...]
    role: str | None
    occupation: str
    title: str
    roles: dict[str, str]  # id: title
    national: tuple[Pay, ...]  # the newest first
    place: str | None  # the state asked about
    state: tuple[Pay, ...]
    industries: tuple[Pay, ...]  # of the newest vintage
    sectors: tuple[Pay, ...]
    growth: tuple[Growth, ...]  # the newest edition first
    held: Held | None
    said: tuple[Said, ...]
    sources: dict[str, CitedSource]


def outlook(knowledge: Knowledge, role: Role | None, occupation: str, state: str | None, as_of: str) -> PayAndOutlook:
    """What is known of an occupation; of the state only where one is given.

    Raises:
        InputError: when there are no wages of the occupation.
    """
    labor = knowledge.labor
    title = next((one.title for one in labor.occupations if one.id == occupation), None)
    if title is None:
        known = ", ".join(f"{one.id} ({one.title})" for one in labor.occupations)
        raise failure("unknown-id", f"we have no wages of the occupation {occupation!r}.", hint=f"We have: {known}.")
    own = [wage for wage in knowledge.wages if wage.occupation == occupation]
    place = knowledge.words.states.get(state, state) if state else None
    national = _pay(wage for wage in own if wage.area_type == "national")
    there = _pay(wage for wage in own if wage.area_type in ("state", "territory") and wage.area == place)
    industries = _newest(_pay(wage for wage in own if wage.area_type == "industry"))
    sectors = _newest(_pay(wage for wage in own if wage.area_type == "industry_sector"))
    growth = growth_of(knowledge, occupation)
    held = next((one for one in labor.attainment if one.occupation == occupation), None)
    said = [one for one in labor.statements if one.occupation == occupation]
    names = [pay.source for pay in (*national, *there, *industries, *sectors)]
    names += [name for edition in growth for name in edition.sources]
    names += [name for statement in said for name in statement.sources]
    names += held.sources if held else ()
    return PayAndOutlook.model_construct(
        as_of=as_of,
        overlays=knowledge.overlays,
        role=role.id if role else None,
        occupation=occupation,
        title=title,
        roles={raw["id"]: raw["title"] for kind, raw in knowledge.raw_targets()
               if kind == "role" and (raw.get("onet_soc") or "")[:_CODE] == occupation},
        national=tuple(national),
        place=place,
        state=tuple(there),
        industries=tuple(industries),
        sectors=tuple(sectors),
        growth=growth,
        held=_held(held) if held else None,
        said=tuple(Said.model_construct(text=one.text, newer=one.newer, sources=one.sources) for one in said),
        sources=cited(knowledge, names),
    )  # fmt: skip


def growth_of(knowledge: Knowledge, occupation: str) -> tuple[Growth, ...]:
    """The editions of the national projections of an occupation, the newest first."""
    found = [
        Growth.model_construct(**{name: getattr(one, name) for name in Growth.model_fields})
        for one in knowledge.labor.outlooks
        if one.occupation == occupation
    ]
    return tuple(sorted(found, key=lambda one: one.edition, reverse=True))


def growth_words(one: Growth) -> str:
    """An edition of the projections in one sentence."""
    parts = [f"{one.change_percent:+g} %" if one.change_percent is not None else "change not found"]
    if one.jobs is not None:
        to = f" to {one.jobs_projected:,}" if one.jobs_projected is not None else ""
        parts.append(f"from {one.jobs:,}{to} jobs")
    if one.openings_a_year is not None:
        parts.append(f"about {one.openings_a_year:,} openings a year, those where others leave among them")
    note = f" ({one.note})" if one.note else ""
    return f"{one.edition}: {', '.join(parts)}{note}."


def newest_pay(knowledge: Knowledge, occupation: str, area_type: str, area: str | None = None) -> list[Pay]:
    """The rows of the newest vintage of an occupation in one kind of area (``national``, ``state``, ``industry``)."""
    found = (wage for wage in knowledge.wages if wage.occupation == occupation and wage.area_type == area_type)
    return _newest(_pay(wage for wage in found if area is None or wage.area == area))


def own_employers(knowledge: Knowledge, occupation: str, settings: Collection[str]) -> list[Pay]:
    """The newest medians of an occupation at the kinds of employer that some settings belong to."""
    names = {kind.name for kind in knowledge.labor.employers if set(settings) & set(kind.settings)}
    rows = newest_pay(knowledge, occupation, "industry")
    return [one for one in rows if one.median is not None and one.area in names]


def _held(known: "Attainment") -> Held:
    return Held.model_construct(vintage=known.vintage, percent=known.percent, note=known.note, sources=known.sources)


def occupation_of(role: Role) -> str:
    """The federal code of a role's occupation.

    Raises:
        InputError: when the role has none.
    """
    if not role.occupations:
        raise failure("no-occupation", f"{role.id} belongs to no federal occupation that we know, so we have no wages.")
    return role.occupations[0]


def _pay(wages: Iterable["Wage"]) -> list[Pay]:
    """Rows of pay, the newest first."""
    from hsm_planner.knowledge.labor import top_wage

    rows = [
        Pay.model_construct(
            vintage=wage.vintage,
            area=wage.area,
            employment=wage.employment,
            mean=wage.mean,
            p10=wage.p10,
            p25=wage.p25,
            median=wage.p50,
            p75=wage.p75,
            p90=wage.p90,
            top_coded=tuple("median" if name == "p50" else name for name in wage.top),
            top_wage=top_wage(wage.vintage),
            source=wage.source,
        )
        for wage in wages
    ]
    return sorted(rows, key=lambda row: row.vintage, reverse=True)


def _newest(rows: list[Pay]) -> list[Pay]:
    """The rows of the newest vintage: where most work first, else the best paid first."""
    newest = [row for row in rows if row.vintage == rows[0].vintage]
    return sorted(newest, key=lambda row: (-(row.employment or 0), -_median(row), row.area))


def _median(row: Pay) -> int:
    return _HIGH if "median" in row.top_coded else row.median or 0
