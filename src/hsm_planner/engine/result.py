"""What an assessment says. Frozen, complete: every form of report is a function of it. Keys are public."""

import math
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from hsm_planner.requirements.base import AskedBy, Confidence
from hsm_planner.values.amounts import Range
from hsm_planner.values.evidence import How
from hsm_planner.values.truth import Status, Verdict

EvidenceStrength = Literal["stated", "sourced", "assumed", "guessed", "possible"]
StepStatus = Literal["met", "partly", "unmet", "unknown", "not_asked"]
FindingStrength = Literal["required", "typical", "preferred", "recommended"]


class Result(BaseModel):
    """Made with ``model_construct``: the type checker has checked what we say ourselves, nothing is checked again."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, protected_namespaces=())


class Between(Result):
    """A number of which only the bounds are known. ``most`` null: no upper bound is known."""

    least: float
    most: float | None


class Bounds(Result):
    """Low and high; null where not known."""

    low: float | None
    high: float | None


class MonthsLeft(Result):
    """Months to the end of the path. ``unknown``: some step has no known length; the rest still counts."""

    low: float
    high: float | None
    unknown: bool


class ItemOfProfile(Result):
    pointer: str
    text: str
    strength: EvidenceStrength


class Option(Result):
    """A way to close a gap."""

    action: str
    text: str
    months: Bounds
    cost_usd: Bounds


class Finding(Result):
    """A requirement evaluated. Numbers are shown to two decimals and were compared exactly."""

    id: str
    parent: str | None
    children: tuple[str, ...]
    on_path: bool
    kind: str
    text: str
    asked_by: AskedBy
    strength: FindingStrength
    status: Status
    if_confirmed: Status
    have: float | Between | None
    need: float | Between | None
    missing: float | Between | None
    unit: str | None
    evidence: tuple[ItemOfProfile, ...]
    options: tuple[Option, ...]
    earliest: str | None
    months_left: MonthsLeft | None  # of a group that is not met
    ask_whom: str | None
    note: str | None
    sources: tuple[str, ...]
    confidence: Confidence | None


class Asked(Result):
    """A question whose answer would settle findings."""

    id: str
    text: str
    why: str
    answers: tuple[str, ...]
    settles: tuple[str, ...]
    whom: str | None  # an office that alone can answer
    usual: bool  # nearly everybody answers yes


class NextStep(Result):
    """Something to do next; ``free``: nobody sends a bill for it."""

    text: str
    free: bool
    settles: tuple[str, ...]
    option: Option | None  # the way that it takes, with time and price


class CostLeft(Result):
    """What the gaps cost by the way named first for each; ``unpriced``: the gaps without a known price."""

    known_low: float
    known_high: float
    unpriced: tuple[str, ...]


class StepResult(Result):
    """One step of the pathway."""

    id: str
    title: str
    status: StepStatus
    summary: str
    findings: tuple[str, ...]


class ResolvedWord(Result):
    given: str
    pointer: str
    kind: str
    id: str | None
    how: How
    score: float


class ProfileSummary(Result):
    id: str | None
    name: str | None
    state: str | None
    resolved: tuple[ResolvedWord, ...]


class QuotaSummary(Result):
    """A part of the continuing education of a cycle that has bounds of its own, in hours."""

    what: str
    at_least: float | None
    at_most: float | None


class RenewalSummary(Result):
    """What keeps a credential alive; null: not found."""

    cycle_years: float | None
    usual_cycle_years: float | None  # of such a credential, where what this state asks was not read
    anchor: str | None
    hours: float | None
    quotas: tuple[QuotaSummary, ...]
    first: str | None
    fee_usd: float | None
    late_fee_usd: float | None
    note: str | None
    sources: tuple[str, ...]


class Standing(Result):
    """How far the sources of an entry go.

    ``place``: the state whose additions to a common rule are meant, ``place_confidence`` how sure these are (null: not
    recorded). ``conflicts``: where sources differ; ``gaps``: what was not found. ``beneath``: the same of licences
    whose rules stand in that of the target, by title.
    """

    confidence: Confidence
    place: str | None
    place_confidence: Confidence | None
    conflicts: tuple[str, ...]
    gaps: tuple[str, ...]
    beneath: dict[str, "Standing"]


class TargetSummary(Result):
    kind: Literal["role", "certification", "license"]
    id: str
    title: str
    state: str | None
    place: str | None  # the state's name
    standard: Literal["required", "typical", "preferred"] | None
    held: bool
    status: Literal["active", "paused", "retired"] | None  # of a certification's programme
    renewal: RenewalSummary | None  # when held
    standing: Standing


class KnowledgeSummary(Result):
    version: str
    hash: str
    overlays: tuple[str, ...]  # names of what was laid over the data
    newest_source: str | None
    oldest_source: str | None


class CitedSource(Result):
    title: str
    publisher: str
    url: str | None
    as_of: str | None
    read_on: str
    public_copy: bool
    third_party: bool


class Progress(Result):
    """Leaves on the path, those of rules beneath credentials asked by law too; what asks nothing is not among them."""

    met: int
    partly: int
    unmet: int
    unknown: int
    of: int


class Coverage(Result):
    """What decides over a target, in leaves: looked up in the profile, said by somebody, or not known to us."""

    checked: int
    attested: int
    unread: int


class FirstStep(Result):
    """A step of a dated plan."""

    id: str
    kind: str
    text: str
    start: str
    end: str


class FirstSteps(Result):
    """How a dated plan begins. ``questions``: what to settle first; ``more``: steps that come after these.

    ``ask_first``: what to ask before the steps are begun, for less may be enough. ``if_answers_are_yes``: the finish
    holds only then.
    """

    status: Literal["done", "optimal", "feasible", "impossible", "unknown"]
    reason: str | None
    finish: str | None
    months: int | None
    if_answers_are_yes: bool
    questions: int
    ask_first: tuple[str, ...]
    steps: tuple[FirstStep, ...]
    more: int


class Assessment(Result):
    """The whole answer of ``assess``."""

    schema_version: Literal["1"] = "1"
    command: Literal["assess"] = "assess"
    as_of: str
    knowledge: KnowledgeSummary
    profile: ProfileSummary
    target: TargetSummary
    verdict: Verdict
    if_confirmed: Verdict
    confirm: tuple[str, ...]
    progress: Progress
    coverage: Coverage
    months_left: MonthsLeft
    cost_left: CostLeft
    next: tuple[NextStep, ...]
    steps: tuple[StepResult, ...]
    findings: tuple[Finding, ...]
    requirements: str
    gaps: tuple[str, ...]
    questions: tuple[Asked, ...]
    warnings: tuple[str, ...]
    sources: dict[str, CitedSource] = Field(default_factory=dict)
    plan: FirstSteps | None = None  # where it was asked for

    def finding(self, id_: str) -> Finding:
        """The finding of that id.

        Raises:
            KeyError: when there is none.
        """
        for found in self.findings:
            if found.id == id_:
                return found
        raise KeyError(id_)


def shown(value: Range | None, *, up: bool = False) -> float | Between | None:
    """A range to two decimals; rounded down, or up for what is missing, so that nothing looks better than it is."""
    if value is None:
        return None
    least, most = _rounded(value.least, up=up), _rounded(value.most, up=up)
    if value.is_exact:
        return least
    return Between.model_construct(least=least, most=None if value.open else most)


def _rounded(value: Fraction, *, up: bool) -> float:
    scaled = value * 100
    return (math.ceil(scaled) if up else math.floor(scaled)) / 100
