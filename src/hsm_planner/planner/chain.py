"""How early things can be because posts are held one after another: a lower bound from the chain.

Before an activity starts, everything that must have begun by then has begun, and every amount asked on the way has been
gathered. Amounts that no one post earns together take months of their own; so do least stays outside their posts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hsm_planner.planner.model import Activity, Amount, Begun, Condition, Done, Mode, Problem
from hsm_planner.values.record import record

_MOST_AMOUNTS = 8


@record
class _Gathered:
    """Months that some amounts take at least, in the posts that earn them."""

    months: int
    posts: frozenset[str]


class Held:
    """The part of the chain that is fixed: the posts left, with their months, and the one held since its start.

    ``fixed``: starts of the first posts of the chain; all others begin after them.
    """

    def __init__(self, current: str | None, fixed: Mapping[str, int]) -> None:
        self.fixed = fixed
        self.left: dict[str, int] = {}
        self.post, self.since = current, 0
        for start, name in sorted((start, name) for name, start in fixed.items()):
            if self.post is not None:
                self.left[self.post] = start - self.since
            self.post, self.since = name, start
        self.gathered: dict[tuple[str, int], _Gathered | None] = {}  # by who asks, and the identity of the amount

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
        self._before_earned: dict[str, frozenset[str]] = {}  # the same, with what amounts are not gathered without
        self._free = self.held({})
        self._heavy = {name for name in modes if activities[name].post}  # what can hold anything up
        self._heavy |= {owner for owner, some in self._asked.items() if any(isinstance(one, Amount) for one in some)}

    def start(self, name: str, starts: Mapping[str, int], held: Held | None = None) -> int:
        """The earliest start of an activity ("": the finish), given earliest starts of the posts; 0: as others say."""
        if name and not self._joins(name):
            return 0
        before, held = self._behind(name), held or self._free
        needs = self._needs(name, held)
        ends_one = name != "" and self._activities[name].post
        posts = [other for other in before if self._activities[other].post and other not in held.fixed]
        if ends_one and held.post is not None and held.post in self._modes:
            posts.append(held.post)
        if not needs and not posts:
            return 0
        since, found = max(held.since, self._first(starts)), starts.get(name, 0)
        for first, some, left in ((since, needs, posts), *self._later(needs, posts, starts, since)):
            months = sum(one.months for one in some) + sum(max(1, self._modes[post].months) for post in left)
            if months and first + months > found:  # else they cannot raise it
                found = max(found, first + self._most(some, left, ends_one))
        return found

    def _later(
        self, needs: Sequence[_Gathered], posts: Sequence[str], starts: Mapping[str, int], since: int
    ) -> Iterator[tuple[int, list[_Gathered], list[str]]]:
        """The posts that cannot begin before some month, and what those alone can earn."""
        begun = {post: starts.get(post, 0) for post in {*posts, *(post for one in needs for post in one.posts)}}
        for first in sorted({start for start in begun.values() if start > since}, reverse=True):
            some = [one for one in needs if all(begun[post] >= first for post in one.posts)]
            yield first, some, [post for post in posts if begun[post] >= first]

    def held(self, fixed: Mapping[str, int]) -> Held:
        """The chain with its first posts fixed."""
        return Held(self._problem.current, fixed)

    def _joins(self, name: str) -> bool:
        """Whether more holds an activity up than what holds up one of those that it waits for."""
        if name in self._heavy:
            return True
        heavy = self._behind(name) & self._heavy
        waited = [one.activity for one in self._asked.get(name, ()) if isinstance(one, Done | Begun)]
        return bool(heavy) and not any(heavy <= self._behind(one) | {one} for one in waited if one in self._modes)

    def one_after_another(self) -> Iterator[tuple[str, str, int]]:
        """A post, another that comes before it, and the least stay in that."""
        posts = [name for name in self._modes if self._activities[name].post]
        for name in posts:
            before = self._behind(name)
            yield from ((name, other, max(1, self._modes[other].months)) for other in posts if other in before)

    def alone(self, owner: str, amount: Amount) -> tuple[str, int] | None:
        """The only activity that can earn an amount, and for how many months it does at least."""
        earners = self._earners(owner, amount)
        if len(earners) != 1 or not earners.keys() <= self._modes.keys():
            return None
        ((name, rate),) = earners.items()
        return name, -(-(amount.need - max(amount.base)) // rate)

    def too_late(self, name: str, amount: Amount, earliest: int) -> bool:
        """Whether what only the post held at the start earns has aged beyond its window when it is asked."""
        current = self._problem.current
        if amount.within is None or current is None or any(earner != current for earner, _ in amount.rates):
            return False
        held = Held(None, {})
        held.left[current] = 0  # as if the first post were left at once
        posts = [other for other in self._begun_before(name) if self._activities[other].post]
        away = self._most(self._needs(name, held, without=current), posts, ends_one=False)
        left = max(0, amount.within - away) * sum(rate for _, rate in amount.rates)
        return max(amount.base[min(earliest, len(amount.base) - 1) :]) + left < amount.need

    def _needs(self, name: str, held: Held, without: str | None = None) -> list[_Gathered]:
        """The amounts to be gathered before an activity starts, the longest first."""
        found = {
            gathered
            for owner in (name, *self._behind(name))
            for condition in self._asked.get(owner, ())
            if isinstance(condition, Amount) and all(earner != without for earner, _ in condition.rates)
            if (gathered := self._gathered(owner, condition, held)) is not None
        }
        return sorted(found, key=lambda one: (-one.months, sorted(one.posts)))[:_MOST_AMOUNTS]

    def _begun_before(self, name: str) -> frozenset[str]:
        """What must have begun when an activity starts."""
        return self._closed(name, self._before, earned=False)

    def _behind(self, name: str) -> frozenset[str]:
        """The same, with what an amount asked on the way cannot be gathered without."""
        return self._closed(name, self._before_earned, earned=True)

    def _closed(self, name: str, found: dict[str, frozenset[str]], *, earned: bool) -> frozenset[str]:
        if name not in found:
            found[name] = frozenset()  # what needs itself never comes to be: not for this bound to see
            whole: set[str] = set()
            for condition in self._asked.get(name, ()):
                if isinstance(condition, Done | Begun) and condition.activity in self._modes:
                    whole |= {condition.activity} | self._closed(condition.activity, found, earned=earned)
                elif earned and isinstance(condition, Amount):
                    whole |= self._sure(name, condition)
            found[name] = frozenset(whole - {name})
        return found[name]

    def _sure(self, owner: str, amount: Amount) -> frozenset[str]:
        """What has begun whichever of the earners of an amount it is that earned some of it."""
        earners = self._earners(owner, amount)
        if not earners or not all(name in self._modes for name in earners):
            return frozenset()
        return frozenset.intersection(*(self._behind(name) | {name} for name in earners))

    def _earners(self, owner: str, amount: Amount) -> dict[str, int]:
        """Who may earn something of an amount that the past does not give, with what in a month."""
        current = self._problem.current
        if max(amount.base) >= amount.need:
            return {}
        return {
            name: rate
            for name, rate in amount.rates
            if rate > 0
            if name == current or (name in self._activities and owner not in self._begun_before(name))
            if name == current or name in self._modes or not self._complete
        }

    def _first(self, starts: Mapping[str, int]) -> int:
        """The month from which a post can be held at all."""
        if self._problem.current is not None or not self._complete:
            return 0
        return min((starts[name] for name in self._modes if self._activities[name].post), default=0)

    def _gathered(self, owner: str, amount: Amount, held: Held) -> _Gathered | None:
        key = (owner, id(amount))
        if key not in held.gathered:
            held.gathered[key] = self._taken(owner, amount, held)
        return held.gathered[key]

    def _taken(self, owner: str, amount: Amount, held: Held) -> _Gathered | None:
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
                missing -= rate * max((mode.months for mode in activity.modes), default=0)
        if missing <= 0 or best <= 0:
            return None
        return _Gathered(-(-missing // best), frozenset(posts))

    def _earns(self, post: str, owner: str, held: Held) -> bool:
        """Whether a post may still earn for what its owner asks."""
        if owner in self._begun_before(post) or post in held.left:
            return False
        return post == held.post or post in self._modes or not self._complete

    def _most(self, needs: Sequence[_Gathered], posts: Sequence[str], ends_one: bool) -> int:
        """The most months over families of needs that share no post, with the least stays outside them."""
        stays = {name: max(1, self._modes[name].months) for name in posts}

        def months(just_begun: str | None) -> int:
            left = {name: stay for name, stay in stays.items() if name != just_begun}
            more: dict[frozenset[str], int] = {}
            for one in needs:
                beyond = one.months - sum(left.get(post, 0) for post in one.posts)
                if beyond > more.get(one.posts, 0):
                    more[one.posts] = beyond
            return sum(left.values()) + _packed(list(more.items()), frozenset())

        return months(None) if ends_one or not posts else min(map(months, posts))


def _packed(more: Sequence[tuple[frozenset[str], int]], taken: frozenset[str]) -> int:
    """The most months of some that share no post."""
    if not more:
        return 0
    if not taken and len(frozenset().union(*(posts for posts, _ in more))) == sum(len(posts) for posts, _ in more):
        return sum(months for _, months in more)
    (posts, months), *rest = more
    found = _packed(rest, taken)
    return found if taken & posts else max(found, months + _packed(rest, taken | posts))
