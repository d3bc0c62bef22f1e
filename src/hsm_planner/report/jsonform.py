"""Results and failures as JSON: the form that other programs read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from hsm_planner.values.problems import Problem


def result_json(result: BaseModel) -> str:
    """A result with its keys in a fixed order."""
    return json.dumps(vars(result), default=vars, ensure_ascii=False, indent=2) + "\n"


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
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
