"""What of a rule speaks of something: its leaves, with every "one of these" around them kept whole.

**Why** whole: of a rule that takes a degree or ten years of work, the degree alone would read as if nobody came in
without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hsm_planner.engine.describe import Sentence, rules_of, trees_of
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.planner.told import Told, lead, say, unknown
from hsm_planner.requirements.base import Dimension, Leaf, count
from hsm_planner.requirements.plain import NothingAskedLeaf, StatementLeaf, UnreadLeaf
from hsm_planner.requirements.rules import AmountNotFoundLeaf, walk
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.dates import Date
from hsm_planner.values.record import record

_ABOUT: dict[Dimension, tuple[str, ...]] = {
    "education": ("degree", "credits"),
    "experience": ("experience",),
    "license": ("license", "certification"),
    "other": (),
}


@record
class Wanted:
    """Which leaves are asked for: those of some kinds, or those that speak of some words; with neither, all."""

    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def all(self) -> bool:
        return not self.kinds and not self.words

    def takes(self, leaf: Leaf, vocabulary: Vocabulary) -> bool:
        """Whether a leaf is one of them."""
        if self.words:
            question = vocabulary.label("statement", leaf.statement) if isinstance(leaf, StatementLeaf) else ""
            return self.speaks(f"{leaf.sentence(vocabulary)} {leaf.note or ''} {question}")
        if isinstance(leaf, UnreadLeaf | NothingAskedLeaf):
            return self.all or bool(set(_ABOUT[leaf.about]) & set(self.kinds))
        of = leaf.for_ if isinstance(leaf, AmountNotFoundLeaf) else leaf
        return self.all or getattr(of, "kind", "") in self.kinds

    def speaks(self, text: str) -> bool:
        """Whether a text speaks of the words."""
        low = text.lower()
        return any(word in low for word in self.words)


@dataclass
class _Point:
    sentence: Sentence
    leaf: Leaf | None
    taken: bool
    below: list[_Point] = field(default_factory=list)

    def leaves(self) -> Iterator[_Point]:
        if not self.below:
            yield self
        for point in self.below:
            yield from point.leaves()

    @property
    def holds(self) -> bool:
        return any(leaf.taken for leaf in self.leaves())


@record
class Excerpt:
    """The part of one tree of a rule that was asked for. ``unread``: whether some of the tree was not read."""

    name: str
    told: tuple[Told, ...]
    unread: bool


def excerpts(
    knowledge: Knowledge, entry: Entry, wanted: Wanted, as_of: Date, state: str | None, *, depth: int
) -> Iterator[Excerpt]:
    """The part of each tree of an entry that was asked for; ``told`` is empty where there is nothing of it."""
    leaves = {node.id: node for _, rule in rules_of(knowledge, entry) for node in walk(rule) if isinstance(node, Leaf)}
    for tree in trees_of(knowledge, entry, as_of, state):
        root = _points(tree.sentences, leaves, wanted, knowledge.vocabulary)
        told = tuple(_once(_lines(root, depth, wanted))) if root.holds else ()
        yield Excerpt(tree.name, told, any(isinstance(point.leaf, UnreadLeaf) for point in root.leaves()))


def _once(told: Iterator[Told]) -> Iterator[Told]:
    """Of two in a row that tell the same, one."""
    before: Told | None = None
    for one in told:
        if one != before:
            yield one
        before = one


def _points(
    sentences: tuple[Sentence, ...], leaves: Mapping[str, Leaf], wanted: Wanted, vocabulary: Vocabulary
) -> _Point:
    above: list[_Point] = []
    for sentence in sentences:
        leaf = leaves.get(sentence.id)
        point = _Point(sentence, leaf, leaf is not None and wanted.takes(leaf, vocabulary))
        del above[sentence.depth :]
        if above:
            above[-1].below.append(point)
        above.append(point)
    return above[0]


def _lines(point: _Point, depth: int, wanted: Wanted) -> Iterator[Told]:
    """A point that holds something asked for, and what is kept below it."""
    if not point.below:
        yield _leaf(point, depth, "")
    elif point.sentence.kind != "all_of":
        yield lead(f"{point.sentence.text}:", depth, point.sentence.note)
        for way in point.below:
            yield from _lines(way, depth + 1, wanted) if way.holds else _other_way(way, depth + 1, wanted)
    else:
        kept = [child for child in point.below if child.holds]
        rest = _rest([child for child in point.below if not child.holds])
        if len(kept) == 1 and not kept[0].below:
            yield _leaf(kept[0], depth, f" (beside it {rest})" if rest else "")
        else:
            beside = f", beside {rest}" if rest else ""
            yield lead(f"{point.sentence.text}{beside}:", depth, point.sentence.note)
            for child in kept:
                yield from _lines(child, depth + 1, wanted)


def _other_way(way: _Point, depth: int, wanted: Wanted) -> Iterator[Told]:
    """A way that asks nothing of what was asked for: whole, as it may be the way in."""
    if wanted.words:
        yield lead("another way: nothing of this was seen on it", depth)
        return
    yield from _whole(way, depth)


def _whole(point: _Point, depth: int) -> Iterator[Told]:
    if not point.below:
        yield _leaf(point, depth, "")
        return
    yield lead(f"{point.sentence.text}:", depth, point.sentence.note)
    for child in point.below:
        yield from _whole(child, depth + 1)


def _leaf(point: _Point, depth: int, beside: str) -> Told:
    sentence = point.sentence
    form = unknown if isinstance(point.leaf, UnreadLeaf) else say
    return form(f"{sentence.text}{beside}", sentence.sources, depth, sentence.note)


def _rest(points: list[_Point]) -> str:
    """How many leaves were left out, and how many of them were not read."""
    leaves = [leaf for point in points for leaf in point.leaves() if not isinstance(leaf.leaf, NothingAskedLeaf)]
    unread = sum(isinstance(leaf.leaf, UnreadLeaf) for leaf in leaves)
    if not leaves:
        return ""
    return f"{count(len(leaves), 'more points')} not shown here" + (f", {unread} of them not read" if unread else "")
