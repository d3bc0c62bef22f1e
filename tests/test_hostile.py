"""Hostile text in every field of a profile comes out as text, in the report as in the complaint, and meets nothing."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hsm_planner.cli.main import execute
from hsm_planner.profile.model import Profile
from tests.support import person

HOSTILE = {
    "markup": "[front-office] [bold red]x[/] [/nothing] [link=http://x]y[/link]",
    "escapes": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x08\x7f \x9b31m",
    "directions": "\u202eright to left\u202c \u2066\u200f\u2028\u2029",
    "long": "word " * 2000,
    "unbroken": "x" * 10_000,
    "shell": "'; DROP TABLE users; -- {}{0}%s${HOME}`id`",
}
# A profile with a text in every field that can hold one.
WHOLE: dict[str, Any] = {
    "id": "p-1",
    "name": "Ada",
    "state": "OH",
    "born": "1990-01",
    "target": {"id": "medical-office-manager", "state": "OH", "setting": "hospital", "standard": "typical"},
    "education": [
        {
            "degree": "BSN",
            "school": "a school",
            "awarded": "2010-05",
            "accredited_by": ["CCNE"],
            "country": "US",
            "level": "bachelor",
            "field": "nursing",
        },
        {"credits": 30, "unit": "semester", "field": "business"},
        {"degree": "MHA", "expected": "2030-05"},
    ],
    "experience": [
        {
            "title": "Astrologer",
            "employer": "a circus",
            "setting": "outside health care",
            "start": "2010-05",
            "end": "2020-05",
            "state": "OH",
            "area": "tents",
            "supervised_by": ["rn"],
        },
        {"role": "charge-nurse", "start": "2020-06", "kinds": ["nursing"]},
    ],
    "credentials": [{"id": "rn", "state": "OH", "issued": "2010-06", "expires": "2030-06"}],
    "applications": [{"for": "nha-pa", "submitted": "2026-01"}],
    "memberships": [{"organization": "ache", "since": "2020-01", "until": "2024-01", "type": "member"}],
    "learning": [
        {"hours": 3, "topic": "healthcare-management", "kind": "in-person", "provider": "ache", "date": "2025"}
    ],
    "training": [{"kind": "administrator-in-training", "hours": 10, "start": "2024-01", "end": "2024-02"}],
    "courses": [{"name": "medical terminology", "hours": 45, "date": "2019", "accredited_by": ["x"]}],
    "exams": [{"id": "nab-core", "passed": "2025-02"}],
    "volunteering": [{"kind": "healthcare", "date": "2024-10"}],
    "references": [{"role": "fellow"}],
    "skills": {"communication": 4},
    "statements": {"background-check": {"value": True, "by": "the Board", "date": "2026-01"}},
    "constraints": {"start": "2027-01"},
}


def places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where texts stand; and keys that people choose."""
    if isinstance(data, str):
        yield path
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from places(value, (*path, index))


def replaced(path: tuple[str | int, ...], text: str) -> dict[str, Any]:
    profile = copy.deepcopy(WHOLE)
    inner: Any = profile
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = text
    return profile


def test_the_profile_here_has_every_section() -> None:
    assert set(WHOLE) == set(Profile.model_fields) - {"schema_version"}
    assert person(WHOLE)


@pytest.mark.parametrize("hostile", list(HOSTILE.values()), ids=list(HOSTILE))
@pytest.mark.parametrize("path", list(places(WHOLE)), ids=lambda path: ".".join(map(str, path)))
def test_it_comes_out_as_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, path: tuple[str | int, ...], hostile: str
) -> None:
    file = tmp_path / "profile.json"
    file.write_text(json.dumps(replaced(path, hostile)), encoding="utf-8")
    code = execute(["assess", str(file), "--target", "medical-office-manager", "--as-of", "2026-11-23"])
    shown = capsys.readouterr()
    assert code in (0, 1)
    assert (shown.out == "") == (code == 1)
    for text in (shown.out, shown.err):
        assert all(char.isprintable() or char == "\n" for char in text)
    assert "bug" not in shown.err


def test_an_unrelated_career_meets_no_experience_of_health_care(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    titles = ("Astrologer", "Head chef", "Software engineer", "Attorney", "Retail department manager", "Bus driver")
    posts = [{"title": title, "start": "2005-01", "setting": "outside health care"} for title in titles]
    file = tmp_path / "profile.json"
    file.write_text(json.dumps({"experience": posts, "education": [{"degree": "BA History", "awarded": "2004-05"}]}))
    for target in ("medical-office-manager", "fache", "cmpe", "nursing-home-administrator", "clinical-nurse-manager"):
        assert execute(["assess", str(file), "-t", target, "--state", "PA", "--json", "--as-of", "2026-11-23"]) == 0
        result = json.loads(capsys.readouterr().out)
        met = [found for found in result["findings"] if found["kind"] == "experience" and found["status"] == "met"]
        assert met == [], target
        assert result["verdict"] != "ready"
