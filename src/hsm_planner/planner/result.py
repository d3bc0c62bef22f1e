"""What a plan says. Frozen and complete; keys are public."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from hsm_planner.engine.assess import Standard
from hsm_planner.engine.keeping import KeepAlive
from hsm_planner.engine.result import CitedSource, KnowledgeSummary, Result
from hsm_planner.planner.figures import Bounds, PlanCost, PlanMoney
from hsm_planner.values.dates import Date

POSTS = "posts"  # what is left out where more posts would bring experience than are tried
UNREAD = "unread:"  # how names begin of ways that were left out because not all of them was read
NOT_WORKED_OUT = "Not worked out."  # what a no comes to, where the search found nothing in its time
PlanStatus = Literal["done", "optimal", "feasible", "impossible", "unknown"]


class PlanGoal(Result):
    kind: Literal["role", "certification", "license"]
    id: str
    title: str
    state: str | None
    place: str | None
    setting: str | None = None
    beds: int | None = None
    standard: Standard | None = None  # of a role: how far the rule of its post reaches
    usual: bool = False  # employers usually ask more for the post than the law


Day = Annotated[str, AfterValidator(lambda text: Date.fromisoformat(text).isoformat())]  # a saved plan may be broken
ReasonKind = Literal["limits", "no_action", "paused", "horizon", "no_state"]


class Reason(Result):
    """Why there is no plan. ``limits``: it is there without some of them; ``no_action``: nothing closes these."""

    kind: ReasonKind
    text: str
    leaves: tuple[str, ...]
    clash: tuple[str, ...] = ()  # the smallest set of limits that clash


class Brief(Result):
    """An action of another plan; ``new``: the plan itself does not have it."""

    id: str
    text: str
    start: str
    end: str
    new: bool


class OtherPlan(Result):
    """Another plan in short. ``text`` compares it with the plan itself; ``proven``: nothing is better that way."""

    text: str
    months: int
    finish: str
    cost_usd: PlanCost
    proven: bool
    actions: tuple[Brief, ...]


class Alternative(OtherPlan):
    """Another way, without a step of every better one."""

    leaves_out: tuple[str, ...]  # actions of better ones


class Trade(OtherPlan):
    """Of the plans with so many hours of study a week, none is both sooner and cheaper."""

    study_hours_per_week: int


class Relaxation(OtherPlan):
    """What there is when one limit is lifted, or given another value, and all others stay."""

    limit: str


class PlanAction(Result):
    """An action with its dates: ``start`` and ``end`` are its first and last day (the same for one of no length)."""

    id: str
    kind: str
    target: str | None
    text: str
    start: Day
    end: Day
    months: int
    earliest_start: Day
    latest_start: Day
    hours_per_week: int
    cost_usd: Bounds | None  # what is known of it; null: nothing
    unknown_prices: int  # beside it
    closes: tuple[str, ...]
    after: tuple[str, ...]
    note: str | None
    if_no: str | None
    unread: bool = False  # what is to be confirmed was not read: more of it may be asked
    no: OtherPlan | None = None  # the plan when the answer is no, where other ways were looked for
    alike: tuple[str, ...] = ()  # programmes that would do as well, as far as we know
    sources: tuple[str, ...]


class AssumptionUsed(Result):
    id: str
    value: float
    unit: str
    reason: str
    changed: bool
    sources: tuple[str, ...]


class Asked(Result):
    """What the person asked of the plan; null: left to the profile or to the assumptions."""

    study_hours: Annotated[int, Field(ge=0)] | None
    stop_working: bool
    budget: Annotated[int, Field(ge=0)] | None
    by: Day | None
    must_have: tuple[tuple[str, ...], ...]  # one of each group
    without: tuple[str, ...]
    assume: dict[str, float]


class RuleLine(Result):
    """What a part of a rule asked when the plan was made, or what the renewal asked, or a price was.

    Of a group: how many of which parts.
    """

    text: str
    sources: tuple[str, ...]
    part: Literal["leaf", "group", "renewal", "price"] = "leaf"


class Receipt(Result):
    """What the plan was made from, so that it can be made again.

    ``person``: hashes by which ``follow`` knows the profile again, once it has grown.
    """

    wishes: Asked

    profile_hash: str
    person: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    knowledge_hash: str
    version: str
    limits: dict[str, int | float | str | None]
    nodes: int


class Nearer(Result):
    """A target that lies nearer than those asked for. A post there counts, or not, for experience that these ask.

    ``answers``: so many have to be yes. ``by_wish``: it counts, but not all that it asks was read, so it is a step of a
    plan only where it is asked for.
    """

    kind: Literal["role", "certification", "license"]
    id: str
    title: str
    finish: str
    months: int
    cost_usd: PlanCost
    proven: bool
    counts_towards: tuple[str, ...]
    counts_not_towards: tuple[str, ...]
    by_wish: bool = False
    away: int = 0  # months of it in a training that takes the place of a post
    answers: int = 0


class AskFirst(Result):
    """What to ask before a step of the plan is begun: it costs nothing. ``plans``: by what the answer may be."""

    # schooling that is only usual; what is left of a degree under way; credits that a college may take; what the
    # profile does not say
    about: Literal["usual", "begun", "credits", "unsaid"]
    text: str
    leaves: tuple[str, ...]
    notes: tuple[str, ...]  # how employers differ
    plans: tuple[OtherPlan, ...]
    sources: tuple[str, ...]


class Noes(Result):
    """What comes of several noes at once, where each alone has another way. ``plan`` null: we know of none then."""

    questions: tuple[str, ...]
    plan: OtherPlan | None


class Elsewhere(Result):
    """The plan towards the same target in another state. ``plan`` null: none was found."""

    state: str
    place: str
    text: str
    status: PlanStatus
    plan: OtherPlan | None


class Plan(Result):
    """The whole answer of ``plan`` for one target."""

    schema_version: Literal["1"] = "1"
    command: Literal["plan"] = "plan"
    as_of: Day
    knowledge: KnowledgeSummary
    goal: PlanGoal
    status: PlanStatus
    reason: Reason | None
    objective: Literal["fastest", "cheapest"]
    finish: Day | None
    months: int | None
    cost_usd: PlanCost | None
    bound: tuple[int, ...] | None
    but_for_answers: bool = False  # feasible, and the best, if what was not read is as it takes it
    actions: tuple[PlanAction, ...]
    critical_path: tuple[str, ...]
    keep_alive: tuple[KeepAlive, ...]
    unpriced_ways: bool = False  # a way not taken has a price that is not known: it may be cheaper
    alternatives: tuple[Alternative, ...] = ()
    frontier: tuple[Trade, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    not_worked_out: tuple[str, ...] = ()  # what else might change the finish: of each the search ended at its bound
    elsewhere: tuple[Elsewhere, ...] = ()  # states that were asked for
    noes: Noes | None = None  # where a no to more than one question leads another way
    ask_first: tuple[AskFirst, ...] = ()  # where other ways were looked for
    money: PlanMoney | None = None  # where other ways were looked for
    nearer: tuple[Nearer, ...] = ()
    rules: dict[str, RuleLine] = Field(default_factory=dict)  # by leaf: what the plan rests on
    left_out: dict[str, str] = Field(default_factory=dict)  # what was not considered: by its name and why
    assumptions: tuple[AssumptionUsed, ...]
    warnings: tuple[str, ...]
    receipt: Receipt
    sources: dict[str, CitedSource]


class SharedStep(Result):
    """A step that stands in several plans."""

    id: str
    text: str
    targets: tuple[str, ...]


class Plans(Result):
    """Plans towards several targets, side by side. Each has its own ``sources``."""

    schema_version: Literal["1"] = "1"
    command: Literal["plan"] = "plan"
    as_of: str
    plans: tuple[Plan, ...]
    shared: tuple[SharedStep, ...]
    nearer: tuple[Nearer, ...]


StepState = Literal["done", "under_way", "due", "late", "ahead", "open", "answered_no", "moot"]


class UnderWay(Result):
    """What of a step goes on by the profile: ``says``. ``until``: the last day, if it goes on as it does.

    ``question``: what has to be answered before that can be told.
    """

    says: tuple[str, ...]
    have: float | None
    need: float | None
    unit: str | None
    until: str | None
    question: str | None


class FollowedStep(Result):
    """A step of a saved plan by the profile of today.

    ``under_way``: it goes on by the profile; ``due``: by the saved plan alone; ``open``: not answered yet; ``moot``: no
    longer in the plan. ``new_start``, ``new_end``: its days in the plan from today on. ``again``: the profile has it,
    and yet that plan asks it. ``write``: what says it in the profile.
    """

    id: str
    kind: str
    text: str
    start: str
    end: str
    state: StepState
    new_start: str | None
    new_end: str | None
    again: bool
    under_way: UnderWay | None
    write: str | None


class RuleChange(Result):
    """A leaf whose sentence has changed since; ``old`` null: it is new, ``new`` null: it is gone."""

    leaf: str
    old: str | None
    new: str | None
    old_sources: tuple[str, ...]
    new_sources: tuple[str, ...]


class Moved(Result):
    id: str
    text: str
    old_start: str
    new_start: str


class PlanDifference(Result):
    """From one plan to another towards the same target; ``months_later`` below zero: sooner."""

    old_status: PlanStatus
    new_status: PlanStatus
    old_finish: str | None
    new_finish: str | None
    months_later: int | None
    old_cost_usd: PlanCost | None
    new_cost_usd: PlanCost | None
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    moved: tuple[Moved, ...]


class Followed(Result):
    """The answer of ``follow``: what became of a saved plan, and the plan from today on."""

    schema_version: Literal["1"] = "1"
    command: Literal["follow"] = "follow"
    as_of: str
    made_on: str
    warnings: tuple[str, ...]  # what makes it likely that this is another person's profile
    goal: PlanGoal
    steps: tuple[FollowedStep, ...]
    rules_changed: tuple[RuleChange, ...]
    difference: PlanDifference
    plan: Plan
    sources: dict[str, CitedSource]
