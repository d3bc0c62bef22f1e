"""The one entry that a name on the command line means."""

from __future__ import annotations

from hsm_planner.knowledge.names import Named, find, find_exam
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.values.problems import did_you_mean, failure


def of_state(match: Named, state: str | None) -> Named:
    """The same target, where it is not of another state than the one that was given with it.

    Raises:
        InputError: when it is.
    """
    if state and match.state not in (None, state.upper()):
        text = f"{match.id} is of {match.state}, not of {state.upper()}."
        raise failure("clash", text, hint="Leave --state out, or name the other.")
    return match


def state_known(knowledge: Knowledge, state: str | None) -> None:
    """Raise when a state code is none."""
    if state is not None and state not in knowledge.words.states:
        named = next((code for code, name in knowledge.words.states.items() if name.lower() == state.lower()), None)
        hint = (
            f"Write {named}." if named else did_you_mean(state, knowledge.words.states) or "Write two letters, like OH."
        )
        raise failure("unknown-id", f"there is no state {state!r}.", hint=hint)


def target_named(knowledge: Knowledge, name: str, state: str | None) -> Named:
    """The target of that name; a state tells the licences of one family apart.

    Raises:
        InputError: when the name is not known, or stands for several, with the nearest names.
    """
    state_known(knowledge, state)
    found = find(knowledge, name, state=state)
    if found.missing_state:
        text = f"we have no rule of {name!r} for {knowledge.words.states[found.missing_state]} yet."
        raise failure("unknown-id", text, hint=f"We have: {', '.join(found.nearest)}.")
    if not found.matches:
        if (exam := find_exam(knowledge, name)) is not None:
            text = f"{name!r} is an examination, not a target."
            hint = f"Name the licence or certification that asks it: hsm-plan show {exam} lists them."
            raise failure("unknown-id", text, hint=hint)
        lists = "See `hsm-plan roles`, `hsm-plan certifications` and `hsm-plan licenses`."
        near = f"Near: {', '.join(found.nearest)}. {lists}" if found.nearest else lists
        raise failure("unknown-id", f"we know no target {name!r}.", hint=near)
    if len(found.matches) > 1:
        names = ", ".join(f"{match.id} ({match.title})" for match in found.matches)
        states = " Or add --state." if any(match.state for match in found.matches) else ""
        raise failure("ambiguous", f"{name!r} can be several.", hint=f"Name one: {names}.{states}")
    return found.matches[0]
