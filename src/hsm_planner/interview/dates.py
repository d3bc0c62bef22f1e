"""Dates as people in the United States write them: read where they can mean one thing only, else asked again."""

from __future__ import annotations

import re

from hsm_planner.profile.imports.loss import day
from hsm_planner.values.dates import MONTHS, Date, PartialDate, add_months

_MONTH = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)\b\.?,?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?,?"
_YEAR = r"(?:19|20|21)\d\d"
DATE = (
    rf"(?:(?i:{_MONTH}) (?:{_DAY} )?{_YEAR}|(?i:{_DAY} {_MONTH}) {_YEAR}"
    rf"|\d{{1,2}}[/.-](?:\d{{1,2}}[/.-])?{_YEAR}|\d{{4}}(?:[-/]\d{{2}}){{0,2}})(?![\d/])"
)
SEASON = "spring|summer|fall|autumn|winter"
VAGUE = "about|around|roughly|approximately|circa|early|late|mid"
NOW = ("now", "today", "present", "still", "current", "currently", "date")

_ABOUT = re.compile(rf"^(?:{VAGUE}|since|in|class of)[\s-]+(?:of\s+)?")
_AGO = re.compile(r"(?:about |some )?(\d+|[a-z]+) (year|yr|month|mo)s? ago")
_AGO_WITHIN = re.compile(rf"\b{_AGO.pattern}\b", re.IGNORECASE)
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_NUMBER_WORDS, 1)}
_SLASHED = re.compile(r"(\d{1,2})[/.-](?:(\d{1,2})[/.-])?(\d{4})")
_WORDED = re.compile(rf"(?:(?P<month>{_MONTH}) (?P<day>\d{{1,2}})|(?P<first>\d{{1,2}}) (?P<then>{_MONTH}))"
                     r"(?:st|nd|rd|th)?,? (?P<year>\d{4})", re.IGNORECASE)  # fmt: skip
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_SEASONED = re.compile(rf"\b(?P<season>{SEASON})(?: of|,)? (?P<year>{_YEAR})\b", re.IGNORECASE)
_SHORT = re.compile(
    rf"(?<![\w/])(?:\d{{1,2}}[/-])?\d{{1,2}}/\d{{2}}(?![\d/])|['\u2019]\d{{2}}\b"
    rf"|\b(?:{_MONTH})[ -]['\u2019]?\d{{2}}\b(?![/,.-]?\s?\d)"
    rf"|\b(?:class of|since|in|until|from) \d{{2}}\b(?![/.-])(?! [a-z])"
    rf"|(?<![\d-])\d{{2}}\s?[-\u2013]\s?\d{{2}}\b(?!-|\s*(?:h|y|beds|people|credits))",
    re.IGNORECASE,
)
_TWO_DIGITS = re.compile(r"(?<![\w'\u2019])['\u2019](\d\d)\b(?!s)")  # '15, and not the '90s
_NO_YEAR = re.compile(
    rf"\b(?:since|from|until|till|in) (?P<month>{_MONTH})(?![a-z])(?!\.?,?(?: of)? '?\d|\.?[-/]\d)", re.IGNORECASE
)
_MONTH_OF = re.compile(rf"\b(?P<month>{_MONTH})(?: of |-)(?P<year>{_YEAR})\b", re.IGNORECASE)
_MONTHS_OF = re.compile(
    rf"\b(?P<first>{_MONTH}) ?(?:[-\u2013]|\b(?:to|through|until|till)\b) ?(?P<last>{_MONTH}) (?P<year>{_YEAR})\b",
    re.IGNORECASE,
)
_LAST_MONTH = 12


class Unclear(Exception):  # noqa: N818 - an answer that could not be read, with what to write instead
    """An answer that could not be read; its text says what to write."""


def exact(text: str) -> str | None:
    """A date that means one thing, as a profile writes it; None where it is none.

    >>> exact("03/2015"), exact("3/15/2015"), exact("June 1, 2015"), exact("1 June 2015"), exact("15/3/2015")
    ('2015-03', '2015-03-15', '2015-06-01', '2015-06-01', None)
    """
    told = _ORDINAL.sub("", " ".join(text.split()))
    if slashed := _SLASHED.fullmatch(told):
        month, within, year = slashed.groups()
        return day(f"{year}-{month:0>2}" + (f"-{within:0>2}" if within else ""))
    if worded := _WORDED.fullmatch(told):
        month = day(f"{(worded['month'] or worded['then']).strip('.,')} {worded['year']}")
        return day(f"{month}-{worded['day'] or worded['first']:0>2}") if month else None
    return day(told.replace("/", "-"))


def not_a_date(text: str) -> str:
    """What to write instead of something that is read as no date."""
    return doubtful(text) or _day_first(text.strip()) or (
        f"{text.strip()!r} is no date that we can read. Write 2019, Sept 2019, 9/2019, 9/15/2019 or 3 years ago."
    )  # fmt: skip


def doubtful(text: str) -> str | None:
    """Why something in a line may be a date, but which one is not sure; None where nothing is."""
    if found := _SEASONED.search(text):
        year = found["year"]
        return f"Which month was {found[0]}? Write it like June {year}; {year} alone when you do not know it."
    if found := _NO_YEAR.search(text):
        month = found["month"].strip(".,").capitalize()
        return f"{month} of which year? Write it like {month} 2024."
    if found := _SHORT.search(text):
        return f"We do not know which date {found[0]!r} is. Write the year with four digits, like June 2015 or 6/2015."
    return None


def in_full(text: str, as_of: Date) -> str:
    """The text with "3 years ago" as the year or month that it means; '15, "May of 2015", "May to June 2015" in full.

    A year of two digits is one of the last 90 or the next ten.

    >>> import datetime
    >>> day = datetime.date(2026, 11, 23)
    >>> in_full("BSN 5 years ago", day), in_full("ADN '98, BSN '15", day), in_full("MHA '28", day)
    ('BSN 2021', 'ADN 1998, BSN 2015', 'MHA 2028')
    """
    text = _MONTHS_OF.sub(_both_of_a_year, _MONTH_OF.sub(r"\g<month> \g<year>", text))
    told = _AGO_WITHIN.sub(lambda ago: _back(ago, as_of) or ago[0], text)
    first = as_of.year - 90
    return _TWO_DIGITS.sub(lambda year: str(first + (int(year[1]) - first) % 100), told)


def _both_of_a_year(found: re.Match[str]) -> str:
    """Two months with one year, each with its own: the first of the year before where it comes later in a year."""
    first, last = ([one[:3].lower() for one in MONTHS].index(found[name][:3].lower()) for name in ("first", "last"))
    return f"{found['first']} {int(found['year']) - (first > last)} to {found['last']} {found['year']}"


def _back(ago: re.Match[str], as_of: Date) -> str | None:
    number = int(ago[1]) if ago[1].isdigit() else _NUMBERS.get(ago[1].lower())
    if number is None:
        return None
    if ago[2].lower().startswith("y"):
        return str(as_of.year - number)
    back = add_months(as_of.replace(day=1), -number)
    return f"{back.year}-{back.month:02}"


def date_of(text: str, as_of: Date) -> str:
    """A date as people write it: ``Sept 2019``, ``3/15/2015``, ``3 years ago``, ``last year``.

    Raises:
        Unclear: when it is none, or can be several.
    """
    told = " ".join(in_full(text, as_of).lower().split()).rstrip(".")
    while (shorter := _ABOUT.sub("", told)) != told:
        told = shorter
    ago = _AGO.fullmatch(told)
    if ago and (found := _back(ago, as_of)) is not None:
        return found
    if told in ("last year", "this year"):
        return str(as_of.year - (told == "last year"))
    if told in NOW:
        return as_of.isoformat()
    found = exact(told)
    if found is None:
        raise Unclear(not_a_date(text))
    return found


def _day_first(told: str) -> str | None:
    slashed = _SLASHED.fullmatch(told)
    if slashed and slashed[2] and int(slashed[1]) > _LAST_MONTH:
        return f"We read month/day/year, so {told!r} is no date. Write the month as a word, like March 15, 2015."
    return None


def in_words(text: str) -> str:
    """A date of a profile as one reads it out, so that a misreading is seen.

    >>> in_words("2015-03-04"), in_words("2015-03"), in_words("2015")
    ('March 4, 2015', 'March 2015', '2015')
    """
    date = PartialDate.parse(text)
    if date.month is None:
        return str(date.year)
    within = f" {date.day}," if date.day else ""
    return f"{MONTHS[date.month - 1]}{within} {date.year}"
