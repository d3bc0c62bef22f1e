"""Every example towards every target, both objectives: status, time in process, and CP-SAT on the same problem.

python -m benchmarks.plans [--every 1] [--leading] [--rival SECONDS]

Prints only; asserts nothing. ``search``: the best plan made and searched alone, without what a no to a question comes
to: how many are proven, and how many of all within 300 ms. Garbage is collected as rarely as in the command.
``--leading``: towards managers, directors and executives, and the ten licences of the largest states alone. ``--rival``
solves each dumped problem with OR-tools CP-SAT too, each part of the key within so many seconds: whether the optimum is
the same, and its time (model and solver) beside ours.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from hsm_planner.cli.main import OBJECTS_BETWEEN_COLLECTIONS
from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.dated import dump
from hsm_planner.planner.meaning import key
from hsm_planner.planner.model import Problem
from hsm_planner.planner.person import Planner, Unsound
from hsm_planner.planner.plan import neutral_problem, plan
from hsm_planner.planner.search import OBJECTIVES, Objective, solve
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.read import read_profile

ROOT = Path(__file__).resolve().parents[1]
AS_OF = dt.date(2026, 11, 23)
LEADING = ("manager", "director", "executive")
LICENCES = [f"nha-{state}" for state in ("ca", "tx", "fl", "ny", "pa", "il", "oh", "ga", "nc", "mi")]
Found = TypeVar("Found")


def main() -> None:
    parser = argparse.ArgumentParser(description="Plans of every example towards every target")
    parser.add_argument("--every", type=int, default=1, help="only every n-th pair")
    parser.add_argument("--rival", type=float, default=None, help="CP-SAT too, for so many seconds at most")
    parser.add_argument("--leading", action="store_true", help="posts from manager on, and ten licences")
    options = parser.parse_args()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    knowledge = Knowledge.load(ROOT / "data")
    people = [
        read_profile(path.read_text(encoding="utf-8"), path.name)[0]
        for path in sorted((ROOT / "examples").glob("*.yaml"))
    ]
    tasks = [
        (person, Goal(kind, raw["id"], person.state), objective)
        for person in people
        for kind, raw in knowledge.raw_targets()
        if not options.leading or raw["id"] in LICENCES or raw.get("level") in LEADING
        for objective in OBJECTIVES
    ]
    statuses: Counter[str] = Counter()
    times: list[float] = []
    proven: list[float] = []
    rival = Rival(options.rival)
    for person, goal, objective in tasks[:: options.every]:
        wishes = Wishes(objective=objective)
        try:
            found, seconds = timed(partial(plan, person, knowledge, goal, AS_OF, wishes))
            statuses[found.status] += 1
        except Unsound:
            statuses["failed its replay"] += 1
            continue
        times.append(seconds)
        searched, alone = timed(Planner(person, knowledge, goal, AS_OF, wishes).best)
        if searched.solution.status not in ("feasible", "unknown"):
            proven.append(alone)
        if options.rival and found.status in ("optimal", "feasible") and found.reason is None:
            rival.compare(neutral_problem(person, knowledge, goal, AS_OF, wishes), objective)
    times.sort()
    print(
        json.dumps(
            {
                "plans": len(times),
                "statuses": dict(statuses),
                "median_ms": round(statistics.median(times) * 1000),
                "within_300_ms": round(sum(seconds <= 0.3 for seconds in times) / len(times), 3),
                "within_3_s": round(sum(seconds <= 3 for seconds in times) / len(times), 3),
                "longest_s": round(times[-1], 1),
                "search": {
                    "proven": round(len(proven) / len(times), 3),
                    "proven_within_300_ms": round(sum(seconds <= 0.3 for seconds in proven) / len(times), 3),
                },
                **rival.told(),
            }
        )
    )


def timed(run: Callable[[], Found]) -> tuple[Found, float]:
    """What comes of a call, and the seconds that it took."""
    start = time.perf_counter()
    found = run()
    return found, time.perf_counter() - start


class Rival:
    """CP-SAT on the same problems: how often it agrees, and how long it takes against us."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self.answers: Counter[str] = Counter()
        self.ratios: list[float] = []

    def compare(self, problem: Problem, objective: Objective) -> None:
        from benchmarks.cpsat import Model

        solution, ours = timed(lambda: solve(problem, objective))
        best, theirs = timed(lambda: Model(json.loads(dump(problem))).best(objective, self.seconds))
        self.ratios.append(theirs / ours)
        if isinstance(best, str) or solution.status not in ("optimal", "done"):
            self.answers["not proven"] += 1
            return
        mine = key(problem, solution.schedule, objective)[0] if solution.schedule is not None else None
        self.answers["same" if mine == best else "differs"] += 1

    def told(self) -> dict[str, object]:
        if not self.ratios:
            return {}
        return {"rival": dict(self.answers), "rival_times_ours_median": round(statistics.median(self.ratios), 1)}


if __name__ == "__main__":
    main()
