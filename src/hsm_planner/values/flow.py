"""Sharing items among needs so that the most is placed: maximum flow, exact in fractions."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from fractions import Fraction

from hsm_planner.values.record import record

_SOURCE, _SINK = "source", "sink"
_Node = tuple[str, int] | str


@record
class Supply:
    """An amount to place. Supplies of one group place no more than ``limit`` together."""

    amount: Fraction
    group: int
    limit: Fraction
    post: int = 0  # whose it is, for the caller


def share(
    supplies: Sequence[Supply], needs: Sequence[Fraction], fits: Sequence[frozenset[int]]
) -> tuple[Fraction, list[Fraction]]:
    """Place supplies on needs; ``fits[i]`` are the needs that supply i may serve.

    Returns:
        The most that can be placed in all, and how much each need gets in one such arrangement.
    """
    capacity: dict[_Node, dict[_Node, Fraction]] = {_SOURCE: {}, _SINK: {}}

    def edge(start: _Node, stop: _Node, size: Fraction) -> None:
        capacity.setdefault(start, {})[stop] = size
        capacity.setdefault(stop, {}).setdefault(start, Fraction(0))

    for index, supply in enumerate(supplies):
        edge(_SOURCE, ("group", supply.group), supply.limit)
        edge(("group", supply.group), ("supply", index), supply.amount)
        for need in fits[index]:
            edge(("supply", index), ("need", need), supply.amount)
    for index, size in enumerate(needs):
        edge(("need", index), _SINK, size)
    total = Fraction(0)
    while (path := _shortest(capacity)) is not None:
        step = min(capacity[start][stop] for start, stop in path)
        for start, stop in path:
            capacity[start][stop] -= step
            capacity[stop][start] += step
        total += step
    return total, [capacity[_SINK].get(("need", index), Fraction(0)) for index in range(len(needs))]


def _shortest(capacity: Mapping[_Node, Mapping[_Node, Fraction]]) -> list[tuple[_Node, _Node]] | None:
    came_from: dict[_Node, _Node] = {_SOURCE: _SOURCE}
    waiting: deque[_Node] = deque([_SOURCE])
    while waiting:
        node = waiting.popleft()
        for following, left in capacity[node].items():
            if left > 0 and following not in came_from:
                came_from[following] = node
                if following == _SINK:
                    path: list[tuple[_Node, _Node]] = [(node, following)]
                    while path[-1][0] != _SOURCE:
                        path.append((came_from[path[-1][0]], path[-1][0]))
                    return path[::-1]
                waiting.append(following)
    return None
