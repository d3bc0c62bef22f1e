"""The published optima of PSPLIB's set J10, reproduced by the part of the planner that places activities.

Each instance is solved forwards and mirrored in time, with modes, hours (renewable) and money (used up), to a proof:
the finish is raised by one until a placing exists. The instances are read by path and are not part of the project.

    python benchmarks/psplib.py FOLDER OPTIMA.csv [--every 20] [--jobs 2]
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from hsm_planner.planner.model import Mode
from hsm_planner.planner.placing import Link, Nodes, Piece, Placer

_MOST_NODES = 10**9
_FAR = 10**6
_WITH_JOB = 7


def _rows(lines: list[str], head: str, skip: int) -> list[list[int]]:
    start = next(index for index, line in enumerate(lines) if line.startswith(head)) + skip
    rows: list[list[int]] = []
    for line in lines[start:]:
        if line.startswith("*"):
            break
        rows.append([int(word) for word in line.split()])
    return rows


def _mode(row: list[int]) -> Mode:
    number, months, *amounts = row
    uses = {f"R{index}": amount for index, amount in enumerate(amounts[:2]) if amount}
    spends = {f"N{index}": amount for index, amount in enumerate(amounts[2:]) if amount}
    return Mode(str(number), months, uses, spends)


def placer(path: Path, *, mirrored: bool) -> Placer:
    """The instance of a ``.mm`` file, its arrows turned round when mirrored."""
    lines = path.read_text(encoding="utf-8").splitlines()
    arrows = [(row[0], after) for row in _rows(lines, "jobnr.    #modes", 1) for after in row[3:]]
    modes: dict[int, list[Mode]] = {}
    job = 0
    for row in _rows(lines, "jobnr. mode duration", 2):
        if len(row) == _WITH_JOB:
            job = row[0]
        modes.setdefault(job, []).append(_mode(row[-_WITH_JOB + 1 :]))
    limits = _rows(lines, "RESOURCEAVAILABILITIES", 2)[0]
    pieces = [Piece(str(name), tuple(found), 0, _FAR) for name, found in modes.items()]
    links = [Link(str(b), str(a)) if mirrored else Link(str(a), str(b)) for a, b in arrows]
    capacity, budget = {"R0": limits[0], "R1": limits[1]}, {"N0": limits[2], "N1": limits[3]}
    return Placer(pieces, links, capacity, budget, Nodes(_MOST_NODES))


def shortest(found: Placer) -> int:
    """The least finish for which a placing exists."""
    finish = 0
    while found.place(finish) is None:
        finish += 1
    return finish


def _solve(task: tuple[Path, int]) -> tuple[str, bool, float]:
    path, optimum = task
    start = time.perf_counter()
    both = [shortest(placer(path, mirrored=mirrored)) for mirrored in (False, True)]
    return path.name, both == [optimum, optimum], (time.perf_counter() - start) / 2


def main() -> None:
    parser = argparse.ArgumentParser(description="PSPLIB J10 by the placing part of the planner")
    parser.add_argument("folder", type=Path)
    parser.add_argument("optima", type=Path)
    parser.add_argument("--every", type=int, default=1, help="only every n-th instance")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    with options.optima.open(encoding="utf-8") as handle:
        optima = {row["instance"]: int(row["optimum"]) for row in csv.DictReader(handle)}
    tasks = [(options.folder / name, optima[name]) for name in sorted(optima)][:: options.every]
    with ProcessPoolExecutor(options.jobs) as pool:
        results = list(pool.map(_solve, tasks))
    wrong = [name for name, right, _ in results if not right]
    times = sorted(seconds for _, _, seconds in results)
    print(
        json.dumps(
            {
                "instances": len(results),
                "forwards_and_mirrored_right": len(results) - len(wrong),
                "wrong": wrong,
                "median_ms": round(statistics.median(times) * 1000),
                "mean_ms": round(statistics.mean(times) * 1000),
                "longest_s": round(times[-1], 1),
            }
        )
    )


if __name__ == "__main__":
    main()
