"""JSON Resume (jsonresume.org, schema 1.0.0, and older files with ``company``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hsm_planner.profile.imports.loss import Import, Words, credential, degree, descriptions, text_of, work

# A level alone is a degree here, where the key says so; elsewhere a "master" may be a master electrician.
_LEVEL = re.compile(r"^(bachelor|master)(?:\W?s)?(?: degree)?$", re.IGNORECASE)
_LEFT = {
    "volunteer": "volunteering counts as civic or in health care, which the format does not tell",
    "skills": "skills are rated by yourself, from 0 to 5",
    "projects": "projects count for nothing that is asked",
    "publications": "publications count for nothing that is asked",
    "awards": "awards count for nothing that is asked",
    "languages": "languages count for nothing that is asked",
    "interests": "interests count for nothing that is asked",
    "references": "words of praise are no reference by name",
}


def is_json_resume(data: Mapping[str, Any]) -> bool:
    """Whether data is of this format."""
    return "schema_version" not in data and bool({"basics", "work"} & set(data))


def from_json_resume(data: Mapping[str, Any], words: Words) -> Import:
    """The profile of a résumé."""
    found = Import("JSON Resume")
    _basics(data.get("basics"), found, words)
    told = 0
    for one in _entries(data, "work", found):
        told += bool(one.get("summary") or one.get("highlights"))
        work(found, words, text_of(one.get("position")), text_of(one.get("name")) or text_of(one.get("company")),
             one.get("startDate"), one.get("endDate"), one.get("location"))  # fmt: skip
    for one in _entries(data, "education", found):
        area = text_of(one.get("area"))
        kind = _LEVEL.sub(r"\1's degree", text_of(one.get("studyType")))
        name = kind if not area or area.lower() in kind.lower() else f"{kind} in {area}" if kind else ""
        degree(found, words, name, text_of(one.get("institution")), one.get("endDate"), one.get("startDate"))
    for one in _entries(data, "certificates", found):
        credential(found, words, text_of(one.get("name")), one.get("date"), None, text_of(one.get("issuer")))
    if told:
        found.drop(*descriptions(told))
    for key, why in _LEFT.items():
        if data.get(key):
            found.drop(f"{key} ({len(data[key])})" if isinstance(data[key], list) else key, why)
    return found


def _basics(basics: object, found: Import, words: Words) -> None:
    if not isinstance(basics, dict):
        return
    if text_of(basics.get("summary")):
        found.drop("the summary", "free words are not read")
    if name := text_of(basics.get("name")):
        found.data["name"] = name
        found.read.append(f"name: {name}")
    place = basics.get("location")
    country = text_of(place.get("countryCode")).upper() if isinstance(place, dict) else ""
    if country not in ("", "US", "USA"):
        found.drop(f"the place ({country})", "only places in the United States have a state")
        return
    state = words.state(text_of(place.get("region") if isinstance(place, dict) else place))
    if state:
        found.data["state"] = state
        found.read.append(f"state: {state}, where you live; change it to where you want to work")


def _entries(data: Mapping[str, Any], key: str, found: Import) -> Iterator[Mapping[str, Any]]:
    value = data.get(key) or []
    if not isinstance(value, list):
        found.drop(key, "it is no list")
        return
    for one in value:
        if isinstance(one, dict):
            yield one
        else:
            found.drop(f"an entry of {key}", "it holds no keys")
