"""Amounts inside an experience rule: nested, the latest ones, or apart from each other."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from hsm_planner.requirements.base import Context, Id, Outcome, Part, Span, Strict, listed
from hsm_planner.requirements.durations import Duration
from hsm_planner.requirements.numeric import Amount, exact
from hsm_planner.requirements.posts import Items, Measure, PostConditions, open_ended, restrict, subtract
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.amounts import Range, compare
from hsm_planner.values.dates import Date
from hsm_planner.values.evidence import Claim, Question
from hsm_planner.values.flow import share
from hsm_planner.values.lengths import Interval, merge
from hsm_planner.values.record import record
from hsm_planner.values.timeline import Post
from hsm_planner.values.truth import Status, Strength


class ExperiencePart(Strict):
    """An amount inside an experience rule; it looks only at days that count for the rule itself."""

    id: Id
    of: tuple[Id, ...] = ()
    where: PostConditions | None = None
    at_least: Duration
    within: Span | None = None
    latest: bool = False
    full_time: Literal[True, "any"] | None = None

    def words(self, vocabulary: Vocabulary) -> str:
        """The part as the end of a sentence: "of these 3 years in supervision"."""
        amount = self.at_least.words()
        pieces = [f"the latest {amount}" if self.latest else amount]
        pieces += [f"of {kinds_words(self.of, vocabulary)}"] if self.of else []
        pieces += [self.where.words(vocabulary)] if self.where else []
        pieces += ["full time"] if self.full_time is True else []
        pieces += [f"within the last {self.within.words()}"] if self.within else []
        return " ".join(piece for piece in pieces if piece)


def kinds_words(kinds: Sequence[str], vocabulary: Vocabulary) -> str:
    """Kinds of experience in words."""
    return listed([vocabulary.label("kind", kind) for kind in kinds])


@record
class World:
    """One reading of the profile: what certainly counts for a rule, or what may."""

    items: Items  # after windows and runs
    windows_from: Date  # the day from which windows are measured back


@record
class PartReader:
    """Reads the parts of one rule for one person."""

    measure: Measure
    parts: Sequence[ExperiencePart]
    context: Context
    claims: Sequence[Claim]  # per post, for the rule itself
    certain: World
    possible: World
    questions: tuple[Question, ...]

    @property
    def posts(self) -> Sequence[Post]:
        return self.context.timeline.posts or ()

    def nested(self) -> list[Part]:
        """Each part on its own; the same day may count for several."""
        result: list[Part] = []
        for part in self.parts:
            measure = self._measure(part)
            least, most = (self._items(part, surely=surely) for surely in (True, False))
            units = part.at_least.units()
            for unit, value in units:
                have = Range(
                    measure.amount(measure.counted(least, self.posts), self.posts, unit),
                    measure.amount(measure.counted(most, self.posts), self.posts, unit),
                    open=open_ended(most, self.posts),
                )
                id_ = part.id if len(units) == 1 else f"{part.id}.{unit}"
                text = part.words(self.context.vocabulary)
                amount = Amount(id_, text, ordered(have), Range.exact(exact(value)), unit)
                result.append(Part(id_, text, amount.outcome(self._asked())))
        return result

    def disjoint(self) -> tuple[Status, list[Part]]:
        """Parts that share no day, placed so that the most is placed in all; the status is that of the whole."""
        unit = self.parts[0].at_least.units()[0][0]
        needs = [exact(part.at_least.units()[0][1]) for part in self.parts]
        least_total, least = self._placed(needs, unit, surely=True)
        most_total, most = self._placed(needs, unit, surely=False)
        whole = Range.exact(sum(needs, Fraction(0)))
        together = compare(Range(least_total, max(least_total, most_total)), whole)
        result: list[Part] = []
        for index, part in enumerate(self.parts):
            have, need = ordered(Range(least[index], most[index])), Range.exact(needs[index])
            status = compare(have, need) if together.false else together
            text = part.words(self.context.vocabulary)
            asked = self._asked() if status is Status.UNKNOWN else ()
            result.append(Part(part.id, text, Outcome(status, have, need, unit, questions=asked)))
        return together, result

    def _asked(self) -> tuple[Question, ...]:
        inner = (claim for part in self.parts for claim in self._claims(part))
        return (*dict.fromkeys(question for claim in inner for question in claim.open_questions()), *self.questions)

    def _measure(self, part: ExperiencePart) -> Measure:
        return self.measure if part.full_time is None else self.measure.model_copy(update={"full_time": part.full_time})

    def _claims(self, part: ExperiencePart) -> list[Claim]:
        wanted = self.context.vocabulary.kinds_below(part.of)
        result = []
        for post, outer in zip(self.posts, self.claims, strict=True):
            claim = outer.also(post.kind(wanted)) if part.of else outer
            result.append(claim.also(part.where.claim(post)) if part.where else claim)
        return result

    def _items(self, part: ExperiencePart, *, surely: bool) -> Items:
        """The days of the rule itself on which a post fits the part."""
        world, other = (self.certain, self.possible) if surely else (self.possible, self.certain)
        measure, claims = self._measure(part), self._claims(part)

        def fits(index: int) -> bool:
            strength = claims[index].strength
            counts = strength.counts(confirmed=self.context.confirmed) if surely else strength >= Strength.POSSIBLE
            return counts and measure.keeps(self.posts[index])

        items = [(index, days) for index, days in world.items if fits(index)]
        if part.latest:
            # Least: every day that may be the rule's but is not surely the part's ends the run-up; most: the reverse.
            others = subtract((days for _, days in other.items), (days for _, days in items))
            if others:
                items = restrict(items, [Interval(others[-1].stop, Date.max)])
        if part.within is not None:
            items = restrict(items, [Interval(part.within.length.before(world.windows_from), Date.max)])
        return items

    def _placed(self, needs: Sequence[Fraction], unit: str, *, surely: bool) -> tuple[Fraction, list[Fraction]]:
        rows = [self._items(part, surely=surely) for part in self.parts]
        union = _pieces([item for row in rows for item in row])
        counted = self.measure.counted(union, self.posts)
        supplies = self.measure.supplies(counted, self.posts, unit)
        fits = [
            frozenset(n for n, row in enumerate(rows) if _on(row, counted[supply.group].interval, supply.post))
            for supply in supplies
        ]
        return share(supplies, needs, fits)


def _pieces(items: Items) -> Items:
    """Each post's days once, cut wherever a window begins or ends."""
    edges = sorted({day for _, days in items for day in (days.start, days.stop)})
    pieces: Items = []
    for post in dict.fromkeys(post for post, _ in items):
        for run in merge(days for other, days in items if other == post):
            inside = [run.start, *(edge for edge in edges if run.start < edge < run.stop), run.stop]
            pieces += [(post, Interval(left, right)) for left, right in pairwise(inside)]
    return pieces


def _on(row: Items, days: Interval, post: int) -> bool:
    """Whether a row of items has the post on these days."""
    return any(
        number == post and interval.start <= days.start and days.stop <= interval.stop for number, interval in row
    )


def ordered(have: Range) -> Range:
    """Least above most can come of a rule that looks at the latest posts only: then both are possible."""
    return have if have.least <= have.most else Range(have.most, have.least, have.open)
