"""One finding in lines: what is asked and by whom, have and need, by which item, how to close it, which source."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from hsm_planner.engine.result import Assessment, Between, Finding, Option
from hsm_planner.report.lines import Line, Tone
from hsm_planner.report.sources import Numbers
from hsm_planner.requirements.base import count, number
from hsm_planner.values.truth import Status

STATUS: dict[Status, tuple[str, Tone]] = {
    Status.MET: ("met", "good"),
    Status.PARTLY: ("partly", "todo"),
    Status.UNMET: ("to do", "todo"),
    Status.UNKNOWN: ("?", "open"),
    Status.NOT_APPLICABLE: ("-", "quiet"),
}
MARK_WIDTH = 9
GROUP_WORDS = {"all_of": "all of these", "any_of": "one of these", "at_least": "some of these"}
_ASKED_BY = {"law": "law", "issuer": "the issuer", "employers": "employers", "ours": "our own view"}
_MOST_WAYS = 3
_WEEKS_A_MONTH = 52 / 12


class FindingLines:
    """Writes findings of one assessment, and numbers its sources as they are first cited."""

    def __init__(self, assessment: Assessment) -> None:
        self.result = assessment
        self.numbers = Numbers(assessment.sources, assessment.as_of)
        self.by_id = {finding.id: finding for finding in assessment.findings}

    @staticmethod
    def is_usual(found: Finding) -> bool:
        """Whether nearly everybody can say yes to it, and this person has not said."""
        return found.kind == "statement" and found.status is Status.UNKNOWN and found.if_confirmed is Status.MET

    def finding(self, found: Finding, indent: int = 2) -> Iterator[Line]:
        word, tone = STATUS[Status.NOT_APPLICABLE if found.kind == "nothing_asked" else found.status]
        yield Line(f"{found.text} {self.cite(found)}", indent, word.ljust(MARK_WIDTH), tone)
        inner = indent + MARK_WIDTH
        for amount in self._amounts(found):
            yield Line(amount, inner)
        if found.evidence:
            items = "; ".join(self._item(item.text, item.strength) for item in found.evidence)
            yield Line(f"{'by' if found.status is Status.MET else 'you have'}: {items}", inner)
        if found.status in (Status.PARTLY, Status.UNMET):
            yield from self._closing(found, inner)
        if found.status is Status.UNKNOWN and found.if_confirmed is Status.MET:
            usual = self.is_usual(found)
            yield Line("nearly everybody can say yes" if usual else "our reading: confirm it", inner, tone="quiet")
        if found.note:
            yield Line(found.note, inner, tone="quiet")
        if found.kind in ("unread", "amount_not_found") and found.ask_whom:
            yield Line(f"ask: {found.ask_whom}", inner)

    @staticmethod
    def _item(text: str, strength: str) -> str:
        return text if strength in ("stated", "sourced") or "assumed" in text else f"{text} ({strength})"

    def _amounts(self, found: Finding) -> Iterator[str]:
        amounts = [self.by_id[child] for child in found.children if self.by_id[child].kind == found.kind]
        parts = [part for part in amounts if part.parent == found.id and part.need is not None]
        for amount in (found, *parts):
            if amount.need is None or amount.have is None or amount.unit is None:
                continue
            text = f"have {_number(amount.have)}, need {_need(amount.need, amount.unit)}"
            if amount.status is not Status.MET and amount.missing is not None:
                text += f", missing {_number(amount.missing)}"
            yield text if amount is found else f"{STATUS[amount.status][0]}: {amount.text}: {text}"

    def _closing(self, found: Finding, indent: int) -> Iterator[Line]:
        for option in found.options[:_MOST_WAYS]:
            yield Line(option_words(option), indent, "- ")
        if len(found.options) > _MOST_WAYS:
            more = len(found.options) - _MOST_WAYS
            yield Line(f"and {more} more {'way' if more == 1 else 'ways'}, see --json", indent, "- ", "quiet")

    def cite(self, found: Finding) -> str:
        numbers = self.numbers.cite(found.sources)
        sure = f", {found.confidence} confidence" if found.confidence and found.confidence != "high" else ""
        return f"({_ASKED_BY[found.asked_by]}{sure}) {numbers}".strip()

    def tree(self, group: Finding, indent: int) -> Iterator[Line]:
        """What stands below a group, with its alternatives kept apart."""
        if group.note:
            yield Line(group.note, indent, tone="quiet")
        for child in (self.by_id[name] for name in group.children):
            word, tone = STATUS[child.status]
            if child.kind in GROUP_WORDS:
                yield Line(f"{GROUP_WORDS[child.kind]}:", indent, word.ljust(MARK_WIDTH), tone)
                yield from self.tree(child, indent + MARK_WIDTH)
            else:
                yield Line(f"{child.text} {self.cite(child)}", indent, word.ljust(MARK_WIDTH), tone)
                yield from (Line(amount, indent + MARK_WIDTH) for amount in self._amounts(child))

    def branch(self, found: Finding) -> str:
        if found.kind not in GROUP_WORDS:
            return found.text
        word = {"all_of": " and ", "any_of": " or ", "at_least": ", "}[found.kind]
        return word.join(
            f"({inner})" if self.by_id[child].kind in ("all_of", "any_of") and word != ", " else inner
            for child in found.children
            if (inner := self.branch(self.by_id[child]))
        )

    def leaves(self, found: Finding) -> Iterable[Finding]:
        if found.kind not in GROUP_WORDS:
            return [found]
        return [leaf for child in found.children for leaf in self.leaves(self.by_id[child])]


def _number(value: float | Between) -> str:
    if isinstance(value, Between):
        if value.most is None:
            return f"at least {number(value.least)} (how much more is not known)"
        return f"between {number(value.least)} and {number(value.most)}"
    return number(value)


def _need(value: float | Between, unit: str) -> str:
    return f"{_number(value)} {unit}" if isinstance(value, Between) else count(value, unit)


def option_words(option: Option) -> str:
    """A way to close a gap, with its time and price as far as known."""
    months, cost = option.months, option.cost_usd
    parts = [option.text]
    if option.action in ("apply", "renew"):
        return option.text
    if months.low is not None and months.low > 0:
        parts.append(span_words(months.low, months.high if months.high is not None else months.low))
    elif months.low is None:
        parts.append("time not known")
    if cost.low is not None:
        high = cost.high if cost.high is not None else cost.low
        parts.append(money(cost.low, high))
    elif option.action not in ("confirm", "post", "references", "volunteering"):
        parts.append("price not known")
    return ", ".join(parts)


def span_words(low: float, high: float) -> str:
    """Months in words; below one month, whole weeks."""
    if high < 1:
        return count(math.ceil(low * _WEEKS_A_MONTH), "weeks")
    return f"{number(low) if low == high else f'{number(low)} to {number(high)}'} months"


def money(low: float, high: float) -> str:
    """US dollars in whole numbers; a range where there is one."""
    return f"${low:,.0f}" if low == high else f"${low:,.0f} to ${high:,.0f}"
