"""The schemas in the repository: those that the models give, met by the data, the examples and their first lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hsm_planner.knowledge.files import SECTIONS
from hsm_planner.knowledge.yamlfile import parse
from hsm_planner.report.schemas import names, schema, schema_text
from tests.support import ROOT

FILES = sorted([*(ROOT / "data").glob("*.yaml"), *(ROOT / "examples").rglob("*.yaml")])


def read(path: Path) -> Any:
    return parse(path.read_text(encoding="utf-8"), str(path)).data


def test_every_schema_has_a_file_and_every_file_a_schema() -> None:
    found = {path.name.removesuffix(".schema.json") for path in (ROOT / "schemas").glob("*.json")}
    assert found == set(names())
    assert set(SECTIONS) < found


@pytest.mark.parametrize("name", names())
def test_the_files_are_what_the_models_give(name: str) -> None:
    assert (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(name)
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_yaml_names_its_schema_and_meets_it(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    data = read(path)
    if path.parent.name == "data":  # the rules are long, and a validator tries every kind at every node
        data = {key: value[:3] if isinstance(value, list) else value for key, value in data.items()}
    named = (path.parent / first.rpartition("=")[2]).resolve()
    assert named.exists()
    jsonschema.validate(data, schema(named.name.removesuffix(".schema.json")))


def test_a_schema_refuses_what_the_model_refuses() -> None:
    data = read(ROOT / "data" / "assumptions.yaml")
    data["assumptions"][0]["colour"] = "blue"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema("assumptions"))
