"""What keeps the credentials of a person alive, with the days on which each ends unless it is renewed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from hsm_planner.engine.assess import profile_summary
from hsm_planner.engine.items import license_of
from hsm_planner.engine.renewal import every, renewal_of, titled
from hsm_planner.engine.result import CitedSource, ProfileSummary, RenewalSummary, Result
from hsm_planner.engine.sources import cited
from hsm_planner.knowledge.models import License
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.profile.model import Profile
from hsm_planner.requirements.base import count
from hsm_planner.resolve.person import resolve
from hsm_planner.values.dates import Date, add_months
from hsm_planner.values.money import fee_words
from hsm_planner.values.record import record
from hsm_planner.values.timeline import Credential, Target, Timeline

_MOST_DUE = 200


class KeepAlive(Result):
    """What keeps one credential alive up to a day, and through the first cycle after it.

    ``due``: the days on which it ends unless it is renewed: the one that the profile names, then counted by the length
    of the cycle (a first cycle is often a part of one, so none is counted from the day of issue). ``times``: how many
    are not after the day; ``usd``: what that many renewals cost, null where the fee is not known, and of what comes
    with the plan: its first end is not known.
    """

    credential: str
    title: str
    state: str | None
    held: bool  # on the day asked about; else it comes with the plan
    text: str
    due: tuple[str, ...]
    times: int
    usd: float | None
    renewal: RenewalSummary | None  # null: not found
    sources: tuple[str, ...]


class Renewals(Result):
    """The answer of ``renewals``. ``unknown``: credentials of which we have no entry; ``guessed``: what to confirm."""

    schema_version: Literal["1"] = "1"
    command: Literal["renewals"] = "renewals"
    as_of: str
    overlays: tuple[str, ...]
    profile: ProfileSummary
    until: str
    credentials: tuple[KeepAlive, ...]
    lapsed: tuple[str, ...]
    unknown: tuple[str, ...]
    guessed: tuple[str, ...]
    sources: dict[str, CitedSource]


@record
class Kept:
    """A credential and the last day on which it holds, where that is known."""

    entry: Entry
    state: str | None
    ends: Date | None
    held: bool = True
    title: str | None = None  # with the state, where all states give it


def kept_of(knowledge: Knowledge, timeline: Timeline, as_of: Date) -> Iterator[Kept]:
    """The credentials in force on a day that we have an entry of."""
    for held in timeline.credentials or ():
        entry = _entry(knowledge, held)
        if entry is None or not held.span.maybe_on(as_of):
            continue
        ends = held.span.end.earliest if held.span.end else None
        yield Kept(entry, held.state, ends, title=titled(knowledge, entry, held.state))


def _entry(knowledge: Knowledge, held: Credential) -> Entry | None:
    return knowledge.certification(held.id) or license_of(knowledge, held.id, held.state)


def keep_alive(kept: Kept, until: Date) -> KeepAlive:
    """What one credential asks up to a day, and for the first cycle after that."""
    state = kept.state or (kept.entry.state if isinstance(kept.entry, License) else None)
    renewal, title = renewal_of(kept.entry, state), kept.title or kept.entry.title
    months = round(renewal.cycle_years * 12) if renewal and renewal.cycle_years else 0
    due = tuple(_due(kept.ends, months, until) if kept.ends else ())
    times = sum(day <= until for day in due)
    parts = [every(renewal.cycle_years)] if renewal and renewal.cycle_years else []
    parts += [f"{count(renewal.hours, 'hours')} of continuing education"] if renewal and renewal.hours else []
    fee = renewal.fee_usd if renewal else None
    parts += [fee_words(fee)] if fee is not None else ["fee not known"]
    return KeepAlive.model_construct(
        credential=kept.entry.id,
        title=title,
        state=state,
        held=kept.held,
        text=f"{title}: renewal {', '.join(parts)}" if renewal else f"{title}: renewal not found",
        due=tuple(day.isoformat() for day in due),
        times=times,
        usd=times * fee if fee is not None and kept.held else None,
        renewal=renewal,
        sources=renewal.sources if renewal else kept.entry.sources,
    )


def _due(ends: Date, months: int, until: Date) -> Iterator[Date]:
    """The ends of the cycles from a known one on: those up to a day and the first after it."""
    for number in range(_MOST_DUE):
        day = add_months(ends, number * months)
        yield day
        if day > until or not months:
            return


def renewals(profile: Profile, knowledge: Knowledge, as_of: Date, until: Date) -> Renewals:
    """What keeps alive each credential that a person holds."""
    timeline = resolve(profile, knowledge, Target("", profile.state))
    kept = list(kept_of(knowledge, timeline, as_of))
    told = tuple(keep_alive(one, until) for one in kept)
    others = timeline.credentials or ()
    return Renewals.model_construct(
        as_of=as_of.isoformat(),
        overlays=knowledge.overlays,
        profile=profile_summary(profile, timeline),
        until=until.isoformat(),
        credentials=told,
        lapsed=_texts(one for one in others if not one.span.maybe_on(as_of)),
        unknown=_texts(one for one in others if one.span.maybe_on(as_of) and _entry(knowledge, one) is None),
        guessed=tuple(_to_confirm(one) for one in timeline.guessed_credentials if one.span.maybe_on(as_of)),
        sources=cited(knowledge, [name for one in told for name in one.sources]),
    )


def _to_confirm(held: Credential) -> str:
    """What a guess asks, and where the answer is written."""
    asked = " ".join(one.text for one in held.counts.open_questions())
    return f"{asked} It counts for nothing until `confirmed: true` stands at {held.pointer}."


def _texts(held: Iterable[Credential]) -> tuple[str, ...]:
    return tuple(one.text for one in held)
