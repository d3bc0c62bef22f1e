"""questions.yaml: what people ask most, and what of the data answers it."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hsm_planner.knowledge.common import Text
from hsm_planner.requirements.base import Id, Strict

Show = Literal[
    "degrees", "takers", "rules", "assess", "plan", "levels", "pay", "grants", "intakes", "renewal", "moves", "open",
    "silent",
]  # fmt: skip


class Part(Strict):
    """One thing that is looked up. ``of``: ids of entries; a family of licences means that of the person's state.

    ``silent``: what the data does not have (``text``), with whom to ask (``ask``).
    """

    show: Show
    heading: Text | None = None
    of: tuple[Id, ...] = ()
    kinds: tuple[Id, ...] = ()  # of leaves, for ``rules``
    text: Text | None = None
    ask: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.show == "silent") != (self.text is not None and self.ask is not None):
            msg = "`text` and `ask` go with `show: silent`, and only with it"
            raise ValueError(msg)
        if not self.of and self.show not in ("silent", "levels", "open"):
            msg = f"`show: {self.show}` needs `of`"
            raise ValueError(msg)
        return self


class AskedQuestion(Strict):
    id: Id
    text: Text
    also: tuple[Text, ...] = ()  # as others put it
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]


class QuestionsFile(Strict):
    questions: tuple[AskedQuestion, ...]
