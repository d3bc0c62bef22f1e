"""Placing activities as late as possible before a given finish: hours, money and precedence, exactly.

Nothing here loses by lying later, unless a successor, a deadline or a full month stands in its way. So every feasible
schedule can be pushed to the right until nothing moves any more, and it is enough to look at those (docs/planner.md).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from hsm_planner.planner.bounds import NEVER
from hsm_planner.planner.model import Mode
from hsm_planner.values.record import record


class OutOfNodes(Exception):  # noqa: N818 - it ends a search, nothing is wrong
    """The bound on the number of nodes is reached."""


class Nodes:
    """Counts nodes, so that the same input ends at the same place on every machine."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.count = 0

    def step(self, weight: int = 1) -> None:
        """One node more; ``weight`` tells nodes that take longer from those that are quick."""
        self.count += weight
        if self.count > self.most:
            raise OutOfNodes


@record
class Piece:
    """An activity to place. ``first`` and ``last`` bound its start; ``last`` None leaves that to its successors."""

    id: str
    modes: tuple[Mode, ...]
    first: int
    latest_end: int
    starts: tuple[int, ...] | None = None


@record
class Link:
    """``before`` ends ``lag`` months or more before ``after`` starts."""

    before: str
    after: str
    lag: int = 0


@record
class Placed:
    """Where an activity lies."""

    mode: Mode
    start: int

    @property
    def end(self) -> int:
        return self.start + self.mode.months


def in_circle(links: Sequence[Link]) -> frozenset[str]:
    """Activities that wait for each other in one circle; none when there is none."""
    before: dict[str, set[str]] = {}
    for link in links:
        before.setdefault(link.after, set()).add(link.before)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        return frozenset(error.args[1])
    return frozenset()


class Placer:
    """Places pieces for one finish after another; what does not depend on the finish is made once."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        links: Sequence[Link],
        capacity: Mapping[str, int],
        budget: Mapping[str, int],
        nodes: Nodes,
    ) -> None:
        self.pieces = {piece.id: piece for piece in pieces}
        self.nodes = nodes
        self.capacity = dict(capacity)
        self.budget = dict(budget)
        self.after: dict[str, list[Link]] = {piece.id: [] for piece in pieces}
        self.before: dict[str, list[Link]] = {piece.id: [] for piece in pieces}
        for link in links:
            self.after[link.before].append(link)
            self.before[link.after].append(link)
        self.heads = self._longest_paths()
        self.alike = {piece.id: self._sort(piece) for piece in pieces}
        self.least_spent = {
            piece.id: {name: min(mode.spends.get(name, 0) for mode in piece.modes) for name in budget}
            for piece in pieces
        }

    def _sort(self, piece: Piece) -> tuple[object, ...]:
        """What makes two pieces alike: the same modes, bounds, and neighbours on both sides."""
        modes = tuple(
            (
                mode.months,
                tuple(mode.uses.get(name, 0) for name in self.capacity),
                tuple(mode.spends.get(name, 0) for name in self.budget),
            )
            for mode in piece.modes
        )
        after = frozenset((link.after, link.lag) for link in self.after[piece.id])
        before = frozenset((link.before, link.lag) for link in self.before[piece.id])
        return (modes, piece.first, piece.latest_end, piece.starts, after, before)

    def _longest_paths(self) -> dict[str, int]:
        """The earliest start of each piece by what must come before it."""
        heads = {piece.id: self._at_or_after(piece, piece.first) for piece in self.pieces.values()}
        for _ in range(len(heads) + 1):
            moved = False
            for piece in self.pieces.values():
                for link in self.before[piece.id]:
                    least = min(mode.months for mode in self.pieces[link.before].modes)
                    start = self._at_or_after(piece, heads[link.before] + least + link.lag)
                    if start > heads[piece.id]:
                        heads[piece.id] = start
                        moved = True
            if not moved:
                return heads
        return dict.fromkeys(heads, NEVER)  # what comes before itself never comes

    @staticmethod
    def _at_or_after(piece: Piece, month: int) -> int:
        if piece.starts is None:
            return month
        return next((start for start in piece.starts if start >= month), NEVER)

    def place(self, finish: int, used: Mapping[str, Sequence[int]] | None = None) -> dict[str, Placed] | None:
        """A placing that ends by ``finish``, or None when there is none.

        ``used``: what other activities take of each resource, month by month.
        """
        if any(head >= NEVER for head in self.heads.values()):
            return None
        profile = {name: [0] * finish for name in self.capacity}
        for name, months in (used or {}).items():
            for month, amount in enumerate(months[:finish]):
                profile[name][month] += amount
        search = _Placing(self, finish, profile)
        return dict(search.placed) if search.run() else None


class _Placing:
    """One search for one finish: depth first, activities from the last to the first, each as late as it fits."""

    def __init__(self, placer: Placer, finish: int, profile: dict[str, list[int]]) -> None:
        self.placer = placer
        self.finish = finish
        self.profile = profile
        self.placed: dict[str, Placed] = {}
        self.spent = dict.fromkeys(placer.budget, 0)
        self.dead: set[frozenset[tuple[str, str, int]]] = set()

    def run(self) -> bool:
        return self._next()

    def _open_modes(self) -> dict[str, tuple[Mode, ...]] | None:
        """The modes that the money left allows each piece not placed, all others at their cheapest; None: it fails."""
        pending = [name for name in self.placer.pieces if name not in self.placed]
        least = self.placer.least_spent
        slack = {
            name: limit - self.spent[name] - sum(least[piece][name] for piece in pending)
            for name, limit in self.placer.budget.items()
        }
        result: dict[str, tuple[Mode, ...]] = {}
        for piece in pending:
            modes = self.placer.pieces[piece].modes
            if slack:
                modes = tuple(
                    mode
                    for mode in modes
                    if all(mode.spends.get(name, 0) - least[piece][name] <= left for name, left in slack.items())
                )
            if not modes:
                return None
            result[piece] = modes
        return result

    def _ends(self, modes: Mapping[str, tuple[Mode, ...]]) -> dict[str, int] | None:
        """The latest end of each piece not placed, by what is placed and what must follow it; None: too late."""
        months = {name: min(mode.months for mode in open_modes) for name, open_modes in modes.items()}
        ends: dict[str, int] = {}
        heads: dict[str, int] = {}

        def earliest(name: str) -> int:
            if name not in heads:
                head = self.placer.heads[name]
                for link in self.placer.before[name]:
                    head = max(head, earliest(link.before) + months[link.before] + link.lag)
                heads[name] = head
            return heads[name]

        def latest(name: str) -> int:
            if name not in ends:
                end = min(self.finish, self.placer.pieces[name].latest_end)
                for link in self.placer.after[name]:
                    at = self.placed.get(link.after)
                    start = at.start if at is not None else latest(link.after) - months[link.after]
                    end = min(end, start - link.lag)
                ends[name] = end
            return ends[name]

        for name in modes:
            if latest(name) - months[name] < earliest(name):
                return None
        return ends if self._enough_room(modes, heads, ends) else None

    def _enough_room(
        self, modes: Mapping[str, tuple[Mode, ...]], heads: Mapping[str, int], ends: Mapping[str, int]
    ) -> bool:
        """Whether the hours left, where they lie together enough to be used, can hold the least work of all."""
        for key, limit in self.placer.capacity.items():
            work, least, first, last = 0, limit, self.finish, 0
            for name, choice in modes.items():
                own = min(mode.uses.get(key, 0) * mode.months for mode in choice)
                if not own:
                    continue
                work += own
                least = min(least, *(mode.uses.get(key, 0) for mode in choice))
                first, last = min(first, heads[name]), max(last, ends[name])
            if work and work > sum(limit - used for used in self.profile[key][first:last] if used <= limit - least):
                return False
        return True

    def _next(self) -> bool:
        if len(self.placed) == len(self.placer.pieces):
            return True
        self.placer.nodes.step(max(1, len(self.placer.pieces) // 3))  # a node takes as long as there are pieces
        state = frozenset((name, at.mode.id, at.start) for name, at in self.placed.items())
        if self._failed(state):
            return False
        modes = self._open_modes()
        ends = self._ends(modes) if modes is not None else None
        if modes is not None and ends is not None:
            ready = [name for name in ends if all(link.after in self.placed for link in self.placer.after[name])]
            alone = next((name for name in ready if self._undisputed(name)), None)
            order = [alone] if alone else self._different(sorted(ready, key=lambda name: (-ends[name], name)))
            for name in order:
                if self._try(name, modes[name], ends[name]):
                    return True
        self.dead.add(state)
        return False

    def _failed(self, state: frozenset[tuple[str, str, int]]) -> bool:
        """Whether nothing came of the same placing before."""
        return state in self.dead

    def _different(self, names: Sequence[str]) -> list[str]:
        """One of each sort: of pieces alike in everything, which comes first does not matter."""
        return list({self.placer.alike[name]: name for name in reversed(names)}.values())[::-1]

    def _undisputed(self, name: str) -> bool:
        """Whether no other piece competes with this one, so that its turn does not matter."""
        return all(not mode.uses and not mode.spends for mode in self.placer.pieces[name].modes)

    def _try(self, name: str, modes: tuple[Mode, ...], end: int) -> bool:
        piece = self.placer.pieces[name]
        for mode in modes:
            start = self._latest(piece, mode, end)
            if start is None:
                continue
            self._put(name, Placed(mode, start), 1)
            if self._next():
                return True
            self._put(name, Placed(mode, start), -1)
        return False

    def _put(self, name: str, at: Placed, sign: int) -> None:
        for key, months in self.profile.items():
            amount = at.mode.uses.get(key, 0)
            for month in range(at.start, at.end if amount else at.start):
                months[month] += sign * amount
        for key in self.spent:
            self.spent[key] += sign * at.mode.spends.get(key, 0)
        if sign > 0:
            self.placed[name] = at
        else:
            del self.placed[name]

    def _latest(self, piece: Piece, mode: Mode, end: int) -> int | None:
        """The latest start at which the mode fits."""
        start = end - mode.months
        while start >= self.placer.heads[piece.id]:
            if piece.starts is not None:
                index = bisect_right(piece.starts, start)
                if index == 0:
                    return None
                start = piece.starts[index - 1]
            clash = self._clash(mode, start)
            if clash is None:
                return start
            start = clash - mode.months
        return None

    def _clash(self, mode: Mode, start: int) -> int | None:
        """The first month, looking from the start, in which the mode finds too little left.

        Whatever starts later than ``clash - months`` and ends by then holds that month too.
        """
        for key, months in self.profile.items():
            amount = mode.uses.get(key, 0)
            room = self.placer.capacity[key] - amount
            for month in range(start, start + mode.months if amount else start):
                if months[month] > room:
                    return month
        return None
