"""One person on the way to one target: the routes within some limits, searched, and replayed before they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.models import License, Role
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.planner.actions import Numbers
from hsm_planner.planner.clash import Found
from hsm_planner.planner.dated import dump, filed, months_by, origin_of, shifted, steps_of
from hsm_planner.planner.fitting import liked
from hsm_planner.planner.future import after, month_start, planning_profile
from hsm_planner.planner.made import Routes
from hsm_planner.planner.meaning import ended, key
from hsm_planner.planner.model import Schedule
from hsm_planner.planner.probes import Probes
from hsm_planner.planner.result import Asked
from hsm_planner.planner.routes import Maker
from hsm_planner.planner.search import solve
from hsm_planner.planner.telling import Teller
from hsm_planner.planner.verify import Replay
from hsm_planner.planner.ways import Limits
from hsm_planner.planner.wishes import HORIZON, MANY_HOURS, STUDY_HOURS, Wishes
from hsm_planner.planner.within import Frame, broken
from hsm_planner.profile.model import Profile
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.resolve.person import resolve
from hsm_planner.values.dates import Date
from hsm_planner.values.problems import failure
from hsm_planner.values.record import replace
from hsm_planner.values.timeline import Target

MORE_POSTS = 6  # that a leaf is tried with
_FEW_UNREAD = 5
_LAST_YEAR = 2150  # in which a plan may begin: dates end with 2200


class Unsound(Exception):  # noqa: N818 - a bug of ours, with what is needed to find it
    """A plan that fails its own replay."""

    def __init__(self, problems: list[str], dump: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
        self.dump = dump


class Planner:
    """Makes, searches and replays routes.

    Raises:
        InputError: when the target is not known, an assumption cannot be as wished, or the plan begins too late.
    """

    def __init__(self, profile: Profile, knowledge: Knowledge, goal: Goal, as_of: Date, wishes: Wishes) -> None:
        entry = knowledge.entry(goal.kind, goal.id)
        if entry is None:
            raise failure("unknown-id", f"there is no {goal.kind} {goal.id!r}.")
        self.entry: Entry = entry
        self.cut_short = False  # whether a search among posts farther off or unread ways ended at its bound
        self.knowledge, self.goal, self.as_of, self.wishes = knowledge, goal, as_of, wishes
        changed = dict(wishes.assume or {})
        self.profile = profile
        self.numbers = Numbers(knowledge, changed)
        self.own = planning_profile(profile)
        self.origin = origin_of(profile, as_of)
        if self.origin.year > _LAST_YEAR:
            text = f"a plan that begins in {self.origin.year} looks beyond the dates that we reckon with."
            raise failure("out-of-range", text, hint=f"Begin it by {_LAST_YEAR} (--as-of, or constraints.start).")
        self.limits = replace(wishes.limits(profile, self.numbers), standard=goal.standard)
        pace = self.numbers.take()  # what the hours of study rest on
        state = entry.state if isinstance(entry, License) and entry.state else goal.state
        self.target = Target(entry.id, state, goal.setting, goal.beds)
        self.probes = Probes(knowledge, resolve(after(self.own, ()), knowledge, self.target), self.origin, as_of)
        if wishes.by is not None:
            self.limits = replace(self.limits, deadline=self._deadline(wishes.by))
        self.teller = Teller(
            knowledge,
            goal,
            entry,
            self.target,
            self.own,
            as_of,
            self.origin,
            {
                "study_hours_per_week": self.limits.study_hours,
                "budget_usd": self.limits.budget,
                "by": wishes.by.isoformat() if wishes.by else None,
                "nodes": wishes.most_nodes,
            },
            wishes.objective,
            changed,
            wishes.most_nodes,
            pace,
            self.probes.present,
            _asked(wishes, changed),
        )

    def _deadline(self, by: Date) -> int:
        """The latest finish in months; that of a post is its first day, where it is not held already."""
        entry = self.entry
        post = isinstance(entry, Role) and not self.probes.holds(entry, self.target, self.own.get("state"))
        return months_by(by, self.origin, first_day=post)

    @cached_property
    def liked(self) -> tuple[tuple[DegreeLeaf, int], ...]:
        """Degrees that a strong candidate has, or that another target asked for in the same breath asks, weighed."""
        others = (self.knowledge.entry(goal.kind, goal.id) for goal in self.wishes.beside if goal != self.goal)
        there = [one for one in others if one is not None]
        return tuple(liked(self.knowledge, self.entry, there, self.target.state))

    def routes(self, limits: Limits, with_: Sequence[frozenset[str]] | None = None) -> Routes:
        """The routes within some limits, with one of each group of actions in them."""
        maker = Maker(self.knowledge, self.own, self.target, self.origin, self.numbers, limits, self.probes)
        maker.wanted = tuple(self.wishes.with_ if with_ is None else with_)
        maker.liked, maker.taken = self.liked, self.wishes.taken
        return maker.problem(self.entry)

    def best(self) -> Found:
        """The best plan by the nearest posts; where none is proven, by fewer and by more; then by posts farther off.

        Where these do not lead there either: by ways that were not read, as few of them as can be.
        """
        found, part = self.search(self.limits), self.wishes.most_nodes // 3
        found = self.by_fewer(found, self.limits, None, part)
        if found.solution.status not in ("done", "optimal"):
            found = min(found, self.search(replace(self.limits, posts=MORE_POSTS), most_nodes=part), key=self._worth)
        if found.solution.schedule is not None:
            return found
        more = replace(self.limits, posts=MORE_POSTS, detours=True)
        found = self.search(more)
        if found.solution.status != "impossible":
            return found
        tries = [replace(more, far=True)]
        if self.wide:
            tries += [replace(more, wide=True, unread=unread) for unread in (*range(1, _FEW_UNREAD), None)]
        for limits in tries:
            whole = limits.wide and limits.unread is None  # the last of the tries
            other = self.search(limits, most_nodes=None if whole else part)
            if other.solution.schedule is not None:
                return other
            self.cut_short |= other.solution.status == "unknown"
        return found

    @cached_property
    def wide(self) -> bool:
        """Whether plans may go by posts farther off and by ways that were not read.

        By the nearest and by what was read there is none, whatever the limits.
        """
        near = self._within(frozenset(), far=False)
        return self.search(*near).solution.status == "impossible"

    def within(self, kept: frozenset[str]) -> tuple[Limits, tuple[frozenset[str], ...]]:
        """The limits, and what must be in the plan, when only those of some ids hold."""
        return self._within(kept, far=self.wide)

    def _within(self, kept: frozenset[str], *, far: bool) -> tuple[Limits, tuple[frozenset[str], ...]]:
        own = self.limits
        if STUDY_HOURS not in kept:
            free = None if own.free_hours is None else max(own.free_hours, MANY_HOURS)
            own = replace(own, study_hours=max(own.study_hours, MANY_HOURS), free_hours=free)
        if HORIZON not in kept:
            own = replace(own, horizon=max(own.horizon, Numbers(self.knowledge, {}).whole(HORIZON)))
        limits = replace(
            own,
            budget=own.budget if "budget" in kept else None,
            deadline=own.deadline if "by" in kept else None,
            without=frozenset(name for name in own.without if f"without:{name}" in kept),
            posts=MORE_POSTS,
            detours=True,
            far=far,
        )
        forced = tuple(group for group in self.wishes.with_ if f"with:{' '.join(sorted(group))}" in kept)
        return limits, forced

    def by_fewer(self, found: Found, limits: Limits, with_: Sequence[frozenset[str]] | None, most_nodes: int) -> Found:
        """What was found, or where that is not proven a better one by the nearest posts, the straight ones first."""
        if found.solution.status not in ("feasible", "unknown"):
            return found
        fewer = self.search(replace(limits, onward=False, straight=True, posts=self.limits.posts), with_, most_nodes)
        if fewer.solution.schedule is None:
            return found
        proven = replace(fewer.solution, status="feasible", bound=found.solution.bound)  # among fewer is not proven
        return min(found, replace(fewer, solution=proven), key=self._worth)

    def _worth(self, found: Found) -> tuple[int, ...]:
        """The plan of two searches that is better has less of it."""
        schedule = found.solution.schedule
        return (1,) if schedule is None else (0, *key(found.routes.problem, schedule, self.wishes.objective)[0])

    def search(
        self, limits: Limits, with_: Sequence[frozenset[str]] | None = None, most_nodes: int | None = None
    ) -> Found:
        """The best plan within some limits."""
        routes = self.routes(limits, with_)
        most = self.wishes.most_nodes if most_nodes is None else most_nodes
        return Found(routes, solve(routes.problem, self.wishes.objective, most), limits)

    def frame(self, limits: Limits) -> Frame:
        """The limits on dates."""
        stay = self.numbers.whole("least-stay-months")
        last = self.wishes.by if limits.deadline is not None else None
        return Frame(self.origin, last, limits.study_hours, limits.free_hours, limits.budget, stay)

    def without_work(self, limits: Limits) -> Limits:
        """The same limits when the post is left for a degree."""
        leaving = replace(self.wishes, stop_working=True, study_hours=None)
        return replace(limits, free_hours=leaving.limits(self.profile, self.numbers).free_hours)

    def replayed(self, found: Found) -> Schedule | None:
        """The plan found with each step as early as it can lie, looked over on dates with the evaluator of ``assess``.

        Raises:
            Unsound: when it fails.
        """
        if found.solution.schedule is None:
            return None
        routes = found.routes
        schedule = shifted(routes.problem, found.solution.schedule, filed(routes))
        if found.solution.status not in ("done", "optimal"):
            schedule = ended(routes.problem, schedule)
        assumed = {
            name
            for choice in schedule.choices
            if (action := routes.actions[choice.activity]).kind == "confirm"
            for name in (action.statement or "", choice.activity.partition(":")[2])
        }
        steps = list(steps_of(routes, schedule, self.origin))
        waived = frozenset(leaf for leaf, _ in found.limits.lowered)
        replay = Replay(
            self.knowledge,
            self.own,
            self.target,
            steps,
            frozenset(assumed),
            waived,
            self.goal.standard,
            (self.as_of, self.origin),
        )
        problems = [
            *replay.problems(self.entry, month_start(self.origin, schedule.finish)),
            *broken(steps, self.frame(found.limits), self.teller.briefly.finish(schedule)),
        ]
        if problems:
            raise Unsound(problems, dump(routes.problem))
        return schedule


def _asked(wishes: Wishes, changed: Mapping[str, float]) -> Asked:
    return Asked.model_construct(
        study_hours=wishes.study_hours,
        stop_working=wishes.stop_working,
        budget=wishes.budget,
        by=wishes.by.isoformat() if wishes.by else None,
        must_have=tuple(tuple(sorted(group)) for group in wishes.with_),
        without=tuple(sorted(wishes.without)),
        assume=dict(changed),
    )
