"""What is wrong with an input, for people: place, what, the line with a caret, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hsm_planner.report.lines import Line
from hsm_planner.values.problems import Problem

_WIDEST_EXCERPT = 100


def problem_lines(problems: Sequence[Problem]) -> Iterable[Line]:
    """Every problem: one line of what and where, the line of the file, one line of how to go on."""
    for problem in problems:
        place = problem.place
        where = " ".join(part for part in (place, problem.path) if part)
        colon = ": " if where and problem.path else " " if where else ""
        yield Line(f"{where}{colon}{problem.message}", tone="todo")
        if problem.excerpt.strip() and problem.column is not None:
            start = max(0, problem.column - _WIDEST_EXCERPT // 2)
            yield Line(problem.excerpt[start : start + _WIDEST_EXCERPT], 4)
            yield Line(" " * (problem.column - 1 - start) + "^", 4)
        if problem.hint:
            yield Line(problem.hint, 2)
