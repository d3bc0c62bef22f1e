"""What to ask, the question that decides most first."""

from __future__ import annotations

from collections.abc import Sequence

from hsm_planner.engine.items import Item
from hsm_planner.engine.result import Asked
from hsm_planner.values.evidence import Question
from hsm_planner.values.truth import Status


def questions(root: Item, beside: Sequence[Item]) -> tuple[Asked, ...]:
    """Every open question once, with the findings that it would settle.

    Order: a question that alone leaves nothing unknown on the path comes first; then those that settle more on the
    path, then more in all, then as they come up.
    """
    settles: dict[str, list[Item]] = {}
    texts: dict[str, Question] = {}
    for item in [*root.walk(), *(item for tree in beside for item in tree.walk())]:
        if item.status is not Status.UNKNOWN:
            continue
        asked = [*item.known.guard_questions, *(item.known.outcome.questions if item.known.outcome else ())]
        for question in asked:
            texts.setdefault(question.id, question)
            found = settles.setdefault(question.id, [])
            if item not in found:
                found.append(item)
    own = {id(item) for item in root.walk(beneath=False)}
    open_leaves = {id(item) for item in root.leaves() if item.on_path and item.status is Status.UNKNOWN}
    order = {name: index for index, name in enumerate(texts)}

    def rank(name: str) -> tuple[bool, int, int, int]:
        items = settles[name]
        mine = {id(item) for item in items if item.on_path and id(item) in own}
        decides = bool(open_leaves) and open_leaves <= mine
        return (not decides, -len(mine), -len(items), order[name])

    return tuple(
        Asked(
            id=name,
            text=texts[name].text,
            why=texts[name].why or _why(settles[name]),
            answers=texts[name].answers,
            settles=tuple(item.id for item in settles[name]),
        )
        for name in sorted(texts, key=rank)
    )


def _why(items: Sequence[Item]) -> str:
    names = [item.id for item in items if item.on_path] or [item.id for item in items]
    return f"It settles {names[0]}" + (f" and {len(names) - 1} more." if len(names) > 1 else ".")
