"""Records: what frozen values can do, beside the dataclass of the standard library."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass, field, fields
from typing import ClassVar

import pytest

from hsm_planner.values.record import record, replace


@record
class Point:
    """With every kind of default."""

    x: int
    y: int = 0
    tags: tuple[str, ...] = field(default=("a",))
    seen: dict[str, int] = field(default_factory=dict)

    def moved(self) -> Point:
        return replace(self, x=self.x + 1)


@dataclass(frozen=True)
class Usual:
    x: int
    y: int = 0
    tags: tuple[str, ...] = field(default=("a",))
    seen: dict[str, int] = field(default_factory=dict)


@record
class Named:
    """Hashable, without defaults."""

    name: str
    kind: str


def test_takes_what_a_dataclass_takes() -> None:
    for given in ({"x": 1}, {"x": 1, "y": 2}, {"x": 1, "tags": (), "seen": {"b": 1}}):
        ours, theirs = Point(**given), Usual(**given)
        assert [getattr(ours, name) for name in Point.__match_args__] == [
            getattr(theirs, one.name) for one in fields(theirs)
        ]
    for given in ({}, {"x": 1, "z": 2}):
        with pytest.raises(TypeError):
            Point(**given)  # type: ignore[arg-type]


def test_a_default_that_can_change_is_made_anew() -> None:
    first, second = Point(1), Point(1)
    assert first.seen is not second.seen
    assert first.seen == second.seen == {}


def test_equal_and_hashed_by_its_fields_and_class() -> None:
    assert Named("a", "b") == Named("a", "b") != Named("b", "a")
    assert Named("a", "b") != Usual(1)  # type: ignore[comparison-overlap]
    assert len({Named("a", "b"), Named("a", "b"), Named("b", "a")}) == 2
    assert repr(Named("a", "b")) == "Named(name='a', kind='b')"


def test_replaced_copied_and_pickled() -> None:
    point = Point(1, 2, ("b",), {"c": 1})
    assert replace(point, y=3) == Point(1, 3, ("b",), {"c": 1})
    assert point.moved() == Point(2, 2, ("b",), {"c": 1})
    assert point == Point(1, 2, ("b",), {"c": 1})
    assert copy.copy(point) == copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == point
    with pytest.raises(TypeError):
        replace(point, z=1)  # type: ignore[call-arg]


def test_matched_by_place_and_closed() -> None:
    match Named("a", "b"):
        case Named(name, kind):
            assert (name, kind) == ("a", "b")
    with pytest.raises(AttributeError):
        Named("a", "b").other = 1  # type: ignore[attr-defined]


def test_a_field_that_is_needed_must_not_follow_a_default() -> None:
    with pytest.raises(TypeError, match="x, y"):

        @record
        class Wrong:
            x: int = 0
            y: int  # type: ignore[misc]


def test_what_is_not_kept_is_refused() -> None:
    with pytest.raises(TypeError, match="builds on another record"):

        @record
        class Further(Named):
            more: int = 0

    with pytest.raises(TypeError, match="class variable"):

        @record
        class Counted:
            number: ClassVar[int] = 0

    with pytest.raises(TypeError, match="calls super"):

        @record
        class Shown:
            name: str

            def __str__(self) -> str:
                return super().__str__()
