"""What of the knowledge rests on old or undated sources, or is of low confidence: what to read again first."""

from collections.abc import Iterable, Iterator
from typing import Literal

from hsm_planner.engine.result import Result
from hsm_planner.engine.sources import is_old
from hsm_planner.knowledge.models import Certification, Fee, License, Renewal, Role, Source
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.requirements.base import Leaf
from hsm_planner.requirements.rules import Rule, walk
from hsm_planner.values.dates import Date
from hsm_planner.values.record import record


class StaleSource(Result):
    """A source that is old or undated. ``facts``: what rests on it and on no newer one."""

    id: str
    title: str
    publisher: str
    url: str | None
    as_of: str | None
    read_on: str
    third_party: bool
    facts: tuple[str, ...]
    entries: tuple[str, ...]


_Kind = Literal["role", "certification", "license", "exam", "degree"]


class Unsure(Result):
    """An entry with what in it is of low confidence: itself as a whole, or some of it."""

    kind: _Kind
    id: str
    title: str
    whole: bool
    facts: tuple[str, ...]


class Stale(Result):
    """The answer of ``knowledge stale``: sources that carry most first; then entries by how much in them is unsure."""

    schema_version: Literal["1"] = "1"
    command: Literal["knowledge stale"] = "knowledge stale"
    as_of: str
    overlays: tuple[str, ...]
    years: int
    facts: int  # leaves of rules, prices, renewals, exams and degrees in all
    stale: int  # those that rest on nothing newer
    sources: tuple[StaleSource, ...]
    unsure: tuple[Unsure, ...]


@record
class _Owner:
    """What says something: a target, an exam or a degree."""

    kind: _Kind
    id: str
    title: str
    low: bool = False


@record
class _Fact:
    """Something that is said, with its sources."""

    id: str
    owner: _Owner
    sources: tuple[str, ...]
    low: bool = False


def stale(knowledge: Knowledge, as_of: Date, years: int = 2) -> Stale:
    """What to read again first, as of a day; ``years``: from when on a dated source is old."""
    facts = list(_facts(knowledge))
    old = {name for fact in facts for name in fact.sources if _old(knowledge.source(name), as_of, years)}
    resting = [fact for fact in facts if fact.sources and old.issuperset(fact.sources)]
    rows = [
        _row(source, [fact for fact in resting if name in fact.sources])
        for name in sorted(old)
        if (source := knowledge.source(name)) is not None
    ]
    rows = [row for row in rows if row.facts]
    return Stale.model_construct(
        as_of=as_of.isoformat(),
        overlays=knowledge.overlays,
        years=years,
        facts=len(facts),
        stale=len(resting),
        sources=tuple(sorted(rows, key=lambda row: (-len(row.facts), row.id))),
        unsure=tuple(_unsure(facts)),
    )


def _old(source: Source | None, as_of: Date, years: int) -> bool:
    return source is not None and is_old(source.as_of, as_of.isoformat(), years)


def _row(source: Source, facts: list[_Fact]) -> StaleSource:
    return StaleSource.model_construct(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        as_of=source.as_of,
        read_on=source.read_on.isoformat(),
        third_party=source.third_party,
        facts=tuple(fact.id for fact in facts),
        entries=tuple(dict.fromkeys(fact.owner.id for fact in facts)),
    )


def _unsure(facts: list[_Fact]) -> list[Unsure]:
    found: dict[_Owner, list[_Fact]] = {}
    for fact in facts:
        if fact.low or fact.owner.low:
            found.setdefault(fact.owner, []).append(fact)
    rows = [
        Unsure.model_construct(
            kind=owner.kind,
            id=owner.id,
            title=owner.title,
            whole=owner.low,
            facts=tuple(fact.id for fact in some),
        )
        for owner, some in found.items()
    ]
    return sorted(rows, key=lambda row: (not row.whole, -len(row.facts), row.id))


def _facts(knowledge: Knowledge) -> Iterator[_Fact]:
    for kind, raw in knowledge.raw_targets():
        entry = knowledge.entry(kind, raw["id"])
        assert entry is not None
        owner = _Owner(kind, entry.id, entry.title, entry.confidence == "low")
        for rule in _rules(knowledge, entry):
            for node in walk(rule):
                if isinstance(node, Leaf) and node.id.startswith(f"{entry.id}."):  # others are told where they stand
                    yield _Fact(node.id, owner, node.sources, node.confidence == "low")
        if isinstance(entry, Role):
            continue
        yield from _figures(owner, entry.id, entry.fees, entry.renewal, entry.sources)
        for own in entry.states if isinstance(entry, License) else ():
            named = f"{entry.id}.{own.state.lower()}"
            yield from _figures(owner, named, own.fees, own.renewal, own.sources, low=own.confidence == "low")
    for id_ in (*knowledge.ids("certifications", "exams"), *knowledge.ids("licenses", "exams")):
        exam = knowledge.exam(id_)
        assert exam is not None
        owner = _Owner("exam", exam.id, exam.name)
        yield _Fact(exam.id, owner, exam.sources)
        yield from _figures(owner, exam.id, exam.fees, None, exam.sources)
    for programme in knowledge.programmes():
        owner = _Owner("degree", programme.id, programme.name, programme.confidence == "low")
        yield _Fact(programme.id, owner, programme.sources)
        for bridge in programme.bridges:
            yield _Fact(f"{programme.id}.{bridge.from_}", owner, bridge.sources)


def _figures(
    owner: _Owner,
    name: str,
    fees: Iterable[Fee],
    renewal: Renewal | None,
    sources: tuple[str, ...],
    *,
    low: bool = False,
) -> Iterator[_Fact]:
    """Prices and a renewal; what cites nothing of its own rests on the sources of what it stands in."""
    for fee in fees:
        yield _Fact(fee.id, owner, fee.sources or sources, low)
    if renewal is not None:
        yield _Fact(f"{name}.renewal", owner, renewal.sources or sources, low)


def _rules(knowledge: Knowledge, entry: Role | Certification | License) -> list[Rule]:
    if isinstance(entry, Role):
        return list(knowledge.role_rules(entry).values())
    return [knowledge.rule_of(entry), *(rule for _, rule in knowledge.extra_rules(entry))]
