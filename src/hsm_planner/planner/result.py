"""What a plan says. Frozen and complete; keys are public."""

from typing import Literal

from pydantic import Field

from hsm_planner.engine.result import CitedSource, KnowledgeSummary, Result

PlanStatus = Literal["done", "optimal", "feasible", "impossible", "unknown"]


class PlanGoal(Result):
    kind: Literal["role", "certification", "license"]
    id: str
    title: str
    state: str | None
    place: str | None


class Reason(Result):
    """Why there is no plan. ``limits``: it is there without some of them; ``no_action``: nothing closes these."""

    kind: Literal["limits", "no_action", "paused", "horizon"]
    text: str
    leaves: tuple[str, ...]
    clash: tuple[str, ...] = ()  # the smallest set of limits that clash


class Relaxation(Result):
    """What there is when one limit is lifted and all others stay."""

    limit: str
    text: str
    months: int
    finish: str


class PlanCost(Result):
    """US dollars; ``unpriced``: the actions without a known price."""

    known_low: int
    known_high: int
    unpriced: tuple[str, ...]


class Bounds(Result):
    low: int
    high: int


class PlanAction(Result):
    """An action with its dates: ``start`` and ``end`` are its first and last day (the same for one of no length)."""

    id: str
    kind: str
    target: str | None
    text: str
    start: str
    end: str
    months: int
    earliest_start: str
    latest_start: str
    hours_per_week: int
    cost_usd: Bounds | None  # null: not known
    closes: tuple[str, ...]
    after: tuple[str, ...]
    note: str | None
    if_no: str | None
    sources: tuple[str, ...]


class AssumptionUsed(Result):
    id: str
    value: float
    unit: str
    reason: str
    changed: bool
    sources: tuple[str, ...]


class KeepAlive(Result):
    """What keeps a credential alive after the finish."""

    credential: str
    text: str
    sources: tuple[str, ...]


class Receipt(Result):
    """What the plan was made from, so that it can be made again."""

    profile_hash: str
    knowledge_hash: str
    version: str
    limits: dict[str, float | str | None]
    nodes: int


class Plan(Result):
    """The whole answer of ``plan`` for one target."""

    schema_version: Literal["1"] = "1"
    command: Literal["plan"] = "plan"
    as_of: str
    knowledge: KnowledgeSummary
    goal: PlanGoal
    status: PlanStatus
    reason: Reason | None
    objective: Literal["fastest", "cheapest"]
    finish: str | None
    months: int | None
    cost_usd: PlanCost | None
    bound: tuple[int, ...] | None
    actions: tuple[PlanAction, ...]
    critical_path: tuple[str, ...]
    keep_alive: tuple[KeepAlive, ...]
    alternatives: tuple[str, ...] = ()
    frontier: tuple[str, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    left_out: dict[str, str] = Field(default_factory=dict)  # what was not considered, and why
    assumptions: tuple[AssumptionUsed, ...]
    warnings: tuple[str, ...]
    receipt: Receipt
    sources: dict[str, CitedSource]
