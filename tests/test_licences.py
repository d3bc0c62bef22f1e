"""Four people before each nursing home administrator licence, all exams passed: verdicts reviewed one by one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import ROOT, assessed, knowledge

GOLDEN = ROOT / "tests" / "cases" / "four-people-before-each-licence.txt"
EXAMS = [{"id": exam, "passed": "2026-06"} for exam in sorted(knowledge().vocabulary.labels["exam"])]
ADULT: dict[str, Any] = {"born": "1980-01", "courses": [], "exams": EXAMS, "training": [], "credentials": []}
PEOPLE: dict[str, dict[str, Any]] = {
    "bachelor, no training": {
        **ADULT,
        "education": [{"level": "bachelor", "field": "business", "awarded": "2002-05"}],
        "experience": [],
    },
    "RN, associate, ten years": {
        **ADULT,
        "education": [{"level": "associate", "field": "nursing", "awarded": "2010-05"}],
        "credentials": [{"id": "rn", "state": "{state}", "issued": "2010-07", "expires": "2028-07"}],
        "experience": [{"role": "registered-nurse", "setting": "nursing-home", "start": "2010-08", "supervises": 0}],
    },
    "master, NAB, internship": {
        **ADULT,
        "education": [
            {"level": "bachelor", "field": "business", "awarded": "2002-05"},
            {"level": "master", "field": "health-administration", "awarded": "2025-05", "accredited_by": ["nab"]},
        ],
        "experience": [],
        "training": [
            {
                "kind": "degree-internship",
                "hours": 1000,
                "start": "2024-09",
                "end": "2025-04",
                "hours_per_week": 40,
                "within_degree": True,
            }
        ],
    },
    "school, 15 years in one home": {
        **ADULT,
        "education": [{"level": "high-school", "field": "any", "awarded": "1998-06"}],
        "experience": [{"title": "Department head", "setting": "nursing-home", "start": "2011-09", "supervises": 6}],
    },
}


def told(id_: str, state: str, person: str) -> str:
    """The verdict, as known and if confirmed, and what is open or missing at the top of the rule."""
    profile = {
        key: [
            {**entry, "state": state} if isinstance(entry, dict) and entry.get("state") == "{state}" else entry
            for entry in value
        ]
        if isinstance(value, list)
        else value
        for key, value in PEOPLE[person].items()
    }
    result = assessed(profile, id_, state=state)
    gaps = ", ".join(gap.removeprefix(f"{id_}.") for gap in result.gaps)
    return f"{id_}  {person}: {result.verdict}, if confirmed {result.if_confirmed}; to do: {gaps or 'nothing known'}"


def table() -> str:
    licences = [
        (raw["id"], raw["state"])
        for kind, raw in knowledge().raw_targets()
        if kind == "license" and raw["family"] == "nha"
    ]
    assert len(licences) == 51
    return "".join(f"{told(id_, state, person)}\n" for id_, state in sorted(licences) for person in PEOPLE)


def test_four_people_before_each_licence(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--refresh-golden"):
        GOLDEN.write_text(table(), encoding="utf-8")
    assert table() == GOLDEN.read_text(encoding="utf-8")


def test_only_where_no_training_is_asked_is_a_degree_enough() -> None:
    """Illinois asks a bachelor's in any field and the exams; everywhere else something is missing or open."""
    ready = {line.split(" ")[0] for line in table().splitlines() if ": ready" in line}
    assert ready == {"nha-il"}
