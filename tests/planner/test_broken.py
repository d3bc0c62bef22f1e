"""The replay refuses a plan that is broken in any way: each kind is broken on purpose, in a plan that is sound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.dated import shifted, steps_of
from hsm_planner.planner.future import month_start
from hsm_planner.planner.person import Planner
from hsm_planner.planner.verify import Replay, Step
from hsm_planner.planner.wishes import Wishes
from hsm_planner.planner.within import Frame, broken
from hsm_planner.profile.read import read_profile
from hsm_planner.values.dates import add_months
from hsm_planner.values.record import replace

ROOT = Path(__file__).parents[2]
AS_OF = dt.date(2026, 11, 23)


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data")


class Sound:
    """A sound plan, to be broken."""

    def __init__(self, example: str, kind: Any, target: str, state: str | None, *, stop: bool = False) -> None:
        person, _ = read_profile((ROOT / "examples" / f"{example}.yaml").read_text(encoding="utf-8"), example)
        place = state or person.state
        self.planner = Planner(person, knowledge(), Goal(kind, target, place), AS_OF, Wishes(stop_working=stop))
        found = self.planner.search(self.planner.limits)
        assert found.solution.schedule is not None
        schedule = shifted(found.routes.problem, found.solution.schedule)
        self.steps = list(steps_of(found.routes, schedule, self.planner.origin))
        self.frame = self.planner.frame(found.limits)
        self.finish = month_start(self.planner.origin, schedule.finish)
        self.actions = found.routes.actions

    def problems(self, steps: list[Step], frame: Frame) -> list[str]:
        finish = max([self.finish, *(step.lasting.last for step in steps)])
        asked = [one for one in steps if one.kind == "confirm"]
        assumed = {one.id.partition(":")[2] for one in asked} | {self.actions[one.id].statement or "" for one in asked}
        replay = Replay(knowledge(), self.planner.own, self.planner.target, steps, frozenset(assumed))
        return [*replay.problems(self.planner.entry, finish), *broken(steps, frame, self.finish)]


@cache
def sound(*plan: Any, stop: bool = False) -> Sound:
    return Sound(*plan, stop=stop)


NURSE = ("charge-nurse", "license", "nha-pa", None)
NURSE_MANAGER = ("charge-nurse", "role", "clinical-nurse-manager", None)
GATED = ("health-administration-graduate", "license", "nha-va", "VA")
OHIO = ("medical-assistant", "license", "nha-oh", None)
CLERK = ("patient-services-representative", "role", "practice-administrator", None)

Break = Callable[[list[Step], Frame], tuple[list[Step], Frame]]


def moved(name: str, months: int) -> Break:
    def change(steps: list[Step], frame: Frame) -> tuple[list[Step], Frame]:
        assert any(step.id.startswith(name) for step in steps), [step.id for step in steps]
        return [_moved(step, months) if step.id.startswith(name) else step for step in steps], frame

    return change


def _moved(step: Step, months: int) -> Step:
    first = add_months(step.lasting.first, months)
    last = add_months(step.lasting.last + dt.timedelta(days=1), months) - dt.timedelta(days=1)
    return replace(step, lasting=replace(step.lasting, first=first, last=last))


def without(name: str) -> Break:
    def change(steps: list[Step], frame: Frame) -> tuple[list[Step], Frame]:
        kept = [step for step in steps if not step.id.startswith(name)]
        assert len(kept) < len(steps)
        return kept, frame

    return change


def framed(**changes: Any) -> Break:
    return lambda steps, frame: (steps, replace(frame, **changes))


KINDS: dict[str, tuple[tuple[Any, ...], Break, str]] = {
    "order: an exam before what admits to it": (NURSE, moved("exam:nab-nha", -6), "exam:nab-nha"),
    "order: the licence before its exams": (NURSE, moved("get:nha-pa", -6), "get:nha-pa"),
    "a step is missing": (NURSE, without("course:"), "nha-pa.route-two-years.programme"),
    "a question is not asked": (NURSE, without("confirm:nha-pa.good-moral-character"), "good-moral-character"),
    "hours: more than there are": (NURSE, framed(study_hours=3), "hours of study"),
    "budget: more is paid": (NURSE, framed(budget=100), "are paid, of at most $100"),
    "too early: before the plan begins": (NURSE, moved("course:", -2), "before the plan"),
    "past the deadline": (NURSE, framed(last=dt.date(2027, 3, 31)), "lies after 2027-03-31"),
    "lapsed: a licence not renewed": (NURSE_MANAGER, without("renew:rn"), "required-license is unmet"),
    "lapsed: a renewal after the end": (NURSE_MANAGER, moved("renew:rn", 48), "it has lapsed"),
    "a missing gate: hours not registered": (GATED, without("apply:nha-va:registered"), "is not registered"),
    "a gate too late": (GATED, moved("apply:nha-va:registered", 3), "is not registered"),
    "an intake missed": (OHIO, moved("training:", 1), "does not begin in month"),
    "two posts: the next before the least stay": (CLERK, framed(least_stay=60), "begins before 60 months"),
    "two posts: begun without a search": (CLERK, without("search:"), "no search for it"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_that_is_broken_is_refused(kind: str) -> None:
    plan, change, words = KINDS[kind]
    whole = sound(*plan)
    assert whole.problems(whole.steps, whole.frame) == []
    steps, frame = change(whole.steps, whole.frame)
    found = whole.problems(steps, frame)
    assert any(words in problem for problem in found), found


def test_what_takes_the_posts_place_does_so_alone() -> None:
    whole = sound(*OHIO, stop=True)
    assert whole.problems(whole.steps, whole.frame) == []
    steps, frame = moved("training:", -12)(whole.steps, whole.frame)
    assert any("takes the post's place while" in problem for problem in whole.problems(steps, frame))


def test_the_hours_beside_a_post_hold_where_it_is_left_for_a_degree() -> None:
    whole = sound(*OHIO, stop=True)
    steps, frame = framed(study_hours=4)(whole.steps, whole.frame)
    assert any("beside a post" in problem for problem in whole.problems(steps, frame))
    steps, frame = framed(free_hours=20)(whole.steps, whole.frame)
    assert any(" of 20" in problem for problem in whole.problems(steps, frame))


def test_a_degree_needs_the_degree_that_admits_to_it() -> None:
    whole = sound("restaurant-manager", "license", "nha-oh", "OH")
    person = whole.planner
    step = next((one for one in whole.steps if one.kind == "degree"), None)
    if step is None:
        step = replace(whole.steps[-1], kind="degree")
    master = replace(step, id="degree:mha", target="mha")
    lone = {**person.own, "education": []}
    replay = Replay(knowledge(), lone, person.target, [master], frozenset())
    assert any("no bachelor degree" in problem for problem in replay.problems(person.entry, whole.finish))
