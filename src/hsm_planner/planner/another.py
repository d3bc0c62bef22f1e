"""The plan in other circumstances: in another state, with credits that a college takes, with less or more to study."""

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
from hsm_planner.planner.programmes import LEFT, TRANSFERRED, is_begun, loose_credits
from hsm_planner.planner.result import AskFirst, Elsewhere, OtherPlan
from hsm_planner.requirements.base import count, listed
from hsm_planner.values.record import replace

LEAST_CHANGE = 3  # months: what is worth telling
_SHARES_LEFT = (25, 75)  # percent of a degree under way, that are tried beside what is assumed


def beside(briefly: Briefly, found: Found, schedule: Schedule, than: Reading, what: str) -> dict[str, Any]:
    """What another plan says of itself beside the plan, ``than``."""
    proven = found.solution.status in ("optimal", "done")
    difference = compared(Reading(found.routes.problem, schedule), than, proven=proven)
    text = f"{what[:1].upper()}{what[1:]}: {difference or 'as soon and as cheap'}."
    return briefly.fields(found.routes, schedule, frozenset(than.chosen), proven=proven, text=text)


def by_other_degrees(found: Found, schedule: Schedule, than: Reading) -> str:
    """The degrees in a plan that take the place of others in the plan beside which it is told, to say how it goes."""
    there = {one.activity for one in schedule.choices}
    new, gone = (
        [
            action.text
            for name in sorted(names)
            if (action := found.routes.actions.get(name)) and action.kind == "degree"
        ]
        for names in (there - than.chosen.keys(), than.chosen.keys() - there)
    )
    return f", with {' and '.join(new)} in place of {' and '.join(gone)}" if new and gone else ""


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
    what = f"if a college takes all {count(held, 'credits')} of your degree (--assume {TRANSFERRED}={held})"
    plan = _assuming(planner, reading, TRANSFERRED, held, what)
    if plan is not None:
        text = f"Before you enrol, ask the colleges in question how many of your {held} credits they take."
        yield AskFirst.model_construct(about="credits", text=text, leaves=(), notes=(), plans=(plan,), sources=())


def left_to_study(planner: Planner, reading: Reading, routes: Routes) -> Iterator[AskFirst]:
    """What to ask about degrees under way of which no end is written, and the plan if less or more of them is left."""
    begun = [routes.actions[name].text.partition(": ")[2] for name in reading.chosen if is_begun(name)]
    if not begun:
        return
    said = planner.numbers(LEFT)
    plans = [
        _assuming(planner, reading, LEFT, left, f"if {left} % is left (--assume {LEFT}={left})")
        for left in _SHARES_LEFT
        if left != said
    ]
    text = (
        f"Ask your school how much is left of: {listed(begun, 'and')}. Write its last month as `expected` in your "
        f"profile; here {float(said):g} % is assumed."
    )
    kept = tuple(plan for plan in plans if plan is not None)
    yield AskFirst.model_construct(about="begun", text=text, leaves=(), notes=(), plans=kept, sources=())


def _assuming(planner: Planner, reading: Reading, name: str, value: int, what: str) -> OtherPlan | None:
    """The plan with another number assumed; None where none is found, or it ends about the same month."""
    assumed = replace(planner.wishes, assume={**(planner.wishes.assume or {}), name: value})
    there = Planner(planner.profile, planner.knowledge, planner.goal, planner.as_of, assumed)
    found = there.search(planner.limits, most_nodes=planner.wishes.most_nodes // 2)
    schedule = there.replayed(found)
    if schedule is None or abs(schedule.finish - reading.schedule.finish) < LEAST_CHANGE:
        return None
    return OtherPlan.model_construct(**beside(there.teller.briefly, found, schedule, reading, what))
