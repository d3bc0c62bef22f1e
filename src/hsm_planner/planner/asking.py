"""The questions that people ask most, answered by looking up, assessing and planning: nothing is said by heart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal

from hsm_planner.engine.result import CitedSource, Result
from hsm_planner.engine.sources import cited
from hsm_planner.knowledge.asked import AskedQuestion, Part
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.facts import Credential, Facts
from hsm_planner.planner.lookups import Lookups
from hsm_planner.planner.nature import nature, not_open, required
from hsm_planner.planner.personal import Personal
from hsm_planner.planner.takers import takers
from hsm_planner.planner.told import Told, unknown
from hsm_planner.profile.model import Profile
from hsm_planner.values.dates import Date


class AnswerPart(Result):
    heading: str | None
    told: tuple[Told, ...]


class Answered(Result):
    """The answer of ``ask``. ``personal``: a profile was given, and some of it is about that person.

    ``targets``: what it is about, where the question says so or the person; ``unread``: words that were not understood;
    ``beside``: questions on what else was asked.
    """

    schema_version: Literal["1"] = "1"
    command: Literal["ask"] = "ask"
    as_of: str
    overlays: tuple[str, ...]
    id: str
    question: str
    state: str | None
    targets: tuple[str, ...]
    unread: tuple[str, ...]
    beside: tuple[str, ...]
    personal: bool
    parts: tuple[AnswerPart, ...]
    sources: dict[str, CitedSource]


def answered(
    knowledge: Knowledge,
    question: AskedQuestion,
    profile: Profile | None,
    state: str | None,
    as_of: Date,
    *,
    targets: tuple[str, ...] = (),
    unread: tuple[str, ...] = (),
    beside: tuple[str, ...] = (),
) -> Answered:
    """The answer to a question, about some targets where it can be asked of any, for a person where one is given."""
    asking = _Asking(knowledge, profile, targets, state, as_of)
    parts = tuple(
        AnswerPart.model_construct(heading=part.heading, told=tuple(asking.told(part))) for part in question.parts
    )
    if closed := tuple(not_open(asking.lookups)):
        parts = (AnswerPart.model_construct(heading=None, told=closed), *parts)
    names = [name for part in parts for one in part.told for name in one.sources]
    return Answered.model_construct(
        as_of=as_of.isoformat(),
        overlays=knowledge.overlays,
        id=question.id,
        question=question.text,
        state=state,
        targets=targets,
        unread=unread,
        beside=beside,
        personal=profile is not None,
        parts=parts,
        sources=cited(knowledge, names),
    )


class _Asking:
    def __init__(
        self, knowledge: Knowledge, profile: Profile | None, targets: tuple[str, ...], state: str | None, as_of: Date
    ) -> None:
        self.lookups = Lookups(knowledge, targets, state, as_of)
        self.personal = Personal(self.lookups, profile)
        self.facts = Facts(knowledge, state, as_of)

    def told(self, part: Part) -> Iterator[Told]:
        """What a part comes to."""
        look, own, facts = self.lookups, self.personal, self.facts
        of_each: dict[str, Callable[[Credential], Iterator[Told]]] = {
            "exams": facts.exams, "fees": facts.fees, "renewal": facts.renewal, "moves": facts.moves,
            "intakes": facts.intakes, "starts": partial(facts.starts, part.words),
        }  # fmt: skip
        if part.show == "exams" and look.state is None:
            for name in look.ids(part):
                yield from facts.common_exams(name)
        if tell := of_each.get(part.show):
            for entry in look.credentials(part):
                yield from (entry,) if isinstance(entry, Told) else tell(entry)
            return
        looked_up: dict[str, Callable[[Part], Iterator[Told]]] = {
            "degrees": look.degrees, "takers": self._takers, "rules": look.rules,
            "levels": look.levels, "pay": look.pay, "grants": look.grants,
            "growth": look.growth, "namers": look.namers, "duties": look.described, "workplaces": look.described,
            "skills": look.described, "nature": partial(nature, look), "required": partial(required, look),
            "assess": own.assess, "ways": own.ways, "plan": own.plan, "open": own.open, "silent": self._silent,
        }  # fmt: skip
        yield from looked_up[part.show](part)

    def _takers(self, part: Part) -> Iterator[Told]:
        yield from takers(self.lookups.knowledge, part.of, self.lookups.as_of, self.lookups.state)

    @staticmethod
    def _silent(part: Part) -> Iterator[Told]:
        yield unknown(f"{part.text} Ask: {part.ask}.")
