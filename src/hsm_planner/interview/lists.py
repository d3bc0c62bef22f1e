"""Lists of entries: each line by itself, so that one that is not understood does not lose the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsm_planner.interview.dates import Unclear
from hsm_planner.knowledge.store import plain
from hsm_planner.values.dates import PartialDate

_NAMED_BY = ("title", "degree", "credits", "id", "organization", "kind", "name", "hours")
_BEGUN = ("start", "since", "issued", "awarded", "expected", "passed", "date")
_DATE = re.compile(r"\d{4}(?:-\d{2})?")
Entry = dict[str, Any]


class Partly(Unclear):
    """A list of which only some lines could be read. ``kept``: these, to be taken; its text speaks of the others."""

    def __init__(self, message: str, kept: str) -> None:
        super().__init__(message)
        self.kept = kept


def read_each(lines: Sequence[str], read: Callable[[str], Entry]) -> list[Entry]:
    """The entries of all lines.

    Raises:
        Partly: when some can be read and others not.
        Unclear: when none can be read.
    """
    found: list[Entry] = []
    kept: list[str] = []
    errors: list[str] = []
    for line in lines:
        try:
            found.append(read(line))
        except Unclear as error:
            errors.append(str(error))
        else:
            kept.append(line)
    if not errors:
        return found
    message = " ".join(dict.fromkeys(errors))
    if not kept:
        raise Unclear(message)
    raise Partly(f"{message} The rest is kept ({'; '.join(kept)}). Write what is missing; or none.", "; ".join(kept))


def joined(section: str, old: Sequence[Entry], new: Sequence[Entry]) -> list[Entry]:
    """Entries with what is told later: the same one told twice is one, with all that was said of it.

    Raises:
        Unclear: when a post seems to be told a second time, with another beginning.
    """
    result = [dict(entry) for entry in old]
    for entry in new:
        place = next((number for number, known in enumerate(old) if _same(known, entry)), None)
        if place is not None:
            result[place] = _fuller(result[place], entry)
            continue
        if section == "experience" and any(_named(known) == _named(entry) and _meet(known, entry) for known in result):
            msg = f"You named {entry['title']!r} already, at the same time. Write only what is not there yet; or none."
            raise Unclear(msg)
        result.append(entry)
    return result


def _named(entry: Mapping[str, Any]) -> tuple[str, str]:
    key = next((key for key in _NAMED_BY if key in entry), "")
    return key, plain(str(entry.get(key, "")))


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two entries can be the same thing: of one name, begun on one day, nothing in them against it."""
    if _named(one) != _named(other):
        return False
    if all(_agree(one[key], other[key]) for key in one.keys() & other.keys()):
        ends = [entry for entry in (one, other) if "end" in entry]
        return len(ends) != 1 or any(key in one and key in other for key in _BEGUN)
    return False


def _agree(one: object, other: object) -> bool:
    """Equal, or a date and its year or month."""
    first, second = sorted((str(one), str(other)), key=len)
    return plain(first) == plain(second) or (_DATE.fullmatch(first) is not None and second.startswith(f"{first}-"))


def _fuller(one: Mapping[str, Any], other: Mapping[str, Any]) -> Entry:
    merged = {**one, **other}
    return {key: max((one.get(key, value), value), key=lambda said: len(str(said))) for key, value in merged.items()}


def _meet(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two posts can have been held on the same day."""
    if _apart(one, other):
        return False
    first, second = _days(one), _days(other)
    return first[0] <= second[1] and second[0] <= first[1]


def _apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return any(key in one and key in other and not _agree(one[key], other[key]) for key in ("employer", "setting"))


def _days(post: Mapping[str, Any]) -> tuple[str, str]:
    start = PartialDate.parse(post["start"]).as_event().latest.isoformat() if post.get("start") else "0"
    end = PartialDate.parse(post["end"]).as_event().earliest.isoformat() if post.get("end") else "9"
    return start, end
