"""Degrees: a least level, perhaps in some fields, perhaps from an accredited programme."""

from typing import Annotated, Literal

from pydantic import Field

from hsm_planner.requirements.base import Context, Id, Leaf, Outcome, Span, listed
from hsm_planner.requirements.credits import EDUCATION, awarded
from hsm_planner.requirements.numeric import unknown
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.evidence import NO, YES, Claim, Evidence, Question
from hsm_planner.values.timeline import Degree
from hsm_planner.values.truth import Status, Strength


class DegreeLeaf(Leaf):
    """One degree that fits in every respect."""

    kind: Literal["degree"] = "degree"
    level: Id
    fields: Annotated[tuple[Id, ...], Field(min_length=1)] = ("any",)
    accredited_by: tuple[Id, ...] = ()
    related: Id | None = None
    awarded_within: Span | None = None
    counts_first_professional: bool = False

    def outcome(self, context: Context) -> Outcome:
        degrees = context.timeline.degrees
        if degrees is None:
            return unknown(EDUCATION)
        claims = [self.claim(degree, context) for degree in degrees]
        evidence = [
            Evidence(degree.pointer, degree.text, _strength(degree, claim))
            for degree, claim in zip(degrees, claims, strict=True)
            if claim.strength >= Strength.GUESSED and awarded(degree, context, certain=False)
        ]
        held = unsure = False
        questions: list[Question] = []
        for degree, claim in zip(degrees, claims, strict=True):
            if claim.strength is Strength.NONE or not awarded(degree, context, certain=False):
                continue
            counts, certain = claim.strength.counts(confirmed=context.confirmed), self._day_certain(degree, context)
            if counts and certain:
                held = True
            else:
                unsure = True
                questions += claim.open_questions()
                if not certain:
                    asked = (
                        "Has this been awarded, and in which month"
                        if degree.under_way
                        else "In which month was this awarded"
                    )
                    questions.append(Question(f"{degree.pointer}.awarded", f"{asked}: {degree.text}?"))
        if held:
            return Outcome(Status.MET, evidence=tuple(evidence))
        if unsure:
            return Outcome(Status.UNKNOWN, evidence=tuple(evidence), questions=tuple(dict.fromkeys(questions)))
        on_the_way = self._on_the_way(context)
        return Outcome(Status.PARTLY if on_the_way else Status.UNMET, evidence=tuple(on_the_way))

    def claim(self, degree: Degree, context: Context) -> Claim:
        """How surely this degree is of the kind asked, whenever it was or will be awarded."""
        vocabulary = context.vocabulary
        if degree.before is not None and degree.before <= context.as_of:
            return NO
        if degree.level is None:
            can_be = not degree.levels or any(self.level in vocabulary.satisfies.get(one, ()) for one in degree.levels)
            fits = not degree.levels or self._field_claim(degree, context) is not NO
            return Claim.possible(*degree.questions) if can_be and fits else NO
        satisfied = self.level in vocabulary.satisfies.get(degree.level, ())
        if not satisfied and not (self.counts_first_professional and degree.level in vocabulary.professional):
            return NO
        claim = self._field_claim(degree, context).also(self._accredited(degree, vocabulary)).also(degree.counts)
        if self.awarded_within and degree.awarded is None and not degree.under_way:
            when = Question(f"{degree.pointer}.awarded", f"When was this awarded: {degree.text}?")
            claim = claim.also(Claim.possible(when))
        if self.awarded_within and degree.awarded:
            first = self.awarded_within.length.before(context.as_of)
            if degree.awarded.latest < first:
                return NO
        return claim

    def _day_certain(self, degree: Degree, context: Context) -> bool:
        if not awarded(degree, context, certain=True):
            return False
        if self.awarded_within is None or degree.awarded is None:
            return True
        return degree.awarded.earliest >= self.awarded_within.length.before(context.as_of)

    def _field_claim(self, degree: Degree, context: Context) -> Claim:
        if "any" in self.fields or degree.field in context.vocabulary.fields_below(self.fields):
            return YES
        if degree.field is None:
            asked = degree.questions or (
                Question(f"{degree.pointer}.field", f"What was the field of study: {degree.text}?"),
            )
            return Claim.possible(*asked)
        broader = {name for field in self.fields for name in context.vocabulary.fields_above(field)}
        if degree.field in broader:
            label = context.vocabulary.label("field", degree.field)
            text = f"{label} is wider than what is asked. What exactly was the field of study: {degree.text}?"
            return Claim.possible(Question(f"{degree.pointer}.field", text))
        if self.related is not None:
            answer = context.timeline.statements.get(self.related)
            if answer is None or not answer.given(context.as_of):
                label = context.vocabulary.label("statement", self.related)
                return Claim.possible(Question(f"statements.{self.related}", label))
            return YES if answer.value else NO
        return NO

    def _accredited(self, degree: Degree, vocabulary: Vocabulary) -> Claim:
        if not self.accredited_by:
            return YES
        if degree.accredited_by is None:
            names = listed([vocabulary.label("accreditor", name) for name in self.accredited_by])
            text = f"Was this programme accredited by {names}: {degree.text}?"
            answers = (*self.accredited_by, "none")
            return Claim.possible(Question(f"{degree.pointer}.accredited_by", text, "The school can tell.", answers))
        return YES if degree.accredited_by & frozenset(self.accredited_by) else NO

    def _on_the_way(self, context: Context) -> list[Evidence]:
        """A fitting degree under way; towards a bachelor's also an associate degree or college credits."""
        degrees = context.timeline.degrees or ()
        found = [
            Evidence(degree.pointer, degree.text, Strength.STATED)
            for degree in degrees
            if not awarded(degree, context, certain=False) and self.claim(degree, context).strength is not Strength.NONE
        ]
        if self.level in context.vocabulary.built_by_credits:
            found += [
                Evidence(degree.pointer, degree.text, Strength.STATED)
                for degree in degrees
                if self._below(degree, context) and awarded(degree, context, certain=False)
            ]
            found += [Evidence(item.pointer, item.text, Strength.STATED) for item in context.timeline.credits or ()]
        return found

    def _below(self, degree: Degree, context: Context) -> bool:
        """Whether it is a college degree lower than the level asked."""
        vocabulary = context.vocabulary
        worth = vocabulary.level_credits.get(degree.level or "", 0)
        return 0 < worth < vocabulary.level_credits.get(self.level, 0)

    def sentence(self, vocabulary: Vocabulary) -> str:
        label = vocabulary.label("level", self.level)
        text = f"{label}, or higher" if " or " in label else f"{label} or higher"
        if self.level in vocabulary.unranked:
            text = vocabulary.label("level", self.level)
        if "any" not in self.fields:
            text += " in " + listed([vocabulary.label("field", field) for field in self.fields])
        if self.related:
            text += " or a related field"
        if self.accredited_by:
            text += ", accredited by " + listed([vocabulary.label("accreditor", name) for name in self.accredited_by])
        if self.awarded_within:
            text += f", awarded within the last {self.awarded_within.words()}"
        if self.counts_first_professional:
            text += " (a first professional degree counts)"
        return text


def _strength(degree: Degree, claim: Claim) -> Strength:
    """A degree without a date counts, and is flagged."""
    return min(claim.strength, Strength.ASSUMED) if degree.awarded is None else claim.strength
