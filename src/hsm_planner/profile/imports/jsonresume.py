"""JSON Resume (jsonresume.org, schema 1.0.0, and older files with ``company``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hsm_planner.profile.imports.certificates import credential
from hsm_planner.profile.imports.loss import COURSES, TOLD, Import, Words, place_of, text_of, work
from hsm_planner.profile.imports.studies import degree

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


_READ = {"$schema", "meta", "basics", "work", "education", "certificates"}
_CONTACT = ("email", "phone", "url", "website", "image", "picture", "profiles")


def is_json_resume(data: Mapping[str, Any]) -> bool:
    """Whether data is of this format."""
    return "schema_version" not in data and bool({"basics", "work"} & set(data))


def from_json_resume(data: Mapping[str, Any], words: Words, name: str) -> Import:
    """The profile of a résumé."""
    found = Import("JSON Resume", name)
    _basics(data.get("basics"), found, words)
    for one in _entries(data, "work", found):
        work(found, words, text_of(one.get("position")), text_of(one.get("name")) or text_of(one.get("company")),
             one.get("startDate"), one.get("endDate"), place_of(one.get("location")))  # fmt: skip
    for one in _entries(data, "education", found):
        area = text_of(one.get("area"))
        kind = _LEVEL.sub(r"\1's degree", text_of(one.get("studyType")))
        name = kind if not area or area.lower() in kind.lower() else f"{kind} in {area}" if kind else ""
        degree(found, words, name, text_of(one.get("institution")), one.get("endDate"), one.get("startDate"),
               _texts(one))  # fmt: skip
    for one in _entries(data, "certificates", found):
        credential(found, words, text_of(one.get("name")), one.get("date"), None, text_of(one.get("issuer")))
    _left(data, found)
    return found


def _left(data: Mapping[str, Any], found: Import) -> None:
    """Say what was not read, one line a kind."""
    basics = data.get("basics")
    own = basics if isinstance(basics, dict) else {}
    found.left("contact details", sum(bool(own.get(key)) for key in _CONTACT), "nobody needs them here")
    found.left("label", None if own.get("label") else 0, "only posts are read")
    found.left("summary", int(bool(text_of(own.get("summary")))), TOLD)
    posts, studies = _mappings(data.get("work")), _mappings(data.get("education"))
    told = [one for one in posts if any(one.get(key) for key in ("highlights", "keywords")) or any(
        text_of(one.get(key)) for key in ("summary", "description"))]  # fmt: skip
    found.left("descriptions of posts", len(told), TOLD)
    courses = [one["courses"] for one in studies if isinstance(one.get("courses"), list)]
    found.left("courses within studies", sum(map(len, courses)), COURSES)
    found.left("grades", sum(bool(one.get("score") or one.get("gpa")) for one in studies), "no grade is asked for")
    for key, value in data.items():
        if key not in _READ and value not in (None, "", [], {}):
            found.left(key, len(value) if isinstance(value, list) else None, _LEFT.get(key, "no key of JSON Resume"))


def _texts(entry: Mapping[str, Any]) -> Iterator[object]:
    """All that an entry holds, also within its lists."""
    for value in entry.values():
        yield from value if isinstance(value, list) else [value]


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _basics(basics: object, found: Import, words: Words) -> None:
    if not isinstance(basics, dict):
        return
    if name := text_of(basics.get("name")):
        found.data["name"] = name
        found.read.append(f"name: {name}")
    place = basics.get("location")
    country = text_of(place.get("countryCode")).upper() if isinstance(place, dict) else ""
    if country not in ("", "US", "USA"):
        found.drop(f"the place ({country})", "only places in the United States have a state")
        return
    state = words.state(place_of(place))
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
