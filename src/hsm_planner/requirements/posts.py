"""Which posts count for a rule, and the days that they cover."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Literal, TypeVar

from pydantic import Field

from hsm_planner.requirements.base import Id, StateCode, Strict, listed, number
from hsm_planner.requirements.numeric import exact
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.dates import LONG_AGO
from hsm_planner.values.evidence import NO, YES, Claim, Question
from hsm_planner.values.flow import Supply
from hsm_planner.values.lengths import Interval, Length, Stretch, merge, stretches
from hsm_planner.values.timeline import Post

FULL_TIME_HOURS = Fraction(35)  # Bureau of Labor Statistics: full time is 35 hours a week or more
Items = list[tuple[int, Interval]]
T = TypeVar("T")


class PostConditions(Strict):
    """What a post must be besides its kind."""

    settings: tuple[Id, ...] = ()
    states: tuple[StateCode, ...] = ()
    beds_at_least: int | None = Field(default=None, ge=1)
    beds_at_most: int | None = Field(default=None, ge=1)
    administrator_of_record: bool | None = None
    supervises_at_least: int | None = Field(default=None, ge=1)
    supervised_by: tuple[Id, ...] = ()
    hours_per_week_at_least: float | None = Field(default=None, gt=0)

    def claim(self, post: Post) -> Claim:
        """How surely the post meets all of these; a field that decides and is absent is possible."""
        claim = YES
        if self.settings:
            claim = claim.also(_known(post, "setting", post.setting, lambda value: value in self.settings))
        if self.states:
            claim = claim.also(_known(post, "state", post.state, lambda value: value in self.states))
        if self.beds_at_least is not None or self.beds_at_most is not None:
            least, most = self.beds_at_least or 0, self.beds_at_most or 10**9
            claim = claim.also(_known(post, "beds", post.beds, lambda value: least <= value <= most))
        if self.administrator_of_record is not None:
            given = post.administrator_of_record
            claim = claim.also(
                _known(post, "administrator_of_record", given, lambda value: value == self.administrator_of_record)
            )
        if self.supervises_at_least is not None:
            needed = self.supervises_at_least
            claim = claim.also(_known(post, "supervises", post.supervises, lambda value: value >= needed))
        if self.supervised_by:
            wanted = frozenset(self.supervised_by)
            claim = claim.also(_known(post, "supervised_by", post.supervised_by, lambda value: bool(value & wanted)))
        if self.hours_per_week_at_least is not None and post.hours < exact(self.hours_per_week_at_least):
            claim = NO
        return claim

    def words(self, vocabulary: Vocabulary) -> str:
        """The conditions as the end of a sentence."""
        parts: list[str] = []
        if self.settings:
            parts.append("in " + listed([_a(vocabulary.label("setting", setting)) for setting in self.settings]))
        if self.states:
            parts.append("in " + listed([vocabulary.label("state", state) for state in self.states]))
        if self.beds_at_least is not None:
            parts.append(f"of {self.beds_at_least} beds or more")
        if self.beds_at_most is not None:
            parts.append(f"of {self.beds_at_most} beds at most")
        if self.administrator_of_record:
            parts.append("as administrator of record")
        if self.supervises_at_least is not None:
            parts.append(f"leading {self.supervises_at_least} people or more")
        if self.supervised_by:
            holders = [vocabulary.label("credential", credential) for credential in self.supervised_by]
            parts.append("under a holder of " + listed(holders))
        if self.hours_per_week_at_least is not None:
            parts.append(f"of {number(self.hours_per_week_at_least)} hours a week or more")
        return " ".join(parts)


def _a(noun: str) -> str:
    if noun.startswith(("other ", "outside ")):
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


_ASK = {
    "setting": "In what kind of place was that (hospital, physician practice, nursing home...)?",
    "state": "In which state was that?",
    "beds": "How many beds did the facility have?",
    "administrator_of_record": "Were you the administrator of record there?",
    "supervises": "How many people did you lead there? 0 if none.",
    "supervised_by": "Which licence or certification did your supervisor hold?",
}


def _known(post: Post, key: str, value: T | None, fits: Callable[[T], bool]) -> Claim:
    if value is None:
        return Claim.possible(Question(f"{post.pointer}.{key}", f"{post.text}: {_ASK[key]}"))
    return YES if fits(value) else NO


class Measure(Strict):
    """How time in posts is counted."""

    full_time: Literal[True, "any"] | None = None
    full_time_hours: float | None = Field(default=None, gt=0)
    hours_per_year: float | None = Field(default=None, gt=0)
    month_counts_from_hours: float | None = Field(default=None, gt=0)

    @property
    def full(self) -> Fraction:
        return exact(self.full_time_hours) if self.full_time_hours else FULL_TIME_HOURS

    def keeps(self, post: Post) -> bool:
        """Whether posts of these hours count at all."""
        return self.full_time is not True or post.hours >= self.full

    def counted(self, items: Items, posts: Sequence[Post]) -> tuple[Stretch, ...]:
        """The stretches that count; with a least of hours a month, only where the posts held make it."""
        cut = stretches(items)
        if self.month_counts_from_hours is None:
            return cut
        least = exact(self.month_counts_from_hours)
        kept = [
            (number_, stretch.interval)
            for stretch in cut
            if sum(posts[index].hours for index in stretch.items) * 52 / 12 >= least
            for number_ in stretch.items
        ]
        return stretches(kept)

    def weight(self, stretch: Stretch, posts: Sequence[Post]) -> Fraction:
        """Full-time equivalents on the days of the stretch, one at most."""
        if self.full_time is not None or self.month_counts_from_hours is not None:
            return Fraction(1)
        return min(Fraction(1), sum((posts[index].hours for index in stretch.items), Fraction(0)) / self.full)

    def weight_of(self, post: Post) -> Fraction:
        """Full-time equivalents of one post alone."""
        return Fraction(1) if self.full_time is not None else min(Fraction(1), post.hours / self.full)

    def amount(self, counted: Iterable[Stretch], posts: Sequence[Post], unit: str) -> Fraction:
        """How much the stretches come to in years, months, weeks or hours."""
        return sum((self.amount_of(stretch, posts, unit) for stretch in counted), Fraction(0))

    def amount_of(self, stretch: Stretch, posts: Sequence[Post], unit: str) -> Fraction:
        if unit == "hours":
            return _hours(stretch, posts)
        if self.hours_per_year is not None and unit in ("years", "months"):
            years = _hours(stretch, posts) / exact(self.hours_per_year)
            return years if unit == "years" else years * 12
        weight = self.weight(stretch, posts)
        if unit == "weeks":
            return Fraction(stretch.days, 7) * weight
        months = stretch.months * weight
        return months / 12 if unit == "years" else months

    def supplies(self, counted: Iterable[Stretch], posts: Sequence[Post], unit: str) -> list[Supply]:
        """What each post gives on each stretch; together no more than the stretch counts."""
        return [
            Supply(self._alone(stretch, posts[index], unit), number_, self.amount_of(stretch, posts, unit), index)
            for number_, stretch in enumerate(counted)
            for index in stretch.items
        ]

    def _alone(self, stretch: Stretch, post: Post, unit: str) -> Fraction:
        """What a stretch would count if only this post were held on it."""
        alone = Stretch(stretch.interval, (0,), stretch.months)
        return self.amount_of(alone, [post], unit)

    def words(self) -> str:
        if self.month_counts_from_hours is not None:
            return f"months count from {number(self.month_counts_from_hours)} hours on"
        if self.hours_per_year is not None:
            return f"a year is {number(self.hours_per_year)} hours"
        if self.full_time is True:
            return "full time"
        return "part time counts in full" if self.full_time == "any" else ""


def _hours(stretch: Stretch, posts: Sequence[Post]) -> Fraction:
    """Hours in all posts held on the days of the stretch."""
    return Fraction(stretch.days, 7) * sum((posts[index].hours for index in stretch.items), Fraction(0))


def open_ended(items: Items, posts: Sequence[Post]) -> bool:
    """Whether days count of a post of which nobody said when it began, and nothing else bounds them."""
    return any(posts[index].span.start is None and days.start == LONG_AGO for index, days in items)


def restrict(items: Items, windows: Iterable[Interval]) -> Items:
    """The items inside the windows only."""
    bounds = list(windows)
    pieces = ((number_, interval.clip(bound.start, bound.stop)) for number_, interval in items for bound in bounds)
    return [(number_, piece) for number_, piece in pieces if piece is not None]


def subtract(intervals: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """Days of the first that lie in none of the second."""
    left = merge(intervals)
    for gone in merge(taken):
        pieces = [(part.clip(None, gone.start), part.clip(gone.stop, None)) for part in left]
        left = [piece for pair in pieces for piece in pair if piece is not None]
    return left


def best_window(items: Items, length: Length, value: Callable[[Items], Fraction]) -> Items:
    """The items inside the window of that length in which ``value`` is highest."""
    windows = [Interval(start, length.after(start)) for start in sorted({days.start for _, days in items})]
    windows += [Interval(length.before(stop), stop) for stop in sorted({days.stop for _, days in items})]
    choices = [restrict(items, [window]) for window in windows]
    return max(choices, key=value, default=[])
