"""From a target's rule to the neutral problem: every open leaf with the actions that can close it.

Whether an action closes a leaf is not written here: it is tried, by reading the profile with what the action leaves
behind. Activities refer to each other by id, so that what two leaves share is one activity, and cycles cost nothing.
"""

from __future__ import annotations

import itertools
from functools import partial

from hsm_planner.engine.items import license_of
from hsm_planner.engine.renewal import titled
from hsm_planner.knowledge.models import Certification, License, Role
from hsm_planner.planner.actions import MAKERS, Action, fees_of, spends
from hsm_planner.planner.aside import closed_ways, unread_ways
from hsm_planner.planner.branches import (
    BEYOND,
    NEVER,
    any_of,
    applied,
    exam_leaf,
    joined,
    preferred,
    priced_apart,
    priced_by_way,
    read_of,
    sitting,
)
from hsm_planner.planner.calendar import decision_months, exam, fresh
from hsm_planner.planner.future import Effect
from hsm_planner.planner.hours import budget_of, hours_of, within_hours
from hsm_planner.planner.made import Routes
from hsm_planner.planner.meaning import Reading
from hsm_planner.planner.model import (
    ALWAYS,
    Activity,
    All,
    Begun,
    Condition,
    Cost,
    Done,
    During,
    Mode,
    Problem,
    Schedule,
    can_be,
)
from hsm_planner.planner.result import POSTS
from hsm_planner.planner.stepping import Stepping
from hsm_planner.requirements.base import Leaf, Outcome
from hsm_planner.requirements.credentials import CertificationLeaf, ExamLeaf, LicenseLeaf
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.experience import Experience
from hsm_planner.requirements.plain import UnreadLeaf
from hsm_planner.requirements.rules import AllOf, AmountNotFoundLeaf, AnyOf, AtLeast, Evaluated, Rule, evaluate
from hsm_planner.requirements.training import TrainingLeaf
from hsm_planner.values.record import replace
from hsm_planner.values.timeline import Target
from hsm_planner.values.truth import Status

_MOST_COMBINATIONS = 40
_SCHOOLING = ({"degree"}, {"credits"}, {"degree", "credits"})  # beside licences, that stand for it
_NOTHING_GIVEN = "No licence is given for it: keep the proofs, and show them to the employer and to who asks."


class Maker(Stepping):
    """Makes the problem of one person and one target."""

    def problem(self, entry: Role | Certification | License) -> Routes:
        """The problem of holding a credential, or of beginning a post of a role."""
        routes = self._problem(entry)
        if not self.interlaced and all(len(targets) == 1 for targets in self.asking.values()):
            return routes
        again = Maker(self.knowledge, self.profile, self.target, self.origin, self.numbers, self.limits, self.probes)
        again.askers, again.offered, again.wanted, again.liked = self.asking, self.studies, self.wanted, self.liked
        again.taken = self.taken
        again.apart = self.needed
        return again._problem(entry)

    def _problem(self, entry: Role | Certification | License) -> Routes:
        goal = self.in_post(entry) if isinstance(entry, Role) else self._held(entry, self.target)
        goal = self._with_wanted(entry, goal)
        activities = tuple(within_hours(self.activities[name], self.limits) for name in sorted(self.activities))
        problem = Problem(
            self.limits.horizon, activities, goal, hours_of(self.limits),
            budget_of(self.limits), self.earning.current,
        )  # fmt: skip
        deadline = self.limits.deadline
        if deadline is not None and not Reading(problem, Schedule((), 0)).holds(goal, 0):  # what is reached is in time
            most = max(0, min(problem.horizon, deadline))  # whatever ends later is too late
            problem = replace(problem, goal=All((goal, During(0, deadline))), horizon=most)
        if self.earning.cut:
            self.left_out[POSTS] = (
                "Posts on the way: only the nearest few whose rules are known were tried; others may be sooner"
            )
        dead = tuple(self.dead.values())
        return Routes(problem, self.actions, self.uses, dead, tuple(self.left_out.items()), self.earning.cut)

    # -- goals -----------------------------------------------------------------------------------------------------

    def _held(self, entry: Certification | License, target: Target) -> Condition:
        """Holding a credential: as it is held already, or by earning it."""
        leaf: CertificationLeaf | LicenseLeaf
        if isinstance(entry, Certification):
            leaf = CertificationLeaf.model_construct(id=f"held.{entry.id}", credential=entry.id)
        else:
            leaf = LicenseLeaf.model_construct(id=f"held.{entry.id}", credential=entry.id, state=target.state)
        return self._leaf(leaf, target)

    def _with_wanted(self, entry: Role | Certification | License, goal: Condition) -> Condition:
        """One of each group that the person wants in the plan, before the target is reached."""
        groups = [group for group in self.wanted if entry.id not in group]  # the target is in every plan to it
        wanted = All(tuple(any_of(way for id_ in sorted(group) for way in self._ways_to(id_)) for group in groups))
        last = f"post:{entry.id}" if isinstance(entry, Role) else self._getting(entry, self.target.state)
        if wanted.of and last in self.activities:
            activity = self.activities[last]
            self.activities[last] = replace(activity, needs=All((activity.needs, wanted)))
        return All((goal, wanted)) if wanted.of else goal

    def _ways_to(self, id_: str) -> list[Condition]:
        """What has a degree, credential, role or course in the plan: what is there for another reason, or by itself."""
        there = [
            one
            for name, one in self.activities.items()
            if id_ in (name, self.actions[name].target)
            if any(effect.section != "applications" for effect in self.actions[name].effects)
        ]
        if there:
            return [Begun(one.id) if one.post else Done(one.id) for one in there]
        if (programme := self.knowledge.programme(id_)) is not None:
            return self._studying(programme, self.target)
        if (role := self.knowledge.role(id_)) is not None:
            name = self._step_into(role, role.settings[0])
            return [Begun(name)] if name is not None else []
        entry = self.knowledge.credential(id_)
        return [self._held(entry, replace(self.target, id=id_))] if entry is not None else []

    # -- rules -----------------------------------------------------------------------------------------------------

    def rule(self, rule: Rule, target: Target, *, exams: bool = True) -> Condition:
        """The condition of a rule as it stands at the start of the plan; without its ``exams``, on wish."""
        found = self._node(evaluate(rule, self._context(self._timeline(target))), target, exams=exams)
        return ALWAYS if found is None else found

    def _node(self, found: Evaluated, target: Target, *, exams: bool) -> Condition | None:
        if found.status is Status.NOT_APPLICABLE or (isinstance(found.node, ExamLeaf) and not exams):
            return None
        if isinstance(found.node, Leaf):
            return self._leaf(found.node, target, found.outcome)
        if isinstance(found.node, AllOf) and self.numbers("training-after-schooling"):
            self._schooled(found, target)
        node = partial(self._node, target=target, exams=exams)
        if isinstance(found.node, AllOf):
            return All(tuple(condition for child in found.children if (condition := node(child)) is not None))
        n = found.node.n if isinstance(found.node, AtLeast) else 1
        looked: dict[str, Condition | None] = {}

        def seen(child: Evaluated) -> Condition | None:
            looked[child.node.id] = node(child)
            return looked[child.node.id]

        made = preferred(found.children, seen, n, wide=self.limits.wide)
        if len(made) < len(found.children):
            self.left_out |= unread_ways(found.children, self.knowledge.vocabulary)
            entry = self.knowledge.credential(target.id) or self.knowledge.role(target.id)
            if made and entry is not None and target.id == self.target.id:
                closed = [one for one in found.children if (way := looked.get(one.node.id)) and not can_be(way)]
                self.left_out |= closed_ways(closed, self.dead, self.knowledge.vocabulary, entry.ask)
        if isinstance(found.node, AnyOf):
            return any_of(made)
        chosen = itertools.combinations(made, n)
        return any_of([All(each) for each in itertools.islice(chosen, _MOST_COMBINATIONS)])

    def _schooled(self, found: Evaluated, target: Target) -> None:
        """The schooling that a group asks comes before the training that it asks."""
        leaves = {
            child.node.id: [one.node for one in child.walk() if isinstance(one.node, Leaf)] for child in found.children
        }
        school = [
            condition
            for child in found.children
            if {leaf.kind for leaf in leaves[child.node.id]} - {"license"} in _SCHOOLING
            if (condition := self._node(child, target, exams=True)) not in (None, ALWAYS)
        ]
        for leaf in (leaf for each in leaves.values() for leaf in each if isinstance(leaf, TrainingLeaf)):
            known = self._before.get(leaf.id, ())
            self._before[leaf.id] = (*known, *(one for one in school if one not in known))

    def _leaf(self, leaf: Leaf, target: Target, outcome: Outcome | None = None) -> Condition:
        key = (leaf.id, target)
        if key not in self._known:
            self._known[key] = NEVER  # what needs itself does not come by itself
            outcome = outcome or leaf.outcome(self._context(self._timeline(target)))
            self._known[key] = self._closing(leaf, target, outcome)
        return self._known[key]

    def _closing(self, leaf: Leaf, target: Target, outcome: Outcome) -> Condition:
        """Every way in which the leaf can hold: by itself, by an answer, by an action."""
        for id_, level in self.limits.lowered:
            if id_ == leaf.id:
                lower = {"id": f"{id_}.lower", "level": level}
                return ALWAYS if level is None else self._leaf(leaf.model_copy(update=lower), target)
        if isinstance(leaf, UnreadLeaf):
            return Done(self._confirm(leaf, unread=True))
        if isinstance(leaf, AmountNotFoundLeaf):
            self.earning.unmeasured.add(leaf.for_.id)
            # some of it is had or done; whether it is enough is to be asked
            return All((self._leaf(leaf.for_, target), Done(self._confirm(leaf, unread=True))))
        if isinstance(leaf, Experience):
            ways = self.earning.ways(leaf, target, self.limits.without, partial(self._confirm, leaf, post=True))
        else:
            ways = self._by_itself(leaf, target)
            if ways == [ALWAYS]:
                return ALWAYS
            ways += self._actions(leaf, target)
        partly = outcome.status is Status.PARTLY and isinstance(leaf, DegreeLeaf)
        degrees = self.present.degrees or () if partly else ()
        coming = {one.pointer for one in degrees if one.under_way and one.awarded}
        if outcome.status is Status.UNKNOWN or coming:
            open_ = self._by_itself(leaf, target, (Status.MET, Status.UNKNOWN))
            said = "; ".join(one.text for one in outcome.evidence if one.pointer in coming)
            asked: Condition = All(
                (Done(self._confirm(leaf, coming=said, questions=outcome.questions, target=target)), any_of(open_))
            )  # such answers may age
            if isinstance(leaf, Experience):
                asked = All((asked, self.earning.confirmed(leaf, target)))
            ways.append(asked)
        if not ways:
            self.dead[leaf.id] = leaf
        return any_of(ways)

    # -- actions ---------------------------------------------------------------------------------------------------

    def _actions(self, leaf: Leaf, target: Target) -> list[Condition]:
        if isinstance(leaf, DegreeLeaf):
            return self._degrees(leaf, target)
        if isinstance(leaf, ExamLeaf):
            return self._exam(leaf, target)
        if isinstance(leaf, CertificationLeaf | LicenseLeaf):
            return self._credential(leaf, target)
        self.numbers.take()  # what was asked for before is not what this rests on
        maker = MAKERS.get(getattr(leaf, "kind", ""))
        made = maker(leaf, self._missing(leaf, target), self.knowledge, self.numbers, self.pace) if maker else None
        if made is None:
            return []
        made = replace(made, action=replace(made.action, note=joined(made.action.note, leaf.note) or None))
        entry = self.knowledge.credential(target.id)
        made = priced_apart(made, entry.fees_in(target.state) if entry is not None else ())
        if isinstance(leaf, TrainingLeaf) and isinstance(entry, License):
            made = self._on_intakes(made, entry, leaf.programmes)
        needs = self._gates(made, target)
        if isinstance(leaf, TrainingLeaf):
            self.numbers("training-after-schooling")
            needs = All((needs, *self._before.get(leaf.id, ())))
        window = fresh(leaf, made.modes)
        return [] if window is not None and window < 0 else self._offer(made, leaf, target, needs, window)

    def _exam(self, leaf: ExamLeaf, target: Target) -> list[Condition]:
        """An exam is sat once all else is met that its credential asks: it is the issuer's or the board's to admit.

        Each credential that asks it admits by itself; what was passed for another that is held by then counts as well.
        """
        name = self._admitted(leaf.exam, target)
        action = self.actions[name]
        if leaf.note and leaf.note not in (action.note or ""):
            self.actions[name] = replace(action, note=joined(action.note, leaf.note))
        own: list[Condition] = [BEYOND if self._barred(self.actions[name]) else Done(name, 0, fresh(leaf))]
        others = [
            All((Done(self._getting(entry, other.state)), Done(sitting(leaf.exam, other, number), 0, fresh(leaf))))
            for number, other in enumerate(self.askers.get(leaf.exam, ()))
            if other != target and (entry := self.knowledge.credential(other.id)) is not None
        ]
        return [*own, *others]

    def _admitted(self, exam_id: str, target: Target) -> str:
        """The activity of sitting an exam for a credential."""
        asking = self.asking.setdefault(exam_id, [])
        if target in asking:
            return sitting(exam_id, target, asking.index(target))
        asking.append(target)
        name = sitting(exam_id, target, len(asking) - 1)
        self.numbers.take()
        self.actions[name], activity = exam(
            name, exam_id, self.knowledge.vocabulary.label("exam", exam_id), self.knowledge.exam(exam_id),
            self.numbers, self.pace, self.origin, self.limits.horizon,
        )  # fmt: skip
        self.uses[name] = self.numbers.take()
        entry = self.knowledge.credential(target.id)
        gate = ALWAYS if entry is None else self.rule(self.knowledge.rule_of(entry), target, exams=False)
        self.activities[name] = replace(activity, needs=gate)
        return name

    @staticmethod
    def _getting(entry: Certification | License, state: str | None) -> str:
        """The activity of receiving a credential."""
        return f"get:{entry.id}" + (f":{state}" if isinstance(entry, License) and state and not entry.state else "")

    def _held_elsewhere(self, entry: Certification | License, state: str | None) -> bool:
        """Whether the same licence of another state is there, with which another way may be taken."""
        held = self.present.credentials or ()
        return isinstance(entry, License) and any(
            one.family == entry.family and one.state not in (None, state) for one in held
        )

    def _credential(self, leaf: CertificationLeaf | LicenseLeaf, target: Target) -> list[Condition]:
        state = leaf.state if isinstance(leaf, LicenseLeaf) else None
        if state == "target" and target.state is None:
            return []  # of no state it is not known for which it would be received
        wanted = target.state if state in ("target", None) else state
        there = leaf.outcome(self._context(self._timeline(target))).status is Status.MET
        entry = self.knowledge.certification(leaf.credential) or license_of(self.knowledge, leaf.credential, wanted)
        entry = entry or (self._serving(leaf.credential) if there else None)
        if entry is None:
            return []
        if isinstance(entry, Certification) and entry.status != "active":
            self.left_out[f"get:{entry.id}"] = f"{entry.title}: the programme is {entry.status}"
            return []
        own = entry.state if isinstance(entry, License) and entry.state else wanted
        renewed = self._renewal(entry, own, serves=there)
        if renewed is not None:
            return [Done(renewed)]
        name = self._getting(entry, own)
        if name not in self.activities:
            data = {"id": entry.id} | ({"state": own} if isinstance(entry, License) and own else {})
            effect = Effect("credentials", data, (("issued", "end"),))
            given = not isinstance(entry, License) or entry.granted
            title = titled(self.knowledge, entry, own)
            text = f"apply for and receive {title}" if given else f"{title}: all that is asked is there"
            fees = entry.fees_in(own)
            note, cost = (
                (applied(entry, fees, self.knowledge.vocabulary), fees_of(fees)) if given else (_NOTHING_GIVEN, Cost())
            )
            if given and self._held_elsewhere(entry, own) and (by_way := priced_by_way(fees)):
                note, cost = applied(entry, fees, self.knowledge.vocabulary, by_way), Cost(unpriced=1)
            self.actions[name] = Action(name, "apply", entry.id, text, (effect,), read_of(entry, own, fees), note)
            self.activities[name] = Activity(name, ())  # known while its needs are made
            inner = replace(target, id=entry.id, state=own or target.state)
            needs = [self.rule(self.knowledge.rule_of(entry), inner)]
            if isinstance(entry, Certification):
                needs += [self._leaf(exam_leaf(entry, exam), inner) for exam in entry.exams]
            if not getattr(entry, "provisional", None):
                needs += [
                    self.rule(rule, inner) for name_, rule in self.knowledge.extra_rules(entry) if name_ == "after_exam"
                ]
            self.numbers.take()
            wait = decision_months(entry.application, self.numbers, "credential-wait-months") if given else 0
            self.activities[name] = Activity(name, (Mode("apply", wait, {}, spends(cost), cost),), All(tuple(needs)))
            self.uses[name] = self.numbers.take()
        return [BEYOND if self._barred(self.actions[name]) else Done(name)]
