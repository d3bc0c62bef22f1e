"""Degrees as ways to close a leaf: those of the level asked, and higher ones that another leaf asks."""

from __future__ import annotations

from collections.abc import Iterable

from hsm_planner.engine.closing import bridged
from hsm_planner.knowledge.words import Bridge, Programme
from hsm_planner.planner.actions import Made
from hsm_planner.planner.calendar import fresh
from hsm_planner.planner.model import ALWAYS, Activity, All, Any, Condition, Done
from hsm_planner.planner.programmes import degree, finishing, loose_credits
from hsm_planner.planner.renewing import Renewing
from hsm_planner.requirements.credentials import LicenseLeaf
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.values.evidence import NO
from hsm_planner.values.record import replace
from hsm_planner.values.timeline import Degree, Target
from hsm_planner.values.truth import Status, Strength

_APART = 10_000  # more than all weights of what is liked
_ADMISSION = "admission."  # how the ids begin of leaves that stand for what a programme asks


class Schooling(Renewing):
    """The part of a maker that knows programmes."""

    def _degrees(self, leaf: DegreeLeaf, target: Target) -> list[Condition]:
        """What is begun; programmes of the level, those equal in what matters as one; higher ones that others ask."""
        ways: dict[tuple[object, ...], list[Condition]] = {}
        equal: dict[tuple[object, ...], list[tuple[str, str]]] = {}  # by the same: actions and the names of programmes
        studied = {held.field for held in self.present.degrees or ()}
        levels = self._offered_levels(leaf.level)
        programmes = [one for one in self.knowledge.programmes() if one.level in levels]
        if leaf.level not in levels and not leaf.id.startswith(_ADMISSION):
            self._note_level(leaf.level, target)
        for programme in sorted(programmes, key=lambda one: (self._misses(one), one.field not in studied)):
            bridges = [one for one in programme.bridges if bridged(programme, one, self.present, self.origin)]
            prior = self._admission(programme, target)
            for bridge in (*bridges, None):
                made = self._studied(programme, bridge)
                if made is None:
                    self.left_out[f"degree:{programme.id}"] = (
                        f"{programme.name}: neither its length nor its credits are known"
                    )
                    continue
                found = self._offer(made, leaf, target, ALWAYS if bridge else prior, fresh(leaf))
                barred = self._barred(made.action)  # which is no way, and keeps no equal one from being one
                same = (repr(made.modes), repr(ALWAYS if bridge else prior), barred)
                if found:
                    self.studies[made.action.id] = (programme, bridge)
                if found and (same not in ways or self._beside(programme.id, made.action.id)):
                    ways.setdefault(same, []).extend(found)
                elif found:
                    self.folded.add(made.action.id)
                if found and made.action.id in self.actions:
                    activity = self.activities[made.action.id]
                    self.activities[made.action.id] = replace(activity, rank=self._misses(programme))
                    equal.setdefault(same, []).append((made.action.id, programme.name))
        self._note_alike(equal.values())
        above = [
            way for programme, bridge in self.offered.values() for way in self._above(leaf, target, programme, bridge)
        ]
        begun = [way for held in self.present.degrees or () if held.begun for way in self._finished(held, leaf, target)]
        return [*begun, *(way for found in ways.values() for way in found), *above]

    def _note_level(self, level: str, target: Target) -> None:
        """Keep that no programme is of the level that some rule asks."""
        label = self.knowledge.vocabulary.label("level", level)
        entry = self.knowledge.role(target.id) or self.knowledge.credential(target.id)
        whose = f" of {entry.title}" if entry is not None and target.id != self.target.id else ""
        self.left_out[f"degree:{level}:{target.id}"] = (
            f"{label[:1].upper()}{label[1:]}: enough for what is asked{whose}, but no programme of it is in the data; "
            "ask the schools near you, for it may be shorter and cheaper"
        )

    def _beside(self, programme: str, action: str) -> bool:
        """Whether a degree is a way beside an equal one: the person wants it, or another leaf has it as its own."""
        return programme in self._asked_for or action in self.apart or action in self._shared()

    @property
    def interlaced(self) -> bool:
        """Whether a degree that some leaf may take matters to another: one of a higher level, or one folded away."""
        return len({programme.level for programme, _ in self.studies.values()}) > 1 or bool(self.needed)

    @property
    def needed(self) -> frozenset[str]:
        """Degrees that were folded into an equal one for some leaf, and that another leaf has as a way of its own."""
        return self._shared() & self.folded

    def _finished(self, held: Degree, leaf: DegreeLeaf, target: Target) -> list[Condition]:
        """A degree under way of which no end is known, carried through; what is open of it is asked first."""
        claim = leaf.claim(held, self._context(self._timeline(target)))
        admits = leaf.id.startswith(_ADMISSION)  # what admits to a degree is not a higher one
        if claim.strength is Strength.NONE or (admits and held.level not in (None, leaf.level)):
            return []
        named = [one for one in self.present.degrees or () if one.pointer == held.pointer]
        name = f"{held.pointer}:{named.index(held)}" if len(named) > 1 else held.pointer
        if held.level is None:  # which degree it is, is asked; it can be one alone, whatever asks it first
            field = None if "any" in leaf.fields else leaf.fields[0]
            held = self.taken_as.setdefault(name, replace(held, level=leaf.level, field=field))
            if leaf.claim(held, self._context(self._timeline(target))) is NO or (admits and held.level != leaf.level):
                return []
        levels = self._offered_levels(held.level or "") or self._offered_levels(leaf.level)
        like = [one for one in self.knowledge.programmes() if one.level in levels]
        self.numbers.take()
        for programme in sorted(like, key=lambda one: one.field != held.field):
            bridges = [one for one in programme.bridges if bridged(programme, one, self.present, self.origin)]
            bridge = bridges[0] if bridges and programme.field == held.field else None
            if (made := finishing(held, programme, bridge, self.numbers, self.free_pace, name)) is not None:
                made = replace(made, occupies=self.limits.free_hours is not None)
                prior = ALWAYS if bridge else self._unfinished(programme, target)
                found = self._offer(made, leaf, target, prior, fresh(leaf))
                if found and claim.strength >= Strength.ASSUMED:
                    return found  # else it is only likely to be what is asked, or a school abroad is not yet evaluated
                said = self._confirm(leaf, questions=claim.open_questions(), target=target)
                open_ = found or self._offer(made, leaf, target, prior, fresh(leaf), Status.UNKNOWN)
                return [All((Done(said), way)) for way in open_]
        return []

    def _unfinished(self, programme: Programme, target: Target) -> Condition:
        """What is asked of who ends a programme, where it is itself under way: one follows the other."""
        below = programme.prior_level
        coming = below is not None and any(
            one.under_way and not one.given_up and one.level == below for one in self.present.degrees or ()
        )
        return self._admission(programme, target) if coming else ALWAYS

    def _offered_levels(self, level: str) -> frozenset[str]:
        """The level asked; where no programme is of it, the lowest of those that reach it."""
        reaches = self.knowledge.vocabulary.satisfies
        there = {one.level for one in self.knowledge.programmes() if level in reaches[one.level]}
        if level in there:
            return frozenset({level})
        return frozenset(one for one in there if not any(other in reaches[one] for other in there - {one}))

    def _misses(self, programme: Programme) -> int:
        """How many of the degrees that would be liked a programme is not, by what each weighs."""
        if programme.id not in self._missed:
            made = self._studied(programme, None)
            apart = _APART if self.taken and programme.id not in self.taken else 0
            self._missed[programme.id] = apart + sum(
                weight
                for leaf, weight in self.liked
                if made is None or not self._closes(made, made.modes[0], leaf, self.target)
            )
        return self._missed[programme.id]

    def _note_alike(self, equal: Iterable[list[tuple[str, str]]]) -> None:
        """Keep with each degree what does as well for a leaf, and did for all leaves before."""
        for group in equal:
            for id_, name in group:
                others = [other for _, other in group if other != name]
                known = self.alike.setdefault(id_, others)
                self.alike[id_] = [other for other in known if other in others]
                self.actions[id_] = replace(self.actions[id_], alike=tuple(self.alike[id_]))

    def _studied(self, programme: Programme, bridge: Bridge | None) -> Made | None:
        """A programme as it can be studied: in the place of a post, where that is given up for it."""
        credits = loose_credits(self.present, self.knowledge.vocabulary, programme)
        self.numbers.take()
        made = degree(programme, bridge, self.numbers, self.free_pace, credits)
        return None if made is None else replace(made, occupies=self.limits.free_hours is not None)

    def _above(self, leaf: DegreeLeaf, target: Target, programme: Programme, bridge: Bridge | None) -> list[Condition]:
        """A programme of a higher level, which another leaf asks, as a way to close this one too."""
        reached = self.knowledge.vocabulary.satisfies[programme.level]
        made = self._studied(programme, bridge)
        if programme.level == leaf.level or leaf.level not in reached or made is None or leaf.id.startswith(_ADMISSION):
            return []  # what admits to a degree is not that degree
        return self._offer(made, leaf, target, ALWAYS if bridge else self._admission(programme, target), fresh(leaf))

    def _shared(self) -> frozenset[str]:
        """Activities that other leaves offer already."""
        return frozenset(
            child.activity
            for known in self._known.values()
            for child in (known.of if isinstance(known, Any) else (known,))
            if isinstance(child, Done)
        )

    def _admission(self, programme: Programme, target: Target) -> Condition:
        """What a programme asks of who begins it: a degree, a licence."""
        asked: list[Condition] = []
        level, field = programme.prior_level, programme.prior_field or "any"
        if level is not None and level in self.knowledge.vocabulary.level_credits:  # school is taken as finished
            leaf = DegreeLeaf.model_construct(id=f"{_ADMISSION}{level}.{field}", level=level, fields=(field,))
            asked.append(self._leaf(leaf, target))
        if (held := programme.prior_license) is not None:
            own = LicenseLeaf.model_construct(id=f"{_ADMISSION}{held}", credential=held, state=target.state)
            asked.append(self._leaf(own, target))
        return All(tuple(asked)) if asked else ALWAYS

    def _studying(self, programme: Programme, target: Target) -> list[Condition]:
        """A programme for its own sake."""
        made = self._studied(programme, None)
        if made is None or self._barred(made.action):
            return []
        modes = self._possible(made)
        if not modes:
            return []
        self.actions[made.action.id] = made.action
        self.activities[made.action.id] = Activity(
            made.action.id,
            modes,
            self._admission(programme, target),
            self.probes.until if made.occupies else 0,
            occupies=made.occupies,
        )
        self.uses[made.action.id] = self.numbers.take()
        return [Done(made.action.id)]
