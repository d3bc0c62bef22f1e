"""The questions as they are put: the opening ones, and those of the engine in plain words with what may be answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from hsm_planner.engine.result import Asked
from hsm_planner.interview.keeping import NOT_TOLD
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.requirements.base import count
from hsm_planner.requirements.rules import AnyLeaf
from hsm_planner.values.record import record

STATE, WORK, SINCE, EARLIER, STUDIED, TARGET, MORE, USUAL = (
    "state", "work", "since", "earlier", "studied", "target", "more", "usual",
)  # fmt: skip
_DELICATE_KINDS = frozenset(str(leaf.model_fields["kind"].default) for leaf in get_args(AnyLeaf) if leaf.delicate)


@record
class Ask:
    """A question as it is put. ``words``: what completion offers; ``delicate``: it may be left unsaid."""

    id: str
    text: str
    why: str
    words: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    delicate: bool = False


def openings(knowledge: Knowledge, data: Mapping[str, Any]) -> list[Ask]:
    """The first questions, whatever the target."""
    states = tuple(knowledge.words.states.values())
    titles = tuple(raw["title"] for kind, raw in knowledge.raw_targets() if kind == "role")
    names = tuple(raw.get("title") or raw["name"] for _, raw in knowledge.raw_targets())
    degrees = tuple(dict.fromkeys(name for one in knowledge.degree_names for name in one.aliases))
    held = [
        one for one in data.get("experience", [])[:1] if not {"start", "end"} & set(one) and one["title"] != NOT_TOLD
    ]
    return [
        Ask(STATE, "In which state do you want to work?", "Licences and pay differ by state.", states),
        Ask(WORK, "What is your job now, and in what kind of place? (like: medical assistant, physician practice; "
                  "or none)", "What you do counts towards many posts.", titles),
        *(Ask(SINCE, f"Since when: {one['title']}?", "Rules ask for years.") for one in held),
        Ask(EARLIER, "Which posts have you held before? (like: registered nurse, hospital, 2010 to 2018; more with "
                     "a semicolon; or none)", "Earlier posts count as well.", titles),
        Ask(STUDIED, "What have you studied, and when did you finish? (like: high school diploma 2010; BSN 2016; "
                     "MHA 2028 if it is still to come; or none)", "Most rules ask for some education.", degrees),
        Ask(TARGET, "What do you want to become? (like: practice manager; several with a semicolon; or help)",
            "The rule of that target is compared with what you said.", names),
    ]  # fmt: skip


def more_ask(many: int) -> Ask:
    """Whether to go on where the answer no longer changes."""
    text = f"Something is still to do, whatever else you say. Go on with {count(many, 'questions')}? (yes or no)"
    return Ask(MORE, text, "They would tell more exactly what is left, and what it takes.", ("yes", "no"))


def engine_ask(knowledge: Knowledge, one: Asked, titles: tuple[str, ...], settled: Iterable[str]) -> Ask:
    """A question of the engine, with the words that completion offers. ``settled``: the kinds of leaf it settles."""
    words = one.answers
    if one.id.endswith(".setting"):
        words = tuple(word.id for word in knowledge.words.settings)
    elif one.id.endswith(".role"):
        words = titles
    elif one.id in ("credentials", "exams"):
        others = (raw for kind, raw in knowledge.raw_targets() if kind != "role")
        words = tuple(raw.get("abbreviation") or raw["id"] for raw in others)
    elif one.id == "memberships":
        words = tuple(word.label for word in knowledge.words.organizations)
    why = f"{one.why} {one.whom} can tell." if one.whom else one.why
    marked = {f"statements.{item.id}" for item in knowledge.statements if item.delicate}
    delicate = one.id in marked or not _DELICATE_KINDS.isdisjoint(settled)
    return Ask(one.id, _with_form(one), why, words, one.answers, delicate)


def usual_ask(id_: str, usual: Sequence[Asked]) -> Ask:
    """What nearly everybody confirms, in one question."""
    lines = "\n".join(f"  {number}. {one.text}" for number, one in enumerate(usual, 1))
    many = len(usual) > 1
    ways = "yes; all but 2, 3; or skip" if many else "yes, no, or skip"
    text = f"Can you say yes to {'all of these' if many else 'this'}? ({ways})\n{lines}"
    return Ask(id_, text, "Each is asked by the rule; what you leave out stays not known.",
               answers=tuple(one.id for one in usual), delicate=True)  # fmt: skip


def _with_form(one: Asked) -> str:
    """A question with the form of its answer, where that is not plain."""
    forms = {
        "courses": "like: medical terminology 45 hours 2019; or none",
        "credentials": "like: RN OH 2016 to 2027; FACHE 2020; or none",
        "exams": "like: nab-core May 2025; or none",
        "learning": "like: 12 hours healthcare-management, ACHE, March 2025; or none",
        "memberships": "like: ACHE since 2023; or none",
        "training": "like: administrator-in-training 500 hours, 2024-01 to 2024-06, registered; or none",
        "volunteering": "like: civic 2024-10; or none",
        "references": "how many, like 2",
        "experience": "like: registered nurse, hospital, 2010 to 2018; or none",
        "education": "like: BSN 2016; 12 credits business; or none",
    }
    if one.id.endswith(".role") and not one.answers:
        return f"{one.text} (like: charge nurse; outside health care, if it was there; or skip)"
    form = forms.get(one.id) or (", ".join(one.answers) if one.answers else "")
    return f"{one.text} ({form})" if form else one.text
