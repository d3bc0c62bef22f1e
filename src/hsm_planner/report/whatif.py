"""What would change, as text."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.result import TargetSummary
from hsm_planner.planner.result import PlanDifference
from hsm_planner.planner.whatif import Side, WhatIf
from hsm_planner.report.follow import difference_lines
from hsm_planner.report.lines import Line, Tone, overlay_lines
from hsm_planner.report.moments import day_text
from hsm_planner.requirements.base import count
from hsm_planner.values.truth import Status, Verdict

_NOT_PROVEN = " Of the two not each is proven the best, so what is added may seem to make it worse."
_VERDICTS = {Verdict.READY: "everything is met", Verdict.NOT_READY: "not yet", Verdict.UNKNOWN: "not known"}
_WORDS = {
    Status.MET: "met",
    Status.PARTLY: "met in part",
    Status.UNMET: "to do",
    Status.UNKNOWN: "not known",
    Status.NOT_APPLICABLE: "not asked",
}


def whatif_lines(result: WhatIf) -> Iterator[Line]:
    """The whole answer."""
    place = f", {result.target.place}" if result.target.place else ""
    yield Line(f"What if > {result.target.title}{place}    as of {result.as_of}", tone="title")
    yield from overlay_lines(result.knowledge.overlays)
    yield from (Line(text, 2, "+ ") for text in result.changes)
    yield Line()
    old, new = _verdict(result.old), _verdict(result.new)
    told = f"{new[:1].upper()}{new[1:]}"
    yield Line(f"{told}, as today." if old == new else f"{told}; today: {old}.", tone=_tone(result.new))
    before, after = len(result.old.to_do), len(result.new.to_do)
    yield Line(f"To do: {after} instead of {before}." if after != before else f"To do: {after}, as today.")
    if result.target.id != result.target_today.id:
        yield Line(
            f"Another rule: {_named(result.target)}, in the place of {_named(result.target_today)}.", tone="open"
        )
        yield from (Line(f"to do there: {text}", 2, "- ") for text in result.new.to_do)
    yield from (Line(text, mark="note     ") for text in result.warnings)
    if result.findings:
        yield Line()
        yield Line("What changes", tone="title")
        for one in result.findings:
            yield Line(f"{one.text}: {_word(one.new)}, today {_word(one.old)}", 2, "- ")
    yield Line()
    yield Line("The plan", tone="title")
    proven = {result.plan.old_status, result.plan.new_status} <= {"optimal", "done", "impossible"}
    yield Line(f"{_plan(result.plan)}{'' if proven else _NOT_PROVEN}", 2)
    yield from difference_lines(result.plan, result.plan_texts)
    yield Line()
    yield Line("Nothing was written.", tone="quiet")


def _named(target: TargetSummary) -> str:
    return f"{target.title}{f', {target.place}' if target.place else ''}"


def _verdict(side: Side) -> str:
    if side.verdict is not side.if_confirmed and side.if_confirmed is Verdict.READY:
        return "met once something is confirmed"
    return _VERDICTS[side.verdict]


def _tone(side: Side) -> Tone:
    tones: dict[Verdict, Tone] = {Verdict.READY: "good", Verdict.NOT_READY: "todo", Verdict.UNKNOWN: "open"}
    return tones[side.verdict]


def _word(status: Status | None) -> str:
    return "not asked" if status is None else _WORDS.get(status, status.value)


def _plan(change: PlanDifference) -> str:
    if change.new_finish is None:
        return {"done": "Nothing would be left to do."}.get(change.new_status, "No plan that we know.")
    if change.old_finish is None or change.months_later is None:
        return f"Until {day_text(change.new_finish)}; today no plan is known."
    if not change.months_later:
        return f"As soon as today's: {day_text(change.new_finish)}."
    word = "later" if change.months_later > 0 else "sooner"
    months = count(abs(change.months_later), "months")
    return f"{months} {word}: {day_text(change.new_finish)} instead of {day_text(change.old_finish)}."
