"""Frozen values that cost little to declare.

**Why** not ``@dataclass(frozen=True, slots=True)``: it compiles six methods a class, which for all our values together
takes as long as a whole assessment, on every start. Here only ``__init__`` is compiled and the rest is shared. The
type checker refuses assignments; at run time nothing does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._values(self) == self._values(other)


def _hash(self: Any) -> int:
    return hash((self.__class__, self._values(self)))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({shown})"


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """A class of frozen values: equal when all fields are, hashable when all fields are.

    >>> @record
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(1) == Point(1, 0), len({Point(1), Point(1)})
    (Point(x=1, y=0), True, 1)
    """
    made = dataclass(slots=True, repr=False, eq=False)(cls)
    names: tuple[str, ...] = getattr(made, "__match_args__", ()) or ("__class__",)
    setattr(made, "_values", attrgetter(*names))  # noqa: B010
    for name, method in (("__eq__", _equal), ("__hash__", _hash), ("__repr__", _repr)):
        if name not in cls.__dict__:
            setattr(made, name, method)
    return made
