"""Other ways to the same goal, that differ from the plan and from each other in substance."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Mapping
from itertools import count
from typing import Any

from hsm_planner.planner.actions import Action
from hsm_planner.planner.clash import Found
from hsm_planner.planner.meaning import Key, Reading, key
from hsm_planner.planner.model import Problem, Schedule
from hsm_planner.planner.person import Planner
from hsm_planner.planner.reach import without
from hsm_planner.planner.result import Alternative
from hsm_planner.planner.search import Solution
from hsm_planner.values.record import replace

_MOST_LOOKED_AT = 12  # sets of steps left out
_SUBSTANCE = ("degree", "training", "apply")
_BY_POSTS = "posts"  # stands for all posts of a way


class OtherWays:
    """The best plans that leave something of the plan out; ``solved``, ``fields`` as for all else beside it."""

    def __init__(
        self,
        planner: Planner,
        found: Found,
        reading: Reading,
        solved: Callable[[Problem], Solution],
        fields: Callable[[Found, Schedule, str], dict[str, Any]],
    ) -> None:
        self.planner, self.found, self.reading, self.solved, self.fields = planner, found, reading, solved, fields

    def best(self, most: int, forks: Mapping[str, Schedule]) -> tuple[Alternative, ...]:
        """The best plans that leave out a step of substance of every better one: a degree, a training, a credential.

        ``forks``: what the plan takes as true though a no would lead another way, with that way; one of the ways needs
        neither that nor any post on the way. Best first over sets left out: what is without more is never better.
        """
        found_ways: list[tuple[Key, Alternative]] = []
        serial, seen = count(), {frozenset[str]()}
        waiting: list[tuple[Key, int, frozenset[str], Found, Schedule]] = []
        shown: list[frozenset[str]] = []
        heapq.heappush(waiting, (self._key(self.reading.schedule), 0, frozenset(), self.found, self.reading.schedule))
        while waiting and len(shown) <= most and len(seen) <= _MOST_LOOKED_AT:
            _, _, left_out, found, schedule = heapq.heappop(waiting)
            substance = self._substance(schedule)
            asked = {choice.activity for choice in schedule.choices if choice.activity in forks}
            steps = (frozenset({_BY_POSTS}) if self._by_posts(schedule) else substance) | asked
            if not any(one <= steps for one in shown):
                shown.append(steps)
                worse = schedule.finish > self.reading.schedule.finish and found.solution.status not in (
                    "optimal",
                    "done",
                )
                idle = worse and self._kinds(schedule) == {"post"}  # nothing says that such a way is any good
                if (
                    left_out
                    and not idle
                    and not self._equal(schedule)
                    and not self._called_alike(schedule)
                    and self._key(schedule)[0][:4] not in {self._key(no)[0][:4] for no in forks.values()}
                ):
                    found_ways.append((self._key(schedule), self._alternative(found, schedule, left_out)))
            fewer = {left_out | self._alike(step) for step in substance} | (
                {self._schooled(forks)} if not left_out else set()
            )
            for gone in sorted(fewer - seen, key=sorted):
                if len(shown) > most:
                    break
                seen.add(gone)
                other = self._without(gone)
                better = self.planner.replayed(other)
                if better is not None:
                    heapq.heappush(waiting, (self._key(better), next(serial), gone, other, better))

        return tuple(way for _, way in sorted(found_ways, key=lambda one: one[0]))

    def _alike(self, step: str) -> frozenset[str]:
        """A step with what gives the same: a degree over a bridge or not, a post in any setting."""
        actions = self.found.routes.actions
        if actions[step].kind not in ("degree", "post"):
            return frozenset({step})
        same = actions[step].kind, actions[step].target
        return frozenset(one.id for one in actions.values() if (one.kind, one.target) == same)

    def _equal(self, schedule: Schedule) -> bool:
        """Whether a way is as soon and as cheap, by steps of the same kinds: what does as well is named at the step."""
        same = self._key(schedule)[0][:4] == self._key(self.reading.schedule)[0][:4]
        mine, own = self._substance(schedule), self._substance(self.reading.schedule)
        return same and self._kinds(schedule) == self._kinds(self.reading.schedule) and len(mine) == len(own) == 1

    def _called_alike(self, schedule: Schedule) -> bool:
        """Whether the steps in which a way differs from the plan are called as those of the plan: it tells nothing."""
        mine, own = self._substance(schedule), self._substance(self.reading.schedule)
        new, gone = (
            {self._called(self.found.routes.actions[name]) for name in some} for some in (mine - own, own - mine)
        )
        return bool(new) and new == gone

    def _by_posts(self, schedule: Schedule) -> bool:
        """Whether a way goes by posts alone, and the plan does not: which posts they are tells no ways apart then."""
        return self._kinds(schedule) == {"post"} != self._kinds(self.reading.schedule)

    def _kinds(self, schedule: Schedule) -> set[str]:
        return {self.found.routes.actions[name].kind for name in self._substance(schedule)}

    def _schooled(self, forks: Collection[str]) -> frozenset[str]:
        """What a way by schooling alone is without: forks, and posts on the way."""
        goal = self.planner.entry.id
        posts = {one.id for one in self.found.routes.problem.activities if one.post}
        return frozenset(forks) | {name for name in posts if self.found.routes.actions[name].target != goal}

    def _without(self, steps: frozenset[str]) -> Found:
        """The best plan without some steps."""
        routes = self.found.routes
        problem = without(routes.problem, steps)
        return replace(self.found, routes=replace(routes, problem=problem), solution=self.solved(problem))

    def _key(self, schedule: Schedule) -> Key:
        return key(self.found.routes.problem, schedule, self.planner.wishes.objective)

    def _substance(self, schedule: Schedule) -> frozenset[str]:
        """The steps in which ways differ that are worth telling apart; where there is none, the posts on the way."""
        actions, goal = self.found.routes.actions, self.planner.entry.id
        chosen = [actions[one.activity] for one in schedule.choices]
        gives = [one for one in chosen if one.kind != "apply" or any(e.section == "credentials" for e in one.effects)]
        steps = {one.id for one in gives if one.kind in _SUBSTANCE and one.target != goal}
        return frozenset(steps or {one.id for one in chosen if one.kind == "post" and one.target != goal})

    def _alternative(self, found: Found, schedule: Schedule, left_out: frozenset[str]) -> Alternative:
        actions, there = found.routes.actions, {choice.activity for choice in self.reading.schedule.choices}
        mine, own = self._substance(schedule), self._substance(self.reading.schedule)
        by = "work as " if self._by_posts(schedule) else ""
        new, gone = [
            sorted({self._called(actions[name]) for name in some}) for some in (mine - own - there, own - mine)
        ]
        way = by + ", and ".join(new) if new else ""
        if not way and not gone:  # what is left out is an answer that the plan rests on
            gone = sorted(f'"{actions[name].text}"' for name in left_out & there)
        text = f"{way} in place of {', and '.join(gone)}" if way and gone else way or f"without {', and '.join(gone)}"
        return Alternative.model_construct(leaves_out=tuple(sorted(left_out)), **self.fields(found, schedule, text))

    def _called(self, action: Action) -> str:
        """A step by what it gives."""
        knowledge, target = self.planner.knowledge, action.target or ""
        entry = {"apply": knowledge.credential, "post": knowledge.role}.get(action.kind, lambda _: None)(target)
        return entry.title if entry is not None else action.text
