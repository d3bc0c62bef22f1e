"""Targets that lie nearer than those asked for, as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hsm_planner.planner.result import Nearer, Plan
from hsm_planner.report.lines import Line
from hsm_planner.report.moments import when
from hsm_planner.report.money import cost_text
from hsm_planner.requirements.base import count


def nearer_lines(plan: Plan) -> Iterator[Line]:
    """Those beside one plan."""
    return nearer_of(plan.nearer, {plan.goal.id: plan.goal.title})


def nearer_of(nearer: Sequence[Nearer], titles: Mapping[str, str]) -> Iterator[Line]:
    """Targets that nobody asked for, and what a post there does not count towards."""
    if not nearer:
        return
    yield Line()
    yield Line("Nearer, though you did not ask for it", tone="title")
    for one in nearer:
        moment = f"{when(one.finish, one.months)} ({count(one.months, 'months')})"
        yes = (
            f", if {one.answers} answers are yes"
            if one.answers > 1
            else ", if one answer is yes"
            if one.answers
            else ""
        )
        away = f", {count(one.away, 'months')} of it without the pay of a post" if one.away else ""
        parts = [f"{one.title}: {moment}; {cost_text(one.cost_usd)}{away}{yes}."]
        where = "in posts that ask it" if one.kind == "license" else "in such a post"
        for names, word in ((one.counts_not_towards, "does not count"), (one.counts_towards, "counts")):
            asked = " and ".join(titles[name] for name in names)
            parts += [f"Time {where} {word} for the experience that is asked for: {asked}."] if names else []
        if one.by_wish:
            parts.append(f"Not all that it asks was read, so no plan goes by it unasked; --with {one.id} puts it in.")
        yield Line(" ".join(parts), 2, "- ")
