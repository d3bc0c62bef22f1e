"""Continuing education: hours by topic, kind and provider, inside a window, in parts."""

import itertools
import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hsm_planner.requirements.base import Context, Id, Leaf, Outcome, Part, Span, Strict, count, listed
from hsm_planner.requirements.events import Event, event_day
from hsm_planner.requirements.numeric import Amount, exact, gather, unknown
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.amounts import Range
from hsm_planner.values.evidence import NO, YES, Claim, Evidence, Question
from hsm_planner.values.timeline import Learning
from hsm_planner.values.truth import Status, Strength

_MOST_ARRANGEMENTS = 4096
LEARNING = Question("learning", "What continuing education have you done: hours, topic, provider, date?")


class Hours(Strict):
    hours: Annotated[float, Field(gt=0)]


class _Match(Strict):
    """Which items of continuing education are meant."""

    topics: tuple[Id, ...] = ()
    kinds: tuple[Id, ...] = ()
    providers: tuple[Id, ...] = ()

    def fits(self, item: Learning, vocabulary: Vocabulary) -> Claim:
        """How surely an item is meant; a field that decides and is absent is possible."""
        claim = YES
        for wanted, value, key in (
            (vocabulary.topics_below(self.topics) if self.topics else frozenset(), item.topic, "topic"),
            (frozenset(self.kinds), item.kind, "kind"),
            (frozenset(self.providers), item.provider, "provider"),
        ):
            if not wanted:
                continue
            if value is None:
                text = f"What was the {key} of this: {item.text}?"
                claim = claim.also(Claim.possible(Question(f"{item.pointer}.{key}", text)))
            elif value not in wanted:
                return NO
        return claim

    def match_words(self, vocabulary: Vocabulary) -> str:
        words: list[str] = []
        if self.kinds:
            words.append(listed([vocabulary.label("learning_kind", kind) for kind in self.kinds]))
        if self.providers:
            words.append("by " + listed([vocabulary.label("organization", name) for name in self.providers]))
        if self.topics:
            words.append("in " + listed([vocabulary.label("topic", topic) for topic in self.topics]))
        return ", ".join(words)


class InnerPart(_Match):
    """A least amount inside a part."""

    id: Id
    at_least: Hours

    def words(self, vocabulary: Vocabulary) -> str:
        return f"of these {count(self.at_least.hours, 'hours')} {self.match_words(vocabulary)}"


class LearningPart(_Match):
    """A share of the hours, with a least or a most."""

    id: Id
    rest: bool = False
    at_least: Hours | None = None
    at_most: Hours | None = None
    parts: tuple[InnerPart, ...] = ()

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.at_least is None and self.at_most is None:
            msg = "a part needs at_least or at_most"
            raise ValueError(msg)
        return self

    def words(self, vocabulary: Vocabulary) -> str:
        least = f"at least {count(self.at_least.hours, 'hours')}" if self.at_least else ""
        most = f"at most {count(self.at_most.hours, 'hours')}" if self.at_most else ""
        bounds = " and ".join(bound for bound in (least, most) if bound)
        words = f"{bounds} {'other' if self.rest else self.match_words(vocabulary)}"
        return ", ".join([words, *(part.words(vocabulary) for part in self.parts)])


class LearningLeaf(_Match, Leaf):
    """Hours of continuing education."""

    kind: Literal["learning"] = "learning"
    at_least: Hours | None = None
    within: Span | None = None
    before: Event | None = None
    parts: tuple[LearningPart, ...] = ()

    @model_validator(mode="after")
    def _parts_of_something(self) -> Self:
        if self.parts and self.at_least is None:
            msg = "parts need at_least: they are parts of that amount"
            raise ValueError(msg)
        return self

    def outcome(self, context: Context) -> Outcome:
        items = context.timeline.learning
        if items is None:
            return unknown(LEARNING)
        vocabulary = context.vocabulary
        claims = [self.fits(item, vocabulary).also(self._dated(item, context)) for item in items]
        shown = [
            (item, claim) for item, claim in zip(items, claims, strict=True) if claim.strength is not Strength.NONE
        ]
        evidence = tuple(Evidence(item.pointer, item.text, claim.strength) for item, claim in shown)
        questions = list(dict.fromkeys(q for _, claim in shown for q in claim.open_questions()))
        certain = [item for item, claim in shown if claim.strength.counts(confirmed=context.confirmed)]
        possible = [item for item, _ in shown]
        if self.at_least is None:
            status = Status.MET if certain else Status.UNKNOWN if possible else Status.UNMET
            return Outcome(status, evidence=evidence, questions=tuple(questions) if status is Status.UNKNOWN else ())
        for part in self.parts:
            for item in possible:
                questions += part.fits(item, vocabulary).open_questions()
        have = self._range(certain, possible, vocabulary, None)
        amount = Amount(f"{self.id}.amount", self._total_words(), have, _need(self.at_least), "hours")
        parts = [Part(amount.id, amount.text, amount.outcome(questions))]
        for part in self.parts:
            if part.at_least:
                held = self._range(certain, possible, vocabulary, part)
                found = Amount(part.id, part.words(vocabulary), held, _need(part.at_least), "hours")
                parts.append(Part(part.id, found.text, found.outcome(questions)))
            for inner in part.parts:
                held = Range(
                    _sum(
                        item
                        for item in self._of(part, certain, vocabulary, sure=True)
                        if _sure(inner, item, vocabulary)
                    ),
                    _sum(
                        item
                        for item in self._of(part, possible, vocabulary, sure=False)
                        if _may(inner, item, vocabulary)
                    ),
                )
                found = Amount(inner.id, inner.words(vocabulary), held, _need(inner.at_least), "hours")
                parts.append(Part(inner.id, found.text, found.outcome(questions)))
        return gather(parts, evidence, questions)

    def _dated(self, item: Learning, context: Context) -> Claim:
        """Whether the item lies in the window, up to ``as_of``."""
        when = Question(f"{item.pointer}.date", f"On which day was this: {item.text}?")
        stop = anchor = late = context.as_of
        if self.before is not None:
            found = event_day(self.before, context)
            if found.earliest is not None and not found.silent:
                anchor, late = found.earliest, min(found.latest or stop, stop)
        if item.date is None:
            return Claim.possible(when) if self.within or self.before else YES
        first = self.within.length.before(anchor) if self.within else None
        surely_from = self.within.length.before(late) if self.within else None
        if item.date.earliest > stop or (first is not None and item.date.latest < first):
            return NO
        certain = item.date.latest <= stop and (surely_from is None or item.date.earliest >= surely_from)
        return YES if certain else Claim.possible(when)

    def _of(
        self, part: LearningPart, items: Sequence[Learning], vocabulary: Vocabulary, *, sure: bool
    ) -> list[Learning]:
        """The items that belong to a part: the first that fits them takes them.

        An item that may be another part's is not surely this one's, and may be this one's all the same.
        """
        taken: list[Learning] = []
        for item in items:
            strengths = [_part_claim(other, item, vocabulary) for other in self.parts]
            index = self.parts.index(part)
            earlier = strengths[:index]
            if sure:
                belongs = strengths[index] >= Strength.ASSUMED and all(s is Strength.NONE for s in earlier)
            else:
                belongs = strengths[index] >= Strength.POSSIBLE and all(s < Strength.ASSUMED for s in earlier)
            if belongs:
                taken.append(item)
        return taken

    def _range(
        self,
        certain: Sequence[Learning],
        possible: Sequence[Learning],
        vocabulary: Vocabulary,
        part: LearningPart | None,
    ) -> Range:
        """Hours of one part, or of the whole with every part cut at its most."""
        if part is not None:
            least = _sum(self._of(part, certain, vocabulary, sure=True))
            most = _sum(self._of(part, possible, vocabulary, sure=False))
            return Range(_cut(part, least), _cut(part, most))
        least = self._capped(certain, vocabulary, sure=True)
        most = self._capped(possible, vocabulary, sure=False)
        return Range(least, max(least, most))

    def _capped(self, items: Sequence[Learning], vocabulary: Vocabulary, *, sure: bool) -> Fraction:
        """The whole: what the parts hold, cut, and what belongs to none.

        Where it is open to which part an item belongs, the least takes the arrangement that counts least (the item
        under the tightest cut), the most the one that counts most (outside every cut it need not be under).
        """
        if not any(part.at_most for part in self.parts):
            return _sum(items)
        options = [self._places(item, vocabulary) for item in items]
        ways = math.prod(len(places) for places in options)
        if ways > _MOST_ARRANGEMENTS:
            return self._bound(items, options, sure=sure)
        totals = (self._total(items, arrangement) for arrangement in itertools.product(*options))
        return min(totals) if sure else max(totals)

    def _total(self, items: Sequence[Learning], arrangement: Sequence[int]) -> Fraction:
        """What an arrangement comes to: each part cut at its most, and what belongs to none."""
        total = Fraction(0)
        for place in range(len(self.parts) + 1):
            held = _sum(item for item, at in zip(items, arrangement, strict=True) if at == place)
            total += _cut(self.parts[place], held) if place < len(self.parts) else held
        return total

    def _bound(self, items: Sequence[Learning], options: Sequence[list[int]], *, sure: bool) -> Fraction:
        """Too many arrangements to try: a bound that errs on the open side.

        Least: items of an open place do not count; most: they count in full.
        """
        placed = [(item, places[0]) for item, places in zip(items, options, strict=True) if len(places) == 1]
        total = self._total([item for item, _ in placed], [place for _, place in placed])
        if sure:
            return total
        return total + _sum(item for item, places in zip(items, options, strict=True) if len(places) > 1)

    def _places(self, item: Learning, vocabulary: Vocabulary) -> list[int]:
        """The parts an item may belong to; one past the last means none."""
        places: list[int] = []
        for index, part in enumerate(self.parts):
            strength = _part_claim(part, item, vocabulary)
            if strength >= Strength.POSSIBLE:
                places.append(index)
            if strength >= Strength.ASSUMED:
                return places
        return [*places, len(self.parts)]

    def _total_words(self) -> str:
        return count(self.at_least.hours, "hours") if self.at_least else ""

    def sentence(self, vocabulary: Vocabulary) -> str:
        text = "continuing education"
        if self.at_least:
            text = f"{self._total_words()} of {text}"
        matched = self.match_words(vocabulary)
        text += f" {matched}" if matched else ""
        if self.within:
            anchor = f" before {self.before.words()}" if self.before else ""
            text += f", within the {'' if anchor else 'last '}{self.within.words()}{anchor}"
        return "; ".join([text, *(part.words(vocabulary) for part in self.parts)])


def _need(hours: Hours) -> Range:
    return Range.exact(exact(hours.hours))


def _sum(items: Iterable[Learning]) -> Fraction:
    return sum((item.hours for item in items), Fraction(0))


def _cut(part: LearningPart, hours: Fraction) -> Fraction:
    return min(hours, exact(part.at_most.hours)) if part.at_most else hours


def _part_claim(part: LearningPart, item: Learning, vocabulary: Vocabulary) -> Strength:
    return Strength.STATED if part.rest else part.fits(item, vocabulary).strength


def _sure(part: _Match, item: Learning, vocabulary: Vocabulary) -> bool:
    return part.fits(item, vocabulary).strength >= Strength.ASSUMED


def _may(part: _Match, item: Learning, vocabulary: Vocabulary) -> bool:
    return part.fits(item, vocabulary).strength >= Strength.POSSIBLE
