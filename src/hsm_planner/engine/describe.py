"""One entry of the knowledge, told whole: its rule in sentences, exams, fees, renewal, sources, gaps, neighbours."""

from collections.abc import Iterator
from typing import Literal

from hsm_planner.engine.coverage import coverage
from hsm_planner.engine.examined import ExamTold, Price, exam_told, exams_of, price_of, span_words
from hsm_planner.engine.renewal import renewal_of, titled
from hsm_planner.engine.result import CitedSource, Coverage, RenewalSummary, Result
from hsm_planner.engine.sources import cited
from hsm_planner.engine.standing import standing
from hsm_planner.knowledge.models import Application, Certification, ExamFacts, Intake, License, Role
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.knowledge.words import Programme
from hsm_planner.requirements.base import AskedBy, Confidence, Leaf, count
from hsm_planner.requirements.credentials import CertificationLeaf, LicenseLeaf
from hsm_planner.requirements.rules import QualifiedLeaf, Rule, walk
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.dates import Date, day_of_year
from hsm_planner.values.record import record


class Sentence(Result):
    """One node of a rule in words. ``depth`` counts from 0 at the root of its tree."""

    id: str
    depth: int
    kind: str
    text: str
    asked_by: AskedBy | None
    note: str | None
    sources: tuple[str, ...]
    confidence: Confidence | None


class Tree(Result):
    """A rule with its name: required, typical, preferred; eligibility, recommended, after_exam; rule."""

    name: str
    sentences: tuple[Sentence, ...]


class Neighbour(Result):
    """Another entry, and how it hangs together with this one."""

    id: str
    title: str
    how: str


class Shown(Result):
    """The whole answer of ``show``."""

    schema_version: Literal["1"] = "1"
    command: Literal["show"] = "show"
    as_of: str
    kind: Literal["role", "certification", "license", "degree", "exam"]
    id: str
    title: str
    overlays: tuple[str, ...]
    status: str | None
    confidence: Confidence | None  # null for an exam
    place: str | None = None  # the state whose additions to a common rule are told too
    place_confidence: Confidence | None = None  # how sure these are; null: not recorded
    coverage: Coverage | None  # null for a degree or an exam
    ask: str | None
    facts: tuple[str, ...]
    trees: tuple[Tree, ...]
    exams: tuple[ExamTold, ...]
    fees: tuple[Price, ...]
    renewal: RenewalSummary | None
    notes: tuple[str, ...]
    conflicts: tuple[str, ...]
    gaps: tuple[str, ...]
    leads_to: tuple[Neighbour, ...]
    asked_for_by: tuple[Neighbour, ...]
    sources: dict[str, CitedSource]


TREE_WORDS = {
    "required": "What the law asks",
    "typical": "What employers usually ask",
    "preferred": "What makes a strong candidate",
    "eligibility": "Who may apply",
    "rule": "The rule",
    "recommended": "Advised, not asked",
    "after_exam": "Asked after the exam",
}
_ROLE_TREES = ("required", "typical", "preferred")  # as they are written


def describe(knowledge: Knowledge, entry: Entry, as_of: Date, state: str | None = None) -> Shown:
    """A role, certification or licence with the rules of a day; with a state, without what other states ask."""
    trees = trees_of(knowledge, entry, as_of, state)
    exams = exams_of(knowledge, entry)
    own = entry.in_state(state) if isinstance(entry, License) else None
    fees = tuple(map(price_of, entry.fees_in(state) if isinstance(entry, License) else getattr(entry, "fees", ())))
    renewal = renewal_of(entry, state)
    found = standing(knowledge, entry, state, each=True)
    names = [
        *entry.sources,
        *(own.sources if own else ()),
        *(name for tree in trees for line in tree.sentences for name in line.sources),
    ]
    names += [name for exam in exams for name in exam.sources]
    names += [name for price in (*fees, *(fee for exam in exams for fee in exam.fees)) for name in price.sources]
    names += list(renewal.sources) if renewal else []
    names += [name for told in _planned(entry) for name in told.sources]
    return Shown.model_construct(
        as_of=as_of.isoformat(),
        kind="role" if isinstance(entry, Role) else "license" if isinstance(entry, License) else "certification",
        id=entry.id,
        title=titled(knowledge, entry, state),
        overlays=knowledge.overlays,
        status=entry.status if isinstance(entry, Certification) else None,
        confidence=found.confidence,
        place=found.place,
        place_confidence=found.place_confidence,
        coverage=coverage(knowledge, entry, as_of, state),
        ask=entry.ask,
        facts=tuple(_facts(knowledge, entry, state)),
        trees=tuple(trees),
        exams=tuple(exams),
        fees=fees,
        renewal=renewal,
        notes=(*(own.notes if own else ()), *entry.notes),
        conflicts=found.conflicts,
        gaps=found.gaps,
        leads_to=tuple(_leads_to(knowledge, entry)),
        asked_for_by=tuple(_asked_for_by(knowledge, entry)),
        sources=cited(knowledge, names),
    )


def programme_facts(vocabulary: Vocabulary, programme: Programme) -> list[str]:
    """What a degree is, how long it takes, what it costs and asks, each in a few words."""
    facts = [f"{vocabulary.label('level', programme.level)}, {vocabulary.label('field', programme.field)}"]
    facts += [f"{span_words(programme.credits)} semester hours"] if programme.credits else []
    facts += [f"full time {span_words(programme.months_full_time)} months"] if programme.months_full_time else []
    facts += [f"part time {span_words(programme.months_part_time)} months"] if programme.months_part_time else []
    price = f"published price ${span_words(programme.usd_per_year)} a year." if programme.usd_per_year else ""
    facts += [" ".join(part for part in (price, programme.cost_note) if part)] if price or programme.cost_note else []
    facts += [f"admission: {programme.admission}"] if programme.admission else []
    facts += [f"accredited by {vocabulary.label('accreditor', name)}" for name in programme.accreditors]
    for bridge in programme.bridges:
        length = f", full time {span_words(bridge.months_full_time)} months" if bridge.months_full_time else ""
        facts.append(f"shorter from {bridge.from_}: {bridge.name}{length}")
    return facts


def describe_programme(knowledge: Knowledge, programme: Programme, as_of: Date) -> Shown:
    """A degree as a thing to study."""
    facts = programme_facts(knowledge.vocabulary, programme)
    names = [*programme.sources, *(name for bridge in programme.bridges for name in bridge.sources)]
    return Shown.model_construct(
        as_of=as_of.isoformat(),
        kind="degree",
        id=programme.id,
        title=programme.name,
        overlays=knowledge.overlays,
        status=None,
        confidence=programme.confidence,
        coverage=None,
        ask=None,
        facts=tuple(facts),
        trees=(),
        exams=(),
        fees=(),
        renewal=None,
        notes=(),
        conflicts=programme.conflicts,
        gaps=(),
        leads_to=(),
        asked_for_by=(),
        sources=cited(knowledge, names),
    )


def describe_exam(knowledge: Knowledge, exam: ExamFacts, as_of: Date) -> Shown:
    """An examination by itself, with the credentials that ask it."""
    told = exam_told(exam)
    askers = [
        Neighbour.model_construct(id=entry.id, title=entry.title, how="asks it")
        for kind, raw in knowledge.raw_targets()
        if (entry := knowledge.entry(kind, raw["id"])) is not None and exam.id in getattr(entry, "exams", ())
    ]
    names = [*told.sources, *(name for price in told.fees for name in price.sources)]
    return Shown.model_construct(
        as_of=as_of.isoformat(),
        kind="exam",
        id=exam.id,
        title=exam.name,
        overlays=knowledge.overlays,
        status=None,
        confidence=None,
        coverage=None,
        ask=None,
        facts=told.facts,
        trees=(),
        exams=(),
        fees=told.fees,
        renewal=None,
        notes=(told.note,) if told.note else (),
        conflicts=(),
        gaps=(),
        leads_to=(),
        asked_for_by=tuple(askers),
        sources=cited(knowledge, names),
    )


def trees_of(knowledge: Knowledge, entry: Entry, as_of: Date, state: str | None) -> list[Tree]:
    """The rules of an entry in sentences, on a day; with a state, without what other states ask."""
    told = _Teller(knowledge, as_of, state)
    return [told.tree(name, rule) for name, rule in rules_of(knowledge, entry) if rule.concerns(as_of, state)]


def rules_of(knowledge: Knowledge, entry: Entry) -> list[tuple[str, Rule]]:
    """The rules of an entry by name."""
    if isinstance(entry, Role):
        return list(knowledge.role_rules(entry).items())
    name = "rule" if isinstance(entry, License) else "eligibility"
    return [(name, knowledge.rule_of(entry)), *knowledge.extra_rules(entry)]


@record
class _Teller:
    knowledge: Knowledge
    as_of: Date
    state: str | None

    def tree(self, name: str, rule: Rule) -> Tree:
        return Tree.model_construct(name=name, sentences=tuple(self._sentences(rule, 0)))

    def _sentences(self, node: Rule, depth: int) -> Iterator[Sentence]:
        vocabulary = self.knowledge.vocabulary
        tail = f", {node.when.words(vocabulary)}" if node.when else ""
        tail += f", since {node.effective_from}" if node.effective_from else ""
        tail += f", until {node.effective_until}" if node.effective_until else ""
        yield Sentence.model_construct(
            id=node.id,
            depth=depth,
            kind=node.kind,
            text=node.sentence(vocabulary) + tail,
            asked_by=node.asked_by,
            note=node.note,
            sources=node.sources,
            confidence=node.confidence,
        )
        for child in () if isinstance(node, Leaf) else node.of:
            if child.concerns(self.as_of, self.state):
                yield from self._sentences(child, depth + 1)


def _facts(knowledge: Knowledge, entry: Entry, state: str | None) -> Iterator[str]:
    vocabulary = knowledge.vocabulary
    if isinstance(entry, Role):
        yield f"level: {entry.level}"
        yield "where: " + ", ".join(vocabulary.label("setting", setting) for setting in entry.settings)
        if entry.duties:
            yield "duties: " + "; ".join(entry.duties)
        for grant in entry.grants:
            yield f"counts as {vocabulary.label('kind', grant.kind)} ({grant.basis})"
        yield from entry.employers_vary
        if entry.entered_from:
            yield f"entered from {entry.entered_from}"
    elif isinstance(entry, Certification):
        yield f"given by {vocabulary.label('organization', entry.issuer)}"
        yield f"career stage: {entry.stage}"
        if entry.status_note:
            yield entry.status_note
        if entry.provisional:
            yield f"before what is asked after the exam: {entry.provisional}"
        yield from application_words(entry.application)
    else:
        own = entry.in_state(state)
        yield f"given by {own.board if own else entry.board}"
        if entry.compact:
            where = f", {'with' if state in entry.compact else 'without'} {state}" if state else ""
            yield f"in a compact of {len(entry.compact)} states{where}: {', '.join(entry.compact)}"
        yield from application_words(entry.application)
        for intake in entry.intakes:
            by = f", to be filed by {day_of_year(intake.file_by)}" if intake.file_by else ""
            yield f"{vocabulary.label('training', intake.programme)} begins on {day_of_year(intake.begins)}{by}"
        if entry.reciprocity:
            yield f"from another state: {entry.reciprocity}"


def _planned(entry: Entry) -> Iterator[Application | Intake]:
    """What is said of applications and intakes."""
    if isinstance(entry, Certification | License) and entry.application:
        yield entry.application
    if isinstance(entry, License):
        yield from entry.intakes


def application_words(application: Application | None) -> Iterator[str]:
    """How long an application takes and stays open, and what else is said of it."""
    if application is None:
        return
    if application.decision_months:
        yield f"decided within {span_words(application.decision_months)} months"
    if application.valid_months:
        yield f"an application stays open for {count(application.valid_months, 'months')}"
    if application.note:
        yield application.note


def _leads_to(knowledge: Knowledge, entry: Entry) -> Iterator[Neighbour]:
    for edge in entry.next_roles if isinstance(entry, Role) else ():
        title = knowledge.vocabulary.label("role", edge.role)
        how = "our own view of the ladder" if edge.basis == "editorial" else "a source says so"
        yield Neighbour.model_construct(id=edge.role, title=title, how=how)


def _asked_for_by(knowledge: Knowledge, entry: Entry) -> Iterator[Neighbour]:
    """Entries whose rules name this one."""
    if isinstance(entry, Role):
        for kind, raw in knowledge.raw_targets():
            if kind == "role" and any(edge["role"] == entry.id for edge in raw.get("next_roles", ())):
                yield Neighbour.model_construct(id=raw["id"], title=raw["title"], how="leads here")
        return
    names = {entry.id, knowledge.vocabulary.credentials[entry.id].family}
    for kind, raw in knowledge.raw_targets():
        other = knowledge.entry(kind, raw["id"])
        if other is None or other.id == entry.id:
            continue
        written = (
            {name: getattr(other, name) for name in _ROLE_TREES}
            if isinstance(other, Role)
            else rules_of(knowledge, other)
        )
        trees = [name for name, rule in dict(written).items() if _names(rule) & names]
        if trees:
            yield Neighbour.model_construct(id=other.id, title=other.title, how=", ".join(trees))


def _names(rule: Rule) -> set[str]:
    return {node.credential for node in walk(rule) if isinstance(node, CertificationLeaf | LicenseLeaf | QualifiedLeaf)}
