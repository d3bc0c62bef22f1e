"""JSON Schemas, made from the models."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict

from hsm_planner.engine.describe import Shown
from hsm_planner.engine.result import Assessment
from hsm_planner.planner.result import Plan
from hsm_planner.profile.model import Profile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Failure(BaseModel):
    """One thing that is wrong with an input."""

    model_config = ConfigDict(extra="forbid")

    code: str
    message: str
    file: str | None
    line: int | None
    column: int | None
    path: str
    hint: str


class Failures(BaseModel):
    """What every command prints on stdout when it fails and JSON was asked for."""

    model_config = ConfigDict(extra="forbid")

    schema_version: str
    command: str
    errors: list[Failure]


_MODELS: dict[str, tuple[type[BaseModel], str]] = {
    "profile": (Profile, "validation"),
    "assess": (Assessment, "serialization"),
    "plan": (Plan, "serialization"),
    "show": (Shown, "serialization"),
    "errors": (Failures, "serialization"),
}


def names() -> list[str]:
    """The documents that have a schema."""
    return list(_MODELS)


def schema(name: str) -> dict[str, Any]:
    """The schema of a document by its name."""
    model, mode = _MODELS[name]
    made = model.model_json_schema(mode=mode)  # type: ignore[arg-type]
    return {"$schema": _DIALECT, **made}


def schema_text(name: str) -> str:
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"
