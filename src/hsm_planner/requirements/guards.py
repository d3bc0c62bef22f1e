"""Whether a node applies to a target; and the days on which events of an application happened."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from hsm_planner.requirements.base import Context, Guard, Id, Strict
from hsm_planner.values.dates import Date, DateRange
from hsm_planner.values.evidence import Question

STATE_QUESTION = Question("target.state", "In which state do you want to work?", "The rule differs by state.")
_BEDS_QUESTION = Question("target.beds", "How many beds does the facility have?", "The rule differs by size.")
_SETTING_QUESTION = Question(
    "target.setting", "In what kind of place do you want to work?", "The rule differs by kind of place."
)


def applies(guard: Guard, context: Context) -> tuple[bool | None, tuple[Question, ...]]:
    """True, False, or None with the questions that would tell."""
    target = context.timeline.target
    answers: list[bool | None] = []
    questions: list[Question] = []
    for wanted, given, question, fits in (
        (guard.states, target.state, STATE_QUESTION, target.state in guard.states),
        (guard.not_states, target.state, STATE_QUESTION, target.state not in guard.not_states),
        (guard.settings, target.setting, _SETTING_QUESTION, target.setting in guard.settings),
    ):
        if wanted:
            answers.append(fits if given is not None else None)
            questions += [question] if given is None else []
    if guard.beds_at_least is not None or guard.beds_at_most is not None:
        beds = target.beds
        answers.append(None if beds is None else (guard.beds_at_least or 0) <= beds <= (guard.beds_at_most or beds))
        questions += [_BEDS_QUESTION] if beds is None else []
    if guard.hired_from or guard.hired_before:
        fits_hire, hire_questions = _hired(guard, context)
        answers.append(fits_hire)
        questions += hire_questions
    if False in answers:
        return False, ()
    return (None, tuple(questions)) if None in answers else (True, ())


def _hired(guard: Guard, context: Context) -> tuple[bool | None, list[Question]]:
    """Hired: the start of the post of the target role held on the day, else the day itself."""

    def fits(day: Date) -> bool:
        return (guard.hired_from or Date.min) <= day and (guard.hired_before is None or day < guard.hired_before)

    for post in context.timeline.posts or ():
        if post.role == context.timeline.target.id and post.span.certainly_on(context.as_of) and post.span.start:
            answers = {fits(post.span.start.earliest), fits(post.span.start.latest)}
            if len(answers) == 1:
                return answers.pop(), []
            return None, [Question(f"{post.pointer}.start", "In which month did you begin there?")]
    return fits(context.as_of), []


class Event(Strict):
    """A day of one's own from which or up to which things count.

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

    @model_validator(mode="after")
    def _level(self) -> Event:
        if (self.event == "degree") != (self.level is not None):
            msg = "a degree event needs `level`, the others take none"
            raise ValueError(msg)
        return self

    def words(self) -> str:
        return {
            "application": "the application",
            "registered": "the registration with the board",
            "approved": "the approval",
            "purchased": "the purchase of the application",
            "degree": "the degree",
        }[self.event]


class EventDay(Strict):
    """When an event happened: ``day`` None and ``known`` means it did not."""

    day: DateRange | None
    known: bool
    question: Question | None = None


_STAGES = {"application": "submitted"}


def event_day(event: Event, context: Context) -> EventDay:
    """The day of an event up to ``as_of``, or that it did not happen, or that nobody said."""
    timeline = context.timeline
    if event.event == "degree":
        return _degree_day(event, context)
    question = Question(
        "applications",
        f"Have you applied ({event.words()})? On which day?",
        "Only what lies on one side of that day counts.",
    )
    if timeline.applications is None:
        return EventDay(day=None, known=False, question=question)
    stage = _STAGES.get(event.event, event.event)
    days = [
        application.stages[stage]
        for application in timeline.applications
        if application.target == timeline.target.id and stage in application.stages and _good(application, context)
    ]
    past = [day for day in days if day.earliest <= context.as_of]
    return EventDay(day=min(past, key=lambda day: day.earliest) if past else None, known=True)


def _good(application: Application, context: Context) -> bool:
    """Whether the application has not run out by the day."""
    return application.expires is None or application.expires.latest >= context.as_of


def _degree_day(event: Event, context: Context) -> EventDay:
    vocabulary, timeline = context.vocabulary, context.timeline
    question = Question("education", "When was your degree awarded?", "Only work after the degree counts.")
    if timeline.degrees is None:
        return EventDay(day=None, known=False, question=question)
    days: list[DateRange] = []
    undated = False
    wanted = vocabulary.fields_below(event.fields)
    for degree in timeline.degrees:
        fits_level = degree.level is not None and event.level in vocabulary.satisfies.get(degree.level, ())
        fits_field = "any" in event.fields or degree.field in wanted
        if not (fits_level and fits_field and degree.counts.strength.counts(confirmed=context.confirmed)):
            continue
        if degree.under_way or (degree.awarded and degree.awarded.earliest > context.as_of):
            continue
        if degree.awarded is None:
            undated = True
            question = Question(f"{degree.pointer}.awarded", "When was this degree awarded?", question.why)
        else:
            days.append(degree.awarded)
    if days:
        return EventDay(day=min(days, key=lambda day: day.earliest), known=True)
    return EventDay(day=None, known=not undated, question=question if undated else None)
