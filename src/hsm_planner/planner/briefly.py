"""Another plan in short, and how it compares: so much sooner, so much dearer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hsm_planner.knowledge.store import Entry
from hsm_planner.planner.actions import Action
from hsm_planner.planner.figures import Bounds, PlanCost
from hsm_planner.planner.future import last_day, month_start
from hsm_planner.planner.made import Routes
from hsm_planner.planner.meaning import Reading
from hsm_planner.planner.model import Choice, Cost, Mode, Schedule
from hsm_planner.planner.result import Brief
from hsm_planner.planner.sequence import ordered
from hsm_planner.requirements.base import count
from hsm_planner.values.dates import Date

_NAMED = {"full-time": "full time", "part-time": "part time", "own-pace": "at the pace of your hours"}


class Briefly:
    """Tells plans of one person towards one target in short."""

    def __init__(self, origin: Date, entry: Entry) -> None:
        self.origin = origin
        self.entry = entry

    def finish(self, schedule: Schedule) -> Date:
        """The last day of the last action, or the first day in the target's post."""
        posts = [choice for choice in schedule.choices if choice.activity == f"post:{self.entry.id}"]
        if posts:
            return month_start(self.origin, posts[0].start)
        return last_day(self.origin, schedule.finish) if schedule.finish else self.origin

    def days(self, reading: Reading, choice: Choice) -> tuple[Date, Date]:
        """The first and the last day of an action: the same for one of no length."""
        months = 0 if reading.activity(choice).post else reading.mode(choice).months
        first = month_start(self.origin, choice.start)
        return first, last_day(self.origin, choice.start + months) if months else first

    def fields(
        self, routes: Routes, schedule: Schedule, known: frozenset[str], *, proven: bool, text: str
    ) -> dict[str, Any]:
        """What every other plan says of itself. ``known``: the activities of the plan itself."""
        reading = Reading(routes.problem, schedule)
        return {
            "text": text,
            "months": schedule.finish,
            "finish": self.finish(schedule).isoformat(),
            "cost_usd": cost_of(reading),
            "proven": proven and not routes.doubtful(schedule),
            "actions": tuple(self._brief(routes, reading, choice, known) for choice in ordered(reading, asked(routes))),
        }

    def _brief(self, routes: Routes, reading: Reading, choice: Choice, known: frozenset[str]) -> Brief:
        first, last = self.days(reading, choice)
        return Brief.model_construct(
            id=choice.activity,
            text=worded(routes.actions[choice.activity], reading.mode(choice)),
            start=first.isoformat(),
            end=last.isoformat(),
            new=choice.activity not in known,
        )


def worded(action: Action, mode: Mode) -> str:
    """An action with the pace in which it is done."""
    return action.text + (f", {_NAMED[mode.id]}" if action.kind == "degree" and mode.id in _NAMED else "")


def cost_of(reading: Reading) -> PlanCost:
    """What a plan costs, and which of its actions have a price that is not known."""
    return cost_of_all({one.activity: reading.cost_of(one) for one in reading.schedule.choices})


def cost_of_all(costs: Mapping[str, Cost]) -> PlanCost:
    """What some actions cost together, each by its id."""
    whole = sum(costs.values(), Cost())
    return PlanCost.model_construct(
        known_low=whole.low,
        known_high=whole.high,
        unpriced=tuple(name for name, one in costs.items() if one.unpriced),
        unknown_prices=whole.unpriced,
    )


def known(cost: Cost) -> Bounds | None:
    """What is known of a price; None: nothing."""
    nothing = cost.unpriced and not cost.high
    return None if nothing else Bounds.model_construct(low=cost.low, high=cost.high)


def asked(routes: Routes) -> frozenset[str]:
    """What is to be confirmed: it is told first."""
    return frozenset(name for name, action in routes.actions.items() if action.kind == "confirm")


def compared(reading: Reading, than: Reading, *, proven: bool = True) -> str:
    """How a plan differs from another in time and money: ``7 months sooner, $4,000 dearer``; "" where it does not."""
    most = "" if proven else "at most "
    later = reading.schedule.finish - than.schedule.finish
    parts = [f"{most}{count(later, 'months')} later"] if later > 0 else []
    parts += [f"{count(-later, 'months')} sooner"] if later < 0 else []
    cost, old = reading.cost(), than.cost()
    known = " by the known prices" if cost.unpriced or old.unpriced else ""
    unknown = cost.unpriced - old.unpriced
    parts += [f"{most}{_between(old, cost)} dearer{known}"] if cost.low > old.low else []
    less = f"{_between(cost, old)} {'less' if unknown > 0 else 'cheaper'}{known}"
    parts += [less] if cost.low < old.low else []
    more = f"{count(unknown, 'prices')} more not known"
    parts += [f"{more}, so perhaps not cheaper" if cost.low < old.low else more] if unknown > 0 else []
    parts += [f"{count(-unknown, 'prices')} fewer not known"] if unknown < 0 else []
    away = _away(reading) - _away(than)
    parts += [f"{count(away, 'months')} more without the pay of a post"] if away > 0 else []
    parts += [f"{count(-away, 'months')} fewer without the pay of a post"] if away < 0 else []
    return ", ".join(parts)


def in_its_place(reading: Reading, than: Reading, routes: Routes, *, proven: bool) -> str:
    """How a plan that takes the place of another differs from it, and on how many further answers it rests."""
    text = compared(reading, than, proven=proven) or "another way, as soon and as cheap"
    more = len(asked(routes) & reading.chosen.keys() - than.chosen.keys())
    return text + (f", if {count(more, 'further answers')} {'is' if more == 1 else 'are'} yes" if more else "")


def _away(reading: Reading) -> int:
    """Months in which something takes the place of a post."""
    return sum(reading.mode(one).months for one in reading.schedule.choices if reading.activity(one).occupies)


def _between(less: Cost, more: Cost) -> str:
    """The difference of two prices: at the low ends, and at the high ends where that is more."""
    low, high = more.low - less.low, more.high - less.high
    return f"${low:,} to ${high:,}" if high > low else f"${low:,}"
