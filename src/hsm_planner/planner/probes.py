"""What some months in each post would come to for a leaf, as the evaluator counts it: tried once for one person."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any

from hsm_planner.knowledge.models import Role
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.future import Effect, Lasting, after, month_start
from hsm_planner.requirements.base import Context, Leaf, Outcome
from hsm_planner.requirements.credentials import LicenseLeaf
from hsm_planner.requirements.experience import Experience
from hsm_planner.requirements.plain import UnreadLeaf
from hsm_planner.requirements.rules import AmountNotFoundLeaf, Rule, walk
from hsm_planner.resolve.person import resolve
from hsm_planner.values.dates import DAY, Date, DateRange
from hsm_planner.values.record import record, replace
from hsm_planner.values.timeline import Post, Span, Target, Timeline
from hsm_planner.values.truth import Status

_YEAR = 12  # months


@record
class Opening:
    """A post that can be a step: a role in one of its settings."""

    role: Role
    setting: str

    @property
    def name(self) -> str:
        """What its activities are called after their kind: the role's first setting goes without saying."""
        return self.role.id + ("" if self.setting == self.role.settings[0] else f":{self.setting}")

    @property
    def post(self) -> str:
        """The activity of the post."""
        return f"post:{self.name}"

    def __hash__(self) -> int:
        return hash(self.name)


class Probes:
    """The posts that one person could step into, and what each would add to a leaf. Shared by all makers of routes."""

    def __init__(self, knowledge: Knowledge, present: Timeline, origin: Date, as_of: Date) -> None:
        self._knowledge = knowledge
        self.present = present
        self._origin = origin
        self.as_of = as_of
        self._levels = [rung.id for rung in knowledge.words.ladder]
        self._in_state: dict[str | None, Mapping[Opening, Post]] = {}
        self._counting: dict[tuple[str, Target, bool], tuple[Opening, ...]] = {}
        self._tried: dict[tuple[str, Target, int, bool, Opening], Outcome] = {}
        self._changes: dict[Hashable, dict[str, Any]] = {}
        self._readable: dict[str, bool] = {}
        self._spans: dict[tuple[str, Target, tuple[Status, ...], int], tuple[tuple[int, int], ...]] = {}
        self._held: dict[Target, Timeline] = {}
        self._without: dict[Target, Timeline] = {}
        self._cut: dict[Target, Timeline] = {}
        self._detours: dict[tuple[str, Target], bool] = {}
        self._past: dict[tuple[str, Target, int, bool, bool], Outcome] = {}

    def changes(self, key: Hashable, made: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What an action that ``key`` stands for changes of the person, read when first asked for."""
        if key not in self._changes:
            self._changes[key] = made()
        return self._changes[key]

    def outcome(self, leaf: Experience, timeline: Timeline, month: int, *, granted: bool = False) -> Outcome:
        """A leaf on the first day of a month of the plan; ``granted``: with what is only likely of each post."""
        return leaf.outcome(Context(timeline, month_start(self._origin, month), self._knowledge.vocabulary, granted))

    def past(
        self, leaf: Experience, target: Target, month: int, *, held: bool = False, granted: bool = False
    ) -> Outcome:
        """A leaf of the target's rule on the first day of a month, by the past alone; ``held``: and the post held."""
        key = (leaf.id, target, month, held, granted)
        if key not in self._past:
            timeline = self.held(target) if held else self.without_post(target)
            self._past[key] = self.outcome(leaf, timeline, month, granted=granted)
        return self._past[key]

    def spans(
        self, leaf: Leaf, target: Target, statuses: tuple[Status, ...], horizon: int
    ) -> tuple[tuple[int, int], ...]:
        """The months, first and last, in which a leaf has one of some statuses with nothing done.

        It is looked at once a year of the plan, and between two years that differ month by month.
        """
        key = (leaf.id, target, statuses, horizon)
        if key not in self._spans:
            self._spans[key] = tuple(self._spans_of(leaf, replace(self.present, target=target), statuses, horizon))
        return self._spans[key]

    def _spans_of(
        self, leaf: Leaf, timeline: Timeline, statuses: tuple[Status, ...], horizon: int
    ) -> Iterator[tuple[int, int]]:
        def met(month: int) -> bool:
            context = Context(timeline, month_start(self._origin, month), self._knowledge.vocabulary)
            return leaf.outcome(context).status in statuses

        marks = [*range(0, horizon, _YEAR), horizon]
        states = {month: met(month) for month in marks}
        edges = [0]
        for before, later in pairwise(marks):
            low, high = before, later
            if states[low] == states[high]:
                continue
            while high - low > 1:
                middle = (low + high) // 2
                states[middle] = met(middle)
                low, high = (middle, high) if states[middle] == states[low] else (low, middle)
            edges.append(high)
        for first, end in pairwise([*edges, horizon + 1]):
            if states[first]:
                yield first, end - 1

    def held(self, target: Target) -> Timeline:
        """The person as they are, before a target."""
        if target not in self._held:
            self._held[target] = replace(self.present, target=target)
        return self._held[target]

    def holds(self, role: Role, target: Target, home: object) -> bool:
        """Whether such a post as the target asks is held, by the profile; ``home``: its state where it says none."""
        return any(
            post.role == role.id
            and post.span.end is None
            and post.span.maybe_on(self._origin - DAY)
            and target.setting in (None, post.setting)
            and target.state in (None, post.state or home)
            and (target.beds is None or (post.beds or 0) >= target.beds)
            for post in self.present.posts or ()
        )

    def without_post(self, target: Target) -> Timeline:
        """The person as if what they hold ended when the plan begins."""
        if target not in self._without:
            posts = tuple(self.ended(post) for post in self.present.posts or ())
            self._without[target] = replace(self.present, target=target, posts=posts)
        return self._without[target]

    def going_on(self, target: Target) -> Timeline:
        """The person with what they hold without an end, and all else that they do ended when the plan begins."""
        if self.until == 0:
            return self.held(target)
        posts = tuple(self._ended(one) if one.span.end is not None else one for one in self.present.posts or ())
        return replace(self.present, target=target, posts=posts)

    def cut(self, target: Target) -> Timeline:
        """The person as if all that they do ended when the plan begins, also what they do until a day to come."""
        if self.until == 0:
            return self.without_post(target)
        if target not in self._cut:
            posts = tuple(self._ended(post) for post in self.present.posts or ())
            self._cut[target] = replace(self.present, target=target, posts=posts)
        return self._cut[target]

    @cached_property
    def until(self) -> int:
        """The month of the plan from which no post is left of those held until a day to come; 0: none is."""
        ends = (post.span.end.latest for post in self.present.posts or () if post.span.end is not None)
        last = max((end for end in ends if end >= self._origin), default=None)
        if last is None:
            return 0
        return (last.year - self._origin.year) * _YEAR + last.month - self._origin.month + 1

    def ended(self, post: Post) -> Post:
        """The post held as if it ended when the plan begins."""
        return self._ended(post) if post.span.end is None else post

    def _ended(self, post: Post) -> Post:
        if post.span.end is not None and post.span.end.latest < self._origin:
            return post
        last = self._origin - DAY
        return replace(post, span=Span(post.span.start, DateRange(last, last)))

    def beside(self, ended: Timeline, opening: Opening) -> Timeline:
        """The past and a post from the start of the plan."""
        return replace(ended, posts=(*(ended.posts or ()), self._posts(ended.target)[opening]))

    def _posts(self, target: Target) -> Mapping[Opening, Post]:
        """Each opening as a post held from the start of the plan."""
        if target.state not in self._in_state:
            self._in_state[target.state] = self._placed(self.steps, target)
        return self._in_state[target.state]

    def _placed(self, roles: Iterable[Role], target: Target) -> Mapping[Opening, Post]:
        """Each opening of some roles as a post held from the start of the plan."""
        where = {"state": target.state} if target.state else {}
        openings = [Opening(role, setting) for role in roles for setting in role.settings]
        entries = [{"role": opening.role.id, "setting": opening.setting} | where for opening in openings]
        effects = tuple(Effect("experience", entry) for entry in entries)
        lasting = Lasting(effects, self._origin, self._origin, post=True)
        future = resolve(after({"experience": []}, [lasting]), self._knowledge, target)
        return dict(zip(openings, future.posts or (), strict=True))

    def counting(self, leaf: Experience, target: Target, *, granted: bool = False) -> tuple[Opening, ...]:
        """The openings that are surely of the kind asked; ``granted``: those that are likely to be of it, too."""
        key = (leaf.id, target, granted)
        if key not in self._counting:
            self._counting[key] = tuple(self._of_kind(leaf, target, self._posts(target), granted=granted))
        return self._counting[key]

    def counts(self, leaf: Experience, target: Target, roles: Iterable[Role]) -> bool:
        """Whether a post of any of some roles, steps or not, is surely of the kind asked."""
        return any(self._of_kind(leaf, target, self._placed(roles, target), granted=False))

    def _of_kind(
        self, leaf: Experience, target: Target, posts: Mapping[Opening, Post], *, granted: bool
    ) -> Iterator[Opening]:
        alone = replace(self.without_post(target), posts=tuple(posts.values()))
        claims = leaf.claims(Context(alone, self._origin, self._knowledge.vocabulary))
        for opening, claim in zip(posts, claims, strict=True):
            if claim.strength.counts(confirmed=granted):
                yield opening

    def tried(
        self, leaf: Experience, target: Target, months: int, opening: Opening, *, granted: bool = False
    ) -> Outcome:
        """What the past and some months in an opening come to."""
        key = (leaf.id, target, months, granted, opening)
        if key not in self._tried:
            beside = self.beside(self.cut(target), opening)
            self._tried[key] = self.outcome(leaf, beside, months, granted=granted)
        return self._tried[key]

    # -- roles -----------------------------------------------------------------------------------------------------

    @cached_property
    def steps(self) -> tuple[Role, ...]:
        """Roles that can be a step: those of the ladder; all that can be read, the lowest first; where these lead."""
        others = [role for role in self._roles if role.id not in self._reached]
        others.sort(key=lambda role: self._levels.index(role.level))
        readable = [role for role in others if self.by_itself(role)]
        onward = [role for role in others if not self.by_itself(role) and self.leading_to(role)]
        return (*self.ladder, *readable, *onward)

    def by_itself(self, role: Role) -> bool:
        """Whether a role can be a step wherever it leads to: it is on the ladder, or all that it asks was read."""
        return role.id in self._reached or self.readable(role)

    def leading_to(self, role: Role) -> list[Role]:
        """The roles that can be a step by themselves and from which the ladder goes to a role."""
        below = (one for one in self._roles if any(edge.role == role.id for edge in one.next_roles))
        return [one for one in below if self.by_itself(one)]

    @cached_property
    def _reached(self) -> frozenset[str]:
        return frozenset(role.id for role in self.ladder)

    @cached_property
    def _roles(self) -> tuple[Role, ...]:
        roles = map(self._knowledge.role, self._knowledge.ids("roles", "roles"))
        return tuple(role for role in roles if role is not None)

    @cached_property
    def ladder(self) -> tuple[Role, ...]:
        """The roles held (for another place), those up from there, and those held before.

        What a title is taken for counts too: each rule on the way asks whether that is right.
        """
        posts = [(name, one.span.end) for one in self.present.posts or () if (name := one.role or one.guessed_role)]
        held = dict.fromkeys(name for name, end in posts if end is None)
        past = dict.fromkeys(name for name, _ in posts if name not in held)
        reached = {**held, **past}
        frontier, order = list(reached), list(held)
        while frontier:
            role = self._knowledge.role(frontier.pop(0))
            for edge in role.next_roles if role else ():
                if edge.role not in reached:
                    reached[edge.role] = None
                    frontier.append(edge.role)
                    order.append(edge.role)
        order += past
        return tuple(role for name in order if (role := self._knowledge.role(name)))

    def above(self, role: Role, target: Target) -> bool:
        """Whether a role is on a higher rung than the post that is asked for: no step to it."""
        asking = self._knowledge.role(target.id)
        return asking is not None and self._levels.index(role.level) > self._levels.index(asking.level)

    def detour(self, role: Role, target: Target) -> bool:
        """Whether a role cannot be begun in without a licence that is not held, and that the target does not ask."""
        key = (role.id, target)
        if key not in self._detours:
            self._detours[key] = self._unheld(role, target)
        return self._detours[key]

    def _unheld(self, role: Role, target: Target) -> bool:
        asking = self._knowledge.role(target.id)
        own = _licences(self._knowledge.role_rules(asking)) if asking is not None else {}
        context = Context(replace(self.present, target=target), self._origin, self._knowledge.vocabulary)
        return any(
            name not in own and leaf.outcome(context).status is Status.UNMET
            for name, leaf in _licences(self._knowledge.role_rules(role)).items()
        )

    def readable(self, role: Role) -> bool:
        """Whether all that a role asks was read."""
        if role.id not in self._readable:
            trees = self._knowledge.role_rules(role)
            self._readable[role.id] = not any(
                isinstance(node, UnreadLeaf | AmountNotFoundLeaf)
                for name in ("required", "typical")
                for node in walk(trees[name])
            )
        return self._readable[role.id]


def _licences(trees: Mapping[str, Rule]) -> dict[str, LicenseLeaf]:
    """The licences that the law asks for a post, or that are usual."""
    nodes = (node for name in ("required", "typical") for node in walk(trees[name]))
    return {node.credential: node for node in nodes if isinstance(node, LicenseLeaf)}
