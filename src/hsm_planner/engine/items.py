"""The tree of an assessment while it is being made: each node evaluated twice, with what lies beneath credentials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hsm_planner.engine.result import FindingStrength
from hsm_planner.knowledge.models import License
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.requirements.base import Context, Leaf
from hsm_planner.requirements.credentials import CertificationLeaf, LicenseLeaf
from hsm_planner.requirements.rules import Evaluated, Rule, evaluate
from hsm_planner.values.dates import Date
from hsm_planner.values.record import record, replace
from hsm_planner.values.timeline import Timeline
from hsm_planner.values.truth import Status


@dataclass(eq=False)
class Item:
    """A node with both evaluations. ``beneath``: the rule of the credential that a false leaf asks."""

    id: str
    node: Rule
    known: Evaluated
    confirmed: Evaluated
    strength: FindingStrength
    timeline: Timeline
    children: list[Item] = field(default_factory=list)
    beneath: Item | None = None
    on_path: bool = False
    under_credential: bool = False  # of the rule beneath a credential that is asked

    @property
    def status(self) -> Status:
        return self.known.status

    @property
    def is_leaf(self) -> bool:
        return isinstance(self.node, Leaf)

    def walk(self, *, beneath: bool = True) -> Iterator[Item]:
        """This item and all below, in the order of reports."""
        yield self
        for child in self.children:
            yield from child.walk(beneath=beneath)
        if beneath and self.beneath is not None:
            yield from self.beneath.walk()

    def leaves(self, *, beneath: bool = False) -> Iterator[Item]:
        """The leaves of the rule; with ``beneath`` also those of rules under credentials."""
        return (item for item in self.walk(beneath=beneath) if item.is_leaf)


@record
class Grower:
    """Makes items out of rules, for one person on one day."""

    knowledge: Knowledge
    as_of: Date
    warnings: list[str]

    def grow(
        self,
        rule: Rule,
        timeline: Timeline,
        strength: FindingStrength,
        *,
        prefix: str = "",
        inside: frozenset[str] = frozenset(),
        strengths: dict[str, FindingStrength] | None = None,
    ) -> Item:
        """A rule evaluated as known and if confirmed. ``inside``: the credentials above, to cut cycles."""
        known = evaluate(rule, self._context(timeline, confirmed=False))
        confirmed = evaluate(rule, self._context(timeline, confirmed=True))
        return self._pair(known, confirmed, timeline, strength, prefix, inside, strengths or {})

    def _context(self, timeline: Timeline, *, confirmed: bool) -> Context:
        return Context(timeline, self.as_of, self.knowledge.vocabulary, confirmed)

    def _pair(
        self,
        known: Evaluated,
        confirmed: Evaluated,
        timeline: Timeline,
        strength: FindingStrength,
        prefix: str,
        inside: frozenset[str],
        strengths: dict[str, FindingStrength],
    ) -> Item:
        own = strengths.get(known.node.id, strength)
        item = Item(
            f"{prefix}{known.node.id}", known.node, known, confirmed, own, timeline, under_credential=bool(prefix)
        )
        for left, right in zip(known.children, confirmed.children, strict=True):
            item.children.append(self._pair(left, right, timeline, own, prefix, inside, strengths))
        if isinstance(known.node, CertificationLeaf | LicenseLeaf) and known.status.false:
            item.beneath = self._beneath(item, known.node, timeline, inside)
        return item

    def _beneath(
        self, item: Item, leaf: CertificationLeaf | LicenseLeaf, timeline: Timeline, inside: frozenset[str]
    ) -> Item | None:
        entry = self.knowledge.certification(leaf.credential) or self._license(leaf, timeline)
        if entry is None and isinstance(leaf, LicenseLeaf) and leaf.state is None:
            return None  # any state's licence will do: there is no one rule to show
        if entry is None:
            label = self.knowledge.vocabulary.label("credential", leaf.credential)
            state = timeline.target.state
            where = f" of {self.knowledge.vocabulary.label('state', state)}" if state else ""
            self.warnings.append(f"The rule for this credential is not in our data: {label}{where}.")
            return None
        if entry.id in inside:
            return None
        state = entry.state if isinstance(entry, License) and entry.state else timeline.target.state
        target = replace(timeline.target, id=entry.id, state=state)
        return self.grow(
            self.knowledge.rule_of(entry),
            replace(timeline, target=target),
            item.strength,
            prefix=f"{item.id}/",
            inside=inside | {entry.id},
        )

    def _license(self, leaf: CertificationLeaf | LicenseLeaf, timeline: Timeline) -> License | None:
        state = leaf.state if isinstance(leaf, LicenseLeaf) else None
        return license_of(self.knowledge, leaf.credential, timeline.target.state if state == "target" else state)


def license_of(knowledge: Knowledge, name: str, state: str | None) -> License | None:
    """A licence by id, or by its family and a state; a family with one entry for all states is that entry."""
    direct = knowledge.license(name)
    if direct is not None:
        return direct
    for facts in knowledge.vocabulary.credentials.values():
        if facts.family == name and facts.id != name and state is not None and facts.state == state:
            return knowledge.license(facts.id)
    return None
