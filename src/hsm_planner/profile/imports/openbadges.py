"""Open Badges 3.0 (1EdTech): credentials as JSON; signatures are not verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hsm_planner.profile.imports.certificates import credential
from hsm_planner.profile.imports.loss import Import, Words, text_of
from hsm_planner.profile.imports.studies import degree

_DEGREES = ("associatedegree", "bachelordegree", "masterdegree", "doctoraldegree", "researchdoctorate",
            "professionaldoctorate", "degree")  # fmt: skip
_CREDENTIALS = ("certification", "license", "licence")


def badges(data: object) -> Iterator[Mapping[str, Any]]:
    """The credentials in some data: one, a list, or those of a presentation."""
    if isinstance(data, list):
        for one in data:
            yield from badges(one)
    elif isinstance(data, dict):
        kinds = data.get("type")
        named = {one for one in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(one, str)}
        if named & {"OpenBadgeCredential", "AchievementCredential"} or (
            "VerifiableCredential" in named and isinstance(data.get("credentialSubject"), dict)
        ):
            yield data
        elif "verifiableCredential" in data:
            yield from badges(data["verifiableCredential"])


def from_open_badges(data: object, words: Words, name: str) -> Import:
    """The profile of some credentials."""
    found = Import("Open Badges 3.0", name)
    found.notes.append("The signatures of the badges were not verified.")
    for one in badges(data):
        subject = one.get("credentialSubject")
        kinds = one.get("type")
        if "EndorsementCredential" in (kinds if isinstance(kinds, list) else [kinds]):
            found.drop(text_of(one.get("name")) or "an endorsement", "it speaks of a credential, and is none")
            continue
        achievement = subject.get("achievement") if isinstance(subject, dict) else None
        if not isinstance(achievement, dict):
            found.drop(text_of(one.get("name")) or "a badge", "it names no achievement")
            continue
        name = text_of(achievement.get("name")) or text_of(one.get("name"))
        kind = text_of(achievement.get("achievementType")).lower().replace(" ", "").replace("ext:", "")
        issuer = one.get("issuer")
        told = issuer if isinstance(issuer, dict) else {"id": issuer}
        school = text_of(told.get("name"))
        addresses = tuple(text_of(told.get(key)) for key in ("id", "url"))
        issued = one.get("validFrom") or one.get("issuanceDate")
        if kind in _DEGREES:
            beside = (achievement.get("description"), one.get("description"))
            degree(found, words, name, school, issued, issued, beside)  # a badge is given for what is done
        elif kind in _CREDENTIALS:
            credential(found, words, name, issued, one.get("validUntil") or one.get("expirationDate"), school,
                       addresses)  # fmt: skip
        else:
            found.drop(f"{name} ({text_of(achievement.get('achievementType'))})", "of a kind that is not read")
    return found
