"""What rules refer to: which key names which sort of word, and every word there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hsm_planner.knowledge.yamlfile import DataPath, Document

# A key of a node (of one kind, or of any) -> the words that it may hold.
REFERENCES: dict[tuple[str, str], str] = {
    ("*", "sources"): "source",
    ("*", "settings"): "setting",
    ("*", "states"): "state",
    ("*", "not_states"): "state",
    ("*", "state"): "state",
    ("*", "fields"): "field",
    ("*", "level"): "level",
    ("*", "accredited_by"): "accreditor",
    ("*", "related"): "statement",
    ("*", "statement"): "statement",
    ("*", "covers"): "statement",
    ("*", "credential"): "credential",
    ("*", "supervised_by"): "credential",
    ("*", "organization"): "organization",
    ("*", "providers"): "organization",
    ("*", "topics"): "topic",
    ("*", "programmes"): "training programme",
    ("*", "courses"): "course",
    ("*", "exam"): "exam",
    ("*", "pays"): "course or organization",
    ("*", "skill"): "skill",
    ("*", "roles"): "reference",
    ("*", "not_types"): "membership type",
    ("experience", "of"): "kind of experience",
    ("learning", "kinds"): "kind of learning",
    ("volunteering", "kinds"): "kind of volunteer work",
}


def walk(data: Any, path: DataPath) -> Iterator[tuple[str, Any, DataPath]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key, value, (*path, key)
            yield from walk(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from walk(value, (*path, index))


def nodes(
    node: Mapping[str, Any], path: DataPath, cited: tuple[str, ...]
) -> Iterator[tuple[Mapping[str, Any], DataPath, tuple[str, ...]]]:
    """Every node of a rule with its path and the sources that it has or takes from above."""
    own = tuple(node.get("sources") or cited)
    yield node, path, own
    if node["kind"] in ("all_of", "any_of", "at_least"):
        for index, child in enumerate(node["of"]):
            yield from nodes(child, (*path, "of", index), own)


def words_of(documents: Mapping[str, Document]) -> dict[str, set[str]]:
    """Every sort of word that rules may name."""
    data = {section: document.data for section, document in documents.items()}
    vocabulary, degrees = data["vocabulary"], data["degrees"]

    def ids(items: Any) -> set[str]:
        return {item["id"] for item in items}

    licenses = data["licenses"]["licenses"]
    return {
        "source": ids(data["sources"]["sources"]),
        "setting": ids(vocabulary["settings"]),
        "state": set(vocabulary["states"]) | {"target"},
        "field": ids(degrees["fields"]) | {"any"},
        "level": ids(degrees["levels"]),
        "accreditor": ids(degrees["accreditors"]),
        "statement": ids(vocabulary["statements"]),
        "credential": ids(data["certifications"]["certifications"])
        | ids(licenses)
        | {item["family"] for item in licenses},
        "organization": ids(vocabulary["organizations"]),
        "topic": ids(vocabulary["topics"]),
        "training programme": ids(vocabulary["training"]),
        "course": ids(vocabulary["courses"]),
        "course or organization": ids(vocabulary["courses"]) | ids(vocabulary["organizations"]),
        "exam": ids(data["certifications"]["exams"]) | ids(data["licenses"]["exams"]),
        "skill": ids(data["pathway"]["skills"]),
        "reference": ids(vocabulary["references"]),
        "membership type": ids(vocabulary["membership_types"]),
        "kind of experience": ids(vocabulary["kinds"]),
        "kind of learning": ids(vocabulary["learning_kinds"]),
        "kind of volunteer work": ids(vocabulary["volunteering"]),
        "role": ids(data["roles"]["roles"]),
        "role level": ids(vocabulary["ladder"]),
    }
