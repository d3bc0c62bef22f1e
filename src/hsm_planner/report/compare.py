"""A comparison as text: the nearest first, in groups by verdict."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.compare import Compared, Comparison, not_to_be_told
from hsm_planner.report.lines import Line, Tone, overlay_lines
from hsm_planner.report.moments import when
from hsm_planner.report.money import prices_text
from hsm_planner.report.outlook import vintage_text
from hsm_planner.report.sources import Numbers, source_lines
from hsm_planner.report.text import MEASURED
from hsm_planner.requirements.base import count
from hsm_planner.values.truth import Verdict

_MOST_COUNTS = 3


def compare_lines(result: Comparison) -> Iterator[Line]:
    """The whole answer."""
    numbers = Numbers(result.sources, result.as_of)
    whose = f"{result.profile.name}: " if result.profile.name else ""
    yield Line(f"{whose}{count(len(result.rows), 'targets')}, the nearest first    as of {result.as_of}", tone="title")
    measures = {MEASURED[row.standard] for row in result.rows if row.standard not in (None, "typical")}
    yield from (Line(measure, tone="quiet") for measure in sorted(measures))
    yield from overlay_lines(result.knowledge.overlays)
    group = ""
    several = len({row.state for row in result.rows}) > 1
    for row in result.rows:
        heading, tone = _group(row)
        if heading != group:
            group = heading
            yield Line()
            yield Line(heading, tone=tone)
        yield from _row(row, result.titles, places=several)
    yield from _pay(result, numbers)
    yield Line()
    yield Line("Being nearer is no advice. One target whole: hsm-plan assess, hsm-plan plan.", tone="quiet")
    yield from source_lines(numbers, result.sources)


def _group(row: Compared) -> tuple[str, Tone]:
    if row.current:
        return "What you do now (the points are those asked of newcomers)", "good"
    if row.held:
        return "Held", "good"
    if row.verdict is Verdict.READY:
        return "Everything asked is met", "good"
    if row.if_confirmed is Verdict.READY:
        return "Met, once something is confirmed", "open"
    if not_to_be_told(row):
        return "Not to be told: nothing of it is there, and its rule was read in part only", "open"
    if row.verdict is Verdict.UNKNOWN:
        return "Not known: nothing failed, something is open", "open"
    return "Something is still to do", "todo"


def _row(row: Compared, titles: dict[str, str], *, places: bool) -> Iterator[Line]:
    """``places``: targets of several states stand side by side."""
    told = (places or row.kind == "license") and row.state and not row.id.endswith(row.state.lower())
    place = f", {row.state}" if told else ""
    level = f" ({row.level})" if row.level else ""
    yield Line(f"{row.id}  {row.title}{place}{level}", 2)
    if not row.held:
        parts = [f"{row.met} of {count(row.of, 'points')} met" if row.of else "nothing is asked by this measure"]
        parts += [_months(row)] if row.verdict is not Verdict.READY else []
        open_ = row.questions + row.confirm
        parts += [f"{count(open_, 'questions')} open"] if open_ and row.verdict is not Verdict.READY else []
        parts += [f"{count(row.not_read, 'points')} not read"] if row.not_read else []
        yield Line("; ".join(filter(None, parts)), 6, tone="quiet")
    if row.counts:
        more = f" and {len(row.counts) - _MOST_COUNTS} more" if len(row.counts) > _MOST_COUNTS else ""
        yield Line(f"counts there: {'; '.join(row.counts[:_MOST_COUNTS])}{more}", 6, tone="quiet")
    if row.bridges:
        more = f" and {len(row.bridges) - _MOST_COUNTS} more" if len(row.bridges) > _MOST_COUNTS else ""
        names = "; ".join(titles[name] for name in row.bridges[:_MOST_COUNTS]) + more
        yield Line(f"a way there that is open to you: {names}", 6, tone="quiet")
    if row.plan is not None:
        yield Line(_plan(row), 6)


def _months(row: Compared) -> str:
    left = row.months_left
    if left.high is None or left.unknown:
        return f"at least {count(round(left.low), 'months')}" if left.low else "how long was not found"
    if left.low == left.high:
        return f"about {count(round(left.high), 'months')} left" if left.high else ""
    return f"{round(left.low)} to {round(left.high)} months left"


def _plan(row: Compared) -> str:
    plan = row.plan
    assert plan is not None
    if plan.finish is None or plan.months is None or plan.known_low is None or plan.known_high is None:
        return {"impossible": "plan: none", "done": "plan: nothing left to do"}.get(plan.status, "plan: not known")
    price = prices_text(plan.known_low, plan.known_high, plan.unpriced or 0)
    answers = " if the answers to its questions are yes" if plan.if_answers_are_yes else ""
    best = "" if plan.status == "optimal" else ", not proven the best"
    return f"plan: {when(plan.finish, plan.months)} ({count(plan.months, 'months')}{best}){answers}; cost: {price}"


def _pay(result: Comparison, numbers: Numbers) -> Iterator[Line]:
    """One line for each occupation: the figures do not tell its posts apart, so nothing is ranked by them."""
    by_code: dict[str, list[Compared]] = {}
    for row in result.rows:
        if row.pay is not None and row.pay.median is not None:
            by_code.setdefault(row.pay.occupation, []).append(row)
    if not by_code:
        return
    yield Line()
    yield Line("Median pay of the occupations, United States, a year: posts of one are not told apart", tone="title")
    for rows in by_code.values():
        pay = rows[0].pay
        assert pay is not None
        posts = ", ".join(row.id for row in rows)
        text = f"{pay.title}: ${pay.median:,}, {vintage_text(pay.vintage)} {numbers.cite([pay.source])}: {posts}"
        yield Line(text, 2, "- ", "quiet")
