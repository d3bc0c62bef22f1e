"""Words that say of studies that they were given up: the degree beside them is none that is held."""

from __future__ import annotations

import re

from hsm_planner.values.record import record

_NAMED = r"(?: (?:a|an|any|the|my))? (?:degree|diploma)"
GIVEN_UP = (  # compiled by the first text that it is looked for in: most starts need it not
    r"(?i)\b(?:(?:did|could)(?: not|n['\u2019]?t)(?: ever)? (?:finish|complete|graduate|(?:get|earn|receive|obtain)"
    + _NAMED
    + r")|"
    r"never (?:finished|completed|graduated|awarded|conferred|(?:got|earned|received|obtained)" + _NAMED + r")|"
    r"not (?:awarded|conferred|graduated|earned|received|obtained)|"
    r"drop(?:ped)?[ -]?outs?(?: of)?|dropped|withdrew|withdrawn|dnf|quit|abandoned|discontinued|cut short|"
    r"chucked(?: it)?(?: in| up)?|(?:gave|given|giving)(?: it| this)? up|(?:packed|jacked) it in|"
    r"(?:flunked|washed|bombed) out|left (?:early|(?:before|without) (?:(?:a|an|any|the|my|getting|taking|finishing|"
    r"completing) )*(?:degree|diploma|finishing|completing|completion|graduating|graduation))|"
    r"(?:without|no) (?:(?:a|any|the|my) )?(?:degree|diploma|graduating|graduation|finishing|completing)"
    r"(?: awarded| earned| received| conferred)?)\b"
)
_OPEN = r"(?i)\b(?:incomplete|unfinished|not (?:yet )?(?:completed|finished)|in[ -]progress|abd|all but dissertation)\b"
_CLAUSES = re.compile(r"[,;:()\[\]\u2013\u2014]|\.(?=\s)|\s-\s")
_EDGES = " ,;:()[]-\u2013\u2014"
_WORD = re.compile(r"\w+")
_QUIET = frozenset(  # words beside which it is still these studies that are meant
    [
        "i", "ive", "have", "has", "had", "was", "were", "is", "it", "this", "yet", "ever", "the", "a", "an", "my",
        "program", "programme", "studies", "degree", "diploma", "officially", "sadly", "unfortunately",
    ]
)  # fmt: skip
_WHEN = frozenset(  # words that tell when they were left
    [
        "in", "after", "during", "before", "year", "years", "semester", "semesters", "term", "terms", "first",
        "second", "third", "fourth", "last", "final", "one", "two", "three", "junior", "senior", "sophomore",
        "freshman", "early",
    ]
)  # fmt: skip
_JOINED = frozenset(["and", "then", "also", "but", "plus", "with", "while"])  # beside these, two things are told of
_IN_A_FIELD = re.compile(r"\s*[)\]],?(?: (?:in|of)(?: (?!then|but|and|again)[^\W\d]\w*){1,4})?\s*")


@record
class Unfinished:
    """Words that say that studies were not finished. ``given_up``: they say so plainly, and for good.

    ``sure``: nothing beside them makes it possible that they speak of something else.
    """

    words: str
    given_up: bool
    sure: bool


def unfinished(text: str, own: frozenset[str] | None = None) -> Unfinished | None:
    """What a text says of the studies that it stands beside; None where it does not say that they are unfinished.

    ``own``: the words that name these studies in it; empty: it is a note that names none; None: those before the first
    comma do.

    >>> unfinished("Kent State, left without a degree")
    Unfinished(words='left without a degree', given_up=True, sure=True)
    >>> unfinished("Kent State, withdrew from the choir")
    Unfinished(words='withdrew', given_up=True, sure=False)
    >>> unfinished("cum laude")
    """
    found = re.search(GIVEN_UP, text)
    open_ = None if found else re.search(_OPEN, text)
    match = found or open_
    if match is None:
        return None
    sure = _before(text[: match.start()], own) and _after(text, match, own)
    return Unfinished(match[0], found is not None, sure)


def without(text: str) -> str:
    """A text up to the words that say that studies are unfinished; what follows them, where it begins with them."""
    match = re.search(GIVEN_UP, text) or re.search(_OPEN, text)
    if match is None:
        return text
    return text[: match.start()].strip(_EDGES) or text[match.end() :].strip(_EDGES)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(re.sub(r"['\u2019.]", "", re.sub(r"[&+]", " and ", text.casefold()))))


def _before(text: str, own: frozenset[str] | None) -> bool:
    """Whether what leads up to the words names the studies, and nothing beside them."""
    if own is not None and not own:
        return _words(text) <= _QUIET
    *told, last = map(_words, _CLAUSES.split(text))
    if not told:
        return last <= _QUIET | own if own is not None else not last & _JOINED
    named, *others = told
    mine = _QUIET if own is None else _QUIET | own
    return not named & _JOINED and all(one <= mine for one in others) and last <= _QUIET


def _after(text: str, match: re.Match[str], own: frozenset[str] | None) -> bool:
    """Whether nothing follows the words, or only when it was, or the name of the studies."""
    rest = text[match.end() :]
    said = _words(rest)
    if not re.match(r"(?i)not|never|did|could", match[0]):  # "not awarded in 2014" may have been awarded since
        said = {word for word in said - _WHEN if not word.isdigit()}
    if said <= _QUIET:
        return True
    if own is None:
        return _IN_A_FIELD.fullmatch(rest) is not None
    closed = rest.lstrip().startswith((")", "]")) or not _words(text[: match.start()]) - _QUIET
    return closed and said <= _QUIET | own | {"in", "of"}
