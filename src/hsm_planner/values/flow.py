"""Sharing items among needs so that the most is placed: maximum flow, exact in fractions."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from fractions import Fraction


def share(
    supplies: Sequence[Fraction], needs: Sequence[Fraction], fits: Sequence[frozenset[int]]
) -> tuple[Fraction, list[Fraction]]:
    """Place supplies on needs; ``fits[i]`` are the needs that supply i may serve.

    Returns:
        The most that can be placed in all, and how much each need gets in one such arrangement.
    """
    source, sink = -1, -2
    offset = len(supplies)
    capacity: dict[int, dict[int, Fraction]] = {source: {}, sink: {}}

    def edge(start: int, stop: int, size: Fraction) -> None:
        capacity.setdefault(start, {})[stop] = size
        capacity.setdefault(stop, {}).setdefault(start, Fraction(0))

    for index, supply in enumerate(supplies):
        edge(source, index, supply)
        for need in fits[index]:
            edge(index, offset + need, supply)
    for index, size in enumerate(needs):
        edge(offset + index, sink, size)
    total = Fraction(0)
    while (path := _shortest(capacity, source, sink)) is not None:
        step = min(capacity[start][stop] for start, stop in path)
        for start, stop in path:
            capacity[start][stop] -= step
            capacity[stop][start] += step
        total += step
    return total, [capacity[sink].get(offset + index, Fraction(0)) for index in range(len(needs))]


def _shortest(capacity: Mapping[int, Mapping[int, Fraction]], source: int, sink: int) -> list[tuple[int, int]] | None:
    came_from: dict[int, int] = {source: source}
    waiting = deque([source])
    while waiting:
        node = waiting.popleft()
        for following, left in capacity[node].items():
            if left > 0 and following not in came_from:
                came_from[following] = node
                if following == sink:
                    path = [(node, sink)]
                    while path[-1][0] != source:
                        path.append((came_from[path[-1][0]], path[-1][0]))
                    return path[::-1]
                waiting.append(following)
    return None
