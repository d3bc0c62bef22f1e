"""Results and failures as JSON: the form that other programs read.

**Why** ``to_json`` of pydantic's core, and not ``json``: a short run needs that module for nothing else, and to import
it and to write with it takes a twentieth of such a run. Only half characters (the name of a file that is no text may
have them) are left to ``json``, as ``to_json`` refuses them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError, to_json

from hsm_planner.values.problems import Problem


def result_json(result: BaseModel) -> str:
    """A result with its keys in a fixed order."""
    return _written(plain(result))


def plain(value: Any) -> Any:
    """A value with its models as mappings, in the order of their keys."""
    if isinstance(value, BaseModel):
        value = vars(value)
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def _written(value: Any) -> str:
    try:
        return to_json(value, indent=2).decode() + "\n"
    except PydanticSerializationError:
        import json

        return json.dumps(value, ensure_ascii=False, indent=2).encode(errors="replace").decode() + "\n"


def errors_json(command: str, problems: Sequence[Problem]) -> str:
    """The failure document of every command."""
    errors = [
        {
            "code": problem.code,
            "message": problem.message,
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
            "path": problem.path,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    return document(command, errors=errors)


def document(command: str, **content: Any) -> str:
    """A small document of a command that has no result model."""
    whole = {"schema_version": "1", "command": command, **content}
    return _written(plain(whole))
