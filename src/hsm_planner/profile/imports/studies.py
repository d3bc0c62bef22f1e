"""The studies of another format: a degree awarded, expected or given up; what a high school gives is none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hsm_planner.profile.imports.loss import BACKWARDS, Import, Words, day, runs_backwards, text_of
from hsm_planner.profile.unfinished import unfinished
from hsm_planner.values.dates import PartialDate

_HIGH_SCHOOL = re.compile(r"\bHS\b|\b(?i:high[ -]?school|secondary school)\b")
_DIPLOMA = re.compile(
    r"(?:(?:general|regents|academic|honors?|standard|advanced|college prep\w*)\W+)?"
    r"(?:diploma|certificate|graduate|graduated|graduation|general(?: studies| education)?|college prep\w*|secondary)"
    r"(?: (?:in|of|from) (?:high[ -]?school|secondary school|general studies|general education))?",
    re.IGNORECASE,
)


def degree(
    found: Import,
    words: Words,
    name: str,
    school: str,
    end: object,
    start: object = None,
    beside: Iterable[object] = (),
) -> None:
    """A degree: awarded at its end, or expected where that lies ahead; neither where it was not finished.

    ``beside``: what else stands in the entry, which may say so.
    """
    label = f"{name or 'no degree named'}{f', {school}' if school else ''}"
    name = _at_high_school(found, label, name, school)
    if not name:
        found.drop(label, "no degree is named; if one was awarded, add it")
        return
    if _not_finished(found, words, name, school, end, beside):
        return
    first, last = day(start), day(end)
    if words.ahead(first):
        found.drop(label, f"its studies begin on {first}, after today; add it once they have begun")
        return
    if last is None:
        why = "without an end it is not known whether it was finished; add `awarded` or `expected`"
        found.drop(label, why if start or not text_of(end) else f"its end, {text_of(end)!r}, is no date")
        return
    if runs_backwards(first, last):
        found.drop(label, BACKWARDS)
        return
    ahead = PartialDate.parse(last).as_event().latest > words.as_of
    entry = {"degree": name, "school": school, "expected" if ahead else "awarded": last}
    found.add("education", entry, f"{label}, {'expected' if ahead else 'awarded'} {last}")
    if not ahead:
        note = "The end of the studies stands for the award of each degree: look whether each was finished."
        found.notes += [note] if note not in found.notes else []


def _at_high_school(found: Import, label: str, name: str, school: str) -> str:
    """A diploma of a high school by its name; any other degree beside one is doubted."""
    if not name or not _HIGH_SCHOOL.search(f"{name}, {school}") or _HIGH_SCHOOL.match(name):
        return name
    if _DIPLOMA.fullmatch(name):
        found.notes.append(f"{label}: read as a high school diploma.")
        return "High school diploma"
    if not _HIGH_SCHOOL.search(school):
        return name  # a degree in teaching at high schools
    found.notes.append(f"{label}: a high school gives no degree, so it is asked whether it is one.")
    return f"{name} (of a high school?)"


def _not_finished(found: Import, words: Words, name: str, school: str, end: object, beside: Iterable[object]) -> bool:
    """Add a degree that was given up, or may have been, as such; True where it was."""
    notes = (unfinished(text_of(note), frozenset()) for note in beside)
    told = next(filter(None, (*map(unfinished, (name, school, text_of(end))), *notes)), None)
    last = day(end)
    if told is None or (not told.given_up and last and PartialDate.parse(last).as_event().latest > words.as_of):
        return False  # one under way has its end ahead
    label, said = f"{name}{f', {school}' if school else ''}", told.words.lower()
    how = "taken as not finished" if told.sure else "asked whether it was finished"
    found.notes.append(f"{label}: beside it stands {said!r}, so it is {how}; put that right where it is wrong.")
    inside = unfinished(name) is not None
    entry = {"degree": name if inside else f"{name} ({said}{'' if told.sure else '?'})", "school": school}
    found.add("education", entry, f"{label}, {'not finished' if told.sure else 'perhaps not finished'}")
    return True
