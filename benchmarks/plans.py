"""Every example towards every target, both objectives: status, time in process, nodes. Prints only; asserts nothing.

python benchmarks/plans.py [--every 1]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
import time
from collections import Counter
from pathlib import Path

from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.plan import Unsound, Wishes, plan
from hsm_planner.planner.search import Objective
from hsm_planner.profile.read import read_profile

ROOT = Path(__file__).resolve().parents[1]
AS_OF = dt.date(2026, 11, 23)
OBJECTIVES: tuple[Objective, ...] = ("fastest", "cheapest")


def main() -> None:
    parser = argparse.ArgumentParser(description="Plans of every example towards every target")
    parser.add_argument("--every", type=int, default=1, help="only every n-th pair")
    options = parser.parse_args()
    knowledge = Knowledge.load(ROOT / "data")
    people = [
        read_profile(path.read_text(encoding="utf-8"), path.name)[0]
        for path in sorted((ROOT / "examples").glob("*.yaml"))
    ]
    tasks = [
        (person, Goal(kind, raw["id"], person.state), objective)
        for person in people
        for kind, raw in knowledge.raw_targets()
        for objective in OBJECTIVES
    ]
    statuses: Counter[str] = Counter()
    times: list[float] = []
    for person, goal, objective in tasks[:: options.every]:
        start = time.perf_counter()
        try:
            statuses[plan(person, knowledge, goal, AS_OF, Wishes(objective=objective)).status] += 1
        except Unsound:
            statuses["failed its replay"] += 1
        times.append(time.perf_counter() - start)
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
            }
        )
    )


if __name__ == "__main__":
    main()
