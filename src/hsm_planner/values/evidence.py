"""What in a profile supports a finding, and what the person could be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Literal

from hsm_planner.values.record import record
from hsm_planner.values.truth import Strength


@record
class Evidence:
    """One item of the profile that counts (or would) for a requirement."""

    pointer: str  # "experience[1]"
    text: str
    strength: Strength


@record
class Question:
    """Something to ask; the same id is the same question wherever it comes up."""

    id: str  # where the answer goes: "experience[1].supervises"
    text: str
    why: str = ""
    answers: tuple[str, ...] = ()
    whom: str = ""  # an office that alone can answer
    usual: bool = False  # nearly everybody answers yes


@record
class Claim:
    """How surely something holds, and what would settle it where that is not sure."""

    strength: Strength
    questions: tuple[Question, ...] = ()

    @classmethod
    def possible(cls, *questions: Question) -> Claim:
        return cls(Strength.POSSIBLE, questions)

    def also(self, other: Claim) -> Claim:
        """Both must hold: as strong as the weaker; a no needs no question."""
        if not (self.questions or other.questions):
            return self if self.strength <= other.strength else other
        strength = min(self.strength, other.strength)
        if strength is Strength.NONE:
            return NO
        return Claim(strength, _unique((*self.open_questions(), *other.open_questions())))

    def either(self, other: Claim) -> Claim:
        """One suffices: as strong as the stronger; a sure yes needs no question."""
        if self is NO or other is NO:
            one = other if self is NO else self
            return one if one.strength < Strength.ASSUMED or not one.questions else Claim(one.strength)
        if not (self.questions or other.questions):
            return self if self.strength >= other.strength else other
        strength = max(self.strength, other.strength)
        if strength >= Strength.ASSUMED:
            return Claim(strength)
        return Claim(strength, _unique((*self.open_questions(), *other.open_questions())))

    def open_questions(self) -> tuple[Question, ...]:
        return () if self.strength >= Strength.ASSUMED else self.questions


NO = Claim(Strength.NONE)
YES = Claim(Strength.STATED)


def _unique(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(dict.fromkeys(questions))


How = Literal["stated", "alias", "fuzzy", "unresolved"]


@record
class Resolved:
    """How one thing that the person wrote was read."""

    given: str
    pointer: str
    kind: str  # role, level, field, credential, course...
    id: str | None
    how: How
    score: float = 1.0
    questions: tuple[Question, ...] = field(default=())
