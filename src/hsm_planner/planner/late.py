"""Some finish of a complete route, when there is no time left to prove which is the first."""

from __future__ import annotations

from collections.abc import Callable

from hsm_planner.planner.model import Schedule
from hsm_planner.planner.placing import Nodes, OutOfNodes
from hsm_planner.planner.scheduling import Scheduler

_MOST_NODES = 6_000  # for one finish
_FAR = 60  # months behind the first finish that can be: where there is room for most


def late(scheduler: Callable[[int, Nodes], Scheduler], first: int, horizon: int) -> tuple[Schedule | None, int]:
    """A schedule for some finish, tried far off first and then nearer; and the nodes that it took."""
    spent = 0

    def tried(finish: int) -> Schedule | None:
        nonlocal spent
        nodes = Nodes(_MOST_NODES)
        try:
            return scheduler(finish, nodes).schedule(finish)
        except OutOfNodes:
            return None
        finally:
            spent += nodes.count

    found = tried(min(first + _FAR, horizon)) or (tried(horizon) if first + _FAR < horizon else None)
    if found is None:
        return None, spent
    failed = first - 1
    while found.finish - failed > 1:
        middle = (found.finish + failed) // 2
        sooner = tried(middle)
        found, failed = (found, middle) if sooner is None else (sooner, failed)
    return found, spent
