"""Where the data lies, and reading it: YAML with places in a checkout, one JSON file in an installed wheel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic_core import from_json

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
    "questions": ("questions",),
}
# The compiled file: a line of JSON with what names and words are made of, then one for each entry, read when asked for.
COMPILED = "knowledge.jsonl"
HEADS: dict[tuple[str, str], tuple[str, ...]] = {  # what the first line keeps of an entry
    ("sources", "sources"): ("id", "as_of"),
    ("roles", "roles"): ("id", "title", "aliases", "general_names", "onet_soc", "level", "next_roles"),
    ("certifications", "certifications"): ("id", "name", "abbreviation", "aliases", "exams", "replaces"),
    ("certifications", "exams"): ("id", "name"),
    ("licenses", "licenses"): (
        "id", "name", "abbreviation", "aliases", "family", "state", "exams", "replaces", "compact", "compact_from",
    ),
    ("licenses", "exams"): ("id", "name"),
}  # fmt: skip
WHOLE = ("labor", "questions")  # sections of which the first line keeps nothing
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
        sections = load_raw(directory).whole()  # an installed wheel: the data without its lines
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


@record
class Bodies:
    """The lines of a compiled file behind the first, and where each is: (start, end) by section, list and id."""

    content: bytes
    places: Mapping[str, Mapping[str, Sequence[int]]]

    def entry(self, section: str, key: str, id_: str) -> dict[str, Any] | None:
        """The whole of an entry; None: what the first line has of it is all."""
        place = self.places.get(f"{section}.{key}", {}).get(id_)
        return None if place is None else from_json(self.content[place[0] : place[1]])

    def section(self, name: str) -> dict[str, Any] | None:
        """A section that stands on a line of its own."""
        return self.entry(name, "", "")


@record
class Raw:
    """The sections as plain data, and their hash. ``checked``: they were checked when they were compiled.

    With ``bodies``, the sections hold what the first line of the compiled file keeps.
    """

    sections: dict[str, Any]
    hash: str
    checked: bool
    overlays: tuple[str, ...] = ()  # names of what was laid over
    bodies: Bodies | None = None

    def section(self, name: str) -> Any:
        """A section as it was read."""
        return self.sections[name] if name in self.sections or not self.bodies else self.bodies.section(name)

    def whole(self) -> dict[str, Any]:
        """The sections with every entry whole."""
        if self.bodies is None:
            return self.sections
        result = {name: dict(self.section(name)) for name in SECTIONS}
        for section, key in HEADS:
            entries = result[section][key]
            result[section][key] = [self.bodies.entry(section, key, entry["id"]) or entry for entry in entries]
        return result


def _compiled(path: Path) -> Raw | None:
    """What a compiled file holds; None when it is no such file (the YAML then serves, where it is)."""
    try:
        content = path.read_bytes()
        end = content.index(b"\n")
        head = from_json(content[:end])
        return Raw(head["sections"], head["hash"], checked=True, bodies=Bodies(content[end + 1 :], head["places"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load_raw(directory: Path) -> Raw:
    """The data of a folder: from the compiled file where it fits, else from the YAML."""
    compiled = directory / COMPILED
    has_yaml = (directory / "vocabulary.yaml").exists()
    if compiled.exists():
        found = _compiled(compiled)
        if found is not None and (not has_yaml or found.hash == digest(directory)):
            return found
    if not has_yaml:
        raise failure(
            "no-data", "holds no data files.", file=str(directory), hint="Name a folder with vocabulary.yaml."
        )
    documents = read_documents(directory)
    sections = {name: document.data for name, document in documents.items()}
    return Raw(sections, digest(directory), checked=False)
