"""A saved plan against the person and the data of today: what is done, late or changed, and the plan from here on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hsm_planner.engine.assess import Goal
from hsm_planner.engine.sources import cited
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.planner.difference import difference
from hsm_planner.planner.follow_going import applied, in_post, under_way
from hsm_planner.planner.follow_person import doubts
from hsm_planner.planner.follow_words import to_write
from hsm_planner.planner.leaves import entries_behind, leaves_behind, rule_lines
from hsm_planner.planner.plan import plan
from hsm_planner.planner.programmes import is_begun
from hsm_planner.planner.result import Followed, FollowedStep, Plan, PlanAction, RuleChange, StepState, UnderWay
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.model import Profile
from hsm_planner.requirements.base import Context, Leaf
from hsm_planner.requirements.credentials import CertificationLeaf, ExamLeaf, LicenseLeaf
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.membership import MembershipLeaf
from hsm_planner.resolve.person import resolve
from hsm_planner.values.dates import Date
from hsm_planner.values.timeline import Target
from hsm_planner.values.truth import Status


def follow(saved: Plan, profile: Profile, knowledge: Knowledge, as_of: Date) -> Followed:
    """What became of a plan.

    Raises:
        InputError: when its target is no longer in the data.
        Unsound: when the new plan fails its own replay: a bug of ours.
    """
    return _Follower(saved, profile, knowledge, as_of).told()


class _Follower:
    def __init__(self, saved: Plan, profile: Profile, knowledge: Knowledge, as_of: Date) -> None:
        self.saved, self.profile, self.knowledge, self.as_of = saved, profile, knowledge, as_of
        goal = saved.goal
        self.goal = Goal(goal.kind, goal.id, goal.state, goal.standard or "typical", goal.setting, goal.beds)
        self.target = Target(goal.id, goal.state, goal.setting, goal.beds)
        self.timeline = resolve(profile, knowledge, self.target)
        entry = knowledge.entry(goal.kind, goal.id)
        targets = [action.target for action in saved.actions if action.target]
        self.entries = entries_behind(knowledge, entry, targets) if entry is not None else []
        self.leaves = {leaf.id: (leaf, one.id) for one, leaf in self._asked()}

    def _asked(self) -> Iterator[tuple[Entry, Leaf]]:
        """What the goal asks today, and what is on the way."""
        return leaves_behind(self.knowledge, self.entries, self.as_of, self.goal.state, self.goal.standard)

    def told(self) -> Followed:
        fresh = plan(self.profile, self.knowledge, self.goal, self.as_of, wishes_of(self.saved))
        steps = self._steps(fresh)
        new = {action.id: action for action in fresh.actions}
        carried = (self._carried_on(action, new) for action in self.saved.actions if action.id not in new)
        changes = tuple(self._changes())
        done = frozenset(step.id for step in steps if step.state in ("done", "under_way"))
        names = [name for one in changes for name in (*one.old_sources, *one.new_sources)]
        return Followed.model_construct(
            as_of=self.as_of.isoformat(),
            made_on=self.saved.as_of,
            warnings=doubts(self.saved.receipt.person, self.profile),
            goal=self.saved.goal,
            steps=steps,
            rules_changed=changes,
            difference=difference(self.saved, fresh, done, frozenset(one.id for one in carried if one is not None)),
            plan=fresh,
            sources=cited(self.knowledge, names),
        )

    # -- steps -----------------------------------------------------------------------------------------------------

    def _steps(self, fresh: Plan) -> tuple[FollowedStep, ...]:
        new = {action.id: action for action in fresh.actions}
        known = {action.id: self._done(action) for action in self.saved.actions}
        again = {one.id for one in self.saved.actions if one.kind != "confirm" and known[one.id] and one.id in new}
        begun = {
            one.id
            for one in self.saved.actions
            if (one.kind in ("post", "training") and known[one.id])
            or (one.kind == "training" and self._going(one, known[one.id], fresh) is not None)
        } - again
        for action in self.saved.actions:
            if action.kind == "search" and begun & set(action.closes):
                known[action.id] = True
            elif action.id in again:
                known[action.id] = False
        return tuple(
            self._step(action, known[action.id], fresh, new, again=action.id in again) for action in self.saved.actions
        )

    def _step(
        self, action: PlanAction, done: bool | None, fresh: Plan, new: Mapping[str, PlanAction], *, again: bool
    ) -> FollowedStep:
        there = new.get(action.id) or self._carried_on(action, new)
        waited_for = fresh.finish is None or not action.closes or any(name in new for name in action.closes)
        going = self._going(action, done, fresh) if waited_for and fresh.status != "done" else None
        moot = fresh.finish is not None and there is None and action.kind != "renew"  # it ends all the same
        state = "under_way" if going is not None else self._state(action, done, moot=moot)
        return FollowedStep.model_construct(
            id=action.id,
            kind=action.kind,
            text=action.text,
            start=action.start,
            end=_end(action),
            state=state,
            new_start=there.start if there else None,
            new_end=_end(there) if there else None,
            again=again and going is None,
            under_way=going,
            write=self._write(action, state) if not again else None,
        )

    def _carried_on(self, action: PlanAction, new: Mapping[str, PlanAction]) -> PlanAction | None:
        """The step of the new plan that finishes the degree which a step began, or began to finish."""
        if action.kind != "degree":
            return None
        level = self._level(action)
        return next((one for one in new.values() if is_begun(one.id) and self._level(one) == level), None)

    def _level(self, action: PlanAction) -> str | None:
        """The level of the degree that a step is about: of its programme, or by itself."""
        programme = self.knowledge.programme(action.target or "")
        return programme.level if programme is not None else action.target

    def _write(self, action: PlanAction, state: StepState) -> str | None:
        """What says in the profile that a step is done or has begun, or what its question is."""
        if state in ("late", "due"):
            return to_write(action, self._leaf(action)[0], self.knowledge, self.target.state)
        leaf, owner = self._leaf(action)
        if state != "open" or leaf is None:
            return None
        return ", ".join(dict.fromkeys(one.id for one in leaf.outcome(self._context(owner)).questions)) or None

    def _going(self, action: PlanAction, done: bool | None, fresh: Plan) -> UnderWay | None:
        """What of a step goes on by the profile."""
        leaf, owner = self._leaf(action)
        context = self._context(owner)
        if action.kind == "post" and done and action.target != self.goal.id:
            held = [post for post in self.timeline.posts or () if post.role == action.target and post.span.end is None]
            later = [one.start for one in fresh.actions if one.kind == "post"]
            return in_post(held[0], min(later, default=None)) if held else None
        if action.kind == "membership" and action.months:
            return under_way(self._tenures(action), context)
        if done or leaf is None:
            return None
        if action.kind == "degree":
            return under_way([leaf, *self._degrees(action)], context)
        if action.kind == "apply" and not action.id.startswith("apply:"):
            sent = [one for one in self.timeline.applications or () if one.target == action.target and one.stages]
            return applied(sent[0]) if sent else None
        return under_way([leaf], context) if action.kind == "training" else None

    def _tenures(self, action: PlanAction) -> list[Leaf]:
        """The leaves that ask to be a member for some time, the shortest first."""
        found = [(leaf.at_least.years, leaf) for leaf, _ in self.leaves.values() if isinstance(leaf, MembershipLeaf)
                 and leaf.organization == action.target and leaf.at_least is not None]  # fmt: skip
        return [leaf for _, leaf in sorted(found, key=lambda one: one[0])]

    def _degrees(self, action: PlanAction) -> list[Leaf]:
        """The leaves that ask a degree, and that the programme of a step is enough for by its level."""
        programme = self.knowledge.programme(action.target or "")
        reached = self.knowledge.vocabulary.satisfies[programme.level] if programme else ()
        return [leaf for leaf, _ in self.leaves.values() if isinstance(leaf, DegreeLeaf) and leaf.level in reached]

    def _state(self, action: PlanAction, done: bool | None, *, moot: bool) -> StepState:
        if done:
            return "done"
        if moot and not (action.kind == "confirm" and done is False):
            return "moot"
        if action.kind == "confirm":
            return "answered_no" if done is False else "open"
        start, end = Date.fromisoformat(action.start), Date.fromisoformat(_end(action))
        if end < self.as_of and start < self.as_of:
            return "late"
        return "due" if start <= self.as_of else "ahead"

    def _done(self, action: PlanAction) -> bool | None:
        """Whether a step is done, by the profile of today; None: it does not say."""
        if action.kind == "post":
            since = Date.fromisoformat(self.saved.as_of)
            starts = [post.span.start for post in self.timeline.posts or () if post.role == action.target]
            return any(start is not None and start.earliest >= since for start in starts)
        if action.kind == "apply" and action.id.startswith("apply:"):
            stage = action.id.rpartition(":")[2]
            return any(stage in one.stages for one in self.timeline.applications or () if one.target == action.target)
        if action.kind == "renew":
            state = next(iter(action.id.split(":")[2:]), None)
            due = [one.due for one in self.saved.keep_alive if (one.credential, one.state) == (action.target, state)]
            after = Date.fromisoformat(due[0][0] if due and due[0] else action.latest_start)
            return any(
                held.id == action.target
                and state in (None, held.state)
                and (held.span.end is None or held.span.end.earliest > after)
                for held in self.timeline.credentials or ()
            )
        leaf, owner = self._leaf(action)
        if leaf is None:
            return None
        status = leaf.outcome(self._context(owner)).status
        return None if status is Status.UNKNOWN else status is Status.MET

    def _context(self, owner: str) -> Context:
        target = Target(owner, self.target.state, self.target.setting, self.target.beds)
        timeline = self.timeline if target == self.target else resolve(self.profile, self.knowledge, target)
        return Context(timeline, self.as_of, self.knowledge.vocabulary)

    def _leaf(self, action: PlanAction) -> tuple[Leaf | None, str]:
        """The leaf that an action closes, and the entry that asks it."""
        goal, target = self.target.id, action.target or ""
        made: Leaf | None = None
        if action.kind == "degree" and (level := self._level(action)) is not None:
            programme = self.knowledge.programme(target)
            fields = (programme.field if programme is not None else "any",)
            made = DegreeLeaf.model_construct(id=action.id, level=level, fields=fields)
        elif action.kind == "exam":
            made = ExamLeaf.model_construct(id=action.id, exam=target)
        elif action.kind == "membership":
            made = MembershipLeaf.model_construct(id=action.id, organization=target)
        elif action.kind == "apply":
            held = self.knowledge.credential(target)
            if held is not None and self.knowledge.certification(target) is not None:
                made = CertificationLeaf.model_construct(id=action.id, credential=target)
            elif held is not None:
                made = LicenseLeaf.model_construct(id=action.id, credential=target, state="target")
        if made is not None:
            return made, goal
        return self.leaves.get(action.id.partition(":")[2], (None, goal))

    # -- rules -----------------------------------------------------------------------------------------------------

    def _changes(self) -> Iterator[RuleChange]:
        """What is said in other words than when the plan was made, is new, or is gone: rules, renewals, prices."""
        present = rule_lines(self.knowledge, self.entries, self.as_of, self.goal.state, self.goal.standard)
        parts = {"leaf", *(one.part for one in self.saved.rules.values())}  # older plans have no other
        for name in dict.fromkeys((*self.saved.rules, *present)):
            old, new = self.saved.rules.get(name), present.get(name)
            if new is not None and new.part not in parts:
                continue
            if (old.text if old else None) != (new.text if new else None):
                yield RuleChange.model_construct(
                    leaf=name,
                    old=old.text if old else None,
                    new=new.text if new else None,
                    old_sources=old.sources if old else (),
                    new_sources=new.sources if new else (),
                )


def wishes_of(saved: Plan) -> Wishes:
    """What the person asked of a saved plan."""
    asked = saved.receipt.wishes
    return Wishes(
        objective=saved.objective,
        study_hours=asked.study_hours,
        stop_working=asked.stop_working,
        budget=asked.budget,
        by=Date.fromisoformat(asked.by) if asked.by else None,
        with_=tuple(frozenset(group) for group in asked.must_have),
        without=frozenset(asked.without),
        assume=dict(asked.assume),
    )


def _end(action: PlanAction) -> str:
    """The last day of a step; what is renewed has until the last on which that can be done."""
    return max(action.end, action.latest_start) if action.kind == "renew" else action.end
