"""The problem made for one person, with what stands behind each of its activities."""

from __future__ import annotations

from collections.abc import Mapping

from hsm_planner.planner.actions import Action
from hsm_planner.planner.model import Problem, Schedule
from hsm_planner.requirements.base import Leaf
from hsm_planner.values.record import record


@record
class Routes:
    """The problem with the actions behind its activities, and what no action can close."""

    problem: Problem
    actions: Mapping[str, Action]
    uses: Mapping[str, frozenset[str]]  # the assumptions behind each action
    dead: tuple[Leaf, ...]
    left_out: tuple[tuple[str, str], ...]  # (what, why)
    cut: bool = False  # some leaf could be closed by more posts than were tried

    def doubtful(self, schedule: Schedule) -> bool:
        """Whether a plan rests on what was not read, or on what few can say of themselves: it is not proven then."""
        return any(self.actions[choice.activity].doubtful for choice in schedule.choices)
