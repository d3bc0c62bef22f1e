"""The laws of the house that a program can check."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from hsm_planner.engine.closing import MAKERS
from hsm_planner.knowledge.compiled import compile_directory
from hsm_planner.knowledge.files import COMPILED
from hsm_planner.requirements.base import Leaf
from hsm_planner.requirements.rules import AnyLeaf, Combinator
from tests.support import DATA, ROOT, knowledge

SOURCE = ROOT / "src" / "hsm_planner"
MODULES = sorted(SOURCE.rglob("*.py"))
LEAVES = get_args(AnyLeaf)
# Kinds of leaf that no action closes, and why.
NO_ACTION = {
    "age": "only time",
    "statement": "only the person, a board or a school can say",
    "unread": "only the issuer or board can say",
    "amount_not_found": "only the issuer or board can say",
    "nothing_asked": "nothing to close",
    "qualified": "the rule of the credential stands in its place",
    "points": "closed by what its awards ask",
    "skill": "a self-rating is a claim",
}


def kind_of(leaf: type[Leaf]) -> str:
    return str(leaf.model_fields["kind"].default)


@pytest.mark.parametrize("leaf", LEAVES, ids=kind_of)
def test_each_kind_has_evaluator_sentence_closing_action_and_docs(leaf: type[Leaf]) -> None:
    kind = kind_of(leaf)
    assert leaf.outcome is not Leaf.outcome
    assert leaf.sentence is not Leaf.sentence
    assert (kind in MAKERS) != (kind in NO_ACTION), kind
    assert f"`{kind}`" in (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert leaf.__doc__


def test_combinators_are_in_the_docs() -> None:
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    for combinator in get_args(Combinator):
        assert f"`{kind_of(combinator)}`" in text


def strings(path: Path) -> set[str]:
    """Every string of a module that is not a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents
    }


@pytest.mark.parametrize("room", ["requirements", "resolve", "engine"])
def test_no_name_of_the_field_stands_in_the_code(room: str) -> None:
    names = {raw["id"] for _, raw in knowledge().raw_targets()}
    names |= set(knowledge().words.states)
    names |= {kind.id for kind in knowledge().words.kinds} - {"management", "supervision", "hospital"}
    names |= {programme.id for programme in knowledge().programmes()}
    names |= {facts.family for facts in knowledge().vocabulary.credentials.values()}
    for path in (SOURCE / room).glob("*.py"):
        assert not strings(path) & names, path


def test_no_room_below_the_command_line_reads_clock_environment_or_prints() -> None:
    forbidden = {"today", "now", "environ", "getenv", "print", "input"}
    for path in MODULES:
        if path.is_relative_to(SOURCE / "cli"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        used |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        allowed = {"print"} if path.name == "terminal.py" else set()
        assert not used & forbidden - allowed, path


def test_files_can_be_read_in_one_sitting() -> None:
    for path in MODULES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 350, path


@pytest.mark.parametrize(
    ("arguments", "not_loaded"),
    [
        (["--version"], {"rich", "pydantic", "yaml", "hsm_planner.engine", "hsm_planner.knowledge.store"}),
        (["--help"], {"rich", "pydantic", "yaml", "hsm_planner.engine", "hsm_planner.knowledge.store"}),
        (
            ["assess", "examples/medical-assistant.yaml", "-t", "rhia", "--json"],
            {"rich", "rapidfuzz", "hsm_planner.report.text", "hsm_planner.knowledge.sections"},
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_nothing_heavy_is_loaded_before_it_is_used(arguments: list[str], not_loaded: set[str]) -> None:
    code = (
        "import sys, json; from hsm_planner.cli.main import execute; "
        f"execute({arguments!r}); print('\\n' + json.dumps(sorted(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(json.loads(result.stdout.splitlines()[-1]))
    assert not loaded & not_loaded


def test_compiled_data_is_assessed_without_building_validators(tmp_path: Path) -> None:
    """Each validator costs milliseconds at every start; only what the person wrote needs one."""
    compile_directory(DATA, tmp_path / COMPILED)
    code = (
        "import gc, datetime, pydantic; from pathlib import Path; from hsm_planner import Knowledge, assess\n"
        "from hsm_planner.engine.assess import Goal; from hsm_planner.profile.read import read_profile\n"
        "from hsm_planner.report.jsonform import result_json\n"
        f"knowledge = Knowledge.load(Path({str(tmp_path)!r}))\n"
        "for path in sorted(Path('examples').glob('*.yaml')):\n"
        "    person, _ = read_profile(path.read_text(encoding='utf-8'), path.name)\n"
        "    for kind, raw in knowledge.raw_targets():\n"
        "        goal = Goal(kind, raw['id'], person.state)\n"
        "        result_json(assess(person, knowledge, goal, datetime.date(2026, 11, 23)))\n"
        "models = [m for m in gc.get_objects() if isinstance(m, type) and issubclass(m, pydantic.BaseModel)]\n"
        "ours = [m for m in models if m.__module__.startswith('hsm_planner') and m.__pydantic_complete__]\n"
        "print(sorted({m.__module__ for m in ours}))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.strip() == "['hsm_planner.profile.model']"


def test_data_files_are_those_the_program_reads() -> None:
    from hsm_planner.knowledge.files import COMPILED, RELEASED, SECTIONS, WAGES

    wanted = {f"{section}.yaml" for section in SECTIONS} | {RELEASED, WAGES}
    assert {path.name for path in DATA.iterdir()} - {COMPILED} == wanted
