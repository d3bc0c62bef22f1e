"""A second opinion on the rules: slow, literal, written from the documents alone.

It shares no line with the evaluator of the package. It works on plain dicts, takes time day by day and
choices by trying them all, so that an error of the evaluator is not likely to be made here a second time.

Where ``docs/rules.md`` leaves something open, the comment ``READING:`` says which reading is taken.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, partial
from typing import Any

Node = dict[str, Any]
Truth = bool | None  # None: unknown
Span = tuple[date, date]  # earliest and latest day something may have happened
Number = Fraction | float  # float only for infinity: "nobody can say how much"

EARLY = date(1900, 1, 1)
NEVER = date(9999, 12, 31)
ZERO = Fraction(0)
INFINITY = math.inf


@dataclass(frozen=True)
class Answer:
    """What a rule comes to. ``have`` is None where there is no one finite number to compare."""

    status: str
    have: tuple[Fraction, Fraction] | None = None


@dataclass(frozen=True)
class Case:
    """Everything an evaluation looks at."""

    profile: Node
    as_of: date
    target: Node
    words: Node
    confirmed: bool


def evaluate(rule: Node, profile: Node, as_of: date, *, target: Node, words: Node, confirmed: bool) -> Answer:
    """Evaluate a node of a rule, written as in the data, for a profile written as in a profile file."""
    return answer(rule, Case(profile, as_of, target, words, confirmed))


# --- three-valued logic ---------------------------------------------------------------------------------------


def both(*truths: Truth) -> Truth:
    """Kleene's and."""
    return False if False in truths else None if None in truths else True


def either(truths: Iterable[Truth]) -> Truth:
    """Kleene's or; of nothing, false."""
    given = list(truths)
    return True if True in given else None if None in given else False


def status_of(truth: Truth) -> str:
    """The status of a leaf that has no amount."""
    return "met" if truth else "unknown" if truth is None else "unmet"


def all_statuses(statuses: list[str]) -> str:
    """The status of several findings that must all hold."""
    if not statuses:
        return "not_applicable"
    if any(one in ("partly", "unmet") for one in statuses):
        return "partly" if "met" in statuses or "partly" in statuses else "unmet"
    return "unknown" if "unknown" in statuses else "met"


def judge(least: Number, most: Number, need: Number, need_most: Number | None = None) -> str:
    """Compare a range that the person has with what is needed (itself a range where `need_most` is given)."""
    if (need if need_most is None else need_most) <= least:
        return "met"
    if most < need:
        return "partly" if most > 0 else "unmet"
    return "unknown"


def measured(least: Number, most: Number, need: Number) -> Answer:
    """The answer of a leaf with one amount."""
    return Answer(judge(least, most, need), pair(least, most))


def pair(least: Number, most: Number) -> tuple[Fraction, Fraction] | None:
    """The range as exact numbers; None where it has no upper end."""
    if isinstance(least, float) or isinstance(most, float):
        return None
    return (least, most)


@cache
def exact(number: Any) -> Fraction:
    """A number of the YAML as a fraction, exactly as written."""
    return Fraction(str(number))


# --- dates ----------------------------------------------------------------------------------------------------


def last_day(year: int, month: int) -> int:
    """The number of days in a month."""
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days


def add_months(day: date, months: int) -> date:
    """The anniversary after so many months (also before, where negative); a missing day is the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year >= NEVER.year:
        return NEVER
    return date(year, month + 1, min(day.day, last_day(year, month + 1)))


def move(day: date, length: Node, sign: int) -> date:
    """A day moved by a length such as {years: 3}, forward or back."""
    [(unit, number)] = length.items()
    if day <= EARLY or day >= NEVER:
        return day
    if unit == "days":
        return date.fromordinal(day.toordinal() + sign * number)
    return add_months(day, sign * number * {"years": 12, "months": 1}[unit])


def event_span(text: Any) -> Span:
    """An event: a day, or any day of the month or year given."""
    numbers = [int(part) for part in str(text).split("-")]
    if len(numbers) == 3:
        day = date(*numbers)
        return (day, day)
    if len(numbers) == 2:
        year, month = numbers
        return (date(year, month, 1), date(year, month, last_day(year, month)))
    return (date(numbers[0], 1, 1), date(numbers[0], 12, 31))


def start_span(text: Any) -> Span:
    """A start: a month is its first day, a year any day of it."""
    first, last = event_span(text)
    return (first, first) if len(str(text)) == len("2020-01") else (first, last)


def end_span(text: Any) -> Span:
    """An end: a month is its last day, a year any day of it."""
    first, last = event_span(text)
    return (last, last) if len(str(text)) == len("2020-01") else (first, last)


def on_or_before(span: Span, day: date) -> Truth:
    """Was it on that day or earlier?"""
    return True if span[1] <= day else False if span[0] > day else None


def on_or_after(span: Span, day: date) -> Truth:
    """Was it on that day or later?"""
    return True if span[0] >= day else False if span[1] < day else None


def begun(entry: Node, key: str, case: Case) -> Truth:
    """Did what the entry speaks of begin by `as_of`? A missing date does not bar."""
    return on_or_before(start_span(entry[key]), case.as_of) if key in entry else True


def begun_before(entry: Node, key: str, case: Case) -> Truth:
    """Did it begin before `as_of`, so that at least a day of it counts?"""
    return on_or_before(start_span(entry[key]), case.as_of - timedelta(days=1)) if key in entry else True


def not_ended(entry: Node, key: str, case: Case) -> Truth:
    """Does it still last on `as_of`? The last day counts; a missing date does not bar."""
    return on_or_after(end_span(entry[key]), case.as_of) if key in entry else True


def happened(entry: Node, key: str, case: Case, within: Node | None) -> Truth:
    """Did the event happen by `as_of`, and within the length before it where one is asked?"""
    if key not in entry:
        # READING: an event without a date has happened (assumed); only a window makes its date decide.
        return None if within else True
    span = event_span(entry[key])
    window = on_or_after(span, move(case.as_of, within, -1)) if within else True
    return both(on_or_before(span, case.as_of), window)


# --- words ----------------------------------------------------------------------------------------------------


def and_broader(word: str, table: dict[str, list[str]]) -> set[str]:
    """The word itself and everything it lies within."""
    found = {word}
    for parent in table.get(word, []):
        found |= and_broader(parent, table)
    return found


def within_any(word: Any, asked: list[str], table: dict[str, list[str]]) -> Truth:
    """Is the word one of those asked, or narrower than one? Unknown where the profile gives none."""
    if not asked:
        return True
    if word is None:
        return None
    return bool(and_broader(word, table) & set(asked))


def one_of(word: Any, asked: list[str]) -> Truth:
    """Is the word one of those asked? Unknown where the profile gives none."""
    return within_any(word, asked, {})


# --- events, guards -------------------------------------------------------------------------------------------


def when_happened(event: Any, case: Case) -> Span | None:
    """Earliest and latest day of an event; NEVER: it did not happen; None: the section is absent."""
    name = event["event"] if isinstance(event, dict) else event
    if name == "degree":
        return when_degree(event, case)
    applications = case.profile.get("applications")
    if applications is None:
        return None
    key = {"application": "submitted"}.get(name, name)
    for entry in applications:
        if entry["for"] == case.target.get("id") and key in entry:
            return event_span(entry[key])
    return (NEVER, NEVER)


def when_degree(event: Node, case: Case) -> Span | None:
    """The day of the earliest degree that fits."""
    if "education" not in case.profile:
        return None
    first = last = NEVER
    for entry in case.profile["education"]:
        fits = degree_fits(entry, event, case)
        if "level" not in entry or "expected" in entry or fits is False:
            continue
        # READING: a degree held without a date was awarded on some day up to `as_of`.
        span = event_span(entry["awarded"]) if "awarded" in entry else (EARLY, case.as_of)
        first = min(first, span[0])
        if fits:
            last = min(last, span[1])
    return (EARLY if may_be_unsaid(event, case) else first, last)


def anchor_of(leaf: Node, case: Case) -> Span:
    """What windows are counted back from: the `before` event if it has happened, else `as_of`."""
    # READING: only `after` is said to be unknown where the section of the event is absent; for `before`
    # an application that the profile says nothing of has not happened; of a degree nothing is known.
    event = leaf.get("before")
    if isinstance(event, dict) and event["event"] == "degree" and "education" not in case.profile:
        return (EARLY, case.as_of)
    span = (when_happened(leaf["before"], case) if "before" in leaf else None) or (NEVER, NEVER)
    return (min(span[0], case.as_of), min(span[1], case.as_of))


def bounds(leaf: Node, case: Case, *, wide: bool, after: bool = True) -> tuple[int, int]:
    """First and last day (ordinals) that a leaf looks at, at their widest or their narrowest."""
    # READING: with an uncertain anchor the narrowest window is the days that lie in it whenever the anchor
    # was, the widest the days that may lie in it.
    early, late = anchor_of(leaf, case)
    first = EARLY.toordinal()
    if "within" in leaf:
        first = max(first, move(early if wide else late, leaf["within"], -1).toordinal())
    if "after" in leaf and after:
        span = when_happened(leaf["after"], case) or (EARLY, NEVER)
        first = max(first, (span[0] if wide else span[1]).toordinal() + 1)
    return first, (late if wide else early).toordinal() - 1


def guard(when: Node, case: Case) -> Truth:
    """Does the guard fit the target?"""
    state, beds, setting = (case.target.get(key) for key in ("state", "beds", "setting"))
    truths: list[Truth] = []
    if "states" in when:
        truths.append(None if state is None else state in when["states"])
    if "not_states" in when:
        truths.append(None if state is None else state not in when["not_states"])
    if "beds_at_least" in when:
        truths.append(None if beds is None else beds >= when["beds_at_least"])
    if "beds_at_most" in when:
        truths.append(None if beds is None else beds <= when["beds_at_most"])
    if "settings" in when:
        truths.append(None if setting is None else setting in when["settings"])
    if "hired_from" in when or "hired_before" in when:
        hired = hired_on(case)
        if "hired_from" in when:
            truths.append(on_or_after(hired, date.fromisoformat(when["hired_from"])))
        if "hired_before" in when:
            before = on_or_after(hired, date.fromisoformat(when["hired_before"]))
            truths.append(None if before is None else not before)
    return both(*truths)


def hired_on(case: Case) -> Span:
    """The start of the post of the target role held on `as_of`, else `as_of`."""
    if "experience" not in case.profile:
        # READING: without the section such a post may have begun on any day.
        return (EARLY, case.as_of)
    first = last = case.as_of
    for entry in case.profile["experience"]:
        held = post_held(entry, case)
        if entry.get("role") == case.target.get("id") and held is not False:
            span = start_span(entry["start"])
            first = min(first, span[0])
            if held:
                last = min(last, span[1])
    return (first, last)


# --- nodes ----------------------------------------------------------------------------------------------------


def answer(node: Node, case: Case) -> Answer:
    """The answer of a node, its guard and its effective dates included."""
    if not in_effect(node, case):
        # READING: a node that is not there counts as a child left out.
        return Answer("not_applicable")
    fits = guard(node.get("when", {}), case)
    if fits is False:
        return Answer("not_applicable")
    found = KINDS[node["kind"]](node, case)
    if fits is None and found.status not in ("met", "not_applicable"):
        return Answer("unknown", found.have)
    return found


def in_effect(node: Node, case: Case) -> bool:
    """Is the node part of the rule on `as_of`?"""
    first = date.fromisoformat(node.get("effective_from", EARLY.isoformat()))
    last = date.fromisoformat(node.get("effective_until", NEVER.isoformat()))
    return first <= case.as_of <= last


def children(node: Node, case: Case) -> list[tuple[Node, str]]:
    """The children that apply, with their statuses."""
    answers = [(child, answer(child, case).status) for child in node["of"]]
    return [(child, status) for child, status in answers if status != "not_applicable"]


def alternatives(node: Node, case: Case) -> list[tuple[Node, str]]:
    """The children as ways to choose from: one that may not apply is not surely a way."""
    return [
        (child, "unknown" if status == "met" and "when" in child and guard(child["when"], case) is None else status)
        for child, status in children(node, case)
    ]


def shows_something(node: Node, case: Case) -> bool:
    """Is anything below the node met or partly met?"""
    if node["kind"] not in ("all_of", "any_of", "at_least"):
        return False
    return any(
        answer(child, case).status in ("met", "partly") or shows_something(child, case)
        for child in node["of"]
        if in_effect(child, case)
    )


def false_status(statuses: list[str]) -> str:
    """The status of a false combinator."""
    return "partly" if "met" in statuses or "partly" in statuses else "unmet"


def all_of(node: Node, case: Case) -> Answer:
    """Every child holds."""
    return Answer(all_statuses([status for _, status in children(node, case)]))


def any_of(node: Node, case: Case) -> Answer:
    """One child holds; an unusual way that is unknown leaves it false where another is false."""
    found = alternatives(node, case)
    statuses = [status for _, status in found]
    if not found:
        return Answer("not_applicable")
    if "met" in statuses:
        return Answer("met")
    if any(
        status == "unknown" and (child.get("usual", True) or shows_something(child, case)) for child, status in found
    ):
        return Answer("unknown")
    return Answer(false_status(statuses) if "partly" in statuses or "unmet" in statuses else "unknown")


def at_least(node: Node, case: Case) -> Answer:
    """So many children hold."""
    statuses = [status for _, status in alternatives(node, case)]
    if not statuses:
        return Answer("not_applicable")
    if statuses.count("met") >= node["n"]:
        return Answer("met")
    if statuses.count("met") + statuses.count("unknown") < node["n"]:
        return Answer(false_status(statuses))
    return Answer("unknown")


# --- days, posts, amounts -------------------------------------------------------------------------------------


Days = dict[int, tuple[int, ...]]  # day (ordinal): numbers of the posts that count on it


def days_between(entry: Node, case: Case) -> tuple[range, range]:
    """The days of an entry with `start` and `end` before `as_of`: narrowest and widest."""
    start = start_span(entry["start"])
    end = end_span(entry["end"]) if "end" in entry else (NEVER, NEVER)
    stop = case.as_of.toordinal()
    narrow = range(start[1].toordinal(), min(end[0].toordinal() + 1, stop))
    wide = range(start[0].toordinal(), min(end[1].toordinal() + 1, stop))
    return narrow, wide


def weekly_hours(entry: Node) -> Fraction:
    """Hours a week; 40 where none are given, but for training what its own hours and dates come to."""
    if "hours_per_week" not in entry and {"hours", "start", "end"} <= set(entry) and "kind" in entry:
        days = (end_span(entry["end"])[1] - start_span(entry["start"])[0]).days + 1
        return min(exact(entry["hours"]) * 7 / days, Fraction(168))
    return exact(entry.get("hours_per_week", 40))


def post_held(entry: Node, case: Case) -> Truth:
    """Is the post held on `as_of`?"""
    # READING: a post that begins on `as_of` is held on it, though no day of it counts; so is one whose last
    # day is `as_of`.
    return both(begun(entry, "start", case), not_ended(entry, "end", case))


def post_fits(entry: Node, leaf: Node, case: Case) -> Truth:
    """Is it a post of the kinds asked, under the conditions asked? Unknown where a field that decides is absent."""
    truths = [within_any(kind, leaf["of"], case.words["kinds"]) for kind in entry["kinds"]] if "of" in leaf else [True]
    where = leaf.get("where", {})
    return both(either(truths), *where_truths(entry, where))


def where_truths(entry: Node, where: Node) -> Iterator[Truth]:
    """One truth for each condition on a post."""
    for key, asked in where.items():
        if key == "hours_per_week_at_least":
            # READING: hours not given are 40 (assumed) here too, not "possible".
            yield weekly_hours(entry) >= exact(asked)
            continue
        field = {
            "settings": "setting",
            "states": "state",
            "beds_at_least": "beds",
            "beds_at_most": "beds",
            "supervises_at_least": "supervises",
        }.get(key, key)
        given = entry.get(field)
        if given is None:
            yield None
        elif key in ("settings", "states"):
            yield given in asked
        elif key in ("beds_at_least", "supervises_at_least"):
            yield given >= asked
        elif key == "beds_at_most":
            yield given <= asked
        elif key == "supervised_by":
            # READING: one of the credentials named is enough.
            yield bool(set(given) & set(asked))
        else:
            yield given == asked


def full_time_hours(leaf: Node) -> Fraction:
    """Hours a week that are full time for this leaf."""
    return exact(leaf.get("full_time_hours", 35))


def days_of(leaf: Node, case: Case, *, wide: bool) -> Days:
    """The days that count for an experience leaf, at their narrowest or their widest."""
    first, last = bounds(leaf, case, wide=wide)
    found: dict[int, list[int]] = defaultdict(list)
    for number, entry in enumerate(case.profile["experience"]):
        fits = post_fits(entry, leaf, case)
        if fits is False or (fits is None and not wide):
            continue
        if leaf.get("full_time") is True and weekly_hours(entry) < full_time_hours(leaf):
            continue
        for day in days_between(entry, case)[wide]:
            if first <= day <= last:
                found[day].append(number)
    days = {day: tuple(posts) for day, posts in sorted(found.items())}
    if "month_counts_from_hours" in leaf:
        # READING: "the posts held together" are those that count for this leaf.
        enough = exact(leaf["month_counts_from_hours"])
        able = {posts for posts in set(days.values()) if hours_of(posts, case) * 52 / 12 >= enough}
        days = {day: posts for day, posts in days.items() if posts in able}
    return reaching(days, leaf, case, wide=wide) if leaf.get("immediately_before") else days


def hours_of(posts: Iterable[int], case: Case) -> Fraction:
    """Hours a week of these posts together."""
    return sum((weekly_hours(case.profile["experience"][number]) for number in posts), ZERO)


def reaching(days: Days, leaf: Node, case: Case, *, wide: bool) -> Days:
    """Only the run that reaches the anchor."""
    early, late = (day.toordinal() for day in anchor_of(leaf, case))
    if wide:
        # READING: with an uncertain anchor, at most: the best of the runs that reach one of its days.
        able = [run for run in runs(days) if run[1] >= early]
        return restrict(days, max(able, key=lambda run: run[1] - run[0], default=(0, 0)))
    # READING: at least: days that count must also fill the whole stretch in which the anchor may lie.
    without = {key: value for key, value in leaf.items() if key not in ("before", "within", "immediately_before")}
    beyond = days_of(without, case, wide=False) if early < late else {}
    if not all(day in beyond for day in range(early, late)):
        return {}
    able = [run for run in runs(days) if run[1] == early]
    return restrict(days, able[0]) if able else {}


def runs(days: Iterable[int]) -> list[tuple[int, int]]:
    """Days merged into runs, each from its first day to the day after its last."""
    found: list[tuple[int, int]] = []
    for day in sorted(days):
        if found and found[-1][1] == day:
            found[-1] = (found[-1][0], day + 1)
        else:
            found.append((day, day + 1))
    return found


def restrict(days: Days, run: tuple[int, int]) -> Days:
    """The days that lie in a run."""
    return {day: posts for day, posts in days.items() if run[0] <= day < run[1]}


@cache
def months_from(start: int, end: int) -> Fraction:
    """Months from a day (inclusive) to a day (exclusive): whole ones by anniversary, and a part of the next.

    >>> months_from(date(2020, 1, 1).toordinal(), date(2023, 1, 1).toordinal())
    Fraction(36, 1)
    """
    first, whole = date.fromordinal(start), 0
    while add_months(first, whole + 1).toordinal() <= end:
        whole += 1
    reached, coming = (add_months(first, number).toordinal() for number in (whole, whole + 1))
    return whole + Fraction(end - reached, coming - reached)


def stretches(weights: dict[int, Fraction], run_days: Iterable[int]) -> Iterator[tuple[int, Fraction, Fraction]]:
    """Stretches of equal weight within one run and one calendar year: their year, weight and length in months."""
    for start, stop in runs(run_days):
        days = [day for day in range(start, stop) if weights.get(day)]
        for (year, weight), group in itertools.groupby(
            days, key=lambda day: (date.fromordinal(day).year, weights[day])
        ):
            for first, last in runs(group):
                yield year, weight, months_from(start, last) - months_from(start, first)


def amount(days: Days, unit: str, leaf: Node, case: Case, *, inside: Days | None = None) -> Fraction:
    """How much the days come to in a unit; their runs are those of `inside` where given."""
    if unit == "hours" or "hours_per_year" in leaf:
        counts = Counter(days.values())
        hours = sum((hours_of(posts, case) / 7 * count for posts, count in counts.items()), ZERO)
        if unit == "hours":
            return hours
        years = hours / exact(leaf["hours_per_year"])
        return {"years": years, "months": years * 12}[unit]
    if "month_counts_from_hours" in leaf or leaf.get("full_time") in (True, "any"):
        weights = dict.fromkeys(days, Fraction(1))
    else:
        full = full_time_hours(leaf)
        share = {posts: min(Fraction(1), hours_of(posts, case) / full) for posts in set(days.values())}
        weights = {day: share[posts] for day, posts in days.items()}
    if unit == "weeks":
        # READING: weeks of experience, too, are weighted: a week at half of full time is half a week.
        return sum(weights.values(), ZERO) / 7
    months = sum((weight * length for _, weight, length in stretches(weights, inside or days)), ZERO)
    return months / 12 if unit == "years" else months


def cut_amount(days: Days, unit: str, leaf: Node, case: Case, *, cap: Fraction, wide: bool) -> Fraction:
    """The amount of which no area gives more than `cap`, the best arrangement on shared days.

    The most that can flow is the least that can be cut: over every set of areas, what that set holds,
    and the cap for each area outside it.
    """
    if not wide:
        return cut_at_least(days, unit, leaf, case, cap=cap)
    return cut_by(days, unit, leaf, case, cap=cap, area=lambda number: area_of(number, case))


def cut_at_least(days: Days, unit: str, leaf: Node, case: Case, *, cap: Fraction) -> Fraction:
    """The least over every way to put the posts without an area into the areas named."""
    posts = case.profile["experience"]
    named = sorted({post["area"] for post in posts if "area" in post}) or [""]
    unsaid = sorted({number for held in days.values() for number in held if "area" not in posts[number]})
    least: Number = INFINITY
    for chosen in itertools.product(named, repeat=len(unsaid)):
        said = dict(zip(unsaid, chosen, strict=True))
        amount_so = cut_by(days, unit, leaf, case, cap=cap, area=partial(area_said, said, case))
        least = min(least, amount_so)
    return Fraction(least)


def area_said(said: dict[int, str], case: Case, number: int) -> str | None:
    """The area of a post, or the one it is put into."""
    area: str | None = case.profile["experience"][number].get("area", said.get(number))
    return area


def cut_by(days: Days, unit: str, leaf: Node, case: Case, *, cap: Fraction, area: Callable[[int], Any]) -> Fraction:
    """The most when each post belongs to one area."""
    areas = sorted({area(number) for posts in days.values() for number in posts})
    best: Number = INFINITY
    for size in range(len(areas) + 1):
        for chosen in itertools.combinations(areas, size):
            kept = keep(
                days,
                {number for posts in days.values() for number in posts if area(number) in chosen},
            )
            best = min(best, amount(kept, unit, leaf, case, inside=days) + cap * (len(areas) - size))
    return Fraction(best)


def area_of(number: int, case: Case) -> str:
    """The area of a post at most: each without one has its own."""
    area = case.profile["experience"][number].get("area")
    return f"area {area}" if area is not None else f"post {number}"


def keep(days: Days, wanted: set[int]) -> Days:
    """Only the wanted posts of each day."""
    kept = {day: tuple(number for number in posts if number in wanted) for day, posts in days.items()}
    return {day: posts for day, posts in kept.items() if posts}


# --- experience -----------------------------------------------------------------------------------------------


def experience(leaf: Node, case: Case) -> Answer:
    """Experience of some kinds."""
    if "experience" not in case.profile:
        return Answer("unknown")
    days = {wide: days_of(leaf, case, wide=wide) for wide in (False, True)}
    answers = [held_amount(leaf, days, unit, exact(need), case) for unit, need in leaf.get("at_least", {}).items()]
    if "per_missing_school_year" in leaf:
        answers.append(missing_school_years(leaf, days, case))
    if leaf.get("current"):
        answers.append(Answer(status_of(current_post(leaf, case))))
    if leaf.get("disjoint"):
        answers.append(disjoint_parts(leaf, days, case))
    else:
        answers += [found for part in leaf.get("parts", []) for found in part_answers(part, leaf, days, case)]
    if not answers:
        answers.append(Answer("met" if days[False] else "unknown" if days[True] else "unmet"))
    if len(answers) == 1 and "parts" not in leaf:
        return answers[0]
    return Answer(all_statuses([one.status for one in answers]))


def current_post(leaf: Node, case: Case) -> Truth:
    """Is a post of that kind held on `as_of`?"""
    # READING: of the other keys only `of`, `where` and `full_time: true` say what a post must be; windows do not.
    return either(
        both(
            post_fits(entry, leaf, case),
            post_held(entry, case),
            leaf.get("full_time") is not True or weekly_hours(entry) >= full_time_hours(leaf),
        )
        for entry in case.profile["experience"]
    )


def held_amount(leaf: Node, days: dict[bool, Days], unit: str, need: Fraction, case: Case) -> Answer:
    """One amount of the leaf itself."""
    least, most = (largest(leaf, days[wide], unit, need, case, wide=wide) for wide in (False, True))
    # READING: where more days come to less (a run that begins earlier has other anniversaries), most is least.
    return measured(least, max(least, most), need)


def largest(leaf: Node, days: Days, unit: str, need: Fraction, case: Case, *, wide: bool) -> Fraction:
    """The amount, of the best window and the best run where these are asked."""
    choices = [days]
    if "any_window" in leaf:
        # READING: a window of 36 months holds exactly 36 months; the days in it are measured anew.
        window = leaf["any_window"]
        starts = {day for day, posts in days.items() if set(posts) - set(days.get(day - 1, ()))}
        stops = {day + 1 for day, posts in days.items() if set(posts) - set(days.get(day + 1, ()))}
        spans = [(first, move(date.fromordinal(first), window, 1).toordinal()) for first in starts]
        spans += [(move(date.fromordinal(stop), window, -1).toordinal(), stop) for stop in stops]
        choices = [restrict(days, span) for span in spans]
    if leaf.get("consecutive"):
        # READING: the longest run is the one with most of the unit asked.
        choices = [restrict(choice, run) for choice in choices for run in runs(choice)]
    if "share_at_most" in leaf:
        cap = Fraction(leaf["share_at_most"]) * need
        return max((cut_amount(choice, unit, leaf, case, cap=cap, wide=wide) for choice in choices), default=ZERO)
    return max((amount(choice, unit, leaf, case) for choice in choices), default=ZERO)


def missing_school_years(leaf: Node, days: dict[bool, Days], case: Case) -> Answer:
    """Years of experience for each year of college that is missing."""
    each, of = exact(leaf["per_missing_school_year"]["years"]), leaf["per_missing_school_year"]["of"]
    # READING: the leaf reads the education section too, so that without it the leaf is unknown.
    if "education" not in case.profile:
        return Answer("unknown")
    fewest, most_credits = credit_range({"fields": ["any"]}, case)
    need = each * max(ZERO, of - most_credits / 30)
    need_most = each * max(0, math.ceil(of - fewest / 30))
    least, most = (largest(leaf, days[wide], "years", need, case, wide=wide) for wide in (False, True))
    most = max(least, most)
    return Answer(judge(least, most, need, need_most), (least, most))


def part_days(part: Node, leaf: Node, days: Days, case: Case, *, wide: bool) -> Days:
    """The days that count for a part: of the leaf's days, those with a post of the leaf that fits the part too."""
    # READING: "looks only at days that count for the leaf": and only at the posts through which they count, so
    # that a post of another kind on the same day gives the part nothing.
    first, last = bounds({**leaf, "within": part["within"]}, case, wide=wide) if "within" in part else (0, 10**7)
    inside = {day: posts for day, posts in days.items() if first <= day <= last}
    enough = (True, None) if wide else (True,)
    able = {
        number for number in range(len(case.profile["experience"])) if part_fits(number, part, leaf, case) in enough
    }
    return keep(inside, able)


def part_fits(number: int, part: Node, leaf: Node, case: Case) -> Truth:
    """Does a post of the leaf fit the part?"""
    entry = case.profile["experience"][number]
    return both(
        post_fits(entry, part, case),
        part.get("full_time") is not True or weekly_hours(entry) >= full_time_hours(leaf),
    )


def part_way(part: Node, leaf: Node) -> Node:
    """How a part is measured."""
    # READING: a part without `full_time` is measured as its leaf is; the other measures are always the leaf's.
    keys = ("full_time", "full_time_hours", "hours_per_year", "month_counts_from_hours")
    way = {key: leaf[key] for key in keys if key in leaf}
    return {**way, "full_time": part["full_time"]} if "full_time" in part else way


def part_answers(part: Node, leaf: Node, days: dict[bool, Days], case: Case) -> list[Answer]:
    """The amounts of one part."""
    if leaf.get("consecutive") or "any_window" in leaf:
        message = "parts of a consecutive run or of any window: which run or window is not said"
        raise ValueError(message)
    found = {wide: part_days(part, leaf, days[wide], case, wide=wide) for wide in (False, True)}
    if part.get("latest"):
        found = latest(part, leaf, days, found, case)
    answers = []
    for unit, need in part["at_least"].items():
        least, most = (amount(found[wide], unit, part_way(part, leaf), case) for wide in (False, True))
        answers.append(measured(least, max(least, most), exact(need)))
    return answers


def latest(part: Node, leaf: Node, days: dict[bool, Days], found: dict[bool, Days], case: Case) -> dict[bool, Days]:
    """The latest run-up: the part's days after the last day of the leaf that is not the part's."""
    # READING: at least: every day that may break the run-up does; at most: only those that surely do.
    may_break = {
        day
        for day, posts in days[True].items()
        if day not in found[False] and not all(surely_both(number, day, part, leaf, case) for number in posts)
    }
    does_break = set(days[False]) - set(found[True])
    cut = {False: max(may_break, default=0), True: max(does_break, default=0)}
    return {wide: {day: posts for day, posts in found[wide].items() if day > cut[wide]} for wide in (False, True)}


def surely_both(number: int, day: int, part: Node, leaf: Node, case: Case) -> bool:
    """Does this day of this post, if it counts for the leaf, surely count for the part?"""
    first = bounds({**leaf, "within": part["within"]}, case, wide=False)[0] if "within" in part else 0
    return day >= first and part_fits(number, part, leaf, case) is True


def disjoint_parts(leaf: Node, days: dict[bool, Days], case: Case) -> Answer:
    """Parts that share no day: the most that can be placed in all, against what they need in all.

    The most that can flow is the least that can be cut: over every set of parts, what their days hold together,
    and what each part outside the set needs.
    """
    # READING: on a day of two part-time posts each may serve another part, one full-time equivalent in all.
    # READING: lengths are measured in runs of the days that serve any part.
    parts = leaf["parts"]
    [unit] = {unit for part in parts for unit in part["at_least"]}
    needs = [exact(part["at_least"][unit]) for part in parts]
    placed = []
    for wide in (False, True):
        own = [part_days(part, leaf, days[wide], case, wide=wide) for part in parts]
        everything = union(own)
        best: Number = INFINITY
        for size in range(len(parts) + 1):
            for chosen in itertools.combinations(range(len(parts)), size):
                held = amount(union([own[k] for k in chosen]), unit, part_way({}, leaf), case, inside=everything)
                best = min(best, held + sum(needs[k] for k in range(len(parts)) if k not in chosen))
        placed.append(best)
    least, most = placed
    # READING: when false it is `partly` where anything can be placed.
    return Answer(judge(least, max(least, most), sum(needs, ZERO)))


def union(several: list[Days]) -> Days:
    """All days, each with all its posts."""
    found: dict[int, set[int]] = defaultdict(set)
    for days in several:
        for day, posts in days.items():
            found[day] |= set(posts)
    return {day: tuple(sorted(posts)) for day, posts in sorted(found.items())}


# --- points ---------------------------------------------------------------------------------------------------


def points(node: Node, case: Case) -> Answer:
    """A sum of awards against a minimum."""
    least: Number = ZERO
    most: Number = ZERO
    raised = False
    yearly = [award for award in node["awards"] if "per_year" in award]
    for award in node["awards"]:
        if award in yearly:
            continue
        status = answer(award["for"], case).status
        if award.get("unread"):
            raised = raised or status in ("met", "unknown")
        else:
            least += exact(award["each"]) if status == "met" else 0
            most += exact(award["each"]) if status in ("met", "unknown") else 0
    if yearly and "experience" not in case.profile:
        most = INFINITY
    elif yearly:
        least += best_assignment(yearly, case, wide=False)
        most += best_assignment(yearly, case, wide=True)
    most = max(least, most)
    minimum = exact(node["minimum"])
    status = judge(least, most, minimum)
    # READING: a false sum is `partly` when anything was earned.
    if raised and status in ("partly", "unmet"):
        status = "unknown"
    return Answer(status, pair(least, most))


def best_assignment(awards: list[Node], case: Case, *, wide: bool) -> Fraction:
    """The highest sum over every way to give each post to one heading."""
    fitting = [days_of(award["for"], case, wide=wide) for award in awards]
    numbers = range(len(case.profile["experience"]))
    choices = [[k for k, days in enumerate(fitting) if any(n in posts for posts in days.values())] for n in numbers]
    best = ZERO
    for chosen in itertools.product(*(choice or [-1] for choice in choices)):
        given = [keep(days, {n for n, at in enumerate(chosen) if at == k}) for k, days in enumerate(fitting)]
        best = max(best, earned(awards, given, case))
    return best


def earned(awards: list[Node], given: list[Days], case: Case) -> Fraction:
    """The sum of an assignment: a day earns as one full-time equivalent at most, the best-paid heading first."""
    # READING: of headings paid alike the first in the rule goes first.
    everything = {day for days in given for day in days}
    free = dict.fromkeys(everything, Fraction(1))
    total = ZERO
    for award, days in sorted(zip(awards, given, strict=True), key=lambda paid: -exact(paid[0]["per_year"])):
        weights = {}
        share = {posts: hours_of(posts, case) / full_time_hours(award["for"]) for posts in set(days.values())}
        for day, posts in days.items():
            weights[day] = min(free[day], share[posts])
            free[day] -= weights[day]
        by_year: dict[int, Fraction] = defaultdict(Fraction)
        for year, weight, months in stretches(weights, everything):
            by_year[year] += weight * months / 12 * exact(award["per_year"])
        ceiling = exact(award["yearly_maximum"]) if "yearly_maximum" in award else None
        total += sum((one if ceiling is None else min(one, ceiling) for one in by_year.values()), ZERO)
    return total


# --- education ------------------------------------------------------------------------------------------------


def level_fits(level: str, leaf: Node, case: Case) -> bool:
    """Does a level satisfy the one asked?"""
    if level == leaf["level"]:
        return True
    facts = case.words["levels"][level]
    if facts["professional"] and leaf["level"] == "master":
        return bool(leaf.get("counts_first_professional"))
    return leaf["level"] in facts["satisfies"]


def field_fits(entry: Node, leaf: Node, case: Case) -> Truth:
    """Does the field fit, by itself or by the statement on related fields?"""
    asked = leaf.get("fields", ["any"])
    if "any" in asked:
        return True
    found = within_any(entry.get("field"), asked, case.words["fields"])
    if found is False and any(within_any(one, [entry["field"]], case.words["fields"]) for one in asked):
        return None  # a field wider than the one asked is too vague
    if found is False and "related" in leaf:
        # READING: `related` is as known in both evaluations; nothing says how nearly everybody answers.
        return statement_truth(leaf["related"], case)
    return found


def evaluated(entry: Node) -> Truth:
    """Does a degree count where it was earned? From outside the United States, if it was evaluated."""
    return True if entry.get("country", "US") == "US" else entry.get("evaluated")


def accredited(entry: Node, asked: list[str]) -> Truth:
    """Is the programme accredited by one of those asked?"""
    if not asked:
        return True
    return bool(set(entry["accredited_by"]) & set(asked)) if "accredited_by" in entry else None


def degree_fits(entry: Node, leaf: Node, case: Case) -> Truth:
    """Does a degree fit, its date aside?"""
    if "level" not in entry:
        return False
    return both(
        level_fits(entry["level"], leaf, case),
        field_fits(entry, leaf, case),
        evaluated(entry),
        accredited(entry, leaf.get("accredited_by", [])),
    )


def degree_held(entry: Node, case: Case, within: Node | None = None) -> Truth:
    """Is the degree held on `as_of`?"""
    return False if "expected" in entry else happened(entry, "awarded", case, within)


def unsaid(case: Case) -> list[Node]:
    """The schooling that nobody holds a licence without, where a profile names none that was there before it."""
    found: dict[str, Node] = {}
    for held in case.profile.get("credentials", []):
        asked = credential_of(held, case)[1].get("schooling")
        if asked and case.profile.get("education"):
            family = credential_of(held, case)[1]["family"]
            there = [
                entry
                for entry in case.profile["education"]
                if "level" in entry
                and ("field" not in entry or within_any(entry["field"], [asked["field"]], case.words["fields"]))
                and any(level_fits(entry["level"], {"level": one}, case) for one in asked["levels"])
            ]
            ended = [entry for entry in there if "expected" not in entry]
            studied = {entry["level"] for entry in there if "expected" in entry}
            if not any(was_before(entry, family, case) for entry in ended):
                found[family] = {
                    **asked,
                    "levels": [one for one in asked["levels"] if one not in studied] or asked["levels"],
                }
    return list(found.values())


def was_before(entry: Node, family: str, case: Case) -> bool:
    """Does this degree leave no need of other schooling on `as_of`: was it before the licence, or is it there now?"""
    if "awarded" not in entry:
        return True
    first = event_span(entry["awarded"])[0]
    issued = [
        start_span(one["issued"])[1]
        for one in case.profile["credentials"]
        if "issued" in one and credential_of(one, case)[1].get("family") == family
    ]
    return first <= case.as_of or (bool(issued) and first <= min(issued))


def may_be_unsaid(leaf: Node, case: Case) -> bool:
    """Can the schooling behind a licence be the degree asked?"""
    return any(
        any(level_fits(level, leaf, case) for level in hidden["levels"]) and field_fits(hidden, leaf, case) is not False
        for hidden in unsaid(case)
    )


def degree(leaf: Node, case: Case) -> Answer:
    """A degree of a level, in some fields."""
    if "education" not in case.profile:
        return Answer("unknown")
    degrees = [entry for entry in case.profile["education"] if "level" in entry]
    fits = [degree_fits(entry, leaf, case) for entry in degrees]
    held = [
        both(fit, degree_held(entry, case, leaf.get("awarded_within")))
        for fit, entry in zip(fits, degrees, strict=True)
    ]
    if either(held) is not False:
        return Answer(status_of(either(held)))
    if may_be_unsaid(leaf, case):
        return Answer("unknown")
    # READING: a degree under way makes it `partly` also where it is not known whether it will fit.
    if any(
        fit is not False and ("expected" in entry or degree_held(entry, case) is False)
        for fit, entry in zip(fits, degrees, strict=True)
    ):
        return Answer("partly")
    # READING: any associate degree held (or perhaps held) or any college credits, in whatever field.
    started = any("credits" in entry for entry in case.profile["education"]) or any(
        entry["level"] == "associate" and degree_held(entry, case) is not False for entry in degrees
    )
    return Answer("partly" if leaf["level"] == "bachelor" and started else "unmet")


def credit_range(leaf: Node, case: Case) -> tuple[Fraction, Fraction]:
    """Semester hours: least and most."""
    quarter = Fraction(2, 3)
    if "quarter_credits" in leaf:
        quarter = exact(leaf["at_least"]["credits"]) / exact(leaf["quarter_credits"])
    loose, degrees = [], []
    for entry in case.profile["education"]:
        if "credits" in entry:
            hours = exact(entry["credits"]) * (quarter if entry.get("unit") == "quarter" else 1)
            loose.append((hours, entry))
        else:
            # READING: a foreign degree stands for credits as it counts as a degree: evaluated, or perhaps.
            held = both(degree_held(entry, case), evaluated(entry))
            degrees.append((exact(case.words["levels"][entry["level"]]["credits"] or 0), held))
    for hidden in unsaid(case):
        worth = max(exact(case.words["levels"][level]["credits"] or 0) for level in hidden["levels"])
        degrees.append((worth, None))
    may_hold = sum((hours for hours, held in degrees if held is not False), ZERO)
    asked = leaf.get("fields", ["any"])
    if "any" in asked:
        everything = sum((hours for hours, _ in loose), ZERO)
        outside = sum((hours for hours, entry in loose if entry.get("not_in_degree")), ZERO)
        highest = max((hours for hours, held in degrees if held), default=ZERO)
        return max(highest + outside, everything), may_hold + everything
    matches = [(hours, within_any(entry.get("field"), asked, case.words["fields"])) for hours, entry in loose]
    least = sum((hours for hours, match in matches if match), ZERO)
    return least, may_hold + sum((hours for hours, match in matches if match is not False), ZERO)


def credits(leaf: Node, case: Case) -> Answer:
    """College credits."""
    if "education" not in case.profile:
        return Answer("unknown")
    return measured(*credit_range(leaf, case), exact(leaf["at_least"]["credits"]))


# --- credentials, exams, memberships --------------------------------------------------------------------------


def credential_of(entry: Node, case: Case) -> tuple[str, Node]:
    """The id and the facts of a credential in the profile; `nha` with a state is that state's own entry."""
    known = case.words["credentials"]
    for name, facts in known.items():
        if entry["id"] == facts.get("family") and entry.get("state") == facts.get("state"):
            return name, facts
    return entry["id"], known.get(entry["id"], {})


def in_force(entry: Node, case: Case) -> Truth:
    """Is the credential held and in force on `as_of`?"""
    return both(begun(entry, "issued", case), not_ended(entry, "expires", case))


def counts_for(entry: Node, leaf: Node, case: Case) -> Truth:
    """Is it the credential asked (or one that replaces it), of the state asked?"""
    name, facts = credential_of(entry, case)
    asked = leaf["credential"]
    names = {name, entry["id"], facts.get("family"), *(facts.get("replaces") or [])}
    if asked not in names:
        return False
    if "state" not in leaf:
        return True
    wanted = case.target.get("state") if leaf["state"] == "target" else leaf["state"]
    home = entry.get("state", facts.get("state"))
    if home is None:
        return None
    if home == wanted:
        return True
    begun = facts.get("compact_from") or {}
    compact = [
        one for one in facts.get("compact") or [] if date.fromisoformat(begun.get(one, "1900-01-01")) <= case.as_of
    ]
    # READING: a licence can be multistate only if its own state is of the compact too.
    return entry.get("multistate") if wanted in compact and home in compact else False


def certification(leaf: Node, case: Case) -> Answer:
    """A certification in force."""
    # READING: `current: true` adds nothing: what has expired does not count without it either.
    if "credentials" not in case.profile:
        return Answer("unknown")
    return Answer(
        status_of(
            either(both(counts_for(entry, leaf, case), in_force(entry, case)) for entry in case.profile["credentials"])
        )
    )


def license_leaf(leaf: Node, case: Case) -> Answer:
    """A licence in force, of a state, perhaps held for some time."""
    if "credentials" not in case.profile:
        return Answer("unknown")
    # READING: without a target's state it is unknown even for a person without any licence.
    if leaf.get("state") == "target" and case.target.get("state") is None:
        return Answer("unknown")
    held = [
        (entry, both(counts_for(entry, leaf, case), in_force(entry, case))) for entry in case.profile["credentials"]
    ]
    found = either(both(holds, held_long_enough(entry, leaf, case)) for entry, holds in held)
    # READING: a licence in force (or perhaps in force) but held too short a time is `partly`: some of the time is
    # there. One issued on `as_of` has been held no time yet.
    some_time = any(
        holds is not False and start_span(entry["issued"])[0] < case.as_of for entry, holds in held if "issued" in entry
    )
    return Answer("partly" if found is False and some_time else status_of(found))


def held_long_enough(entry: Node, leaf: Node, case: Case) -> Truth:
    """Has this one licence been held so long, counted from its own issue?"""
    if "held_at_least" not in leaf:
        return True
    if "issued" not in entry:
        return None
    first, last = (move(day, leaf["held_at_least"], 1) for day in start_span(entry["issued"]))
    return on_or_before((first, last), case.as_of)


def membership(leaf: Node, case: Case) -> Answer:
    """Membership of an organization."""
    if "memberships" not in case.profile:
        return Answer("unknown")
    fitting: list[tuple[Node, Truth]] = []
    for entry in case.profile["memberships"]:
        other = one_of(entry.get("type"), leaf["not_types"]) if leaf.get("not_types") else False
        fits = both(entry["organization"] == leaf["organization"], None if other is None else not other)
        if fits is not False:
            fitting.append((entry, fits))
    statuses = []
    have = None
    for unit, need in leaf.get("at_least", {}).items():
        # READING: past membership counts for the length, also beside `current`.
        found = membership_length(fitting, unit, exact(need), case)
        statuses.append(found.status)
        have = found.have
    if leaf.get("current"):
        held = (both(fits, begun(e, "since", case), not_ended(e, "until", case)) for e, fits in fitting)
        statuses.append(status_of(either(held)))
        have = None
    if not statuses:
        # READING: with neither key, any day of membership before `as_of` is enough.
        ever = (both(fits, begun_before(entry, "since", case)) for entry, fits in fitting)
        statuses.append(status_of(either(ever)))
    return Answer(all_statuses(statuses), have)


def membership_length(fitting: list[tuple[Node, Truth]], unit: str, need: Fraction, case: Case) -> Answer:
    """The length of membership, runs merged."""
    found: dict[bool, set[int]] = {False: set(), True: set()}
    endless = False
    for entry, fits in fitting:
        if "since" not in entry:
            endless = True
            continue
        dates = {"start": entry["since"], **({"end": entry["until"]} if "until" in entry else {})}
        narrow, wide = days_between(dates, case)
        found[True] |= set(wide)
        if fits:
            found[False] |= set(narrow)
    least, most = (calendar(found[wide], unit) for wide in (False, True))
    return measured(least, INFINITY if endless else max(least, most), need)


def calendar(days: set[int], unit: str) -> Fraction:
    """Calendar time of some days."""
    months = sum((months_from(*run) for run in runs(days)), ZERO)
    return {"years": months / 12, "months": months, "weeks": Fraction(len(days), 7)}[unit]


def exam(leaf: Node, case: Case) -> Answer:
    """An exam passed, said so or implied by a credential that is or was held."""
    within = leaf.get("within")
    said: Truth = None
    implied: Truth = None
    if "exams" in case.profile:
        said = either(
            happened(entry, "passed", case, within) for entry in case.profile["exams"] if entry["id"] == leaf["exam"]
        )
    if "credentials" in case.profile:
        # READING: a credential does not say when its exam was passed: with a window it is never more than possible.
        implied = either(
            both(begun(entry, "issued", case), None if within else True)
            for entry in case.profile["credentials"]
            if leaf["exam"] in (credential_of(entry, case)[1].get("exams") or [])
        )
    # READING: both sections must be there before it is false.
    return Answer(status_of(either([said, implied])))


# --- learning, training, courses ------------------------------------------------------------------------------


def learning_fits(item: Node, leaf: Node, case: Case) -> Truth:
    """Is it on a topic, of a kind and by a provider asked?"""
    return both(
        within_any(item.get("topic"), leaf.get("topics", []), case.words["topics"]),
        one_of(item.get("kind"), leaf.get("kinds", [])),
        one_of(item.get("provider"), leaf.get("providers", [])),
    )


def learning_dated(item: Node, leaf: Node, case: Case) -> Truth:
    """Does its date lie in the window? `before` moves only the beginning of it."""
    if "before" not in leaf or "within" not in leaf:
        return happened(item, "date", case, leaf.get("within"))
    if "date" not in item:
        return None
    span = event_span(item["date"])
    early, late = (move(day, leaf["within"], -1) for day in anchor_of(leaf, case))
    since = True if span[0] >= late else False if span[1] < early else None
    return both(on_or_before(span, case.as_of), since)


def learning(leaf: Node, case: Case) -> Answer:
    """Continuing education."""
    if "learning" not in case.profile:
        return Answer("unknown")
    items = [
        (item, both(learning_fits(item, leaf, case), learning_dated(item, leaf, case)))
        for item in case.profile["learning"]
    ]
    items = [(item, fits) for item, fits in items if fits is not False]
    if "parts" in leaf:
        return learning_parts(leaf, items, case)
    least = sum((exact(item["hours"]) for item, fits in items if fits), ZERO)
    most = sum((exact(item["hours"]) for item, _ in items), ZERO)
    if "at_least" in leaf:
        return measured(least, most, exact(leaf["at_least"]["hours"]))
    return Answer("met" if least else "unknown" if most else "unmet")


def places(item: Node, fits: Truth, parts: list[Node], case: Case) -> set[int]:
    """The parts that an item may belong to: the first that fits it; -1: it does not count; -2: to none of them."""
    # READING: an item that may fit a part may also belong to a later one (or to the rest); it is tried in each.
    found = set() if fits else {-1}
    for number, part in enumerate(parts):
        fit = True if part.get("rest") else learning_fits(item, part, case)
        if fit is not False:
            found.add(number)
        if fit:
            return found
    return found | {-2}


def learning_parts(leaf: Node, items: list[tuple[Node, Truth]], case: Case) -> Answer:
    """Parts of one total, every way tried to place the items that are not certain."""
    parts = leaf["parts"]
    may = [(exact(item["hours"]), places(item, fits, parts, case)) for item, fits in items]
    statuses = []
    if "at_least" in leaf:
        sums = []
        for chosen in itertools.product(*(sorted(where) for _, where in may)):
            held = [
                sum((may[k][0] for k, at in enumerate(chosen) if at == number), ZERO) for number in range(len(parts))
            ]
            caps = [exact(part["at_most"]["hours"]) if "at_most" in part else INFINITY for part in parts]
            loose = sum((may[k][0] for k, at in enumerate(chosen) if at == -2), ZERO)
            sums.append(loose + sum((Fraction(min(one, cap)) for one, cap in zip(held, caps, strict=True)), ZERO))
        statuses.append(judge(min(sums), max(sums), exact(leaf["at_least"]["hours"])))
    for number, part in enumerate(parts):
        if "at_least" in part:
            least = sum((hours for hours, where in may if where == {number}), ZERO)
            most = sum((hours for hours, where in may if number in where), ZERO)
            statuses.append(judge(least, most, exact(part["at_least"]["hours"])))
        # READING: within a part, too, an item belongs to the first of its own parts that fits it.
        inner = part.get("parts", [])
        for k, one in enumerate(inner):
            inside = [
                (hours, where, places(item, True, inner, case))
                for (item, _), (hours, where) in zip(items, may, strict=True)
            ]
            least = sum((hours for hours, where, at in inside if where == {number} and at == {k}), ZERO)
            most = sum((hours for hours, where, at in inside if number in where and k in at), ZERO)
            statuses.append(judge(least, most, exact(one["at_least"]["hours"])))
    return Answer(all_statuses(statuses))


def training(leaf: Node, case: Case) -> Answer:
    """A training programme, such as an administrator-in-training."""
    if "training" not in case.profile:
        return Answer("unknown")
    items = [(item, training_fits(item, leaf)) for item in case.profile["training"]]
    items = [(item, fits) for item, fits in items if fits is not False]
    answers = []
    for unit, need in leaf.get("at_least", {}).items():
        if unit == "hours":
            ranges = [training_hours(item, leaf, case) for item, _ in items]
            least: Number = sum((one[0] for one, (_, fits) in zip(ranges, items, strict=True) if fits), ZERO)
            most: Number = sum((one[1] for one in ranges), ZERO)
        else:
            # READING: overlapping trainings, too, count as one full-time equivalent a day at most.
            least = training_time([item for item, fits in items if fits], leaf, unit, case, wide=False)
            most = max(least, training_time([item for item, _ in items], leaf, unit, case, wide=True))
        answers.append(measured(least, most, exact(need)))
    if not answers:
        # READING: without an amount any day of it is enough, as for experience.
        found = [(fits, *training_days(item, leaf, case)) for item, fits in items]
        truths = [both(fits, True if narrow else None if wide else False) for fits, narrow, wide in found]
        return Answer(status_of(either(truths)))
    return answers[0] if len(answers) == 1 else Answer(all_statuses([one.status for one in answers]))


def training_fits(item: Node, leaf: Node) -> Truth:
    """Is it a training of the kind asked?"""
    # READING: hours a week not given are 40 (assumed), as for a post; full time is 35.
    truths: list[Truth] = [item["kind"] in leaf["programmes"]]
    if leaf.get("full_time") is True:
        truths.append(weekly_hours(item) >= 35)
    if "hours_per_week_at_least" in leaf:
        truths.append(weekly_hours(item) >= exact(leaf["hours_per_week_at_least"]))
    if leaf.get("within_degree"):
        truths.append(item.get("within_degree"))
    if "after" in leaf and item.get("registered") is False:
        truths.append(False)
    return both(*truths)


def training_days(item: Node, leaf: Node, case: Case) -> tuple[set[int], set[int]]:
    """The days of a training that count, narrowest and widest."""
    found = []
    for days, wide in zip(days_between(item, case), (False, True), strict=True):
        first, last = bounds(leaf, case, wide=wide, after=item.get("registered") is not True)
        found.append({day for day in days if first <= day <= last})
    return found[0], found[1]


def training_time(items: list[Node], leaf: Node, unit: str, case: Case, *, wide: bool) -> Fraction:
    """The time of some trainings, pro rata."""
    weights: dict[int, Fraction] = defaultdict(Fraction)
    for item in items:
        for day in training_days(item, leaf, case)[wide]:
            weights[day] = min(Fraction(1), weights[day] + weekly_hours(item) / 35)
            weights[day] = Fraction(1) if leaf.get("full_time") == "any" else weights[day]
    if unit == "weeks":
        return sum(weights.values(), ZERO) / 7
    months = sum((weight * length for _, weight, length in stretches(weights, weights)), ZERO)
    return months / 12 if unit == "years" else months


def training_hours(item: Node, leaf: Node, case: Case) -> tuple[Fraction, Fraction]:
    """The hours of a training that count, least and most."""
    if "hours" not in item:
        # READING: without `hours`: weeks times hours a week.
        narrow, wide = training_days(item, leaf, case)
        return len(narrow) * weekly_hours(item) / 7, len(wide) * weekly_hours(item) / 7
    # READING: hours as written are spread evenly over the days from start to end (to `as_of` where it goes on);
    # a window takes its share of them: least and most over all days on which it may have begun and ended.
    last_day_so_far = case.as_of - timedelta(days=1)
    starts = [day.toordinal() for day in start_span(item["start"])]
    ends = [day.toordinal() for day in (end_span(item["end"]) if "end" in item else (last_day_so_far,) * 2)]
    shares = []
    for wide_bounds in (False, True):
        first, last = bounds(leaf, case, wide=wide_bounds, after=item.get("registered") is not True)
        # The share is greatest and least at the ends of these ranges, or where they cross the window's.
        tried = itertools.product(
            {*starts, *(day for day in (first,) if starts[0] <= day <= starts[1])},
            {*ends, *(day for day in (last,) if ends[0] <= day <= ends[1])},
        )
        # READING: what goes on and may begin only later may not have begun: then none of its hours are done.
        ahead = [ZERO] if "end" not in item and starts[1] > ends[1] else []
        shares.append(
            [*(share_inside(start, end, first, last) for start, end in tried if start <= end), *ahead] or [ZERO]
        )
    return exact(item["hours"]) * min(shares[0]), exact(item["hours"]) * max(shares[1])


def share_inside(start: int, end: int, first: int, last: int) -> Fraction:
    """Which share of the days from start to end lies in the window?"""
    return Fraction(max(0, min(end, last) - max(start, first) + 1), end - start + 1)


def course(leaf: Node, case: Case) -> Answer:
    """A course taken; the hours of all that fit add up."""
    if "courses" not in case.profile:
        return Answer("unknown")
    items = [(item, happened(item, "date", case, None)) for item in case.profile["courses"]]
    items = [(item, done) for item, done in items if item["name"] in leaf["courses"] and done is not False]
    answers = []
    for unit, need in leaf.get("at_least", {}).items():
        key = {"hours": "hours", "credits": "semester_hours"}[unit]
        least = sum((exact(item[key]) for item, done in items if done and key in item), ZERO)
        most: Number = sum((exact(item[key]) for item, _ in items if key in item), ZERO)
        # READING: a course that does not say its hours may have had any number.
        if any(key not in item for item, _ in items):
            most = INFINITY
        answers.append(measured(least, most, exact(need)))
    if not answers:
        return Answer(status_of(either(done for _, done in items)))
    return answers[0] if len(answers) == 1 else Answer(all_statuses([one.status for one in answers]))


# --- countable things -----------------------------------------------------------------------------------------


def counted(leaf: Node, items: list[tuple[Node, Truth]], key: str) -> Answer:
    """References or volunteering: so many, or so many of each part, each item in one part only."""
    own = [(item, fits) for item, fits in items if fits is not False]
    least, most = Fraction(sum(1 for _, fits in own if fits)), Fraction(len(own))
    if "parts" not in leaf:
        # READING: without an amount, one is enough, and there is no number to compare.
        if "at_least" not in leaf:
            return Answer(judge(least, most, 1))
        return measured(least, most, exact(leaf["at_least"]["count"]))
    statuses = [judge(least, most, exact(leaf["at_least"]["count"]))] if "at_least" in leaf else []
    needs = [part["at_least"]["count"] for part in leaf["parts"]]
    placed = []
    for enough in ((True,), (True, None)):
        choices = [
            [
                k
                for k, part in enumerate(leaf["parts"])
                if both(fits, one_of(item.get(key[:-1]), part.get(key, []))) in enough
            ]
            for item, fits in own
        ]
        arrangements = itertools.product(*([*choice, -1] for choice in choices))
        placed.append(max(sum(min(chosen.count(k), need) for k, need in enumerate(needs)) for chosen in arrangements))
    statuses.append(judge(placed[0], placed[1], sum(needs)))
    return Answer(all_statuses(statuses))


def references(leaf: Node, case: Case) -> Answer:
    """Letters of reference."""
    given = case.profile.get("references")
    if given is None:
        return Answer("unknown")
    items: list[Node] = [{}] * given["count"] if isinstance(given, dict) else given
    return counted(leaf, [(item, one_of(item.get("role"), leaf.get("roles", []))) for item in items], "roles")


def volunteering(leaf: Node, case: Case) -> Answer:
    """Voluntary service."""
    if "volunteering" not in case.profile:
        return Answer("unknown")
    items = [
        (
            item,
            both(one_of(item.get("kind"), leaf.get("kinds", [])), happened(item, "date", case, leaf.get("within"))),
        )
        for item in case.profile["volunteering"]
    ]
    return counted(leaf, items, "kinds")


# --- the small leaves -----------------------------------------------------------------------------------------


def age(leaf: Node, case: Case) -> Answer:
    """An age reached on the birthday; too young is `unmet`."""
    # READING: whether an age is shown in whole years or with a fraction is not said: no number to compare.
    if "born" not in case.profile:
        return Answer("unknown")
    first, last = (add_months(day, 12 * leaf["at_least"]["years"]) for day in event_span(case.profile["born"]))
    return Answer(status_of(on_or_before((first, last), case.as_of)))


def skill(leaf: Node, case: Case) -> Answer:
    """A skill, rated by the person."""
    # READING: a skill that is not among those rated is unknown, not absent.
    level = case.profile.get("skills", {}).get(leaf["skill"])
    if level is None:
        return Answer("unknown")
    return measured(exact(level), exact(level), exact(leaf["at_least"]["level"]))


def statement_truth(name: str, case: Case) -> Truth:
    """What the person answered."""
    given = case.profile.get("statements", {}).get(name)
    truth: Truth = given["value"] if isinstance(given, dict) else given
    return truth


def statement(leaf: Node, case: Case) -> Answer:
    """A statement; if confirmed, the usual answer stands in for none."""
    # READING: only the rule's own `usual: true` counts, not that of the vocabulary's entry.
    given = statement_truth(leaf["statement"], case)
    if given is None and case.confirmed and leaf.get("usual") is True:
        return Answer("met")
    return Answer(status_of(given))


def amount_not_found(leaf: Node, case: Case) -> Answer:
    """Something is asked, nobody found how much: false only for a person who has none of it."""
    # READING: `partly` (a degree under way) is not "none of it".
    return Answer("unmet" if answer(leaf["for"], case).status == "unmet" else "unknown")


KINDS: dict[str, Callable[[Node, Case], Answer]] = {
    "all_of": all_of,
    "any_of": any_of,
    "at_least": at_least,
    "points": points,
    "degree": degree,
    "credits": credits,
    "experience": experience,
    "certification": certification,
    "license": license_leaf,
    "membership": membership,
    "learning": learning,
    "training": training,
    "course": course,
    "exam": exam,
    "references": references,
    "volunteering": volunteering,
    "age": age,
    "skill": skill,
    "statement": statement,
    "unread": lambda _leaf, _case: Answer("unknown"),
    "amount_not_found": amount_not_found,
    "nothing_asked": lambda _leaf, _case: Answer("met"),
}
