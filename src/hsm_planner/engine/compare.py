"""One person beside many targets: how near each is, what of the past counts there, and which posts lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from hsm_planner.engine.assess import Goal, Standard, assess, knowledge_summary, profile_summary
from hsm_planner.engine.outlook import newest_pay
from hsm_planner.engine.result import (
    Assessment,
    CitedSource,
    CostLeft,
    KnowledgeSummary,
    MonthsLeft,
    ProfileSummary,
    Result,
)
from hsm_planner.engine.sources import cited
from hsm_planner.knowledge.models import Role
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.profile.model import Profile
from hsm_planner.resolve.person import resolve
from hsm_planner.values.dates import Date
from hsm_planner.values.timeline import Target
from hsm_planner.values.truth import Verdict

_FAR = 10**6


class MedianPay(Result):
    """The median of a whole occupation in the United States: posts of the same occupation are not told apart by it."""

    occupation: str
    title: str
    median: int | None
    vintage: str
    source: str


class PlanInShort(Result):
    """When a dated plan reaches the target, and at what known cost; null where there is none.

    ``if_answers_are_yes``: the finish holds only if the answers to the plan's questions are.
    """

    status: Literal["done", "optimal", "feasible", "impossible", "unknown"]
    months: int | None
    finish: str | None
    if_answers_are_yes: bool
    known_low: int | None
    known_high: int | None
    unpriced: int | None


class Compared(Result):
    """A target. ``counts``: what of the profile meets something there; ``bridges``: posts on the way that are open."""

    kind: Literal["role", "certification", "license"]
    id: str
    title: str
    state: str | None
    level: str | None
    standard: Standard | None  # how far the rule of a role reaches; None: a credential
    held: bool
    current: bool  # a post that the person holds, whatever is asked of newcomers
    verdict: Verdict
    if_confirmed: Verdict
    met: int
    of: int
    months_left: MonthsLeft
    questions: int
    confirm: int
    not_read: int  # points that we have not read, so that nobody can say whether they are met
    cost_left: CostLeft
    counts: tuple[str, ...]
    bridges: tuple[str, ...]
    pay: MedianPay | None
    plan: PlanInShort | None = None


class Comparison(Result):
    """The answer of ``compare``: the nearest first."""

    schema_version: Literal["1"] = "1"
    command: Literal["compare"] = "compare"
    as_of: str
    knowledge: KnowledgeSummary
    profile: ProfileSummary
    rows: tuple[Compared, ...]
    titles: dict[str, str]  # of the bridges
    sources: dict[str, CitedSource]


def compare(profile: Profile, knowledge: Knowledge, goals: Sequence[Goal], as_of: Date) -> Comparison:
    """Assess a person for each goal.

    Raises:
        InputError: when a target or a word of the profile is not known.
    """
    found = [assess(profile, knowledge, goal, as_of) for goal in goals]
    open_ = {one.target.id for one in found if one.target.kind == "role" and _reached(one)}
    timeline = resolve(profile, knowledge, Target("", profile.state))
    current = {post.role for post in timeline.posts or () if post.span.end is None}
    rungs = [rung.id for rung in knowledge.words.ladder]
    rows = sorted((_row(knowledge, one, open_, current) for one in found), key=lambda row: _order(row, rungs))
    bridges = [name for row in rows for name in row.bridges]
    titles = {name: role.title for name in bridges if (role := knowledge.role(name)) is not None}
    return Comparison.model_construct(
        as_of=as_of.isoformat(),
        knowledge=knowledge_summary(knowledge),
        profile=profile_summary(profile, timeline),
        rows=tuple(rows),
        titles=titles,
        sources=cited(knowledge, [row.pay.source for row in rows if row.pay is not None]),
    )


def every_role(knowledge: Knowledge, state: str | None, standard: Standard = "typical") -> list[Goal]:
    """All roles as goals."""
    return [Goal("role", name, state, standard) for name in knowledge.ids("roles", "roles")]


def _reached(one: Assessment) -> bool:
    return one.if_confirmed is Verdict.READY


def _row(knowledge: Knowledge, one: Assessment, open_: set[str], current: set[str | None]) -> Compared:
    entry = knowledge.entry(one.target.kind, one.target.id)
    role = entry if isinstance(entry, Role) else None
    texts = dict.fromkeys(
        item.text
        for finding in one.findings
        if finding.on_path and finding.status == "met"
        for item in finding.evidence
    )
    return Compared.model_construct(
        kind=one.target.kind,
        id=one.target.id,
        title=one.target.title,
        state=one.target.state,
        level=role.level if role else None,
        standard=one.target.standard,
        held=one.target.held,
        current=role is not None and role.id in current,
        verdict=one.verdict,
        if_confirmed=one.if_confirmed,
        met=one.progress.met,
        of=one.progress.of,
        months_left=one.months_left,
        questions=len(one.questions),
        confirm=len(one.confirm),
        not_read=one.coverage.unread,
        cost_left=one.cost_left,
        counts=tuple(texts),
        bridges=tuple(_bridges(knowledge, one.target.id, open_)) if role and not _reached(one) else (),
        pay=_pay(knowledge, role) if role else None,
    )


def _bridges(knowledge: Knowledge, goal: str, open_: Iterable[str]) -> Iterator[str]:
    """Posts that are open to the person, and from which people move on to the goal."""
    for name in sorted(open_):
        role = knowledge.role(name)
        if role is not None and any(edge.role == goal for edge in role.next_roles):
            yield name


def _pay(knowledge: Knowledge, role: Role) -> MedianPay | None:
    code = next(iter(role.occupations), "")
    title = next((one.title for one in knowledge.labor.occupations if one.id == code), None) if code else None
    newest = newest_pay(knowledge, code, "national") if title else []
    if title is None or not newest:
        return None
    row = newest[0]
    return MedianPay.model_construct(
        occupation=code, title=title, median=row.median, vintage=row.vintage, source=row.source
    )


def not_to_be_told(row: Compared) -> bool:
    """Whether nothing of a target is there, and so little of its rule was read that nobody can say how near it is."""
    return row.if_confirmed is Verdict.UNKNOWN and not row.met and row.not_read > 0


def _order(row: Compared, rungs: Sequence[str]) -> tuple[int, float, float, int, int, int, str]:
    """By verdict, then months left, then open questions, what was not read among them; what nobody can say comes last.

    Where the months are not all known: by those that are, then the lower rung of the ladder first.
    """
    rank = (
        -1 if row.current else 0 if row.held or row.verdict is Verdict.READY
        else 1 if row.if_confirmed is Verdict.READY
        else 4 if not_to_be_told(row)
        else 2 if row.verdict is Verdict.UNKNOWN
        else 3
    )  # fmt: skip
    left = row.months_left
    if left.high is not None and not left.unknown:
        known, rung = left.high, 0
    else:
        known, rung = _FAR, rungs.index(row.level) if row.level else 0
    return rank, known, left.low, rung, row.questions + row.confirm + row.not_read, -row.met, row.id
