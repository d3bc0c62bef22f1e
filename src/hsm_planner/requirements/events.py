"""Days of one's own from which, or up to which, things count: stages of an application, the award of a degree."""

from typing import Any, Literal, Self

from pydantic import GetJsonSchemaHandler, model_validator

from hsm_planner.requirements.base import Context, Id, Strict
from hsm_planner.requirements.credits import EDUCATION, awarded
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.values.dates import DAY, LONG_AGO, Date
from hsm_planner.values.evidence import Question
from hsm_planner.values.record import record
from hsm_planner.values.timeline import Application
from hsm_planner.values.truth import Strength

_STAGES = {"application": "submitted"}


class Event(Strict):
    """A day of one's own.

    ``application``, ``registered``, ``approved``, ``purchased`` are stages of the application for the target;
    ``degree`` is the award of the earliest degree of a level (and fields).
    """

    event: Literal["application", "registered", "approved", "purchased", "degree"]
    level: Id | None = None
    fields: tuple[Id, ...] = ("any",)

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        return {"event": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The schema with the short form: the name alone."""
        made = handler(core)
        own = handler.resolve_ref_schema(made)
        whole = dict(own)
        own.clear()
        own["anyOf"] = [{"enum": [name for name in whole["properties"]["event"]["enum"] if name != "degree"]}, whole]
        return made

    @model_validator(mode="after")
    def _level(self) -> Self:
        if (self.event == "degree") != (self.level is not None):
            msg = "a degree event needs `level`, the others take none"
            raise ValueError(msg)
        return self

    def words(self) -> str:
        """The event as the end of a sentence."""
        return {
            "application": "the application",
            "registered": "the registration with the board",
            "approved": "the approval",
            "purchased": "the purchase of the application",
            "degree": "the degree",
        }[self.event]


@record
class EventDay:
    """When an event happened, as far as known.

    ``earliest`` None: it did not happen. ``latest`` None beside a day: it may not have happened. ``silent``: the
    profile has no word on it at all.
    """

    earliest: Date | None
    latest: Date | None
    question: Question | None = None
    silent: bool = False

    def counts_from(self, *, certain: bool) -> Date | None:
        """The first day after the event (certainly, or perhaps); None: no day comes after it."""
        day = self.latest if certain else self.earliest
        return None if day is None else day + DAY


def _unsaid(question: Question) -> EventDay:
    return EventDay(LONG_AGO, None, question, silent=True)


def event_day(event: Event, context: Context) -> EventDay:
    """The day of an event, up to ``as_of``."""
    if event.event == "degree":
        return _degree_day(event, context)
    timeline = context.timeline
    text = f"Has {event.words()} happened, and on which day?"
    question = Question("applications", text, "Only what lies on one side of that day counts.")
    if timeline.applications is None:
        return _unsaid(question)
    stage = _STAGES.get(event.event, event.event)
    days = [
        application.stages[stage]
        for application in timeline.applications
        if application.target in _own_names(context) and stage in application.stages and _good(application, context)
    ]
    past = [day for day in days if day.earliest <= context.as_of]
    if not past:
        return EventDay(None, None)
    first = min(past, key=lambda day: day.earliest)
    return EventDay(first.earliest, first.latest, None if first.earliest == first.latest else question)


def _own_names(context: Context) -> set[str]:
    """What an application for the target may be called: its id, or the family of a licence."""
    target = context.timeline.target.id
    facts = context.vocabulary.credentials.get(target)
    return {target, facts.family} if facts else {target}


def _good(application: Application, context: Context) -> bool:
    """Whether the application has not run out by the day."""
    return application.expires is None or application.expires.latest >= context.as_of


def _degree_day(event: Event, context: Context) -> EventDay:
    """The award of the earliest degree that fits; a degree that may fit makes it uncertain."""
    if context.timeline.degrees is None:
        return _unsaid(EDUCATION)
    leaf = DegreeLeaf.model_construct(id="event", level=event.level or "", fields=event.fields)
    possible: list[Date] = []
    certain: list[Date] = []
    question: Question | None = None
    for degree in context.timeline.degrees:
        claim = leaf.claim(degree, context)
        if claim.strength is Strength.NONE or not awarded(degree, context, certain=False):
            continue
        possible.append(degree.awarded.earliest if degree.awarded else LONG_AGO)
        if claim.strength.counts(confirmed=context.confirmed) and awarded(degree, context, certain=True):
            certain.append(degree.awarded.latest if degree.awarded else context.as_of)
        else:
            question = next(iter(claim.open_questions()), question)
        if degree.awarded is None or not degree.awarded.exact:
            question = question or Question(f"{degree.pointer}.awarded", f"When was this awarded: {degree.text}?")
    return EventDay(min(possible, default=None), min(certain, default=None), question)
