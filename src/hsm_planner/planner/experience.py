"""Experience as amounts on the grid: what the past gives and a month in each post adds, as the evaluator counts it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from hsm_planner.knowledge.models import Role
from hsm_planner.planner.measured import amounts, have, need, worth
from hsm_planner.planner.model import ALWAYS, All, Amount, Any, Begun, Condition, Done
from hsm_planner.planner.probes import Opening, Probes
from hsm_planner.requirements.base import Outcome
from hsm_planner.requirements.experience import Experience
from hsm_planner.values.timeline import Target, Timeline
from hsm_planner.values.truth import Status

Adds = Literal["all", "some", "nothing"]  # of what is missing
CURRENT = "now"
_PROBE = 12
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
        most: int,
        onward: bool,
        far: bool,
        detours: bool,
        straight: bool,
        asked_for: frozenset[str],
        goal: str,
    ) -> None:
        self._probes = probes
        self._present = present
        self._horizon = horizon
        self._step_into = step_into
        self._soonest = soonest
        self._most = most  # posts that a leaf is tried with
        self._onward, self._far, self._detours, self._straight = onward, far, detours, straight
        self._asked_for, self._goal = asked_for, goal
        self.unmeasured: set[str] = set()  # leaves of which it was not found how much is asked
        self.cut = False  # whether there were more openings than are tried
        self._held = {post.role for post in present.posts or () if post.span.end is None}
        self.current = CURRENT if any(post.span.end is None for post in present.posts or ()) else None

    def _leads(self, role: Role) -> bool:
        """Whether a role is asked for, or the ladder goes from it to the goal."""
        return role.id in self._asked_for or any(edge.role == self._goal for edge in role.next_roles)

    def rank(self, role: Role) -> int:
        """How near a role is: 0 for those held, and for the goal."""
        if role.id == self._goal:
            return 0
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
        if leaf.current or self._openings(leaf, target, granted=True) == self._openings(leaf, target, granted=False):
            return None
        return self.condition(leaf, target, without, granted=True)

    def _openings(self, leaf: Experience, target: Target, *, granted: bool) -> list[Opening]:
        """The openings that count for a leaf; ``granted``: also those that are likely to.

        Of these the ones on the way to the goal, and posts like the one held, in another place.
        """
        onward = self._onward and (self._far or target.id == self._goal)  # else not for what a post on the way asks
        sure = set(self._probes.counting(leaf, target))
        found = [
            one
            for one in self._probes.counting(leaf, target, granted=granted)
            if one in sure or self._leads(one.role) or one.role.id in self._held
            if self._probes.by_itself(one.role) or (onward and (self._far or self._leads(one.role)))
        ]
        found = [one for one in found if not self._probes.above(one.role, target)] or found
        if leaf.id not in self.unmeasured or self._detours:
            return found
        return [one for one in found if not self._probes.detour(one.role, target)] or found

    def condition(
        self, leaf: Experience, target: Target, without: frozenset[str], *, granted: bool = False
    ) -> Condition | None:
        """When the leaf holds: at once and for good, or once enough has been gathered; None: never.

        ``granted``: a post on the way to the goal counts for what such posts usually are.
        """
        if all(self._probes.past(leaf, target, month).status is Status.MET for month in (0, self._horizon)):
            return ALWAYS
        probe = _probe(leaf)
        past = self._probes.past(leaf, target, 0)
        wanted = amounts(past)
        if not wanted:
            return self._holding(leaf, target, without, granted=granted)
        before = self._probes.outcome(leaf, self._probes.cut(target), 0 if _unbroken(leaf) else probe, granted=granted)
        own = self._own(leaf, target, wanted)
        bases = {part: self._base(leaf, target, part, own[part]) for part in wanted}
        lacking = [part for part in wanted if min(bases[part]) < need(past, part)]

        def rates(outcome: Outcome, before: Outcome) -> dict[str, int]:
            """What a month adds to each amount."""
            return {part: (have(outcome, part) - have(before, part)) // probe for part in wanted}

        def earns(outcome: Outcome) -> Adds:
            """Whether it adds to what the past does not give: else posts that do would go unseen behind it."""
            found = rates(outcome, before)
            added = [found[part] > 0 for part in lacking]
            return "all" if all(added) else "some" if any(added) else "nothing"

        grades: tuple[Adds, ...] = ("all", "some") if len(lacking) > 1 else ("all",)
        earning = {
            opening.post: rates(outcome, before)
            for opening, outcome in self._open(leaf, target, without, earns, grades=grades, granted=granted)
        }
        parts: list[Condition] = []
        for part in wanted:
            base = bases[part]
            each = [(CURRENT, own[part]), *((name, found[part]) for name, found in earning.items())]
            gained = tuple((name, rate) for name, rate in each if rate > 0)
            if not gained and max(base) < need(past, part):
                return None
            parts.append(self._amount(leaf, f"{leaf.id}.{part}", need(past, part), base, gained))
        if leaf.current:
            still = self._current(leaf, target, frozenset(earning))
            if still is None:
                return None
            parts.append(still)
        return All(tuple(parts))

    def _open(
        self,
        leaf: Experience,
        target: Target,
        without: frozenset[str],
        adds: Callable[[Outcome], Adds],
        *,
        grades: Sequence[Adds] = ("all",),
        granted: bool,
    ) -> list[tuple[Opening, Outcome]]:
        """Openings that count and can be stepped into, the soonest, and what some months in each come to.

        Tried are the nearest on the ladder and the lowest beside it, each role in the setting that counts most: those
        that add to all that is missing, and beside them those that add to a part of it. On wish those that
        ask a licence that nothing else asks come last.
        """
        ladder = {role.id for role in self._probes.ladder}
        there = {(post.role, post.setting) for post in self._present.posts or () if post.span.end is None}
        openings = [
            one
            for one in self._openings(leaf, target, granted=granted)
            if one.role.id not in without and (one.role.id, one.setting) not in there
        ]
        roles = [tuple(some) for _, some in itertools.groupby(openings, lambda one: one.role.id)]
        found: dict[Adds, list[tuple[Opening, Outcome]]] = {grade: [] for grade in grades}

        def around(opening: Opening) -> bool:
            return self._straight and self._probes.detour(opening.role, target)

        def near(settings: tuple[Opening, ...]) -> tuple[bool, int]:
            role = settings[0].role
            if not self._probes.by_itself(role):
                return False, 3
            return around(settings[0]), 0 if role.id in ladder else 1 if self._leads(role) else 2

        for _, some in itertools.groupby(sorted(roles, key=near), near):
            room = dict.fromkeys(grades, _MOST_LOOKED_AT)
            for settings in some:
                if not any(room.values()):
                    break
                opening, outcome = self._best(leaf, target, settings, granted=granted)
                grade = adds(outcome)
                if room.get(grade) and self._step_into(opening.role, opening.setting) is not None:
                    found[grade].append((opening, outcome))
                    room[grade] -= 1
        self.cut |= len(roles) > self._most
        kept: list[tuple[Opening, Outcome]] = []
        for grade, some_ in found.items():
            most = self._most if grade == "all" or not found["all"] else 1
            starts = self._soonest(one.post for one, _ in some_) if len(some_) > most else {}
            soonest = sorted(some_, key=lambda one: (around(one[0]), starts.get(one[0].post, 0)))
            for onward in (False, True):  # what others in the plan lead to comes beside what is a step by itself
                alike = [one for one in soonest if self._probes.by_itself(one[0].role) != onward]
                kept += [one for at, one in enumerate(alike) if at < most or one[0].role.id in self._asked_for]
        return kept

    def _best(
        self, leaf: Experience, target: Target, settings: Iterable[Opening], *, granted: bool
    ) -> tuple[Opening, Outcome]:
        """The setting of a role in which some months come to most, and what they come to."""
        wanted = amounts(self._probes.past(leaf, target, 0))
        tried = [(one, self._probes.tried(leaf, target, _probe(leaf), one, granted=granted)) for one in settings]
        return max(tried, key=lambda one: worth(one[1], wanted))

    def _holding(self, leaf: Experience, target: Target, without: frozenset[str], *, granted: bool) -> Condition | None:
        """A leaf without an amount: some such post, from its first day, or with a month of it behind one."""
        if self._probes.past(leaf, target, 0, held=True).status is Status.MET:
            return self.held(leaf.id) if self.rests_on_current(leaf, target) else ALWAYS
        ways: list[Condition] = []
        for opening, _ in self._open(leaf, target, without, _holds, granted=granted):
            at_once = self._probes.tried(leaf, target, 0, opening, granted=granted).status is Status.MET
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

    def confirmed(self, leaf: Experience, target: Target) -> Condition:
        """When the leaf holds if all that is open about the past and the post held turns out well.

        That post goes on earning only while it is held: a degree that takes its place leaves a gap.
        """
        if not self.rests_on_current(leaf, target):
            return ALWAYS
        there = self._probes.past(leaf, target, 0, held=True)
        own = self._own(leaf, target, amounts(there), most=True)
        parts: list[Condition] = []
        for part, rate in own.items():
            base = self._base(leaf, target, part, rate, most=True)
            gained = ((CURRENT, rate),) if rate > 0 else ()
            parts.append(self._amount(leaf, f"{leaf.id}.if.{part}", need(there, part), base, gained))
        return All((*parts, self.held(leaf.id))) if leaf.current or not parts else All(tuple(parts))

    @staticmethod
    def held(id_: str) -> Condition:
        """The post held present is held still: in the last month it was there."""
        return Amount(f"{id_}.held", 1, (1, 0), ((CURRENT, 1),), within=1)

    def kept(self, id_: str) -> Condition:
        """The post held present is held still, and nothing has taken its place for a month."""
        base = tuple(range(self._horizon, -1, -1))
        return Amount(f"{id_}.kept", self._horizon, base, ((CURRENT, 1),))

    def _current(self, leaf: Experience, target: Target, kept: frozenset[str]) -> Condition | None:
        """A post of the kind held at the time: the one present, or one that has begun."""
        ways: list[Condition] = [
            Amount(f"{leaf.id}.now.{name}", 1, (0,), ((name, 1),), within=1) for name in sorted(kept)
        ]
        lone = leaf.model_copy(update={"at_least": None, "parts": (), "disjoint": False, "within": None})
        if self._probes.outcome(lone, self._probes.held(target), 0).status is Status.MET:
            ways.append(self.held(leaf.id))
        return Any(tuple(ways)) if ways else None

    def _own(self, leaf: Experience, target: Target, parts: Iterable[str], *, most: bool = False) -> dict[str, int]:
        """What a month in the post held adds to each amount."""
        if not self.current:
            return dict.fromkeys(parts, 0)
        probes, probe = self._probes, _probe(leaf)
        going = probes.outcome(leaf, probes.going_on(target), probe)
        left = (probes.going_on(target), 0) if _unbroken(leaf) else (probes.cut(target), probe)
        before = probes.outcome(leaf, *left)
        return {part: (have(going, part, most=most) - have(before, part, most=most)) // probe for part in parts}

    def _base(self, leaf: Experience, target: Target, part: str, own: int, *, most: bool = False) -> tuple[int, ...]:
        """What the past still gives at each month; ``most``: at the most. ``own``: what a month in the post held adds.

        What is done beside that post until a day to come gives no more than both come to together.
        """
        past, until, window = self._probes.past, self._probes.until, _window(leaf)
        base: list[int] = []
        for month in range(self._horizon + 1):
            if month > max(0, until) and (window is None or base[-1] == 0):
                break
            gives = have(past(leaf, target, month), part, most=most)
            if until and own:
                both = have(past(leaf, target, month, held=True), part, most=most)
                gives = max(0, min(gives, both - own * min(month, window or month)))
            base.append(gives)
        return tuple(base)

    def _amount(
        self, leaf: Experience, id_: str, need: int, base: tuple[int, ...], gained: tuple[tuple[str, int], ...]
    ) -> Amount:
        """An amount; where it may have no break, all of it lies in the months just before, begun by the past."""
        best = max((rate for _, rate in gained), default=0)
        if not _unbroken(leaf) or not best:
            return Amount(id_, need, base, gained, _window(leaf))
        run, last = -(-need // best), base[min(self._probes.until, len(base) - 1)]
        start = base[: self._probes.until]
        falls = tuple(min(last, (run - month) * best) for month in range(run + 1))
        return Amount(id_, need, (*start, *falls), gained, min(run, _window(leaf) or run))


def _unbroken(leaf: Experience) -> bool:
    """Whether months count only without a break: what is left a year ago is then no beginning of what follows."""
    return leaf.consecutive or leaf.immediately_before


def _holds(outcome: Outcome) -> Adds:
    return "all" if outcome.status is Status.MET else "nothing"


def _probe(leaf: Experience) -> int:
    """The months in a post that are tried: no more than count."""
    return min(_PROBE, _window(leaf) or _PROBE)


def _window(leaf: Experience) -> int | None:
    return leaf.within.length.months if leaf.within else None
