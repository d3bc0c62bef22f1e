"""The knowledge as lists: roles, certifications, licences, degrees, skills, the pathway; filtered and searched."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from hsm_planner.engine.coverage import coverage
from hsm_planner.engine.filters import Filters, ListName, refusal
from hsm_planner.engine.renewal import renewal_of
from hsm_planner.engine.result import Bounds, Coverage, Result
from hsm_planner.knowledge.common import Range
from hsm_planner.knowledge.models import Certification, License, Role, Source
from hsm_planner.knowledge.store import Entry, Knowledge, plain
from hsm_planner.knowledge.words import Programme
from hsm_planner.requirements.base import Confidence
from hsm_planner.values.dates import Date
from hsm_planner.values.problems import InputError, did_you_mean, failure
from hsm_planner.values.record import record


class RoleRow(Result):
    """A kind of post. ``coverage`` of its rules by law and as usually asked."""

    id: str
    title: str
    level: str
    settings: tuple[str, ...]
    onet_soc: str | None
    next_roles: tuple[str, ...]
    confidence: Confidence
    coverage: Coverage


class CertificationRow(Result):
    id: str
    title: str
    issuer: str
    status: Literal["active", "paused", "retired"]
    stage: str
    settings: tuple[str, ...]
    renewal_years: float | None
    confidence: Confidence
    coverage: Coverage


class LicenseRow(Result):
    """``state`` null: one rule for all states."""

    id: str
    title: str
    state: str | None
    family: str
    board: str
    renewal_years: float | None
    confidence: Confidence
    coverage: Coverage


class DegreeRow(Result):
    id: str
    title: str
    level: str
    field: str
    months_full_time: Bounds | None
    months_part_time: Bounds | None
    credits: Bounds | None
    usd_per_year: Bounds | None
    confidence: Confidence


class SkillRow(Result):
    id: str
    title: str
    text: str
    show_by: tuple[str, ...]
    build_by: tuple[str, ...]
    onet_elements: tuple[str, ...]


class PathwayRow(Result):
    """A step, duty, workplace or concentration. Of a duty: the O*NET elements, and ways to show and to build it."""

    id: str
    sort: Literal["step", "duty", "workplace", "concentration"]
    title: str
    text: str
    show_by: tuple[str, ...] = ()
    build_by: tuple[str, ...] = ()
    onet_elements: tuple[str, ...] = ()


class SourceRow(Result):
    id: str
    title: str
    publisher: str
    url: str | None
    as_of: str | None
    read_on: str
    public_copy: bool
    third_party: bool


Row = RoleRow | CertificationRow | LicenseRow | DegreeRow | SkillRow | PathwayRow | SourceRow


class Listing(Result):
    """The answer of a list. ``filters``: what was asked for; ``of``: how many there are without them."""

    schema_version: Literal["1"] = "1"
    command: ListName
    overlays: tuple[str, ...]
    filters: dict[str, str]
    of: int
    rows: tuple[Row, ...]


@record
class _Found:
    """A row with the words by which it is found and the values by which it is filtered."""

    row: Row
    words: str
    values: Mapping[str, tuple[str, ...]]


@record
class _View:
    """The knowledge on a day, and of a state where one is asked for."""

    knowledge: Knowledge
    as_of: Date
    state: str | None

    def coverage(self, entry: Entry) -> Coverage:
        return coverage(self.knowledge, entry, self.as_of, self.state)


def listing(knowledge: Knowledge, name: ListName, filters: Filters, as_of: Date) -> Listing:
    """A list of the knowledge in its own order, with what its rules ask on a day.

    Raises:
        InputError: when the list does not take a filter, or no entry at all has the value that it asks.
    """
    if refused := [problem for key in filters.given() if (problem := refusal(name, key))]:
        raise InputError(refused)
    given = filters.given()
    state = _meant(knowledge, "state", given.get("state", ""), knowledge.words.states)
    found = list(_LISTS[name](_View(knowledge, as_of, state)))
    for key, value in given.items():
        known = dict.fromkeys(word for one in found for word in one.values.get(key, ()))
        meant = value if key == "search" else _meant(knowledge, key, value, known)
        if meant is None:
            hint = did_you_mean(value, known) or f"There are: {', '.join(known)}."
            raise failure("unknown-id", f"nothing here has the {key} {value!r}.", hint=hint)
        given[key] = meant
    kept = tuple(one.row for one in found if _fits(one, dict(given)))
    return Listing.model_construct(command=name, overlays=knowledge.overlays, filters=given, of=len(found), rows=kept)


def _meant(knowledge: Knowledge, key: str, value: str, known: Iterable[str]) -> str | None:
    """The id that is meant by it or by its name, however these are written."""
    label, sort = knowledge.vocabulary.label, "organization" if key == "issuer" else key
    return next((id_ for id_ in known if plain(value) in (plain(id_), plain(label(sort, id_)))), None)


def _fits(found: _Found, given: dict[str, str]) -> bool:
    asked = plain(given.pop("search", "")).split(" ")
    if not all(f" {word}" in found.words for word in asked):
        return False
    return all(value in found.values[name] for name, value in given.items())


def _searched(*texts: str | None, aliases: tuple[str, ...] = ()) -> str:
    """The words of an entry, each behind a blank: what is searched for begins a word."""
    return "".join(f" {plain(text)}" for text in (*texts, *aliases) if text)


def _roles(view: _View) -> Iterator[_Found]:
    label = view.knowledge.vocabulary.label
    for id_ in view.knowledge.ids("roles", "roles"):
        role = view.knowledge.role(id_)
        assert isinstance(role, Role)
        row = RoleRow.model_construct(
            id=role.id,
            title=role.title,
            level=role.level,
            settings=role.settings,
            onet_soc=role.onet_soc,
            next_roles=tuple(edge.role for edge in role.next_roles),
            confidence=role.confidence,
            coverage=view.coverage(role),
        )
        settings = " ".join(label("setting", setting) for setting in role.settings)
        words = _searched(role.id, role.title, role.level, settings, role.onet_soc, *role.duties, aliases=role.aliases)
        yield _Found(row, words, {"setting": role.settings, "level": (role.level,), "stage": (role.level,)})


def _certifications(view: _View) -> Iterator[_Found]:
    for id_ in view.knowledge.ids("certifications", "certifications"):
        entry = view.knowledge.certification(id_)
        assert isinstance(entry, Certification)
        row = CertificationRow.model_construct(
            id=entry.id,
            title=entry.title,
            issuer=entry.issuer,
            status=entry.status,
            stage=entry.stage,
            settings=entry.settings,
            renewal_years=entry.renewal.cycle_years if entry.renewal else None,
            confidence=entry.confidence,
            coverage=view.coverage(entry),
        )
        issuer = view.knowledge.vocabulary.label("organization", entry.issuer)
        settings = " ".join(view.knowledge.vocabulary.label("setting", setting) for setting in entry.settings)
        words = _searched(
            entry.id, entry.title, entry.issuer, issuer, settings, entry.stage, entry.status, aliases=entry.aliases
        )
        values = {"setting": entry.settings, "stage": (entry.stage,), "issuer": (entry.issuer,)}
        yield _Found(row, words, {**values, "status": (entry.status,)})


def _licenses(view: _View) -> Iterator[_Found]:
    for id_ in view.knowledge.ids("licenses", "licenses"):
        entry = view.knowledge.license(id_)
        assert isinstance(entry, License)
        own, renewal = entry.in_state(view.state), renewal_of(entry, view.state)
        row = LicenseRow.model_construct(
            id=entry.id,
            title=entry.title,
            state=entry.state,
            family=entry.family,
            board=own.board if own else entry.board,
            renewal_years=renewal.cycle_years if renewal else None,
            confidence=entry.confidence,
            coverage=view.coverage(entry),
        )
        state = view.knowledge.words.states.get(entry.state) if entry.state else None
        words = _searched(entry.id, entry.title, entry.board, state, aliases=entry.aliases)
        states = (entry.state,) if entry.state else tuple(view.knowledge.words.states)
        yield _Found(row, words, {"state": states, "family": (entry.family,)})


def _degrees(view: _View) -> Iterator[_Found]:
    label = view.knowledge.vocabulary.label
    for programme in view.knowledge.programmes():
        words = _searched(
            programme.id, programme.name, label("level", programme.level), label("field", programme.field)
        )
        values = {"level": (programme.level,), "field": (programme.field,)}
        yield _Found(_degree_row(programme), words, values)


def _degree_row(programme: Programme) -> DegreeRow:
    return DegreeRow.model_construct(
        id=programme.id,
        title=programme.name,
        level=programme.level,
        field=programme.field,
        months_full_time=_bounds(programme.months_full_time),
        months_part_time=_bounds(programme.months_part_time),
        credits=_bounds(programme.credits),
        usd_per_year=_bounds(programme.usd_per_year),
        confidence=programme.confidence,
    )


def _bounds(span: Range | None) -> Bounds | None:
    return Bounds.model_construct(low=span.low, high=span.high) if span else None


def _skills(view: _View) -> Iterator[_Found]:
    for skill in view.knowledge.pathway.skills:
        row = SkillRow.model_construct(
            id=skill.id,
            title=skill.label,
            text=skill.text,
            show_by=skill.show_by,
            build_by=skill.build_by,
            onet_elements=skill.onet_elements,
        )
        words = _searched(skill.id, skill.label, skill.text, *skill.show_by, *skill.build_by, *skill.onet_elements)
        yield _Found(row, words, {})


def _pathway(view: _View) -> Iterator[_Found]:
    steps = [PathwayRow.model_construct(id=step.id, sort="step", title=step.title, text=step.text)
             for step in view.knowledge.pathway.steps]  # fmt: skip
    duties = [PathwayRow.model_construct(id=one.id, sort="duty", title=one.label, text=one.text, show_by=one.show_by,
                                         build_by=one.build_by, onet_elements=one.onet_elements)
              for one in view.knowledge.pathway.duties]  # fmt: skip
    places = [PathwayRow.model_construct(id=one.id, sort="workplace", title=one.label, text=one.text)
              for one in view.knowledge.pathway.workplaces]  # fmt: skip
    studies = [PathwayRow.model_construct(id=one.id, sort="concentration", title=one.label, text=one.text)
               for one in view.knowledge.pathway.concentrations]  # fmt: skip
    for row in (*steps, *duties, *places, *studies):
        words = (row.id, row.sort, row.title, row.text, *row.show_by, *row.build_by, *row.onet_elements)
        yield _Found(row, _searched(*words), {})


def _sources(view: _View) -> Iterator[_Found]:
    for id_ in view.knowledge.ids("sources", "sources"):
        source = view.knowledge.source(id_)
        assert isinstance(source, Source)
        row = SourceRow.model_construct(
            id=source.id,
            title=source.title,
            publisher=source.publisher,
            url=source.url,
            as_of=source.as_of,
            read_on=source.read_on.isoformat(),
            public_copy=source.public_copy,
            third_party=source.third_party,
        )
        yield _Found(row, _searched(source.id, source.title, source.publisher, source.url), {})


_LISTS: dict[str, Callable[[_View], Iterator[_Found]]] = {
    "roles": _roles,
    "certifications": _certifications,
    "licenses": _licenses,
    "degrees": _degrees,
    "skills": _skills,
    "pathway": _pathway,
    "sources": _sources,
}
