"""Small random planning problems, and their optimum by trying everything."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable

from hsm_planner.planner.meaning import Key, Reading, key
from hsm_planner.planner.model import (
    ALWAYS,
    Activity,
    All,
    Amount,
    Any,
    Begun,
    Choice,
    Condition,
    Cost,
    Done,
    During,
    Mode,
    Problem,
    Schedule,
    conditions,
)
from hsm_planner.values.record import replace

CURRENT = "now"
MOST_SCHEDULES = 30_000  # that are looked at one by one


def world(seed: int) -> Problem:
    """A problem of 3 to 7 activities, with whatever the model has: windows, gates, intakes, posts, alternatives.

    It is drawn again until every schedule of it can be looked at.
    """
    return _small(random.Random(seed), 7, _drawn)


def _small(dice: random.Random, most: int, drawn: Callable[[random.Random, list[str]], Problem]) -> Problem:
    names = [f"a{index}" for index in range(dice.randint(3, most))]
    while True:
        found = drawn(dice, names)
        if size(found) <= MOST_SCHEDULES:
            return found


def _drawn(dice: random.Random, names: list[str]) -> Problem:
    horizon = dice.randint(4, 8) if len(names) < 5 else dice.randint(3, 5)
    posts = {name for name in names if dice.random() < 0.25}
    occupying = {name for name in names if name not in posts and dice.random() < 0.12}
    activities = tuple(_activity(dice, name, names, posts, occupying, horizon) for name in names)
    capacity = {"hours": dice.randint(3, 6)} if dice.random() < 0.8 else {}
    budget = {"usd": dice.randint(3, 12)} if dice.random() < 0.4 else {}
    goal = _condition(dice, names, posts, horizon, 2)
    current = CURRENT if dice.random() < 0.7 else None
    return Problem(horizon, activities, goal, capacity, budget, current)


def entangled_world(seed: int) -> Problem:
    """A problem in which the same is asked by several, in other words, or because of what others ask."""
    return _small(random.Random(seed), 6, _entangled)


def _entangled(dice: random.Random, names: list[str]) -> Problem:
    found = _drawn(dice, names)
    posts = {activity.id for activity in found.activities if activity.post}
    few = names[: dice.randint(2, 3)]  # what is asked names the first ones, and so can be asked by all others
    pool: list[Condition] = [_amount(dice, few, posts, found.horizon)] if dice.random() < 0.5 else []
    pool += [Any(tuple(_condition(dice, few, posts, found.horizon, 1) for _ in range(2))) for _ in range(2)]
    pool += [_reworded(dice, one, pool) for one in pool]
    covered = dice.choice([one for one in names if one not in posts] or [None])
    last = dice.randint(1, found.horizon - 1)
    activities: list[Activity] = []
    for activity in found.activities:
        own = [one for one in pool if _mentioned(one) <= set(names[: names.index(activity.id)]) or dice.random() < 0.2]
        needs = All((activity.needs, *dice.sample(own, k=min(len(own), dice.randint(0, 3)))))
        if covered is not None and activity.id != covered and dice.random() < 0.3:
            needs = All((needs, Any((During(0, last), Done(covered)))))
        deadline = min(found.horizon, last + dice.randint(0, 2)) if activity.id == covered else activity.deadline
        activities.append(replace(activity, needs=needs, deadline=deadline))
    asked = [Begun(name) if name in posts else Done(name) for name in dice.sample(names, k=dice.randint(0, 2))]
    goal = All((*asked, *dice.sample(pool, k=dice.randint(1, 2))))
    return replace(found, activities=tuple(activities), goal=goal)


def _reworded(dice: random.Random, condition: Condition, pool: list[Condition]) -> Condition:
    """Nearly the same: with a branch more or a part more, or another amount of it."""
    if isinstance(condition, Amount):
        by = dice.randint(1, 3)
        rates = tuple((name, rate * by) for name, rate in condition.rates)
        base = tuple(have * by for have in condition.base)
        return replace(condition, need=condition.need * by + dice.choice([0, 0, 1]), rates=rates, base=base)
    other = dice.choice(pool)
    return dice.choice(
        [Any((condition, All((condition, other)))), All((condition, Any((condition, other)))), condition]
    )


def _mentioned(condition: Condition) -> set[str]:
    """The activities that a condition names."""
    found: set[str] = set()
    for one in conditions(condition):
        if isinstance(one, Done | Begun):
            found.add(one.activity)
        elif isinstance(one, Amount):
            found |= {name for name, _ in one.rates if name != CURRENT}
    return found


def ageing_world(seed: int) -> Problem:
    """Posts in a chain that wait for what others want fresh, or for what runs beside them, with few hours for all."""
    dice = random.Random(seed)
    names = [f"a{index}" for index in range(dice.randint(4, 5))]
    courses = names[: dice.randint(2, len(names) - 2)]
    horizon = {4: 9, 5: 6}[len(names)]
    activities: list[Activity] = []
    for name in names:
        post = name not in courses
        earlier = [activity.id for activity in activities]
        asked = dice.sample(earlier, k=min(len(earlier), dice.choice([0, 1, 1, 2])))
        needs = All(tuple(_of_one(dice, one, one not in courses) for one in asked))
        hours = {} if post else {"hours": dice.randint(1, 2)}
        activities.append(Activity(name, (Mode("0", dice.randint(1, 2), hours, {}),), needs, post=post))
    wanted = dice.sample(names[:-1], k=dice.randint(0, 2))
    goal = All((Begun(names[-1]), *(_of_one(dice, one, one not in courses) for one in wanted)))
    return Problem(horizon, tuple(activities), goal, {"hours": 2}, {}, CURRENT if dice.random() < 0.5 else None)


def _of_one(dice: random.Random, name: str, post: bool) -> Condition:
    """Something asked of one activity: that it is done, and perhaps fresh, has begun, or ran for some months."""
    if dice.random() < (0.5 if post else 0.25):
        return Amount(f"m{dice.randint(0, 999)}", dice.randint(1, 2), (0,), ((name, 1),), dice.choice([None, None, 3]))
    if post or dice.random() < 0.2:
        return Begun(name)
    return Done(name, dice.choice([0, 0, 1]), dice.choice([None, None, 1, 2, 3]))


def large_world(seed: int) -> Problem:
    """A problem too large for trying everything: more activities, longer, with many that are asked at once."""
    dice = random.Random(seed)
    horizon = dice.randint(10, 16)
    names = [f"a{index}" for index in range(dice.randint(6, 9))]
    posts = {name for name in names if dice.random() < 0.35}
    activities = tuple(_activity(dice, name, names, posts, set(), horizon) for name in names)
    asked = dice.sample(names, k=dice.randint(3, 5))
    parts: list[Condition] = [Begun(name) if name in posts else Done(name) for name in asked]
    amount = _amount(dice, names, posts, horizon)
    parts.append(replace(amount, rates=((CURRENT, 1),)) if amount.within and dice.random() < 0.7 else amount)
    twins = tuple(Activity(f"t{index}", (Mode("0", 2, {"hours": 2}, {}),)) for index in range(dice.choice([0, 3])))
    parts += [Done(twin.id) for twin in twins]
    current = CURRENT if dice.random() < 0.7 else None
    capacity = {"hours": dice.randint(3, 5)}
    return Problem(horizon, (*activities, *twins), All(tuple(parts)), capacity, {}, current)


def career_world(seed: int) -> Problem:
    """A problem like a career, too large for trying everything: courses, a licence that asks them, posts in order."""
    dice = random.Random(seed)
    horizon = dice.randint(18, 30)
    courses = [_course(dice, f"c{index}") for index in range(dice.randint(2, 4))]
    asked = tuple(Done(one.id, 0, dice.choice([None, None, 6])) for one in courses)
    licence = Activity("licence", (Mode("0", 1, {}, {}),), All(asked))
    posts: list[Activity] = []
    for index in range(dice.randint(2, 4)):
        before = dice.sample(posts, k=min(len(posts), dice.randint(0, 2)))
        gathered = tuple((one.id, dice.randint(1, 2)) for one in before)
        needs: list[Condition] = [Amount(f"m{index}", dice.randint(1, 6), (0,), gathered)] if gathered else []
        needs += [Done(licence.id)] if dice.random() < 0.4 else [Done(dice.choice(courses).id)]
        post = Activity(f"p{index}", (Mode("0", dice.randint(1, 6), {}, {}),), All(tuple(needs)), post=True)
        posts.append(post)
    last = tuple((one.id, 1) for one in posts[-2:])
    months = Amount("last", dice.randint(2, 5), (0,), last)
    exam = Activity("exam", (Mode("0", 2, {"hours": dice.randint(1, 3)}, {}),), All((Done(licence.id), months)))
    goal = All((Done(exam.id, 0, dice.choice([None, 4])), Begun(posts[-1].id)))
    current = CURRENT if dice.random() < 0.5 else None
    return Problem(horizon, (*courses, licence, *posts, exam), goal, {"hours": dice.randint(3, 4)}, {}, current)


def _course(dice: random.Random, name: str) -> Activity:
    long, hours = dice.randint(1, 5), dice.randint(1, 3)
    modes = (Mode("0", long, {"hours": hours}, {}), Mode("1", 2 * long, {"hours": 1}, {}))
    return Activity(name, modes[: dice.randint(1, 2)])


def _activity(
    dice: random.Random, name: str, names: list[str], posts: set[str], occupying: set[str], horizon: int
) -> Activity:
    post = name in posts
    modes = tuple(_mode(dice, str(index), post) for index in range(1 if post or dice.random() < 0.7 else 2))
    earlier = names[: names.index(name)]
    needs: Condition = ALWAYS
    if dice.random() < 0.6:
        needs = _condition(dice, earlier if dice.random() < 0.9 else names, posts, horizon, 1)
    starts = None
    if not post and dice.random() < 0.15:
        starts = tuple(sorted(dice.sample(range(horizon), k=min(horizon, 3))))
    return Activity(
        name,
        modes,
        needs,
        release=dice.choice([0, 0, 0, 1, 2]),
        deadline=dice.randint(2, horizon) if dice.random() < 0.15 else None,
        starts=starts,
        post=post,
        occupies=name in occupying,
        rank=dice.choice([0, 0, 1, 2]),
        again=tuple(sorted(dice.sample(range(horizon), k=2))) if dice.random() < 0.2 else (),
    )


def _mode(dice: random.Random, name: str, post: bool) -> Mode:
    unpriced = 1 if dice.random() < 0.15 else 0
    low = dice.randint(0, 4)
    cost = Cost(low, low + dice.choice([0, 0, 2]), unpriced)
    if post:
        return Mode(name, dice.choice([0, 0, 1, 2]), {}, {}, Cost())
    uses = {"hours": dice.randint(1, 3)} if dice.random() < 0.7 else {}
    return Mode(name, dice.randint(0, 3), uses, {"usd": cost.high} if cost.high else {}, cost)


def _condition(dice: random.Random, names: list[str], posts: set[str], horizon: int, depth: int) -> Condition:
    roll = dice.random()
    if depth and roll < 0.35:
        return All(tuple(_condition(dice, names, posts, horizon, depth - 1) for _ in range(dice.randint(1, 2))))
    if depth and roll < 0.65:
        return Any(tuple(_condition(dice, names, posts, horizon, depth - 1) for _ in range(2)))
    if not names or roll < 0.7:
        first = dice.choice([0, 0, 1, 2])
        return During(first, dice.choice([None, None, horizon - 1, 3]))
    name = dice.choice(names)
    if roll < 0.8:
        return _amount(dice, names, posts, horizon)
    if name in posts or dice.random() < 0.1:
        return Begun(name)
    return Done(name, dice.choice([0, 0, 0, 1, 2]), dice.choice([None, None, None, 1, 2, 3]))


def _amount(dice: random.Random, names: list[str], posts: set[str], horizon: int) -> Amount:
    earners = dice.sample(names, k=min(len(names), dice.randint(1, 2)))
    rates = tuple((name, dice.randint(1, 2)) for name in earners)
    if dice.random() < 0.5:
        rates = ((CURRENT, 1), *rates)
    base: tuple[int, ...] = (0,)
    within = None
    if dice.random() < 0.5:
        within = dice.randint(2, 5)
    if within is not None or dice.random() < 0.2:
        falls = within is not None and dice.random() < 0.75  # else what goes on until some day adds to it
        base = tuple(sorted((dice.randint(0, 2) for _ in range(dice.randint(1, horizon))), reverse=falls))
    gates = [name for name in names if name not in posts]
    after = dice.choice(gates) if gates and dice.random() < 0.25 else None
    return Amount(f"m{dice.randint(0, 999)}", dice.randint(1, 4), base, rates, within, after)


def brute(problem: Problem, objective: str) -> Key | None:
    """The best key of all schedules, found by looking at every one."""
    best: Key | None = None
    for picked in itertools.product(*([None, *_alone(problem, activity)] for activity in problem.activities)):
        choices = tuple(choice for choice in picked if choice is not None)
        found = _first_finish(problem, choices)
        if found is not None:
            here = key(problem, found, objective)
            if best is None or here < best:
                best = here
    return best


def _first_finish(problem: Problem, choices: tuple[Choice, ...]) -> Schedule | None:
    """The earliest finish at which these choices are a sound schedule."""
    late = Reading(problem, Schedule(choices, problem.horizon))
    if any(not late.holds(late.activity(choice).needs, choice.start) for choice in choices):
        return None  # cheap, and the same for every finish
    ends = [choice.start if late.activity(choice).post else late.end(choice) for choice in choices]
    for finish in range(max(ends, default=0), problem.horizon + 1):
        schedule = Schedule(choices, finish)
        if not any(Reading(problem, schedule).problems()):
            return schedule
    return None


def _alone(problem: Problem, activity: Activity) -> list[Choice]:
    """The modes and starts in which an activity keeps to its own months."""
    last = problem.horizon if activity.deadline is None else min(problem.horizon, activity.deadline)
    return [
        Choice(activity.id, mode.id, start)
        for mode in activity.modes
        for start in range(activity.release, problem.horizon + 1)
        if activity.starts is None or start in activity.starts
        if start + (0 if activity.post else mode.months) <= last
    ]


def size(problem: Problem) -> int:
    """How many schedules there are to look at."""
    return math.prod(1 + len(_alone(problem, activity)) for activity in problem.activities)
