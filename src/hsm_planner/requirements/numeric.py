"""What all leaves with amounts share: two worlds, comparing, words."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from hsm_planner.requirements.base import Outcome, Part
from hsm_planner.values.amounts import Range, compare
from hsm_planner.values.evidence import Evidence, Question
from hsm_planner.values.record import record
from hsm_planner.values.truth import Status, all_of


def exact(value: float | str) -> Fraction:
    """A number of the data as it is written: 0.5 is one half."""
    return Fraction(str(value))


@record
class Amount:
    """One amount asked inside a leaf and what the profile has of it."""

    id: str
    text: str
    have: Range
    need: Range
    unit: str

    def outcome(self, questions: Iterable[Question] = ()) -> Outcome:
        status = compare(self.have, self.need)
        return Outcome(
            status,
            self.have,
            self.need,
            self.unit,
            questions=tuple(dict.fromkeys(questions)) if status is Status.UNKNOWN else (),
        )


def gather(parts: list[Part], evidence: tuple[Evidence, ...], questions: Iterable[Question] = ()) -> Outcome:
    """One outcome of several parts that must all hold; a lone part is the leaf itself."""
    own = tuple(dict.fromkeys(questions))
    if len(parts) == 1 and parts[0].outcome.parts == ():
        only = parts[0].outcome
        asked = only.questions or (own if only.status is Status.UNKNOWN else ())
        return Outcome(only.status, only.have, only.need, only.unit, evidence, asked)
    status = all_of([part.outcome.status for part in parts])
    asked = tuple(dict.fromkeys(question for part in parts for question in part.outcome.questions))
    return Outcome(
        status,
        evidence=evidence,
        questions=(asked or own) if status is Status.UNKNOWN else (),
        parts=tuple(parts),
    )


def unknown(*questions: Question) -> Outcome:
    """Nobody said."""
    return Outcome(Status.UNKNOWN, questions=questions)
