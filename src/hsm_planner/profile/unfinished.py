"""Words that say of studies that they were given up: the degree beside them is none that is held."""

from __future__ import annotations

import re

from hsm_planner.values.record import record

_NAMED = r"(?: (?:a|an|any|the|my))? (?:degree|diploma)"
GIVEN_UP = re.compile(
    r"\b(?:(?:did|could)(?: not|n['\u2019]?t)(?: ever)? (?:finish|complete|graduate|(?:get|earn|receive|obtain)"
    + _NAMED
    + r")|"
    r"never (?:finished|completed|graduated|awarded|conferred|(?:got|earned|received|obtained)" + _NAMED + r")|"
    r"not (?:awarded|conferred|graduated|earned|received|obtained)|"
    r"drop(?:ped)?[ -]?outs?(?: of)?|dropped|withdrew|withdrawn|dnf|quit|abandoned|discontinued|cut short|"
    r"chucked(?: it)?(?: in| up)?|(?:gave|given|giving)(?: it| this)? up|(?:packed|jacked) it in|"
    r"(?:flunked|washed|bombed) out|left (?:early|(?:before|without) (?:(?:a|an|any|the|my|getting|taking|finishing|"
    r"completing) )*(?:degree|diploma|finishing|completing|completion|graduating|graduation))|"
    r"(?:without|no) (?:(?:a|any|the|my) )?(?:degree|diploma|graduating|graduation|finishing|completing)"
    r"(?: awarded| earned| received| conferred)?)\b",
    re.IGNORECASE,
)
_OPEN = r"(?i)\b(?:incomplete|unfinished|not (?:yet )?(?:completed|finished)|in[ -]progress|abd|all but dissertation)\b"
_NOTE = 8  # words: what is longer is a sentence, which may speak of something else


@record
class Unfinished:
    """Words that say that studies were not finished. ``given_up``: they say so plainly, and for good."""

    words: str
    given_up: bool
    sure: bool


def unfinished(text: str) -> Unfinished | None:
    """What a text says of the studies that it stands beside; None where it does not say that they are unfinished.

    >>> unfinished("Left without a degree, moved to Ohio")
    Unfinished(words='Left without a degree', given_up=True, sure=True)
    >>> unfinished("cum laude")
    """
    found = GIVEN_UP.search(text)
    open_ = None if found else re.search(_OPEN, text)
    if found is None and open_ is None:
        return None
    words = (found or open_ or [""])[0]
    return Unfinished(words, found is not None, len(text.split()) <= _NOTE)
