"""Training programmes (administrator-in-training, internships) and single courses."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hsm_planner.requirements.base import Context, Id, Leaf, Outcome, Part, Span, Strict, count, listed, number
from hsm_planner.requirements.durations import Duration
from hsm_planner.requirements.events import Event, event_day
from hsm_planner.requirements.numeric import Amount, exact, gather, unknown
from hsm_planner.requirements.posts import FULL_TIME_HOURS
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.amounts import Range
from hsm_planner.values.dates import DAY, DateRange
from hsm_planner.values.evidence import NO, YES, Claim, Evidence, Question
from hsm_planner.values.lengths import Interval, stretches
from hsm_planner.values.timeline import Course, Training
from hsm_planner.values.truth import Status, Strength

COURSES = Question("courses", "Which courses have you taken, with hours or credits and date?")


class TrainingLeaf(Leaf):
    """Hours or months of a training programme."""

    kind: Literal["training"] = "training"
    programmes: Annotated[tuple[Id, ...], Field(min_length=1)]
    at_least: Duration | None = None
    full_time: Literal[True, "any"] | None = None
    hours_per_week_at_least: Annotated[float, Field(gt=0)] | None = None
    within_degree: bool | None = None
    after: Event | None = None
    within: Span | None = None

    def outcome(self, context: Context) -> Outcome:
        items = context.timeline.training
        if items is None:
            names = self._names(context.vocabulary)
            text = f"Have you done {names}: from when to when, how many hours, registered with the board?"
            return unknown(Question("training", text))
        claims = [self.claim(item) for item in items]
        shown = [
            (item, claim) for item, claim in zip(items, claims, strict=True) if claim.strength is not Strength.NONE
        ]
        evidence = tuple(
            Evidence(i.pointer, i.text, min(c.strength, Strength.ASSUMED) if i.hours_assumed else c.strength)
            for i, c in shown
            if c.strength > Strength.POSSIBLE
        )
        questions = self._questions(context, shown)
        certain = [item for item, claim in shown if claim.strength.counts(confirmed=context.confirmed)]
        possible = [item for item, _ in shown]
        if self.at_least is None:
            sure = any(self._days(item, context, certain=True) for item in certain)
            may = any(self._days(item, context, certain=False) for item in possible)
            status = Status.MET if sure else Status.UNKNOWN if may else Status.UNMET
            return Outcome(status, evidence=evidence, questions=questions if status is Status.UNKNOWN else ())
        units = self.at_least.units()
        parts: list[Part] = []
        for unit, value in units:
            least = self._amount(certain, context, unit, certain=True)
            most = max(least, self._amount(possible, context, unit, certain=False))
            if any(self._open_ended(item, context, unit) for item in possible):
                most = max(most, exact(value))  # an item that does not say how long it was
            have = Range(least, most)
            amount = Amount(f"{self.id}.{unit}", count(value, unit), have, Range.exact(exact(value)), unit)
            parts.append(Part(amount.id, amount.text, amount.outcome(questions)))
        return gather(parts, evidence, questions)

    def _open_ended(self, item: Training, context: Context, unit: str) -> bool:
        """Whether the item counts, and does not say how much it was."""
        if not self._days(item, context, certain=False):
            return False
        return item.span.start is None and (unit != "hours" or item.hours is None)

    def _names(self, vocabulary: Vocabulary) -> str:
        return listed([vocabulary.label("training", programme) for programme in self.programmes])

    def claim(self, item: Training) -> Claim:
        """How surely the item is a programme asked."""
        if item.programme is None:
            what = Question(f"{item.pointer}.kind", f"What kind of programme was this: {item.text}?")
            claim = Claim.possible(what)
        elif item.programme not in self.programmes:
            return NO
        else:
            claim = YES
        if self.within_degree is not None:
            if item.within_degree is None:
                text = f"Was this part of a degree programme: {item.text}?"
                claim = claim.also(Claim.possible(Question(f"{item.pointer}.within_degree", text)))
            elif item.within_degree is not self.within_degree:
                return NO
        least = max(
            exact(self.hours_per_week_at_least or 0), FULL_TIME_HOURS if self.full_time is True else Fraction(0)
        )
        return claim if item.hours_per_week >= least else NO

    def _days(self, item: Training, context: Context, *, certain: bool) -> Interval | None:
        """The days of the item that count; registration and windows cut them."""
        span = item.span
        if span.start is None and span.end is None:
            return self._undated(item, context, certain=certain)
        return self._cut(
            span.narrowest(context.as_of) if certain else span.widest(context.as_of), item, context, certain=certain
        )

    def _cut(self, days: Interval | None, item: Training, context: Context, *, certain: bool) -> Interval | None:
        """The part of the days inside the window and after the event."""
        if days is None:
            return None
        if self.within is not None:
            days = days.clip(self.within.length.before(context.as_of), None)
        if self.after is None or days is None or self._registered_says(item) is True:
            return days
        if self._registered_says(item) is False:
            return None
        first = event_day(self.after, context).counts_from(certain=certain)
        return None if first is None else days.clip(first, None)

    def _registered_says(self, item: Training) -> bool | None:
        return item.registered if self.after is not None and self.after.event in ("registered", "approved") else None

    def _undated(self, item: Training, context: Context, *, certain: bool) -> Interval | None:
        """An item with hours but no dates counts where no rule asks when it was."""
        timeless = self.within is None and (self.after is None or self._registered_says(item) is True)
        if self.after is not None and self._registered_says(item) is False:
            return None
        if timeless or not certain:
            return Interval(context.as_of - DAY, context.as_of)
        return None

    def _amount(self, items: Iterable[Training], context: Context, unit: str, *, certain: bool) -> Fraction:
        if unit == "hours":
            return sum((self._hours(item, context, certain=certain) for item in items), Fraction(0))
        counted = [(item, days) for item in items if (days := self._days(item, context, certain=certain))]
        dated = [(item, days) for item, days in counted if item.span.start is not None]
        total = Fraction(0)
        for stretch in stretches([(index, days) for index, (_, days) in enumerate(dated)]):
            hours = sum((dated[index][0].hours_per_week for index in stretch.items), Fraction(0))
            weight = Fraction(1) if self.full_time is not None else min(Fraction(1), hours / FULL_TIME_HOURS)
            weeks = Fraction(stretch.days, 7)
            total += {"weeks": weeks, "months": stretch.months, "years": stretch.months / 12}[unit] * weight
        return total

    def _hours(self, item: Training, context: Context, *, certain: bool) -> Fraction:
        """Hours of the item on the days that count: as stated, in proportion to the days; else weeks x hours.

        Hours that are stated are there whichever of its possible days it ended on: they need no day that is certain.
        """
        span = item.span
        stated = item.hours is not None and span.start is not None
        days = self._days(item, context, certain=certain and not stated)
        if days is None:
            return Fraction(0)
        if item.hours is None:
            weeks = Fraction((days.stop - days.start).days, 7)
            return weeks * item.hours_per_week if span.start is not None else Fraction(0)
        if span.start is None:
            return item.hours
        # The share of the days grows or shrinks with start and end alike: the corners bound it.
        last = DateRange(context.as_of - DAY, context.as_of - DAY) if span.end is None else span.end
        shares: list[Fraction] = []
        for start in (span.start.earliest, span.start.latest):
            for end in (last.earliest, last.latest):
                if start > end:
                    shares += [Fraction(0)] if span.end is None else []  # it may not have begun
                    continue
                whole = Interval(start, end + DAY)
                inside = self._cut(whole.clip(None, context.as_of), item, context, certain=certain)
                part = (inside.stop - inside.start).days if inside else 0
                shares.append(Fraction(part, (whole.stop - whole.start).days))
        share = min(shares, default=Fraction(0)) if certain else max(shares, default=Fraction(0))
        return item.hours * share

    def _questions(self, context: Context, shown: list[tuple[Training, Claim]]) -> tuple[Question, ...]:
        questions: list[Question] = []
        for item, claim in shown:
            questions += claim.open_questions()
            if item.span.start is None or not item.span.start.exact or (item.span.end and not item.span.end.exact):
                questions.append(
                    Question(f"{item.pointer}.start", f"From which day to which day was this: {item.text}?")
                )
            if self.after and self._registered_says(item) is None:
                found = event_day(self.after, context)
                registered = Question(f"{item.pointer}.registered", f"Was this registered with the board: {item.text}?")
                questions += [found.question or registered]
        return tuple(dict.fromkeys(questions))

    def sentence(self, vocabulary: Vocabulary) -> str:
        names = self._names(vocabulary)
        pieces = [f"{self.at_least.words()} of {names}" if self.at_least else names]
        pieces += ["full time"] if self.full_time is True else []
        if self.hours_per_week_at_least:
            pieces.append(f"{number(self.hours_per_week_at_least)} hours a week or more")
        if self.within_degree is not None:
            pieces.append("as part of a degree" if self.within_degree else "outside a degree")
        pieces += [f"within the last {self.within.words()}"] if self.within else []
        pieces += [f"counted only after {self.after.words()}"] if self.after else []
        return ", ".join(pieces)


class CourseAmount(Strict):
    """Hours or credits of a course; exactly one."""

    hours: Annotated[float, Field(gt=0)] | None = None
    credits: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.hours is None) == (self.credits is None):
            msg = "give hours or credits"
            raise ValueError(msg)
        return self

    def unit(self) -> tuple[str, float]:
        return ("hours", self.hours) if self.hours is not None else ("credits", self.credits or 0)


class CourseLeaf(Leaf):
    """One of some named courses."""

    kind: Literal["course"] = "course"
    courses: Annotated[tuple[Id, ...], Field(min_length=1)]
    at_least: CourseAmount | None = None

    def outcome(self, context: Context) -> Outcome:
        courses = context.timeline.courses
        if courses is None:
            return unknown(COURSES)
        sure: list[Course] = []
        maybe: list[Course] = []
        questions: list[Question] = []
        for item in courses:
            if item.date is not None and item.date.earliest > context.as_of:
                continue
            dated = item.date is None or item.date.latest <= context.as_of
            if item.course in self.courses:
                maybe.append(item)
                sure += [item] if dated else []
                if not dated:
                    questions.append(Question(f"{item.pointer}.date", f"In which month was this course: {item.text}?"))
            elif item.course is None:
                maybe.append(item)
                names = listed([context.vocabulary.label("course", name) for name in self.courses])
                questions.append(Question(f"{item.pointer}.name", f"Is '{item.text}' this course: {names}?"))
        evidence = tuple(Evidence(item.pointer, item.text, Strength.STATED) for item in sure)
        if self.at_least is None:
            status = Status.MET if sure else Status.UNKNOWN if maybe else Status.UNMET
            return Outcome(status, evidence=evidence, questions=tuple(questions) if status is Status.UNKNOWN else ())
        unit, value = self.at_least.unit()
        least, most = _amount(sure, unit), _amount(maybe, unit)
        for item in maybe:
            if getattr(item, unit) is None:
                questions.append(Question(f"{item.pointer}.{unit}", f"How many {unit} was this course: {item.text}?"))
                most = max(most, exact(value))
        found = Amount(self.id, "", Range(least, max(most, least)), Range.exact(exact(value)), unit)
        outcome = found.outcome(questions)
        return Outcome(outcome.status, found.have, found.need, unit, evidence, outcome.questions)

    def sentence(self, vocabulary: Vocabulary) -> str:
        text = listed([vocabulary.label("course", name) for name in self.courses])
        return f"{text}, {count(self.at_least.unit()[1], self.at_least.unit()[0])}" if self.at_least else text


def _amount(items: Iterable[Course], unit: str) -> Fraction:
    return sum((getattr(item, unit) or Fraction(0) for item in items), Fraction(0))
