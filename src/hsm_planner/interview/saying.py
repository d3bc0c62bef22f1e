"""What people type: dates, numbers, yes and no, lists; in the forms that a profile has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hsm_planner.knowledge.store import plain
from hsm_planner.profile.imports.loss import day
from hsm_planner.values.dates import Date, add_months
from hsm_planner.values.problems import nearest
from hsm_planner.values.record import record

_VAGUE = "about|around|roughly|approximately|circa|early|late|mid|spring|summer|fall|autumn|winter"
_ABOUT = re.compile(rf"^(?:{_VAGUE}|since|in)\s+(?:of\s+)?")
_AGO = re.compile(r"(?:about |some )?(\d+|[a-z]+) (year|yr|month|mo)s? ago")
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_NUMBER_WORDS, 1)}
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?,?"
_DATE = rf"(?:(?i:{_MONTH}) \d{{4}}|\d{{4}}(?:-\d{{2}}){{0,2}})"
_FOUND_DATE = re.compile(rf"\b{_DATE}\b")
_NOW = ("now", "today", "present", "still", "current")
_TO = r"\s*(?:to|until|till|-|\u2013)\s*"
_SPAN = re.compile(rf"(?P<start>{_DATE}){_TO}(?P<end>{_DATE}|{'|'.join(_NOW)})", re.IGNORECASE)
_SINCE = re.compile(rf"\b(?:since|from)\s+(?P<start>{_DATE})", re.IGNORECASE)
_UNTIL = re.compile(
    rf",?\s*\b(?:valid |good )?(?:until|till|thru|through|expires?|expired|exp\.?|renews?|lapsed|ended)\s+"
    rf"(?:on |in )?(?P<until>{_DATE})",
    re.IGNORECASE,
)
_VAGUELY = re.compile(rf"\b(?:{_VAGUE})\s+(?:of\s+)?(?={_DATE})", re.IGNORECASE)
_AMOUNT = re.compile(r"\b(\d+(?:\.\d+)?)\s*(hours?|hrs?|h|credits?|semester hours)\b", re.IGNORECASE)
YES, NO = ("yes", "y", "yeah", "yep", "true", "i do", "i have"), ("no", "n", "nope", "false", "not", "i don't have")
NONE = ("none", "no", "nothing", "never", "-", "0", "n/a", "na", "not yet", "nobody", "no one")
UNSAID = ("", "skip", "?skip", "i don't know", "i do not know", "don't know", "dont know", "dunno", "unknown", "idk",
          "not sure", "rather not say", "prefer not to say")  # fmt: skip


_NO_JOB = re.compile(
    r"(?:none|n/?a|no job|nothing|unemployed|not working|not employed|between jobs|out of work|laid off|disabled|"
    r"looking for (?:a job|work)|(?:i am |i'm )?retired|(?:just|newly) graduated|(?:new )?graduate|"
    r"(?:a |full[- ]time )?student|"
    r"(?:a )?stay[- ]at[- ]home (?:mom|dad|parent|mother|father))"
    r"(?: (?:now|today|right now|at the moment|currently|at present))?[.!]?"
    r"|(?:none|no job|nothing|unemployed),? (?:just|newly) graduated",
    re.IGNORECASE,
)


def no_job(text: str) -> bool:
    """Whether somebody says that they hold no post."""
    return text.strip().lower() in NONE or _NO_JOB.fullmatch(text.strip()) is not None


_HOURS_A_WEEK = re.compile(
    r",?\s*\(?\b(\d{1,2}(?:\.\d+)?)\s*(?:hours?|hrs?\.?|h)\s*(?:(?:a|per|each|every)\s+w(?:ee)?k|/\s*w(?:ee)?k|weekly)\b\)?",
    re.IGNORECASE,
)
_SHARE = re.compile(r",?\s*\(?\b([01]?\.\d+)\s*fte\b\)?", re.IGNORECASE)
_PART = re.compile(r"\b(?:part|half)[- ]?time\b|\bprn\b|\bper[- ]diem\b|\bfte\b", re.IGNORECASE)
_FULL_TIME = 40


def weekly(text: str) -> tuple[str, float | None]:
    """A line without its hours a week, and these.

    Raises:
        Unclear: when it says part time, and not how much.
    """
    if found := _HOURS_A_WEEK.search(text):
        return _PART.sub("", text.replace(found[0], " ")), float(found[1])
    if found := _SHARE.search(text):
        return _PART.sub("", text.replace(found[0], " ")), float(found[1]) * _FULL_TIME
    if _PART.search(text):
        msg = "How many hours a week is that? Write it with the rest, like `nurse since 2019, 20 hours a week`."
        raise Unclear(msg)
    return text, None


class Unclear(Exception):  # noqa: N818 - an answer that could not be read, with what to write instead
    """An answer that could not be read; its text says what to write."""


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


def date_of(text: str, as_of: Date) -> str:
    """A date as people write it: ``Sept 2019``, ``2019``, ``3 years ago``, ``last year``.

    Raises:
        Unclear: when it is none.
    """
    told = " ".join(text.lower().split()).rstrip(".")
    while (shorter := _ABOUT.sub("", told)) != told:
        told = shorter
    ago = _AGO.fullmatch(told)
    if ago and (ago[1].isdigit() or ago[1] in _NUMBERS):
        number = int(ago[1]) if ago[1].isdigit() else _NUMBERS[ago[1]]
        if ago[2].startswith("y"):
            return str(as_of.year - number)
        back = add_months(as_of.replace(day=1), -number)
        return f"{back.year}-{back.month:02}"
    if told in ("last year", "this year"):
        return str(as_of.year - (told == "last year"))
    if told in _NOW:
        return as_of.isoformat()
    found = day(told)
    if found is None:
        msg = f"{text.strip()!r} is no date that we can read. Write 2019, 2019-09, Sept 2019 or 3 years ago."
        raise Unclear(msg)
    return found


def yes_or_no(text: str) -> bool:
    """Raises Unclear for anything else."""
    told = text.strip().lower().rstrip(".!")
    if told in YES or told in NO:
        return told in YES
    msg = "Write yes or no, or skip when you do not know."
    raise Unclear(msg)


def whole(text: str) -> int:
    """A whole number that is not negative."""
    told = text.strip().replace(",", "")
    if told.lower() in NONE:
        return 0
    if not told.isdigit():
        msg = f"{text.strip()!r} is no whole number. Write one, like 8; 0 for none."
        raise Unclear(msg)
    return int(told)


def one_of(text: str, known: Iterable[str], names: dict[str, str]) -> str:
    """The id that a name stands for. ``names``: plain forms to ids."""
    found = names.get(plain(text))
    if found is None:
        near = nearest(text, [*known, *names])
        hint = f" Did you mean {' or '.join(near)}?" if near else f" Known: {', '.join(known)}."
        msg = f"{text.strip()!r} is not known here.{hint}"
        raise Unclear(msg)
    return found


def items(text: str) -> list[str]:
    """The lines or parts of a list."""
    return [part.strip(" ,") for part in re.split(r"[;\n]", text) if part.strip(" ,")]


def said(text: str) -> Said:
    """A line of a list, taken apart: ``Registered nurse, 2010 to 2018``, ``ACHE since 2023``, ``algebra 45 hours``."""
    rest, going_on = _VAGUELY.sub("", text), False
    start = end = until = None
    span = _SPAN.search(rest)
    if span is None and (lasts := _UNTIL.search(rest)):
        until = day(lasts["until"])
        rest = rest.replace(lasts[0], " ")
    if span:
        going_on = span["end"].lower() in _NOW
        start, end = day(span["start"]), None if going_on else day(span["end"])
        rest = rest.replace(span[0], " ")
    elif since := _SINCE.search(rest):
        start, going_on = day(since["start"]), True
        rest = rest.replace(since[0], " ")
    alone = [one for one in _FOUND_DATE.finditer(rest) if day(one[0])]
    if alone and start is None and end is None:
        end = day(alone[-1][0])
        rest = rest[: alone[-1].start()] + " " + rest[alone[-1].end() :]
    amount = _AMOUNT.search(rest)
    unit = None
    if amount:
        unit = "credits" if amount[2].lower().startswith(("credit", "semester")) else "hours"
        rest = rest.replace(amount[0], " ")
    name = re.sub(r"\s*,\s*(?:,\s*)*", ", ", " ".join(rest.split())).strip(" ,()")
    return Said(name, start, end, going_on, float(amount[1]) if amount else None, unit, until, len(alone))
