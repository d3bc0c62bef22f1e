"""Why there is no plan: which limits clash, and what each gives when it is lifted; or what nothing closes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsm_planner.engine.items import license_of
from hsm_planner.knowledge.store import Entry
from hsm_planner.planner.bounds import NEVER, of_problem
from hsm_planner.planner.clash import (
    Found,
    Lifted,
    Limit,
    lifted,
    lifted_together,
    smallest_clash,
    whatever_the_posts,
)
from hsm_planner.planner.leaves import in_the_way, leaves_of
from hsm_planner.planner.made import Routes
from hsm_planner.planner.model import Amount, conditions
from hsm_planner.planner.person import Planner
from hsm_planner.planner.result import Plan, Reason, ReasonKind, Relaxation
from hsm_planner.planner.search import Solution
from hsm_planner.planner.usual import less_schooling
from hsm_planner.planner.ways import Limits
from hsm_planner.planner.wishes import HORIZON, STUDY_HOURS
from hsm_planner.requirements.base import Leaf, count
from hsm_planner.requirements.credentials import CertificationLeaf, LicenseLeaf
from hsm_planner.values.record import replace


def blocked(planner: Planner, solution: Solution) -> Plan:
    """The answer where the search found nothing."""
    told = _Blocked(planner, solution.nodes).told(solution)
    if told.status != "impossible" or told.reason is None or not planner.cut_short:
        return told
    text = f"Among the ways that were looked through there is none; not all were. {told.reason.text}"
    return told.model_copy(update={"status": "unknown", "reason": told.reason.model_copy(update={"text": text})})


class _Blocked:
    def __init__(self, planner: Planner, nodes: int) -> None:
        self.planner = planner
        self.nodes = nodes

    def told(self, solution: Solution) -> Plan:
        """Whether limits stand in the way, or nothing closes some leaf."""
        limits = list(self.planner.wishes.named(self.planner.limits))
        if solution.status == "unknown":
            text = "The search stopped at its bound before it found a plan."
            return self._unknown(text, self._without(limits, limits))
        clash = smallest_clash(limits, self._attempt)
        if clash:
            return self._clashing(limits, clash)
        free = self._routes_within(frozenset())
        if free.cut and not whatever_the_posts(free.problem):
            return self._no_post(free)
        if not free.dead:
            return self._unknown("No way was found by the steps that we know, in the years that a plan looks ahead.")
        return self._nothing_closes(free)

    def _nothing_closes(self, routes: Routes) -> Plan:
        """No plan, for want of a step; what the target itself asks comes before what is asked on the way to it."""
        planner = self.planner
        ids = frozenset(leaf.id for leaf in routes.dead)
        state, standard = planner.target.state, planner.goal.standard
        dead = list(in_the_way(planner.knowledge, planner.entry, planner.as_of, state, standard, ids))
        dead = dead or [leaf for one in self._asked() for leaf in in_the_way(planner.knowledge, one, planner.as_of,
                                                                             state, "typical", ids)]  # fmt: skip
        own = {leaf.id for leaf in self._own()}  # beside each of which a way is open: it is what stands behind them
        dead = dead or [leaf for leaf in routes.dead if leaf.id not in own] or list(routes.dead)
        words = list(dict.fromkeys(leaf.sentence(planner.knowledge.vocabulary) for leaf in dead))
        whom = list(dict.fromkeys(leaf.ask for leaf in dead if leaf.ask))
        which = "one of these: " if len(words) > 1 else ""
        asked = f" It need not be the end; ask, before you give it up: {'; '.join(whom)}." if whom else ""
        text = f"Nothing that we know closes {which}{'; '.join(words)}.{asked}"
        reason = _reason("no_action", text, tuple(leaf.id for leaf in dead))
        return planner.teller.none("impossible", reason, self.nodes)

    def _no_post(self, routes: Routes) -> Plan:
        """No plan by the posts that were tried: for want of what they give, of what the target itself asks."""
        planner, bounds = self.planner, of_problem(routes.problem)
        needs = [routes.problem.goal, *(one.needs for one in routes.problem.activities)]
        amounts = [one for need in needs for one in conditions(need) if isinstance(one, Amount)]
        never = [
            leaf
            for leaf in self._own()
            if (given := [one for one in amounts if one.id.startswith(leaf.id)])
            and all(bounds.earliest(one) >= NEVER for one in given)
        ]
        words = [leaf.sentence(planner.knowledge.vocabulary) for leaf in never]
        want = (
            f" What none of them gives: {'; '.join(words)}. Ask those who have it how they came to it."
            if words
            else f" Ask {planner.entry.ask}, what others did."
        )
        text = f"No plan was found by the posts that were tried; other posts may lead there.{want}"
        return self._unknown(text, leaves=tuple(leaf.id for leaf in never))

    def _asked(self) -> Iterator[Entry]:
        """The credentials that the target itself asks."""
        for leaf in self._own():
            if isinstance(leaf, CertificationLeaf | LicenseLeaf):
                state = self.planner.target.state
                found = self.planner.knowledge.certification(leaf.credential)
                entry = found or license_of(self.planner.knowledge, leaf.credential, state)
                yield from [entry] if entry is not None else []

    def _own(self) -> Iterator[Leaf]:
        """What the target itself asks."""
        planner = self.planner
        return leaves_of(planner.knowledge, planner.entry, planner.as_of, planner.target.state, planner.goal.standard)

    def _unknown(self, text: str, relaxations: tuple[Relaxation, ...] = (), leaves: tuple[str, ...] = ()) -> Plan:
        return self.planner.teller.none("unknown", _reason("horizon", text, leaves), self.nodes, relaxations)

    def _without(self, limits: Sequence[Limit], lift: Sequence[Limit]) -> tuple[Relaxation, ...]:
        """What lifting each of some limits gives."""
        return tuple(self.planner.teller.relaxation(one) for one in lifted(limits, lift, self._attempt))

    def _clashing(self, limits: Sequence[Limit], clash: Sequence[Limit]) -> Plan:
        """No plan within some limits, and what there is where one is lifted or an employer asks less schooling."""
        teller, told = self.planner.teller, self._without(limits, clash)
        names = "; ".join(limit.words for limit in clash)
        ours = self.planner.limits.hours_assumed and all(limit.id == STUDY_HOURS for limit in clash)
        years = f"the {count(self.planner.limits.horizon, 'months')} that a plan looks ahead (--assume {HORIZON}=N)"
        text = f"In {years}" if ours else "Within what you set"
        text += f" there is no plan. {'These clash' if len(clash) > 1 else 'In the way'}: {names}."
        if not told and (more := lifted_together(limits, clash, self._attempt)):
            others = "; ".join(dict.fromkeys(one.words for gone, _ in more for one in gone if one not in clash))
            which = "one of them" if len(clash) > 1 else "that"
            text += f" Lifting {which} is not enough{f'; in the way as well: {others}' if others else ''}."
            told = tuple(teller.relaxation(Lifted(_whole(gone), found)) for gone, found in more)
        reason = _reason("limits", text, clash=tuple(limit.id for limit in clash))
        return teller.none("impossible", reason, self.nodes, (*self._less_schooling(), *told))

    def _less_schooling(self) -> Iterator[Relaxation]:
        """The plan within the limits where an employer asks less than is usual, which is free to ask."""
        planner = self.planner
        for lowered, clause in less_schooling(planner):
            found = planner.search(replace(planner.limits, lowered=lowered), None, planner.wishes.most_nodes // 4)
            if planner.replayed(found) is not None:
                yield planner.teller.relaxation(
                    Lifted(Limit("usual-degree", "", f"{clause} (free to ask first)"), found)
                )
                return

    def _routes_within(self, kept: frozenset[str]) -> Routes:
        return self.planner.routes(*self._limits(kept))

    def _limits(self, kept: frozenset[str]) -> tuple[Limits, tuple[frozenset[str], ...]]:
        limits, forced = self.planner.within(kept)
        return replace(limits, wide=self.planner.wide), forced

    def _attempt(self, kept: frozenset[str]) -> Found:
        limits, forced = self._limits(kept)
        most = self.planner.wishes.most_nodes // 3
        return self.planner.by_fewer(self.planner.search(limits, forced, most), limits, forced, most)


def stateless(planner: Planner) -> Plan | None:
    """Without a state: the answer where the target asks a licence that the person has of none; None: it can be planned.

    Each state has its own rule, so nothing is known of the way to that licence.
    """
    if planner.target.state is not None:
        return None
    rule = (planner.knowledge, planner.entry, planner.as_of, None, planner.goal.standard)
    held = {name for one in planner.probes.present.credentials or () for name in (one.id, one.family)}
    licences = (leaf for leaf in leaves_of(*rule) if isinstance(leaf, LicenseLeaf) and leaf.state == "target")
    blocking = list(in_the_way(*rule, {leaf.id for leaf in licences if leaf.credential not in held}))
    if not blocking:
        return None
    words = "; ".join(dict.fromkeys(leaf.sentence(planner.knowledge.vocabulary) for leaf in blocking))
    text = "Say in which state you want to work (--state XX, or `state` in the profile), for each has its own rule. "
    reason = _reason("no_state", f"{text}Asked is: {words}.", tuple(leaf.id for leaf in blocking))
    return planner.teller.none("unknown", reason, 0)


def _whole(limits: Sequence[Limit]) -> Limit:
    """Several limits as one."""
    words, instead = (" and ".join(part) for part in zip(*((one.words, one.instead) for one in limits), strict=True))
    return Limit("; ".join(one.id for one in limits), words, instead)


def _reason(kind: ReasonKind, text: str, leaves: tuple[str, ...] = (), clash: tuple[str, ...] = ()) -> Reason:
    return Reason.model_construct(kind=kind, text=text, leaves=leaves, clash=clash)
