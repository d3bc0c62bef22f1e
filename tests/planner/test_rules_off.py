"""Each rule that cuts the search short, taken away in turn: the optimum must stay what it was.

A rule that cuts too much would make a world better once it is gone. Together with the worlds against trying everything,
this says which rule is wrong when one is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from hsm_planner.planner import growing, scheduling, search, simpler
from hsm_planner.planner.bounds import NEVER, Bounds
from hsm_planner.planner.chain import Chain
from hsm_planner.planner.growing import Grower
from hsm_planner.planner.meaning import Key, key
from hsm_planner.planner.model import Amount, Mode, Problem
from hsm_planner.planner.placing import Placed, _Placing
from hsm_planner.planner.reach import reduced
from hsm_planner.planner.rows import Rows
from hsm_planner.planner.scheduling import Scheduler
from hsm_planner.planner.search import Objective, solve
from hsm_planner.planner.simpler import _Implied
from tests.planner.worlds import ageing_world, career_world, entangled_world, large_world, world

MOST_NODES = 4000
WORLDS = int(os.environ.get("HSM_PLANNER_WORLDS", "80"))


def _some(_: Bounds, amount: Amount) -> int:
    """The weakest bound on an amount: at once, when anything could ever earn it."""
    return 0 if amount.rates or max(amount.base) >= amount.need else NEVER


def _anywhere(self: _Placing, name: str, modes: tuple[Mode, ...], end: int) -> bool:
    """Each start at which a piece fits, not the latest alone."""
    piece = self.placer.pieces[name]
    for mode in modes:
        last = self._latest(piece, mode, end)
        while last is not None:
            self._put(name, Placed(mode, last), 1)
            if self._next():
                return True
            self._put(name, Placed(mode, last), -1)
            last = self._latest(piece, mode, last + mode.months - 1)
    return False


RULES: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "branches that another makes needless": (_Implied, "_one_of", lambda _, condition: condition),
    "what others ask already": (_Implied, "_together", lambda _, condition, owner: condition),
    "events for what several ask": (simpler, "_with_events", lambda problem: problem),
    "facts until something chosen is done": (Grower, "_covered", lambda *_: False),
    "the only one that can earn": (Grower, "_earner", lambda *_: None),
    "enough in all that can earn": (Bounds, "_enough", lambda *_: True),
    "months in the only one that can earn": (Chain, "alone", lambda *_: None),
    "what an amount is not gathered without": (Chain, "_sure", lambda *_: frozenset()),
    "posts that cannot begin before": (Chain, "_later", lambda *_: ()),
    "posts one after another": (Chain, "one_after_another", lambda *_: ()),
    "what comes before and after": (search, "finish_by", lambda *_: 0),
    "several that do not fit beside each other": (search, "joined", lambda *_: ()),
    "what must not be old": ((search, scheduling), "fresh", lambda *_: ()),
    "the chain of posts": (Chain, "start", lambda *_: 0),
    "aged beyond its window": (Chain, "too_late", lambda *_: False),
    "activities in a row": (Rows, "in_a_row", lambda *_: 0),
    "posts that nothing holds up": (scheduling, "held_up", lambda *_: True),
    "room for all": (Scheduler, "_room", lambda *_: True),
    "given by the past": ((growing, search), "given", lambda *_: False),
    "months that an amount takes": (Bounds, "_gathered", _some),
    "room for the hours left": (_Placing, "_enough_room", lambda *_: True),
    "as late as possible": (_Placing, "_try", _anywhere),
    "placings that failed": (_Placing, "_failed", lambda *_: False),
    "months in a post that add nothing": (Scheduler, "_useful", lambda *_: NEVER),
    "pieces that are alike": (_Placing, "_different", lambda _, names: list(names)),
    "pieces that nobody competes with": (_Placing, "_undisputed", lambda *_: False),
}


def best(problem: Problem, objective: Objective) -> tuple[str, Key | None, int]:
    solution = solve(problem, objective, most_nodes=MOST_NODES)
    found = key(problem, solution.schedule, objective) if solution.schedule is not None else None
    return solution.status, found, solution.nodes


def test_what_leads_nowhere_is_in_no_best_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    worlds = [world(seed) for seed in range(4 * WORLDS)]
    assert sum(len(reduced(one).activities) < len(one.activities) for one in worlds) > WORLDS
    for objective in search.OBJECTIVES:
        usual = [solve(one, objective).schedule for one in worlds]
        with monkeypatch.context() as patch:
            patch.setattr(search, "reduced", lambda problem: problem)
            whole = [solve(one, objective).schedule for one in worlds]
        for one, found, other in zip(worlds, usual, whole, strict=True):
            assert (found and key(one, found, objective)) == (other and key(one, other, objective))


@pytest.mark.parametrize("rule", RULES)
def test_without_a_rule_the_optimum_is_the_same(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    worlds = [made(seed) for seed in range(WORLDS // 2) for made in (large_world, career_world)]
    worlds += map(entangled_world, range(WORLDS))
    worlds += map(ageing_world, range(WORLDS // 4))
    tasks = [(one, objective) for one in worlds for objective in search.OBJECTIVES]
    usual = [best(*task) for task in tasks]
    owner, name, weakest = RULES[rule]
    for place in owner if isinstance(owner, tuple) else (owner,):
        monkeypatch.setattr(place, name, weakest)
    found = [best(*task) for task in tasks]
    both = list(zip(usual, found, strict=True))
    proven = [(one, other) for one, other in both if {one[0], other[0]} <= {"optimal", "done", "impossible"}]
    assert [one[:2] for one, _ in proven] == [other[:2] for _, other in proven]
    assert len(proven) > len(tasks) // 3
    assert any(one != other for one, other in both), "the rule was never at work"
