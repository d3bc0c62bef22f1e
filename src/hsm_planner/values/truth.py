"""Three truths in Kleene's sense, and the five statuses that a finding can have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum, StrEnum


class Status(StrEnum):
    """What a requirement came to for a person."""

    MET = "met"
    PARTLY = "partly"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def false(self) -> bool:
        return self in (Status.PARTLY, Status.UNMET)


class Verdict(StrEnum):
    """The answer to the whole question."""

    READY = "ready"
    NOT_READY = "not_ready"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, status: Status) -> Verdict:
        if status is Status.MET:
            return cls.READY
        return cls.NOT_READY if status.false else cls.UNKNOWN


class Strength(IntEnum):
    """How well the profile supports something, weakest first."""

    NONE = 0
    POSSIBLE = 1  # the profile is silent on a field that decides; never counts
    GUESSED = 2  # counts once confirmed
    ASSUMED = 3
    SOURCED = 4
    STATED = 5

    def counts(self, *, confirmed: bool) -> bool:
        return self >= (Strength.GUESSED if confirmed else Strength.ASSUMED)


def _false(children: Iterable[Status]) -> Status:
    some = any(child in (Status.MET, Status.PARTLY) for child in children)
    return Status.PARTLY if some else Status.UNMET


def all_of(children: Sequence[Status]) -> Status:
    """False if a child is false, else unknown if one is, else met; none left is not applicable."""
    kept = [child for child in children if child is not Status.NOT_APPLICABLE]
    if not kept:
        return Status.NOT_APPLICABLE
    if any(child.false for child in kept):
        return _false(kept)
    return Status.UNKNOWN if Status.UNKNOWN in kept else Status.MET


def at_least(needed: int, children: Sequence[Status], *, unusual: Sequence[bool] = ()) -> Status:
    """Met when ``needed`` children are met; false when met and unknown together are fewer.

    ``unusual`` marks children whose being unknown does not keep the answer from being false.
    """
    marks = list(unusual) or [False] * len(children)
    kept = [pair for pair in zip(children, marks, strict=True) if pair[0] is not Status.NOT_APPLICABLE]
    if not kept:
        return Status.NOT_APPLICABLE
    met = sum(child is Status.MET for child, _ in kept)
    hopeful = sum(child is Status.UNKNOWN and not mark for child, mark in kept)
    unusual_hope = sum(child is Status.UNKNOWN and mark for child, mark in kept)
    if met >= needed:
        return Status.MET
    if met + hopeful >= needed:
        return Status.UNKNOWN
    if unusual_hope and all(not child.false for child, _ in kept):
        # Nothing is false: only unusual ways are open, and nobody said no to them.
        return Status.UNKNOWN
    return _false(child for child, _ in kept)


def any_of(children: Sequence[Status], *, unusual: Sequence[bool] = ()) -> Status:
    """Met if a child is met, else unknown if one is, else false."""
    return at_least(1, children, unusual=unusual)


def lower(left: Status, right: Status) -> bool:
    """Whether ``left`` is further from met than ``right``: false < unknown < met."""
    rank = {Status.MET: 2, Status.UNKNOWN: 1, Status.NOT_APPLICABLE: 1}
    return rank.get(left, 0) < rank.get(right, 0)
