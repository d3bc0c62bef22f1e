"""The dated plan of one person towards one target: routes, search, replay; and what else could be done."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.models import Certification
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.actions import Action
from hsm_planner.planner.blocked import blocked, stateless
from hsm_planner.planner.clash import Found
from hsm_planner.planner.dated import dump
from hsm_planner.planner.follow_person import marks_of
from hsm_planner.planner.model import Problem, Schedule
from hsm_planner.planner.otherwise import Otherwise
from hsm_planner.planner.person import Planner
from hsm_planner.planner.result import Plan, Reason
from hsm_planner.planner.weigh import weighed, with_questions
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.model import Profile
from hsm_planner.values.dates import Date
from hsm_planner.values.record import replace


def plan(profile: Profile, knowledge: Knowledge, goal: Goal, as_of: Date, wishes: Wishes | None = None) -> Plan:
    """The best plan to hold a credential, or to begin in a role.

    Raises:
        InputError: when the target is not known, or an assumption to change is none.
        Unsound: when the plan fails its own replay: a bug of ours.
    """
    told = _told(Planner(profile, knowledge, goal, as_of, wishes or Wishes()))
    return told.model_copy(update={"receipt": told.receipt.model_copy(update={"person": marks_of(profile)})})


def _told(planner: Planner) -> Plan:
    if isinstance(planner.entry, Certification) and planner.entry.status != "active":
        text = f"The programme is {planner.entry.status}; ask {planner.entry.ask}."
        reason = Reason.model_construct(kind="paused", leaves=(), clash=(), text=text)
        return planner.teller.none("unknown", reason, 0)
    if (unplanned := stateless(planner)) is not None:
        return unplanned
    found = planner.best()
    schedule = planner.replayed(found)
    if schedule is None:
        return blocked(planner, found.solution)
    otherwise = _otherwise(planner, found, schedule)
    if found.solution.status == "feasible" and (better := otherwise.better()) is not None:
        found = replace(found, solution=replace(found.solution, schedule=better))
        schedule = planner.replayed(found) or schedule
        otherwise = _otherwise(planner, found, schedule)
    told = planner.teller.told(found.routes, found.solution, schedule, otherwise)
    if planner.wishes.alternatives is not None:
        told = weighed(planner, found, schedule, told, otherwise)
    return with_questions(planner, found, schedule, told) if planner.wishes.questions else told


def _otherwise(planner: Planner, found: Found, schedule: Schedule) -> Otherwise:
    """What becomes of the plan without each of its answers."""
    chosen = [one.activity for one in schedule.choices]
    asked = asked_together(found.routes.actions, chosen, planner.knowledge.vocabulary.labels["statement"])
    return Otherwise(found.routes.problem, schedule, planner.wishes.objective, planner.wishes.most_nodes, asked)


def asked_together(
    actions: Mapping[str, Action], chosen: Sequence[str], statements: Container[str]
) -> dict[str, set[str]]:
    """The questions of a plan, and with each all that the same statement of the person settles, or the same answers.

    Who was no manager in the latest two years was none in the latest five: a no may not rest on the yes to the same.
    """
    settled: dict[str, set[str]] = {}
    turning: dict[tuple[str, ...], set[str]] = {}
    for name, action in actions.items():
        if action.kind == "confirm" and action.statement in statements:
            settled.setdefault(action.statement or "", set()).add(name)
        if action.kind == "confirm" and action.turns_on:
            turning.setdefault(action.turns_on, set()).add(name)
    asked = {name: action for name in chosen if (action := actions[name]).kind == "confirm"}
    return {
        name: {name, *settled.get(action.statement or "", ()), *turning.get(action.turns_on, ())}
        for name, action in asked.items()
    }


def problem_dump(profile: Profile, knowledge: Knowledge, goal: Goal, as_of: Date, wishes: Wishes | None = None) -> str:
    """The neutral problem that the plan is searched in, as JSON."""
    return dump(neutral_problem(profile, knowledge, goal, as_of, wishes))


def neutral_problem(
    profile: Profile, knowledge: Knowledge, goal: Goal, as_of: Date, wishes: Wishes | None = None
) -> Problem:
    """The neutral problem that the plan is searched in."""
    planner = Planner(profile, knowledge, goal, as_of, wishes or Wishes())
    return planner.routes(planner.limits).problem
