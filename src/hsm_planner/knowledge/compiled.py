"""The compiled form of the data: checked once when it is made, and built again without checking.

**Why**: to check an entry, pydantic first builds a validator for the whole rule language, which takes longer than
everything else that ``assess`` does. What was checked when the file was made needs none.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, TypeGuard, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

from hsm_planner.knowledge.files import HEADS, WHOLE, digest, read_documents
from hsm_planner.knowledge.validate import problems_of
from hsm_planner.values.dates import Date
from hsm_planner.values.problems import InputError, Problem

Model = TypeVar("Model", bound=BaseModel)
_Build = Callable[[Any], Any]


def compile_directory(directory: Path, target: Path) -> None:
    """Write the compiled form of a data folder to ``target``.

    Raises:
        InputError: with every problem of the shape of the data.
    """
    from hsm_planner.knowledge.sections import SECTION_MODELS

    documents = read_documents(directory)
    sections: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, model in SECTION_MODELS.items():
        try:
            made = model.model_validate(documents[name].data)
        except ValidationError as error:
            problems += problems_of(error, model, documents[name])
            continue
        sections[name] = made.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if problems:
        raise InputError(problems)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_lines(sections, digest(directory)))


def _lines(sections: dict[str, Any], hash_: str) -> bytes:
    """The first line with the heads and the places of the others, and a line for each entry."""
    places: dict[str, dict[str, tuple[int, int]]] = {}
    bodies = bytearray()

    def add(section: str, key: str, id_: str, value: Any) -> None:
        line = to_json(value)
        places.setdefault(f"{section}.{key}", {})[id_] = (len(bodies), len(bodies) + len(line))
        bodies.extend(line + b"\n")

    heads = {name: dict(data) for name, data in sections.items() if name not in WHOLE}
    for (section, key), kept in HEADS.items():
        for entry in sections[section][key]:
            add(section, key, entry["id"], entry)
        heads[section][key] = [
            {name: entry[name] for name in kept if name in entry} for entry in sections[section][key]
        ]
    for name in WHOLE:
        add(name, "", "", sections[name])
    return to_json({"hash": hash_, "sections": heads, "places": places}) + b"\n" + bytes(bodies)


def thaw(model: type[Model], raw: Mapping[str, Any]) -> Model:
    """A model of compiled data, equal to what checking the same data gives."""
    builders = _builders(model)
    values: dict[str, Any] = {}
    for key, value in raw.items():
        name, build = builders[key]
        values[name] = value if build is None else build(value)
    made = model.__new__(model)  # as `model_construct` does it, with the defaults looked up once for each model
    for attribute, value in (
        ("__dict__", {**_defaults(model), **values}),
        ("__pydantic_fields_set__", set(values)),
        ("__pydantic_extra__", None),
        ("__pydantic_private__", None),
    ):
        object.__setattr__(made, attribute, value)
    return made


@cache
def _defaults(model: type[BaseModel]) -> dict[str, Any]:
    """What the fields are that an entry leaves out; nobody changes a value, so all entries share them."""
    fields = model.__pydantic_fields__.items()
    return {name: field.get_default(call_default_factory=True) for name, field in fields if not field.is_required()}


@cache
def _builders(model: type[BaseModel]) -> dict[str, tuple[str, _Build | None]]:
    """Key in the data -> name of the field, and what makes its value of the plain one (None: it is the same)."""
    hints = None if model.__pydantic_fields_complete__ else get_type_hints(model, include_extras=True)
    return {
        field.alias or name: (name, _builder(cast("Hashable", hints[name] if hints else field.annotation)))
        for name, field in model.__pydantic_fields__.items()
    }


@cache
def _builder(annotation: Hashable) -> _Build | None:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _builder(arguments[0])
    if origin in (Union, types.UnionType):
        return _alternatives(list(_members(annotation)))
    if origin is tuple:
        item = _builder(arguments[0])
        return tuple if item is None else lambda items: tuple(map(item, items))
    if origin is dict:
        of_values = _builder(arguments[1])
        return of_values and (lambda items: {key: of_values(value) for key, value in items.items()})
    if annotation is Date:
        return Date.fromisoformat
    return partial(thaw, annotation) if _is_model(annotation) else None


def _is_model(annotation: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _members(annotation: object) -> Iterator[Hashable]:
    """The types of a union, those of unions inside it too."""
    if get_origin(annotation) is Annotated:
        yield from _members(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _members(member)
    else:
        yield annotation


def _alternatives(members: list[Hashable]) -> _Build | None:
    """One of several types: a mapping is one of the models, anything else is built by the one type that builds it."""
    models = [member for member in members if _is_model(member)]
    other = next((made for member in members if not _is_model(member) and (made := _builder(member))), None)
    if not models and other is None:
        return None
    choose = _chooser(models)

    def build(value: Any) -> Any:
        if isinstance(value, dict):
            return thaw(choose(value), value)
        return other(value) if other is not None and isinstance(value, list | str) else value

    return build


def _chooser(models: list[type[BaseModel]]) -> Callable[[Mapping[str, Any]], type[BaseModel]]:
    """Which of the models a mapping is: by its ``kind`` where each has one, else the one whose keys fit."""
    kinds = [model.__pydantic_fields__.get("kind") for model in models]
    by_kind = {kind.default: model for kind, model in zip(kinds, models, strict=True) if kind is not None}
    if len(models) > 1 and len(by_kind) == len(models):
        return lambda value: by_kind[value["kind"]]
    return lambda value: next(model for model in models if _fits(model, value))


def _fits(model: type[BaseModel], value: Mapping[str, Any]) -> bool:
    keys = {field.alias or name: field.is_required() for name, field in model.__pydantic_fields__.items()}
    return set(value) <= set(keys) and all(key in value for key, needed in keys.items() if needed)
