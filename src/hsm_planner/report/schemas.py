"""JSON Schemas, made from the models."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from hsm_planner.engine.browse import Listing
from hsm_planner.engine.compare import Comparison
from hsm_planner.engine.describe import Shown
from hsm_planner.engine.imported import Imported
from hsm_planner.engine.keeping import Renewals
from hsm_planner.engine.outlook import PayAndOutlook
from hsm_planner.engine.result import Assessment
from hsm_planner.engine.stale import Stale
from hsm_planner.knowledge.overlay import IN_ONE_FILE
from hsm_planner.knowledge.sections import SECTION_MODELS, Released
from hsm_planner.planner.asking import Answered
from hsm_planner.planner.result import Followed, Plan, Plans
from hsm_planner.planner.whatif import WhatIf
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


_MODELS: dict[str, tuple[type[BaseModel], Literal["validation", "serialization"]]] = {
    "profile": (Profile, "validation"),
    "assess": (Assessment, "serialization"),
    "plan": (Plan, "serialization"),
    "plans": (Plans, "serialization"),
    "compare": (Comparison, "serialization"),
    "whatif": (WhatIf, "serialization"),
    "import": (Imported, "serialization"),
    "ask": (Answered, "serialization"),
    "follow": (Followed, "serialization"),
    "show": (Shown, "serialization"),
    "list": (Listing, "serialization"),
    "stale": (Stale, "serialization"),
    "outlook": (PayAndOutlook, "serialization"),
    "renewals": (Renewals, "serialization"),
    "errors": (Failures, "serialization"),
    "released": (Released, "validation"),
    **{section: (model, "validation") for section, model in SECTION_MODELS.items()},
}
OVERLAY = "overlay"


def names() -> list[str]:
    """The documents that have a schema."""
    return [*_MODELS, OVERLAY]


def schema(name: str) -> dict[str, Any]:
    """The schema of a document by its name."""
    made = _overlay() if name == OVERLAY else _MODELS[name][0].model_json_schema(mode=_MODELS[name][1])
    return {"$schema": _DIALECT, **made}


def _overlay() -> dict[str, Any]:
    """A file with entries of one's own: any of the lists; what begins from another entry may leave all else out."""
    defs: dict[str, Any] = {}
    lists: dict[str, Any] = {}
    for key, (section, name) in IN_ONE_FILE.items():
        made = SECTION_MODELS[section].model_json_schema()
        defs |= made["$defs"]
        entry = made["properties"][name]["items"]["$ref"].rpartition("/")[2]
        own = defs[entry]
        like = {"description": "The id of the entry that this one begins from.", "type": "string"}
        defs[f"Own{entry}"] = {
            **{part: value for part, value in own.items() if part != "required"},
            "properties": {"like": like, **own["properties"]},
            "anyOf": [{"required": own["required"]}, {"required": ["id", "like"]}],
        }
        lists[key] = {"type": "array", "items": {"$ref": f"#/$defs/Own{entry}"}}
    return {"type": "object", "additionalProperties": False, "properties": lists, "$defs": defs}


def schema_text(name: str) -> str:
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"
