"""How long it takes from the start of something to the finish, at least: what must come after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from hsm_planner.planner.chain import Chain
from hsm_planner.planner.model import Activity, Amount, Begun, Condition, Done, Mode

Asked = Iterable[tuple[str, Condition]]
Load = tuple[Mapping[str, int], int]  # what each takes of something in a month, and how much of it there is
Wait = tuple[str, str, int]  # what waits ("": the finish), for which start, so many months at least


def waits(modes: Mapping[str, Mode], asked: Asked, chain: Chain) -> list[Wait]:
    """Who cannot start, or be the finish, until so many months after the start of another."""
    found = list(chain.one_after_another())
    for owner, condition in asked:
        match condition:
            case Done(name, lag, _) if name in modes:
                found.append((owner, name, modes[name].months + lag))
            case Begun(name) if name in modes:
                found.append((owner, name, 0))
            case Amount() if (alone := chain.alone(owner, condition)) is not None:
                found.append((owner, *alone))
    return found


def tails(modes: Mapping[str, Mode], activities: Mapping[str, Activity], some: Iterable[Wait]) -> dict[str, int]:
    """The least months from the start of each activity to the finish."""
    waited = list(some)
    found = {name: 0 if activities[name].post else mode.months for name, mode in modes.items()}
    for _ in range(len(found) + 1):
        moved = False
        for owner, name, months in waited:
            least = months + (found[owner] if owner else 0)
            if least > found[name]:
                found[name], moved = least, True
        if not moved:
            break
    return found


def fresh(modes: Mapping[str, Mode], asked: Asked, starts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """What must not be old when it is asked, and its earliest start by that of who asks it."""
    for owner, condition in asked:
        if isinstance(condition, Done) and condition.within is not None and condition.activity in modes and owner:
            yield condition.activity, starts[owner] - condition.within - modes[condition.activity].months


def loads(modes: Mapping[str, Mode], activities: Mapping[str, Activity], capacity: Mapping[str, int]) -> list[Load]:
    """What each activity takes of what there is a limit of in a month; the place of the post is one of them."""
    busy = {name: mode for name, mode in modes.items() if mode.months and not activities[name].post}
    found = [
        ({name: uses for name, mode in busy.items() if (uses := mode.uses.get(resource, 0))}, limit)
        for resource, limit in capacity.items()
    ]
    return [*found, ({name: 1 for name in busy if activities[name].occupies}, 1)]


def joined(
    modes: Mapping[str, Mode], asked: Asked, starts: Mapping[str, int], taken: Sequence[Load]
) -> Iterator[tuple[str, int]]:
    """Who waits for several that do not all fit beside each other, and its earliest start by those."""
    loaded = {name for uses, _ in taken for name in uses}
    before: dict[str, dict[str, int]] = {}
    for owner, condition in asked:
        if isinstance(condition, Done) and owner and condition.activity in loaded:
            left = modes[condition.activity].months + condition.lag
            before.setdefault(owner, {})[condition.activity] = left
    for owner, lefts in before.items():
        if len(lefts) > 1:
            some = [({name: used for name, used in uses.items() if name in lefts}, limit) for uses, limit in taken]
            yield owner, finish({name: modes[name] for name in lefts}, starts, lefts, some)


def finish(modes: Mapping[str, Mode], starts: Mapping[str, int], left: Mapping[str, int], taken: Iterable[Load]) -> int:
    """The earliest finish by what comes before and after each, and by those that take more together than there is.

    ``starts``: the earliest start of each; ``left``: the least months from there to the finish.
    """
    found = max((starts[name] + left[name] for name in modes), default=0)
    for uses, limit in taken:
        busy = sorted(uses, key=lambda name: -uses[name])
        after = {
            (one, other): min(
                starts[one] + modes[one].months + left[other], starts[other] + modes[other].months + left[one]
            )
            for one, other in combinations(busy, 2)
        }
        for number in (2, 3):  # what does not all fit into one month: two of it stand apart
            for some in combinations(busy, number):
                if sum(uses[name] for name in some) > limit:
                    found = max(found, min(after[pair] for pair in combinations(some, 2)))
        apart = [one for one, before in zip(busy, busy[:1] + busy, strict=False) if uses[one] + uses[before] > limit]
        found = max(
            found, _in_a_row([(starts[one], modes[one].months, left[one] - modes[one].months) for one in apart])
        )
    return found


def _in_a_row(pieces: Sequence[tuple[int, int, int]]) -> int:
    """The earliest finish of pieces one after another, each with its earliest start, length, and months after it."""
    found = 0
    for first in {start for start, _, _ in pieces}:
        for last in {after for _, _, after in pieces}:
            between = [months for start, months, after in pieces if start >= first and after >= last]
            found = max(found, first + sum(between) + last) if between else found
    return found
