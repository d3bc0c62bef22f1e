"""What several tests share: the real knowledge, and evaluating one rule for one profile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from hsm_planner.engine.assess import Goal, Standard, assess
from hsm_planner.engine.items import Grower, Item
from hsm_planner.engine.result import Assessment
from hsm_planner.knowledge.names import find
from hsm_planner.knowledge.store import Knowledge, TargetKind
from hsm_planner.planner.plan import plan
from hsm_planner.planner.result import Plan
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.model import Profile
from hsm_planner.profile.read import read_profile
from hsm_planner.requirements.base import Context
from hsm_planner.requirements.rules import evaluate, node_adapter, settle
from hsm_planner.resolve.person import resolve
from hsm_planner.values.timeline import Target, Timeline

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
AS_OF = dt.date(2026, 11, 23)


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(DATA)


def kind_of(target: str) -> TargetKind:
    """Of which kind an entry is."""
    return next(kind for kind, raw in knowledge().raw_targets() if raw["id"] == target)


@dataclass(frozen=True)
class Answer:
    """Status and range of one evaluation."""

    status: str
    have: tuple[Fraction, Fraction] | None
    need: tuple[Fraction, Fraction] | None


def person(profile: Mapping[str, Any]) -> Profile:
    return Profile.model_validate({"schema_version": 1, **profile})


def planned(
    profile: Mapping[str, Any] | str,
    target: str,
    state: str | None = None,
    standard: Standard = "typical",
    **wishes: Any,
) -> Plan:
    """The plan of an example, by its name, or of a profile, where they live or elsewhere."""
    if isinstance(profile, str):
        text = (ROOT / "examples" / f"{profile}.yaml").read_text(encoding="utf-8")
        someone, _ = read_profile(text, profile)
    else:
        someone = person(profile)
    goal = Goal(kind_of(target), target, state or someone.state, standard)
    return plan(someone, knowledge(), goal, AS_OF, Wishes(**wishes))


def timeline(profile: Mapping[str, Any], target: Mapping[str, Any] | None = None) -> Timeline:
    wanted = Target(**{"id": "test-target", **(target or {})})
    return resolve(person(profile), knowledge(), wanted)


def evaluate_rule(
    rule: Mapping[str, Any],
    profile: Mapping[str, Any],
    as_of: dt.date,
    target: Mapping[str, Any] | None = None,
    confirmed: bool = False,
) -> Answer:
    """Evaluate a rule written as in the data files."""
    node = node_adapter().validate_python(rule)
    context = Context(timeline(profile, target), as_of, knowledge().vocabulary, confirmed)
    found = evaluate(node, context)
    outcome = found.outcome
    return Answer(
        found.status.value,
        (outcome.have.least, outcome.have.most) if outcome and outcome.have else None,
        (outcome.need.least, outcome.need.most) if outcome and outcome.need else None,
    )


def grow(rule: Mapping[str, Any], profile: Mapping[str, Any], as_of: dt.date, target: Mapping[str, Any] | None) -> Item:
    """A rule as the engine's tree, with both evaluations."""
    node = settle(
        node_adapter().validate_python(rule), sources=("test",), confidence="high", asked_by="issuer", ask="the board"
    )
    return Grower(knowledge(), as_of, []).grow(node, timeline(profile, target), "required")


def words() -> dict[str, Any]:
    """The orders of the vocabulary as plain data, for the second opinion."""
    vocabulary = knowledge().vocabulary
    return {
        "kinds": {name: list(parents) for name, parents in vocabulary.kind_parents.items()},
        "fields": {name: list(parents) for name, parents in vocabulary.field_parents.items()},
        "topics": {name: list(parents) for name, parents in vocabulary.topic_parents.items()},
        "levels": {
            name: {
                "satisfies": sorted(satisfied),
                "credits": vocabulary.level_credits.get(name, 0),
                "professional": name in vocabulary.professional,
            }
            for name, satisfied in vocabulary.satisfies.items()
        },
        "credentials": {
            name: {
                "family": facts.family,
                "state": facts.state,
                "exams": sorted(facts.exams),
                "replaces": sorted(facts.replaces),
                "compact": sorted(facts.compact),
                "schooling": _schooling(name),
                "compact_from": {state: day.isoformat() for state, day in facts.compact_from.items()},
            }
            for name, facts in vocabulary.credentials.items()
        },
    }


def _schooling(name: str) -> dict[str, Any] | None:
    licence = knowledge().license(name)
    asked = licence.schooling if licence else None
    return {"field": asked.field, "levels": list(asked.levels)} if asked else None


def assessed(profile: Mapping[str, Any], target: str, as_of: dt.date = AS_OF, **goal: Any) -> Assessment:
    """Assess a profile written as a mapping against a target by name."""
    match = find(knowledge(), target, state=goal.get("state")).matches[0]
    return assess(person(profile), knowledge(), Goal(match.kind, match.id, **goal), as_of)
