"""Experience as amounts on the grid: what the past gives and a month in each post adds, as the evaluator counts it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from hsm_planner.knowledge.models import Role
from hsm_planner.planner.model import ALWAYS, All, Amount, Any, Begun, Condition, Done
from hsm_planner.planner.probes import Opening, Probes
from hsm_planner.requirements.base import Outcome
from hsm_planner.requirements.experience import Experience
from hsm_planner.values.timeline import Target, Timeline
from hsm_planner.values.truth import Status

CURRENT = "now"
# A month of the calendar has 28 to 31 days, and 35 hours a week are full time: parts of these are whole here.
SCALE = 28 * 29 * 30 * 31 * 35
_PROBE = 12
_MOST_ROLES, _MOST_WHEN_WIDE = 2, 6  # that a leaf is tried with
_MOST_LOOKED_AT = 3  # on the ladder, and beside it


class Earning:
    """What posts earn towards each leaf of experience."""

    def __init__(
        self,
        probes: Probes,
        present: Timeline,
        horizon: int,
        step_into: Callable[[Role, str], str | None],
        soonest: Callable[[Iterable[str]], Mapping[str, int]],
        *,
        wide: bool,
        asked_for: frozenset[str],
        goal: str,
    ) -> None:
        self._probes = probes
        self._present = present
        self._horizon = horizon
        self._step_into = step_into
        self._soonest = soonest
        self._most = _MOST_WHEN_WIDE if wide else _MOST_ROLES
        self._asked_for, self._goal = asked_for, goal
        self.cut = False  # whether there were more openings than are tried
        self.current = CURRENT if any(post.span.end is None for post in present.posts or ()) else None

    def _leads(self, role: Role) -> bool:
        """Whether a role is asked for, or the ladder goes from it to the goal."""
        return role.id in self._asked_for or any(edge.role == self._goal for edge in role.next_roles)

    def rank(self, role: Role) -> int:
        """How near a role is: 0 for those held."""
        ids = [one.id for one in self._probes.steps]
        return ids.index(role.id) if role.id in ids else 0

    def ways(
        self, leaf: Experience, target: Target, without: frozenset[str], confirm: Callable[[], str]
    ) -> list[Condition]:
        """The ways in which it can hold; what posts usually are counts with the activity that ``confirm`` makes."""
        sure = self.condition(leaf, target, without)
        likely = None if sure == ALWAYS else self._likely(leaf, target, without)
        return [
            *([sure] if sure is not None else []),
            *([All((likely, Done(confirm())))] if likely is not None else []),
        ]

    def _likely(self, leaf: Experience, target: Target, without: frozenset[str]) -> Condition | None:
        """When the leaf holds if posts on the way are what such posts usually are; None: no sooner."""
        ended = self._probes.without_post(target)
        sure = self._probes.tried(leaf, ended, _probe(leaf))
        likely = self._probes.tried(leaf, ended, _probe(leaf), granted=True)
        if leaf.current or all(one in sure or not self._leads(one.role) for one in likely):
            return None
        return self.condition(leaf, target, without, granted=True)

    def condition(
        self, leaf: Experience, target: Target, without: frozenset[str], *, granted: bool = False
    ) -> Condition | None:
        """When the leaf holds: at once and for good, or once enough has been gathered; None: never.

        ``granted``: a post on the way to the goal counts for what such posts usually are.
        """
        ended = self._probes.without_post(target)
        if all(self._probes.past(leaf, target, month).status is Status.MET for month in (0, self._horizon)):
            return ALWAYS
        within = _window(leaf)
        probe = _probe(leaf)
        past = self._probes.past(leaf, target, 0)
        going = self._probes.past(leaf, target, probe, held=True)
        wanted = _amounts(past)
        probed = self._openings(leaf, ended, without, wanted, granted=granted)
        if not wanted:
            return self._holding(leaf, ended, probed, granted=granted)
        parts: list[Condition] = []
        for part in wanted:
            base = self._base(leaf, target, part, within)
            rest = _have(self._probes.past(leaf, target, probe), part)
            before = _have(self._probes.past(leaf, target, probe, granted=granted), part)
            rates: list[tuple[str, int]] = []
            if self.current and (rate := (_have(going, part) - rest) // probe) > 0:
                rates.append((CURRENT, rate))
            for opening, outcome in probed.items():
                rate = (_have(outcome, part) - before) // probe
                if rate > 0:
                    rates.append((opening.post, rate))
            if not rates and max(base) < _need(past, part):
                return None
            parts.append(Amount(f"{leaf.id}.{part}", _need(past, part), base, tuple(rates), within))
        earning = {name for one in parts if isinstance(one, Amount) for name, _ in one.rates}
        kept = frozenset(opening.post for opening in self._open(one for one in probed if one.post in earning))
        parts = [_only(one, kept) if isinstance(one, Amount) else one for one in parts]
        if leaf.current:
            still = self._current(leaf, target, kept)
            if still is None:
                return None
            parts.append(still)
        return All(tuple(parts))

    def _openings(
        self, leaf: Experience, ended: Timeline, without: frozenset[str], wanted: list[str], *, granted: bool
    ) -> dict[Opening, Outcome]:
        """What some months in each role come to, in the setting of the role in which they come to most."""
        there = {(post.role, post.setting) for post in self._present.posts or () if post.span.end is None}
        sure = self._probes.tried(leaf, ended, _probe(leaf))
        tried = sure.items()
        if granted:
            likely = self._probes.tried(leaf, ended, _probe(leaf), granted=True)
            tried = {one: found for one, found in likely.items() if one in sure or self._leads(one.role)}.items()
        found: dict[Opening, Outcome] = {}
        for role, some in itertools.groupby(tried, lambda one: one[0].role.id):
            outcomes = {opening: outcome for opening, outcome in some if (role, opening.setting) not in there}
            if outcomes and role not in without:
                best = max(outcomes, key=lambda one: _worth(outcomes[one], wanted))
                found[best] = outcomes[best]
        return found

    def _open(self, openings: Iterable[Opening]) -> list[Opening]:
        """Of those that can ever be stepped into, the soonest: the nearest on the ladder and the lowest beside it."""
        ladder = {role.id for role in self._probes.ladder}
        openings, found = list(openings), list[Opening]()

        def near(one: Opening) -> int:
            return 0 if one.role.id in ladder else 1 if self._leads(one.role) else 2

        for _, some in itertools.groupby(sorted(openings, key=near), near):
            can_be = (one for one in some if self._step_into(one.role, one.setting) is not None)
            found += itertools.islice(can_be, _MOST_LOOKED_AT)
        starts = self._soonest(one.post for one in found)
        self.cut |= len(openings) > self._most
        tried = sorted(found, key=lambda one: starts[one.post])
        return [one for index, one in enumerate(tried) if index < self._most or one.role.id in self._asked_for]

    def _holding(
        self, leaf: Experience, ended: Timeline, probed: Mapping[Opening, Outcome], *, granted: bool
    ) -> Condition | None:
        """A leaf without an amount: some such post, from its first day, or with a month of it behind one."""
        target = ended.target
        if self._probes.past(leaf, target, 0, held=True).status is Status.MET:
            return self.held(leaf) if self.rests_on_current(leaf, target) else ALWAYS
        ways: list[Condition] = []
        for opening in self._open((one for one, outcome in probed.items() if outcome.status is Status.MET)):
            first = self._probes.outcome(leaf, self._probes.beside(ended, opening), 0, granted=granted)
            at_once = first.status is Status.MET
            within = 1 if leaf.current else _window(leaf)  # held now: in the month before, too
            some = Amount(f"{leaf.id}.some.{opening.name}", 1, (0,), ((opening.post, 1),), within)
            ways.append(Begun(opening.post) if at_once and not leaf.current else some)
        return Any(tuple(ways)) if ways else None

    def rests_on_current(self, leaf: Experience, target: Target) -> bool:
        """Whether the leaf would be worse off without the post held present."""
        past = self._probes.past
        return any(
            past(leaf, target, month).status is not past(leaf, target, month, held=True).status
            for month in range(0, self._horizon + 1, _PROBE)
        )

    @staticmethod
    def held(leaf: Experience) -> Condition:
        """The post held present is held still: in the last month it was there."""
        return Amount(f"{leaf.id}.held", 1, (1, 0), ((CURRENT, 1),), within=1)

    def _current(self, leaf: Experience, target: Target, kept: frozenset[str]) -> Condition | None:
        """A post of the kind held at the time: the one present, or one that has begun."""
        ways: list[Condition] = [
            Amount(f"{leaf.id}.now.{name}", 1, (0,), ((name, 1),), within=1) for name in sorted(kept)
        ]
        lone = leaf.model_copy(update={"at_least": None, "parts": (), "disjoint": False, "within": None})
        if self._probes.outcome(lone, self._probes.held(target), 0).status is Status.MET:
            ways.append(self.held(leaf))
        return Any(tuple(ways)) if ways else None

    def _base(self, leaf: Experience, target: Target, part: str, within: int | None) -> tuple[int, ...]:
        """What the past still gives at each month."""
        base = [_have(self._probes.past(leaf, target, 0), part)]
        if within is None:
            return tuple(base)
        for month in range(1, self._horizon + 1):
            if base[-1] == 0:
                break
            base.append(_have(self._probes.past(leaf, target, month), part))
        return tuple(base)


def _probe(leaf: Experience) -> int:
    """The months in a post that are tried: no more than count."""
    return min(_PROBE, _window(leaf) or _PROBE)


def _window(leaf: Experience) -> int | None:
    return leaf.within.length.months if leaf.within else None


def _amounts(outcome: Outcome) -> list[str]:
    """The amounts of a leaf: "" is its own."""
    own = [""] if outcome.need is not None else []
    return own + [part.id for part in outcome.parts if part.outcome.need is not None]


def _worth(outcome: Outcome, wanted: list[str]) -> tuple[bool, int]:
    """Which of two settings is the better one for a leaf."""
    return outcome.status is Status.MET, sum(_have(outcome, part) for part in wanted)


def _find(outcome: Outcome, part: str) -> Outcome | None:
    if not part:
        return outcome
    return next((one.outcome for one in outcome.parts if one.id == part), None)


_MONTHS = {"years": Fraction(12), "months": Fraction(1), "weeks": Fraction(12, 52), "hours": Fraction(1)}


def _have(outcome: Outcome, part: str) -> int:
    """What is surely there, in parts of months (or of hours), rounded down."""
    found = _find(outcome, part)
    if found is None or found.have is None or found.unit is None:
        return 0
    return int(found.have.least * _MONTHS.get(found.unit, Fraction(1)) * SCALE)


def _need(outcome: Outcome, part: str) -> int:
    """What is asked, in the same parts, rounded up."""
    found = _find(outcome, part)
    assert found is not None
    assert found.need is not None
    assert found.unit is not None
    exact = found.need.most * _MONTHS.get(found.unit, Fraction(1)) * SCALE
    return -int(-exact // 1)


def _only(amount: Amount, kept: frozenset[str]) -> Amount:
    return replace(amount, rates=tuple((name, rate) for name, rate in amount.rates if name == CURRENT or name in kept))
