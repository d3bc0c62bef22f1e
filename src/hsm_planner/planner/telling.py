"""A schedule told as a plan: each action with its dates, its cost, what it closes, and what a no would change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from hsm_planner.engine.assess import Goal, knowledge_summary, version
from hsm_planner.engine.keeping import KeepAlive, Kept, keep_alive, kept_of
from hsm_planner.engine.renewal import titled
from hsm_planner.engine.sources import cited
from hsm_planner.knowledge.models import License, Role
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.planner.actions import Action, Asks
from hsm_planner.planner.alike import alike
from hsm_planner.planner.beside import inside, left_out
from hsm_planner.planner.branches import joined
from hsm_planner.planner.briefly import Briefly, asked, cost_of, in_its_place, known, worded
from hsm_planner.planner.calendar import intakes
from hsm_planner.planner.clash import Lifted
from hsm_planner.planner.figures import PlanCost
from hsm_planner.planner.future import month_start
from hsm_planner.planner.leaves import asks_usually, entries_behind, leaves_behind, rule_lines
from hsm_planner.planner.made import Routes
from hsm_planner.planner.meaning import Reading
from hsm_planner.planner.model import Choice, Problem, Schedule
from hsm_planner.planner.otherwise import Otherwise
from hsm_planner.planner.reach import reduced
from hsm_planner.planner.result import (
    NOT_WORKED_OUT,
    Asked,
    AssumptionUsed,
    Plan,
    PlanAction,
    PlanGoal,
    PlanStatus,
    Reason,
    Receipt,
    Relaxation,
    RuleLine,
)
from hsm_planner.planner.search import Objective, Solution
from hsm_planner.planner.sequence import After, after, ordered
from hsm_planner.requirements.base import Leaf, count
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.values.dates import Date
from hsm_planner.values.money import dollars
from hsm_planner.values.timeline import Target, Timeline

_NO_WAY: dict[Asks, str] = {
    "yes or no": "If the answer is no, we know of no other way. It need not be the end: ask who decides, before you "
    "give it up.",
    "how much": "If they ask more than you have by then, stay in a post where you gain it until you have it; add what "
    "else they name.",
    "age": "If not yet: from that birthday on.",
    "post": "If it does not, look for one that does: without such a post we know of no way.",
}


class Teller:
    """Tells plans of one person towards one target."""

    def __init__(
        self,
        knowledge: Knowledge,
        goal: Goal,
        entry: Entry,
        target: Target,
        own: Mapping[str, object],
        as_of: Date,
        origin: Date,
        limits: Mapping[str, float | str | None],
        objective: Objective,
        changed: Mapping[str, float],
        most_nodes: int,
        pace: frozenset[str],
        present: Timeline,
        asked: Asked,
    ) -> None:
        self.knowledge, self.goal, self.entry, self.target = knowledge, goal, entry, target
        self.own, self.as_of, self.origin = own, as_of, origin
        self.limits, self.objective, self.changed, self.most_nodes = dict(limits), objective, changed, most_nodes
        self.briefly = Briefly(origin, entry)
        self.present = present
        self.asked = asked
        self.pace = pace  # the assumptions behind the hours of study

    def told(self, routes: Routes, solution: Solution, schedule: Schedule, otherwise: Otherwise) -> Plan:
        reading = Reading(routes.problem, schedule)
        assert solution.schedule is not None
        early = {choice.activity: choice.start for choice in schedule.choices}
        spare = solution.schedule.finish - schedule.finish  # that a plan had which is not proven
        latest = {one.activity: max(one.start - spare, early.get(one.activity, 0)) for one in solution.schedule.choices}
        needs = after(reading)
        actions = tuple(
            self._action(routes, reading, choice, latest, otherwise, needs)
            for choice in ordered(reading, asked(routes))
        )
        doubtful = routes.doubtful(schedule)
        status: PlanStatus = "feasible" if doubtful and solution.status == "optimal" else solution.status
        names = [name for action in actions for name in action.sources]
        keep = tuple(self._keep_alive(routes, schedule))
        applied = [one.target or "" for one in map(routes.actions.__getitem__, early) if one.kind == "apply"]
        own = frozenset(leaf.id for _, leaf in self._leaves(entries_behind(self.knowledge, self.entry, applied)))
        uses = [routes.uses.get(choice.activity, frozenset()) for choice in schedule.choices]
        uses += [self.pace] if any(reading.mode(choice).uses for choice in schedule.choices) else []
        used = self._assumptions(frozenset().union(*uses))
        names += [name for one in keep for name in one.sources]
        names += [name for one in used for name in one.sources]
        return self._plan(
            status=status,
            reason=None,
            finish=self.briefly.finish(schedule).isoformat(),
            months=schedule.finish,
            cost=cost_of(reading),
            bound=None if doubtful else solution.bound,
            but_for_answers=doubtful and solution.status == "optimal",
            actions=actions,
            critical=tuple(
                action.id for action in actions if action.earliest_start == action.latest_start and action.months
            ),
            keep=keep,
            unpriced=_unpriced_ways(routes.problem, reading),
            left_out=dict(left_out(self.knowledge, self.entry, routes, schedule, own)),
            used=used,
            nodes=solution.nodes,
            names=names,
        )

    def relaxation(self, lifted: Lifted) -> Relaxation:
        """What there is without one limit, in a sentence."""
        solution, routes = lifted.found.solution, lifted.found.routes
        assert solution.schedule is not None
        cost = Reading(routes.problem, solution.schedule).cost()
        unknown = f" and {count(cost.unpriced, 'prices')} not known" if cost.unpriced else ""
        finish = self.briefly.finish(solution.schedule).isoformat()
        most = "" if solution.status in ("optimal", "done") else "at most "
        months = f"{most}{count(solution.schedule.finish, 'months')}"
        instead = lifted.limit.instead
        text = f"{instead[:1].upper()}{instead[1:]}: {months}, until {finish}; {dollars(cost.low, cost.high)}{unknown}."
        fields = self.briefly.fields(
            routes, solution.schedule, frozenset(), proven=solution.status == "optimal", text=text
        )
        return Relaxation.model_construct(limit=lifted.limit.id, **fields)

    def none(self, status: PlanStatus, reason: Reason, nodes: int, relaxations: tuple[Relaxation, ...] = ()) -> Plan:
        return self._plan(
            status=status, reason=reason, finish=None, months=None, cost=None, bound=None, actions=(), critical=(),
            keep=(), left_out={}, used=(), nodes=nodes, names=list(self.entry.sources), relaxations=relaxations,
        )  # fmt: skip

    def _action(
        self,
        routes: Routes,
        reading: Reading,
        choice: Choice,
        latest: Mapping[str, int],
        otherwise: Otherwise,
        needs: After,
    ) -> PlanAction:
        action, mode, cost = routes.actions[choice.activity], reading.mode(choice), reading.cost_of(choice)
        activity = reading.activity(choice)
        chosen = [routes.actions[name] for name in latest]
        first, last = self.briefly.days(reading, choice)
        accredited = action.accredited if action.accredited and self._accreditation(routes, reading, action) else None
        return PlanAction.model_construct(
            id=action.id,
            kind=action.kind,
            target=action.target,
            text=worded(action, mode),
            start=first.isoformat(),
            end=last.isoformat(),
            months=0 if activity.post else mode.months,
            earliest_start=first.isoformat(),
            latest_start=month_start(self.origin, latest[choice.activity]).isoformat(),
            hours_per_week=mode.uses.get("hours", 0),
            cost_usd=known(cost),
            unknown_prices=cost.unpriced,
            closes=tuple(sorted(name for name, some in needs.items() if action.id in some)),
            after=tuple(sorted(needs[action.id])),
            note=joined(self._file_by(routes, reading, choice), accredited, inside(chosen, action), action.note)
            or None,
            alike=tuple(alike(self.knowledge, routes, reading, choice)),
            unread=action.asks == "how much",
            if_no=self._if_no(otherwise, reading, routes, action) if action.kind == "confirm" else None,
            sources=tuple(dict.fromkeys(action.sources)),
        )

    def _accreditation(self, routes: Routes, reading: Reading, action: Action) -> bool:
        """Whether a rule that the plan goes by asks that a degree of its kind is accredited."""
        programme = self.knowledge.programme(action.target or "")
        if programme is None:
            return False
        reached = self.knowledge.vocabulary.satisfies[programme.level]
        targets = [target for name in reading.chosen if (target := routes.actions[name].target)]
        entries = entries_behind(self.knowledge, self.entry, targets)
        return any(
            isinstance(leaf, DegreeLeaf)
            and leaf.level in reached
            and not set(leaf.accredited_by).isdisjoint(programme.accreditors)
            for _, leaf in self._leaves(entries)
        )

    def _file_by(self, routes: Routes, reading: Reading, choice: Choice) -> str | None:
        """By when to file for a training that begins on an intake."""
        action = routes.actions[choice.activity]
        if action.kind != "training" or action.target is None:
            return None
        targets = [routes.actions[one.activity].target or "" for one in reading.schedule.choices]
        entries = [self.entry, *(self.knowledge.credential(target) for target in targets)]
        days = (
            one.file_by
            for entry in entries
            if isinstance(entry, License)
            for one in intakes(entry, (action.target,), self.origin, routes.problem.horizon, self.as_of)
            if one.month == choice.start and one.file_by is not None
        )
        day = next(days, None)
        return f"To begin then, find a place and file by {day.day} {day:%B %Y}." if day is not None else None

    def _if_no(self, otherwise: Otherwise, reading: Reading, routes: Routes, action: Action) -> str:
        """What becomes of the plan when the answer is no."""
        other = otherwise.without(action.id)
        if other.schedule is None:
            return _NO_WAY[action.asks] if other.status == "impossible" else NOT_WORKED_OUT
        there, proven = Reading(reading.problem, other.schedule), other.status in ("optimal", "done")
        return f"If the answer is no: {in_its_place(there, reading, routes, proven=proven)}."

    def _keep_alive(self, routes: Routes, schedule: Schedule) -> Iterator[KeepAlive]:
        """What is held, and what comes with the plan: up to the finish, and for the first cycle after it."""
        kept = list(kept_of(self.knowledge, self.present, self.as_of))
        ids = {(one.entry.id, one.state) for one in kept}
        for choice in schedule.choices:
            action = routes.actions[choice.activity]
            entry = self.knowledge.credential(action.target or "") if action.kind in ("apply", "renew") else None
            states = [one.entry.get("state") for one in action.effects if one.section == "credentials"]
            if entry is not None and states and (entry.id, states[0]) not in ids:
                kept.append(Kept(entry, states[0], None, False, titled(self.knowledge, entry, states[0])))
        for one in kept:
            yield keep_alive(one, self.briefly.finish(schedule))

    def _rules(self, actions: tuple[PlanAction, ...]) -> dict[str, RuleLine]:
        """What the plan rests on, to see later what has changed."""
        entries = entries_behind(self.knowledge, self.entry, [action.target for action in actions if action.target])
        return rule_lines(self.knowledge, entries, self.as_of, self.target.state, self.goal.standard)

    def _leaves(self, entries: Sequence[Entry]) -> Iterator[tuple[Entry, Leaf]]:
        """What the goal asks, and what is on the way."""
        return leaves_behind(self.knowledge, entries, self.as_of, self.target.state, self.goal.standard)

    def _assumptions(self, names: frozenset[str]) -> tuple[AssumptionUsed, ...]:
        """The numbers of ours behind some actions, in the order of the data."""
        found = []
        for name in self.knowledge.ids("assumptions", "assumptions"):
            known = self.knowledge.assumption(name)
            if name in names and known is not None:
                value = self.changed.get(name, known.value)
                found.append(AssumptionUsed.model_construct(
                    id=name, value=value, unit=known.unit, reason=known.reason, changed=name in self.changed,
                    sources=known.sources,
                ))  # fmt: skip
        return tuple(found)

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
        used: tuple[AssumptionUsed, ...],
        nodes: int,
        names: list[str],
        relaxations: tuple[Relaxation, ...] = (),
        unpriced: bool = False,
        but_for_answers: bool = False,
    ) -> Plan:
        state = self.target.state
        return Plan.model_construct(
            as_of=self.as_of.isoformat(),
            knowledge=knowledge_summary(self.knowledge),
            goal=PlanGoal.model_construct(
                kind=self.goal.kind,
                id=self.entry.id,
                title=self.entry.title,
                state=state,
                place=self.knowledge.words.states.get(state) if state else None,
                setting=self.target.setting,
                beds=self.target.beds,
                standard=self.goal.standard if isinstance(self.entry, Role) else None,
                usual=asks_usually(self.knowledge, self.entry),
            ),
            status=status,
            reason=reason,
            objective=self.objective,
            finish=finish,
            months=months,
            cost_usd=cost,
            bound=bound,
            but_for_answers=but_for_answers,
            actions=actions,
            critical_path=critical,
            keep_alive=keep,
            unpriced_ways=unpriced,
            left_out=left_out,
            relaxations=relaxations,
            assumptions=used,
            warnings=(),
            rules=self._rules(actions),
            receipt=Receipt.model_construct(
                wishes=self.asked,
                profile_hash=_hash(self.own),
                knowledge_hash=self.knowledge.hash,
                version=version(),
                limits=self.limits,
                nodes=nodes,
            ),
            sources=cited(self.knowledge, names),
        )


def _hash(data: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


def _unpriced_ways(problem: Problem, reading: Reading) -> bool:
    """Whether something that leads to the goal, and is not in the plan, has a price that is not known."""
    others = (one for one in reduced(problem).activities if one.id not in reading.chosen)
    return any(mode.cost.unpriced for one in others for mode in one.modes)
