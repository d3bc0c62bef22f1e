"""How far the sources of an entry go: how sure it is, where they differ, what was not found; of a state and of all."""

from collections.abc import Iterable

from hsm_planner.engine.result import Standing
from hsm_planner.knowledge.models import License
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.values.timeline import Target


def standing(
    knowledge: Knowledge, entry: Entry, state: str | None, *, each: bool = False, beneath: Iterable[Target] = ()
) -> Standing:
    """How far the sources of an entry go, and of the licences ``beneath`` it whose rules are looked at.

    Of a licence that all states give: what the state named adds, before what all have in common. ``each``: where no
    state is named, what is said of each, led by its name.
    """
    states = entry.states if isinstance(entry, License) else ()
    names = knowledge.words.states
    own = next((rule for rule in states if rule.state == state), None)
    told = [("", own)] if own else [(f"{names[rule.state]}: ", rule) for rule in states if each and state is None]
    below = ((knowledge.license(one.id), one.state) for one in dict.fromkeys(beneath))
    return Standing.model_construct(
        confidence=entry.confidence,
        place=names[state] if states and state is not None else None,
        place_confidence=own.confidence if own else None,
        conflicts=(*(f"{lead}{text}" for lead, rule in told for text in rule.conflicts), *entry.conflicts),
        gaps=(*(f"{lead}{text}" for lead, rule in told for text in rule.gaps), *entry.gaps),
        beneath={one.title: standing(knowledge, one, place) for one, place in below if one is not None},
    )
