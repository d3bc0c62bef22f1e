"""Certifications, licences and exams, as asked by other rules."""

from typing import Literal

from hsm_planner.requirements.base import Context, Id, Leaf, Outcome, Span, StateCode
from hsm_planner.requirements.guards import STATE_QUESTION
from hsm_planner.requirements.numeric import unknown
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.evidence import NO, YES, Claim, Evidence, Question
from hsm_planner.values.timeline import Credential
from hsm_planner.values.truth import Status, Strength

HELD = Question("credentials", "Which certifications and licences do you hold, from which state, until when?")


class _CredentialLeaf(Leaf):
    """What certification and licence leaves share."""

    credential: Id
    current: bool = True
    held_at_least: Span | None = None

    def _state(self, context: Context) -> str | None:
        del context
        return None

    def claim(self, held: Credential, context: Context) -> Claim:
        """How surely this credential is the one asked, whenever it is in force."""
        wanted = context.vocabulary.replacing(self.credential)
        asked = context.vocabulary.credentials.get(self.credential)
        of_family = asked is not None and held.state is None and held.family == asked.family
        if held.id not in wanted and held.family not in wanted and not of_family:
            return NO
        if of_family and asked is not None and asked.state is not None:
            return Claim.possible(Question(f"{held.pointer}.state", f"Which state gave it: {held.text}?"))
        state = self._state(context)
        if state is None or held.state == state:
            return YES
        if held.state is None:
            where = Question(f"{held.pointer}.state", f"Which state gave it: {held.text}?")
            return Claim.possible(where)
        facts = context.vocabulary.credentials.get(held.id)
        if facts is None or not {held.state, state} <= facts.compact_on(context.as_of):
            return NO
        if held.multistate is None:
            text = f"Is this a multistate (compact) licence: {held.text}?"
            return Claim.possible(Question(f"{held.pointer}.multistate", text))
        return YES if held.multistate else NO

    def outcome(self, context: Context) -> Outcome:
        credentials = context.timeline.credentials
        if credentials is None:
            return unknown(HELD)
        sure, maybe, too_short = False, False, False
        evidence: list[Evidence] = []
        questions: list[Question] = []
        for held in (*credentials, *context.timeline.guessed_credentials):
            claim = self.claim(held, context).also(held.counts)
            if claim.strength is Strength.NONE:
                continue
            certain, possible, asked = self._in_force(held, context)
            if possible and not self._long_enough(held, context):
                too_short, possible = self._some_time(held, context) or too_short, False
            if not possible:
                continue
            strength = Strength.STATED if held.dated else Strength.ASSUMED
            evidence.append(Evidence(held.pointer, held.text, min(claim.strength, strength)))
            if certain and claim.strength.counts(confirmed=context.confirmed):
                sure = True
            else:
                maybe = True
                questions += [*claim.open_questions(), *([asked] if asked and not certain else [])]
        if sure:
            return Outcome(Status.MET, evidence=tuple(evidence))
        status = Status.UNKNOWN if maybe else Status.PARTLY if too_short else Status.UNMET
        return Outcome(status, evidence=tuple(evidence), questions=tuple(dict.fromkeys(questions)))

    def _long_enough(self, held: Credential, context: Context) -> bool:
        """Whether it may have been held for as long as the rule asks."""
        if self.held_at_least is None or held.span.start is None:
            return True
        return held.span.start.earliest <= self.held_at_least.length.before(context.as_of)

    @staticmethod
    def _some_time(held: Credential, context: Context) -> bool:
        return held.span.start is None or held.span.start.earliest < context.as_of

    def _in_force(self, held: Credential, context: Context) -> tuple[bool, bool, Question | None]:
        """Whether it certainly, and perhaps, is in force on the day; and what would tell."""
        day, span = context.as_of, held.span
        question = Question(
            f"{held.pointer}.issued", f"On which day was it issued, and until when is it good: {held.text}?"
        )
        if self.current:
            certain = (span.start is None or span.start.latest <= day) and (
                span.end is None or span.end.earliest >= day
            )
            possible = span.maybe_on(day)
        else:
            certain = span.start is None or span.start.latest <= day
            possible = span.start is None or span.start.earliest <= day
        if self.held_at_least and possible:
            first = self.held_at_least.length.before(day)
            certain = certain and span.start is not None and span.start.latest <= first
        return certain, possible, question

    def sentence(self, vocabulary: Vocabulary) -> str:
        text = vocabulary.label("credential", self.credential)
        text += self._where(vocabulary)
        text += ", in force" if self.current else ", held now or before"
        return text + (f", held for {self.held_at_least.words()}" if self.held_at_least else "")

    def _where(self, vocabulary: Vocabulary) -> str:
        del vocabulary
        return ""


class CertificationLeaf(_CredentialLeaf):
    """A certification held."""

    kind: Literal["certification"] = "certification"


class LicenseLeaf(_CredentialLeaf):
    """A licence held: of a state, of the target's state, or of any."""

    kind: Literal["license"] = "license"
    state: StateCode | Literal["target"] | None = None

    def _state(self, context: Context) -> str | None:
        return context.timeline.target.state if self.state == "target" else self.state

    def outcome(self, context: Context) -> Outcome:
        if self.state == "target" and context.timeline.target.state is None:
            return unknown(STATE_QUESTION)
        return super().outcome(context)

    def _where(self, vocabulary: Vocabulary) -> str:
        if self.state == "target":
            return ", of the state where you want to work"
        where = f", {vocabulary.label('state', self.state)}" if self.state else ""
        return "" if vocabulary.label("credential", self.credential).endswith(where) else where


class ExamLeaf(Leaf):
    """An exam passed; a credential held now or before implies the exams behind it."""

    kind: Literal["exam"] = "exam"
    exam: Id
    within: Span | None = None

    def outcome(self, context: Context) -> Outcome:
        timeline, day = context.timeline, context.as_of
        first = self.within.length.before(day) if self.within else None
        sure, maybe = False, False
        evidence: list[Evidence] = []
        questions: list[Question] = []
        for exam in timeline.exams or ():
            if exam.exam != self.exam:
                continue
            passed = exam.passed
            if passed is None:
                certain, possible = first is None, True
            else:
                certain = passed.latest <= day and (first is None or passed.earliest >= first)
                possible = passed.earliest <= day and (first is None or passed.latest >= first)
            if possible:
                evidence.append(Evidence(exam.pointer, exam.text, Strength.STATED))
                sure, maybe = sure or certain, maybe or not certain
                questions.append(Question(f"{exam.pointer}.passed", f"On which day did you pass: {exam.text}?"))
        for held in (*(timeline.credentials or ()), *timeline.guessed_credentials):
            facts = context.vocabulary.credentials.get(held.id)
            whole_family = facts is None and self.exam in context.vocabulary.family_exams(held.family)
            if not whole_family and (facts is None or self.exam not in facts.exams):
                continue
            begun = held.span.start
            if begun is not None and begun.earliest > day:
                continue
            evidence.append(Evidence(held.pointer, held.text, min(Strength.SOURCED, held.counts.strength)))
            certain = first is None and (begun is None or begun.latest <= day) and not whole_family
            certain = certain and held.counts.strength.counts(confirmed=context.confirmed)
            sure, maybe = sure or certain, maybe or not certain
            questions += held.counts.open_questions()
            questions.append(Question(f"{held.pointer}.issued", f"When did you pass the exam behind it: {held.text}?"))
        if sure:
            return Outcome(Status.MET, evidence=tuple(evidence))
        if maybe:
            return Outcome(Status.UNKNOWN, evidence=tuple(evidence), questions=tuple(questions))
        if timeline.exams is None:
            return unknown(Question("exams", "Which exams have you passed, and when?"))
        implied = any(self.exam in facts.exams for facts in context.vocabulary.credentials.values())
        if timeline.credentials is None and implied:
            return unknown(HELD)
        return Outcome(Status.UNMET)

    def sentence(self, vocabulary: Vocabulary) -> str:
        text = f"pass {vocabulary.label('exam', self.exam)}"
        return text + (f", within the last {self.within.words()}" if self.within else "")
