"""What people type: dates, numbers, yes and no, lists; in the forms that a profile has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from hsm_planner.interview.dates import DATE, NOW, VAGUE, Unclear, doubtful, exact, not_a_date
from hsm_planner.knowledge.store import plain
from hsm_planner.values.problems import nearest
from hsm_planner.values.record import record

_FOUND_DATE = re.compile(rf"(?<![\w/]){DATE}\b")
_YEARLY = re.compile(r"(?:19|20)\d\d")
_TO = r"\s*(?:\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b|-+|\u2013|\u2014)\s*"
_SPAN = re.compile(rf"(?<![\w/])(?:from\s+)?(?P<start>{DATE}){_TO}(?P<end>{DATE}|(?:{'|'.join(NOW)})\b)", re.IGNORECASE)
_SINCE = re.compile(
    rf"\b(?:since|from|starting|started|began|beginning)\s+(?:in |on )?(?P<start>{DATE})"
    rf"|(?<![\w/])(?P<open>{DATE})\s*[-\u2013\u2014]+\s*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf",?\s*\b(?:valid |good )?(?:until|till|thru|through|expires?|expired|exp\.?|renews?|lapsed|ended)\s+"
    rf"(?:on |in )?(?P<until>{DATE})",
    re.IGNORECASE,
)
_VAGUELY = re.compile(rf"\b(?:{VAGUE})[\s-]+(?:of\s+)?(?={DATE})", re.IGNORECASE)
_AMOUNT = re.compile(r"\b(\d+(?:\.\d+)?)\s*(hours?|hrs?|h|credits?|semester hours)\b", re.IGNORECASE)
YES, NO = ("yes", "y", "yeah", "yep", "true", "i do", "i have"), ("no", "n", "nope", "false", "not", "i don't have")
NONE = ("none", "no", "nothing", "never", "-", "0", "n/a", "na", "not yet", "nobody", "no one")
UNSAID = ("", "skip", "?skip", "i don't know", "i do not know", "don't know", "dont know", "dunno", "unknown", "idk",
          "not sure", "unsure", "no idea", "pass", "rather not", "rather not say", "i'd rather not say",
          "id rather not say", "i would rather not say", "prefer not to say", "i prefer not to say",
          "prefer not to answer", "i dont know",
          "i do not remember", "i don't remember", "i dont remember")  # fmt: skip


_NO_JOB = re.compile(
    r"(?:none|n/?a|no job|nothing|unemployed|not working|not employed|between jobs|out of work|laid off|disabled|"
    r"looking for (?:a job|work)|(?:i am |i'm )?retired|(?:just|newly) graduated|(?:new )?graduate|"
    r"(?:a |full[- ]time )?student|"
    r"(?:a )?stay[- ]at[- ]home (?:mom|dad|parent|mother|father)|(?:a )?(?:homemaker|housewife|househusband)|"
    r"(?:a )?full[- ]time (?:mom|dad|parent|mother|father|caregiver)|"
    r"(?:raising|bringing up|at home with) (?:my |our |the )?(?:kids|children|family))"
    r"(?: (?:now|today|right now|at the moment|currently|at present|since \d{4}))?[.!]?"
    r"|(?:none|no job|nothing|unemployed),? (?:just|newly) graduated",
    re.IGNORECASE,
)


def no_job(text: str) -> bool:
    """Whether somebody says that they hold no post."""
    return text.strip().lower() in NONE or _NO_JOB.fullmatch(text.strip()) is not None


_HOURS_A_WEEK = re.compile(
    r",?\s*\(?(?<![\d-])\b(\d{1,2}(?:\.\d+)?)\s*(?:hours?|hrs?\.?|h)\s*(?:(?:a|per|each|every)\s+w(?:ee)?k|/\s*w(?:ee)?k|weekly)\b\)?",
    re.IGNORECASE,
)
_DAYS_A_WEEK = re.compile(
    r"\b(?:\d|one|two|three|four|five|six)\s+(?:days?|shifts?|nights?)\s+(?:a|per|each|every)\s+w(?:ee)?k\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:yes\W+)?(\d+)(?:\s+[a-z]+){0,2}")  # "yes, 3 people"; not "3 or 4"
_HOURS_BESIDE = re.compile(  # "part time 20 h": not "20-24 h", which is no one number
    r",?\s*\(?(?<![\d-])\b(\d{1,2}(?:\.\d+)?)\s*(?:hours?|hrs?\.?|h)\b\)?", re.IGNORECASE
)
_SHARE = re.compile(r",?\s*\(?\b([01]?\.\d+)\s*fte\b\)?", re.IGNORECASE)
_PART = re.compile(r"\b(?:part|half)[- ]?time\b|\bprn\b|\bper[- ]diem\b|\bfte\b", re.IGNORECASE)
_FULL = re.compile(
    r",?\s*\(?\bfull[- ]time\b\)?(?! (?:parent|mo|fa|dad|caregiver|student|homemaker))", re.IGNORECASE
)  # what is assumed where nothing is said
_FULL_TIME = 40
_FEW = 12  # so many words are listed when none of them was written
_NOT = re.compile(r"\b(?:not|never|no)\b", re.IGNORECASE)
_LEFT_OVER = re.compile(  # words that stood before a date
    r"(?:[\s,]+(?:in|on|from|by|of|expected|anticipated|completed|graduated|graduating|finished|earned|awarded|received|passed))+$",
    re.IGNORECASE,
)


def weekly(text: str) -> tuple[str, float | None]:
    """A line without its hours a week, and these.

    Raises:
        Unclear: when it says part time, and not how much.
    """
    text = _FULL.sub(" ", text)
    if found := _DAYS_A_WEEK.search(text):
        msg = f"How many hours are {found[0].strip(' ,')}? Write them with the rest, like `16 hours a week`."
        raise Unclear(msg)
    if found := _HOURS_A_WEEK.search(text):
        return _PART.sub("", text.replace(found[0], " ")), float(found[1])
    if found := _SHARE.search(text):
        return _PART.sub("", text.replace(found[0], " ")), float(found[1]) * _FULL_TIME
    if _PART.search(text):
        if found := _HOURS_BESIDE.search(text):
            return _PART.sub("", text.replace(found[0], " ")), float(found[1])
        msg = "How many hours a week is that? Write it with the rest, like `nurse since 2019, 20 hours a week`."
        raise Unclear(msg)
    return text, None


@record
class Said:
    """What a line of a list says: a name, the first and last day, an amount."""

    name: str
    start: str | None
    end: str | None
    going_on: bool
    amount: float | None
    unit: str | None  # "hours" or "credits"
    until: str | None = None  # the day on which it ends or ended, where that is said alone
    dates: int = 0  # how many are named besides a span


def yes_or_no(text: str) -> bool:
    """Raises Unclear for anything else."""
    told = text.strip().lower().rstrip(".!")
    if told in YES or told in NO:
        return told in YES
    msg = "Write yes or no, or skip when you do not know."
    raise Unclear(msg)


def confirmed(text: str, asked: Sequence[str]) -> dict[str, bool]:
    """Statements that are confirmed by ``yes`` or ``all but 2, 3``; what is left out stays unknown.

    Raises:
        Unclear: for all else; a no is clear only to a single one.
    """
    names = [one.partition(".")[2] for one in asked]
    told = text.lower().strip().rstrip(".")
    if len(names) == 1 and told in NO:
        return {names[0]: False}
    if told in (*YES, "all"):
        return dict.fromkeys(names, True)
    begun = next((word for word in ("all but", "yes but", "all except") if told.startswith(word)), None)
    numbers = told.removeprefix(begun or "").replace("and", " ").replace(",", " ").split()
    if begun is None or not numbers or not set(numbers) <= {str(number) for number in range(1, len(names) + 1)}:
        msg = "Write yes, or all but 2, 3 (their numbers), or skip."
        raise Unclear(msg)
    return {name: True for number, name in enumerate(names, 1) if str(number) not in numbers}


def whole(text: str) -> int:
    """A whole number that is not negative."""
    told = text.strip().replace(",", "")
    if told.lower() in NONE:
        return 0
    found = _NUMBER.fullmatch(told.lower())
    if found is None:
        msg = f"{text.strip()!r} is no whole number. Write one, like 8; 0 for none."
        raise Unclear(msg)
    return int(found[1])


def one_of(text: str, known: Iterable[str], names: dict[str, str]) -> str:
    """The id that a name stands for. ``names``: plain forms to ids."""
    found = names.get(plain(text))
    if found is None:
        near = nearest(text, [*known, *names])
        listed = list(dict.fromkeys(known))
        others = f" Known: {', '.join(listed)}." if len(listed) <= _FEW else " Write its usual name, or skip."
        hint = f" Did you mean {' or '.join(near)}?" if near else others
        msg = f"{text.strip()!r} is not known here.{hint}"
        raise Unclear(msg)
    return found


def items(text: str) -> list[str]:
    """The lines or parts of a list."""
    return [part.strip(" ,") for part in re.split(r"[;\n]", text) if part.strip(" ,")]


def cut(line: str, beside: Callable[[str], bool]) -> list[str]:
    """A line at its commas and its "and"; a part that only says more of the one before it stays with it."""
    parts: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r",|\band\b|&", line))):
        if parts and beside(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts if len(parts) > 1 else [line]


def dated_apart(line: str) -> list[str]:
    """A line with several things and a date for each, as several lines: ``ADN 2010, BSN 2016``."""
    try:
        if said(line).dates <= 1:
            return [line]
        parts = cut(line, lambda part: not said(part).name)
        return parts if all(said(part).dates == 1 for part in parts) else [line]
    except Unclear:  # told when the line itself is read
        return [line]


def said(text: str) -> Said:
    """A line of a list, taken apart: ``Registered nurse, 2010 to 2018``, ``ACHE since 2023``, ``algebra 45 hours``.

    Raises:
        Unclear: when it has what may be a date, and which one is not sure.
    """
    if why := doubtful(text):
        raise Unclear(why)
    rest, going_on = _VAGUELY.sub("", text), False
    start = end = until = None
    span = _SPAN.search(rest)
    if span is None and (lasts := _UNTIL.search(rest)):
        until = _sure(lasts["until"])
        rest = rest.replace(lasts[0], " ")
    if span:
        going_on = span["end"].lower() in NOW
        start, end = _sure(span["start"]), None if going_on else _sure(span["end"])
        rest = rest.replace(span[0], " ")
    elif since := _SINCE.search(rest):
        start, going_on = _sure(since["start"] or since["open"]), True
        rest = rest.replace(since[0], " ")
    found = list(_FOUND_DATE.finditer(rest))
    alone = [one for one in found if exact(one[0])]
    if odd := next((one[0] for one in found if one not in alone and _YEARLY.search(one[0])), None):
        raise Unclear(not_a_date(odd))
    if alone and start is None and end is None:
        end = exact(alone[-1][0])
        rest = rest[: alone[-1].start()] + " " + rest[alone[-1].end() :]
    amount = _AMOUNT.search(rest)
    unit = None
    if amount:
        unit = "credits" if amount[2].lower().startswith(("credit", "semester")) else "hours"
        rest = rest.replace(amount[0], " ")
    rest = re.sub(r"\(\s*[,;]*\s*\)", " ", " ".join(rest.split()))  # the brackets of a date
    name = re.sub(r"\s*,\s*(?:,\s*)*", ", ", " ".join(rest.split())).strip(" ,;-\u2013\u2014")
    if (start or end or until) and not _NOT.search(name):
        name = _LEFT_OVER.sub("", name)
    return Said(name, start, end, going_on, float(amount[1]) if amount else None, unit, until, len(alone))


def _sure(text: str) -> str:
    if (found := exact(text)) is None:
        raise Unclear(not_a_date(text))
    return found
