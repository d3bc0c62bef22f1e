"""A user's own entries laid over the data: an employer's ladder, a school's programmes, one posting as a target.

An overlay is a folder with files of the same names and keys as the data, or one file that holds lists of entries. What
has the id of an entry takes its place; all else is added. ``like: ID`` begins from another entry of the list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hsm_planner.knowledge.check import problems_of_words
from hsm_planner.knowledge.files import SECTIONS, Raw
from hsm_planner.knowledge.sections import SECTION_MODELS
from hsm_planner.knowledge.validate import problems_of
from hsm_planner.knowledge.yamlfile import DataPath, Document, parse, read_text
from hsm_planner.values.problems import InputError, Problem, did_you_mean

# Lists that one file may hold -> where they belong. Exams stand with the credentials that ask them.
IN_ONE_FILE: dict[str, tuple[str, str]] = {
    "sources": ("sources", "sources"),
    "roles": ("roles", "roles"),
    "certifications": ("certifications", "certifications"),
    "licenses": ("licenses", "licenses"),
    "exams": ("certifications", "exams"),
    "programmes": ("degrees", "programmes"),
    "statements": ("vocabulary", "statements"),
    "courses": ("vocabulary", "courses"),
    "kinds": ("vocabulary", "kinds"),
    "organizations": ("vocabulary", "organizations"),
    "assumptions": ("assumptions", "assumptions"),
}
_NAMES = ("aliases", "general_names")  # a name means one entry, so what begins from another takes none of its names
_NOT_ASKED = ("unreachable",)  # an employer's post need not stand on our ladder
TARGETS = ("roles", "certifications", "licenses")


@dataclass
class _Laid(Document):
    """A file of the data with entries of overlays in it; their problems are told at their own place."""

    own: dict[DataPath, tuple[Document, DataPath]] = field(default_factory=dict)

    def problem(self, code: str, message: str, path: DataPath, *, hint: str = "", key: bool = False) -> Problem:
        if path[:2] in self.own:
            document, place = self.own[path[:2]]
            return document.problem(code, message, (*place, *path[2:]), hint=hint, key=key)
        return super().problem(code, message, path, hint=hint, key=key)


def laid_over(base: Raw, overlays: Sequence[Path]) -> Raw:
    """The data with overlays, later ones over earlier ones.

    Raises:
        InputError: with every problem of the overlays, each at its line.
    """
    whole = base.whole()
    documents: dict[str, Document] = {name: _Laid(f"{name}.yaml", dict(data), []) for name, data in whole.items()}
    problems: list[Problem] = []
    files: set[str] = set()
    touched: set[str] = set()
    marks = hashlib.sha256(base.hash.encode())
    for overlay in overlays:
        for document in _files(overlay):
            files.add(document.file)
            marks.update("\n".join(document.lines).encode())
            problems += document.problems
            for section, key, place in _lists(document, problems):
                touched.add(section)
                problems += _lay(documents[section], key, document, place)
    sections = dict(whole)
    for section in sorted(touched) if not problems else ():
        model = SECTION_MODELS[section]
        try:
            made = model.model_validate(documents[section].data)
        except ValidationError as error:
            problems += problems_of(error, model, documents[section])
            continue
        sections[section] = made.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if not problems:
        problems += [
            problem
            for problem in problems_of_words(documents)
            if problem.file in files and problem.code not in _NOT_ASKED
        ]
    if problems:
        raise InputError(problems)
    names = tuple(path.stem if path.is_file() else path.resolve().name for path in overlays)
    return Raw(sections, marks.hexdigest(), base.checked, (*base.overlays, *names))


def target_in(path: Path) -> str:
    """The id of the one target that a file holds.

    Raises:
        InputError: when it holds none, or several.
    """
    document = parse(read_text(path), str(path))
    data = document.data if isinstance(document.data, dict) else {}
    entries = [(key, entry) for key in TARGETS for entry in data.get(key) or () if isinstance(entry, dict)]
    if len(entries) != 1 or not isinstance(entries[0][1].get("id"), str):
        text = f"holds {len(entries)} targets; a file named as a target holds one."
        hint = "Write `roles:` (or certifications, licenses) with one entry, and the `sources:` that it cites."
        raise InputError([*document.problems, document.problem("not-one-target", text, (), hint=hint)])
    return str(entries[0][1]["id"])


def _files(overlay: Path) -> Iterator[Document]:
    paths = sorted(overlay.glob("*.yaml")) if overlay.is_dir() else [overlay]
    if not paths:
        problem = Problem("no-data", "holds no data files.", str(overlay), hint="Write roles.yaml or the like in it.")
        raise InputError([problem])
    for path in paths:
        yield parse(read_text(path), str(path))


def _lists(document: Document, problems: list[Problem]) -> Iterator[tuple[str, str, DataPath]]:
    """Every list of entries in a file, with where it belongs and where it stands."""
    if not isinstance(document.data, dict):
        problems.append(document.problem("wrong-type", "must hold keys with lists of entries.", ()))
        return
    section = Path(document.file).stem
    for key, value in document.data.items():
        found = (section, key) if section in SECTIONS else IN_ONE_FILE.get(key)
        known = list(SECTION_MODELS[section].model_fields) if section in SECTIONS else list(IN_ONE_FILE)
        if found is None or key not in known:
            hint = did_you_mean(key, known) or f"Keys here: {', '.join(known)}."
            problems.append(document.problem("unknown-key", f"unknown key `{key}`.", (key,), hint=hint, key=True))
        elif not isinstance(value, list) or not all(isinstance(one, dict) and "id" in one for one in value):
            text = f"`{key}` must be a list of entries with ids; only those can be laid over the data."
            problems.append(document.problem("wrong-type", text, (key,)))
        else:
            yield (*found, (key,))


def _lay(base: Document, key: str, document: Document, place: DataPath) -> Iterator[Problem]:
    """Put the entries of one list over those of the data."""
    assert isinstance(base, _Laid)
    entries = list(base.data.get(key, ()))
    index = {entry["id"]: number for number, entry in enumerate(entries) if isinstance(entry, dict) and "id" in entry}
    seen: set[object] = set()
    for number, entry in enumerate(document.data[place[0]]):
        if entry["id"] in seen:
            yield document.problem("duplicate-id", f"the id {entry['id']!r} stands here twice.", (*place, number, "id"))
        seen.add(entry["id"])
        own, like = dict(entry), entry.get("like")
        if like is not None:
            del own["like"]
            if like not in index:
                hint = did_you_mean(str(like), index)
                yield document.problem("unknown-id", f"there is no {like!r} here.", (*place, number, "like"), hint=hint)
                continue
            shared = {name: value for name, value in entries[index[like]].items() if name not in _NAMES}
            own = {**_renamed(shared, str(like), str(entry["id"])), **own}
        at = index.setdefault(entry["id"], len(entries))
        entries[at:] = [own, *entries[at + 1 :]]
        base.own[key, at] = (document, (*place, number))
    base.data[key] = entries


def _renamed(data: Any, old: str, new: str) -> Any:
    """An entry under another id, with the ids of its rules."""
    if isinstance(data, Mapping):
        return {
            name: _own_id(value, old, new) if name == "id" else _renamed(value, old, new)
            for name, value in data.items()
        }
    return [_renamed(value, old, new) for value in data] if isinstance(data, list) else data


def _own_id(id_: Any, old: str, new: str) -> Any:
    inside = isinstance(id_, str) and (id_ == old or id_.startswith(f"{old}."))
    return new + id_[len(old) :] if inside else id_
