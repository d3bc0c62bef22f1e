"""The same problem with less to choose: what another step asks already is not asked again, what several ask is once.

Conditions keep their meaning at every time in every schedule without mistakes, so optima stay what they were:
docs/planner.md, rule 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from hsm_planner.planner.forms import Facts, Forms, holds, parts, terms
from hsm_planner.planner.model import (
    ALWAYS,
    Activity,
    All,
    Amount,
    Any,
    Begun,
    Condition,
    Done,
    Mode,
    Problem,
    Schedule,
    perishable,
)
from hsm_planner.values.record import replace


def simpler(problem: Problem) -> Problem:
    """The problem with implied conditions taken out, and an *event* (of no time and no cost) for what several ask."""
    return _with_events(_Implied(problem).problem())


def is_event(name: str) -> bool:
    """Whether an activity only stands for what several others ask."""
    return name.startswith("#")


def plain(schedule: Schedule) -> Schedule:
    """The schedule without events."""
    return replace(schedule, choices=tuple(one for one in schedule.choices if not is_event(one.activity)))


class _Implied:
    """What holds because of what others ask."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._forms = Forms()
        self._needs = {activity.id: self._forms.of(activity.needs) for activity in problem.activities}
        self._goal = self._forms.of(problem.goal)
        self._lasts: dict[int, bool] = {}
        self._asked: dict[str, tuple[Condition, ...]] = {}
        self._closed: dict[str, Facts] = {}
        self._look()

    def problem(self) -> Problem:
        """First the branches that another makes needless; then, in what is left, what others ask already."""
        for simplified in (self._narrowed, self._simplified):
            needs = {name: simplified(condition, name) for name, condition in self._needs.items()}
            self._needs, self._goal = needs, simplified(self._goal, "")
            self._look()
        activities = tuple(replace(one, needs=self._needs[one.id]) for one in self._problem.activities)
        return replace(self._problem, activities=activities, goal=self._goal)

    def _look(self) -> None:
        """What each activity asks that lasts, as it stands."""
        self._asked = {name: tuple(self._lasting(parts(needs))) for name, needs in self._needs.items()}
        self._closed.clear()

    def _lasting(self, some: Iterable[Condition]) -> Iterator[Condition]:
        """What still holds later, of conditions that hold."""
        for one in some:
            if isinstance(one, Done) and one.within is not None:
                yield self._forms.of(replace(one, within=None))
            elif self._stays(one):
                yield one

    def _stays(self, condition: Condition) -> bool:
        found = self._lasts.get(id(condition))
        if found is None:
            found = self._lasts[id(condition)] = _lasts(condition)
        return found

    def _facts(self, name: str) -> Facts:
        """What holds for good once an activity has begun: what it asks, and all that they ask."""
        found = self._closed.get(name)
        if found is None:
            facts, waiting = Facts(), [name]
            while waiting:
                one = waiting.pop()
                if one in facts.before:
                    continue
                facts.before.add(one)
                facts.add(self._forms.of(Begun(one)))
                for condition in self._asked.get(one, ()):
                    facts.add(condition)
                    if isinstance(condition, Done | Begun):
                        waiting.append(condition.activity)
            found = self._closed[name] = facts
        return found

    def _behind(self, conditions: Iterable[Condition]) -> list[Facts]:
        """What stands behind some conditions that hold together."""
        return [self._facts(one.activity) for one in conditions if isinstance(one, Done | Begun)]

    def _narrowed(self, condition: Condition, owner: str) -> Condition:
        """Without needless branches."""
        match condition:
            case All(of):
                return self._forms.all(self._narrowed(one, owner) for one in of)
            case Any(of):
                return self._one_of(self._forms.any(self._narrowed(one, owner) for one in of))
            case _:
                return condition

    def _simplified(self, condition: Condition, owner: str) -> Condition:
        """Without what others ask already."""
        match condition:
            case All(of):
                return self._together(self._forms.all(self._simplified(one, owner) for one in of), owner)
            case Any(of):
                return self._forms.any(self._simplified(one, owner) for one in of)
            case _:
                return condition

    def _together(self, condition: Condition, owner: str) -> Condition:
        """Without the parts that the others imply; never by way of the owner itself, which would justify itself."""
        kept = list(parts(condition))
        for part in sorted(kept, key=lambda one: not isinstance(one, Any | Amount)):
            others = [one for one in kept if one is not part]
            behind = [facts for facts in self._behind(others) if owner not in facts.before]
            if holds(part, [Facts.of(others), *behind]):
                kept = others
        return self._forms.all(kept)

    def _one_of(self, condition: Condition) -> Condition:
        """Without the branches that hold only where another does as well."""
        if not isinstance(condition, Any):
            return condition
        ways = {id(child): found for child in condition.of if (found := terms(child)) is not None}
        kept = [term for some in ways.values() for term in some]
        for term in reversed(kept):
            facts = [Facts.of(term), *self._behind(term)]
            if any(all(holds(one, facts) for one in other) for other in kept if other is not term):
                kept = [one for one in kept if one is not term]
        left: list[Condition] = []
        for child in condition.of:
            some = ways.get(id(child))
            rest = [term for term in some or () if any(one is term for one in kept)]
            if some is None or len(rest) == len(some):
                left.append(child)
            else:
                left += [self._forms.all(term) for term in rest]
        return self._forms.any(left)


def _with_events(problem: Problem) -> Problem:
    """The problem in which what several ask, and what lasts, is asked by one event that they wait for."""
    needs = {activity.id: parts(activity.needs) for activity in problem.activities} | {"": parts(problem.goal)}
    events: list[Activity] = []

    def event(asked: tuple[Condition, ...]) -> Done:
        made = Activity(f"#{len(events)}", (Mode("#", 0, {}, {}),), All(asked))
        events.append(made)
        return Done(made.id)

    groups: dict[tuple[str, ...], list[Condition]] = {}
    for part, owners in _asked_by(needs, lambda part: _lasts(part) and isinstance(part, Any | Amount)):
        groups.setdefault(owners, []).append(part)
    for owners, shared in groups.items():
        done, gone = event(tuple(shared)), set(map(id, shared))
        for owner in owners:
            needs[owner] = (*(part for part in needs[owner] if id(part) not in gone), done)
    for part, owners in _asked_by(needs, lambda part: isinstance(part, Any) and len(_lasting_branches(part)) > 1):
        assert isinstance(part, Any)  # of which some branches last: those alone
        lasting = _lasting_branches(part)
        either = Any((event((Any(lasting),)), *(one for one in part.of if not _lasts(one))))
        for owner in owners:
            needs[owner] = tuple(either if one is part else one for one in needs[owner])
    activities = tuple(replace(activity, needs=All(needs[activity.id])) for activity in problem.activities)
    return replace(problem, activities=(*activities, *events), goal=All(needs[""]))


def _asked_by(
    needs: Mapping[str, tuple[Condition, ...]], fits: Callable[[Condition], bool]
) -> list[tuple[Condition, tuple[str, ...]]]:
    """The conditions of a kind that several ask, each with who asks it."""
    asked: dict[int, Condition] = {}
    owners: dict[int, list[str]] = {}
    for owner, some in needs.items():
        for part in some:
            asked[id(part)] = part
            owners.setdefault(id(part), []).append(owner)
    return [(part, tuple(owners[one])) for one, part in asked.items() if len(owners[one]) > 1 and fits(part)]


def _lasting_branches(condition: Any) -> tuple[Condition, ...]:
    """The branches that still hold later once they hold."""
    return tuple(filter(_lasts, condition.of))


def _lasts(condition: Condition) -> bool:
    return perishable(condition) == ALWAYS
