"""Where the data lies, and reading it: YAML with places in a checkout, one JSON file in an installed wheel."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hsm_planner.knowledge.yamlfile import Document, parse, read_text
from hsm_planner.values.problems import InputError, Problem, failure
from hsm_planner.values.record import record

# The sections of the data: file -> the lists (by key) that it holds. Files whose name begins alike are one section.
SECTIONS: dict[str, tuple[str, ...]] = {
    "vocabulary": (),
    "sources": ("sources",),
    "degrees": ("levels", "fields", "names", "programmes", "accreditors"),
    "titles": ("occupations",),
    "pathway": ("steps", "skills", "duties", "workplaces", "concentrations"),
    "roles": ("roles",),
    "certifications": ("exams", "certifications"),
    "licenses": ("exams", "licenses"),
    "assumptions": ("assumptions",),
    "labor": ("occupations", "statements"),
}
COMPILED = "knowledge.json"
WAGES = "wages.csv"  # beside the data, also in a wheel; read when asked for
RELEASED = "released.yaml"  # ids of rules that the last release had; only the check reads it


def read_documents(directory: Path) -> dict[str, Document]:
    """Every data file of a folder.

    Raises:
        InputError: with the problems of all files together; or when the folder is no data folder.
    """
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    if not (directory / "vocabulary.yaml").exists() and (directory / COMPILED).exists():
        sections = load_raw(directory).sections  # an installed wheel: the data without its lines
        return {name: Document(str(directory / COMPILED), data, []) for name, data in sections.items()}
    for section in SECTIONS:
        path = directory / f"{section}.yaml"
        try:
            documents[section] = parse(read_text(path), str(path))
            problems += documents[section].problems
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return documents


def digest(directory: Path) -> str:
    """A hash of the YAML files, to tell whether a compiled file belongs to them."""
    import hashlib

    result = hashlib.sha256()
    for section in SECTIONS:
        result.update(section.encode() + b"\0" + (directory / f"{section}.yaml").read_bytes())
    return result.hexdigest()


def _compiled(path: Path) -> dict[str, Any] | None:
    """What a compiled file holds; None when it is no such file (the YAML then serves, where it is)."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and {"hash", "sections"} <= set(content) else None


@record
class Raw:
    """The sections as plain data, and their hash. ``checked``: they were checked when they were compiled."""

    sections: dict[str, Any]
    hash: str
    checked: bool
    overlays: tuple[str, ...] = ()  # names of what was laid over


def load_raw(directory: Path) -> Raw:
    """The data of a folder: from the compiled file where it fits, else from the YAML."""
    compiled = directory / COMPILED
    has_yaml = (directory / "vocabulary.yaml").exists()
    if compiled.exists():
        content = _compiled(compiled)
        if content is not None and (not has_yaml or content["hash"] == digest(directory)):
            return Raw(content["sections"], content["hash"], checked=True)
    if not has_yaml:
        raise failure(
            "no-data", "holds no data files.", file=str(directory), hint="Name a folder with vocabulary.yaml."
        )
    documents = read_documents(directory)
    sections = {name: document.data for name, document in documents.items()}
    return Raw(sections, digest(directory), checked=False)
