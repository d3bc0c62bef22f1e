"""What happens on given days: exams in some months only, intakes of trainings; how long things stay fresh."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hsm_planner.knowledge.models import Application, ExamFacts, License
from hsm_planner.planner.actions import WEEKS_A_MONTH, Action, Made, Numbers, Pace, price, study
from hsm_planner.planner.future import Effect
from hsm_planner.planner.model import Activity, Cost, Mode
from hsm_planner.requirements.base import Leaf, count
from hsm_planner.requirements.learning import LearningLeaf
from hsm_planner.requirements.training import TrainingLeaf
from hsm_planner.values.dates import Date, add_months, day_of_year
from hsm_planner.values.record import record, replace

_DAYS_A_MONTH = 30
_YEAR = 12


@record
class Intake:
    """A month of the grid in which a training may begin, and the day by which to file for it."""

    month: int
    file_by: Date | None


def exam_months(months: tuple[int, ...], lasts: int, origin: Date, horizon: int) -> tuple[int, ...] | None:
    """The starts after which the last of ``lasts`` months is one in which the exam is given; None: any."""
    if not months:
        return None
    return tuple(start for start in range(horizon + 1) if add_months(origin, start + max(lasts, 1) - 1).month in months)


def intakes(
    entry: License, programmes: tuple[str, ...], origin: Date, horizon: int, filed: Date | None = None
) -> list[Intake]:
    """When a training of a licence begins, as far as one who files on a day is in time; empty: at any time."""
    named = [one for one in entry.intakes if one.programme in programmes]
    found = []
    for month in range(horizon + 1 if named else 0):
        first = add_months(origin, month)
        for one in named:
            if int(one.begins[:2]) != first.month:
                continue
            file_by = _before(one.file_by, first) if one.file_by else None
            if file_by is None or file_by >= (filed or origin):
                found.append(Intake(month, file_by))
    return found


def _before(day: str, begins: Date) -> Date:
    """The last such day of a year before a training begins."""
    month, number = (int(part) for part in day.split("-"))
    this = Date(begins.year, month, number)
    return this if this < begins else Date(begins.year - 1, month, number)


def decision_months(application: Application | None, numbers: Numbers, otherwise: str) -> int:
    """Whole months until an application is decided: as the data say, else as assumed."""
    if application is not None and application.decision_months is not None:
        return math.ceil(numbers.end_of(application.decision_months))
    return numbers.whole(otherwise)


def exam(
    name: str, id_: str, label: str, facts: ExamFacts | None, numbers: Numbers, pace: Pace, origin: Date, horizon: int
) -> tuple[Action, Activity]:
    """Preparing for an exam and passing it, in its months, with what it waits for."""
    attempts = numbers.whole("exam-attempts")
    prepare, work = _preparation(facts, numbers, pace)
    prepare = min(prepare, horizon + 1)  # with no hours for study it never ends
    approve = math.ceil(((facts and facts.days_to_approve) or 0) / _DAYS_A_MONTH)
    between = (facts and facts.days_between_attempts) or _DAYS_A_MONTH
    again = (attempts - 1) * max(prepare, math.ceil(between / _DAYS_A_MONTH))  # one prepares again
    months, work = max(prepare, approve) + again, work * attempts
    each = price(facts.fees if facts else ())
    cost = sum([each] * attempts, Cost())
    action = Action(
        name, "exam", id_, f"prepare for and pass {label}",
        (Effect("exams", {"id": id_}, (("passed", "end"),)),),
        facts.sources if facts else (),
        " ".join(_words(facts, attempts)) if facts else None,
    )  # fmt: skip
    mode = study(work, months, "sit", cost)
    starts = exam_months(facts.sit_months if facts else (), months, origin, horizon)
    return action, Activity(action.id, (mode,), starts=starts)


def _preparation(facts: ExamFacts | None, numbers: Numbers, pace: Pace) -> tuple[int, Fraction]:
    """Whole months of preparation, and the hours in them."""
    span = facts.preparation_months if facts else None
    known = facts.preparation_hours if facts else None
    if known is not None:
        work = numbers.end_of(known)
        return max(pace.months(work), math.ceil(numbers.end_of(span)) if span else 0), work
    months = math.ceil(numbers.end_of(span)) if span else numbers.whole("exam-preparation-months")
    work = months * WEEKS_A_MONTH * numbers("exam-preparation-hours")
    return pace.months(work, months), work


def _words(facts: ExamFacts, attempts: int) -> Iterator[str]:
    """When it can be sat, and what follows a failure; first of all whether so many attempts may be made."""
    most = facts.most_attempts
    between = facts.days_between_attempts or _DAYS_A_MONTH
    late = facts.days_to_sit is not None and (attempts - 1) * between > facts.days_to_sit
    if (most is not None and attempts > most) or late:
        allowed = [f"{count(most, 'attempts')} on one application"] if most is not None else []
        allowed += [f"{count(facts.days_to_sit, 'days')} to sit it in"] if facts.days_to_sit is not None else []
        yield f"More attempts than allowed ({', '.join(allowed)}): a new application comes between, not counted here."
    if facts.window:
        yield f"When: {facts.window}."
    if facts.days_to_approve:
        yield f"Apply first: leave to sit it can take {count(facts.days_to_approve, 'days')}."
    if facts.attempts:
        yield f"Attempts: {facts.attempts}."
    elif facts.days_between_attempts:
        yield f"A next attempt {count(facts.days_between_attempts, 'days')} later."
    notes = (fee.note for fee in facts.fees if fee.note and fee.usd is not None and not fee.extra)
    yield from (f"The price: {note}" for note in dict.fromkeys(notes))


def on_intakes(
    made: Made, entry: License, programmes: tuple[str, ...], origin: Date, horizon: int, filed: Date
) -> Made:
    """A training as it is, or on the intakes of its licence that one who files on a day can still have."""
    found = intakes(entry, programmes, origin, horizon, filed)
    if not found:
        return made
    words = [_intake_words(entry, programmes), made.action.note]
    action = replace(made.action, note=" ".join(word for word in words if word))
    ahead = [add_months(origin, one.month).month - one.file_by.month for one in found if one.file_by is not None]
    return replace(
        made, action=action, starts=tuple(one.month for one in found), filed=max((m % _YEAR for m in ahead), default=0)
    )


def _intake_words(entry: License, programmes: tuple[str, ...]) -> str | None:
    """The intakes of a training in words."""
    named = [one for one in entry.intakes if one.programme in programmes]
    if not named:
        return None
    told = [
        day_of_year(one.begins) + (f" (file by {day_of_year(one.file_by)})" if one.file_by else "") for one in named
    ]
    return f"Begins only on {', '.join(told[:-1])} or {told[-1]}." if len(told) > 1 else f"Begins only on {told[0]}."


def fresh(leaf: Leaf, modes: Sequence[Mode] = ()) -> int | None:
    """How many months on the grid what was done still lies in the leaf's window: it is dated a day before its end.

    Of hours that are counted all have to lie in it, in whichever of the ``modes`` they are done.
    """
    within = getattr(leaf, "within", None) or getattr(leaf, "awarded_within", None)
    if within is None:
        return None
    counted = isinstance(leaf, TrainingLeaf | LearningLeaf) and leaf.at_least is not None
    longest = max((mode.months for mode in modes), default=0) if counted else 0
    months: int = within.length.months - 1 - longest
    return months
