"""College credits: a number of semester hours, in a degree or beside one."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from hsm_planner.requirements.base import Context, Id, Leaf, Outcome, Strict, listed, number
from hsm_planner.requirements.numeric import Amount, exact, unknown
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.amounts import Range
from hsm_planner.values.evidence import Evidence, Question
from hsm_planner.values.timeline import Credits as Loose
from hsm_planner.values.timeline import Degree
from hsm_planner.values.truth import Strength

EDUCATION = Question("education", "What have you studied: degrees with the year, and college credits without one?")
QUARTER = Fraction(2, 3)


class CreditAmount(Strict):
    credits: Annotated[float, Field(gt=0)]


def _degrees(context: Context, *, certain: bool) -> list[tuple[Degree, int]]:
    """Degrees that stand for credits on the day, with how many."""
    found: list[tuple[Degree, int]] = []
    for degree in context.timeline.degrees or ():
        worth = context.vocabulary.level_credits.get(degree.level or "", 0)
        open_ended = degree.level is None or degree.level in context.vocabulary.open_credits
        if open_ended and not certain:  # not understood, or "some college": it may be any number
            known = context.vocabulary.level_credits
            worth = max((known.get(one, 0) for one in degree.levels or known), default=0)
        strength = degree.counts.strength
        counts = strength.counts(confirmed=context.confirmed) if certain else strength >= Strength.POSSIBLE
        if worth and counts and awarded(degree, context, certain=certain):
            found.append((degree, worth))
    return found


def awarded(degree: Degree, context: Context, *, certain: bool) -> bool:
    """Whether the degree is held on the day (certainly, or perhaps).

    A degree expected for a day that is past may have been awarded since; nobody said so.
    """
    if degree.before is not None and degree.before <= context.as_of:
        return False
    if degree.awarded is None:
        return not degree.under_way
    day = degree.awarded.latest if certain else degree.awarded.earliest
    return day <= context.as_of and not (certain and degree.under_way)


def credits_held(context: Context, fields: tuple[str, ...] = ("any",), quarter: Fraction = QUARTER) -> Range | None:
    """Semester hours held; None when the profile has no word on education."""
    timeline = context.timeline
    if timeline.degrees is None or timeline.credits is None:
        return None

    def hours(loose: Loose) -> Fraction:
        return loose.amount * quarter if loose.quarter else loose.amount

    sure, may = _degrees(context, certain=True), _degrees(context, certain=False)
    if "any" not in fields:
        wanted = context.vocabulary.fields_below(fields)
        least = sum((hours(loose) for loose in timeline.credits if loose.field in wanted), Fraction(0))
        most = least + sum((hours(loose) for loose in timeline.credits if loose.field is None), Fraction(0))
        return Range(least, most + sum(worth for _, worth in may))
    loose_all = sum((hours(loose) for loose in timeline.credits), Fraction(0))
    apart = sum((hours(loose) for loose in timeline.credits if loose.not_in_degree), Fraction(0))
    least = max((worth for _, worth in sure), default=0) + (apart if may else loose_all)
    # Loose credits alone are a floor too: a degree that may contain them does not take them away.
    least = max(Fraction(least), loose_all)
    return Range(least, sum(worth for _, worth in may) + loose_all)


class CreditsLeaf(Leaf):
    """A number of college credits, in any field or in some."""

    kind: Literal["credits"] = "credits"
    at_least: CreditAmount | None = None
    quarter_credits: Annotated[float, Field(gt=0)] | None = None
    fields: Annotated[tuple[Id, ...], Field(min_length=1)] = ("any",)

    def outcome(self, context: Context) -> Outcome:
        quarter = QUARTER
        if self.at_least and self.quarter_credits:
            quarter = exact(self.at_least.credits) / exact(self.quarter_credits)
        have = credits_held(context, self.fields, quarter)
        if have is None:
            return unknown(EDUCATION)
        need = Range.exact(exact(self.at_least.credits) if self.at_least else Fraction(1, 100))
        question = Question(
            "education.credits",
            f"How many semester hours have you earned{self._in(context.vocabulary)}, in degrees and beside them?",
            "A transcript shows them.",
        )
        found = Amount(self.id, "", have, need, "credits").outcome([question])
        evidence = [Evidence(d.pointer, d.text, d.counts.strength) for d, _ in _degrees(context, certain=False)]
        evidence += [Evidence(c.pointer, c.text, Strength.STATED) for c in context.timeline.credits or ()]
        if not self.at_least:
            return Outcome(found.status, evidence=tuple(evidence), questions=found.questions)
        return Outcome(found.status, have, need, "credits", tuple(evidence), found.questions)

    def _in(self, vocabulary: Vocabulary) -> str:
        if "any" in self.fields:
            return ""
        return " in " + listed([vocabulary.label("field", field) for field in self.fields])

    def sentence(self, vocabulary: Vocabulary) -> str:
        if not self.at_least:
            return f"college credits{self._in(vocabulary)}"
        text = f"{number(self.at_least.credits)} college credits (semester hours){self._in(vocabulary)}"
        return text + (f", or {number(self.quarter_credits)} quarter hours" if self.quarter_credits else "")
