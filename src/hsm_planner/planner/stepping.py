"""Posts as steps: the search for one, what it asks, and the post before it from which the ladder leads there."""

from __future__ import annotations

from functools import cached_property

from hsm_planner.engine.assess import reaching
from hsm_planner.knowledge.models import Role
from hsm_planner.planner.actions import Action, free
from hsm_planner.planner.branches import NEVER, any_of, beyond
from hsm_planner.planner.experience import Earning
from hsm_planner.planner.future import Effect
from hsm_planner.planner.model import ALWAYS, Activity, All, Begun, Condition, Done, During, can_be, perishable
from hsm_planner.planner.probes import Opening
from hsm_planner.planner.schooling import Schooling
from hsm_planner.requirements.rules import Rule
from hsm_planner.values.record import replace
from hsm_planner.values.timeline import Target


class Stepping(Schooling):
    """The part of a maker that knows posts."""

    @cached_property
    def earning(self) -> Earning:
        """What posts earn."""
        return Earning(
            self.probes,
            self.present,
            self.limits.horizon,
            self._step_into,
            self._soonest,
            most=self.limits.posts,
            onward=self.limits.onward,
            far=self.limits.far,
            detours=self.limits.detours,
            straight=self.limits.straight,
            asked_for=self._asked_for,
            goal=self.target.id,
        )

    def in_post(self, role: Role) -> Condition:
        """A post of a role has begun; or one is held, and kept without a break until all that is asked for it holds."""
        opening = Opening(role, role.settings[0])
        name = self._step_into(role, self.target.setting or opening.setting, opening)
        begun: Condition = NEVER if name is None else Begun(name)
        if not self.probes.holds(role, self.target, self.profile.get("state")):
            return begun
        if self.limits.deadline is not None:  # which is that of what ends on the last day of a month
            begun = All((begun, During(0, self.limits.deadline - 1)))
        trees = self.knowledge.role_rules(role)
        asked = (self.rule(trees[one], self.target) for one in reaching(self.limits.standard))
        return any_of((All((*asked, self.earning.kept(role.id))), begun))

    def _step_into(self, role: Role, setting: str, called: Opening | None = None) -> str | None:
        """The activity of a post in a role, after the search for it; what the role asks must hold when it begins.

        None: it never can.
        """
        opening = called or Opening(role, setting)
        name, search = opening.post, f"search:{opening.name}"
        if name in self.activities:
            return name if _open(self.activities[name].needs) else None
        entry = {"role": role.id, "setting": setting}
        entry |= {"state": self.target.state} if self.target.state else {}
        where = "" if setting == role.settings[0] else f" ({self.knowledge.vocabulary.label('setting', setting)})"
        title = role.title + where
        self.actions[name] = Action(
            name, "post", role.id, f"begin as {title}", (Effect("experience", entry),), role.sources
        )
        level = next((rung.id for rung in self.knowledge.words.ladder if rung.id == role.level), "manager")
        note = "Being chosen is not your own act: the length of the search is an assumption."
        self.actions[search] = Action(search, "search", role.id, f"look for a post as {title}", (), (), note)
        self.activities[name] = Activity(name, (), post=True)  # known while its needs are made
        trees = self.knowledge.role_rules(role)
        target_of_role = replace(self.target, id=role.id)
        standard = self.limits.standard if role.id == self.target.id else "typical"
        rules = tuple(self.rule(trees[name_], target_of_role) for name_ in reaching(standard))
        needs = All(rules if called else (*rules, self._from_below(role)))
        self.numbers.take()
        months = self.numbers.whole(f"search-months-{level}")
        self.uses[search] = self.numbers.take()
        self.activities[search] = Activity(search, (free("search", months),), needs)
        stay = self.numbers.whole("least-stay-months")
        self.uses[name] = self.numbers.take()
        self.activities[name] = Activity(
            name, (free("begin", stay),), All((Done(search, 0, 0), perishable(needs) if _open(needs) else NEVER)),
            post=True, rank=self.earning.rank(role), release=0 if called else self.probes.until,
        )  # fmt: skip
        return name if _open(needs) else None

    def _from_below(self, role: Role) -> Condition:
        """A post before it from which the ladder leads to a role, where not all that the role asks was read."""
        if self.probes.by_itself(role) or role.id in self._asked_for:
            return ALWAYS
        names = (self._step_into(one, one.settings[0]) for one in self.probes.leading_to(role))
        return any_of(Begun(name) for name in names if name is not None)

    def rule(self, rule: Rule, target: Target, *, exams: bool = True) -> Condition:
        """The condition of a rule; the maker of routes knows."""
        raise NotImplementedError


def _open(needs: Condition) -> bool:
    """Whether what a post asks can come true within the limits."""
    return can_be(needs) and not beyond(needs)
