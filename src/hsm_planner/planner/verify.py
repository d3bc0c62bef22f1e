"""A plan replayed on dates, with the readers and the evaluator of ``assess``; it shares no code with the search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hsm_planner.engine.assess import Standard, reaching
from hsm_planner.engine.closing import bridged
from hsm_planner.knowledge.models import Certification, License, Role
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.future import Lasting, after
from hsm_planner.profile.model import Profile
from hsm_planner.requirements.base import Context, Leaf
from hsm_planner.requirements.credentials import CertificationLeaf, ExamLeaf, LicenseLeaf
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.rules import AllOf, AnyOf, AtLeast, Evaluated, Rule, evaluate, walk
from hsm_planner.requirements.training import TrainingLeaf
from hsm_planner.resolve.person import resolve
from hsm_planner.values.dates import DAY, Date
from hsm_planner.values.record import record, replace
from hsm_planner.values.timeline import Target, Timeline
from hsm_planner.values.truth import Status

_FINE = (Status.MET, Status.NOT_APPLICABLE)


@record
class Step:
    """An action of a plan on its dates: the first and the last day (no time at all: last lies before first)."""

    id: str
    kind: str
    target: str | None
    lasting: Lasting
    hours: int = 0  # of study a week
    usd: int = 0  # at the most


class Replay:
    """Replays the steps of one plan.

    ``assumed``: ids of leaves and statements that the plan lists as taken true, where they are not known; ``waived``:
    leaves that somebody may do without; ``standard``: how far the rule of the target's own post reaches.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        profile: Mapping[str, object],
        target: Target,
        steps: Sequence[Step],
        assumed: frozenset[str],
        waived: frozenset[str] = frozenset(),
        standard: Standard = "typical",
        begins: tuple[Date, Date] | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._profile = profile
        self._target = target
        self._steps = steps
        self._assumed = assumed
        self._waived = waived
        self._standard = standard
        self._begins = begins  # the day on which the plan is made, and the day on which it begins

    def problems(self, entry: Role | Certification | License, finish: Date) -> Iterator[str]:
        """Which action fails, and why; nothing when the plan is sound."""
        for step in self._steps:
            yield from (f"{step.id}: {what}" for what in self._of_step(step))
        if isinstance(entry, Role):
            begun = [step for step in self._steps if step.kind == "post" and step.target == entry.id]
            if not begun and self._in_post(entry, finish):
                yield from (
                    f"{step.id}: takes the place of {entry.id}" for step in self._steps if step.lasting.occupies
                )
                trees = self._knowledge.role_rules(entry)
                for name in reaching(self._standard):
                    yield from (f"{entry.id}: {what}" for what in self._unmet(trees[name], self._target, finish))
            elif not begun or begun[0].lasting.first > finish:
                yield f"the post of {entry.id} has not begun"
        elif not self._holds(entry, finish):
            yield f"{entry.id} is not held on {finish.isoformat()}"

    def _in_post(self, role: Role, day: Date) -> bool:
        """Whether a post of a role, where the target has it, is held on a day."""
        target, home = self._target, self._profile.get("state")
        return any(
            post.span.maybe_on(day) and target.state in (None, post.state or home)
            for post in self._timeline(day, target).posts or ()
            if post.role == role.id and target.setting in (None, post.setting)
            if target.beds is None or (post.beds is not None and post.beds >= target.beds)
        )

    def _of_step(self, step: Step) -> Iterator[str]:
        """Whether what the step asks is there on its first day."""
        role = self._knowledge.role(step.target or "")
        if step.kind == "post" and role is not None:
            trees = self._knowledge.role_rules(role)
            for name in reaching(self._standard if role.id == self._target.id else "typical"):
                yield from self._unmet(trees[name], replace(self._target, id=role.id), step.lasting.first)
        credential = self._credential(step)
        if credential is not None:
            yield from self._asked(credential, step)
        elif step.kind == "exam":
            yield from self._admitted(step)
        elif step.kind == "training":
            yield from self._on_intake(step)
            yield from self._gated(step)
        elif step.kind == "renew" and step.id.startswith("renew:"):
            yield from self._in_time(step)
        elif step.kind == "degree":
            yield from self._admitting(step)

    def _asked(self, credential: Certification | License, step: Step) -> Iterator[str]:
        """What a credential asks before it is given."""
        target, day = self._of(credential, step), step.lasting.first
        yield from self._unmet(self._knowledge.rule_of(credential), target, day)
        if isinstance(credential, Certification):
            timeline = self._timeline(day, target)
            passed = {one.exam for one in timeline.exams or () if one.passed is None or one.passed.latest <= day}
            yield from (f"the exam {name} is not passed" for name in credential.exams if name not in passed)
            after_exam = dict(self._knowledge.extra_rules(credential)).get("after_exam")
            if after_exam is not None and credential.provisional is None:
                yield from self._unmet(after_exam, target, day)

    def _admitted(self, step: Step) -> Iterator[str]:
        """An exam is sat in a month in which it is given, by somebody whom a credential of the plan admits to it."""
        facts = self._knowledge.exam(step.target or "")
        if facts is not None and facts.sit_months and step.lasting.last.month not in facts.sit_months:
            yield f"it is not given in month {step.lasting.last.month}"
        asking = [
            (entry, other)
            for other in self._steps
            if (entry := self._credential(other)) is not None
            if step.target in entry.exams or self._names(self._knowledge.rule_of(entry), step.target)
        ]
        found = [
            list(self._unmet(self._knowledge.rule_of(entry), self._of(entry, other), step.lasting.first, exams=False))
            for entry, other in asking
        ]
        if found and all(found):
            yield from found[0]

    @staticmethod
    def _names(rule: Rule, exam: str | None) -> bool:
        return any(isinstance(node, ExamLeaf) and node.exam == exam for node in walk(rule))

    def _gated(self, step: Step) -> Iterator[str]:
        """Hours that count only once an application is filed, registered or approved come after that."""
        for other in self._steps:
            entry = self._credential(other)
            leaves = walk(self._knowledge.rule_of(entry)) if entry is not None else ()
            for leaf in leaves:
                if not isinstance(leaf, TrainingLeaf) or f"training:{leaf.id}" != step.id or leaf.after is None:
                    continue
                assert entry is not None
                timeline = self._timeline(step.lasting.first, self._of(entry, other))
                stages = [one.stages.get(leaf.after.event) for one in timeline.applications or ()]
                if not any(stage is not None and stage.latest <= step.lasting.first for stage in stages):
                    yield f"the application is not {leaf.after.event} on {step.lasting.first.isoformat()}"

    def _in_time(self, step: Step) -> Iterator[str]:
        """A credential is renewed while it holds; what the plan begins with, on the day on which it is made too."""
        held = resolve(Profile.model_validate(self._profile), self._knowledge, self._target).credentials or ()
        entry = self._knowledge.credential(step.target or "")
        state = self._state(entry, step) if entry is not None else None
        own = [one for one in held if step.target in (one.id, one.family) and state in (None, one.state)]
        days = [step.lasting.first]
        if self._begins is not None and step.lasting.first == self._begins[1]:
            days.append(self._begins[0])
        if not any(one.span.holds_on(day) for one in own for day in days):
            yield f"it has lapsed on {step.lasting.first.isoformat()}"

    def _admitting(self, step: Step) -> Iterator[str]:
        """What a programme asks of who begins it; over a bridge the degree from which it leads."""
        programme = self._knowledge.programme(step.target or "")
        timeline = self._timeline(step.lasting.first - DAY, self._target)
        context = Context(timeline, step.lasting.first, self._knowledge.vocabulary)
        if step.id.startswith("finish:"):
            yield from self._finishing(step, timeline)
            return
        if programme is None:
            return
        if step.id != f"degree:{programme.id}":
            if not any(bridged(programme, bridge, timeline, step.lasting.first) for bridge in programme.bridges):
                yield "what the bridge leads from is not there"
            return
        level, field = programme.prior_level, programme.prior_field or "any"
        if level is not None and level in self._knowledge.vocabulary.level_credits:
            asked = DegreeLeaf.model_construct(id="prior", level=level, fields=(field,))
            if asked.outcome(context).status is Status.UNMET:
                yield f"no {level} degree on {step.lasting.first.isoformat()}"
        if programme.prior_license is not None:
            held = LicenseLeaf.model_construct(id="prior", credential=programme.prior_license, state=self._target.state)
            if held.outcome(context).status is Status.UNMET:
                yield f"no {programme.prior_license} licence on {step.lasting.first.isoformat()}"

    def _finishing(self, step: Step, timeline: Timeline) -> Iterator[str]:
        """A degree that is finished is under way, and none below it is: that comes first."""
        given = [(one.entry.get("level"), one.entry.get("field")) for one in step.lasting.effects]
        going = [one for one in timeline.degrees or () if one.under_way and not one.given_up]
        own = [one for one in going if one.begun and one.pointer == step.id.split(":")[1]]
        if not any(one.level is None or (one.level, one.field) in given for one in own):
            yield "no such degree is under way"
        priors = {one.prior_level for one in self._knowledge.programmes() if one.level in {level for level, _ in given}}
        context = Context(timeline, step.lasting.first, self._knowledge.vocabulary)
        for level in sorted({one.level for one in going if one.level is not None} & priors):
            asked = DegreeLeaf.model_construct(id="prior", level=level)
            if asked.outcome(context).status not in (Status.MET, Status.UNKNOWN):
                yield f"no {level} degree on {step.lasting.first.isoformat()}, though one is under way"

    def _on_intake(self, step: Step) -> Iterator[str]:
        """A training of a licence begins on one of its intakes, and can still be filed for when the plan begins."""
        day = f"{step.lasting.first:%m}"
        for other in self._steps:
            entry = self._credential(other)
            named = [one for one in entry.intakes if one.programme == step.target] if isinstance(entry, License) else []
            if named and day not in {one.begins[:2] for one in named}:
                yield f"it does not begin in month {day}"

    def _of(self, credential: Certification | License, step: Step) -> Target:
        state = self._state(credential, step)
        return replace(self._target, id=credential.id, state=state or self._target.state)

    def _credential(self, step: Step) -> Certification | License | None:
        gives = step.kind == "apply" and any(effect.section == "credentials" for effect in step.lasting.effects)
        return self._knowledge.credential(step.target or "") if gives else None

    @staticmethod
    def _state(entry: Certification | License, step: Step) -> str | None:
        if isinstance(entry, License) and entry.state:
            return entry.state
        states = [effect.entry.get("state") for effect in step.lasting.effects]
        return next((state for state in states if state), None)

    def _timeline(self, day: Date, target: Target) -> Timeline:
        """The life up to a day: what ends later has not ended."""
        done = [step.lasting for step in self._steps if step.lasting.first <= day]
        return resolve(after(self._profile, done, day), self._knowledge, target)

    def _unmet(self, rule: Rule, target: Target, day: Date, *, exams: bool = True) -> Iterator[str]:
        timeline = self._timeline(day, target)
        found = evaluate(rule, Context(timeline, day, self._knowledge.vocabulary))
        if self._status(found, exams=exams) not in _FINE:
            yield from self._why(found, day, exams=exams)

    def _status(self, found: Evaluated, *, exams: bool) -> Status:
        """The status with what the plan lists as assumed taken as met; without ``exams``, these too."""
        if found.status in _FINE or (isinstance(found.node, ExamLeaf) and not exams):
            return found.status if found.status in _FINE else Status.MET
        if isinstance(found.node, Leaf):
            named = {found.node.id, getattr(found.node, "statement", "")}
            assumed = found.status is Status.UNKNOWN and bool(named & self._assumed)
            return Status.MET if assumed or found.node.id in self._waived else found.status
        statuses = [self._status(child, exams=exams) for child in found.children]
        node = found.node
        assert isinstance(node, AllOf | AnyOf | AtLeast)
        return node.combine(statuses, [child.unusual for child in found.children])

    def _why(self, found: Evaluated, day: Date, *, exams: bool) -> Iterator[str]:
        for leaf in found.walk():
            if isinstance(leaf.node, Leaf) and self._status(leaf, exams=exams) not in _FINE:
                yield f"{leaf.node.id} is {leaf.status.value} on {day.isoformat()}"

    def _holds(self, entry: Certification | License, day: Date) -> bool:
        """Whether a credential is in force, in the state of the target where it is a licence."""
        leaf: CertificationLeaf | LicenseLeaf
        if isinstance(entry, License):
            leaf = LicenseLeaf.model_construct(id=f"held.{entry.id}", credential=entry.id, state=self._target.state)
        else:
            leaf = CertificationLeaf.model_construct(id=f"held.{entry.id}", credential=entry.id)
        return not any(self._unmet(leaf, self._target, day))
