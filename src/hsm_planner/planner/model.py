"""The neutral planning problem: activities on a grid of months, and what must hold when. It knows nothing of careers.

Time is in whole months from the start of the plan; month ``m`` is the stretch from ``m`` to ``m + 1``. An activity that
starts at ``s`` and lasts ``d`` months ends at ``s + d``.

Posts are a chain: a person is in one at a time. A *post* is elastic: it lasts until the next post begins, or to the
end. An activity that *occupies* (a training that takes the post's place) interrupts it for its own months.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from hsm_planner.values.record import record


@record
class All:
    """Every one of these."""

    of: tuple[Condition, ...] = ()


@record
class Any:
    """One of these at least."""

    of: tuple[Condition, ...]


@record
class Done:
    """The activity ended ``lag`` months ago or more; with ``within``, not more than so many months ago: it perishes.

    Never of a post, which ends only when another begins.
    """

    activity: str
    lag: int = 0
    within: int | None = None


@record
class Begun:
    """The activity has begun."""

    activity: str


@record
class During:
    """The time is in a stretch: a fact that comes true by itself, or lapses."""

    first: int = 0
    last: int | None = None


@record
class Amount:
    """What has been gathered by the time of asking reaches ``need``.

    ``base[t]`` is what the past still gives at time ``t`` (its last value holds from there on). To it comes, for each
    month before ``t`` that lies ``within`` so many months and after the end of the activity ``after``, the rate of
    whoever earns in that month: the post held, and every activity that runs. ``rates`` names each of them once.
    """

    id: str
    need: int
    base: tuple[int, ...]
    rates: tuple[tuple[str, int], ...]
    within: int | None = None
    after: str | None = None

    def past(self, time: int) -> int:
        return self.base[min(time, len(self.base) - 1)]

    @property
    def lasting(self) -> bool:
        """Whether the past gives the same at all times."""
        return len(self.base) == 1 or len(set(self.base)) == 1


Condition = All | Any | Done | Begun | During | Amount
ALWAYS = All()


@record
class Cost:
    """US dollars, from ``low`` to ``high``; ``unpriced`` counts the prices that are not known."""

    low: int = 0
    high: int = 0
    unpriced: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.low + other.low, self.high + other.high, self.unpriced + other.unpriced)

    def __mul__(self, times: int) -> Cost:
        return Cost(self.low * times, self.high * times, self.unpriced * times)

    @property
    def key(self) -> tuple[int, int, int]:
        """The order of cheapness: fewest unknown prices first."""
        return (self.unpriced, self.low, self.high)


@record
class Mode:
    """One way to do an activity. Of a post, ``months`` is the least stay before the next one."""

    id: str
    months: int
    uses: Mapping[str, int]  # of a renewable resource, in each month
    spends: Mapping[str, int]  # of a resource that is used up
    cost: Cost = Cost()


@record
class Activity:
    """Something that can be done, once, in one of its modes, when what it needs holds at its start.

    ``again``: months after which, while the plan still runs, it costs and spends the same once more.
    """

    id: str
    modes: tuple[Mode, ...]
    needs: Condition = ALWAYS
    release: int = 0
    deadline: int | None = None  # its end, at the latest
    starts: tuple[int, ...] | None = None  # the only months in which it can start
    post: bool = False
    occupies: bool = False
    rank: int = 0  # of plans otherwise equal, the one with the smallest sum is taken
    again: tuple[int, ...] = ()

    def times(self, finish: int) -> int:
        """How often it is paid in a plan of so many months."""
        return 1 + sum(month < finish for month in self.again)


@record
class Problem:
    """Reach ``goal``. ``current`` names the post held at time 0, which earns until another begins."""

    horizon: int
    activities: tuple[Activity, ...]
    goal: Condition
    capacity: Mapping[str, int]
    budget: Mapping[str, int]
    current: str | None = None

    def activity(self, id_: str) -> Activity:
        return next(activity for activity in self.activities if activity.id == id_)


@record
class Choice:
    """An activity in the plan."""

    activity: str
    mode: str
    start: int


@record
class Schedule:
    """Activities with their modes and starts; the goal holds at ``finish``."""

    choices: tuple[Choice, ...]
    finish: int


def conditions(condition: Condition) -> Iterator[Condition]:
    """A condition and all below it."""
    yield condition
    if isinstance(condition, All | Any):
        for child in condition.of:
            yield from conditions(child)


def can_be(condition: Condition) -> bool:
    """Whether anything could make a condition true, as far as it says itself."""
    if isinstance(condition, All):
        return all(map(can_be, condition.of))
    return not isinstance(condition, Any) or any(map(can_be, condition.of))


def perishable(condition: Condition) -> Condition:
    """The part of a condition that may hold at one time and no longer at a later one."""
    if isinstance(condition, All):
        kept = tuple(one for one in map(perishable, condition.of) if one != ALWAYS)
        return All(kept)
    lasts = not any(_lapses(one) for one in conditions(condition))
    return ALWAYS if lasts else condition


def _lapses(condition: Condition) -> bool:
    if isinstance(condition, During):
        return condition.last is not None
    if isinstance(condition, Done):
        return condition.within is not None
    if isinstance(condition, Amount):
        falls = any(later < earlier for earlier, later in pairwise(condition.base))
        return condition.within is not None or falls
    return False
