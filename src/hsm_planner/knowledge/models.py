"""The shape of entries: sources, exams, certifications, licences, roles. One model per sort."""

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hsm_planner.knowledge.common import Cited, Days, FirstOfMonth, Month, MonthDay, PartialDay, Range, Text, Usd
from hsm_planner.requirements.base import Confidence, Day, Id, StateCode, Strict
from hsm_planner.requirements.rules import AnyNode

_CODE = 7  # characters of a federal code; a role's O*NET code goes on behind it


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


class Fee(Strict):
    """A price; ``usd`` None: asked, but the amount was not found."""

    id: Id
    name: Text
    usd: Usd | Range | None
    who: Text | None = None  # "members", "non-members"...
    as_of: PartialDay | None = None
    covers: Id | None = None  # the statement whose proof it is the price of: a background check
    pays: Id | None = None  # the course it is the price of, or the organization whose dues of a year it is
    extra: bool = False  # not the price of the thing itself: a transfer, an extension, a pair bought together
    note: str | None = None
    sources: tuple[Id, ...] = ()


def fee_for(fees: Iterable[Fee], name: str) -> Fee | None:
    """The known price of a course, or of a year as a member, among others; of several that for everybody."""
    found = [fee for fee in fees if fee.pays == name and fee.usd is not None]
    return min(found, key=lambda fee: fee.who is not None, default=None)


class ExamFacts(Strict):
    """An examination as its owner describes it; None: not found."""

    id: Id
    name: Text
    questions: int | Range | None = None
    scored_questions: int | None = None
    minutes: int | None = None
    passing_score: Text | None = None
    delivery: Text | None = None
    window: Text | None = None  # in words; the numbers of it that a plan uses stand below
    attempts: Text | None = None
    sit_months: tuple[Month, ...] = ()  # the calendar months in which it is given; none: all year
    days_to_approve: Days | None = None  # from the application for it to leave to sit it, at most
    days_to_sit: Days | None = None  # from that leave
    days_between_attempts: Days | None = None
    most_attempts: Annotated[int, Field(ge=1)] | None = None  # on one application
    preparation_months: Range | None = None
    preparation_hours: Range | None = None
    fees: tuple[Fee, ...] = ()
    note: str | None = None
    sources: Cited


class Quota(Strict):
    """A part of the continuing education of a cycle that has bounds of its own."""

    what: Text
    at_least: Usd | None = None  # hours
    at_most: Usd | None = None
    sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.at_least is None and self.at_most is None:
            msg = "a quota has at_least or at_most, in hours"
            raise ValueError(msg)
        return self


class Renewal(Strict):
    """What keeps a credential alive; None: not found."""

    cycle_years: float | None = None
    anchor: Text | None = None  # what a cycle ends on: "the month of birth", "30 June of even years"
    hours: float | None = None
    quotas: tuple[Quota, ...] = ()
    first: Text | None = None  # how the first renewal differs
    fee_usd: Usd | None = None
    late_fee_usd: Usd | None = None
    note: str | None = None
    sources: tuple[Id, ...] = ()


class Application(Strict):
    """What becomes of an application; None: not found."""

    decision_months: Range | None = None  # until the issuer or board has decided
    valid_months: Annotated[float, Field(gt=0)] | None = None  # how long it stays open, once filed or approved
    note: str | None = None
    sources: Cited


class Intake(Strict):
    """A day on which a training begins, and the day by which one has to file for it. Both of every year."""

    programme: Id
    begins: FirstOfMonth
    file_by: MonthDay | None = None
    sources: Cited


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
    provisional: Text | None = None  # how one is called who passed, before what ``after_exam`` asks is done
    application: Application | None = None
    exams: tuple[Id, ...] = ()
    fees: tuple[Fee, ...] = ()
    renewal: Renewal | None = None
    replaces: tuple[Id, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.name} ({self.abbreviation})"

    def fees_in(self, _state: str | None) -> tuple[Fee, ...]:
        """The prices, which are the same in every state."""
        return self.fees


class StateRule(Strict):
    """What one state adds to a licence that all states give, and its prices."""

    state: StateCode
    board: Text
    confidence: Confidence | None = None  # in what stands here; None: its sources give no ground to say
    compact: bool = False
    fees: tuple[Fee, ...] = ()
    renewal: Renewal | None = None
    notes: tuple[Text, ...] = ()
    conflicts: tuple[Text, ...] = ()
    gaps: tuple[Text, ...] = ()
    sources: Cited


class Schooling(Strict):
    """The schooling without which nobody holds a licence: in a field, at one of some levels."""

    field: Id
    levels: Annotated[tuple[Id, ...], Field(min_length=1)]


class License(Entry):
    """A licence that the law of a state gives. ``state`` None: given by every state under one common rule."""

    name: Text
    abbreviation: Text
    family: Id
    state: StateCode | None = None
    granted: bool = True  # False: nothing is given to the person; who meets the rule may be what it is about
    board: Text
    rule: AnyNode
    application: Application | None = None
    intakes: tuple[Intake, ...] = ()
    exams: tuple[Id, ...] = ()
    fees: tuple[Fee, ...] = ()
    renewal: Renewal | None = None
    reciprocity: Text | None = None
    replaces: tuple[Id, ...] = ()
    compact: tuple[StateCode, ...] = ()
    compact_from: dict[StateCode, Day] = Field(default_factory=dict)  # members whose first day is known
    states: tuple[StateRule, ...] = ()
    schooling: Schooling | None = None

    def in_state(self, state: str | None) -> StateRule | None:
        """What one state adds to a licence that all states give."""
        return next((rule for rule in self.states if rule.state == state), None)

    def fees_in(self, state: str | None) -> tuple[Fee, ...]:
        """The prices of a state, and the common ones of what it has no own price for."""
        own = self.in_state(state)
        fees = own.fees if own is not None else ()
        there = {_last(fee.id) for fee in fees}
        return (*fees, *(fee for fee in self.fees if _last(fee.id) not in there))

    @property
    def title(self) -> str:
        return self.name


def _last(id_: str) -> str:
    """What the price is for, in a dotted id."""
    return id_.rpartition(".")[2]


class Grant(Strict):
    """A kind of experience that holding a post of this role gives."""

    kind: Id
    basis: Literal["sourced", "definition", "editorial"]
    holding: Id | None = None  # given only to holders of this licence; else it is a guess
    sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _cited(self) -> Self:
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
    onet_also: tuple[Text, ...] = ()  # occupations in which some posts of the role are counted, beside its own
    health_specific: bool  # False: the title is used outside health care too
    general_names: tuple[Text, ...] = ()  # names that mean this role here, and other posts outside health care
    grants: tuple[Grant, ...] = ()
    required: AnyNode
    typical: AnyNode
    preferred: AnyNode
    employers_vary: tuple[Text, ...] = ()
    duties: tuple[Text, ...] = ()
    next_roles: tuple[NextRole, ...] = ()
    entered_from: Text | None = None  # where those come from who step into it, when no role here leads to it

    @property
    def occupations(self) -> tuple[str, ...]:
        """The federal codes under which its posts are counted, its own first."""
        return tuple(code[:_CODE] for code in (self.onet_soc, *self.onet_also) if code)


class Assumption(Strict):
    """A number of a plan that is ours, and why."""

    id: Id
    value: float
    least: float  # that may be put in its place
    most: float
    whole: bool = False  # nothing between whole numbers
    unit: Text
    reason: Text
    sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _within(self) -> Self:
        if why := self.refused(self.value):
            raise ValueError(why)
        return self

    def refused(self, value: float) -> str | None:
        """Why a number cannot stand in its place; None: it can."""
        if not self.least <= value <= self.most:
            return f"{self.id} must be from {self.least:g} to {self.most:g}, not {value:g}"
        return f"{self.id} must be a whole number, not {value:g}" if self.whole and value % 1 else None
