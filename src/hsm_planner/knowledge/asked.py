"""questions.yaml: what people ask most, in which words, and what of the data answers it."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hsm_planner.knowledge.common import Text
from hsm_planner.requirements.base import Id, Strict

Show = Literal[
    "degrees", "takers", "rules", "starts", "assess", "ways", "plan", "levels", "pay", "grants", "intakes", "exams",
    "fees", "renewal", "moves", "open", "growth", "namers", "duties", "workplaces", "skills", "nature",
    "required", "silent",
]  # fmt: skip
_OF_FIELD = ("duties", "workplaces", "skills")  # of these managers as a whole, whichever post is named
_OF_ALL = ("levels", *_OF_FIELD)  # they say the same of every post
_OF_NOTHING = (*_OF_ALL, "silent", "open")
TARGET = "target"  # in ``of``: what the words name, or else what the person wants to become


class Part(Strict):
    """One thing that is looked up. ``of``: ids of entries; a family of licences means that of the person's state.

    ``named_first``: what the words name takes the place of ``of``. ``silent``: what the data does not have (``text``),
    with whom to ask (``ask``).
    """

    show: Show
    heading: Text | None = None
    of: tuple[Id, ...] = ()
    named_first: bool = False
    kinds: tuple[Id, ...] = ()  # of leaves, for ``rules``, ``ways`` and ``assess``; none: all
    words: tuple[Text, ...] = ()  # only leaves that speak of these, for ``rules``
    text: Text | None = None
    ask: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.show == "silent") != (self.text is not None and self.ask is not None):
            msg = "`text` and `ask` go with `show: silent`, and only with it"
            raise ValueError(msg)
        if not self.of and self.show not in _OF_NOTHING:
            msg = f"`show: {self.show}` needs `of`"
            raise ValueError(msg)
        return self

    @property
    def fixed(self) -> bool:
        """Whether it says the same of whatever the words name."""
        return (bool(self.of) or self.show in _OF_ALL) and not self.named_first and TARGET not in self.of


class AskedQuestion(Strict):
    """``means``: ideas that, found together in somebody's words, make them this question.

    ``only_of``: it is meant only where the words name one of these. ``comes_from``: where people come from who ask it,
    so never what it is about. ``instead``: the question to answer where nobody
    said what it is about.
    """

    id: Id
    text: Text
    also: tuple[Text, ...] = ()  # as others put it
    means: tuple[Annotated[tuple[Id, ...], Field(min_length=1)], ...] = ()
    only_of: tuple[Id, ...] = ()
    comes_from: tuple[Id, ...] = ()
    instead: Id | None = None
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]

    @property
    def needs_target(self) -> bool:
        return any(TARGET in part.of for part in self.parts)

    def speaks_of(self, named: frozenset[str]) -> bool:
        """Whether what the words name can be what this question is about."""
        if self.only_of:
            return bool(named) and named <= frozenset(self.only_of)
        open_ = self.needs_target or any(part.named_first or part.show in _OF_FIELD for part in self.parts)
        return open_ or named <= {name for part in self.parts if part.fixed for name in part.of}


class Idea(Strict):
    """Something that words can speak of. ``shade``: it asks for nothing by itself."""

    id: Id
    words: Annotated[tuple[Text, ...], Field(min_length=1)]
    shade: bool = False


class EverydayName(Strict):
    """What people call some targets, beside the names in the entries. ``vague``: in a question, not as a target."""

    name: Text
    vague: bool = False
    of: Annotated[tuple[Id, ...], Field(min_length=1)]


class Wording(Strict):
    """How words are read. ``own_...``: what stands beside the name of a post or licence that somebody has already."""

    little: tuple[Text, ...]  # words that carry nothing here
    own_before: tuple[Text, ...]
    target_before: tuple[Text, ...]  # two words, the second of which would else say that it is one's own
    own_with: tuple[Text, ...]  # where another post or licence is named besides
    own_after: tuple[Text, ...]
    own_then: tuple[Text, ...]  # the same, where another post or licence is named later
    beside: tuple[Text, ...]  # what may stand between those and the name
    from_to: Id  # the idea of words that only name what somebody is and wants to become
    called: tuple[EverydayName, ...]
    ideas: tuple[Idea, ...]


class QuestionsFile(Strict):
    wording: Wording
    questions: tuple[AskedQuestion, ...]
