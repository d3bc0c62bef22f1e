"""What an import came to: the profile, what was read for sure, what was guessed, what was left behind and why."""

from __future__ import annotations

from typing import Any, Literal

import yaml

from hsm_planner.engine.assess import profile_summary
from hsm_planner.engine.result import ResolvedWord, Result
from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.profile.imports.issuers import Issuer, house
from hsm_planner.profile.imports.loss import Import, Words
from hsm_planner.profile.read import read_profile
from hsm_planner.resolve.credentials import CredentialWords
from hsm_planner.resolve.person import resolve
from hsm_planner.values.dates import Date
from hsm_planner.values.timeline import Target


class LeftBehind(Result):
    what: str
    why: str


class Imported(Result):
    """The answer of ``profile import``. ``guessed``: words to confirm; ``not_known``: words that nothing fits."""

    schema_version: Literal["1"] = "1"
    command: Literal["import"] = "import"
    overlays: tuple[str, ...]
    format: str
    profile: dict[str, Any]
    read: tuple[str, ...]
    guessed: tuple[ResolvedWord, ...]
    not_known: tuple[ResolvedWord, ...]
    left_behind: tuple[LeftBehind, ...]
    notes: tuple[str, ...]


def import_words(knowledge: Knowledge, as_of: Date) -> Words:
    """What an import needs to know of the data."""
    names = CredentialWords.of(knowledge)

    def meant(name: str, state: str | None) -> str | None:
        found = names.read(name, state)
        return found.id if found is not None else None

    def issuer(id_: str) -> Issuer:
        entry = knowledge.certification(id_)
        if entry is None:
            return Issuer("a state")
        own = next(one for one in knowledge.words.organizations if one.id == entry.issuer)
        site = house(own.url)
        same = [one for one in knowledge.words.organizations if one is own or (site and house(one.url) == site)]
        names = [name for one in same for name in (one.id, one.label, *one.aliases)]
        return Issuer(own.label, tuple(names), (site,) if site else ())

    return Words(
        knowledge.words.states, meant, names.near, issuer, frozenset(map(plain, knowledge.words.breaks)), as_of
    )


def profile_text(found: Import) -> str:
    """The profile as YAML."""
    return yaml.safe_dump(found.data, sort_keys=False, allow_unicode=True)


def imported(found: Import, knowledge: Knowledge) -> Imported:
    """The loss report of an import.

    Raises:
        InputError: when what was read makes no profile.
    """
    profile, document = read_profile(profile_text(found), f"the profile from {found.format}")
    summary = profile_summary(profile, resolve(profile, knowledge, Target("", profile.state), document))
    words = [word for word in summary.resolved if word.how not in ("stated", "alias") or word.id is None]
    return Imported.model_construct(
        overlays=knowledge.overlays,
        format=found.format,
        profile=found.data,
        read=tuple(found.read),
        guessed=tuple(word for word in words if word.id is not None),
        not_known=tuple(word for word in words if word.id is None),
        left_behind=tuple(LeftBehind.model_construct(what=one.what, why=one.why) for one in found.dropped),
        notes=tuple(found.notes),
    )
