"""The dated plan of one person towards one target: routes, search, replay."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from hsm_planner.engine.assess import Goal, knowledge_summary, version
from hsm_planner.engine.renewal import renewal_of
from hsm_planner.engine.sources import cited
from hsm_planner.knowledge.models import Certification, License
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.planner.actions import Numbers
from hsm_planner.planner.future import Lasting, last_day, month_start, planning_profile
from hsm_planner.planner.meaning import Reading
from hsm_planner.planner.model import All, Begun, Choice, Condition, Done, Problem, Schedule, conditions
from hsm_planner.planner.result import (
    AssumptionUsed,
    Bounds,
    KeepAlive,
    Plan,
    PlanAction,
    PlanCost,
    PlanGoal,
    PlanStatus,
    Reason,
    Receipt,
)
from hsm_planner.planner.routes import Limits, Maker, Routes
from hsm_planner.planner.search import MOST_NODES, Objective, Solution, solve
from hsm_planner.planner.verify import Replay, Step
from hsm_planner.profile.model import Profile
from hsm_planner.values.dates import Date, add_months
from hsm_planner.values.problems import failure
from hsm_planner.values.record import record
from hsm_planner.values.timeline import Target


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
    with_: frozenset[str] = frozenset()
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
        state = entry.state if isinstance(entry, License) and entry.state else goal.state
        self.target = Target(entry.id, state, goal.setting, goal.beds)
        self.profile = profile

    def _limits(self, profile: Profile) -> Limits:
        own = profile.constraints
        stop = self.wishes.stop_working or (own is not None and own.keep_working is False)
        hours = self.wishes.study_hours
        if hours is None and own is not None:
            given = own.study_hours_if_not_working if stop else own.study_hours_per_week
            hours = int(given) if given is not None else None
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
            return self._none("unknown", Reason.model_construct(
                kind="paused", leaves=(),
                text=f"The programme is {self.entry.status}; ask {self.entry.ask}.",
            ), 0)  # fmt: skip
        routes = self._routes(self.limits)
        solution = solve(routes.problem, self.wishes.objective, self.wishes.most_nodes)
        if solution.schedule is None:
            return self._impossible(solution)
        schedule = _shifted(routes.problem, solution.schedule)
        self._replay(routes, schedule)
        return self._told(routes, solution, schedule)

    def _routes(self, limits: Limits) -> Routes:
        maker = Maker(self.knowledge, self.own, self.target, self.origin, self.numbers, limits)
        routes = maker.problem(self.entry)
        wanted = [name for name in routes.actions if {name, routes.actions[name].target} & self.wishes.with_]
        if not wanted:
            return routes
        forced: list[Condition] = [Begun(name) if routes.problem.activity(name).post else Done(name) for name in wanted]
        return replace(routes, problem=replace(routes.problem, goal=All((routes.problem.goal, *forced))))

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

    # -- telling ---------------------------------------------------------------------------------------------------

    def _told(self, routes: Routes, solution: Solution, schedule: Schedule) -> Plan:
        reading = Reading(routes.problem, schedule)
        assert solution.schedule is not None
        latest = {choice.activity: choice.start for choice in solution.schedule.choices}
        actions = tuple(self._action(routes, reading, choice, latest) for choice in _ordered(routes, schedule))
        unread = any(routes.actions[choice.activity].unread for choice in schedule.choices)
        status: PlanStatus = "feasible" if unread and solution.status == "optimal" else solution.status
        cost = reading.cost()
        names = [name for action in actions for name in action.sources]
        keep = tuple(self._keep_alive(routes, schedule))
        used = self._assumptions()
        names += [name for one in keep for name in one.sources]
        names += [name for one in used for name in one.sources]
        return self._plan(
            status=status,
            reason=None,
            finish=self._finish(schedule).isoformat(),
            months=schedule.finish,
            cost=PlanCost.model_construct(
                known_low=cost.low,
                known_high=cost.high,
                unpriced=tuple(c.activity for c in schedule.choices if reading.mode(c).cost.unpriced),
            ),
            bound=None if unread else solution.bound,
            actions=actions,
            critical=tuple(
                action.id for action in actions if action.earliest_start == action.latest_start and action.months
            ),
            keep=keep,
            left_out=dict(routes.left_out),
            nodes=solution.nodes,
            names=names,
        )

    def _finish(self, schedule: Schedule) -> Date:
        """The last day of the last action, or the first day in the target's post."""
        posts = [choice for choice in schedule.choices if choice.activity == f"post:{self.entry.id}"]
        if posts:
            return month_start(self.origin, posts[0].start)
        return last_day(self.origin, schedule.finish) if schedule.finish else self.origin

    def _action(self, routes: Routes, reading: Reading, choice: Choice, latest: Mapping[str, int]) -> PlanAction:
        action, mode = routes.actions[choice.activity], reading.mode(choice)
        activity = reading.activity(choice)
        months = 0 if activity.post else mode.months
        first = month_start(self.origin, choice.start)
        last = last_day(self.origin, choice.start + months) if months else first
        cost = None if mode.cost.unpriced else Bounds.model_construct(low=mode.cost.low, high=mode.cost.high)
        named = {"full-time": "full time", "part-time": "part time", "own-pace": "at the pace of your hours"}
        text = action.text + (f", {named[mode.id]}" if action.kind == "degree" and mode.id in named else "")
        return PlanAction.model_construct(
            id=action.id,
            kind=action.kind,
            target=action.target,
            text=text,
            start=first.isoformat(),
            end=last.isoformat(),
            months=months,
            earliest_start=first.isoformat(),
            latest_start=month_start(self.origin, latest[choice.activity]).isoformat(),
            hours_per_week=mode.uses.get("hours", 0),
            cost_usd=cost,
            closes=tuple(sorted(_closed(routes.problem, reading, choice))),
            after=tuple(sorted(_before(routes.problem, reading, choice))),
            note=action.note,
            if_no=self._if_no(routes, reading, choice) if action.kind == "confirm" else None,
            sources=tuple(dict.fromkeys(action.sources)),
        )

    def _if_no(self, routes: Routes, reading: Reading, choice: Choice) -> str:
        """What becomes of the plan when the answer is no."""
        rest = tuple(one for one in routes.problem.activities if one.id != choice.activity)
        other = solve(replace(routes.problem, activities=rest), self.wishes.objective, self.wishes.most_nodes)
        if other.schedule is None:
            return "If the answer is no, we know of no plan." if other.status == "impossible" else "Not worked out."
        later = other.schedule.finish - reading.schedule.finish
        dearer = Reading(routes.problem, other.schedule).cost().low - reading.cost().low
        parts = [f"{later} months later"] if later > 0 else []
        parts += [f"${dearer:,} dearer"] if dearer > 0 else []
        return f"If the answer is no: {', '.join(parts) or 'another way, as soon and as cheap'}."

    def _keep_alive(self, routes: Routes, schedule: Schedule) -> Iterator[KeepAlive]:
        for choice in schedule.choices:
            action = routes.actions[choice.activity]
            gives = any(effect.section == "credentials" for effect in action.effects)
            entry = self.knowledge.credential(action.target or "") if gives else None
            renewal = renewal_of(entry, self.target.state) if entry is not None else None
            if entry is None or renewal is None:
                continue
            parts = [f"every {renewal.cycle_years:g} years"] if renewal.cycle_years else []
            parts += [f"{renewal.hours:g} hours of continuing education"] if renewal.hours else []
            parts += [f"${renewal.fee_usd:,.0f}"] if renewal.fee_usd is not None else ["fee not known"]
            yield KeepAlive.model_construct(
                credential=entry.id, text=f"{entry.title}: renewal {', '.join(parts)}", sources=renewal.sources
            )

    def _assumptions(self) -> tuple[AssumptionUsed, ...]:
        found = []
        for name in self.knowledge.ids("assumptions", "assumptions"):
            known = self.knowledge.assumption(name)
            if name in self.numbers.used and known is not None:
                value = self.changed.get(name, known.value)
                found.append(AssumptionUsed.model_construct(
                    id=name, value=value, unit=known.unit, reason=known.reason, changed=name in self.changed,
                    sources=known.sources,
                ))  # fmt: skip
        return tuple(found)

    def _impossible(self, solution: Solution) -> Plan:
        """Whether limits stand in the way, or nothing closes some leaf."""
        if solution.status == "unknown":
            reason = Reason.model_construct(
                kind="horizon", leaves=(), text="The search stopped at its bound before it found a plan."
            )
            return self._none("unknown", reason, solution.nodes)
        loose = Limits(max(self.limits.study_hours, 60), None, None, frozenset(), self.limits.horizon)
        free = self._routes(loose)
        without = solve(free.problem, self.wishes.objective, self.wishes.most_nodes)
        if without.schedule is not None:
            text = (
                f"With {loose.study_hours} hours of study a week, no budget and no last date there is a plan of "
                f"{without.schedule.finish} months: one of the limits stands in its way."
            )
            return self._none("impossible", Reason.model_construct(kind="limits", leaves=(), text=text), solution.nodes)
        words = "; ".join(text for _, text in free.dead) or "no way within the years that a plan looks ahead"
        leaves = tuple(leaf for leaf, _ in free.dead)
        reason = Reason.model_construct(
            kind="no_action", leaves=leaves, text=f"Nothing that we know closes one of these: {words}."
        )
        return self._none("impossible", reason, solution.nodes)

    def _none(self, status: PlanStatus, reason: Reason, nodes: int) -> Plan:
        return self._plan(
            status=status, reason=reason, finish=None, months=None, cost=None, bound=None, actions=(), critical=(),
            keep=(), left_out={}, nodes=nodes, names=list(self.entry.sources),
        )  # fmt: skip

    def _plan(
        self,
        *,
        status: PlanStatus,
        reason: Reason | None,
        finish: str | None,
        months: int | None,
        cost: PlanCost | None,
        bound: tuple[int, ...] | None,
        actions: tuple[PlanAction, ...],
        critical: tuple[str, ...],
        keep: tuple[KeepAlive, ...],
        left_out: dict[str, str],
        nodes: int,
        names: list[str],
    ) -> Plan:
        state = self.target.state
        limits: dict[str, float | str | None] = {
            "study_hours_per_week": self.limits.study_hours,
            "budget_usd": self.limits.budget,
            "by": self.wishes.by.isoformat() if self.wishes.by else None,
            "nodes": self.wishes.most_nodes,
        }
        return Plan.model_construct(
            as_of=self.as_of.isoformat(),
            knowledge=knowledge_summary(self.knowledge),
            goal=PlanGoal.model_construct(
                kind=self.goal.kind,
                id=self.entry.id,
                title=self.entry.title,
                state=state,
                place=self.knowledge.words.states.get(state) if state else None,
            ),
            status=status,
            reason=reason,
            objective=self.wishes.objective,
            finish=finish,
            months=months,
            cost_usd=cost,
            bound=bound,
            actions=actions,
            critical_path=critical,
            keep_alive=keep,
            left_out=left_out,
            assumptions=self._assumptions(),
            warnings=(),
            receipt=Receipt.model_construct(
                profile_hash=_hash(self.own),
                knowledge_hash=self.knowledge.hash,
                version=version(),
                limits=limits,
                nodes=nodes,
            ),
            sources=cited(self.knowledge, names),
        )


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


def _hash(data: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


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
        for start in range(choice.start):
            moved = tuple(
                replace(one, start=start) if one.activity == choice.activity else one for one in found.choices
            )
            earlier = Schedule(moved, found.finish)
            if not any(Reading(problem, earlier).problems()):
                found = earlier
                break
    return found


def _ordered(routes: Routes, schedule: Schedule) -> list[Choice]:
    """Confirm steps first, then by start."""
    return sorted(
        schedule.choices, key=lambda one: (routes.actions[one.activity].kind != "confirm", one.start, one.activity)
    )


def _before(problem: Problem, reading: Reading, choice: Choice) -> Iterator[str]:
    """The activities of the plan that this one needs."""
    for condition in conditions(problem.activity(choice.activity).needs):
        if isinstance(condition, Done | Begun) and condition.activity in reading.chosen:
            yield condition.activity


def _closed(problem: Problem, reading: Reading, choice: Choice) -> Iterator[str]:
    """The activities that need this one."""
    for other in reading.schedule.choices:
        if choice.activity in set(_before(problem, reading, other)):
            yield other.activity


def dump(problem: Problem) -> str:
    """The neutral problem as JSON."""

    def plain(value: object) -> object:
        if hasattr(value, "__match_args__"):
            return {"is": type(value).__name__} | {name: getattr(value, name) for name in value.__match_args__}
        return dict(value) if isinstance(value, Mapping) else str(value)

    return json.dumps(plain(problem), default=plain, indent=1) + "\n"
