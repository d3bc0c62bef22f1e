"""What is wrong with an input: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from hsm_planner.values.record import record

_SHORT = 5  # letters; shorter words are acronyms


@record
class Problem:
    """One thing that is wrong. Lines and columns count from 1."""

    code: str  # "unknown-key", "bad-date"...
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str = ""
    hint: str = ""
    excerpt: str = ""  # the line of the file, for the caret

    @property
    def place(self) -> str:
        """``profile.yaml:6:12``, as far as known."""
        parts = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        return ":".join(parts)


class InputError(Exception):
    """An input that cannot be used, with everything that is wrong with it, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(
            sorted(problems, key=lambda problem: (problem.file or "", problem.line or 0, problem.column or 0))
        )


def failure(code: str, message: str, *, file: str | None = None, hint: str = "") -> InputError:
    """An error of one problem."""
    return InputError([Problem(code, message, file=file, hint=hint)])


def nearest(word: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Known words that look like the one given, nearest first.

    **Why** the short ones are held apart: between two acronyms of three or four letters likeness means nothing (CNA and
    NHA are far from each other), so only the same letters in another order count, or one more or less at the end.
    """
    by_lower = {candidate.lower(): candidate for candidate in known}
    if len(word) < _SHORT:
        same = sorted(word.lower())
        low = word.lower()
        near = {low[:-1]} | {known for known in by_lower if known[:-1] == low} if low else set()
        return [candidate for lower, candidate in by_lower.items() if sorted(lower) == same or lower in near][:most]
    found = get_close_matches(word.lower(), list(by_lower), n=most, cutoff=0.6)
    return [by_lower[match] for match in found]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint with the nearest words, or the empty string."""
    found = nearest(word, known)
    return f"Did you mean {' or '.join(found)}?" if found else ""


def dotted(path: Iterable[str | int]) -> str:
    """``experience[1].start`` from its parts."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
