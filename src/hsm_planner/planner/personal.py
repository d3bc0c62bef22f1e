"""The part of an answer that is about one person: assessed and planned, as the commands of those names do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hsm_planner.engine.assess import Goal, assess
from hsm_planner.engine.compare import compare, every_role
from hsm_planner.engine.result import Assessment, Finding
from hsm_planner.knowledge.asked import Part
from hsm_planner.knowledge.models import License, Role
from hsm_planner.knowledge.store import Entry, TargetKind
from hsm_planner.planner.lookups import Lookups
from hsm_planner.planner.plan import plan
from hsm_planner.planner.told import Told, lead, names, say, unknown
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.model import Profile
from hsm_planner.requirements.base import count
from hsm_planner.values.truth import Status, Verdict

_WORDS = {Verdict.READY: "you meet everything", Verdict.NOT_READY: "not yet", Verdict.UNKNOWN: "not known yet"}
_GATES = ("degree", "credits", "license", "certification", "experience", "unread")  # what opens a way to a training
_UNREAD = ("unread", "amount_not_found")
_GROUPS = ("all_of", "any_of", "at_least")


class Personal:
    """Answers parts for a person; ``profile`` None: says what is missing for it."""

    def __init__(self, lookups: Lookups, profile: Profile | None) -> None:
        self.lookups, self.profile = lookups, profile
        self.knowledge, self.state, self.as_of = lookups.knowledge, lookups.state, lookups.as_of

    def assess(self, part: Part) -> Iterator[Told]:
        """How far one is: of some kinds of points where the part names kinds, and as a whole."""
        if self.profile is None:
            yield unknown("How far you are: add --profile.")
            return
        for entry in self.lookups.entries(part):
            if isinstance(entry, Told):
                yield entry
                continue
            found = assess(self.profile, self.knowledge, self._goal(entry), self.as_of)
            place = f", {found.target.place}" if isinstance(entry, License) and found.target.place else ""
            yield lead(f"For you, {found.target.title}{place}: {_verdict(found)}")
            yield from _points(found, part.kinds)

    def ways(self, part: Part) -> Iterator[Told]:
        """Which of the ways to a training is open to the person by what they hold, and what it then asks."""
        if self.profile is None:
            yield unknown("Which of the ways below is yours: add --profile.")
            return
        for entry in self.lookups.credentials(part):
            if isinstance(entry, Told):
                continue  # said where the rule is shown
            found = assess(self.profile, self.knowledge, self._goal(entry), self.as_of)
            by_id = {one.id: one for one in found.findings}
            ways = [_way(one, by_id) for one in found.findings if one.kind in part.kinds and "/" not in one.id]
            yield from dict.fromkeys(told for _, told in sorted(ways, key=lambda way: way[0]))
            if not ways:
                yield unknown(f"{entry.title}: no training is in the rule that we read.", entry.sources)

    def plan(self, part: Part) -> Iterator[Told]:
        if self.profile is None:
            yield unknown("How long it takes you and what it costs: add --profile.")
            return
        for entry in self.lookups.entries(part):
            if isinstance(entry, Told):
                yield entry
                continue
            goal = self._goal(entry)
            found = plan(self.profile, self.knowledge, goal, self.as_of, Wishes(alternatives=1))
            if found.finish is None or found.months is None or found.cost_usd is None:
                reason = found.reason.text if found.reason else "nothing is left to do."
                yield say(f"For you, {found.goal.title}: {reason}")
                continue
            cost = found.cost_usd
            price = f"${cost.known_low:,}" + (f" to ${cost.known_high:,}" if cost.known_high > cost.known_low else "")
            price += f" and {count(cost.unknown_prices, 'prices')} not known" if cost.unpriced else ""
            hours = found.receipt.limits.get("study_hours_per_week")
            text = f"{count(found.months, 'months')} with {hours} hours of study a week, until {found.finish}; {price}"
            yield say(f"For you, {found.goal.title}: {text}. The whole: hsm-plan plan PROFILE -t {found.goal.id}")
            if found.money is not None and found.money.given_up is not None:
                yield say(f"For you, {found.goal.title}: {found.money.given_up.text}")
            for action in found.actions:
                if action.kind == "confirm" and action.if_no and action.no is not None:
                    yield unknown(f"That rests on an answer: {action.text}. {action.if_no}")

    def open(self, part: Part) -> Iterator[Told]:
        del part
        if self.profile is None:
            yield unknown("Which posts are open to you: add --profile.")
            return
        found = compare(self.profile, self.knowledge, every_role(self.knowledge, self.state), self.as_of)
        ready = [row.title for row in found.rows if row.verdict is Verdict.READY]
        yield say(f"By what you say: {names(ready, most=len(ready)) or 'none'}")
        open_ = [row.title for row in found.rows if row.verdict is Verdict.UNKNOWN]
        if open_:
            yield unknown(f"Not known, a question is open: {names(open_, most=len(open_))}")

    def _goal(self, entry: Entry) -> Goal:
        kind: TargetKind = "role" if isinstance(entry, Role) else "certification"
        return Goal("license" if isinstance(entry, License) else kind, entry.id, self.state)


def _verdict(found: Assessment) -> str:
    if found.target.held:
        return "you hold it already."
    gaps = [found.finding(name).text for name in found.gaps]
    todo = f"; still to do, on the way nearest to you: {'; and '.join(gaps)}" if gaps else ""
    open_ = found.questions
    asked = f"; {count(len(open_), 'questions')} open, the first: {open_[0].text}" if open_ else ""
    unread = [one for one in found.findings if one.on_path and one.kind in _UNREAD and one.status is Status.UNKNOWN]
    if unread and not gaps:
        asked += f"; {count(len(unread), 'points')} not read by us, the first: {unread[0].text}"
    return f"{_WORDS[found.verdict]}{todo}{asked}"


def _points(found: Assessment, kinds: tuple[str, ...]) -> Iterator[Told]:
    """What the person has of some kinds of points, on the way nearest to them."""
    words = {Status.MET: "met", Status.PARTLY: "partly there", Status.UNMET: "still to do", Status.UNKNOWN: "not known"}
    for one in found.findings:
        if one.kind in kinds and one.on_path and one.strength != "recommended" and one.status in words:
            by = f" (by: {'; '.join(item.text for item in one.evidence)})" if one.evidence else ""
            form = unknown if one.status is Status.UNKNOWN else say
            yield form(f"{words[one.status]}: {one.text}{by}", one.sources, 1)


def _way(training: Finding, by_id: Mapping[str, Finding]) -> tuple[int, Told]:
    """A training with what is asked beside it: first where the person has that, then not known, then not there yet."""
    gates = list(_gates(training, by_id))
    held = list(dict.fromkeys(text for gate in gates for text in _met_by(gate, by_id)))
    by = f"With {'; and '.join(held)}: " if held else ""
    open_ = [_asks(gate, by_id) for gate in gates if gate.status is Status.UNKNOWN]
    lacking = [_asks(gate, by_id) for gate in gates if gate.status in (Status.UNMET, Status.PARTLY)]
    if lacking:
        return 2, say(f"Not there yet: {'; and '.join(lacking)}: {training.text}", training.sources)
    if open_:
        return 1, unknown(f"Not known: {by}{training.text}, if also {'; and '.join(open_)}", training.sources)
    already = " (you have it)" if training.status is Status.MET else ""
    return 0, say(f"{by or 'Whatever the education: '}{training.text}{already}", training.sources)


def _gates(training: Finding, by_id: Mapping[str, Finding]) -> Iterator[Finding]:
    """What stands beside a training, and beside what it is a part of, and opens the way to it."""
    at = training
    while at.parent is not None and at.parent in by_id:
        above = by_id[at.parent]
        if above.kind == "all_of":
            yield from (by_id[name] for name in above.children if name != at.id and _opens(by_id[name], by_id))
        at = above


def _asks(gate: Finding, by_id: Mapping[str, Finding]) -> str:
    """A point in words; of a group what is in it, with how it hangs together."""
    if gate.kind not in _GROUPS:
        return gate.text
    below = [_asks(by_id[name], by_id) for name in gate.children]
    return f"({'; and '.join(below)})" if gate.kind == "all_of" else f"{gate.text}: ({'; or '.join(below)})"


def _opens(one: Finding, by_id: Mapping[str, Finding]) -> bool:
    """Whether a point, or any below it, is of the kinds that open a way."""
    return one.kind in _GATES or (one.kind in _GROUPS and any(_opens(by_id[name], by_id) for name in one.children))


def _met_by(gate: Finding, by_id: Mapping[str, Finding]) -> Iterator[str]:
    if gate.kind in _GROUPS:
        met = [by_id[name] for name in gate.children if by_id[name].status is Status.MET]
        for one in met[:1] if gate.kind == "any_of" else met:
            yield from _met_by(one, by_id)
    elif gate.status is Status.MET:
        by = "; ".join(item.text for item in gate.evidence)
        yield f"{gate.text} ({by})" if by else gate.text
