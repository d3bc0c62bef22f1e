"""Plain data into models, and pydantic's complaints into words with a place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from hsm_planner.knowledge.yamlfile import DataPath, Document
from hsm_planner.values.problems import InputError, Problem, did_you_mean

Model = TypeVar("Model", bound=BaseModel)

_WORDS = {
    "string_type": ("wrong-type", "must be text"),
    "int_type": ("wrong-type", "must be a whole number"),
    "int_parsing": ("wrong-type", "must be a whole number"),
    "int_from_float": ("wrong-type", "must be a whole number"),
    "float_type": ("wrong-type", "must be a number"),
    "float_parsing": ("wrong-type", "must be a number"),
    "bool_type": ("wrong-type", "must be true or false"),
    "bool_parsing": ("wrong-type", "must be true or false"),
    "list_type": ("wrong-type", "must be a list (lines that begin with a dash)"),
    "tuple_type": ("wrong-type", "must be a list (lines that begin with a dash)"),
    "dict_type": ("wrong-type", "must hold keys with values"),
    "model_type": ("wrong-type", "must hold keys with values"),
    "model_attributes_type": ("wrong-type", "must hold keys with values"),
}


_BOUNDS = {
    "less_than_equal": (("much", "at most"), "le"),
    "greater_than_equal": (("little", "at least"), "ge"),
    "greater_than": (("little", "more than"), "gt"),
    "string_too_long": (("long", "at most this many characters:"), "max_length"),
    "string_too_short": (("short", "at least this many characters:"), "min_length"),
}
# Words from other formats, and the key they mean here.
_MEANT = {
    "certifications": "credentials",
    "certificates": "credentials",
    "licenses": "credentials",
    "licences": "credentials",
    "jobs": "experience",
    "work": "experience",
    "degrees": "education",
}


def validate(model: type[Model], document: Document) -> Model:
    """The document as a model.

    Raises:
        InputError: with every problem of the document, each with its line.
    """
    try:
        made = model.model_validate(document.data)
    except ValidationError as error:
        raise InputError([*document.problems, *problems_of(error, model, document)]) from None
    if document.problems:
        raise InputError(document.problems)
    return made


def problems_of(error: ValidationError, model: type[BaseModel], document: Document) -> Iterable[Problem]:
    """Every complaint in plain words."""
    seen: set[tuple[str, str, int | None]] = set()
    for detail in error.errors(include_url=False):
        path, missing = _locate(detail["loc"], document.data)
        kind = str(detail["type"])
        problem: Problem
        if kind == "missing":
            known = ", ".join(sorted(_keys(model, path)))
            hint = f"Keys here: {known}." if known else ""
            problem = document.problem("missing-key", f"`{missing}` is missing.", path, hint=hint)
        elif kind == "extra_forbidden":
            key, keys = str(path[-1]), _keys(model, path[:-1])
            meant = _MEANT.get(key.lower(), "")
            hint = f"Write `{meant}`." if meant in keys else did_you_mean(key, keys)
            hint = hint or (f"Keys here: {', '.join(sorted(keys))}." if keys else "No key belongs here.")
            problem = document.problem("unknown-key", f"unknown key `{key}`.", path, hint=hint, key=True)
        else:
            code, message, hint = _plain(kind, detail)
            problem = document.problem(code, message, path, hint=hint)
        same = kind == "missing" or problem.code != "wrong-type"
        signature = (problem.message if same else problem.code, problem.path, problem.line)
        if signature not in seen:
            seen.add(signature)
            yield problem


def paths_of(error: ValidationError, data: Any) -> list[DataPath]:
    """Where in the data each complaint lies."""
    return [_locate(detail["loc"], data)[0] for detail in error.errors(include_url=False)]


def _plain(kind: str, detail: Any) -> tuple[str, str, str]:
    context, given = detail.get("ctx", {}), detail.get("input")
    shown = repr(given) if isinstance(given, str | int | float | bool) or given is None else type(given).__name__
    shown = "nothing" if given is None else shown[:60]
    if kind in _WORDS:
        code, words = _WORDS[kind]
        hint = "Write keys with values, like {id: ...}." if kind.startswith("model_") and isinstance(given, str) else ""
        return code, f"{words}, not {shown}.", hint
    if kind in _BOUNDS:
        word, key = _BOUNDS[kind]
        return "bad-value", f"{shown} is too {word[0]}: {word[1]} {context.get(key)}.", ""
    if kind == "value_error":
        text = str(context.get("error", detail["msg"]))
        return ("bad-date" if "date" in text else "bad-value"), text if text.endswith(".") else f"{text}.", ""
    if kind in ("literal_error", "enum"):
        return "bad-value", f"{shown} is none of these: {context.get('expected')}.", ""
    if kind == "union_tag_invalid":
        return "unknown-kind", f"unknown kind {context.get('tag')!r}.", f"Known: {context.get('expected_tags')}."
    if kind == "union_tag_not_found":
        return "missing-key", "`kind` is missing.", ""
    if kind == "string_pattern_mismatch":
        return "bad-value", f"{shown} does not have the right form.", f"Pattern: {context.get('pattern')}"
    return "bad-value", f"{shown}: {detail['msg'][0].lower()}{detail['msg'][1:]}.", ""


def _locate(loc: Iterable[str | int], data: Any) -> tuple[DataPath, str]:
    """The path in the data: names of union members, which the data does not have, are left out."""
    path: list[str | int] = []
    current, last = data, ""
    for part in loc:
        last = str(part)
        inside = (isinstance(current, dict) and part in current) or (
            isinstance(current, list) and isinstance(part, int) and part < len(current)
        )
        if inside:
            current = current[part]
            path.append(part)
    return tuple(path), last


def _keys(model: type[BaseModel], path: DataPath) -> set[str]:
    """The keys that a model may have at a path (of all members where it is a union)."""
    here: set[type[BaseModel]] = {model}
    for part in path:
        if isinstance(part, int):
            continue
        following: set[type[BaseModel]] = set()
        for candidate in here:
            for name, info in candidate.model_fields.items():
                if part in (name, info.alias):
                    following |= set(_models(info.annotation))
        here = following
    return {info.alias or name for candidate in here for name, info in candidate.model_fields.items()}


def _models(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
