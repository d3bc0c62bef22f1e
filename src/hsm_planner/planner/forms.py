"""Conditions in a plain form, and which of them holds because of others."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, product

from hsm_planner.planner.model import ALWAYS, All, Amount, Any, Begun, Condition, Done, During

_MOST_TERMS = 24
Term = tuple[Condition, ...]


class Forms:
    """Conditions without nesting that says nothing; equal ones are one and the same object."""

    def __init__(self) -> None:
        self._known: dict[int, Condition] = {}
        self._forms: dict[object, Condition] = {}
        self._kept: list[Condition] = []  # so that identities last

    def of(self, condition: Condition) -> Condition:
        found = self._known.get(id(condition))
        if found is None:
            found = self._made(condition)
            self._known[id(condition)] = self._known[id(found)] = found
            self._kept.append(condition)
        return found

    def _made(self, condition: Condition) -> Condition:
        match condition:
            case All(of):
                return self.all(map(self.of, of))
            case Any(of):
                return self.any(map(self.of, of))
            case _:
                return self._forms.setdefault(condition, condition)

    def all(self, parts: Iterable[Condition]) -> Condition:
        """Every one of some forms."""
        flat = list(chain.from_iterable(part.of if isinstance(part, All) else (part,) for part in parts))
        return self._several(All, flat)

    def any(self, parts: Iterable[Condition]) -> Condition:
        """One of some forms at least."""
        flat = list(chain.from_iterable(part.of if isinstance(part, Any) else (part,) for part in parts))
        return self._several(Any, flat) if ALWAYS not in flat else self.all(())

    def _several(self, kind: type[All | Any], parts: list[Condition]) -> Condition:
        parts = list({id(part): part for part in parts}.values())
        if len(parts) == 1:
            return parts[0]
        form = self._forms.setdefault((kind, *map(id, parts)), kind(tuple(parts)))
        self._known[id(form)] = form
        return form


class Facts:
    """Conditions that hold, to be asked whether another holds with them. ``before``: the activities behind them."""

    def __init__(self) -> None:
        self.before: set[str] = set()
        self._identities: set[int] = set()
        self._by_kind: dict[object, list[Condition]] = {}

    @classmethod
    def of(cls, conditions: Iterable[Condition]) -> Facts:
        facts = cls()
        for condition in conditions:
            facts.add(condition)
        return facts

    def add(self, condition: Condition) -> None:
        if id(condition) not in self._identities:
            self._identities.add(id(condition))
            self._by_kind.setdefault(_kind(condition), []).append(condition)

    def imply(self, condition: Condition) -> bool:
        if id(condition) in self._identities:
            return True
        return any(_implies(one, condition) for one in self._by_kind.get(_kind(condition), ()))


def _kind(condition: Condition) -> object:
    """What conditions have in common of which one may imply the other."""
    return (type(condition), condition.activity) if isinstance(condition, Done | Begun) else type(condition)


def parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.of if isinstance(condition, All) else (condition,)


def terms(condition: Condition) -> list[Term] | None:
    """The ways in which a condition can hold, each a list of plain conditions; None: too many."""
    match condition:
        case Any(of):
            found = [terms(child) for child in of]
            some = [term for one in found if one is not None for term in one]
            return some if None not in found and len(some) <= _MOST_TERMS else None
        case All(of):
            ways: list[Term] = [()]
            for child in of:
                more = terms(child)
                if more is None or len(ways) * len(more) > _MOST_TERMS:
                    return None
                ways = [(*one, *other) for one, other in product(ways, more)]
            return ways
        case _:
            return [(condition,)]


def holds(condition: Condition, facts: list[Facts]) -> bool:
    """Whether a condition holds because of others."""
    if any(one.imply(condition) for one in facts):
        return True
    match condition:
        case All(of):
            return all(holds(child, facts) for child in of)
        case Any(of):
            return any(holds(child, facts) for child in of)
        case _:
            return False


def _implies(one: Condition, other: Condition) -> bool:
    """Whether a plain condition never holds without another of its kind."""
    match one, other:
        case Done(), Done():
            return one.activity == other.activity and one.lag >= other.lag and _inside(one.within, other.within)
        case During(), During():
            return one.first >= other.first and _inside(one.last, other.last)
        case Amount(), Amount():
            return _gathers(one, other)
        case _:
            return one == other


def _inside(length: int | None, other: int | None) -> bool:
    return other is None or (length is not None and length <= other)


def _gathers(one: Amount, other: Amount) -> bool:
    """Whether the share gathered of one amount is at no time more than that of another."""
    if one.need <= 0 or other.need <= 0 or not _inside(one.within, other.within):
        return False
    if other.after not in (None, one.after):
        return False
    have, get = dict(one.rates), dict(other.rates)
    return all(get.get(name, 0) * one.need >= rate * other.need for name, rate in have.items()) and all(
        other.past(time) * one.need >= one.past(time) * other.need
        for time in range(max(len(one.base), len(other.base)))
    )
