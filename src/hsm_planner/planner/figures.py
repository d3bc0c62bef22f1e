"""The money of a plan, as it is told. Frozen and complete; keys are public."""

from typing import Literal

from hsm_planner.engine.outlook import Pay
from hsm_planner.engine.result import Result

Part = Literal["now", "on the way", "goal"]


class PlanCost(Result):
    """US dollars; ``unpriced``: the actions that have a price that is not known; ``unknown_prices``: so many prices."""

    known_low: int
    known_high: int
    unpriced: tuple[str, ...]
    unknown_prices: int


class Bounds(Result):
    low: int
    high: int


class MoneyPart(Result):
    """What one kind of thing costs."""

    what: str
    cost_usd: PlanCost


class GivenUp(Result):
    """Pay that is not earned while something takes the post's place. ``usd`` null: what is earned was not said."""

    months: int
    usd: Bounds | None
    text: str


class PayBeside(Result):
    """The pay of an occupation, for the posts of a plan that belong to it and that the figures do not tell apart."""

    when: tuple[Part, ...]
    posts: tuple[str, ...]
    occupation: str
    title: str
    partly: bool  # some of these posts are counted there, and others elsewhere
    national: Pay | None  # the newest
    employers: tuple[Pay, ...]  # by kind of employer, the newest
    own_employers: tuple[Pay, ...]  # those of them where the posts are held
    state: Pay | None  # often a mean alone: not to be set beside a median


class PayBack(Result):
    """Months until what the plan costs by its known prices has come back; ``high`` null: perhaps never."""

    low: int
    high: int | None
    text: str


class PlanMoney(Result):
    """The money of a plan in US dollars."""

    parts: tuple[MoneyPart, ...]
    given_up: GivenUp | None
    pay_now: int | None  # as the profile says
    pay: tuple[PayBeside, ...]
    pay_back: PayBack | None  # only where the person says the pay of today, and the goal is of another occupation
