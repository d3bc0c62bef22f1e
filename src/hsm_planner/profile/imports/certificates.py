"""The certificates and licences of another format: which of ours they are, and whether they are held."""

from __future__ import annotations

import re

from hsm_planner.profile.imports.loss import BACKWARDS, Import, Words, day, readable_end, runs_backwards, text_of

_NOT_HELD = re.compile(
    r"\b(?:in progress|pending|withdrawn|lapsed|revoked|expired|suspended|surrendered|inactive|not yet|candidate|"
    r"applied|application|expected|anticipated|studying|preparing|prep|planned|retired|denied|failed|ineligible|eligible)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-Z]{2,7}")  # "HHSC", behind a state or alone: perhaps an office of it
_ABOUT = re.compile(
    r"\b(?:exam\w*|test|prep\w*|courses?|class|training|webinar|workshop|bootcamp|stud\w+|program\w*)\b", re.IGNORECASE
)


def credential(
    found: Import,
    words: Words,
    name: str,
    issued: object,
    ends: object,
    issuer: str = "",
    addresses: tuple[str, ...] | None = None,
) -> None:
    """A certification or licence that we have an entry of; the state is that of its name, else of its issuer.

    ``addresses``: those of the issuer, where a certificate always has one; else it may be silent about it.
    """
    beside = re.sub(r"[()|\u2013\u2014-]", ",", name)
    by, office = _state_of(issuer, words)
    said = words.state(f"x, {beside}") or by
    state = said or found.data.get("state")
    known = words.named(name, state)
    about = _NOT_HELD.search(name) or _ABOUT.search(name)
    id_ = words.credential(known, state) if known else None if about else words.nearly(name, state)
    if not name or id_ is None:
        found.drop(name or "a certificate without a name", "no entry of ours is of exactly this name")
        return
    doubt = next((text for text in (issuer, text_of(issued), text_of(ends)) if _NOT_HELD.search(text)), None)
    if doubt is not None:
        found.drop(name, f"beside it stands {doubt!r}, so it may not be held, or not be in force; add it if it is")
        return
    giver, told = words.issuer(id_), f"issued by {issuer}" if issuer else "it does not say who issued it"
    named = None if known else name
    if (issuer or addresses is not None) and not giver.gave(issuer, addresses or (), tuple(words.states.values())):
        if not (giver.by_states and _LETTERS.fullmatch(office)):
            why = f"{told}; the one that we know is of {giver.title}."
            why += f" Add it if it is the same: profile add credential {id_}"
            found.drop(name, why)
            return
        named = f"{name}, {told}"
    if not readable_end(ends) or (text_of(ends) and day(ends) is None):
        found.drop(name, f"its end, {ends!r}, is no date; without it the credential would count as in force")
        return
    first, last = day(issued), day(ends)
    if runs_backwards(first, last):
        found.drop(name, BACKWARDS)
        return
    if words.ahead(first):
        found.drop(name, f"it is issued on {first}, after today; add it once you hold it")
        return
    if first is None and issued not in (None, ""):
        found.notes.append(f"{name}: the day of issue {issued!r} is no date, so none is set.")
    entry = {"id": known or id_, "named": named, "issued": first, "expires": last}
    if said or (known and id_ != words.credential(known, None)):
        entry["state"] = state
    found.add("credentials", entry, f"{named}, to be confirmed" if named else name)


def _state_of(issuer: str, words: Words) -> tuple[str | None, str]:
    """The state that the name of an issuer begins with, written out or as its code ("TX HHSC"); and the rest of it."""
    for code, place in words.states.items():
        for start, told in ((place.lower(), issuer.lower()), (f"{code} ", issuer)):
            if told.startswith(start):
                return code, issuer[len(start) :].strip()
    return None, issuer
