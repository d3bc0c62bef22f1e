"""What to do next, and what the gaps cost: drawn from the findings, the free things first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hsm_planner.engine.result import Asked, CostLeft, Finding, NextStep, Option
from hsm_planner.values.truth import Status

MOST_STEPS = 3
# Ways to close a gap for which nobody sends a bill.
FREE_ACTIONS = frozenset({"confirm", "post", "references", "volunteering"})
_NOT_READ = ("unread", "amount_not_found")
_HELD_BY_ITS_RULE = ("apply", "renew")  # its rule stands beneath, with gaps of its own


def cost_left(findings: Mapping[str, Finding], gaps: Iterable[str]) -> CostLeft:
    """The prices of the gaps as far as known, each closed in the way that is named first; one way pays once."""
    low = high = 0.0
    unpriced: list[str] = []
    seen: set[str] = set()
    for found in (findings[id_] for id_ in gaps):
        option = found.options[0] if found.options else None
        if option is not None and (option.action in FREE_ACTIONS or option.text in seen):
            continue
        if option is None or option.cost_usd.low is None:
            unpriced.append(found.id)
            continue
        seen.add(option.text)
        low += option.cost_usd.low
        high += option.cost_usd.high if option.cost_usd.high is not None else option.cost_usd.low
    return CostLeft.model_construct(known_low=round(low, 2), known_high=round(high, 2), unpriced=tuple(unpriced))


def next_steps(
    findings: Mapping[str, Finding], gaps: Sequence[str], questions: Sequence[Asked], root: str
) -> tuple[NextStep, ...]:
    """At most three things to do: what one can answer or ask for nothing, then the gaps, those with no bill first."""
    own = [found for found in findings.values() if _root(found, findings) == root]
    inside = {found.id for found in own}
    asked = [question for question in questions if inside & set(question.settles)]
    personal = [_answer(question) for question in asked if not question.usual and question.whom is None]
    elsewhere = [_answer(question) for question in asked if not question.usual and question.whom is not None]
    elsewhere += _ask(own)
    todo = [_do(found, found.options[0]) for found in map(findings.__getitem__, gaps) if found.options]
    todo = [step for step in todo if step.option is None or step.option.action not in _HELD_BY_ITS_RULE]
    usual = [question for question in asked if question.usual]
    steps = [*personal[:1], *elsewhere[:1], *sorted(todo, key=_billed), *personal[1:], *elsewhere[1:]]
    steps += [_confirm(usual)] if usual else []
    return tuple(sorted(steps[:MOST_STEPS], key=_billed))


def _billed(step: NextStep) -> bool:
    return not step.free


def _root(found: Finding, findings: Mapping[str, Finding]) -> str:
    return found.id if found.parent is None else _root(findings[found.parent], findings)


def _answer(question: Asked) -> NextStep:
    text = f"Ask {question.whom}: {question.text}" if question.whom else f"Answer: {question.text}"
    return NextStep.model_construct(text=text, free=True, settles=question.settles, option=None)


def _ask(findings: Iterable[Finding]) -> list[NextStep]:
    """One question to each office for all that was not read or not found on the path."""
    blank: dict[str, list[Finding]] = {}
    for found in findings:
        if found.on_path and found.kind in _NOT_READ and found.status is Status.UNKNOWN and found.ask_whom:
            blank.setdefault(found.ask_whom, []).append(found)
    return [
        NextStep.model_construct(
            text=f"Ask {whom}: {'; '.join(one.text.removeprefix('not read: ') for one in found)}.",
            free=True,
            settles=tuple(one.id for one in found),
            option=None,
        )
        for whom, found in blank.items()
    ]


def _confirm(questions: Sequence[Asked]) -> NextStep:
    return NextStep.model_construct(
        text=f"Confirm what nearly everybody can: {' '.join(question.text for question in questions)}",
        free=True,
        settles=tuple(id_ for question in questions for id_ in question.settles),
        option=None,
    )


def _do(found: Finding, option: Option) -> NextStep:
    free = option.action in FREE_ACTIONS
    return NextStep.model_construct(text=option.text, free=free, settles=(found.id,), option=option)
