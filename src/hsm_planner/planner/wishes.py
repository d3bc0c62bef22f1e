"""What a person asks of a plan, and what of it can be given up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hsm_planner.engine.assess import Goal
from hsm_planner.planner.actions import Numbers
from hsm_planner.planner.clash import Limit
from hsm_planner.planner.search import MOST_NODES, Objective
from hsm_planner.planner.ways import Limits
from hsm_planner.profile.model import Constraints, Profile
from hsm_planner.requirements.base import count
from hsm_planner.values.dates import Date
from hsm_planner.values.record import record

STUDY_HOURS = "study-hours"  # the id of that limit
HORIZON = "horizon-months"  # the id of that limit, and of the assumption that sets it
MANY_HOURS = 60  # of study in a week, when the person's own limit is lifted


@record
class Wishes:
    """What the person asks of a plan. None: as the profile's ``constraints`` or the assumptions say."""

    objective: Objective = "fastest"
    study_hours: int | None = None
    stop_working: bool = False
    budget: int | None = None
    by: Date | None = None
    with_: tuple[frozenset[str], ...] = ()  # one of each
    without: frozenset[str] = frozenset()
    assume: Mapping[str, float] | None = None
    most_nodes: int = MOST_NODES
    alternatives: int | None = None  # so many, and what would make it sooner; None: the plan alone
    ask_first: bool = False  # also where the plan stands alone: what to ask before its steps
    beside: tuple[
        Goal, ...
    ] = ()  # targets asked for in the same breath: of equal degrees one that serves them is taken
    taken: frozenset[str] = frozenset()  # programmes that plans to those have: of equal degrees, these
    elsewhere: tuple[str, ...] = ()  # states to plan in as well

    @property
    def questions(self) -> bool:
        """Whether what to ask before the steps is worked out."""
        return self.ask_first or self.alternatives is not None

    def limits(self, profile: Profile, numbers: Numbers) -> Limits:
        """The limits by these wishes, the profile's ``constraints`` and the assumptions, in this order; no dates."""
        own = profile.constraints or Constraints()
        stop = self.stop_working or own.keep_working is False
        beside = own.study_hours_per_week if stop or self.study_hours is None else self.study_hours
        free = own.study_hours_if_not_working if self.study_hours is None else self.study_hours
        hours = numbers.whole("study-hours-per-week") if beside is None else int(beside)
        if stop and free is not None and (beside is None or self.study_hours is not None):
            hours = min(hours, int(free))  # who names few hours without a post has no more of them beside one
        free_hours = numbers.whole("study-hours-if-not-working") if stop and free is None else int(free or 0)
        budget = self.budget
        if budget is None and own.budget_usd is not None:
            budget = int(own.budget_usd)
        return Limits(
            hours,
            budget,
            without=self.without,
            horizon=numbers.whole(HORIZON),
            free_hours=max(hours, free_hours) if stop else None,
            hours_assumed=(free if stop else beside) is None,
        )

    def named(self, limits: Limits) -> Iterator[Limit]:
        """Everything that the person sets, one by one."""
        assumed = ", which we assume" if limits.hours_assumed else ""
        yield Limit(
            STUDY_HOURS,
            f"{limits.most_hours} hours of study a week{assumed}",
            f"with up to {MANY_HOURS} hours of study a week",
        )
        if HORIZON in (self.assume or {}):
            yield Limit(
                HORIZON, f"the {count(limits.horizon, 'months')} that a plan looks ahead", "looking further ahead"
            )
        if limits.budget is not None:
            yield Limit("budget", f"at most ${limits.budget:,}", f"with more than ${limits.budget:,}")
        if self.by is not None:
            yield Limit("by", f"by {self.by.isoformat()}", f"later than {self.by.isoformat()}")
        for name in sorted(self.without):
            yield Limit(f"without:{name}", f"without {name}", f"if {name} may be in it")
        for names in map(sorted, self.with_):
            either = " or ".join(names)
            yield Limit(f"with:{' '.join(names)}", f"with {either}", f"if {either} need not be in it")
