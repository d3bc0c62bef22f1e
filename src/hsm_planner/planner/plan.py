"""The dated plan of one person towards one target: routes, search, replay."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.models import Certification, License
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.planner.actions import Numbers
from hsm_planner.planner.clash import Limit, lifted, smallest_clash, whatever_the_posts
from hsm_planner.planner.future import Lasting, after, last_day, month_start, planning_profile
from hsm_planner.planner.meaning import Reading
from hsm_planner.planner.model import Problem, Schedule
from hsm_planner.planner.probes import Probes
from hsm_planner.planner.result import (
    Plan,
    Reason,
)
from hsm_planner.planner.routes import Maker, Routes
from hsm_planner.planner.search import MOST_NODES, Objective, Solution, solve
from hsm_planner.planner.telling import Teller
from hsm_planner.planner.verify import Replay, Step
from hsm_planner.planner.ways import Limits
from hsm_planner.profile.model import Profile
from hsm_planner.resolve.person import resolve
from hsm_planner.values.dates import Date, add_months
from hsm_planner.values.problems import failure
from hsm_planner.values.record import record
from hsm_planner.values.timeline import Target

_MANY_HOURS = 60  # of study in a week, when the person's own limit is lifted


class Unsound(Exception):  # noqa: N818 - a bug of ours, with what is needed to find it
    """A plan that fails its own replay."""

    def __init__(self, problems: list[str], dump: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
        self.dump = dump


@record
class Wishes:
    """What the person asks of a plan. None: as the profile's ``constraints`` or the assumptions say."""

    objective: Objective = "fastest"
    study_hours: int | None = None
    stop_working: bool = False
    budget: int | None = None
    by: Date | None = None
    with_: tuple[frozenset[str], ...] = ()  # one of each
    without: frozenset[str] = frozenset()
    assume: Mapping[str, float] | None = None
    most_nodes: int = MOST_NODES


def plan(profile: Profile, knowledge: Knowledge, goal: Goal, as_of: Date, wishes: Wishes | None = None) -> Plan:
    """The best plan to hold a credential, or to begin in a role.

    Raises:
        InputError: when the target is not known, or an assumption to change is none.
        Unsound: when the plan fails its own replay: a bug of ours.
    """
    return _Planner(profile, knowledge, goal, as_of, wishes or Wishes()).run()


def problem_dump(profile: Profile, knowledge: Knowledge, goal: Goal, as_of: Date, wishes: Wishes | None = None) -> str:
    """The neutral problem that the plan is searched in, as JSON."""
    return dump(neutral_problem(profile, knowledge, goal, as_of, wishes))


def neutral_problem(
    profile: Profile, knowledge: Knowledge, goal: Goal, as_of: Date, wishes: Wishes | None = None
) -> Problem:
    """The neutral problem that the plan is searched in."""
    planner = _Planner(profile, knowledge, goal, as_of, wishes or Wishes())
    return planner.routes(planner.limits).problem


class _Planner:
    def __init__(self, profile: Profile, knowledge: Knowledge, goal: Goal, as_of: Date, wishes: Wishes) -> None:
        entry = knowledge.entry(goal.kind, goal.id)
        if entry is None:
            raise failure("unknown-id", f"there is no {goal.kind} {goal.id!r}.")
        self.entry: Entry = entry
        self.knowledge, self.goal, self.as_of, self.wishes = knowledge, goal, as_of, wishes
        changed = dict(wishes.assume or {})
        unknown = sorted(name for name in changed if knowledge.assumption(name) is None)
        if unknown:
            known = ", ".join(knowledge.ids("assumptions", "assumptions"))
            raise failure("unknown-id", f"there is no assumption {unknown[0]!r}.", hint=f"Known: {known}.")
        self.changed = changed
        self.numbers = Numbers(knowledge, changed)
        self.own = planning_profile(profile)
        self.origin = _origin(profile, as_of)
        self.limits = self._limits(profile)
        pace = self.numbers.take()  # what the hours of study rest on
        state = entry.state if isinstance(entry, License) and entry.state else goal.state
        self.target = Target(entry.id, state, goal.setting, goal.beds)
        self.probes = Probes(knowledge, resolve(after(self.own, ()), knowledge, self.target), self.origin)
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
        )

    def _limits(self, profile: Profile) -> Limits:
        own = profile.constraints
        stop = self.wishes.stop_working or (own is not None and own.keep_working is False)
        hours = self.wishes.study_hours
        if hours is None and own is not None:
            given = own.study_hours_if_not_working if stop else own.study_hours_per_week
            hours = int(given) if given is not None else None
        self.hours_assumed = hours is None
        if hours is None:
            hours = self.numbers.whole("study-hours-if-not-working" if stop else "study-hours-per-week")
        budget = self.wishes.budget
        if budget is None and own is not None and own.budget_usd is not None:
            budget = int(own.budget_usd)
        by = self.wishes.by
        deadline = (by.year - self.origin.year) * 12 + by.month - self.origin.month if by else None
        if deadline is not None and by is not None and last_day(self.origin, deadline + 1) <= by:
            deadline += 1  # the month is over on its last day
        return Limits(hours, budget, deadline, self.wishes.without, self.numbers.whole("horizon-months"))

    # -- the whole way ---------------------------------------------------------------------------------------------

    def run(self) -> Plan:
        if isinstance(self.entry, Certification) and self.entry.status != "active":
            return self.teller.none("unknown", Reason.model_construct(
                kind="paused", leaves=(), clash=(),
                text=f"The programme is {self.entry.status}; ask {self.entry.ask}.",
            ), 0)  # fmt: skip
        for wide in (False, True):
            routes = self.routes(replace(self.limits, wide=wide))
            solution = solve(routes.problem, self.wishes.objective, self.wishes.most_nodes)
            if solution.status != "impossible":
                break
        if solution.schedule is None:
            return self._impossible(solution)
        schedule = _shifted(routes.problem, solution.schedule)
        self._replay(routes, schedule)
        return self.teller.told(routes, solution, schedule)

    def routes(self, limits: Limits, with_: Sequence[frozenset[str]] | None = None) -> Routes:
        """The routes within some limits, with one of each group of actions in them."""
        maker = Maker(self.knowledge, self.own, self.target, self.origin, self.numbers, limits, self.probes)
        maker.wanted = tuple(self.wishes.with_ if with_ is None else with_)
        return maker.problem(self.entry)

    def _steps(self, routes: Routes, schedule: Schedule) -> list[Step]:
        return list(_steps(routes, schedule, self.origin))

    def _replay(self, routes: Routes, schedule: Schedule) -> None:
        """Look the plan over with the evaluator of ``assess``, on dates."""
        assumed = {
            name
            for choice in schedule.choices
            if (action := routes.actions[choice.activity]).kind == "confirm"
            for name in (action.statement or "", choice.activity.partition(":")[2])
        }
        replay = Replay(self.knowledge, self.own, self.target, self._steps(routes, schedule), frozenset(assumed))
        problems = list(replay.problems(self.entry, month_start(self.origin, schedule.finish)))
        if problems:
            raise Unsound(problems, dump(routes.problem))

    def _impossible(self, solution: Solution) -> Plan:
        """Whether limits stand in the way, or nothing closes some leaf."""
        if solution.status == "unknown":
            reason = Reason.model_construct(
                kind="horizon", leaves=(), clash=(), text="The search stopped at its bound before it found a plan."
            )
            return self.teller.none("unknown", reason, solution.nodes)
        limits = list(self._named_limits())
        clash = smallest_clash(limits, self._attempt)
        if clash:
            return self._clashing(limits, clash, solution.nodes)
        free = self._routes_within(frozenset())
        if free.cut and not whatever_the_posts(free.problem):
            text = "No plan was found by the posts that were tried; other posts may lead there."
            reason = Reason.model_construct(kind="horizon", leaves=(), clash=(), text=text)
            return self.teller.none("unknown", reason, solution.nodes)
        words = "; ".join(text for _, text in free.dead) or "no way within the years that a plan looks ahead"
        leaves = tuple(leaf for leaf, _ in free.dead)
        reason = Reason.model_construct(
            kind="no_action", leaves=leaves, clash=(), text=f"Nothing that we know closes one of these: {words}."
        )
        return self.teller.none("impossible", reason, solution.nodes)

    def _clashing(self, limits: Sequence[Limit], clash: Sequence[Limit], nodes: int) -> Plan:
        """No plan within some limits, and what lifting each of them gives."""
        told = tuple(self.teller.relaxation(one) for one in lifted(limits, clash, self._attempt))
        names = "; ".join(limit.words for limit in clash)
        text = f"Within what you set there is no plan. {'These clash' if len(clash) > 1 else 'In the way'}: {names}."
        reason = Reason.model_construct(kind="limits", leaves=(), clash=tuple(limit.id for limit in clash), text=text)
        return self.teller.none("impossible", reason, nodes, told)

    def _named_limits(self) -> Iterator[Limit]:
        """Everything that the person sets, one by one."""
        limits, wishes = self.limits, self.wishes
        assumed = ", which we assume" if self.hours_assumed else ""
        yield Limit("study-hours", f"{limits.study_hours} hours of study a week{assumed}")
        if limits.budget is not None:
            yield Limit("budget", f"at most ${limits.budget:,}")
        if wishes.by is not None:
            yield Limit("by", f"by {wishes.by.isoformat()}")
        yield from (Limit(f"without:{name}", f"without {name}") for name in sorted(wishes.without))
        yield from (
            Limit(f"with:{' '.join(sorted(group))}", f"with {' or '.join(sorted(group))}") for group in wishes.with_
        )

    def _routes_within(self, kept: frozenset[str]) -> Routes:
        """The routes when only the limits of some ids hold."""
        own = self.limits
        limits = Limits(
            own.study_hours if "study-hours" in kept else max(own.study_hours, _MANY_HOURS),
            own.budget if "budget" in kept else None,
            own.deadline if "by" in kept else None,
            frozenset(name for name in own.without if f"without:{name}" in kept),
            own.horizon,
            wide=True,
        )
        forced = tuple(group for group in self.wishes.with_ if f"with:{' '.join(sorted(group))}" in kept)
        return self.routes(limits, forced)

    def _attempt(self, kept: frozenset[str]) -> tuple[Problem, Solution]:
        problem = self._routes_within(kept).problem
        return problem, solve(problem, self.wishes.objective, self.wishes.most_nodes // 4)


# -- small things ------------------------------------------------------------------------------------------------------


def _origin(profile: Profile, as_of: Date) -> Date:
    """The first of the month after the day, or the start that the profile sets."""
    first = add_months(as_of.replace(day=1), 1)
    start = profile.constraints.start if profile.constraints else None
    if start is None:
        return first
    wanted = start.as_event().earliest
    wanted = wanted if wanted.day == 1 else add_months(wanted.replace(day=1), 1)
    return max(first, wanted)


def _steps(routes: Routes, schedule: Schedule, origin: Date) -> Iterator[Step]:
    reading = Reading(routes.problem, schedule)
    for choice in schedule.choices:
        action, activity = routes.actions[choice.activity], reading.activity(choice)
        months = 0 if activity.post else reading.mode(choice).months
        lasting = Lasting(
            action.effects,
            month_start(origin, choice.start),
            last_day(origin, choice.start + months),
            post=activity.post,
            occupies=activity.occupies,
        )
        yield Step(action.id, action.kind, action.target, lasting)


def _shifted(problem: Problem, schedule: Schedule) -> Schedule:
    """The same plan with each activity as early as it can lie; what perishes stays late."""
    found = schedule
    for choice in sorted(schedule.choices, key=lambda one: (one.start, one.activity)):
        reading = Reading(problem, found)
        activity = reading.activity(choice)
        for start in range(choice.start):
            if not reading.holds(activity.needs, start):
                continue  # moving it changes nothing that lies before it
            moved = tuple(
                replace(one, start=start) if one.activity == choice.activity else one for one in found.choices
            )
            earlier = Schedule(moved, found.finish)
            if not any(Reading(problem, earlier).problems()):
                found = earlier
                break
    return found


def dump(problem: Problem) -> str:
    """The neutral problem as JSON."""

    def plain(value: object) -> object:
        if hasattr(value, "__match_args__"):
            return {"is": type(value).__name__} | {name: getattr(value, name) for name in value.__match_args__}
        return dict(value) if isinstance(value, Mapping) else str(value)

    return json.dumps(plain(problem), default=plain, indent=1) + "\n"
