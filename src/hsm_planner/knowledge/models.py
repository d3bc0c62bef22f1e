"""The shape of the data files: what an entry may say. One model per sort of entry."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from hsm_planner.requirements.base import Confidence, Day, Id, StateCode, Strict
from hsm_planner.requirements.rules import AnyNode
from hsm_planner.values.dates import PartialDate


def _partial(value: object) -> str:
    return str(PartialDate.parse(value))


PartialDay = Annotated[str, BeforeValidator(_partial), PlainSerializer(str, when_used="json")]
Usd = Annotated[float, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]
Cited = Annotated[tuple[Id, ...], Field(min_length=1)]


class Source(Strict):
    """A document that the data cites."""

    id: Id
    title: Text
    publisher: Text
    url: str | None  # None: the document has no public address
    as_of: PartialDay | None  # the date it speaks of; None: it states none
    read_on: Day
    public_copy: bool = False  # read from a copy on another host
    third_party: bool = False  # not by the issuer, the state or a statistical agency


class Range(Strict):
    """A number between two bounds; both may be the same."""

    low: Annotated[float, Field(ge=0)]
    high: Annotated[float, Field(ge=0)]

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if self.low > self.high:
            msg = "low is above high"
            raise ValueError(msg)
        return self


class Fee(Strict):
    """A price; ``usd`` None: asked, but the amount was not found."""

    id: Id
    name: Text
    usd: Usd | Range | None
    who: Text | None = None  # "members", "non-members"...
    as_of: PartialDay | None = None
    extra: bool = False  # not the price of the thing itself: a transfer, an extension, a pair bought together
    note: str | None = None
    sources: tuple[Id, ...] = ()


class ExamFacts(Strict):
    """An examination as its owner describes it; None: not found."""

    id: Id
    name: Text
    questions: int | Range | None = None
    scored_questions: int | None = None
    minutes: int | None = None
    passing_score: Text | None = None
    delivery: Text | None = None
    window: Text | None = None
    attempts: Text | None = None
    preparation_months: Range | None = None
    fees: tuple[Fee, ...] = ()
    note: str | None = None
    sources: Cited


class Renewal(Strict):
    """What keeps a credential alive; None: not found."""

    cycle_years: float | None = None
    hours: float | None = None
    fee_usd: Usd | None = None
    note: str | None = None
    sources: tuple[Id, ...] = ()


class Entry(Strict):
    """What certifications, licences and roles have in common."""

    id: Id
    aliases: tuple[Text, ...] = ()
    confidence: Confidence
    ask: Text  # whom to ask what the data does not say
    sources: Cited
    notes: tuple[Text, ...] = ()
    conflicts: tuple[Text, ...] = ()
    gaps: tuple[Text, ...] = ()


class Certification(Entry):
    """A credential that an association or board gives."""

    name: Text
    abbreviation: Text
    issuer: Id  # an organization
    status: Literal["active", "paused", "retired"]
    status_note: Text | None = None
    settings: tuple[Id, ...] = ()
    stage: Literal["entry", "early", "mid", "senior", "executive"]
    eligibility: AnyNode
    recommended: AnyNode | None = None
    after_exam: AnyNode | None = None
    exams: tuple[Id, ...] = ()
    fees: tuple[Fee, ...] = ()
    renewal: Renewal | None = None
    replaces: tuple[Id, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.name} ({self.abbreviation})"


class StateRule(Strict):
    """What one state adds to a licence that all states give, and its prices."""

    state: StateCode
    board: Text
    compact: bool = False
    fees: tuple[Fee, ...] = ()
    renewal: Renewal | None = None
    notes: tuple[Text, ...] = ()
    sources: Cited


class License(Entry):
    """A licence that the law of a state gives. ``state`` None: given by every state under one common rule."""

    name: Text
    abbreviation: Text
    family: Id
    state: StateCode | None = None
    board: Text
    rule: AnyNode
    exams: tuple[Id, ...] = ()
    fees: tuple[Fee, ...] = ()
    renewal: Renewal | None = None
    reciprocity: Text | None = None
    replaces: tuple[Id, ...] = ()
    compact: tuple[StateCode, ...] = ()
    states: tuple[StateRule, ...] = ()

    @property
    def title(self) -> str:
        return self.name


class Grant(Strict):
    """A kind of experience that holding a post of this role gives."""

    kind: Id
    basis: Literal["sourced", "definition", "editorial"]
    holding: Id | None = None  # given only to holders of this licence; else it is a guess
    sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _cited(self) -> Grant:
        if self.basis == "sourced" and not self.sources:
            msg = "a sourced grant names its sources"
            raise ValueError(msg)
        return self


class NextRole(Strict):
    """An edge of the ladder."""

    role: Id
    basis: Literal["sourced", "editorial"]
    sources: tuple[Id, ...] = ()


class Role(Entry):
    """A kind of post, with what law, employers and strong candidates ask or bring."""

    title: Text
    level: Id
    settings: tuple[Id, ...]
    onet_soc: Text | None = None
    health_specific: bool  # False: the title is used outside health care too
    general_names: tuple[Text, ...] = ()  # names that mean this role here, and other posts outside health care
    grants: tuple[Grant, ...] = ()
    required: AnyNode
    typical: AnyNode
    preferred: AnyNode
    employers_vary: tuple[Text, ...] = ()
    duties: tuple[Text, ...] = ()
    next_roles: tuple[NextRole, ...] = ()


class Level(Strict):
    """A level of degrees, with the minimums that it satisfies (itself included)."""

    id: Id
    label: Text
    satisfies: tuple[Id, ...]
    credits: int = 0  # semester hours that a degree of this level stands for
    built_by_credits: bool = False  # college credits and lower degrees are a part of the way to it
    professional: bool = False
    sources: Cited
    note: str | None = None


class StudyField(Strict):
    """A field of study."""

    id: Id
    label: Text
    within: tuple[Id, ...] = ()
    aliases: tuple[Text, ...] = ()
    cip: tuple[Text, ...] = ()
    sources: tuple[Id, ...] = ()


class DegreeName(Strict):
    """What a string that people write for a degree means. ``field`` None: it does not say."""

    aliases: Annotated[tuple[Text, ...], Field(min_length=1)]
    expands_to: Text
    level: Id | None  # None: not a degree (a licence, a certification, work under way)
    field: Id | None
    ambiguous_with: tuple[Text, ...] = ()
    guess: bool = False  # the string is another degree's too: counts once confirmed
    foreign: bool = False
    note: str | None = None
    sources: tuple[Id, ...] = ()


class Bridge(Strict):
    """A shorter way into a degree for holders of something: degrees of these levels in the field, and a licence."""

    from_: Annotated[Text, Field(alias="from")]
    from_levels: tuple[Id, ...] = ()  # empty: what is asked cannot be told from degrees alone
    from_field: Literal["same", "any"] = "same"
    from_license: Id | None = None
    name: Text
    months_full_time: Range | None = None
    months_part_time: Range | None = None
    remaining_credits: Range | None = None
    sources: Cited


class Programme(Strict):
    """A degree as a thing to study: how long, how many credits, how dear."""

    id: Id
    name: Text
    level: Id
    field: Id
    aliases: tuple[Text, ...] = ()
    credits: Range | None = None
    months_full_time: Range | None = None
    months_part_time: Range | None = None
    usd_per_year: Range | None = None
    cost_note: str | None = None
    prior_level: Id | None = None  # the level asked for admission
    admission: Text | None = None
    accreditors: tuple[Id, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    confidence: Confidence
    conflicts: tuple[Text, ...] = ()
    sources: Cited


class Accreditor(Strict):
    id: Id
    name: Text
    note: str | None = None
    sources: tuple[Id, ...] = ()


class Kind(Strict):
    """A kind of experience; ``within``: the broader kinds that it is also."""

    id: Id
    label: Text
    within: tuple[Id, ...] = ()
    aliases: tuple[Text, ...] = ()


class Setting(Strict):
    """Where a post is. ``kinds``: what any post there gives; ``health`` False: outside health care."""

    id: Id
    label: Text
    aliases: tuple[Text, ...] = ()
    kinds: tuple[Id, ...] = ()
    health: bool = True


class Named(Strict):
    """A word of the vocabulary that needs only a name."""

    id: Id
    label: Text
    aliases: tuple[Text, ...] = ()
    within: tuple[Id, ...] = ()


class Organization(Strict):
    id: Id
    label: Text
    url: str | None = None
    aliases: tuple[Text, ...] = ()


class StatementFacts(Strict):
    """Something only the person (or a board) can say."""

    id: Id
    question: Text
    usual: bool = False
    ask: Text | None = None  # a board or issuer that can answer, when the person cannot


class PostGrant(Strict):
    """A kind of experience that a field of a post gives, whatever the role."""

    field: Literal["supervises", "manages_budget", "administrator_of_record"]
    kinds: Cited
    in_health: tuple[Id, ...] = ()  # given as well when the post is in health care
    only_in: tuple[Id, ...] = ()  # asked about only in these settings
    decides: bool = False  # an answer of none takes back what the role would give
    needs: Literal["supervises"] | None = None  # another field without which it gives nothing
    question: Text


class Vocabulary(Strict):
    """vocabulary.yaml: the words that all other files use."""

    states: dict[StateCode, Text]
    ladder: tuple[Named, ...]  # levels of roles, entry first
    kinds: tuple[Kind, ...]
    settings: tuple[Setting, ...]
    post_grants: tuple[PostGrant, ...]
    breaks: tuple[Text, ...]  # titles that are career breaks, not posts
    organizations: tuple[Organization, ...]
    topics: tuple[Named, ...]
    learning_kinds: tuple[Named, ...]
    training: tuple[Named, ...]
    courses: tuple[Named, ...]
    volunteering: tuple[Named, ...]
    references: tuple[Named, ...]
    statements: tuple[StatementFacts, ...]


class Covers(Strict):
    """Which findings belong to a step of the pathway."""

    kinds: Cited
    levels: tuple[Id, ...] = ()  # for degrees: the levels asked
    targets: tuple[Literal["role", "certification", "license"], ...] = ()


class Step(Strict):
    id: Id
    title: Text
    text: Text
    examples: tuple[Text, ...] = ()
    optional: bool = False  # shown only when the target has something in it
    covers: tuple[Covers, ...]
    sources: Cited


class Described(Strict):
    """A duty or a workplace, in the article's words and newer ones."""

    id: Id
    label: Text
    text: Text
    sources: Cited


class SkillFacts(Strict):
    id: Id
    label: Text
    text: Text
    onet_elements: tuple[Text, ...] = ()
    show_by: tuple[Text, ...] = ()
    build_by: tuple[Text, ...] = ()
    sources: Cited


class Pathway(Strict):
    """pathway.yaml: the manager pathway of the founding article."""

    steps: tuple[Step, ...]
    skills: tuple[SkillFacts, ...]
    duties: tuple[Described, ...]
    workplaces: tuple[Described, ...]


class SourcesFile(Strict):
    sources: tuple[Source, ...]


class CertificationsFile(Strict):
    exams: tuple[ExamFacts, ...]
    certifications: tuple[Certification, ...]


class LicensesFile(Strict):
    exams: tuple[ExamFacts, ...]
    licenses: tuple[License, ...]


class RolesFile(Strict):
    roles: tuple[Role, ...]


class DegreesFile(Strict):
    levels: tuple[Level, ...]
    fields: tuple[StudyField, ...]
    names: tuple[DegreeName, ...]
    programmes: tuple[Programme, ...]
    accreditors: tuple[Accreditor, ...]
