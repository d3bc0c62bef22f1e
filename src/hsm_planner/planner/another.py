"""The plan in other circumstances: in another state, or with a college that takes the credits of a degree held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hsm_planner.planner.briefly import Briefly, compared
from hsm_planner.planner.clash import Found
from hsm_planner.planner.goals import in_state
from hsm_planner.planner.made import Routes
from hsm_planner.planner.meaning import Reading
from hsm_planner.planner.model import Schedule
from hsm_planner.planner.person import Planner
from hsm_planner.planner.programmes import TRANSFERRED, loose_credits
from hsm_planner.planner.result import AskFirst, Elsewhere, OtherPlan
from hsm_planner.requirements.base import count
from hsm_planner.values.record import replace

LEAST_CHANGE = 3  # months: what is worth telling


def beside(briefly: Briefly, found: Found, schedule: Schedule, than: Reading, what: str) -> dict[str, Any]:
    """What another plan says of itself beside the plan, ``than``."""
    proven = found.solution.status in ("optimal", "done")
    difference = compared(Reading(found.routes.problem, schedule), than, proven=proven)
    text = f"{what[:1].upper()}{what[1:]}: {difference or 'as soon and as cheap'}."
    return briefly.fields(found.routes, schedule, frozenset(than.chosen), proven=proven, text=text)


def elsewhere(planner: Planner, reading: Reading) -> Iterator[Elsewhere]:
    """The plan towards the same target in each state that was asked for, by the rules of that state."""
    states = planner.knowledge.words.states
    own = f" instead of {states[planner.target.state]}" if planner.target.state else ""
    for state in planner.wishes.elsewhere:
        goal = in_state(planner.knowledge, planner.goal, state)
        there = Planner(planner.profile, planner.knowledge, goal, planner.as_of, planner.wishes)
        found = there.best()
        schedule = there.replayed(found)
        what, plan, status = f"in {states[state]}{own}", None, found.solution.status
        text = f"{what[:1].upper()}{what[1:]}: no plan was found."
        if schedule is not None:
            fields = beside(there.teller.briefly, found, schedule, reading, what)
            status = "feasible" if status == "optimal" and found.routes.doubtful(schedule) else status
            plan, text = OtherPlan.model_construct(**fields), fields["text"]
        yield Elsewhere.model_construct(state=state, place=states[state], text=text, status=status, plan=plan)


def credits_taken(planner: Planner, reading: Reading, routes: Routes) -> Iterator[AskFirst]:
    """What to ask colleges about credits of a lower degree held, and the plan if they take all; none are assumed."""
    programmes = [
        planner.knowledge.programme(action.target or "")
        for name in reading.chosen
        if (action := routes.actions[name]).kind == "degree" and not action.shortened
    ]
    present, vocabulary = planner.probes.present, planner.knowledge.vocabulary
    held = max((loose_credits(present, vocabulary, one) for one in programmes if one is not None), default=0)
    if held <= planner.numbers(TRANSFERRED):
        return
    assumed = replace(planner.wishes, assume={**(planner.wishes.assume or {}), TRANSFERRED: held})
    there = Planner(planner.profile, planner.knowledge, planner.goal, planner.as_of, assumed)
    found = there.search(planner.limits, most_nodes=planner.wishes.most_nodes // 2)
    schedule = there.replayed(found)
    if schedule is not None and abs(schedule.finish - reading.schedule.finish) >= LEAST_CHANGE:
        what = f"if a college takes all {count(held, 'credits')} of your degree (--assume {TRANSFERRED}={held})"
        fields = beside(there.teller.briefly, found, schedule, reading, what)
        yield AskFirst.model_construct(
            about="credits",
            text=f"Before you enrol, ask the colleges in question how many of your {held} credits they take.",
            leaves=(),
            notes=(),
            plans=(OtherPlan.model_construct(**fields),),
            sources=(),
        )
