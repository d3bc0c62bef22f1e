"""What every node of a rule has, and what every leaf must be able to do."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.amounts import Range
from hsm_planner.values.dates import Date, PartialDate
from hsm_planner.values.evidence import Evidence, Question
from hsm_planner.values.lengths import Length
from hsm_planner.values.record import record
from hsm_planner.values.timeline import Timeline
from hsm_planner.values.truth import Status

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$")]
StateCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Confidence = Literal["high", "medium", "low"]
AskedBy = Literal["law", "issuer", "employers", "ours"]
Positive = Annotated[float, Field(gt=0)]
Dimension = Literal["education", "experience", "license", "other"]


def _day(value: object) -> Date:
    if isinstance(value, Date):
        return value
    partial = PartialDate.parse(value)
    if partial.day is None:
        msg = f"{value!r} must be a whole day, like 2019-09-15."
        raise ValueError(msg)
    return partial.as_event().earliest


Day = Annotated[Date, BeforeValidator(_day), PlainSerializer(lambda day: day.isoformat(), when_used="json")]


class Strict(BaseModel):
    """Unknown keys are refused; values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, protected_namespaces=())


class Span(Strict):
    """A length in exactly one unit."""

    years: Positive | None = None
    months: Positive | None = None
    days: Annotated[int, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if sum(unit is not None for unit in (self.years, self.months, self.days)) != 1:
            msg = "give exactly one of years, months, days"
            raise ValueError(msg)
        if self.length.months != (self.years or 0) * 12 + (self.months or 0):
            msg = "must be whole months"
            raise ValueError(msg)
        return self

    @property
    def length(self) -> Length:
        return Length(months=int((self.years or 0) * 12 + (self.months or 0)), days=self.days or 0)

    def words(self) -> str:
        for unit in ("years", "months", "days"):
            value = getattr(self, unit)
            if value is not None:
                return count(value, unit)
        raise AssertionError


class Guard(Strict):
    """To whom a node applies: looks at the target, never at what the person has."""

    states: tuple[StateCode, ...] = ()
    not_states: tuple[StateCode, ...] = ()
    beds_at_least: int | None = None
    beds_at_most: int | None = None
    settings: tuple[Id, ...] = ()
    hired_from: Day | None = None
    hired_before: Day | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            msg = "a guard needs at least one condition"
            raise ValueError(msg)
        return self

    @property
    def by_state_alone(self) -> bool:
        """Whether the state decides it."""
        sized = self.beds_at_least is not None or self.beds_at_most is not None
        return not (sized or self.settings or self.hired_from or self.hired_before)

    def words(self, vocabulary: Vocabulary) -> str:
        """To whom it applies, as the end of a sentence."""
        parts: list[str] = []
        if self.states:
            parts.append("in " + listed([vocabulary.label("state", state) for state in self.states]))
        if self.not_states:
            parts.append("not in " + listed([vocabulary.label("state", state) for state in self.not_states]))
        parts += [f"from {self.beds_at_least} beds on"] if self.beds_at_least is not None else []
        parts += [f"up to {self.beds_at_most} beds"] if self.beds_at_most is not None else []
        parts += [f"in a {vocabulary.label('setting', setting)}" for setting in self.settings]
        parts += [f"for those hired from {self.hired_from} on"] if self.hired_from else []
        parts += [f"for those hired before {self.hired_before}"] if self.hired_before else []
        return ", ".join(parts)


class Node(Strict):
    """What combinators and leaves have in common. ``delicate``: what it asks of a person may be left unsaid."""

    delicate: ClassVar[bool] = False

    id: Id
    sources: tuple[Id, ...] = ()
    confidence: Confidence | None = None
    asked_by: AskedBy | None = None
    ask: str | None = None
    note: str | None = None
    when: Guard | None = None
    effective_from: Day | None = None
    effective_until: Day | None = None
    usual: bool | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.effective_from and self.effective_until and self.effective_from > self.effective_until:
            msg = "effective_from lies after effective_until: a reversed date"
            raise ValueError(msg)
        return self

    @property
    def unusual(self) -> bool:
        """A way that few people have: while unknown it gives no hope."""
        return self.usual is False

    def in_force(self, as_of: Date) -> bool:
        """Whether the node is part of the rule on that day."""
        return (self.effective_from or Date.min) <= as_of <= (self.effective_until or Date.max)

    def concerns(self, as_of: Date, state: str | None) -> bool:
        """Whether the node is in force on that day, and may speak of a state (None: of any)."""
        when = self.when
        elsewhere = state is not None and when is not None and (
            state in when.not_states or (bool(when.states) and state not in when.states)
        )  # fmt: skip
        return self.in_force(as_of) and not elsewhere


@record
class Context:
    """What a leaf is evaluated against. ``confirmed``: guesses are granted, usual statements answered yes."""

    timeline: Timeline
    as_of: Date
    vocabulary: Vocabulary
    confirmed: bool = False


@record
class Outcome:
    """What a leaf came to. Numbers are in ``unit``; ``parts`` are amounts that must all hold."""

    status: Status
    have: Range | None = None
    need: Range | None = None
    unit: str | None = None
    evidence: tuple[Evidence, ...] = ()
    questions: tuple[Question, ...] = ()
    parts: tuple["Part", ...] = ()


@record
class Part:
    """One amount inside a leaf, with the id and the words of a finding of its own."""

    id: str
    text: str
    outcome: Outcome


class Leaf(Node):
    """Something asked that is not made of other nodes."""

    def outcome(self, context: Context) -> Outcome:
        """Evaluate against a timeline on a day."""
        raise NotImplementedError(type(self).__name__)

    def sentence(self, vocabulary: Vocabulary) -> str:
        """The rule in words, without a full stop."""
        raise NotImplementedError(type(self).__name__)

    @property
    def bare(self) -> bool:
        """Whether the leaf names no amount, so that it may stand for one that was not found."""
        return getattr(self, "at_least", None) is None


def number(value: Any) -> str:
    """A number as people write it: at most two decimals, thousands with a comma."""
    text = f"{float(value):,.2f}"
    return text.rstrip("0").rstrip(".")


_SINGULAR = {
    "questions": "question",
    "targets": "target",
    "more steps": "more step",
    "more points": "more point",
    "plans": "plan",
    "years": "year",
    "months": "month",
    "weeks": "week",
    "days": "day",
    "hours": "hour",
    "credits": "credit",
    "sources": "source",
    "points": "point",
    "prices": "price",
    "attempts": "attempt",
    "posts": "post",
    "facts": "fact",
    "further answers": "further answer",
}


def count(value: Any, unit: str) -> str:
    """A number with its unit: ``1 year``, ``18 months``."""
    return f"{number(value)} {_SINGULAR.get(unit, unit) if value == 1 else unit}"


def listed(items: list[str], word: str = "or") -> str:
    """Items in words: ``a, b or c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
