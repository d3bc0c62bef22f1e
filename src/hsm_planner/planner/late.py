"""Some finish of a complete route, when there is no time left to prove which is the first."""

from __future__ import annotations

from collections.abc import Callable

from hsm_planner.planner.model import Schedule
from hsm_planner.planner.placing import Nodes, OutOfNodes
from hsm_planner.planner.scheduling import Scheduler

_MOST_NODES = 1_000  # for one finish


def late(scheduler: Callable[[int, Nodes], Scheduler], first: int, horizon: int) -> tuple[Schedule | None, int]:
    """A schedule for some finish, tried in steps that grow and then between them; and the nodes that it took."""
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

    step = 0
    while (found := tried(first + step)) is None:
        step = 2 * step + 1
        if first + step > horizon:
            return None, spent
    failed = first + (step - 1) // 2
    while found.finish - failed > 1:
        middle = (found.finish + failed) // 2
        sooner = tried(middle)
        found, failed = (found, middle) if sooner is None else (sooner, failed)
    return found, spent
