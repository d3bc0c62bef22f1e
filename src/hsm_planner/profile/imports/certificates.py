"""The certificates and licences of another format: which of ours they are, and whether they are held."""

from __future__ import annotations

import re

from hsm_planner.profile.imports.loss import BACKWARDS, Import, Words, day, readable_end, runs_backwards, text_of

_NOT_HELD = re.compile(
    r"\b(?:in progress|pending|withdrawn|lapsed|revoked|expired|suspended|surrendered|inactive|not yet|candidate|"
    r"applied|application|expected|anticipated|studying|preparing|prep|planned|retired|denied|failed|ineligible|eligible)\b",
    re.IGNORECASE,
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
    by = next((code for code, place in words.states.items() if issuer.lower().startswith(place.lower())), None)
    said = words.state(f"x, {beside}") or by
    state = said or found.data.get("state")
    known = words.named(name, state)
    if not name or known is None:
        found.drop(name or "a certificate without a name", "no entry of ours is of exactly this name")
        return
    doubt = next((text for text in (issuer, text_of(issued), text_of(ends)) if _NOT_HELD.search(text)), None)
    if doubt is not None:
        found.drop(name, f"beside it stands {doubt!r}, so it may not be held, or not be in force; add it if it is")
        return
    id_ = words.credential(known, state)
    assert id_ is not None
    giver = words.issuer(id_)
    if (issuer or addresses is not None) and not giver.gave(issuer, addresses or (), tuple(words.states.values())):
        told = f"issued by {issuer}" if issuer else "it does not say who issued it"
        why = (
            f"{told}; the one that we know is of {giver.title}. Add it if it is the same: profile add credential {id_}"
        )
        found.drop(name, why)
        return
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
    entry = {"id": known, "issued": first, "expires": last}
    if said or id_ != words.credential(known, None):
        entry["state"] = state
    found.add("credentials", entry, name)
