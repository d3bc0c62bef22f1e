"""Frozen values that cost little to declare.

**Why** not ``@dataclass(frozen=True, slots=True)``: it compiles six methods a class and looks through each annotation,
which for all our values together takes longer than a whole assessment, on every start. Here only ``__init__`` is
compiled and the rest is shared. The type checker refuses assignments; at run time nothing does.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

__all__ = ["record", "replace"]
T = TypeVar("T")


if TYPE_CHECKING:
    from dataclasses import replace  # the same to a reader, and its fields are checked
else:

    def replace(one: T, /, **changes: Any) -> T:
        """A record like another, with some fields changed.

        Raises:
            TypeError: for a field that it does not have.
        """
        for name in one.__match_args__:
            if name not in changes:
                changes[name] = getattr(one, name)
        return one.__class__(**changes)


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

    Raises:
        TypeError: when a field without a default follows one that has one; when the class has what is not kept here
            (fields of a base class, class variables, ``super()``).
    """
    names = tuple(cls.__annotations__)
    methods = (getattr(value, "__code__", None) for value in cls.__dict__.values())
    for wrong, what in (
        (any(hasattr(base, "__match_args__") for base in cls.__bases__), "builds on another record"),
        (any("ClassVar" in str(one) for one in cls.__annotations__.values()), "has a class variable"),
        (any("__class__" in getattr(code, "co_freevars", ()) for code in methods), "calls super()"),
    ):
        if wrong:
            msg = f"{cls.__qualname__} {what}, which a record does not keep"
            raise TypeError(msg)
    content = {name: value for name, value in cls.__dict__.items() if name not in ("__dict__", "__weakref__")}
    given = {name: content.pop(name) for name in names if name in content}
    for name, method in (("__eq__", _equal), ("__hash__", _hash), ("__repr__", _repr)):
        content.setdefault(name, method)
    content |= {
        "__slots__": names,
        "__match_args__": names,
        "__init__": _init(names, given),
        "_values": attrgetter(*(names or ("__class__",))),
    }
    made: type[T] = type.__new__(type(cls), cls.__name__, cls.__bases__, content)
    return made


def _init(names: tuple[str, ...], given: dict[str, Any]) -> Any:
    """``__init__`` with the fields in their order; a default that is to be made anew is made at each call."""
    world: dict[str, Any] = {"MISSING": MISSING}
    parameters, body = ["self"], ["pass"]
    for name in names:
        default = given.get(name, MISSING)
        make = default.default_factory if isinstance(default, Field) else MISSING
        world[f"default_{name}"] = default.default if isinstance(default, Field) else default
        world[f"make_{name}"] = make
        needed = make is MISSING and world[f"default_{name}"] is MISSING
        parameters.append(name if needed else f"{name}=default_{name}")
        body.append(
            f"self.{name} = {name}" + ("" if make is MISSING else f" if {name} is not MISSING else make_{name}()")
        )
    try:
        exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(body), world)  # noqa: S102 - our own names
    except SyntaxError as error:
        msg = f"a field without a default follows one that has one: {', '.join(names)}"
        raise TypeError(msg) from error
    return world["__init__"]
