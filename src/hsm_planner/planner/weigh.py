"""What else could be done: other ways, what each hour of study a week buys, and why it is not sooner.

Each is searched like the plan itself, with a part of its nodes, and replayed before it is shown.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from hsm_planner.engine.sources import cited
from hsm_planner.planner.another import LEAST_CHANGE, beside, by_other_degrees, credits_taken, elsewhere, left_to_study
from hsm_planner.planner.clash import Found, Limit
from hsm_planner.planner.meaning import Reading, key
from hsm_planner.planner.model import Activity, Problem, Schedule
from hsm_planner.planner.money import money_of, sources_of
from hsm_planner.planner.otherways import OtherWays
from hsm_planner.planner.otherwise import Otherwise
from hsm_planner.planner.person import Planner
from hsm_planner.planner.result import Noes, OtherPlan, Plan, Relaxation, Trade
from hsm_planner.planner.search import Solution, solve
from hsm_planner.planner.usual import unsaid, usual_schooling
from hsm_planner.planner.ways import Limits
from hsm_planner.values.record import record, replace

_SHARE = 8  # each search may take one part of so many of what the plan itself may
_MOST_POINTS = 4  # of a frontier
_A_YEAR = 12
_MOST_HOURS = 60  # of study a week
_MORE_HOURS = (4, 8)
_WORK = "work"


def _more_hours(hours: int) -> str:
    """The id of the limit on hours of study, eased by so many."""
    return f"study-hours+{hours}"


_OF_HOURS = (*map(_more_hours, _MORE_HOURS), _WORK)  # each asks more than the one before
_UNPRICED = "unknown prices"


def weighed(planner: Planner, found: Found, schedule: Schedule, plan: Plan, otherwise: Otherwise) -> Plan:
    """The plan with other ways, trades, reasons why it is not sooner, and what a no would come to."""
    weigher = _Weigher(planner, found, schedule)
    ways = OtherWays(planner, found, weigher.reading, weigher.solved, weigher.fields)
    noes = {action.id: otherwise.without(action.id) for action in plan.actions if action.kind == "confirm"}
    forks = {
        gone: no.schedule for name, no in noes.items() if no.schedule is not None for gone in otherwise.names[name]
    }
    several = [name for name, no in noes.items() if no.schedule is not None and no.schedule.finish > schedule.finish]
    money = money_of(
        planner.knowledge, planner.profile, planner.probes.present, planner.entry, planner.target.state,
        found.routes, weigher.reading,
    )  # fmt: skip
    return plan.model_copy(
        update={
            "actions": tuple(
                action.model_copy(update={"no": weigher.no(noes[action.id])}) if action.id in noes else action
                for action in plan.actions
            ),
            "alternatives": ways.best(planner.wishes.alternatives or 0, forks),
            "frontier": tuple(weigher.frontier()),
            "relaxations": tuple(weigher.relaxations()),
            "not_worked_out": tuple(weigher.dark),
            "elsewhere": tuple(elsewhere(planner, weigher.reading)),
            "noes": weigher.noes(several, otherwise) if len(several) > 1 else None,
            "money": money,
            "sources": plan.sources | cited(planner.knowledge, sources_of(money)),
        }
    )


def with_questions(planner: Planner, found: Found, schedule: Schedule, plan: Plan) -> Plan:
    """The plan with what to ask before its steps are begun."""
    weigher = _Weigher(planner, found, schedule)
    usual = usual_schooling(planner, found, weigher.reading, weigher.solved, weigher.fields)
    open_ = unsaid(planner, found, weigher.reading)
    asked = (
        *(one for one in (open_, usual) if one is not None),
        *left_to_study(planner, weigher.reading, found.routes),
        *credits_taken(planner, weigher.reading, found.routes),
    )
    names = [name for one in asked for name in one.sources]
    return plan.model_copy(update={"ask_first": asked, "sources": plan.sources | cited(planner.knowledge, names)})


@record
class _Easing:
    """A limit that could be given up, or be another one."""

    limit: Limit
    limits: Limits
    with_: tuple[frozenset[str], ...]


class _Weigher:
    def __init__(self, planner: Planner, found: Found, schedule: Schedule) -> None:
        self.planner = planner
        self.found = found
        self.reading = Reading(found.routes.problem, schedule)
        self.limits = found.limits
        self.most_nodes = planner.wishes.most_nodes // _SHARE
        self.dark: list[str] = []  # relaxations of which the search ended at its bound, with nothing that is better

    # -- hours and money -------------------------------------------------------------------------------------------

    def frontier(self) -> Iterator[Trade]:
        """For the hours given, half and twice as many: the plans of which none is both sooner and cheaper."""
        own = self.limits.most_hours
        shown: list[tuple[int, int, int]] = []  # with fewer hours
        for hours in sorted({max(1, own // 2), own, min(_MOST_HOURS, own * 2)}):
            limits = self._with_hours(hours)
            routes = self.found.routes if hours == own else self.planner.routes(limits)
            points = list(self._points(Found(routes, self.solved(routes.problem, soonest=True), limits)))
            told = [(found, schedule) for found in points if (schedule := self.planner.replayed(found)) is not None]
            told = [one for one in told if not any(_in_vain(one, other) for other in told)]
            for (found, schedule), then in zip_longest(told, told[1:]):
                if then is not None and then[1].finish <= schedule.finish:
                    continue  # what is cheaper is as soon, too: the first was not proven
                cost = Reading(found.routes.problem, schedule).cost()
                worth = (schedule.finish, cost.unpriced, cost.high)
                if any(all(map(operator.le, one, worth)) and one != worth for one in shown):
                    continue  # not proven: fewer hours do better
                shown.append(worth)
                swapped = by_other_degrees(found, schedule, self.reading)
                fields = self.fields(found, schedule, f"{hours} hours of study a week{swapped}")
                yield Trade.model_construct(study_hours_per_week=hours, **fields)

    def _with_hours(self, hours: int) -> Limits:
        """The limits with other hours of study: those without a post, where it is left for a degree."""
        if self.limits.free_hours is None:
            return replace(self.limits, study_hours=hours)
        return replace(self.limits, free_hours=hours, study_hours=min(hours, self.limits.study_hours))

    def _points(self, found: Found) -> Iterator[Found]:
        """From the soonest plan to the cheapest: each the soonest of those cheaper than the one before."""
        for _ in range(_MOST_POINTS):
            if found.solution.schedule is None:
                return
            yield found
            cost = Reading(found.routes.problem, found.solution.schedule).cost()
            capped = [_capped(found.routes.problem, cost.unpriced, cost.high - 1)]
            capped += [_capped(found.routes.problem, cost.unpriced - 1, None)] if cost.unpriced else []
            solved = [(problem, self.solved(problem, soonest=True)) for problem in capped]
            there = [(problem, one) for problem, one in solved if one.schedule is not None]
            if not there:
                return
            problem, best = min(there, key=lambda one: key(*_found(one), "fastest"))
            found = replace(found, routes=replace(found.routes, problem=problem), solution=best)

    # -- why not sooner --------------------------------------------------------------------------------------------

    def relaxations(self) -> Iterator[Relaxation]:
        """What would change the finish by some months: each limit given up, one at a time."""
        soonest = self.reading.schedule.finish
        for one in self._easings():
            easing, (found, schedule) = one, self._eased(one)
            later = schedule.finish - self.reading.schedule.finish if schedule is not None else 0
            if found.solution.status in ("unknown", "feasible") and later >= 0:
                self.dark.append(easing.limit.words)
            if schedule is None or abs(later) < LEAST_CHANGE or (later > 0 and found.solution.status == "feasible"):
                continue
            if easing.limit.id in _OF_HOURS and later < 0 and schedule.finish >= soonest:
                continue  # as much comes of less
            if easing.limit.id in _OF_HOURS:
                soonest = min(soonest, schedule.finish)
            if easing.limit.id == _more_hours(_MORE_HOURS[0]):
                easing, found, schedule = self._least(easing, found, schedule)
            swapped = by_other_degrees(found, schedule, self.reading)
            fields = self.fields(found, schedule, f"{easing.limit.words}{swapped}")
            yield Relaxation.model_construct(limit=easing.limit.id, **fields)

    def _eased(self, easing: _Easing) -> tuple[Found, Schedule | None]:
        routes = self.planner.routes(easing.limits, easing.with_)
        found = Found(routes, self.solved(routes.problem), easing.limits)
        return found, self.planner.replayed(found)

    def _least(self, easing: _Easing, found: Found, schedule: Schedule) -> tuple[_Easing, Found, Schedule]:
        """The fewest hours more from which as much comes."""
        enough, least, most = (easing, found, schedule), 1, _MORE_HOURS[0]
        while least < most:
            hours = (least + most) // 2
            fewer = self._with_more(hours)
            one, when = self._eased(fewer)
            if when is not None and when.finish <= schedule.finish:
                enough, most = (fewer, one, when), hours
            else:
                least = hours + 1
        return enough

    def _with_more(self, hours: int) -> _Easing:
        """So many more hours of study a week."""
        own = self.limits
        free = None if own.free_hours is None else own.free_hours + hours
        limits = replace(own, study_hours=own.study_hours + hours, free_hours=free)
        words = f"{hours} more {'hour' if hours == 1 else 'hours'} of study a week"
        return _Easing(Limit(_more_hours(hours), words), limits, self.planner.wishes.with_)

    def _easings(self) -> Iterator[_Easing]:
        own, with_ = self.limits, self.planner.wishes.with_
        yield from map(self._with_more, _MORE_HOURS)
        if own.free_hours is None:
            stopped = self.planner.without_work(own)
            hours = f"{stopped.most_hours} hours of study a week"
            words = f"leaving work for a degree, {hours}, and having such a post again right after"
            posts = self.planner.profile.experience
            if posts is not None and all(post.end is not None for post in posts):  # nothing has to be left
                words = f"{hours}, as long as no post takes them"
                stopped = replace(own, study_hours=max(own.study_hours, stopped.most_hours))
            yield _Easing(Limit(_WORK, words), stopped, with_)
        else:
            words = f"without leaving work, {own.study_hours} hours of study a week"
            yield _Easing(Limit("no-leave", words), replace(own, free_hours=None), with_)
        if any(self.found.routes.actions[name].kind == "training" for name in self.reading.chosen):
            yield _Easing(
                Limit("place", "with a place for the training in hand"), replace(own, place_found=True), with_
            )
        if own.budget is not None:
            yield _Easing(Limit("budget", f"not held to ${own.budget:,}"), replace(own, budget=None), with_)
        for name in sorted(own.without):
            without_ = own.without - {name}
            yield _Easing(Limit(f"without:{name}", f"if {name} may be in it"), replace(own, without=without_), with_)
        for group in with_:
            names = sorted(group)
            limit = Limit(f"with:{' '.join(names)}", f"if {' or '.join(names)} need not be in it")
            yield _Easing(limit, own, tuple(one for one in with_ if one != group))

    # -- together --------------------------------------------------------------------------------------------------

    def no(self, other: Solution) -> OtherPlan | None:
        """The plan when the answer to a question is no."""
        if other.schedule is None:
            return None
        found = replace(self.found, solution=other)
        schedule = self.planner.replayed(found)
        assert schedule is not None
        return OtherPlan.model_construct(**self.fields(found, schedule, "if the answer is no"))

    def noes(self, names: Sequence[str], otherwise: Otherwise) -> Noes | None:
        """What comes of a no to all of some questions; None where it was not worked out, or is as with one of them."""
        solution = otherwise.without(*names)
        latest = max(one.finish for name in names if (one := otherwise.without(name).schedule) is not None)
        if solution.schedule is None:
            none = solution.status == "impossible"
            return Noes.model_construct(questions=tuple(names), plan=None) if none else None
        plan = self.no(solution) if solution.schedule.finish > latest else None
        return Noes.model_construct(questions=tuple(names), plan=plan) if plan is not None else None

    def solved(self, problem: Problem, *, soonest: bool = False) -> Solution:
        """The best plan of a problem; where the plan itself is one of it, no worse than that."""
        schedule = self.reading.schedule
        modes = {(activity.id, mode.id) for activity in problem.activities for mode in activity.modes}
        there = all((choice.activity, choice.mode) in modes for choice in schedule.choices)
        known = schedule if there and not any(Reading(problem, schedule).problems()) else None
        return solve(problem, "fastest" if soonest else self.planner.wishes.objective, self.most_nodes, known)

    def fields(self, found: Found, schedule: Schedule, what: str) -> dict[str, Any]:
        return beside(self.planner.teller.briefly, found, schedule, self.reading, what)


def _found(one: tuple[Problem, Solution]) -> tuple[Problem, Schedule]:
    problem, solution = one
    assert solution.schedule is not None
    return problem, solution.schedule


def _in_vain(one: tuple[Found, Schedule], other: tuple[Found, Schedule]) -> bool:
    """Whether one plan is over a year later than another for fewer unknown prices alone: asking them is quicker."""
    (found, schedule), (there, sooner) = one, other
    dearer = Reading(found.routes.problem, schedule).cost().high >= Reading(there.routes.problem, sooner).cost().high
    return dearer and schedule.finish > sooner.finish + _A_YEAR


def _capped(problem: Problem, unpriced: int, most: int | None) -> Problem:
    """The same problem with so many unknown prices and so much money at the most."""
    budget = {**problem.budget, _UNPRICED: unpriced}
    if most is not None:
        budget["usd"] = min(most, budget.get("usd", most))
    return replace(problem, budget=budget, activities=tuple(map(_counted, problem.activities)))


def _counted(activity: Activity) -> Activity:
    modes = tuple(
        replace(mode, spends={**mode.spends, _UNPRICED: mode.cost.unpriced}) if mode.cost.unpriced else mode
        for mode in activity.modes
    )
    return replace(activity, modes=modes)
