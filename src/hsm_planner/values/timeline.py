"""A person as rules see one: dated facts, each with how surely it holds. Made by ``resolve``, read by rules.

A section that the profile does not have is ``None``: unknown. An empty one is "none of it".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction

from hsm_planner.values.dates import LONG_AGO, Date, DateRange
from hsm_planner.values.evidence import NO, YES, Claim, Question, Resolved
from hsm_planner.values.lengths import Interval
from hsm_planner.values.record import record


@record
class Span:
    """When something lasted. ``end`` None: still going on. Both bounds may be uncertain."""

    start: DateRange | None
    end: DateRange | None

    def narrowest(self, as_of: Date) -> Interval | None:
        """The days up to ``as_of`` that certainly belong to it."""
        if self.start is None:
            return None
        return _interval(self.start.latest, self.end.earliest if self.end else None, as_of)

    def widest(self, as_of: Date) -> Interval | None:
        """The days up to ``as_of`` that may belong to it."""
        start = self.start.earliest if self.start else LONG_AGO
        return _interval(start, self.end.latest if self.end else None, as_of)

    def certainly_on(self, day: Date) -> bool:
        if self.start is None or self.start.latest > day:
            return False
        return self.end is None or self.end.earliest >= day

    def holds_on(self, day: Date) -> bool:
        """Whether what is there holds on a day: that its beginning is not said bars nothing."""
        return (self.start is None or self.start.latest <= day) and (self.end is None or self.end.earliest >= day)

    def maybe_on(self, day: Date) -> bool:
        if self.start is not None and self.start.earliest > day:
            return False
        return self.end is None or self.end.latest >= day


def _interval(start: Date, last: Date | None, as_of: Date) -> Interval | None:
    stop = as_of if last is None else min(as_of, Date.fromordinal(last.toordinal() + 1))
    return Interval(start, stop) if start < stop else None


@record
class Degree:
    """One degree, awarded or under way. ``level`` None: not understood, see ``questions``.

    ``given_up``: its studies were left, so that it is neither held nor on its way, though ``under_way`` too.
    ``before``: the day from which it says nothing more, as another one is there.
    """

    pointer: str
    text: str
    level: str | None
    field: str | None
    awarded: DateRange | None
    under_way: bool
    accredited_by: frozenset[str] | None
    counts: Claim  # foreign and not evaluated, guessed...
    questions: tuple[Question, ...] = ()
    given_up: bool = False
    levels: tuple[str, ...] = ()  # where ``level`` is None: all that it can be; none: anything
    before: Date | None = None

    @property
    def begun(self) -> bool:
        """Whether it is studied for, and nobody said until when."""
        return self.under_way and not self.given_up and self.awarded is None


@record
class Credits:
    """College credits outside a degree, in the hours they were earned in."""

    pointer: str
    text: str
    amount: Fraction
    quarter: bool
    field: str | None
    not_in_degree: bool


@record
class Post:
    """A post held. ``kinds`` has every kind of the vocabulary that the post grants or may grant."""

    pointer: str
    text: str
    role: str | None
    span: Span
    hours: Fraction
    hours_assumed: bool
    kinds: Mapping[str, Claim]
    setting: str | None
    state: str | None
    beds: int | None
    supervises: int | None
    administrator_of_record: bool | None
    supervised_by: frozenset[str] | None
    area: str | None
    guessed_role: str | None = None  # what its title is taken for while ``role`` is not sure

    def kind(self, wanted: frozenset[str]) -> Claim:
        """How surely this is a post of any of the kinds wanted."""
        result = NO
        there = wanted & self.kinds.keys()
        for kind in sorted(there) if len(there) > 1 else there:
            result = result.either(self.kinds[kind])
        return result


@record
class Credential:
    """A certification or licence held now or once."""

    pointer: str
    text: str
    id: str  # the entry's id, or the family's where a state's entry is not known
    family: str
    state: str | None
    span: Span
    dated: bool
    multistate: bool | None
    counts: Claim = YES  # a guess until confirmed, see ``Timeline.guessed_credentials``


@record
class Membership:
    pointer: str
    text: str
    organization: str
    span: Span
    type: str | None


@record
class Learning:
    """Hours of continuing education."""

    pointer: str
    text: str
    hours: Fraction
    topic: str | None
    kind: str | None
    provider: str | None
    date: DateRange | None


@record
class Training:
    pointer: str
    text: str
    programme: str | None
    hours: Fraction | None
    span: Span
    hours_per_week: Fraction
    hours_assumed: bool
    registered: bool | None
    within_degree: bool | None


@record
class Course:
    pointer: str
    text: str
    course: str | None
    hours: Fraction | None
    credits: Fraction | None
    date: DateRange | None


@record
class Exam:
    pointer: str
    text: str
    exam: str
    passed: DateRange | None


@record
class Volunteering:
    pointer: str
    text: str
    kind: str | None
    date: DateRange | None


@record
class References:
    count: int
    roles: tuple[str | None, ...]  # one per reference; None where the role is not said


@record
class Application:
    """The stages of an application for the target that have a date, and until when it is good."""

    pointer: str
    target: str
    stages: Mapping[str, DateRange]
    expires: DateRange | None = None


@record
class Statement:
    """An answer, who gave it where that was not the person, and when."""

    value: bool
    by: str | None = None
    date: DateRange | None = None

    def given(self, as_of: Date) -> bool:
        """Whether the answer was there on the day."""
        return self.date is None or self.date.earliest <= as_of


@record
class Target:
    """What the person wants, as guards and leaves see it."""

    id: str
    state: str | None = None
    setting: str | None = None
    beds: int | None = None

    def __hash__(self) -> int:  # much asked for
        return hash((self.id, self.state, self.setting, self.beds))


@record
class Timeline:
    """Everything that rules may look at."""

    target: Target
    born: DateRange | None = None
    degrees: tuple[Degree, ...] | None = None
    credits: tuple[Credits, ...] | None = None
    posts: tuple[Post, ...] | None = None
    credentials: tuple[Credential, ...] | None = None
    guessed_credentials: tuple[Credential, ...] = ()  # read from a name that is only near to ours
    memberships: tuple[Membership, ...] | None = None
    learning: tuple[Learning, ...] | None = None
    training: tuple[Training, ...] | None = None
    courses: tuple[Course, ...] | None = None
    exams: tuple[Exam, ...] | None = None
    volunteering: tuple[Volunteering, ...] | None = None
    references: References | None = None
    applications: tuple[Application, ...] | None = None
    skills: Mapping[str, int] | None = None
    statements: Mapping[str, Statement] = field(default_factory=dict)
    resolved: tuple[Resolved, ...] = ()
    warnings: tuple[str, ...] = ()
