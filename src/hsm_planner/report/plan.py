"""A plan as text: when, what first, what it costs, the actions with their dates, the bars, what was assumed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hsm_planner.planner.result import NOT_WORKED_OUT, POSTS, UNREAD, Plan, PlanAction
from hsm_planner.planner.told import names
from hsm_planner.report.findings import money
from hsm_planner.report.lines import Line, overlay_lines
from hsm_planner.report.moments import day_text, months_between, when
from hsm_planner.report.money import price_text
from hsm_planner.report.nearer import nearer_lines
from hsm_planner.report.renewal import keep_lines
from hsm_planner.report.sources import Numbers, source_lines
from hsm_planner.report.weighed import ask_first_lines, no_lines, weighed_lines
from hsm_planner.requirements.base import count
from hsm_planner.values.money import FREE

_WIDEST = 40
_ALIKE = 4  # programmes that are named
_LATER = 3  # months: what is worth a line at the top
_LATE = ("membership", "references", "degree", "learning", "volunteering")  # not paid for, or done, years before
_SCALES = ((1, "months"), (3, "quarters"), (6, "half years"), (12, "years"))
_REACH = {
    "required": "It goes by the law alone: employers usually ask more (--standard typical).",
    "typical": "It goes by what the law and employers usually ask: some hire with less, and asking costs nothing.",
    "preferred": "It goes by what makes a strong candidate: many hire with less (--standard typical).",
}  # what a plan to a post aims at
_STATUS = {
    "done": "Nothing is left to do: the goal is reached.",
    "feasible": "A plan was found; whether it is the best is not proven.",
}


def plan_lines(plan: Plan) -> list[Line]:
    """The whole plan as lines."""
    return list(_PlanText(plan).lines())


class _PlanText:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.numbers = Numbers(plan.sources, plan.as_of)

    def lines(self) -> Iterator[Line]:
        yield from self._head()
        if self.plan.actions:
            yield from self._actions()
            yield from self._bars()
            yield from weighed_lines(self.plan, self.numbers)
            yield from nearer_lines(self.plan)
        yield from self._foot()

    def _head(self) -> Iterator[Line]:
        plan = self.plan
        place = f", {plan.goal.place}" if plan.goal.place else ""
        yield Line(f"Plan > {plan.goal.title}{place}    as of {plan.as_of}", tone="title")
        yield from overlay_lines(plan.knowledge.overlays)
        yield Line()
        if plan.reason is not None:
            heading = "No plan. " if plan.status == "impossible" else "Not known. "
            yield Line(f"{heading}{plan.reason.text}", tone="open")
            yield from (Line(one.text, 2, "- ") for one in plan.relaxations)  # each tells its own finish and cost
            return
        if plan.status == "done":
            yield Line(_STATUS["done"], tone="good")
            return
        assert plan.finish is not None
        assert plan.months is not None
        moment = f"{when(plan.finish, plan.months)} ({count(plan.months, 'months')} from the start)"
        word, better = ("Soonest", "sooner") if plan.objective == "fastest" else ("Cheapest", "cheaper")
        proven, few = plan.status == "optimal", POSTS in plan.left_out
        if proven:
            among = "the posts that were tried; others may be" if few else "them"
            tail = f"for these steps and these answers; nothing {better} is possible with {among}{_beyond(plan)}."
        elif plan.but_for_answers:
            posts = " with the posts that were tried" if few else ""
            tail = f"If the answers below are yes, nothing {better} is possible{posts}{_beyond(plan)}; "
            tail += "some of them stand in nothing that we read, so ask first."
        else:
            tail = _STATUS["feasible"] + (" Posts that were not tried may be sooner or cheaper." if few else "")
        unread = [number for number, one in enumerate(plan.actions, 1) if one.unread]
        if unread:
            what = f"What {_numbers(unread, 'and')} {'ask' if len(unread) > 1 else 'asks'} in full was not read"
            tail = f"{what}: it may take much longer. {tail}"
        if reach := _REACH.get(plan.goal.standard or "") if plan.goal.usual else None:
            tail += f" {reach}"
        by = f"{word} by these steps:" if unread and plan.objective == "fastest" else "By"
        not_proven = f"{by} {moment}. {tail}"
        yield Line(f"{word}: {moment}, {tail}" if proven else not_proven, tone="good")
        yield from _if_no(plan)
        if plan.cost_usd is not None:
            aid = ", before aid" if plan.cost_usd.known_high or plan.cost_usd.unpriced else ""
            more = "; what was not read may cost more" if unread else ""
            yield Line(f"Cost: {price_text(plan.cost_usd)}{aid}{more}.")
            yield from _rival(plan)
        text = "It is no promise: being chosen for a post, and how long others take, is not in your hands."
        yield Line(text, tone="quiet")

    def _actions(self) -> Iterator[Line]:
        first = [action for action in self.plan.actions if action.kind == "confirm"]
        if first or self.plan.ask_first:
            yield Line()
            yield Line("First, and free", tone="title")
        yield from ask_first_lines(self.plan, self.numbers)
        for number, action in enumerate(self.plan.actions, 1):
            if action is next((one for one in self.plan.actions if one.kind != "confirm"), None):
                yield Line()
                yield Line("Then", tone="title")
            yield from self._action(number, action)

    def _action(self, number: int, action: PlanAction) -> Iterator[Line]:
        mark = f"{number:>2}  "
        cite = self.numbers.cite(action.sources)
        if action.kind == "confirm":
            yield Line(f"{action.text} {cite}".strip(), 1, mark, "open")
            if action.note:
                yield Line(action.note, 5, tone="quiet")
            yield from no_lines(self.plan, action)
            return
        parts = [_span(action)]
        parts += [count(action.months, "months")] if action.months else []
        parts += [f"{action.hours_per_week} h a week"] if action.hours_per_week else []
        known = action.cost_usd is not None and action.cost_usd.high
        price = [money(action.cost_usd.low, action.cost_usd.high)] if action.cost_usd and known else []
        unknown = "price" if action.unknown_prices == 1 else count(action.unknown_prices, "prices")
        price += [f"{'1 ' if known and unknown == 'price' else ''}{unknown} not known"] if action.unknown_prices else []
        parts += [" + ".join(price)] if price else [FREE] if action.kind == "renew" else []
        critical = "  *" if action.id in self.plan.critical_path else ""
        yield Line(f"{action.text}{critical} {cite}".strip(), 1, mark)
        yield Line("; ".join(parts), 5, tone="quiet")
        if action.note:
            yield Line(action.note, 5, tone="quiet")
        if action.alike:
            yield Line(
                f"Enough as well for what is asked, as far as we know: {names(action.alike, _ALIKE)}.", 5, tone="quiet"
            )

    def _bars(self) -> Iterator[Line]:
        shown = [(number, action) for number, action in enumerate(self.plan.actions, 1) if action.kind != "confirm"]
        if not shown or not self.plan.months:
            return
        start = min(dt.date.fromisoformat(action.start) for _, action in shown)
        end = max(dt.date.fromisoformat(action.end) for _, action in shown)
        months = months_between(start, end) + 1
        scale, word = next(((size, name) for size, name in _SCALES if months <= size * _WIDEST), _SCALES[-1])
        columns = -(-months // scale)
        yield Line()
        yield Line(f"In time ({word}; # holds up the finish, = has room, + one day)", tone="title")
        yield Line(_years(start, columns, scale), 5, tone="quiet")
        for number, action in shown:
            first = months_between(start, dt.date.fromisoformat(action.start)) // scale
            last = months_between(start, dt.date.fromisoformat(action.end)) // scale
            sign = "+" if not action.months else "#" if action.id in self.plan.critical_path else "="
            row = "." * first + sign * (last - first + 1) + "." * (columns - last - 1)
            yield Line(row, 1, f"{number:>2}  ")

    def _renewed_on_the_way(self) -> Iterator[str]:
        """What the plan earns so long before its finish that it may have to be renewed by then."""
        finish = dt.date.fromisoformat(self.plan.finish or self.plan.as_of)
        for keep in self.plan.keep_alive:
            years = (keep.renewal.cycle_years or keep.renewal.usual_cycle_years or 1) if keep.renewal else 1
            given = [one.end for one in self.plan.actions if one.kind == "apply" and one.target == keep.credential]
            if not keep.held and given and (finish - dt.date.fromisoformat(given[-1])).days >= years * 365:
                yield keep.title

    def _foot(self) -> Iterator[Line]:
        plan = self.plan
        if plan.keep_alive:
            yield Line()
            yield Line("To keep alive, up to then and for the first time after", tone="title")
            if any(keep.times for keep in plan.keep_alive):
                yield Line(
                    "The cost above has the renewals of what is held that the plan needs; all of them are here.",
                    2,
                    tone="quiet",
                )
            if renewed := list(self._renewed_on_the_way()):
                text = "Not in the cost: what comes on the way may have to be renewed before the finish"
                yield Line(f"{text}: {'; '.join(renewed)}. When it first ends is not known yet.", 2, tone="quiet")
            for keep in plan.keep_alive:
                yield from keep_lines(keep, self.numbers)
        if plan.assumptions and plan.actions:
            yield Line()
            yield Line("Assumed (change one with --assume NAME=VALUE)", tone="title")
            for one in plan.assumptions:
                changed = ", yours" if one.changed else ""
                cite = self.numbers.cite(one.sources)
                text = f"{one.id} = {one.value:g}{changed} ({one.unit}). {one.reason} {cite}".strip()
                yield Line(text, 2, "- ", "quiet")
        if plan.left_out:
            yield Line()
            yield Line("Not considered", tone="title")
            yield from (Line(text, 2, "- ", "quiet") for text in plan.left_out.values())
        yield from source_lines(self.numbers, plan.sources)
        yield Line()
        yield Line(f"Made from profile {plan.receipt.profile_hash[:12]}, knowledge {plan.receipt.knowledge_hash[:12]}, "
                   f"version {plan.receipt.version}, {plan.receipt.nodes} nodes.", tone="quiet")  # fmt: skip


def _if_no(plan: Plan) -> Iterator[Line]:
    """When it comes at the latest if one of the answers that it rests on is no, where that is worth a line."""
    assert plan.months is not None
    later = {number: one.no for number, one in enumerate(plan.actions, 1) if one.no is not None
             and one.no.months >= plan.months + _LATER}  # fmt: skip
    if later:
        last = max(later.values(), key=lambda one: one.months)
        numbers = _numbers(sorted(later))
        yield Line(f"That rests on what is asked first: if the answer to {numbers} is no, it is up to "
                   f"{count(last.months - plan.months, 'months')} later, {when(last.finish, last.months)}.",
                   tone="open")  # fmt: skip
    dark = [
        number for number, one in enumerate(plan.actions, 1) if one.kind == "confirm" and one.if_no == NOT_WORKED_OUT
    ]
    if dark:
        yield Line(f"What a no to {_numbers(dark)} comes to was not worked out: it may be much later.", tone="open")
    if plan.noes is not None:
        numbers = " and ".join(
            str(number) for number, one in enumerate(plan.actions, 1) if one.id in plan.noes.questions
        )
        other = plan.noes.plan
        then = (
            f"it is {count(other.months - plan.months, 'months')} later, {when(other.finish, other.months)}"
            if other is not None
            else "we know of no other way"
        )
        yield Line(f"If the answers to {numbers} are no, {then}.", tone="open")


def _beyond(plan: Plan) -> str:
    """What may be better all the same: ways that were not read, and of the cheapest those with unknown prices."""
    unread = any(name.startswith(UNREAD) for name in plan.left_out)
    text = ", and a way that was not read may be (below, under Not considered)" if unread else ""
    if any(name.startswith("degree:") for name in plan.left_out):
        text += ", and a degree that was left out may be" + ("" if unread else " (below, under Not considered)")
    if plan.objective == "cheapest" and plan.unpriced_ways:
        text += ", of the ways with the fewest unknown prices: a way with more of them may be cheaper"
    return text


def _rival(plan: Plan) -> Iterator[Line]:
    """Beside the cheapest: what costs less by the known prices alone, for prices that are not known come last."""
    cost = plan.cost_usd
    if plan.objective != "cheapest" or cost is None or plan.months is None:
        return
    others = [one for one in plan.frontier if one.cost_usd.known_high < cost.known_low and one.months <= plan.months]
    best = min(others, key=lambda one: (one.cost_usd.known_high, one.months), default=None)
    if best is not None:
        yield Line(
            f"By the prices that are known another way costs less: {price_text(best.cost_usd)}, "
            f"{when(best.finish, best.months)}, with {best.study_hours_per_week} hours of study a week (below). Ask "
            "for the prices that are not known before you choose.",
            tone="open",
        )


def _numbers(found: list[int], word: str = "or") -> str:
    """Numbers in words: ``1 to 7`` where there is none missing between, else ``1 or 3``."""
    whole = len(found) > 2 and found == list(range(found[0], found[-1] + 1))
    if whole:
        return f"{'one of ' if word == 'or' else ''}{found[0]} to {found[-1]}"
    *some, last = map(str, found)
    return f"{', '.join(some)} {word} {last}" if some else last


def _span(action: PlanAction) -> str:
    if not action.months:
        first, last = day_text(action.earliest_start), day_text(action.latest_start)
        return first if first == last else f"between {first} and {last}"
    first, last = day_text(action.start), day_text(action.end)
    span = first if first == last else f"{first} to {last}"
    waits = action.kind in _LATE and int(action.latest_start[:4]) > int(action.start[:4])
    return f"{span} (it can begin as late as {day_text(action.latest_start)})" if waits else span


def _years(start: dt.date, columns: int, scale: int) -> str:
    """A row with each year above the column in which it begins."""
    row = [" "] * (columns + 4)
    free = 0
    for column in range(columns):
        month = start.year * 12 + start.month - 1 + column * scale
        begins = column == 0 or month // 12 != (month - scale) // 12
        if column == 0 and (month + 4 * scale) // 12 != month // 12:
            continue  # no room before the next year
        if begins and column >= free:
            row[column : column + 4] = str(month // 12)
            free = column + 5
    return "".join(row).rstrip()
