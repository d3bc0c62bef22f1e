"""How early things can be because posts are held one after another: a lower bound from the chain.

Before an activity starts, everything that must have begun by then has begun, and every amount asked on the way has been
gathered. Amounts that no one post earns together take months of their own; so do least stays outside their posts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hsm_planner.planner.model import Activity, Amount, Begun, Condition, Done, Mode, Problem
from hsm_planner.values.record import record

_MOST_AMOUNTS = 8
_NOTHING: Mapping[str, int] = {}


@record
class _Gathered:
    """Months that some amounts take at least, in the posts that earn them."""

    months: int
    posts: frozenset[str]


@record
class _Held:
    """The part of the chain that is fixed: the posts left, with their months, and the one held since its start."""

    left: Mapping[str, int]
    post: str | None
    since: int

    @classmethod
    def of(cls, problem: Problem, activities: Mapping[str, Activity], fixed: Mapping[str, int]) -> _Held:
        left: dict[str, int] = {}
        post, since = problem.current, 0
        for start, name in sorted((start, name) for name, start in fixed.items() if activities[name].post):
            if post is not None:
                left[post] = start - since
            post, since = name, start
        return cls(left, post, since)

    def earned(self, amount: Amount) -> int:
        return sum(rate * self.left.get(name, 0) for name, rate in amount.rates)


class Chain:
    """The posts of a route, complete or not. ``asked``: what must hold, with who asks it ("": the finish)."""

    def __init__(
        self,
        problem: Problem,
        activities: Mapping[str, Activity],
        modes: Mapping[str, Mode],
        asked: Iterable[tuple[str, Condition]],
        *,
        complete: bool,
    ) -> None:
        self._problem = problem
        self._activities = activities
        self._modes = modes
        self._complete = complete
        self._asked: dict[str, list[Condition]] = {}
        for owner, condition in asked:
            self._asked.setdefault(owner, []).append(condition)
        self._before: dict[str, frozenset[str]] = {}
        self._heavy = {name for name in modes if activities[name].post}  # what can hold anything up
        self._heavy |= {owner for owner, some in self._asked.items() if any(isinstance(one, Amount) for one in some)}

    def start(self, name: str, starts: Mapping[str, int], fixed: Mapping[str, int] = _NOTHING) -> int:
        """The earliest start of an activity ("": the finish), given earliest starts of the posts.

        ``fixed``: starts of the first posts of the chain; all others begin after them.
        """
        before = self._begun_before(name)
        if name not in self._heavy and before.isdisjoint(self._heavy):
            return 0
        held = _Held.of(self._problem, self._activities, fixed)
        needs = self._needs(name, held)
        ends_one = name != "" and self._activities[name].post
        posts = [other for other in before if self._activities[other].post and other not in fixed]
        if ends_one and held.post is not None and held.post in self._modes:
            posts.append(held.post)
        if not needs and not posts:
            return 0
        return max(held.since, self._first(starts)) + self._most(needs, posts, ends_one)

    def too_late(self, name: str, amount: Amount, earliest: int) -> bool:
        """Whether what only the post held at the start earns has aged beyond its window when it is asked."""
        current = self._problem.current
        if amount.within is None or current is None or any(earner != current for earner, _ in amount.rates):
            return False
        held = _Held(  # as if the first post were left at once
            {current: 0}, None, 0
        )
        posts = [other for other in self._begun_before(name) if self._activities[other].post]
        away = self._most(self._needs(name, held, without=current), posts, ends_one=False)
        left = max(0, amount.within - away) * sum(rate for _, rate in amount.rates)
        return max(amount.base[min(earliest, len(amount.base) - 1) :]) + left < amount.need

    def _needs(self, name: str, held: _Held, without: str | None = None) -> list[_Gathered]:
        """The amounts to be gathered before an activity starts, the longest first."""
        found = {
            gathered
            for owner in (name, *self._begun_before(name))
            for condition in self._asked.get(owner, ())
            if isinstance(condition, Amount) and all(earner != without for earner, _ in condition.rates)
            if (gathered := self._gathered(owner, condition, held)) is not None
        }
        return sorted(found, key=lambda one: (-one.months, sorted(one.posts)))[:_MOST_AMOUNTS]

    def _begun_before(self, name: str) -> frozenset[str]:
        """What must have begun when an activity starts."""
        if name not in self._before:
            self._before[name] = frozenset()  # what needs itself never comes to be: not for this bound to see
            whole: set[str] = set()
            for condition in self._asked.get(name, ()):
                if isinstance(condition, Done | Begun) and condition.activity in self._modes:
                    whole |= {condition.activity} | self._begun_before(condition.activity)
            self._before[name] = frozenset(whole - {name})
        return self._before[name]

    def _first(self, starts: Mapping[str, int]) -> int:
        """The month from which a post can be held at all."""
        if self._problem.current is not None or not self._complete:
            return 0
        return min((starts[name] for name in self._modes if self._activities[name].post), default=0)

    def _gathered(self, owner: str, amount: Amount, held: _Held) -> _Gathered | None:
        """The least months in posts that an amount takes from the last fixed start on; None: none.

        A post that waits for the owner earns nothing for it.
        """
        missing = amount.need - max(amount.base) - held.earned(amount)
        best = 0
        posts: set[str] = set()
        for name, rate in amount.rates:
            activity = self._activities.get(name)
            if name == held.post or (activity is not None and activity.post):
                if self._earns(name, owner, held):
                    best, posts = max(best, rate), posts | {name}
            elif name in self._modes:
                missing -= rate * self._modes[name].months
            elif activity is not None and not self._complete:
                missing -= rate * max(mode.months for mode in activity.modes)
        if missing <= 0 or best <= 0:
            return None
        return _Gathered(-(-missing // best), frozenset(posts))

    def _earns(self, post: str, owner: str, held: _Held) -> bool:
        """Whether a post may still earn for what its owner asks."""
        if owner in self._begun_before(post) or post in held.left:
            return False
        return post == held.post or post in self._modes or not self._complete

    def _most(self, needs: Sequence[_Gathered], posts: Sequence[str], ends_one: bool) -> int:
        """The most months over families of needs that share no post, with the least stays outside them."""

        def stays(left: Iterable[str]) -> int:
            months = sorted(max(1, self._modes[name].months) for name in left)
            return sum(months if ends_one else months[:-1])  # the last may have just begun

        def best(index: int, taken: frozenset[str], months: int) -> int:
            if index == len(needs):
                return months + stays(name for name in posts if name not in taken)
            found = best(index + 1, taken, months)
            if not taken & needs[index].posts:
                found = max(found, best(index + 1, taken | needs[index].posts, months + needs[index].months))
            return found

        return best(0, frozenset(), 0)
