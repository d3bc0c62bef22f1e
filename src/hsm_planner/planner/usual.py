"""What to ask before money or years are spent: schooling that is only usual, and what a profile leaves unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hsm_planner.knowledge.models import Role
from hsm_planner.planner.another import LEAST_CHANGE
from hsm_planner.planner.clash import Found
from hsm_planner.planner.meaning import Reading
from hsm_planner.planner.model import Problem, Schedule
from hsm_planner.planner.person import Planner
from hsm_planner.planner.programmes import is_begun
from hsm_planner.planner.result import AskFirst, OtherPlan
from hsm_planner.planner.search import Solution
from hsm_planner.requirements.base import Context, listed
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.rules import walk
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.record import replace
from hsm_planner.values.truth import Status

_UNSAID = {
    "education": "degrees and credits",
    "experience": "posts held",
    "credentials": "certifications and licences",
    "exams": "exams passed",
    "training": "training done",
    "courses": "courses taken",
    "memberships": "memberships",
    "learning": "continuing education",
    "volunteering": "volunteer work",
    "references": "references",
}  # by section of a profile


def usual_schooling(
    planner: Planner,
    found: Found,
    reading: Reading,
    solved: Callable[[Problem], Solution],
    fields: Callable[[Found, Schedule, str], dict[str, Any]],
) -> AskFirst | None:
    """What to ask before a degree that a post only usually asks, and the plan where somebody asks less.

    First of the post that is the target, then of those on the way.

    None where the plan has no such degree, or would be as long and as dear without it: the law asks it, too.
    """
    actions, knowledge = found.routes.actions, planner.knowledge
    if not any(actions[name].kind == "degree" for name in reading.chosen):
        return None
    on_the_way = [actions[name].target or "" for name in reading.chosen if actions[name].kind == "post"]
    asking = [planner.entry.id, *on_the_way] if isinstance(planner.entry, Role) else on_the_way
    roles = (knowledge.role(id_) for id_ in dict.fromkeys(asking))
    told = (_usual(planner, role, found, reading, solved, fields) for role in roles if role is not None)
    return next((one for one in told if one is not None), None)


def _usual(
    planner: Planner,
    role: Role,
    found: Found,
    reading: Reading,
    solved: Callable[[Problem], Solution],
    fields: Callable[[Found, Schedule, str], dict[str, Any]],
) -> AskFirst | None:
    """What to ask before a degree that a post of the plan only usually asks."""
    leaves = list(_open(planner, role))
    plans, best = [], _worth(reading)
    for lowered, clause in _lower(leaves, planner.knowledge.vocabulary):
        limits = replace(found.limits, lowered=lowered)
        routes = planner.routes(limits)
        other = Found(routes, solved(routes.problem), limits)
        schedule = planner.replayed(other)
        worth = _worth(Reading(routes.problem, schedule)) if schedule is not None else best
        if schedule is None or not (worth[0] <= best[0] - LEAST_CHANGE or (worth[0] <= best[0] and worth < best)):
            continue
        best = worth
        plans.append(OtherPlan.model_construct(**fields(other, schedule, clause)))
    if not plans:
        return None
    degrees = [name for name in reading.chosen if found.routes.actions[name].kind == "degree"]
    begins = "go on with a degree" if all(map(is_begun, degrees)) else "begin a degree"
    sentences = [leaf.sentence(planner.knowledge.vocabulary) for leaf in leaves]
    return AskFirst.model_construct(
        about="usual",
        text=f"Before you {begins}, ask {role.ask}, and whether they take less than: "
        f"{listed(sentences)} (usual, but no law that we read).",
        leaves=tuple(leaf.id for leaf in leaves),
        notes=(*(leaf.note for leaf in leaves if leaf.note), *role.employers_vary),
        plans=tuple(plans),
        sources=tuple(dict.fromkeys(name for leaf in leaves for name in leaf.sources or role.sources)),
    )


def less_schooling(planner: Planner) -> Iterator[tuple[tuple[tuple[str, str | None], ...], str]]:
    """For each degree that the target's post usually asks and that is not there, less of it, and "if ..." in words."""
    if isinstance(planner.entry, Role):
        yield from _lower(list(_open(planner, planner.entry)), planner.knowledge.vocabulary)


def unsaid(planner: Planner, found: Found, reading: Reading) -> AskFirst | None:
    """What the plan has steps for though the profile does not say whether it is there already."""
    effects = [effect for name in reading.chosen for effect in found.routes.actions[name].effects]
    sections = dict.fromkeys(one.section for one in effects if one.section in _UNSAID)
    open_ = [section for section in sections if getattr(planner.profile, section) is None]
    texts = []
    if planner.target.state is None:
        texts.append(
            "Say in which state you want to work (`state`, or --state): licences, boards and prices are by state."
        )
    if open_:
        words = listed([f"{_UNSAID[section]} (`{section}`)" for section in open_], "and")
        texts.append(f"Look at what your profile does not say: {words}. What is there already falls out of the plan.")
    if not texts:
        return None
    text = " ".join(texts)
    return AskFirst.model_construct(about="unsaid", text=text, leaves=(), notes=(), plans=(), sources=())


def _worth(reading: Reading) -> tuple[int, ...]:
    """Months, then what it costs."""
    return (reading.schedule.finish, *reading.cost().key)


def _open(planner: Planner, role: Role) -> Iterator[DegreeLeaf]:
    """The degrees that a post usually asks and that are not there."""
    context = Context(planner.probes.present, planner.origin, planner.knowledge.vocabulary)
    for node in walk(planner.knowledge.role_rules(role)["typical"]):
        if isinstance(node, DegreeLeaf) and node.outcome(context).status is not Status.MET:
            yield node


def _lower(
    leaves: list[DegreeLeaf], vocabulary: Vocabulary
) -> Iterator[tuple[tuple[tuple[str, str | None], ...], str]]:
    """The leaves with the level below in place of each, then with none; what is above a college degree goes to one."""
    below = {leaf.id: _below(leaf.level, vocabulary) for leaf in leaves}
    levels = {level for level in below.values() if level is not None}
    if levels:
        words = listed([_a(vocabulary.label("level", one)) for one in sorted(levels)])
        yield tuple(below.items()), f"if {words} is enough"
    if leaves and all(leaf.level in vocabulary.level_credits or below[leaf.id] is None for leaf in leaves):
        yield tuple((leaf.id, None) for leaf in leaves), "if no such degree is asked"


def _a(label: str) -> str:
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"


def _below(level: str, vocabulary: Vocabulary) -> str | None:
    """The highest college degree below a level; None where there is none."""
    worth = vocabulary.level_credits
    lower = [one for one in vocabulary.satisfies[level] if one in worth and one != level]
    return max(lower, key=lambda one: worth[one], default=None)
