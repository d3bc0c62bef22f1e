"""A profile after some actions: what each leaves behind, written as a person would write it.

The entries are of the profile's own shape, so that the future is read by the same readers as the present. Both the
maker of routes (to see what an action closes) and the replay (to see what a plan comes to) use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hsm_planner.profile.model import Profile
from hsm_planner.values.dates import DAY, Date, add_months
from hsm_planner.values.record import record

# A section that a profile does not have is taken as empty in a plan: what is not said is not relied on.
_SECTIONS = (
    "education",
    "experience",
    "credentials",
    "applications",
    "memberships",
    "learning",
    "training",
    "courses",
    "exams",
    "volunteering",
)
_FIELDS = {"education": ("degrees", "credits"), "experience": ("posts",)}  # of a timeline, where they differ
# What is read beside the credentials: some posts count for holders of a licence only, and a licence tells of schooling.
_BESIDE_CREDENTIALS = frozenset({"education", "experience"})
_DAYS = {"start": "start", "end": "end"}


@record
class Effect:
    """An entry that an action leaves in a section; ``dated`` names the keys that take its first or last day."""

    section: str
    entry: Mapping[str, Any]
    dated: tuple[tuple[str, str], ...] = ()  # (key, "start" | "end")


@record
class Lasting:
    """An action that was done: its effects between two days (``last`` is the last day; before ``first``: no time)."""

    effects: tuple[Effect, ...]
    first: Date
    last: Date
    post: bool = False
    occupies: bool = False


def month_start(origin: Date, month: int) -> Date:
    """The first day of a month of the grid."""
    return add_months(origin, month)


def last_day(origin: Date, end: int) -> Date:
    """The last day before a month of the grid begins."""
    return month_start(origin, end) - DAY


def planning_profile(profile: Profile) -> dict[str, Any]:
    """The profile as plain data, with empty sections where it has none."""
    data = profile.model_dump(mode="json", by_alias=True, exclude_none=True)
    for section in _SECTIONS:
        data.setdefault(section, [])
    data.setdefault("references", {"count": 0})
    return data


def after(profile: Mapping[str, Any], done: Iterable[Lasting], until: Date | None = None) -> Profile:
    """The profile once some actions are done. A new post ends those held; what takes a post's place interrupts them.

    ``until``: the day to look from; posts begun later are left out.
    """
    data = {key: list(value) if isinstance(value, list) else value for key, value in profile.items()}
    lasting = sorted(done, key=lambda one: one.first)
    _move(data, [one for one in lasting if until is None or one.first <= until])
    for one in lasting:
        for effect in one.effects:
            if one.post:
                continue
            entry = dict(effect.entry)
            entry |= {key: (one.first if at == "start" else one.last).isoformat() for key, at in effect.dated}
            _add(data, effect.section, entry)
    return Profile.model_validate(data)


def touched(profile: Mapping[str, Any], done: Lasting) -> tuple[Profile, tuple[str, ...]]:
    """What an action changes: a profile of those sections alone, and the fields of a timeline read from them."""
    sections = {effect.section for effect in done.effects} | ({"experience"} if done.post or done.occupies else set())
    if "credentials" in sections:
        sections |= _BESIDE_CREDENTIALS
    read = sections | ({"credentials"} if sections & _BESIDE_CREDENTIALS else set())
    others = dict.fromkeys(name for name in Profile.model_fields if name not in (*read, "schema_version"))
    fields = [field for name in _SECTIONS if name in sections for field in _FIELDS.get(name, (name,))]
    fields += ["references"] if "references" in sections else []
    return after(profile, [done]).model_copy(update=others), tuple(fields)


def _add(data: dict[str, Any], section: str, entry: dict[str, Any]) -> None:
    if section == "references":
        known = data["references"]
        roles = list(known) if isinstance(known, list) else [{} for _ in range(known["count"])]
        data["references"] = [*roles, entry]
    elif section == "applications":
        others = [one for one in data[section] if one["for"] != entry["for"]]
        same = [one for one in data[section] if one["for"] == entry["for"]]
        data[section] = [*others, {**(same[0] if same else {}), **entry}]
    else:
        data[section] = [*data[section], entry]


def _move(data: dict[str, Any], lasting: Sequence[Lasting]) -> None:
    """The chain of posts: who holds which, with interruptions."""
    moves = [one for one in lasting if one.post]
    breaks = [one for one in lasting if one.occupies]
    held = [post for post in data["experience"] if "end" not in post]
    past = [post for post in data["experience"] if "end" in post]
    chain: list[tuple[list[dict[str, Any]], Date | None]] = [(held, None)]
    chain += [
        ([dict(effect.entry) for effect in one.effects if effect.section == "experience"], one.first) for one in moves
    ]
    result = list(past)
    for index, (entries, begun) in enumerate(chain):
        until = chain[index + 1][1] if index + 1 < len(chain) else None
        for entry in entries:
            result += _stretches(entry, begun, until, breaks)
    data["experience"] = result


def _stretches(
    entry: dict[str, Any], begun: Date | None, until: Date | None, breaks: Sequence[Lasting]
) -> Iterable[dict[str, Any]]:
    """A post from its first day to the day before the next one, without what interrupts it."""
    start = begun.isoformat() if begun else entry.get("start")
    for one in breaks:
        if (begun is None or one.first >= begun) and (until is None or one.first < until):
            if start is None or one.first.isoformat() > start:
                yield _between(entry, start, one.first - DAY)
            start = (one.last + DAY).isoformat()
    if until is None or start is None or start < until.isoformat():
        yield _between(entry, start, until - DAY if until else None)


def _between(entry: dict[str, Any], start: str | None, end: Date | None) -> dict[str, Any]:
    found = {key: value for key, value in entry.items() if key not in _DAYS}
    found |= {"start": start} if start is not None else {}
    found |= {"end": end.isoformat()} if end is not None else {}
    return found
