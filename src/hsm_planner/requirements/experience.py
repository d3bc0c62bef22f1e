"""Experience: time in posts of a kind, in all the measures and windows that rules use."""

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hsm_planner.requirements.base import Context, Id, Leaf, Outcome, Part, Span, count, listed
from hsm_planner.requirements.durations import Duration, PerMissingYear
from hsm_planner.requirements.events import Event, event_day
from hsm_planner.requirements.experience_parts import ExperiencePart, PartReader, World, kinds_words, ordered
from hsm_planner.requirements.numeric import Amount, exact, gather, unknown
from hsm_planner.requirements.posts import Items, Measure, PostConditions, best_window, open_ended, restrict
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.amounts import Range
from hsm_planner.values.dates import Date
from hsm_planner.values.evidence import Claim, Evidence, Question
from hsm_planner.values.flow import Supply, share
from hsm_planner.values.lengths import Interval, merge
from hsm_planner.values.record import replace
from hsm_planner.values.timeline import Post
from hsm_planner.values.truth import Status, Strength, all_of

_TWO = 2
_MOST_ARRANGEMENTS = 4096
HISTORY = Question("experience", "Which posts have you held, from when to when, and how many hours a week?")


class Experience(Measure, Leaf):
    """Time in posts of one of several kinds."""

    kind: Literal["experience"] = "experience"
    of: Annotated[tuple[Id, ...], Field(min_length=1)]
    at_least: Duration | None = None
    where: PostConditions | None = None
    within: Span | None = None
    before: Event | None = None
    after: Event | None = None
    consecutive: bool = False
    immediately_before: bool = False
    any_window: Span | None = None
    share_at_most: Annotated[str, Field(pattern=r"^[1-9]\d*/[1-9]\d*$")] | None = None
    per_missing_school_year: PerMissingYear | None = None
    current: bool | None = None
    parts: tuple[ExperiencePart, ...] = ()
    disjoint: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.at_least and self.per_missing_school_year:
            msg = "give at_least or per_missing_school_year, not both"
            raise ValueError(msg)
        if self.share_at_most and not (self.at_least and len(self.at_least.units()) == 1):
            msg = "share_at_most needs at_least with one unit"
            raise ValueError(msg)
        if self.disjoint:
            units = {unit for part in self.parts for unit, _ in part.at_least.units()}
            own = any(part.latest or part.full_time is not None for part in self.parts)
            if len(self.parts) < _TWO or len(units) > 1 or own:
                msg = "disjoint needs two parts or more, all in one unit, without latest or full_time of their own"
                raise ValueError(msg)
        return self

    @property
    def bare(self) -> bool:
        return not (self.at_least or self.per_missing_school_year or self.current or self.parts)

    # -- evaluation ------------------------------------------------------------------------------------------------

    def outcome(self, context: Context) -> Outcome:
        posts = context.timeline.posts
        if posts is None:
            return unknown(HISTORY)
        claims = self.claims(context)
        questions = self._questions(context, claims)
        certain, possible = (self._world(context, claims, certain=flag) for flag in (True, False))
        parts = self._amounts(context, certain, possible, questions)
        if self.current:
            parts.append(self._current(context, claims, questions))
        reader = PartReader(self, self.parts, context, claims, certain, possible, questions)
        together = Status.MET
        if self.disjoint:
            together, apart = reader.disjoint()
            parts += apart
        else:
            parts += reader.nested()
        evidence = self._evidence(context, claims, {index for index, _ in possible.items})
        if parts:
            found = gather(parts, evidence, questions)
            return found if together is Status.MET else replace(found, status=all_of([together, found.status]))
        has, may = bool(certain.items), bool(possible.items)
        status = Status.MET if has else Status.UNKNOWN if may else Status.UNMET
        return Outcome(status, evidence=evidence, questions=questions if status is Status.UNKNOWN else ())

    def claims(self, context: Context) -> list[Claim]:
        """For each post of the profile, how surely it is of the kind and the conditions asked."""
        wanted = context.vocabulary.kinds_below(self.of)
        result = []
        for post in context.timeline.posts or ():
            claim = post.kind(wanted)
            result.append(claim.also(self.where.claim(post)) if self.where else claim)
        return result

    def counting(self, context: Context, *, certain: bool) -> tuple[list[Post], Items]:
        """Posts, and the days of each that count (certainly, or perhaps)."""
        return list(context.timeline.posts or ()), self._world(context, self.claims(context), certain=certain).items

    def _world(self, context: Context, claims: Sequence[Claim], *, certain: bool) -> World:
        posts = context.timeline.posts or ()
        bounds, anchor, windows_from = self._bounds(context, certain=certain)
        items: Items = []
        for index, post in enumerate(posts):
            strength = claims[index].strength
            if certain:
                counts, days = strength.counts(confirmed=context.confirmed), post.span.narrowest(context.as_of)
            else:
                counts, days = strength >= Strength.POSSIBLE, post.span.widest(context.as_of)
            if counts and days is not None and self.keeps(post):
                items.append((index, days))
        items = restrict(items, [bounds]) if bounds else []
        items = [(n, s.interval) for s in self.counted(items, posts) for n in s.items]
        return World(self._chosen(items, posts, anchor), windows_from)

    def _bounds(self, context: Context, *, certain: bool) -> tuple[Interval | None, Date, Date]:
        """The days that may count, the day at which they end, and the day from which windows are measured back."""
        start, stop, anchor = Date.min, context.as_of, context.as_of
        late = context.as_of
        if self.before is not None:
            found = event_day(self.before, context)
            unsaid = found.silent and self.before.event != "degree"  # nobody applied, as far as said
            if found.earliest is not None and not unsaid:
                early, last = min(found.earliest, context.as_of), min(found.latest or context.as_of, context.as_of)
                anchor, late = (early, last) if certain else (last, early)
                stop = anchor
        if self.within is not None:
            start = self.within.length.before(late)
        if self.after is not None:
            first = event_day(self.after, context).counts_from(certain=certain)
            if first is None:
                return None, anchor, late
            start = max(start, first)
        return (Interval(start, stop) if start < stop else None), anchor, late

    def _chosen(self, items: Items, posts: Sequence[Post], anchor: Date) -> Items:
        """The run or window that the rule looks at, of those there are."""
        unit = self.at_least.units()[0][0] if self.at_least else "months"

        def value(some: Items) -> Fraction:
            return self.amount(self.counted(some, posts), posts, unit)

        if self.any_window is not None:
            items = best_window(items, self.any_window.length, value)
        if self.consecutive or self.immediately_before:
            runs = merge(interval for _, interval in items)
            if self.immediately_before:
                runs = [run for run in runs if run.stop == anchor]
            items = max((restrict(items, [run]) for run in runs), key=value, default=[])
        return items

    def _amounts(
        self, context: Context, certain: World, possible: World, questions: tuple[Question, ...]
    ) -> list[Part]:
        posts = context.timeline.posts or ()
        wanted: list[tuple[str, Range | None]] = []
        if self.at_least:
            wanted = [(unit, Range.exact(exact(value))) for unit, value in self.at_least.units()]
        elif self.per_missing_school_year:
            wanted = [("years", self.per_missing_school_year.need(context))]
        single = len(wanted) == 1
        result: list[Part] = []
        for unit, need in wanted:
            id_ = f"{self.id}.amount" if single else f"{self.id}.{unit}"
            if need is None:
                education = Question("education", "What have you studied, and when was each degree awarded?")
                result.append(Part(id_, "the amount depends on education", unknown(education)))
                continue
            least = most = self._total(certain, posts, unit, need.least, certain=True)
            if self.share_at_most is not None or possible.items != certain.items:
                most = self._total(possible, posts, unit, need.least, certain=False)
            have = Range(
                least,
                most,
                open=self.share_at_most is None and open_ended(possible.items, posts),
            )
            text = count(need.most, unit)
            result.append(Part(id_, text, Amount(id_, text, ordered(have), need, unit).outcome(questions)))
        return result

    def _total(self, world: World, posts: Sequence[Post], unit: str, need: Fraction, *, certain: bool) -> Fraction:
        counted = self.counted(world.items, posts)
        if self.share_at_most is None:
            return self.amount(counted, posts, unit)
        # Days in two areas at once may be reckoned to either: the arrangement that counts most.
        cap = Fraction(self.share_at_most) * need
        supplies = self.supplies(counted, posts, unit)
        if not certain:  # every post without an area may have had one of its own
            return self._in_areas(supplies, [posts[s.post].area or f"post {s.post}" for s in supplies], cap)
        named = sorted({area for post in posts if (area := post.area) is not None}) or [""]
        unsaid = sorted({supply.post for supply in supplies if posts[supply.post].area is None})
        if len(named) ** len(unsaid) > _MOST_ARRANGEMENTS:  # too many to try: what has no area does not count
            supplies = [supply for supply in supplies if posts[supply.post].area is not None]
            return self._in_areas(supplies, [posts[s.post].area or "" for s in supplies], cap)
        totals = []
        for arrangement in itertools.product(named, repeat=len(unsaid)):
            said = dict(zip(unsaid, arrangement, strict=True))
            totals.append(self._in_areas(supplies, [posts[s.post].area or said[s.post] for s in supplies], cap))
        return min(totals)

    @staticmethod
    def _in_areas(supplies: Sequence[Supply], areas: Sequence[str], cap: Fraction) -> Fraction:
        """The most that counts when no area gives more than the cap."""
        names = list(dict.fromkeys(areas))
        return share(supplies, [cap] * len(names), [frozenset([names.index(area)]) for area in areas])[0]

    def _current(self, context: Context, claims: Sequence[Claim], questions: tuple[Question, ...]) -> Part:
        held = maybe = False
        for post, claim in zip(context.timeline.posts or (), claims, strict=True):
            if not self.keeps(post):
                continue
            counts = claim.strength.counts(confirmed=context.confirmed)
            held = held or (counts and post.span.certainly_on(context.as_of))
            maybe = maybe or (claim.strength >= Strength.POSSIBLE and post.span.maybe_on(context.as_of))
        status = Status.MET if held else Status.UNKNOWN if maybe else Status.UNMET
        asked = questions if status is Status.UNKNOWN else ()
        return Part(f"{self.id}.current", "a post of that kind held now", Outcome(status, questions=asked))

    def _evidence(self, context: Context, claims: Sequence[Claim], counted: set[int]) -> tuple[Evidence, ...]:
        result = []
        for index, (post, claim) in enumerate(zip(context.timeline.posts or (), claims, strict=True)):
            shown = index in counted or (self.current and post.span.maybe_on(context.as_of) and self.keeps(post))
            if claim.strength >= Strength.GUESSED and shown:
                assumed = post.hours_assumed and self.full_time != "any"
                strength = min(claim.strength, Strength.ASSUMED) if assumed else claim.strength
                result.append(Evidence(post.pointer, post.text, strength))
        return tuple(result)

    def open_questions(self, context: Context) -> tuple[Question, ...]:
        """What would make the days that count exact."""
        return self._questions(context, self.claims(context))

    def _questions(self, context: Context, claims: Sequence[Claim]) -> tuple[Question, ...]:
        questions: list[Question] = []
        for post, claim in zip(context.timeline.posts or (), claims, strict=True):
            if claim.strength is Strength.NONE:
                continue
            questions += claim.open_questions()
            if post.span.start is not None and not post.span.start.exact:
                questions.append(Question(f"{post.pointer}.start", f"In which month did this begin: {post.text}?"))
            if post.span.end is not None and not post.span.end.exact:
                questions.append(Question(f"{post.pointer}.end", f"In which month did this end: {post.text}?"))
            if post.span.start is None:
                questions.append(Question(f"{post.pointer}.start", f"When did this begin: {post.text}?"))
            if self.share_at_most and post.area is None:
                questions.append(Question(f"{post.pointer}.area", f"In which department was this: {post.text}?"))
        for event in (self.before, self.after):
            found = event_day(event, context) if event else None
            if found and found.question:
                questions.append(found.question)
        return tuple(dict.fromkeys(questions))

    # -- words -----------------------------------------------------------------------------------------------------

    def sentence(self, vocabulary: Vocabulary) -> str:
        kinds = kinds_words(self.of, vocabulary)
        if self.at_least:
            text = f"{self.at_least.words()} of {kinds}"
        elif self.per_missing_school_year:
            rule = self.per_missing_school_year
            years, of = count(rule.years, "years"), count(rule.of, "years")
            text = f"{years} of {kinds} for each year of college missing to {of}"
        elif self.current and not self.parts:
            text = f"a post now in {kinds}"
        elif self.parts:
            text = f"experience of {kinds}"
        else:
            text = f"some experience of {kinds}"
        extras = [self.where.words(vocabulary)] if self.where else []
        extras += [super().words()]
        extras += ["without a break"] if self.consecutive else []
        extras += (
            ["up to " + (self.before.words() if self.before else "the day of applying")]
            if self.immediately_before
            else []
        )
        extras += [f"within any {self.any_window.words()}"] if self.any_window else []
        if self.within:
            anchor = f" before {self.before.words()}" if self.before else ""
            extras.append(f"within the {'' if anchor else 'last '}{self.within.words()}{anchor}")
        extras += [f"after {self.after.words()}"] if self.after else []
        extras += [f"at most {self.share_at_most} of it in one area"] if self.share_at_most else []
        extras += ["with such a post held now"] if self.current and (self.at_least or self.parts) else []
        if self.parts:
            joined = listed([part.words(vocabulary) for part in self.parts], "and")
            extras.append(f"{'apart from each other' if self.disjoint else 'of this'}: {joined}")
        return ", ".join([text, *(extra for extra in extras if extra)])
