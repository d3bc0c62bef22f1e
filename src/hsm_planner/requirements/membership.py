"""Membership of an organization, perhaps for some time."""

from typing import Literal

from hsm_planner.requirements.base import Context, Id, Leaf, Outcome, Positive, Strict, count, listed
from hsm_planner.requirements.numeric import Amount, exact, unknown
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.amounts import Range
from hsm_planner.values.dates import Date
from hsm_planner.values.evidence import NO, YES, Claim, Evidence, Question
from hsm_planner.values.lengths import months_of
from hsm_planner.values.timeline import Membership
from hsm_planner.values.truth import Status, Strength, all_of

MEMBERSHIPS = Question("memberships", "Which professional organizations do you belong to, and since when?")


class Tenure(Strict):
    years: Positive


class MembershipLeaf(Leaf):
    """Being a member now (``current``), and for how long in all."""

    kind: Literal["membership"] = "membership"
    organization: Id
    at_least: Tenure | None = None
    current: bool = False
    not_types: tuple[str, ...] = ()

    def outcome(self, context: Context) -> Outcome:
        memberships = context.timeline.memberships
        if memberships is None:
            return unknown(MEMBERSHIPS)
        sure: list[Membership] = []
        maybe: list[Membership] = []
        evidence: list[Evidence] = []
        questions: list[Question] = []
        for membership in memberships:
            claim = self.claim(membership)
            begun = membership.span.widest(context.as_of) or membership.span.maybe_on(context.as_of)
            if claim.strength is Strength.NONE or not begun:
                continue
            evidence.append(Evidence(membership.pointer, membership.text, claim.strength))
            maybe.append(membership)
            if claim.strength.counts(confirmed=context.confirmed):
                sure.append(membership)
            questions += claim.open_questions()
            end = membership.span.end
            if end is not None and not end.exact:
                questions.append(Question(f"{membership.pointer}.until", f"Until which month: {membership.text}?"))
            start = membership.span.start
            if start is None or not start.exact:
                when = Question(f"{membership.pointer}.since", f"Since which month: {membership.text}?")
                questions.append(when)
        asked = tuple(dict.fromkeys(questions))
        if self.current:
            status = self._current(sure, maybe, context)
        elif self.at_least is None:
            status = self._ever(sure, maybe, context)
        else:
            status = Status.MET
        if self.at_least is None:
            return Outcome(status, evidence=tuple(evidence), questions=asked if status is Status.UNKNOWN else ())
        least = months_of(i for m in sure if (i := m.span.narrowest(context.as_of)))
        most = months_of(i for m in maybe if (i := m.span.widest(context.as_of)))
        need = Range.exact(exact(self.at_least.years))
        have = Range(least / 12, max(least, most) / 12, open=any(m.span.start is None for m in maybe))
        found = Amount(self.id, "", have, need, "years").outcome(asked)
        return Outcome(
            all_of([found.status, status]) if self.current else found.status,
            found.have,
            need,
            "years",
            tuple(evidence),
            asked if Status.UNKNOWN in (found.status, status) else (),
        )

    def claim(self, membership: Membership) -> Claim:
        if membership.organization != self.organization:
            return NO
        if not self.not_types:
            return YES
        if membership.type is None:
            text = f"What type of member are you (student, full...): {membership.text}?"
            return Claim.possible(Question(f"{membership.pointer}.type", text))
        return NO if membership.type in self.not_types else YES

    def _current(self, sure: list[Membership], maybe: list[Membership], context: Context) -> Status:
        day = context.as_of
        if any(
            m.span.start is None or m.span.start.latest <= day for m in sure if m.span.maybe_on(day) and _held(m, day)
        ):
            return Status.MET
        return Status.UNKNOWN if any(m.span.maybe_on(day) for m in maybe) else Status.UNMET

    @staticmethod
    def _ever(sure: list[Membership], maybe: list[Membership], context: Context) -> Status:
        """A member now or once."""
        if any(m.span.start is None or m.span.start.latest <= context.as_of for m in sure):
            return Status.MET
        return Status.UNKNOWN if maybe else Status.UNMET

    def sentence(self, vocabulary: Vocabulary) -> str:
        name = vocabulary.label("organization", self.organization)
        text = f"membership of {name}"
        if self.at_least:
            text = f"{count(self.at_least.years, 'years')} of {text}"
        if self.current:
            text += ", held now"
        return text + (f" ({listed(list(self.not_types))} membership does not count)" if self.not_types else "")


def _held(membership: Membership, day: Date) -> bool:
    end = membership.span.end
    return end is None or end.earliest >= day
