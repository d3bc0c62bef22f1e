"""A person as they write themselves down. Keys are public; see the README for each."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)

from hsm_planner.requirements.base import Strict
from hsm_planner.values.dates import PartialDate


class _Once:
    """An annotated type whose schema is made once, not again for each of its many keys: every start waits for it."""

    def __init__(self, annotated: object) -> None:
        self._annotated = annotated
        self._schema: Mapping[str, Any] | None = None

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> Mapping[str, Any]:
        del source
        if self._schema is None:
            self._schema = handler.generate_schema(self._annotated)
        return dict(self._schema)  # a copy, as pydantic writes into what it is given


def _printable(text: str) -> str:
    """Text without control characters, so that no terminal obeys it."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    return text.strip()


_STATE_LETTERS = 2
_A_DATE = {"anyOf": [{"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}, {"type": "integer"}]}
Partial = Annotated[
    Any,
    _Once(
        Annotated[
            Any,
            BeforeValidator(PartialDate.parse),
            PlainSerializer(str, return_type=str),
            WithJsonSchema(_A_DATE),
        ]
    ),
]
Text = Annotated[str, _Once(Annotated[str, Field(min_length=1, max_length=10_000), AfterValidator(_printable)])]
State = Annotated[Text, AfterValidator(lambda code: code.upper() if len(code) == _STATE_LETTERS else code)]
Flag = Annotated[bool, _Once(Annotated[bool, Field(strict=True)])]
Number = Annotated[float, _Once(Annotated[float, Field(strict=True, gt=0)])]
Hours = Annotated[float, _Once(Annotated[float, Field(strict=True, gt=0, le=168)])]
Amount = Annotated[float, Field(strict=True, ge=0)]
Whole = Annotated[int, _Once(Annotated[int, Field(strict=True, ge=0)])]


def _ordered(start: PartialDate | None, end: PartialDate | None, names: tuple[str, str]) -> None:
    if start and end and start.as_start().earliest > end.as_end().latest:
        msg = f"{names[1]} ({end}) lies before {names[0]} ({start}): a reversed date."
        raise ValueError(msg)


class Education(Strict):
    """A degree, or credits without one."""

    degree: Text | None = None
    level: Text | None = None
    field: Text | None = None
    school: Text | None = None
    awarded: Partial | None = None
    expected: Partial | None = None
    accredited_by: tuple[Text, ...] | None = None
    country: Text | None = None
    evaluated: Flag | None = None
    credits: Number | None = None
    unit: Literal["semester", "quarter"] | None = None
    not_in_degree: Flag | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        named = self.degree is not None or self.level is not None
        if named == (self.credits is not None):
            msg = "an entry of education needs `degree` (or `level`), or `credits` without a degree, and not both"
            raise ValueError(msg)
        degree_keys = ("awarded", "expected", "accredited_by", "country", "evaluated")
        stray = [key for key in degree_keys if not named and getattr(self, key) is not None]
        stray += [key for key in ("unit", "not_in_degree") if named and getattr(self, key) is not None]
        if stray:
            msg = f"`{stray[0]}` does not go with {'a degree' if named else 'credits'}"
            raise ValueError(msg)
        if self.awarded and self.expected:
            msg = "give `awarded`, or `expected` for a degree under way, not both"
            raise ValueError(msg)
        return self


class Experience(Strict):
    """A post held."""

    title: Text | None = None
    role: Text | None = None
    employer: Text | None = None
    setting: Text | None = None
    start: Partial | None = None
    end: Partial | None = None
    hours_per_week: Hours | None = None
    supervises: Whole | None = None
    manages_budget: Flag | None = None
    pay_usd_year: Amount | None = None
    state: State | None = None
    beds: Whole | None = None
    administrator_of_record: Flag | None = None
    supervised_by: tuple[Text, ...] | None = None
    area: Text | None = None
    kinds: tuple[Text, ...] | None = None
    counts_as: dict[str, Flag] | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.title is None and self.role is None:
            msg = "a post needs a `title` (or a `role`)"
            raise ValueError(msg)
        _ordered(self.start, self.end, ("start", "end"))
        return self


class Credential(Strict):
    """A certification or licence. ``named``: another name that may stand for it: it counts once ``confirmed``."""

    id: Text
    named: Text | None = None
    confirmed: Flag | None = None
    state: State | None = None
    issued: Partial | None = None
    expires: Partial | None = None
    multistate: Flag | None = None

    @model_validator(mode="after")
    def _dates(self) -> Self:
        _ordered(self.issued, self.expires, ("issued", "expires"))
        if self.confirmed is not None and self.named is None:
            msg = "`confirmed` goes with `named`: a credential without it is one that you hold"
            raise ValueError(msg)
        return self


class Application(Strict):
    """Stages of an application that have a date."""

    for_: Annotated[Text, Field(alias="for")]
    purchased: Partial | None = None
    submitted: Partial | None = None
    registered: Partial | None = None
    approved: Partial | None = None
    expires: Partial | None = None


class Membership(Strict):
    organization: Text
    since: Partial | None = None
    until: Partial | None = None
    type: Text | None = None

    @model_validator(mode="after")
    def _dates(self) -> Self:
        _ordered(self.since, self.until, ("since", "until"))
        return self


class Learning(Strict):
    """Continuing education."""

    hours: Number
    topic: Text | None = None
    kind: Text | None = None
    provider: Text | None = None
    date: Partial | None = None


class Training(Strict):
    kind: Text
    hours: Number | None = None
    start: Partial | None = None
    end: Partial | None = None
    hours_per_week: Hours | None = None
    registered: Flag | None = None
    within_degree: Flag | None = None

    @model_validator(mode="after")
    def _dates(self) -> Self:
        _ordered(self.start, self.end, ("start", "end"))
        return self


class Course(Strict):
    name: Text
    hours: Number | None = None
    semester_hours: Number | None = None
    date: Partial | None = None
    accredited_by: tuple[Text, ...] | None = None


class Exam(Strict):
    id: Text
    passed: Partial | None = None


class Volunteering(Strict):
    kind: Text | None = None
    date: Partial | None = None


class ReferenceCount(Strict):
    count: Annotated[int, Field(strict=True, ge=0, le=100)]


class Reference(Strict):
    role: Text | None = None


class Statement(Strict):
    """An answer with who gave it, and when."""

    value: Flag
    by: Text | None = None
    date: Partial | None = None


class Target(Strict):
    """What the person wants to become."""

    id: Text
    state: State | None = None
    setting: Text | None = None
    beds: Whole | None = None
    standard: Literal["required", "typical", "preferred"] | None = None


class Constraints(Strict):
    """Limits on a plan."""

    study_hours_per_week: Annotated[float, Field(strict=True, ge=0, le=168)] | None = None
    study_hours_if_not_working: Annotated[float, Field(strict=True, ge=0, le=168)] | None = None
    keep_working: Flag | None = None
    budget_usd: Amount | None = None
    start: Partial | None = None


class Profile(Strict):
    """Everything a person says of themselves. A section left out is not known; an empty list is "none"."""

    schema_version: Literal[1] = 1
    id: Text | None = None
    name: Text | None = None
    state: State | None = None
    born: Partial | None = None
    target: Target | None = None
    education: tuple[Education, ...] | None = None
    experience: tuple[Experience, ...] | None = None
    credentials: tuple[Credential, ...] | None = None
    applications: tuple[Application, ...] | None = None
    memberships: tuple[Membership, ...] | None = None
    learning: tuple[Learning, ...] | None = None
    training: tuple[Training, ...] | None = None
    courses: tuple[Course, ...] | None = None
    exams: tuple[Exam, ...] | None = None
    volunteering: tuple[Volunteering, ...] | None = None
    references: ReferenceCount | tuple[Reference, ...] | None = None
    skills: dict[str, Annotated[int, Field(strict=True, ge=0, le=5)]] | None = None
    statements: dict[str, Flag | Statement] | None = None
    constraints: Constraints | None = None
