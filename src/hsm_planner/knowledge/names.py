"""Finding entries by the names people use for them."""

from __future__ import annotations

from collections.abc import Iterable

from hsm_planner.knowledge.store import Knowledge, TargetKind, plain
from hsm_planner.values.problems import nearest
from hsm_planner.values.record import record


@record
class Named:
    """An entry that can be a target."""

    kind: TargetKind
    id: str
    title: str
    state: str | None = None


@record
class Found:
    """What a name came to: one entry, several, or none with the names nearest to it."""

    matches: tuple[Named, ...]
    nearest: tuple[str, ...] = ()
    missing_state: str | None = None  # the name is known, but not for this state


def targets(knowledge: Knowledge) -> Iterable[tuple[Named, tuple[str, ...]]]:
    """Every possible target with all the names it goes by."""
    for kind, raw in knowledge.raw_targets():
        title = raw.get("title") or raw["name"]
        names = (
            raw["id"],
            title,
            *raw.get("aliases", ()),
            *raw.get("general_names", ()),
            *([raw["abbreviation"]] if "abbreviation" in raw else []),
        )
        place = f", {knowledge.words.states[raw['state']]}" if raw.get("state") else ""
        yield Named(kind, raw["id"], f"{title}{place}", raw.get("state")), names


def find_programme(knowledge: Knowledge, name: str) -> str | None:
    """The id of the degree programme that a name means."""
    wanted = plain(name)
    for programme in knowledge.programmes():
        if wanted in {plain(text) for text in (programme.id, programme.name, *programme.aliases)}:
            return programme.id
    return None


def find_exam(knowledge: Knowledge, name: str) -> str | None:
    """The id of the examination that a name means: its id or its own name."""
    wanted = plain(name)
    labels = knowledge.vocabulary.labels.get("exam", {})
    return next((id_ for id_, label in labels.items() if wanted in (plain(id_), plain(label))), None)


def find(knowledge: Knowledge, name: str, *, state: str | None = None) -> Found:
    """The target that a name means. A state tells the licences of one family apart."""
    wanted = plain(name)
    exact: list[Named] = []
    all_names: list[str] = []
    families: dict[str, list[Named]] = {}
    for entry, names in targets(knowledge):
        all_names += names
        if entry.id == name:
            return Found((entry,))
        if wanted in {plain(candidate) for candidate in names}:
            exact.append(entry)
        if entry.kind == "license":
            facts = knowledge.vocabulary.credentials[entry.id]
            families.setdefault(plain(facts.family), []).append(entry)
    family = families.get(wanted, [])
    candidates = [*exact, *family]  # what another state calls otherwise is of the family all the same
    if state and any(entry.state for entry in candidates):
        of_state = [entry for entry in candidates if entry.state in (None, state)]
        if not of_state:
            return Found((), tuple(entry.id for entry in candidates), missing_state=state)
        candidates = of_state
    if candidates:
        return Found(tuple(dict.fromkeys(candidates)))
    everyday = [one for one in knowledge.questions.wording.called if not one.vague]
    called = next((one.of for one in everyday if plain(one.name) == wanted), ())
    meant = [find(knowledge, id_, state=state) for id_ in called]  # what people call it, when no entry has the name
    if len(meant) == 1:
        return meant[0]
    if meant:
        return Found(tuple(dict.fromkeys(entry for one in meant for entry in one.matches)))
    return Found((), tuple(nearest(name, dict.fromkeys(all_names))))
