"""The questions that people ask most, answered by looking up, assessing and planning: nothing is said by heart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from hsm_planner.engine.assess import Goal, assess
from hsm_planner.engine.compare import compare, every_role
from hsm_planner.engine.describe import programme_facts
from hsm_planner.engine.items import license_of
from hsm_planner.engine.outlook import newest_pay
from hsm_planner.engine.renewal import every, renewal_of
from hsm_planner.engine.result import CitedSource, Result
from hsm_planner.engine.sources import cited
from hsm_planner.knowledge.asked import AskedQuestion, Part
from hsm_planner.knowledge.models import Certification, License, Role
from hsm_planner.knowledge.store import Entry, Knowledge, TargetKind
from hsm_planner.planner.least import LICENSED, NO_DEGREE, UNREAD, group_of
from hsm_planner.planner.leaves import leaves_of
from hsm_planner.planner.plan import plan
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.model import Profile
from hsm_planner.requirements.base import count, listed
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.plain import UnreadLeaf
from hsm_planner.values.dates import Date
from hsm_planner.values.truth import Verdict

_CODE = 7  # characters of a federal code
_MOST_NAMED = 12


class Told(Result):
    """A sentence with the sources that say so; ``tone`` ``unknown``: the data does not have it."""

    text: str
    sources: tuple[str, ...]
    tone: Literal["plain", "unknown"] = "plain"


class AnswerPart(Result):
    heading: str | None
    told: tuple[Told, ...]


class Answered(Result):
    """The answer of ``ask``. ``personal``: a profile was given, and some of it is about that person."""

    schema_version: Literal["1"] = "1"
    command: Literal["ask"] = "ask"
    as_of: str
    overlays: tuple[str, ...]
    id: str
    question: str
    state: str | None
    personal: bool
    parts: tuple[AnswerPart, ...]
    sources: dict[str, CitedSource]


def answered(
    knowledge: Knowledge, question: AskedQuestion, profile: Profile | None, state: str | None, as_of: Date
) -> Answered:
    """The answer to a question, for a person where one is given."""
    asking = _Asking(knowledge, profile, state, as_of)
    parts = tuple(
        AnswerPart.model_construct(heading=part.heading, told=tuple(asking.told(part))) for part in question.parts
    )
    names = [name for part in parts for one in part.told for name in one.sources]
    return Answered.model_construct(
        as_of=as_of.isoformat(),
        overlays=knowledge.overlays,
        id=question.id,
        question=question.text,
        state=state,
        personal=profile is not None,
        parts=parts,
        sources=cited(knowledge, names),
    )


def _say(text: str, sources: Iterable[str] = ()) -> Told:
    return Told.model_construct(text=text, sources=tuple(dict.fromkeys(sources)), tone="plain")


def _unknown(text: str) -> Told:
    return Told.model_construct(text=text, sources=(), tone="unknown")


class _Asking:
    def __init__(self, knowledge: Knowledge, profile: Profile | None, state: str | None, as_of: Date) -> None:
        self.knowledge, self.profile, self.state, self.as_of = knowledge, profile, state, as_of

    def told(self, part: Part) -> Iterator[Told]:
        """What a part comes to."""
        if part.show == "silent":
            yield _unknown(f"{part.text} Ask: {part.ask}.")
            return
        looked_up: dict[str, Callable[[Part], Iterator[Told]]] = {
            "degrees": self._degrees, "takers": self._takers, "rules": self._rules, "assess": self._assess,
            "plan": self._plan, "levels": self._levels, "pay": self._pay, "grants": self._grants,
            "intakes": self._intakes, "renewal": self._renewal, "moves": self._moves, "open": self._open,
        }  # fmt: skip
        yield from looked_up[part.show](part)

    # -- entries ---------------------------------------------------------------------------------------------------

    def _entries(self, part: Part) -> Iterator[Entry | Told]:
        """The entries of a part; of a family of licences that of the state, or what is missing for it."""
        for name in part.of:
            entry: Entry | None = self.knowledge.certification(name) or self.knowledge.role(name)
            entry = entry or license_of(self.knowledge, name, self.state)
            if entry is not None:
                yield entry
            elif self.state is None:
                yield _unknown(f"{name.upper()}: the rule is each state's own; add --state, or a profile with a state.")
            else:
                yield _unknown(f"{name.upper()}: we have no rule of {self.state}.")

    def _rules(self, part: Part) -> Iterator[Told]:
        for entry in self._entries(part):
            if isinstance(entry, Told):
                yield entry
                continue
            rows = [leaf for leaf in leaves_of(self.knowledge, entry, self.as_of, self.state)
                    if getattr(leaf, "kind", "") in part.kinds]  # fmt: skip
            texts = {leaf.sentence(self.knowledge.vocabulary): leaf for leaf in rows}
            for text, leaf in texts.items():
                note = f" {leaf.note}" if leaf.note else ""
                yield _say(f"{entry.title}: {text}.{note}", leaf.sources)
            if not texts:
                leaves = leaves_of(self.knowledge, entry, self.as_of, self.state)
                gap = "; parts of it were not read" if any(isinstance(leaf, UnreadLeaf) for leaf in leaves) else ""
                yield _say(f"{entry.title}: nothing of this kind is in the rule that we read{gap}.", entry.sources)

    def _degrees(self, part: Part) -> Iterator[Told]:
        for name in part.of:
            programme = self.knowledge.programme(name)
            if programme is not None:
                text = "; ".join(programme_facts(self.knowledge.vocabulary, programme))
                yield _say(f"{programme.name}: {text}", programme.sources)

    def _takers(self, part: Part) -> Iterator[Told]:
        """Who names the field of each programme in a rule, and who takes any degree of its level."""
        asked = [(entry, leaf) for entry in self._all() for leaf in self._degree_leaves(entry)]
        for name in part.of:
            programme = self.knowledge.programme(name)
            if programme is None:
                continue
            reached = self.knowledge.vocabulary.satisfies.get(programme.level, frozenset())
            fits = [(entry, leaf) for entry, leaf in asked if leaf.level in reached and leaf.level not in _LOW]
            named = {e.title: leaf for e, leaf in fits if programme.field in leaf.fields}
            every_ = {e.title: leaf for e, leaf in fits if "any" in leaf.fields and leaf.level == programme.level}
            sources = [source for leaf in named.values() for source in leaf.sources]
            label = self.knowledge.vocabulary.label("field", programme.field)
            text = f"{programme.name}: {label} is named by {_names(list(named))}"
            yield _say(text, sources[:_MOST_NAMED]) if named else _unknown(text)
            if every_:
                found = [source for leaf in every_.values() for source in leaf.sources]
                text = f"{programme.name}: any degree of the level does for {_names(list(every_))}"
                yield _say(text, found[:_MOST_NAMED])

    def _all(self) -> Iterator[Entry]:
        for kind, raw in self.knowledge.raw_targets():
            entry = self.knowledge.entry(kind, raw["id"]) if kind != "license" else None
            if entry is not None:
                yield entry

    def _degree_leaves(self, entry: Entry) -> Iterator[DegreeLeaf]:
        for leaf in leaves_of(self.knowledge, entry, self.as_of, self.state):
            if isinstance(leaf, DegreeLeaf):
                yield leaf

    def _levels(self, part: Part) -> Iterator[Told]:
        """Roles from supervisor on, by the least degree on the easiest way in; apart, those that a licence decides."""
        del part
        ladder = [rung.id for rung in self.knowledge.words.ladder]
        order = list(self.knowledge.level_ids())
        groups: dict[str, list[Role]] = {}
        for name in self.knowledge.ids("roles", "roles"):
            role = self.knowledge.role(name)
            if role is not None and ladder.index(role.level) > 0:
                groups.setdefault(group_of(self.knowledge, role, order, self.as_of, self.state), []).append(role)
        labels = {
            NO_DEGREE: "no degree on some way in",
            LICENSED: "a licence or certification decides, whose own rule may ask for a degree",
            UNREAD: "not known: the part of the rule that would say so was not read",
        }
        for group in (NO_DEGREE, *order, LICENSED, UNREAD):
            roles = groups.get(group, [])
            if roles:
                label = labels.get(group) or self.knowledge.vocabulary.label("level", group)
                sources = [source for role in roles for source in role.sources[:1]]
                yield _say(f"{label}: {_names([role.title for role in roles], most=99)}", sources[:_MOST_NAMED])

    def _pay(self, part: Part) -> Iterator[Told]:
        told: dict[str, list[str]] = {}
        for name in part.of:
            role = self.knowledge.role(name)
            if role is not None and role.onet_soc:
                told.setdefault(role.onet_soc[:_CODE], []).append(role.title)
        for code, titles in told.items():
            row = next(iter(newest_pay(self.knowledge, code, "national")), None)
            if row is not None and row.median is not None:
                text = f"{listed(titles)}: half earned more than ${row.median:,} a year ({row.vintage}, United States)"
                apart = "; the figures do not tell these posts apart" if len(titles) > 1 else ""
                yield _say(f"{text}{apart}", [row.source])

    def _grants(self, part: Part) -> Iterator[Told]:
        """Which posts count as a kind of experience, and how surely."""
        for kind in part.of:
            label = self.knowledge.vocabulary.label("kind", kind)
            sure, guessed = list[str](), list[str]()
            for name in self.knowledge.ids("roles", "roles"):
                role = self.knowledge.role(name)
                for grant in role.grants if role is not None else ():
                    if grant.kind == kind and role is not None:
                        (guessed if grant.basis == "editorial" else sure).append(role.title)
            if sure:
                yield _say(f"{label}: by the sources {_names(sure, most=99)}")
            if guessed:
                yield _say(f"{label}: in our own view, to be confirmed with who asks it: {_names(guessed, most=99)}")

    def _intakes(self, part: Part) -> Iterator[Told]:
        for entry in self._entries(part):
            if isinstance(entry, Told):
                yield entry
            elif isinstance(entry, License) and entry.intakes:
                for one in sorted(entry.intakes, key=lambda one: self._next(one.begins, one.file_by)):
                    begins, by = self._next(one.begins, one.file_by)
                    filing = f", to be filed for by {by}" if by else ""
                    yield _say(f"{entry.title}: {one.programme}, begins on {begins}{filing}", one.sources)
            else:
                text = f"{entry.title}: whether the training begins on set days is not in our data."
                yield _unknown(f"{text} Ask: {entry.ask}.")

    def _next(self, begins: str, file_by: str | None) -> tuple[str, str]:
        """The next beginning that can still be filed for."""
        for year in range(self.as_of.year, self.as_of.year + 3):
            day = Date.fromisoformat(f"{year}-{begins}")
            last = Date.fromisoformat(f"{year}-{file_by}") if file_by else day
            last = last if last <= day else Date.fromisoformat(f"{year - 1}-{file_by}")
            if last >= self.as_of:
                return day.isoformat(), last.isoformat() if file_by else ""
        raise AssertionError(begins)

    def _renewal(self, part: Part) -> Iterator[Told]:
        for entry in self._entries(part):
            if isinstance(entry, Told):
                yield entry
                continue
            found = renewal_of(entry, self.state)
            if found is None:
                yield _unknown(f"{entry.title}: its renewal was not found. Ask: {entry.ask}.")
                continue
            parts = [every(found.cycle_years)] if found.cycle_years else []
            parts += [f"{count(found.hours, 'hours')}"] if found.hours else []
            parts += [f"at least {one.at_least:g} {one.what}" for one in found.quotas if one.at_least is not None]
            parts += [f"at most {one.at_most:g} {one.what}" for one in found.quotas if one.at_most is not None]
            yield _say(f"{entry.title}: {', '.join(parts) or 'cycle and hours not found'}", found.sources)

    def _moves(self, part: Part) -> Iterator[Told]:
        for entry in self._entries(part):
            if isinstance(entry, Told):
                yield entry
            elif isinstance(entry, License) and entry.reciprocity:
                yield _say(f"{entry.title}: {entry.reciprocity}", entry.sources)
            elif isinstance(entry, License | Certification):
                yield _unknown(f"{entry.title}: what moving asks was not found. Ask: {entry.ask}.")

    # -- the person ------------------------------------------------------------------------------------------------

    def _goals(self, part: Part) -> Iterator[Goal | Told]:
        for entry in self._entries(part):
            if isinstance(entry, Told):
                yield entry
            else:
                yield Goal(_kind(entry), entry.id, self.state)

    def _assess(self, part: Part) -> Iterator[Told]:
        if self.profile is None:
            yield _unknown("How far you are: add --profile.")
            return
        words = {Verdict.READY: "you meet everything", Verdict.NOT_READY: "not yet", Verdict.UNKNOWN: "not known yet"}
        for goal in self._goals(part):
            if isinstance(goal, Told):
                yield goal
                continue
            found = assess(self.profile, self.knowledge, goal, self.as_of)
            gaps = [found.finding(name).text for name in found.gaps]
            tail = f"; to do: {'; '.join(gaps)}" if gaps else ""
            open_ = found.questions
            asked = f"; {count(len(open_), 'questions')} open, the first: {open_[0].text}" if open_ else ""
            yield _say(f"For you, {found.target.title}: {words[found.verdict]}{tail}{asked}")

    def _plan(self, part: Part) -> Iterator[Told]:
        if self.profile is None:
            yield _unknown("How long it takes you and what it costs: add --profile.")
            return
        for goal in self._goals(part):
            if isinstance(goal, Told):
                yield goal
                continue
            found = plan(self.profile, self.knowledge, goal, self.as_of, Wishes(alternatives=1))
            if found.finish is None or found.months is None or found.cost_usd is None:
                reason = found.reason.text if found.reason else "nothing is left to do."
                yield _say(f"For you, {found.goal.title}: {reason}")
                continue
            cost = found.cost_usd
            price = f"${cost.known_low:,}" + (f" to ${cost.known_high:,}" if cost.known_high > cost.known_low else "")
            price += f" and {count(len(cost.unpriced), 'prices')} not known" if cost.unpriced else ""
            hours = found.receipt.limits.get("study_hours_per_week")
            text = f"{count(found.months, 'months')} with {hours} hours of study a week, until {found.finish}; {price}"
            yield _say(f"For you, {found.goal.title}: {text}. The whole: hsm-plan plan -t {found.goal.id}")
            if found.money is not None and found.money.given_up is not None:
                yield _say(f"For you, {found.goal.title}: {found.money.given_up.text}")
            for action in found.actions:
                if action.kind == "confirm" and action.if_no and action.no is not None:
                    yield _unknown(f"That rests on an answer: {action.text}. {action.if_no}")

    def _open(self, part: Part) -> Iterator[Told]:
        del part
        if self.profile is None:
            yield _unknown("Which posts are open to you: add --profile.")
            return
        found = compare(self.profile, self.knowledge, every_role(self.knowledge, self.state), self.as_of)
        rows = [row for row in found.rows if row.verdict is Verdict.READY]
        titles = _names([row.title for row in rows], most=99) if rows else "none"
        yield _say(f"By what you say: {titles}")


def _kind(entry: Entry) -> TargetKind:
    if isinstance(entry, Role):
        return "role"
    return "license" if isinstance(entry, License) else "certification"


_LOW = ("none", "high-school", "some-college")


def _names(titles: list[str], most: int = _MOST_NAMED) -> str:
    kept = list(dict.fromkeys(titles))
    more = f" and {len(kept) - most} more" if len(kept) > most else ""
    return (", ".join(kept[:most]) + more) if kept else "no rule that we read"
