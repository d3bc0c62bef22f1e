"""Looking the data over: every problem of every file, each with its line."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hsm_planner.knowledge.check_facts import FactChecker
from hsm_planner.knowledge.files import RELEASED, SECTIONS, WAGES, read_documents
from hsm_planner.knowledge.labor import wage_problems
from hsm_planner.knowledge.references import REFERENCES, nodes, walk
from hsm_planner.knowledge.sections import SECTION_MODELS, Released
from hsm_planner.knowledge.validate import problems_of
from hsm_planner.knowledge.yamlfile import DataPath, Document, parse, read_text
from hsm_planner.values.problems import InputError, Problem
from hsm_planner.values.record import record

_TREES = {
    "roles": ("roles", ("required", "typical", "preferred")),
    "certifications": ("certifications", ("eligibility", "recommended", "after_exam")),
    "licenses": ("licenses", ("rule",)),
}
_DIMENSIONS = {
    "education": {"degree", "credits", "course"},
    "experience": {"experience", "training"},
    "license": {"license"},
}


@record
class Checked:
    """What the check found."""

    problems: tuple[Problem, ...]
    summary: str


def check(directory: Path) -> Checked:
    """Check a data folder. Shape first; references only when every file has the right shape."""
    try:
        documents = read_documents(directory)
        wages = read_text(directory / WAGES)
    except InputError as error:
        return Checked(error.problems, "")
    problems: list[Problem] = []
    for section, model in SECTION_MODELS.items():
        try:
            model.model_validate(documents[section].data)
        except ValidationError as error:
            problems += problems_of(error, model, documents[section])
    if problems:
        return Checked(tuple(problems), "")
    checker = _Checker(documents)
    codes = {one["id"] for one in documents["labor"].data["occupations"]}
    checker.problems += wage_problems(wages, str(directory / WAGES), codes, checker.words["source"])
    checker.employers({row[2] for row in csv.reader(wages.splitlines())})
    checker.cited |= {line.rpartition(",")[2] for line in wages.splitlines()}
    checker.run()
    released = directory / RELEASED
    if released.exists():
        document = parse(read_text(released), str(released))
        try:
            Released.model_validate(document.data)
        except ValidationError as error:
            return Checked((*checker.problems, *problems_of(error, Released, document)), "")
        checker.released(document, checker.nodes)
    return Checked(tuple(checker.problems), checker.summary())


def node_ids(directory: Path) -> list[str]:
    """The ids of all nodes of all rules of a clean data folder."""
    checker = _Checker(read_documents(directory))
    checker.run()
    return list(checker.nodes)


def problems_of_words(documents: Mapping[str, Document]) -> list[Problem]:
    """What is wrong between entries, in data whose every file has the right shape."""
    checker = _Checker(documents)
    checker.run()
    return checker.problems


class _Checker(FactChecker):
    def __init__(self, documents: Mapping[str, Document]) -> None:
        super().__init__(documents)
        self.leaves = 0
        self.nodes: dict[str, str] = {}  # id of a node (or of a part of one) -> its entry
        self.cited: set[str] = set()

    def run(self) -> None:
        self._unique_ids()
        self.aliases()
        self._cited_everywhere()
        self.orders()
        self.delicate()
        for section, (key, trees) in _TREES.items():
            for index, entry in enumerate(self.documents[section].data[key]):
                self._entry_words(section, entry, (key, index))
                for tree in trees:
                    if entry.get(tree) is not None:
                        path = (key, index, tree)
                        self._tree(section, entry, entry[tree], path)
                        if section == "roles":
                            self._dimensions(entry[tree], path)
        self._credential_cycles()
        self._asked()
        self.ranges()
        self.effective_dates()
        self.sites()
        self.ladder()
        self.families()
        self.target_names()
        self.state_names()
        self.read_dates()
        self.cited_figures()
        self.shared_names()
        self._sources_used()

    # -- ids and references ----------------------------------------------------------------------------------------

    def _unique_ids(self) -> None:
        for section, keys in SECTIONS.items():
            data = self.documents[section].data
            lists = keys or tuple(key for key, value in data.items() if isinstance(value, list))
            for key in lists:
                seen: set[str] = set()
                for index, item in enumerate(data.get(key, ())):
                    id_ = item.get("id") if isinstance(item, dict) else None
                    if id_ in seen:
                        self.say(section, "duplicate-id", f"the id {id_!r} stands here twice.", (key, index, "id"))
                    seen |= {id_} if id_ else set()

    def _cited_everywhere(self) -> None:
        """Every ``sources`` anywhere names documents of sources.yaml."""
        for section, document in self.documents.items():
            if section == "sources":
                continue
            for key, value, path in walk(document.data, ()):
                if key == "sources" and isinstance(value, list):
                    for index, name in enumerate(value):
                        self.word(section, "source", name, (*path, index))
                        self.cited.add(str(name))

    def _sources_used(self) -> None:
        for index, source in enumerate(self.documents["sources"].data["sources"]):
            if source["id"] not in self.cited:
                text = f"nothing cites the source {source['id']!r}."
                self.say("sources", "unused-source", text, ("sources", index), "Cite it where it supports something.")

    def _entry_words(self, section: str, entry: Mapping[str, Any], path: DataPath) -> None:
        """References of an entry outside its rules."""
        single = {"issuer": "organization", "level": "role level"}
        several = {"settings": "setting", "exams": "exam", "replaces": "credential", "compact": "state"}
        for key, sort in single.items():
            if key in entry:
                self.word(section, sort, entry[key], (*path, key))
        for key, sort in several.items():
            for index, word in enumerate(entry.get(key, ())):
                self.word(section, sort, word, (*path, key, index))
        for index, grant in enumerate(entry.get("grants", ())):
            self.word(section, "kind of experience", grant["kind"], (*path, "grants", index, "kind"))
            if "holding" in grant:
                self.word(section, "credential", grant["holding"], (*path, "grants", index, "holding"))
        for index, edge in enumerate(entry.get("next_roles", ())):
            self.word(section, "role", edge["role"], (*path, "next_roles", index, "role"))

    # -- rules -----------------------------------------------------------------------------------------------------

    def _tree(self, section: str, entry: Mapping[str, Any], node: Mapping[str, Any], path: DataPath) -> None:
        seen = self.nodes
        for inner, place, cited in nodes(node, path, ()):
            id_ = inner["id"]
            if id_ in seen:
                self.say(
                    section, "duplicate-id", f"the node id {id_!r} is used twice (also {seen[id_]}).", (*place, "id")
                )
            seen[id_] = entry["id"]
            if id_.split(".")[0] != entry["id"]:
                text = f"the node id {id_!r} does not begin with its entry's id."
                self.say(section, "bad-id", text, (*place, "id"), f"Write {entry['id']}.something.")
            if "of" not in inner or inner["kind"] not in ("all_of", "any_of", "at_least"):
                self.leaves += 1
                if not cited:
                    text = f"the leaf {id_!r} cites no source, nor does a node above it."
                    self.say(section, "uncited", text, place, "Add `sources: [...]`.")
                if inner["kind"] == "qualified" and section != "roles":
                    text = f"{id_!r} is `qualified`, which stands for another rule: only a role may say so."
                    self.say(section, "bad-place", text, place, "Write the conditions out.")
            elif inner["kind"] == "any_of" and len(inner["of"]) < 2:
                self.say(section, "one-branch", f"{id_!r} is an alternative with one branch only.", place)
            if inner.get("usual") is False and inner["kind"] != "statement" and not self._is_branch(path, place):
                self.say(
                    section, "not-a-branch", f"{id_!r} is marked unusual, but is no branch of an alternative.", place
                )
            for part in _inner_ids(inner):
                if part in seen:
                    self.say(section, "duplicate-id", f"the id {part!r} is used twice (also {seen[part]}).", place)
                seen[part] = entry["id"]
            self._node_words(section, inner, inner["kind"], place)

    def _is_branch(self, root: DataPath, place: DataPath) -> bool:
        """Whether the node stands in an ``any_of`` (or ``at_least``)."""
        if place == root:
            return False
        parent: Any = self.documents[self._section_of(root)].data
        for part in place[:-2]:
            parent = parent[part]
        return parent["kind"] in ("any_of", "at_least")

    @staticmethod
    def _section_of(root: DataPath) -> str:
        return str(root[0])

    def _node_words(self, section: str, node: Mapping[str, Any], kind: str, path: DataPath) -> None:
        for key, value in node.items():
            sort = REFERENCES.get((kind, key)) or REFERENCES.get(("*", key))
            here = (*path, key)
            if sort == "source":
                continue
            if sort is not None and isinstance(value, list):
                for index, word in enumerate(value):
                    self.word(section, sort, word, (*here, index))
            elif sort is not None:
                self.word(section, sort, value, here)
            elif isinstance(value, dict):
                self._node_words(section, value, str(value.get("kind", kind)), here)
            elif isinstance(value, list) and not (key == "of" and kind in ("all_of", "any_of", "at_least")):
                for index, inner in enumerate(value):
                    if isinstance(inner, dict):
                        self._node_words(section, inner, kind, (*here, index))

    def _dimensions(self, tree: Mapping[str, Any], path: DataPath) -> None:
        """Each tree of a role covers education, experience and licence, if only to say that nothing is asked."""
        covered: set[str] = set()
        for node, _, _ in nodes(tree, path, ()):
            covered.add(node.get("about", ""))
            covered |= {name for name, kinds in _DIMENSIONS.items() if node["kind"] in kinds}
        for name in _DIMENSIONS:
            if name not in covered:
                text = f"the tree says nothing of {name}."
                self.say("roles", "missing-dimension", text, path, "Add a leaf, `nothing_asked` or `amount_not_found`.")

    # -- orders ----------------------------------------------------------------------------------------------------

    def _credential_cycles(self) -> None:
        """A credential that can be had in no way but by holding itself is a mistake."""
        rules: dict[str, tuple[str, DataPath, Mapping[str, Any]]] = {}
        for section, key, tree in (
            ("certifications", "certifications", "eligibility"),
            ("licenses", "licenses", "rule"),
        ):
            for index, entry in enumerate(self.documents[section].data[key]):
                rules[entry["id"]] = (section, (key, index, tree), entry[tree])

        def needs(id_: str, above: frozenset[str]) -> bool:
            """Whether the rule cannot be met without something above it."""
            return id_ in above or (id_ in rules and blocked(rules[id_][2], above | {id_}))

        def blocked(node: Mapping[str, Any], above: frozenset[str]) -> bool:
            if node["kind"] == "all_of":
                return any(blocked(child, above) for child in node["of"])
            if node["kind"] in ("any_of", "at_least"):
                free = sum(not blocked(child, above) for child in node["of"])
                return free < int(node.get("n", 1))
            return bool(node["kind"] in ("certification", "license") and needs(node["credential"], above))

        for id_, (section, path, rule) in rules.items():
            if blocked(rule, frozenset({id_})):
                self.say(section, "cycle", f"{id_!r} can only be had by holding itself.", path)

    def summary(self) -> str:
        """One line about clean data."""
        data = {section: document.data for section, document in self.documents.items()}
        counts = [
            f"{len(data['roles']['roles'])} roles",
            f"{len(data['certifications']['certifications'])} certifications",
            f"{len(data['licenses']['licenses'])} licences",
            f"{self.leaves} leaves",
            f"{len(data['sources']['sources'])} sources",
        ]
        return f"Clean: {', '.join(counts)}."


def _inner_ids(node: Mapping[str, Any]) -> list[str]:
    """Ids inside a leaf: of its parts, its awards and what they are for."""
    found: list[str] = []
    for key in ("parts", "awards"):
        for part in node.get(key, ()):
            found += [part["id"], *_inner_ids(part)]
    if isinstance(node.get("for"), dict):
        found += [node["for"]["id"], *_inner_ids(node["for"])]
    return found
