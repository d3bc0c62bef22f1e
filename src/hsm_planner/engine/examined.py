"""What is known of examinations and of prices."""

from hsm_planner.engine.result import Result
from hsm_planner.knowledge.common import Range
from hsm_planner.knowledge.models import ExamFacts, Fee
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.requirements.base import count
from hsm_planner.values.dates import MONTHS
from hsm_planner.values.money import fee_words


class Price(Result):
    name: str
    who: str | None
    low: float | None
    high: float | None
    as_of: str | None
    note: str | None
    sources: tuple[str, ...]


class ExamTold(Result):
    id: str
    name: str
    facts: tuple[str, ...]
    fees: tuple[Price, ...]
    note: str | None
    sources: tuple[str, ...]


def exams_of(knowledge: Knowledge, entry: Entry) -> list[ExamTold]:
    """The examinations of a credential; of a role none."""
    return [exam_told(facts) for name in getattr(entry, "exams", ()) if (facts := knowledge.exam(name)) is not None]


def exam_told(facts: ExamFacts) -> ExamTold:
    """What is known of an examination."""
    told = [
        f"{span_words(facts.questions) if isinstance(facts.questions, Range) else facts.questions} questions"
        if facts.questions
        else "number of questions not found",
        f"{facts.minutes} minutes" if facts.minutes else "length not found",
    ]
    told += [f"to pass: {facts.passing_score}"] if facts.passing_score else []
    told += [text for text in (facts.delivery, facts.window, facts.attempts) if text]
    told += [f"given in {', '.join(MONTHS[month - 1] for month in facts.sit_months)}"] if facts.sit_months else []
    told += [f"approval takes up to {count(facts.days_to_approve, 'days')}"] if facts.days_to_approve else []
    told += [f"to be sat within {count(facts.days_to_sit, 'days')} of approval"] if facts.days_to_sit else []
    told += [f"{count(facts.days_between_attempts, 'days')} between attempts"] if facts.days_between_attempts else []
    told += [f"{count(facts.most_attempts, 'attempts')} at most"] if facts.most_attempts else []
    for span, unit in ((facts.preparation_months, "months"), (facts.preparation_hours, "hours")):
        told += [f"{span_words(span)} {unit} to prepare"] if span else []
    return ExamTold.model_construct(
        id=facts.id,
        name=facts.name,
        facts=tuple(told),
        fees=tuple(map(price_of, facts.fees)),
        note=facts.note,
        sources=facts.sources,
    )


def price_of(fee: Fee) -> Price:
    """A fee with both ends of its range."""
    low = fee.usd.low if isinstance(fee.usd, Range) else fee.usd
    high = fee.usd.high if isinstance(fee.usd, Range) else fee.usd
    return Price.model_construct(
        name=fee.name, who=fee.who, low=low, high=high, as_of=fee.as_of, note=fee.note, sources=fee.sources
    )


def price_words(price: Price) -> str:
    """A price in a line: what for, for whom, how much, as of when."""
    amount = "price not known" if price.low is None else fee_words(price.low, price.high)
    who = f", {price.who}" if price.who else ""
    dated = f" ({price.as_of})" if price.as_of else ""
    note = f" {price.note}" if price.note else ""
    return f"{price.name}{who}: {amount}{dated}.{note}"


def span_words(span: Range) -> str:
    """Both ends of a range, or its one value."""
    return f"{span.low:,g}" if span.low == span.high else f"{span.low:,g} to {span.high:,g}"
