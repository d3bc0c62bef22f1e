"""Lower bounds: how early a condition can hold at all. Never too late, so that nothing good is cut off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from hsm_planner.planner.model import ALWAYS, Activity, All, Amount, Any, Begun, Condition, Done, During, Problem

NEVER = 10**9


class Memory:
    """What bounds of one problem have worked out already, to share among them."""

    def __init__(self) -> None:
        self._names: dict[int, frozenset[str]] = {}
        self._kept: list[Condition] = []  # so that identities last
        self.gathered: dict[tuple[object, ...], int] = {}

    def names(self, condition: Condition) -> frozenset[str]:
        """The activities that a condition looks at."""
        found = self._names.get(id(condition))
        if found is None:
            match condition:
                case All(of) | Any(of):
                    found = frozenset().union(*map(self.names, of))
                case Done(name) | Begun(name):
                    found = frozenset((name,))
                case During():
                    found = frozenset()
                case Amount():
                    gate = () if condition.after is None else (condition.after,)
                    found = frozenset((*(name for name, _ in condition.rates), *gate))
            self._names[id(condition)] = found
            self._kept.append(condition)
        return found


class Bounds:
    """Earliest times in a problem, or in a part of its choices.

    ``months`` has the least length of each activity that may be in the plan; what is not in it is not in the plan.
    ``fixed``: posts whose start is fixed; each holds its place until the next of them.
    """

    def __init__(
        self,
        problem: Problem,
        months: Mapping[str, int],
        starts: Mapping[str, int] | None = None,
        fixed: Mapping[str, int] | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.problem = problem
        self.memory = memory or Memory()
        self.months = months
        self._activities = {activity.id: activity for activity in problem.activities}
        self._chain = sorted(
            ((start, name) for name, start in (fixed or {}).items() if self._activities[name].post), reverse=True
        )
        self._fixed = {name for _, name in self._chain}
        self.starts = dict(starts) if starts is not None else dict.fromkeys(months, 0)

    @cached_property
    def _horizon(self) -> int:
        return self.problem.horizon

    def raise_start(self, name: str, month: int) -> bool:
        """Take a later bound for a start, rounded up to the next allowed month; whether it moved."""
        activity = self._activities[name]
        start = at_or_after(activity, max(month, activity.release))
        if start > self._horizon:
            start = NEVER
        if start <= self.starts[name]:
            return False
        self.starts[name] = start
        return True

    def settle(self, asked: Iterable[tuple[str, Condition]], moved: AbstractSet[str] | None = None) -> None:
        """Raise the starts by what each activity is asked, until nothing moves; what needs itself goes to NEVER.

        ``moved``: the only starts that were raised since these conditions were settled before.
        """
        first = moved is None
        if not moved and not first:
            return
        owned = [(owner, condition, self.memory.names(condition)) for owner, condition in asked if owner]
        while moved or first:
            fresh: set[str] = set()
            for owner, condition, names in owned:
                if not first and names.isdisjoint(moved or ()) and names.isdisjoint(fresh):
                    continue
                if self.raise_start(owner, self.earliest(condition)):
                    fresh.add(owner)
            moved, first = fresh, False

    def earliest(self, condition: Condition) -> int:
        """The first time at which the condition can hold, NEVER when it cannot."""
        match condition:
            case All(of):
                return max((self.earliest(child) for child in of), default=0)
            case Any(of):
                return min((self.earliest(child) for child in of), default=NEVER)
            case Done(name, lag, _):
                return self._end(name) + lag if self._end(name) < NEVER else NEVER
            case Begun(name):
                return self.starts.get(name, NEVER)
            case During(first, last):
                return first if last is None or first <= last else NEVER
            case Amount():
                return self._gathered(condition)

    def _end(self, name: str) -> int:
        start = self.starts.get(name, NEVER)
        return start + self.months[name] if start < NEVER else NEVER

    def _gathered(self, amount: Amount) -> int:
        """The first time at which the past and the best that can be earned reach the need."""
        gate = self._end(amount.after) if amount.after is not None else 0
        self.memory.names(amount)  # which keeps it, so that its identity lasts
        starts = tuple([self.starts.get(name, NEVER) for name, _ in amount.rates])
        key = (id(amount), gate, starts, *self._chain)
        found = self.memory.gathered.get(key)
        if found is None:
            found = self.memory.gathered[key] = self._reached(amount, gate)
        return found

    def _enough(self, amount: Amount) -> bool:
        """Whether all that can earn an amount, each for as long as it may run, comes to what is asked."""
        most = max(amount.base)
        for name, rate in amount.rates:
            activity = self._activities.get(name)
            if name == self.problem.current or (activity is not None and activity.post):
                return True  # as long as it takes
            most += rate * max((mode.months for mode in activity.modes), default=0) if activity is not None else 0
        return most >= amount.need

    def _reached(self, amount: Amount, gate: int) -> int:
        if not self._enough(amount):
            return NEVER
        if amount.within is None and amount.lasting:
            return self._added_up(amount, gate)
        earned, rate, turns = [0], 0, {0, *self._turns(amount, gate)}
        for time in range(self._horizon + 1):
            since = earned[max(0, time - amount.within)] if amount.within is not None else 0
            if amount.past(time) + earned[time] - since >= amount.need:
                return time
            if time in turns:
                rate = self._best_rate(amount, time) if time >= gate else 0
            earned.append(earned[-1] + rate)
        return NEVER

    def _turns(self, amount: Amount, gate: int) -> Iterable[int]:
        """The months in which the best rate can change."""
        yield gate
        yield from (self.starts.get(name, NEVER) for name, _ in amount.rates)
        yield from (start for start, _ in self._chain)

    def _added_up(self, amount: Amount, gate: int) -> int:
        """The same without a window, from one change of the rate to the next."""
        missing = amount.need - amount.base[0]
        time = 0
        for turn in sorted({*self._turns(amount, gate), self._horizon + 1}):
            rate = self._best_rate(amount, time) if time >= gate else 0
            if missing <= 0:
                return time
            if rate and time - (-missing // rate) <= min(turn, self._horizon):
                return time - (-missing // rate)
            missing -= rate * (turn - time)
            time = turn
            if time > self._horizon:
                break
        return NEVER

    def _best_rate(self, amount: Amount, month: int) -> int:
        """The most that a month can earn: one post or what takes its place, and all else beside it."""
        place, beside = 0, 0
        holder = next((name for start, name in self._chain if start <= month), self.problem.current)
        for name, rate in amount.rates:
            if name in self._fixed or name == self.problem.current:
                place = max(place, rate) if name == holder else place
            elif self.starts.get(name, NEVER) <= month:
                activity = self._activities[name]
                if activity.post or activity.occupies:
                    place = max(place, rate)
                else:
                    beside += rate
        return place + beside


def at_or_after(activity: Activity, month: int) -> int:
    """The first month from the given one in which the activity may start."""
    if activity.starts is None:
        return month
    return next((start for start in activity.starts if start >= month), NEVER)


def of_problem(problem: Problem) -> Bounds:
    """The earliest start of every activity, whatever is chosen: raised until nothing moves."""
    bounds = Bounds(problem, _least_months(problem))
    _settle(bounds, problem.activities)
    return bounds


class Starts:
    """Earliest starts while a problem is still being made: what is looked at again has not moved."""

    def __init__(self, horizon: int) -> None:
        self._horizon = horizon
        self._memory = Memory()
        self._settled: dict[str, Activity] = {}  # those of which all that they look at, however far, is made
        self._starts: dict[str, int] = {}

    def of(self, activities: Iterable[Activity], names: Iterable[str]) -> Mapping[str, int]:
        """The earliest start of some of the activities, whatever is chosen."""
        made = {activity.id: activity for activity in activities if activity.modes}  # the others are being made
        if any(not _alike(one, made.get(name)) for name, one in self._settled.items()):
            self._settled = {}
        fresh = {name: activity for name, activity in made.items() if name not in self._settled}
        if fresh:
            self._starts = {name: self._starts[name] for name in self._settled} | self._raised(made, fresh)
            self._settled |= self._complete(fresh)
        return {name: self._starts.get(name, NEVER) for name in names}

    def _raised(self, made: Mapping[str, Activity], fresh: Mapping[str, Activity]) -> dict[str, int]:
        """The starts of what is new, beside those that are settled."""
        problem = Problem(self._horizon, tuple(made.values()), ALWAYS, {}, {}, None)
        settled = {name: self._starts[name] for name in self._settled}
        found = Bounds(problem, _least_months(problem), settled | dict.fromkeys(fresh, 0), memory=self._memory)
        _settle(found, fresh.values())
        return {name: found.starts[name] for name in fresh}

    def _complete(self, fresh: Mapping[str, Activity]) -> dict[str, Activity]:
        """Those of the new ones that look at nothing still to be made, by way of others neither."""
        whole = dict(fresh)
        while waiting := [
            name
            for name, one in whole.items()
            if not self._memory.names(one.needs) <= whole.keys() | self._settled.keys()
        ]:
            for name in waiting:
                del whole[name]
        return whole


def _alike(one: Activity, other: Activity | None) -> bool:
    """Whether an activity can start as early as another of its name."""
    if other is None:
        return False
    return one is other or (one.modes, one.needs, one.starts, one.release) == (
        other.modes, other.needs, other.starts, other.release
    )  # fmt: skip


def _least_months(problem: Problem) -> dict[str, int]:
    return {activity.id: min(mode.months for mode in activity.modes) for activity in problem.activities}


def _settle(bounds: Bounds, activities: Iterable[Activity]) -> None:
    """Raise the starts of some activities until nothing moves."""
    some = list(activities)
    for activity in some:
        bounds.raise_start(activity.id, 0)
    bounds.settle([(activity.id, activity.needs) for activity in some])
