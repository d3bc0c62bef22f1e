"""A sum of points against a minimum."""

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hsm_planner.requirements.base import Context, Id, Leaf, Outcome, Positive, Strict, listed, number
from hsm_planner.requirements.experience import Experience
from hsm_planner.requirements.leaves import PlainLeaf
from hsm_planner.requirements.numeric import exact
from hsm_planner.requirements.posts import Items
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.amounts import Range, compare
from hsm_planner.values.dates import Date
from hsm_planner.values.evidence import Evidence, Question
from hsm_planner.values.lengths import Interval
from hsm_planner.values.timeline import Post
from hsm_planner.values.truth import Status

_MOST_ARRANGEMENTS = 512


class Award(Strict):
    """What earns points: by the year, once, or by an amount that nobody read."""

    id: Id
    for_: Annotated[PlainLeaf, Field(alias="for")]
    per_year: Positive | None = None
    each: Positive | None = None
    unread: Literal[True] | None = None
    yearly_maximum: Positive | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(way is not None for way in (self.per_year, self.each, self.unread)) != 1:
            msg = "give exactly one of per_year, each, unread"
            raise ValueError(msg)
        if self.per_year is not None and not isinstance(self.for_, Experience):
            msg = "per_year needs an experience leaf"
            raise ValueError(msg)
        if self.for_.when is not None:
            msg = "a guard stands on the points as a whole, not on one award"
            raise ValueError(msg)
        if not self.for_.bare:
            msg = "the leaf of an award has no amount of its own"
            raise ValueError(msg)
        return self


class PointsNode(Leaf):
    """Points from several headings; a post earns under one heading."""

    kind: Literal["points"] = "points"
    minimum: Positive
    awards: Annotated[tuple[Award, ...], Field(min_length=1)]

    @property
    def bare(self) -> bool:
        return False

    def outcome(self, context: Context) -> Outcome:
        yearly = [award for award in self.awards if award.per_year is not None]
        have = self._yearly(yearly, context)
        evidence: list[Evidence] = []
        questions: list[Question] = []
        open_ended = False
        for award in self.awards:
            found = award.for_.outcome(context)
            evidence += found.evidence
            questions += found.questions
            if isinstance(award.for_, Experience) and context.timeline.posts is not None:
                questions += award.for_.open_questions(context)
            if award.each is not None:
                sure, may = found.status is Status.MET, found.status in (Status.MET, Status.UNKNOWN)
                have = have + Range(exact(award.each) * sure, exact(award.each) * may)
            elif award.unread:
                open_ended = open_ended or not found.status.false
        need = Range.exact(exact(self.minimum))
        status = compare(have, need)
        if context.timeline.posts is None and yearly:
            status = Status.MET if status is Status.MET else Status.UNKNOWN
        if status.false and open_ended:
            status = Status.UNKNOWN
        asked = tuple(dict.fromkeys(questions)) if status is Status.UNKNOWN else ()
        if context.timeline.posts is None and yearly:
            return Outcome(status, evidence=tuple(dict.fromkeys(evidence)), questions=asked)
        return Outcome(status, have, need, "points", tuple(dict.fromkeys(evidence)), asked)

    def _yearly(self, awards: Sequence[Award], context: Context) -> Range:
        sums = []
        for certain in (True, False):
            rows: list[Items] = []
            posts: list[Post] = []
            for award in awards:
                assert isinstance(award.for_, Experience)
                posts, items = award.for_.counting(context, certain=certain)
                rows.append(items)
            sums.append(_best(awards, posts, rows))
        return Range(sums[0], max(sums))

    def sentence(self, vocabulary: Vocabulary) -> str:
        ways = []
        for award in self.awards:
            what = award.for_.sentence(vocabulary).removeprefix("some experience of ")
            if award.per_year is not None:
                ways.append(f"{number(award.per_year)} a year for {what}")
            elif award.each is not None:
                ways.append(f"{number(award.each)} for {what}")
            else:
                ways.append(f"some, not read how many, for {what}")
        return f"{number(self.minimum)} points: {listed(ways, 'and')}"


def _best(awards: Sequence[Award], posts: Sequence[Post], rows: Sequence[Items]) -> Fraction:
    """The highest sum over all ways to put each post under one heading."""
    choices = [[n for n, row in enumerate(rows) if any(index == i for i, _ in row)] for index in range(len(posts))]
    ways = 1
    for choice in choices:
        ways *= max(1, len(choice))
    capped = any(award.yearly_maximum is not None for award in awards)
    if not capped or ways > _MOST_ARRANGEMENTS:  # without a yearly maximum the best paid heading is best for each
        choices = [sorted(choice, key=lambda n: -exact(awards[n].per_year or 0))[:1] for choice in choices]
    best = Fraction(0)
    for way in itertools.product(*[choice or [-1] for choice in choices]):
        best = max(best, _earned(awards, posts, rows, way))
    return best


def _earned(awards: Sequence[Award], posts: Sequence[Post], rows: Sequence[Items], way: Sequence[int]) -> Fraction:
    """Points when post i earns under heading ``way[i]``; a day is one full-time equivalent at most, best paid first."""
    items = [(index, days) for n, row in enumerate(rows) for index, days in row if way[index] == n]
    if not items:
        return Fraction(0)
    by_heading_year: dict[tuple[int, int], Fraction] = {}
    first = awards[0].for_
    assert isinstance(first, Experience)
    for stretch in first.counted(_cut_by_year(items), posts):
        left = Fraction(1)
        for index in sorted(stretch.items, key=lambda i: -exact(awards[way[i]].per_year or 0)):
            award = awards[way[index]]
            assert isinstance(award.for_, Experience)
            weight = min(left, award.for_.weight_of(posts[index]))
            left -= weight
            key = (way[index], stretch.interval.start.year)
            points = weight * stretch.months / 12 * exact(award.per_year or 0)
            by_heading_year[key] = by_heading_year.get(key, Fraction(0)) + points
    total = Fraction(0)
    for (heading, _), points in by_heading_year.items():
        most = awards[heading].yearly_maximum
        total += points if most is None else min(points, exact(most))
    return total


def _cut_by_year(items: Items) -> Items:
    """The same days, with an edge at each new year, so that no stretch lies in two years."""
    result: Items = []
    for index, days in items:
        for year in range(days.start.year, days.stop.year + 1):
            piece = days.clip(Date(year, 1, 1), Date(year + 1, 1, 1))
            if piece is not None:
                result.append((index, Interval(piece.start, piece.stop)))
    return result
