"""What a leaf can be closed by, one way at a time: by itself, by an answer, by an action that is seen to close it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from hsm_planner.engine.assess import Standard
from hsm_planner.knowledge.models import License
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.knowledge.words import Bridge, Programme
from hsm_planner.planner.actions import Action, Made, Numbers, Pace, asked_of_all, free
from hsm_planner.planner.bounds import Starts
from hsm_planner.planner.branches import BEYOND, joined
from hsm_planner.planner.calendar import decision_months, on_intakes
from hsm_planner.planner.future import Effect, Lasting, month_start, touched
from hsm_planner.planner.model import (
    ALWAYS,
    Activity,
    Condition,
    Cost,
    Done,
    During,
    Mode,
)
from hsm_planner.planner.probes import Probes
from hsm_planner.requirements.base import Context, Leaf, Outcome
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.numeric import exact
from hsm_planner.requirements.plain import NOT_READ, AgeLeaf, StatementLeaf
from hsm_planner.resolve.person import resolve
from hsm_planner.values.amounts import shortfall
from hsm_planner.values.dates import Date, add_months
from hsm_planner.values.evidence import Question
from hsm_planner.values.record import record, replace
from hsm_planner.values.timeline import Degree, Target, Timeline
from hsm_planner.values.truth import Status

_KEPT = 6  # months before a training, at the most, in which its place is found
_YEAR = 12
CONFIRM = "confirm"
UNREAD_WAYS = "unread"  # what a step to ask about what was not read spends
_MOST_QUESTIONS = 2
_COUNTED = "Its price is counted with that of the credential."


@record
class Limits:
    """What the person sets: hours a week for study, what must and must not be in the plan."""

    study_hours: int  # beside a post
    budget: int | None = None
    deadline: int | None = None  # the finish, at the latest, in months
    without: frozenset[str] = frozenset()
    horizon: int = 180
    posts: int = 2  # that a leaf of experience is tried with: the soonest
    onward: bool = True  # also by posts to which the ladder leads from others in the plan alone
    far: bool = False  # by such posts also for what is asked on the way, and wherever they lead to
    unread: int | None = None  # so many things that were not read, at the most; None: any number
    wide: bool = False  # also by ways that were not read, or that few have, where others are there
    straight: bool = False  # by posts that ask a licence of their own last of all
    detours: bool = False  # also by posts that ask a licence of their own, where others give the same
    free_hours: int | None = None  # of study a week without a post, which is left for a degree; None: it is kept
    hours_assumed: bool = False
    place_found: bool = False  # for the training that takes the place of a post
    standard: Standard = "typical"  # of the post that is the goal
    lowered: tuple[tuple[str, str | None], ...] = ()  # leaves of degrees, with the level taken instead; None: no degree

    @property
    def most_hours(self) -> int:
        """Hours a week for study at the most."""
        return self.study_hours if self.free_hours is None else self.free_hours


class Ways:
    """The activities of one person and one target while they are made."""

    def __init__(
        self,
        knowledge: Knowledge,
        profile: Mapping[str, object],
        target: Target,
        origin: Date,
        numbers: Numbers,
        limits: Limits,
        probes: Probes,
    ) -> None:
        self.knowledge = knowledge
        self.profile = profile
        self.origin = origin
        self.numbers = numbers
        self.limits = limits
        self.probes = probes
        self.pace = Pace(limits.study_hours)
        self.free_pace = Pace(limits.most_hours)  # of what takes the post's place
        self.target = target
        self.present = probes.present
        self.activities: dict[str, Activity] = {}
        self.actions: dict[str, Action] = {}
        self.dead: dict[str, Leaf] = {}
        self.left_out: dict[str, str] = {}
        self.uses: dict[str, frozenset[str]] = {}
        self._starts = Starts(limits.horizon)
        self._known: dict[tuple[str, Target], Condition] = {}
        self._before: dict[str, tuple[Condition, ...]] = {}  # by training: the schooling asked beside it
        self.asking: dict[str, list[Target]] = {}  # by exam: the credentials seen to ask it, in order
        self.askers: dict[str, list[Target]] = {}  # the same, known from the beginning
        self.studies: dict[str, tuple[Programme, Bridge | None]] = {}  # by action: the programmes that a leaf may take
        self.alike: dict[str, list[str]] = {}  # by degree: programmes that close all the leaves that it closes as well
        self.taken_as: dict[
            str, Degree
        ] = {}  # by the name of a degree begun whose level is not known: what it stands for
        self._missed: dict[str, int] = {}  # by programme: how many of the liked degrees it is not
        self._guessed: dict[tuple[str, Target, Date], bool] = {}
        self.taken: frozenset[str] = frozenset()  # programmes that go before others as good
        self.liked: tuple[tuple[DegreeLeaf, int], ...] = ()  # that nothing here asks, but that would be good to have
        self.wanted: tuple[frozenset[str], ...] = ()  # ids of which one of each group must be in the plan
        self.folded: set[str] = set()  # degrees that some leaf does not name, as an equal one stands for them there
        self.apart: frozenset[str] = frozenset()  # of these what other leaves name, known from the beginning
        self.offered: dict[str, tuple[Programme, Bridge | None]] = {}  # the same, known from the beginning

    @property
    def _asked_for(self) -> frozenset[str]:
        """What the person wants in the plan."""
        return frozenset().union(*self.wanted)

    def _soonest(self, names: Iterable[str]) -> Mapping[str, int]:
        """The earliest start of some activities, by what is known of the others so far."""
        return self._starts.of(self.activities.values(), names)

    def _timeline(self, target: Target) -> Timeline:
        return replace(self.present, target=target)

    def _context(self, timeline: Timeline, month: int = 0) -> Context:
        return Context(timeline, month_start(self.origin, month), self.knowledge.vocabulary)

    def _by_itself(self, leaf: Leaf, target: Target, statuses: tuple[Status, ...] = (Status.MET,)) -> list[Condition]:
        """The stretches of time in which the leaf has one of some statuses with nothing done."""
        horizon = self.limits.horizon
        spans = self.probes.spans(leaf, target, statuses, horizon)
        if spans == ((0, horizon),):
            return [ALWAYS]
        return [During(first, last if last < horizon else None) for first, last in spans]

    def _confirm(
        self,
        leaf: Leaf,
        *,
        unread: bool = False,
        coming: str = "",
        post: bool = False,
        questions: Iterable[Question] = (),
        target: Target | None = None,
    ) -> str:
        """An open fact taken as true, or ``coming`` as the person expects: asked first, at no cost.

        ``post``: that a post still to be found is of the kind asked. ``questions``: what the rule would ask; those
        about an item of the profile are told beside it. ``target``: what asks it, with whose prices its own may stand.
        """
        name = f"{CONFIRM}:{leaf.id}" + (":post" if post else "")
        sentence = leaf.sentence(self.knowledge.vocabulary).removeprefix(NOT_READ)
        effects: tuple[Effect, ...] = ()
        statement = leaf.statement if isinstance(leaf, StatementLeaf) else None
        offices = self.knowledge.vocabulary.labels.get("statement_ask", {})
        ask = leaf.ask if unread else offices.get(statement or "")
        lead = ": " if unread else " whether this holds: "
        about = (
            f"; about: {sentence}" if ask and ": " in ask else f"{lead}{sentence}"
        )  # some say themselves what to ask
        text = f"ask {ask}{about}" if ask else f"confirm: {sentence}"
        text = f"make sure, before you take the next post, that it counts as: {sentence}" if post else text
        text = f"confirm: you finish it as you expect: {coming} (for: {sentence})" if coming else text
        paid = self.knowledge.vocabulary.labels.get("statement_paid", {}).get(statement or "")
        firm = sorted((one for one in questions if "[" in one.id), key=lambda one: ".counts_as." in one.id)
        own = {one.id.partition(".")[0]: one.text for one in reversed(firm)}  # of each item what decides most
        counted = target is not None and self._covered(target, statement)
        paid = _COUNTED if paid and counted else paid
        note = paid or (f"It turns on this: {' '.join([*own.values()][:_MOST_QUESTIONS])}" if own else None)
        note = joined(note, leaf.note) or None if unread else note
        self.actions[name] = Action(
            name, "confirm", None, text, effects, leaf.sources, note,
            doubtful=unread or leaf.unusual, statement=statement or leaf.id,
            turns_on=(coming,) if coming else tuple(own.values()),
            asks="post" if post else "how much" if unread else "age" if isinstance(leaf, AgeLeaf) else "yes or no",
        )  # fmt: skip
        cost = Cost(unpriced=1) if paid and not counted else Cost()
        spent = {UNREAD_WAYS: 1} if unread and self.limits.unread is not None else {}  # where they are counted
        self.activities[name] = Activity(name, (Mode("ask", 0, {}, spent, cost),))
        return name

    def _covered(self, target: Target, statement: str | None) -> bool:
        """Whether a price of the credential that asks for a proof is the price of that proof."""
        entry = self.knowledge.credential(target.id)
        fees = () if entry is None else entry.fees_in(target.state)
        return any(fee.covers == statement and fee.usd is not None for fee in asked_of_all(fees) if fee.covers)

    def _missing(self, leaf: Leaf, target: Target) -> dict[str, Fraction]:
        """What is missing by unit over all amounts of the leaf."""
        outcome = leaf.outcome(self._context(self._timeline(target)))
        result: dict[str, Fraction] = {}
        for found in (outcome, *(part.outcome for part in outcome.parts)):
            if found.have is not None and found.need is not None and found.unit is not None:
                missing = shortfall(found.have, found.need).most
                result[found.unit] = max(result.get(found.unit, Fraction(0)), missing)
        if not result and (least := getattr(leaf, "at_least", None)) is not None and hasattr(least, "units"):
            result = {unit: exact(value) for unit, value in least.units()}
        elif not result and least is not None and hasattr(least, "years"):
            result = {"years": exact(least.years)}
        return result

    def _offer(
        self,
        made: Made,
        leaf: Leaf,
        target: Target,
        needs: Condition = ALWAYS,
        within: int | None = None,
        status: Status = Status.MET,
    ) -> list[Condition]:
        """The action as a way to close the leaf, when the future profile shows that it comes to a status."""
        action = made.action
        modes = () if self._barred(action) else self._possible(made)
        if not made.modes or self._comes_to(made, (modes or made.modes)[0], leaf, target) is not status:
            return []
        if not modes:
            return [BEYOND]
        if action.id not in self.activities:
            self.actions[action.id] = action
            release = self.probes.until if made.occupies else 0
            self.activities[action.id] = Activity(
                action.id, modes, needs, release, starts=made.starts, occupies=made.occupies
            )
            self.uses[action.id] = self.numbers.take()
        return [Done(action.id, 0, within)]

    def _possible(self, made: Made) -> tuple[Mode, ...]:
        """The modes that hours and years allow; where there is none, the reason is kept."""
        most = self.limits.most_hours if made.occupies else self.limits.study_hours
        modes = tuple(mode for mode in made.modes if mode.uses.get("hours", 0) <= most)
        if not modes:
            most_ = min(mode.uses.get("hours", 0) for mode in made.modes)
            self.left_out[made.action.id] = (
                f"{made.action.text}: it takes {most_} hours of study a week, there are {most}"
            )
            return ()
        modes = tuple(mode for mode in modes if mode.months <= self.limits.horizon)
        if not modes:
            self.left_out[made.action.id] = f"{made.action.text}: longer than the years that a plan looks ahead"
        return modes

    def _leaf(self, leaf: Leaf, target: Target, outcome: Outcome | None = None) -> Condition:
        """When a leaf holds, and what it comes to now, where that is known; the maker of routes knows."""
        raise NotImplementedError

    def _barred(self, action: Action) -> bool:
        return bool({action.id, action.target or ""} & self.limits.without)

    def _closes(self, made: Made, mode: Mode, leaf: Leaf, target: Target) -> bool:
        """Whether the leaf is met once the action is done, with what it must follow."""
        return self._comes_to(made, mode, leaf, target) is Status.MET

    def _comes_to(self, made: Made, mode: Mode, leaf: Leaf, target: Target) -> Status:
        last = month_start(self.origin, _YEAR + self._lasts(mode))
        event = (made.registered, target.id) if made.registered is not None else None
        key = (repr(made.action.effects), mode.months, made.occupies, event)
        left = self.probes.changes(key, lambda: self._left_behind(made, mode, target))
        future = replace(self.present, target=target, **left)
        guess = (leaf.id, target, last)
        if guess not in self._guessed:  # what a guess alone would make of it is not what the action does
            there = Context(self._timeline(target), last, self.knowledge.vocabulary, confirmed=True)
            self._guessed[guess] = leaf.outcome(there).status is Status.MET
        context = Context(future, last, self.knowledge.vocabulary, confirmed=not self._guessed[guess])
        return leaf.outcome(context).status

    def _lasts(self, mode: Mode) -> int:
        """Months of a mode, in a look at what it leaves behind: with no hours for study it never ends."""
        return min(max(1, mode.months), self.limits.horizon)

    def _left_behind(self, made: Made, mode: Mode, target: Target) -> dict[str, Any]:
        """What changes of the person once an action is done, a year into the plan, with what it must follow."""
        first, last = month_start(self.origin, _YEAR), month_start(self.origin, _YEAR + self._lasts(mode))
        effects = made.action.effects
        if made.registered is not None:
            effects = (*effects, *self._application(made.registered, target))
        lasting = Lasting(effects, first, Date.fromordinal(last.toordinal() - 1), occupies=made.occupies)
        profile, fields = touched(self.profile, lasting)
        read = resolve(profile, self.knowledge, target)
        return {name: getattr(read, name) for name in fields}

    def _gates(self, made: Made, target: Target) -> Condition:
        """What must come before hours count: a place to train in, and then the application that names it."""
        there = self._stages(target.id)
        if made.registered in there:
            return ALWAYS
        asked = self.numbers.take()
        gate = self._place_found(made, target) if made.searched and not there else ALWAYS
        gate = self._registered(made.registered, target, gate) if made.registered else gate
        self.numbers.keep(asked)
        return gate

    def _stages(self, credential: str) -> dict[str, Date]:
        """The stages of applications for a credential that are behind, each with its day."""
        found = [one.stages.items() for one in self.present.applications or () if one.target == credential]
        return {stage: day.latest for one in found for stage, day in one if day.latest <= self.probes.as_of}

    def _on_intakes(self, made: Made, entry: License, programmes: tuple[str, ...]) -> Made:
        """A training on the intakes of its licence that can still be filed for, or were in the last year."""
        year = add_months(self.probes.as_of, -_YEAR)
        filed = min((day for day in self._stages(entry.id).values() if day >= year), default=self.probes.as_of)
        return on_intakes(made, entry, programmes, self.origin, self.limits.horizon, filed)

    def _place_found(self, made: Made, target: Target) -> Condition:
        """The search for a place to train in, over when it has to be named; nothing where one is at hand."""
        months = 0 if self.limits.place_found else self.numbers.whole("search-months-training")
        if not months:
            return ALWAYS
        training, name = made.action, f"search:{made.action.target}:{target.id}"
        if name not in self.activities:
            label = self.knowledge.vocabulary.label("training", training.target or "")
            text = f"look for a place as {label}, and for who trains you there"
            note = (
                "Finding one is not your own act: the length of the search is an assumption. With a place in hand: "
                "--assume search-months-training=0."
            )
            self.actions[name] = Action(name, "search", training.target, text, (), training.sources, note)
            self.activities[name] = Activity(name, (free("search", months),))
            self.uses[name] = self.numbers.take()
        return Done(name, made.filed, made.filed + _KEPT)

    def _registered(self, event: str, target: Target, needs: Condition) -> Condition:
        """The application that hours must follow."""
        name = f"apply:{target.id}:{event}"
        if name not in self.activities:
            text = f"apply, and wait to be {event}: {self.knowledge.vocabulary.label('credential', target.id)}"
            self.actions[name] = Action(name, "apply", target.id, text, self._application(event, target))
            entry = self.knowledge.credential(target.id)
            months = decision_months(entry.application if entry else None, self.numbers, "approval-wait-months")
            mode = Mode("apply", months, {}, {}, Cost(unpriced=1))
            self.activities[name] = Activity(name, (mode,), needs)
            self.uses[name] = self.numbers.take()
        return Done(name)

    @staticmethod
    def _application(event: str, target: Target) -> tuple[Effect, ...]:
        stages = {"submitted": "start", event: "start" if event in ("application", "purchased") else "end"}
        stages.pop("application", None)
        return (Effect("applications", {"for": target.id}, tuple(stages.items())),)
