"""What a name stands for: a certification, a licence or a post; and whether it can be had at all."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.describe import rules_of
from hsm_planner.knowledge.asked import Part
from hsm_planner.knowledge.models import Certification, License, Role
from hsm_planner.planner.excerpts import Wanted
from hsm_planner.planner.facts import title_of
from hsm_planner.planner.lookups import Lookups
from hsm_planner.planner.takers import namers
from hsm_planner.planner.told import Told, names, say, unknown
from hsm_planner.requirements.rules import concerning, walk
from hsm_planner.requirements.training import TrainingLeaf

_LICENSED = ("license",)  # the verb: somebody licenses


def nature(look: Lookups, part: Part) -> Iterator[Told]:
    """What each entry is, who gives it, and what it is not."""
    knowledge = look.knowledge
    for name, entry in zip(look.ids(part) or ("",), look.entries(part), strict=True):
        if name in knowledge.vocabulary.labels["training"]:
            yield from _training(look, name)
        elif isinstance(entry, Told):
            if name and look.state is None:
                yield say(f"{knowledge.vocabulary.label('credential', name)}: a licence, and each state gives its own.")
            yield entry
        elif isinstance(entry, License):
            given = f"given by {entry.board}" if entry.granted else f"nothing is given to the person ({entry.board})"
            told = f"{title_of(knowledge, entry)}: a matter of state law, {given}; no certification of an association."
            yield say(told, entry.sources)
        elif isinstance(entry, Role):
            asked = [knowledge.vocabulary.label("credential", one) for one in look.asked_of_all(entry)]
            told = f"; by law it asks of everybody: {names(asked)}" if asked else ""
            yield say(f"{entry.title}: a post{told}.", entry.sources)
            yield from () if asked else look.asked_of_some(entry)
        else:
            yield from _certification(look, entry)


def _certification(look: Lookups, entry: Certification) -> Iterator[Told]:
    """Who gives it; that it is no licence where the entry does not say that somebody licenses it."""
    status = [entry.status_note] if entry.status_note else []
    own = [text for text in (*status, *entry.notes) if Wanted(words=_LICENSED).speaks(text)]
    issuer = look.knowledge.vocabulary.label("organization", entry.issuer)
    tail = "" if own else ", and no licence: licences are given by states"
    yield say(f"{entry.title}: a certification, given by {issuer}{tail}.", _sources(entry))
    told_apart = [] if entry.status == "active" else status  # by `not_open`
    yield from (say(f"{entry.title}: {text}", _sources(entry)) for text in own if text not in told_apart)


def _training(look: Lookups, name: str) -> Iterator[Told]:
    """That it is a training, and what it leads to."""
    titles: dict[str, None] = {}
    for kind, raw in look.knowledge.raw_targets():
        entry = look.knowledge.entry(kind, raw["id"])
        rules = rules_of(look.knowledge, entry) if entry is not None else ()
        for leaf in (leaf for _, rule in rules for leaf in concerning(rule, look.as_of, look.state)):
            if entry is not None and isinstance(leaf, TrainingLeaf) and name in leaf.programmes:
                titles.setdefault(entry.title)
    text = (
        f"{look.knowledge.vocabulary.label('training', name)}: a training, and itself no licence and no certification"
    )
    yield say(f"{text}; it is named on the way to: {names(titles)}.")
    yield unknown(
        "Whether a board has to permit it or to be told before it begins is each state's own. Ask: the board."
    )


def required(look: Lookups, part: Part) -> Iterator[Told]:
    """What each entry is, and, of certifications and licences, by whom it is asked."""
    yield from nature(look, part)
    for name in look.ids(part):
        if look.knowledge.role(name) is None:
            label = look.knowledge.vocabulary.label("credential", name)
            posts = look.posts_asking(name)
            asked = f"the law that we read asks it of everybody for: {names(one.title for one in posts)}"
            yield say(f"{label}: {asked if posts else 'no law that we read asks it of everybody in a post'}.")
            yield from namers(look.knowledge, name, look.as_of, look.state)


def not_open(look: Lookups) -> Iterator[Told]:
    """Of what a question is about: the certifications that cannot be had now, or not for sure."""
    for name in look.targets:
        entry = look.knowledge.certification(name)
        if entry is not None and entry.status != "active":
            yield say(f"{entry.title} is {entry.status}. {entry.status_note or ''}".strip(), _sources(entry))


def _sources(entry: Certification) -> tuple[str, ...]:
    return (*entry.sources, *(source for node in walk(entry.eligibility) for source in node.sources))
