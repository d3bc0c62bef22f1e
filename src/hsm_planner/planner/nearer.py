"""Targets that lie nearer than the one asked for, and what a post there does not count towards."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from hsm_planner.engine.assess import Goal, assess
from hsm_planner.knowledge.models import License, Role
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.planner.goals import roles_asking
from hsm_planner.planner.leaves import entries_behind, leaves_of
from hsm_planner.planner.person import Planner
from hsm_planner.planner.plan import plan
from hsm_planner.planner.result import Nearer, Plan
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.model import Profile
from hsm_planner.requirements.experience import Experience
from hsm_planner.requirements.plain import AgeLeaf, StatementLeaf
from hsm_planner.requirements.rules import AmountNotFoundLeaf, walk
from hsm_planner.values.dates import Date
from hsm_planner.values.record import replace

_MOST_TRIED, _MOST_TOLD = 8, 3
_SOONER = 3  # months: what is worth telling
_SHARE = Fraction(3, 4)  # of the time to the targets, at the most
_NODES = 6_000
_FEW_NODES = 2_000  # to see whether a post on wish takes longer
_YEAR = 12


def nearer(
    profile: Profile, knowledge: Knowledge, goals: Sequence[Goal], plans: Sequence[Plan], as_of: Date, wishes: Wishes
) -> tuple[Nearer, ...]:
    """Posts that lead to the targets, and licences of the same state, that are reached some months sooner than all.

    Nothing where a target has no plan: what it is nearer than is then not known.
    """
    reached = [one.months for one in plans if one.months is not None]
    if not reached or len(reached) < len(plans):
        return ()
    soonest = min(reached)
    bound = min(soonest - _SOONER, math.floor(_SHARE * soonest))
    rung = _reached(Planner(profile, knowledge, goals[0], as_of, Wishes()))
    candidates = [
        (left, goal)
        for goal in _candidates(knowledge, goals, rung)
        if (left := _left(profile, knowledge, goal, as_of)) is not None and left <= bound
    ]
    steps = {action.target for one in plans for action in one.actions}
    candidates = [(left, goal) for left, goal in candidates if goal.id not in steps]
    quick = replace(wishes, alternatives=None, most_nodes=min(_NODES, wishes.most_nodes), with_=(), by=None)
    found: list[tuple[int, Nearer]] = []
    for _, goal in sorted(candidates, key=lambda one: (one[0], one[1].id))[:_MOST_TRIED]:
        told = plan(profile, knowledge, goal, as_of, quick)
        near = told.status in ("optimal", "feasible") and told.months is not None and told.months <= bound
        if near and told.months is not None and _plain(knowledge, goal, told):
            found.append((told.months, _told(profile, knowledge, goals, plans, goal, told, as_of, quick)))
    return tuple(one for _, one in sorted(found, key=lambda one: (one[0], one[1].id))[:_MOST_TOLD])


def _plain(knowledge: Knowledge, goal: Goal, told: Plan) -> bool:
    """Whether a plan rests on nothing but what nearly everybody can confirm, and how much employers usually ask."""
    entry = knowledge.entry(goal.kind, goal.id)
    assert entry is not None
    entries = entries_behind(knowledge, entry, [one.target for one in told.actions if one.target])
    day = Date.fromisoformat(told.as_of)
    leaves = {leaf.id: leaf for one in entries for leaf in leaves_of(knowledge, one, day, goal.state)}
    asked = [leaves.get(one.id.partition(":")[2]) for one in told.actions if one.kind == "confirm"]
    usual = knowledge.role_rules(entry)["typical"] if isinstance(entry, Role) else None
    open_ = {node.id for node in walk(usual) if isinstance(node, AmountNotFoundLeaf)} if usual is not None else set()
    return all(
        isinstance(leaf, AgeLeaf)
        or (isinstance(leaf, StatementLeaf) and leaf.usual is True)
        or (leaf is not None and leaf.id in open_)
        for leaf in asked
    )


def _reached(planner: Planner) -> int:
    """The highest rung of the ladder on which the person has been."""
    rungs = [rung.id for rung in planner.knowledge.words.ladder]
    held = [planner.knowledge.role(post.role) for post in planner.probes.present.posts or () if post.role]
    return max((rungs.index(role.level) for role in held if role is not None), default=0)


def _candidates(knowledge: Knowledge, goals: Sequence[Goal], reached: int) -> Iterator[Goal]:
    """Roles one step before a goal's posts, or in the same kind of place; licences of the state.

    Only roles above entry and above the rung ``reached``, and not above the goals.
    """
    ends = {role.id: role for goal in goals for role in _roles(knowledge, knowledge.entry(goal.kind, goal.id))}
    settings = {role.settings[0] for role in ends.values()}
    state = goals[0].state
    levels = [rung.id for rung in knowledge.words.ladder]
    highest = max((levels.index(role.level) for role in ends.values()), default=0)
    asked = {goal.id for goal in goals}
    for kind, raw in knowledge.raw_targets():
        entry = knowledge.entry(kind, raw["id"]) if kind != "certification" and raw["id"] not in asked else None
        if isinstance(entry, Role):
            leads = any(edge.role in ends for edge in entry.next_roles)
            near = leads or settings & set(entry.settings)
            if near and reached < levels.index(entry.level) <= highest and entry.id not in ends:
                yield Goal("role", entry.id, state)
        elif isinstance(entry, License) and entry.state is not None and entry.state == state:
            yield Goal("license", entry.id, state)


def _roles(knowledge: Knowledge, entry: Entry | None) -> list[Role]:
    if entry is None or isinstance(entry, Role):
        return [entry] if entry is not None else []
    return list(roles_asking(knowledge, entry))


def _left(profile: Profile, knowledge: Knowledge, goal: Goal, as_of: Date) -> float | None:
    """The fewest months that may be left; None when it is held already."""
    found = assess(profile, knowledge, goal, as_of)
    return None if found.target.held or found.verdict == "ready" else found.months_left.low or 0


def _told(
    profile: Profile, knowledge: Knowledge, goals: Sequence[Goal], plans: Sequence[Plan], goal: Goal, told: Plan,
    as_of: Date, quick: Wishes,
) -> Nearer:  # fmt: skip
    """The nearer target, and whether months in its posts count towards what the goals ask of experience.

    Of each goal also what the credentials ask that its plan goes by.
    """
    posts = _roles(knowledge, knowledge.entry(goal.kind, goal.id))
    counts: list[str] = []
    idle: list[str] = []
    role = knowledge.role(goal.id) if goal.kind == "role" else None
    by_wish = False
    for asked, whole in zip(goals, plans, strict=True):
        on_the_way = [one.target for one in whole.actions if one.kind == "apply" and one.target]
        planner = Planner(profile, knowledge, asked, as_of, Wishes())
        towards = _counts(planner, entries_behind(knowledge, planner.entry, on_the_way), posts)
        if towards is not None:
            (counts if towards else idle).append(asked.id)
        if towards and role is not None and not planner.probes.by_itself(role):
            wished = Planner(profile, knowledge, asked, as_of, replace(quick, with_=(frozenset({role.id}),)))
            schedule = wished.search(wished.limits, most_nodes=_FEW_NODES).solution.schedule
            by_wish |= schedule is not None and schedule.finish <= (whole.months or 0)
    assert told.finish is not None
    assert told.months is not None
    assert told.cost_usd is not None
    return Nearer.model_construct(
        kind=goal.kind,
        id=goal.id,
        title=told.goal.title,
        finish=told.finish,
        months=told.months,
        cost_usd=told.cost_usd,
        proven=told.status == "optimal",
        answers=sum(action.kind == "confirm" for action in told.actions),
        counts_towards=tuple(counts),
        counts_not_towards=tuple(idle),
        by_wish=by_wish,
        away=sum(action.months for action in told.actions if action.kind == "training"),
    )


def _experience(knowledge: Knowledge, entries: Iterable[Entry]) -> Iterator[Experience]:
    """The experience that some entries ask, whether or not the amount is known."""
    for entry in entries:
        trees = knowledge.role_rules(entry) if isinstance(entry, Role) else {"": knowledge.rule_of(entry)}
        for node in (node for name, rule in trees.items() if name != "preferred" for node in walk(rule)):
            leaf = node.for_ if isinstance(node, AmountNotFoundLeaf) else node
            if isinstance(leaf, Experience):
                yield leaf


def _counts(planner: Planner, entries: Iterable[Entry], posts: Sequence[Role]) -> bool | None:
    """Whether a year in any of some posts counts for experience that some entries ask; None when they ask none."""
    leaves = list(_experience(planner.knowledge, entries))
    if not leaves:
        return None
    return any(planner.probes.counts(leaf, planner.target, posts) for leaf in leaves)
