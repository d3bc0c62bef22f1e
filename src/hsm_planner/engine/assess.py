"""Compare a person with what a target asks: the one entrance to the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from hsm_planner.engine import steps as pathway
from hsm_planner.engine.advice import cost_left, next_steps
from hsm_planner.engine.closing import Closer
from hsm_planner.engine.coverage import coverage
from hsm_planner.engine.findings import findings
from hsm_planner.engine.items import Grower, Item
from hsm_planner.engine.path import mark, months_left
from hsm_planner.engine.questions import questions
from hsm_planner.engine.renewal import renewal_of
from hsm_planner.engine.result import (
    Assessment,
    FindingStrength,
    KnowledgeSummary,
    MonthsLeft,
    ProfileSummary,
    Progress,
    ResolvedWord,
    TargetSummary,
)
from hsm_planner.engine.sources import cited
from hsm_planner.engine.standing import standing
from hsm_planner.knowledge.models import Certification, License, Role
from hsm_planner.knowledge.store import Entry, Knowledge, TargetKind
from hsm_planner.knowledge.yamlfile import Document
from hsm_planner.profile.model import Profile
from hsm_planner.requirements.base import Context
from hsm_planner.requirements.credentials import CertificationLeaf, ExamLeaf, LicenseLeaf
from hsm_planner.requirements.rules import AllOf, Rule, evaluate
from hsm_planner.resolve.person import resolve
from hsm_planner.values.dates import Date
from hsm_planner.values.problems import failure
from hsm_planner.values.record import record
from hsm_planner.values.timeline import Target, Timeline
from hsm_planner.values.truth import Status, Verdict
from hsm_planner.values.version import __version__

Standard = Literal["required", "typical", "preferred"]
STANDARDS: tuple[Standard, ...] = ("required", "typical", "preferred")


@record
class Goal:
    """What to assess against. ``standard`` is for roles: how far the verdict reaches."""

    kind: TargetKind
    id: str
    state: str | None = None
    standard: Standard = "typical"
    setting: str | None = None
    beds: int | None = None


def reaching(standard: Standard) -> tuple[Standard, ...]:
    """The standards that one takes in: itself and those before it."""
    return STANDARDS[: STANDARDS.index(standard) + 1]


def version() -> str:
    """The version of the installed package."""
    return __version__


def assess(
    profile: Profile, knowledge: Knowledge, goal: Goal, as_of: Date, *, document: Document | None = None
) -> Assessment:
    """Compare a profile with a target on a day. ``document`` is where the profile was read, for places of complaints.

    Raises:
        InputError: when the target or a word of the profile is not known.
    """
    entry = knowledge.entry(goal.kind, goal.id)
    if entry is None:
        raise failure("unknown-id", f"there is no {goal.kind} {goal.id!r}.")
    state = entry.state if isinstance(entry, License) and entry.state else goal.state
    target = Target(entry.id, state, goal.setting, goal.beds)
    timeline = resolve(profile, knowledge, target, document)
    warnings = list(timeline.warnings)
    grower = Grower(knowledge, as_of, warnings)
    inside = frozenset({entry.id}) if not isinstance(entry, Role) else frozenset()
    rule, strengths = _rule(entry, knowledge, goal.standard)
    if not rule.in_force(as_of):
        raise failure("no-rule", f"the data has no rule of {entry.id} for {as_of.isoformat()}.")
    root = grower.grow(rule, timeline, "required", inside=inside, strengths=strengths)
    if root.status is Status.NOT_APPLICABLE:
        raise failure("no-rule", f"no part of the rule of {entry.id} applies: a mistake in the data.")
    beside = [
        grower.grow(extra, timeline, strength, inside=inside)
        for strength, extra in _beside(entry, knowledge, goal.standard)
        if extra.in_force(as_of)
    ]
    closer = Closer(knowledge, as_of)
    mark(root, closer)
    held = _held(entry, timeline, as_of, knowledge)
    found = findings(root, beside, closer, idle=held)
    renewal = renewal_of(entry, _given_by(entry, timeline, as_of) or state) if held else None
    gaps = () if held else tuple(leaf.id for leaf in root.leaves(beneath=True) if leaf.on_path and leaf.status.false)
    asked = () if held else questions(root, beside, knowledge.vocabulary)
    by_id = {finding.id: finding for finding in found}
    beneath = [one.beneath.timeline.target for one in root.walk() if one.beneath is not None and one.on_path]
    return Assessment.model_construct(
        as_of=as_of.isoformat(),
        knowledge=knowledge_summary(knowledge),
        profile=profile_summary(profile, timeline),
        target=TargetSummary.model_construct(
            kind=goal.kind,
            id=entry.id,
            title=entry.title,
            state=state,
            place=knowledge.words.states.get(state) if state else None,
            standard=goal.standard if isinstance(entry, Role) else None,
            held=held,
            status=entry.status if isinstance(entry, Certification) else None,
            renewal=renewal,
            standing=standing(knowledge, entry, state, beneath=beneath),
        ),
        verdict=Verdict.READY if held else Verdict.of(root.status),
        if_confirmed=Verdict.READY if held else Verdict.of(root.confirmed.status),
        confirm=() if held else _confirm(root),
        progress=_progress(root),
        coverage=coverage(knowledge, entry, as_of, state),
        months_left=MonthsLeft.model_construct(low=0, high=0, unknown=False) if held else months_left(root, closer),
        cost_left=cost_left(by_id, gaps),
        next=() if held else next_steps(by_id, gaps, asked, root.id),
        steps=pathway.steps(knowledge, goal.kind, root, beside, timeline.skills),
        findings=found,
        requirements=root.id,
        gaps=gaps,
        questions=asked,
        warnings=tuple(
            dict.fromkeys(
                [
                    *(() if held else _lapsed(entry, timeline, as_of)),
                    *_entry_warnings(entry, timeline, as_of),
                    *warnings,
                ]
            )
        ),
        sources=cited(
            knowledge, [*(name for finding in found for name in finding.sources), *(renewal.sources if renewal else ())]
        ),
    )


def _rule(entry: Entry, knowledge: Knowledge, standard: Standard) -> tuple[Rule, dict[str, FindingStrength]]:
    """The rule that decides, and which strength its trees have."""
    if not isinstance(entry, Role):
        return knowledge.rule_of(entry), {}
    trees = knowledge.role_rules(entry)
    reach = reaching(standard)
    root = AllOf.model_construct(
        id=f"{entry.id}.requirements",
        of=tuple(trees[name] for name in reach),
        confidence=entry.confidence,
        asked_by="employers",
        ask=entry.ask,
        sources=entry.sources,
    )
    return root, {trees[name].id: name for name in reach}


def _beside(entry: Entry, knowledge: Knowledge, standard: Standard) -> Iterable[tuple[FindingStrength, Rule]]:
    """Rules that are shown and do not decide."""
    if isinstance(entry, Role):
        trees = knowledge.role_rules(entry)
        yield from ((name, trees[name]) for name in STANDARDS[len(reaching(standard)) :])
        return
    if isinstance(entry, Certification):
        for exam in entry.exams:
            facts = knowledge.exam(exam)
            yield (
                "required",
                ExamLeaf.model_construct(
                    id=f"{entry.id}.exam.{exam}",
                    exam=exam,
                    sources=facts.sources if facts else entry.sources,
                    confidence=entry.confidence,
                    asked_by="issuer",
                    ask=entry.ask,
                    note="Comes after the application; it does not decide whether you may apply.",
                ),
            )
    for name, rule in knowledge.extra_rules(entry):
        yield ("recommended" if name == "recommended" else "required"), rule


def _held(entry: Entry, timeline: Timeline, as_of: Date, knowledge: Knowledge) -> bool:
    """Whether the credential is held and in force on the day."""
    if isinstance(entry, Role):
        return False
    leaf: CertificationLeaf | LicenseLeaf
    if isinstance(entry, Certification):
        leaf = CertificationLeaf.model_construct(id="held", credential=entry.id)
    else:
        leaf = LicenseLeaf.model_construct(id="held", credential=entry.id, state=timeline.target.state)
    return evaluate(leaf, Context(timeline, as_of, knowledge.vocabulary)).status is Status.MET


def _given_by(entry: Entry, timeline: Timeline, as_of: Date) -> str | None:
    """The state whose licence is held: that of the target before others that serve there."""
    own = [
        one.state
        for one in timeline.credentials or ()
        if isinstance(entry, License) and one.family == entry.family and one.span.maybe_on(as_of)
    ]
    return timeline.target.state if timeline.target.state in own else next(iter(own), None)


def _confirm(root: Item) -> tuple[str, ...]:
    """The leaves that ``if_confirmed`` grants: on the way that is then met, else on the path."""

    def granted(item: Item) -> Iterator[Item]:
        if item.is_leaf:
            if item.status is not item.confirmed.status:
                yield item
            return
        children = item.children
        if item.confirmed.status is Status.MET and item.status is not Status.MET and not isinstance(item.node, AllOf):
            met = [child for child in children if child.confirmed.status is Status.MET]
            children = [child for child in met if child.on_path] or met[:1]
        for child in children:
            if child.on_path or child.confirmed.status is Status.MET:
                yield from granted(child)

    return tuple(item.id for item in granted(root))


def _progress(root: Item) -> Progress:
    statuses = [leaf.status for leaf in counted(root)]
    return Progress.model_construct(
        met=statuses.count(Status.MET),
        partly=statuses.count(Status.PARTLY),
        unmet=statuses.count(Status.UNMET),
        unknown=statuses.count(Status.UNKNOWN),
        of=len(statuses),
    )


def counted(root: Item) -> list[Item]:
    """The leaves on the path, with those of a rule beneath a credential that is asked by law or issuer.

    What asks nothing is no point, and the rule beneath a credential that would only help is not counted.
    """
    return [
        leaf
        for leaf in root.leaves(beneath=True)
        if leaf.on_path
        and leaf.status is not Status.NOT_APPLICABLE
        and leaf.node.kind != "nothing_asked"
        and (leaf.strength == "required" or not leaf.under_credential)
    ]


def _entry_warnings(entry: Entry, timeline: Timeline, as_of: Date) -> list[str]:
    elsewhere = isinstance(entry, License) and any(
        held.family == entry.family and held.state not in (None, entry.state) and held.span.maybe_on(as_of)
        for held in timeline.credentials or ()
    )
    if isinstance(entry, License) and elsewhere and entry.state is not None and entry.reciprocity:
        return [f"With your licence of another state: {entry.reciprocity}"]
    if isinstance(entry, Certification) and entry.status != "active":
        return [f"{entry.title} is {entry.status}. {entry.status_note or ''}".strip()]
    return []


def _lapsed(entry: Entry, timeline: Timeline, as_of: Date) -> Iterator[str]:
    """The credential itself was held once: what brings it back may be less than to earn it anew."""
    for one in timeline.credentials or () if not isinstance(entry, Role) else ():
        end = one.span.end
        if one.id == entry.id and end is not None and end.latest < as_of:
            text = f"You held it until {end.latest.isoformat()}: ask what brings it back before you begin anew"
            yield f"{text}, for that may be less. Ask: {entry.ask}."


def knowledge_summary(knowledge: Knowledge) -> KnowledgeSummary:
    """Which knowledge was used, and how old its sources are."""
    newest, oldest = knowledge.sources_dates()
    return KnowledgeSummary.model_construct(
        version=version(), hash=knowledge.hash, overlays=knowledge.overlays, newest_source=newest, oldest_source=oldest
    )


def profile_summary(profile: Profile, timeline: Timeline) -> ProfileSummary:
    """Who was read, and how each word was understood."""
    words = (
        ResolvedWord.model_construct(
            given=word.given, pointer=word.pointer, kind=word.kind, id=word.id, how=word.how, score=word.score
        )
        for word in timeline.resolved
    )  # fmt: skip
    return ProfileSummary.model_construct(id=profile.id, name=profile.name, state=profile.state, resolved=tuple(words))
