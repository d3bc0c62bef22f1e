"""What to ask, the question that decides most first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsm_planner.engine.items import Item
from hsm_planner.engine.result import Asked
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.evidence import Question
from hsm_planner.values.truth import Status


def questions(root: Item, beside: Sequence[Item], words: Vocabulary) -> tuple[Asked, ...]:
    """Every open question once, with the findings that it would settle.

    Order: a question that alone leaves nothing unknown on the path comes first; then those that settle more on the
    path, then more in all, then as they come up. What nearly everybody answers with yes stands last.
    """
    settles: dict[str, list[Item]] = {}
    texts: dict[str, Question] = {}
    for item in [*_open(root), *(item for tree in beside for item in _open(tree))]:
        asked = [*item.known.guard_questions, *(item.known.outcome.questions if item.known.outcome else ())]
        for question in asked:
            texts.setdefault(question.id, question)
            found = settles.setdefault(question.id, [])
            if item not in found:
                found.append(item)
    own = {id(item) for item in root.walk(beneath=False)}
    open_leaves = {id(item) for item in root.leaves() if item.on_path and item.status is Status.UNKNOWN}
    order = {name: index for index, name in enumerate(texts)}

    def rank(name: str) -> tuple[bool, bool, int, int, int]:
        items = settles[name]
        mine = {id(item) for item in items if item.on_path and id(item) in own}
        decides = bool(open_leaves) and open_leaves <= mine
        return (texts[name].usual, not decides, -len(mine), -len(items), order[name])

    return tuple(
        Asked.model_construct(
            id=name,
            text=texts[name].text,
            why=texts[name].why or _why(settles[name], words),
            answers=texts[name].answers,
            settles=tuple(item.id for item in settles[name]),
            whom=texts[name].whom or None,
            usual=texts[name].usual,
        )
        for name in sorted(texts, key=rank)
    )


def _open(item: Item) -> Iterator[Item]:
    """What is unknown and can still change something: nothing below a node that is met."""
    if item.status in (Status.MET, Status.NOT_APPLICABLE) and not item.known.undecided:
        return
    if item.status is Status.UNKNOWN:
        yield item
    for child in item.children:
        yield from _open(child)
    if item.beneath is not None:
        yield from _open(item.beneath)


def _why(items: Sequence[Item], words: Vocabulary) -> str:
    """What the answer would settle, in the words of the first requirement."""
    first, *others = [item for item in items if item.on_path] or list(items)
    more = f", and {len(others)} more" if others else ""
    return f"It settles: {first.node.sentence(words)}{more}."
