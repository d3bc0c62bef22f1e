"""Every leaf that stands for something nobody read, or for an amount that was not found: the list is reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hsm_planner.knowledge.models import Role
from hsm_planner.requirements.plain import UnreadLeaf
from hsm_planner.requirements.rules import AmountNotFoundLeaf, Rule, walk
from tests.support import ROOT, knowledge

LIST = ROOT / "tests" / "cases" / "not-read.txt"


def rules() -> Iterator[Rule]:
    for kind, raw in knowledge().raw_targets():
        entry: Any = knowledge().entry(kind, raw["id"])
        if isinstance(entry, Role):
            yield from knowledge().role_rules(entry).values()
        else:
            yield knowledge().rule_of(entry)
            yield from (rule for _, rule in knowledge().extra_rules(entry))


def test_the_list_of_what_was_not_read_is_the_one_that_was_reviewed(request: pytest.FixtureRequest) -> None:
    found = (node for rule in rules() for node in walk(rule) if isinstance(node, UnreadLeaf | AmountNotFoundLeaf))
    leaves = list({leaf.id: leaf for leaf in found}.values())  # what a role takes over from a licence is one
    lines = [f"{leaf.id}: {leaf.sentence(knowledge().vocabulary)}\n    ask {leaf.ask}\n" for leaf in leaves]
    if request.config.getoption("--refresh-golden"):
        LIST.write_text("".join(lines), encoding="utf-8")
    assert "".join(lines) == LIST.read_text(encoding="utf-8")
    assert all(leaf.ask for leaf in leaves)
    assert len(leaves) > 100
