"""What a problem means: whether a schedule is sound, told as slowly and plainly as can be.

The search does not use this; tests hold it and its rivals against it, and every schedule is looked over by it once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate, pairwise

from hsm_planner.planner.model import (
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
)
from hsm_planner.values.record import replace


class Reading:
    """A schedule read against its problem."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem = problem
        self.schedule = schedule
        self._by_id = {activity.id: activity for activity in problem.activities}
        self._sums: dict[int, list[int]] = {}
        self.chosen = {choice.activity: choice for choice in schedule.choices}

    def activity(self, choice: Choice) -> Activity:
        return self._by_id[choice.activity]

    def mode(self, choice: Choice) -> Mode:
        return next(mode for mode in self.activity(choice).modes if mode.id == choice.mode)

    def end(self, choice: Choice) -> int:
        """When it ends; a post when the next one begins, or never."""
        if not self.activity(choice).post:
            return choice.start + self.mode(choice).months
        later = [other.start for other in self.posts() if other.start > choice.start]
        return min(later, default=self.problem.horizon + 1)

    def posts(self) -> list[Choice]:
        return [choice for choice in self.schedule.choices if self.activity(choice).post]

    def holds(self, condition: Condition, time: int) -> bool:
        match condition:
            case All(of):
                return all(self.holds(child, time) for child in of)
            case Any(of):
                return any(self.holds(child, time) for child in of)
            case Done(name, lag, within):
                if name not in self.chosen:
                    return False
                since = time - self.end(self.chosen[name])
                return since >= lag and (within is None or since <= within)
            case Begun(name):
                return name in self.chosen and self.chosen[name].start <= time
            case During(first, last):
                return first <= time and (last is None or time <= last)
            case Amount():
                return self.amount(condition, time) >= condition.need

    def amount(self, condition: Amount, time: int) -> int:
        first = 0
        if condition.within is not None:
            first = max(first, time - condition.within)
        if condition.after is not None:
            if condition.after not in self.chosen:
                return condition.past(time)
            first = max(first, self.end(self.chosen[condition.after]))
        earned = self._earned(condition)
        return condition.past(time) + (earned[time] - earned[first] if first < time else 0)

    def _earned(self, condition: Amount) -> list[int]:
        """What has been earned from the beginning to each month."""
        if id(condition) not in self._sums:
            each = [
                sum(rate for name in names for earner, rate in condition.rates if earner == name)
                for names in self._earners
            ]
            self._sums[id(condition)] = [0, *accumulate(each)]
        return self._sums[id(condition)]

    @cached_property
    def _earners(self) -> list[list[str]]:
        """Who earns in each month up to the horizon: the post held, or what interrupts it; and all else that runs."""
        months = range(self.problem.horizon + 1)
        earning: list[list[str]] = [[] for _ in months]
        interrupted: set[int] = set()
        for choice in self.schedule.choices:
            if not self.activity(choice).post:
                for month in range(choice.start, min(self.end(choice), len(months))):
                    earning[month].append(choice.activity)
                    interrupted |= {month} if self.activity(choice).occupies else set()
        posts = sorted(self.posts(), key=lambda choice: choice.start)
        held = self.problem.current
        for month in months:
            while posts and posts[0].start <= month:
                held = posts.pop(0).activity
            if held is not None and month not in interrupted:
                earning[month].append(held)
        return earning

    def problems(self) -> Iterator[str]:
        """Everything that is wrong with the schedule."""
        finish = self.schedule.finish
        if finish > self.problem.horizon:
            yield "the finish lies beyond the horizon"
        if len(self.chosen) != len(self.schedule.choices):
            yield "an activity stands twice"
        for choice in self.schedule.choices:
            yield from (f"{choice.activity}: {what}" for what in self._of_choice(choice))
        yield from self._of_posts()
        yield from self._of_resources()
        if not self.holds(self.problem.goal, finish):
            yield "the goal is not reached"

    def _of_choice(self, choice: Choice) -> Iterator[str]:
        activity = self.activity(choice)
        end = choice.start if activity.post else self.end(choice)
        if choice.start < activity.release:
            yield "starts before its release"
        if activity.deadline is not None and end > activity.deadline:
            yield "ends after its deadline"
        if activity.starts is not None and choice.start not in activity.starts:
            yield "starts outside its intakes"
        if end > self.schedule.finish:
            yield "ends after the finish"
        if not self.holds(activity.needs, choice.start):
            yield "starts before what it needs holds"

    def _of_posts(self) -> Iterator[str]:
        posts = sorted(self.posts(), key=lambda choice: choice.start)
        for before, after in pairwise(posts):
            if after.start < before.start + max(1, self.mode(before).months):
                yield f"{after.activity} begins before the least stay in {before.activity} is over"
        for choice in self.schedule.choices:
            if not self.activity(choice).occupies:
                continue
            for post in posts:
                if choice.start < post.start + max(1, self.mode(post).months) and post.start < self.end(choice):
                    yield f"{choice.activity} takes the place of {post.activity} before its least stay is over"

    def _of_resources(self) -> Iterator[str]:
        spent: Counter[str] = Counter()
        for choice in self.schedule.choices:
            times = self.activity(choice).times(self.schedule.finish)
            spent.update({name: amount * times for name, amount in self.mode(choice).spends.items()})
        for name, limit in self.problem.budget.items():
            if spent[name] > limit:
                yield f"more {name} is spent than there is"
        for month in range(self.schedule.finish):
            used: Counter[str] = Counter()
            occupying = 0
            for choice in self.schedule.choices:
                if self.activity(choice).post or not choice.start <= month < self.end(choice):
                    continue
                used.update(self.mode(choice).uses)
                occupying += self.activity(choice).occupies
            if occupying > 1:
                yield f"two activities take the post's place in month {month}"
            for name, limit in self.problem.capacity.items():
                if used[name] > limit:
                    yield f"more {name} is used in month {month} than there is"

    def cost(self) -> Cost:
        return sum(map(self.cost_of, self.schedule.choices), Cost())

    def cost_of(self, choice: Choice) -> Cost:
        """What a choice costs, as often as it is paid."""
        return self.mode(choice).cost * self.activity(choice).times(self.schedule.finish)


def needed(problem: Problem, schedule: Schedule) -> Schedule:
    """The schedule without what nothing in it needs, the last steps looked at first."""
    for choice in sorted(schedule.choices, key=lambda one: -one.start):
        fewer = Schedule(tuple(one for one in schedule.choices if one is not choice), schedule.finish)
        if not any(Reading(problem, fewer).problems()):
            schedule = fewer
    return schedule


def ended(problem: Problem, schedule: Schedule) -> Schedule:
    """The schedule with its finish where the goal is reached."""
    while schedule.finish and not any(Reading(problem, replace(schedule, finish=schedule.finish - 1)).problems()):
        schedule = replace(schedule, finish=schedule.finish - 1)
    return schedule


Key = tuple[tuple[int, ...], tuple[tuple[str, str], ...]]


def key(problem: Problem, schedule: Schedule, objective: str) -> Key:
    """Where a schedule stands under an objective, the best first: a total order over choices of modes.

    Where finish and cost are equal, fewer activities are better, then smaller ranks, then the first ids.
    """
    cost = Reading(problem, schedule).cost().key
    names = tuple(sorted((choice.activity, choice.mode) for choice in schedule.choices))
    finish = schedule.finish
    ranks = sum(problem.activity(name).rank for name, _ in names)
    return (*((finish, *cost) if objective == "fastest" else (*cost, finish)), len(names), ranks), names
