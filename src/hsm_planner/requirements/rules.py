"""The whole rule language: leaves and the combinators that join them, and how a tree comes to a finding."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from hsm_planner.requirements.base import AskedBy, Confidence, Context, Dimension, Id, Leaf, Node, Outcome
from hsm_planner.requirements.counted import ReferencesLeaf, VolunteeringLeaf
from hsm_planner.requirements.credentials import CertificationLeaf, ExamLeaf, LicenseLeaf
from hsm_planner.requirements.credits import CreditsLeaf
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.experience import Experience
from hsm_planner.requirements.guards import applies
from hsm_planner.requirements.learning import LearningLeaf
from hsm_planner.requirements.leaves import PlainLeaf
from hsm_planner.requirements.membership import MembershipLeaf
from hsm_planner.requirements.plain import AgeLeaf, NothingAskedLeaf, SkillLeaf, StatementLeaf, UnreadLeaf
from hsm_planner.requirements.points import PointsNode
from hsm_planner.requirements.training import CourseLeaf, TrainingLeaf
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.dates import Date
from hsm_planner.values.evidence import Question
from hsm_planner.values.record import record, replace
from hsm_planner.values.truth import Status, all_of, any_of, at_least


class AmountNotFoundLeaf(Leaf):
    """Something is asked, but nobody found how much: none of it is not enough, some of it may be."""

    kind: Literal["amount_not_found"] = "amount_not_found"
    about: Dimension
    for_: Annotated[PlainLeaf, Field(alias="for")]
    text: str | None = None

    @model_validator(mode="after")
    def _no_amount(self) -> Self:
        if self.for_.when is not None:
            msg = "a guard stands on the leaf itself, not under `for`"
            raise ValueError(msg)
        if not self.for_.bare:
            msg = "the leaf under `for` has an amount: then the amount was found"
            raise ValueError(msg)
        return self

    def outcome(self, context: Context) -> Outcome:
        found = self.for_.outcome(context)
        if found.status is Status.UNMET:
            return Outcome(Status.UNMET)
        asked = found.questions if found.status is Status.UNKNOWN else ()
        return Outcome(Status.UNKNOWN, evidence=found.evidence, questions=asked)

    def sentence(self, vocabulary: Vocabulary) -> str:
        what = self.text or self.for_.sentence(vocabulary)
        return f"{what} (how much was not found)"


class QualifiedLeaf(Leaf):
    """That the rule of a credential is met which nobody hands out: ``settle`` puts that rule in its place."""

    kind: Literal["qualified"] = "qualified"
    credential: Id

    def outcome(self, context: Context) -> Outcome:
        del context
        return Outcome(Status.UNKNOWN)  # as long as its rule was not put in its place

    def sentence(self, vocabulary: Vocabulary) -> str:
        return f"what is asked for: {vocabulary.label('credential', self.credential)}"


class _Combinator(Node):
    of: Annotated[tuple["AnyNode", ...], Field(min_length=1)]


class AllOf(_Combinator):
    """Every child."""

    kind: Literal["all_of"] = "all_of"

    def combine(self, children: list[Status], unusual: list[bool]) -> Status:
        del unusual
        return all_of(children)

    def sentence(self, vocabulary: Vocabulary) -> str:
        del vocabulary
        return "all of these"


class AnyOf(_Combinator):
    """One child suffices."""

    kind: Literal["any_of"] = "any_of"

    def combine(self, children: list[Status], unusual: list[bool]) -> Status:
        return any_of(children, unusual=unusual)

    def sentence(self, vocabulary: Vocabulary) -> str:
        del vocabulary
        return "one of these"


class AtLeast(_Combinator):
    """A number of children."""

    kind: Literal["at_least"] = "at_least"
    n: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if self.n > len(self.of):
            msg = f"asks for {self.n} of {len(self.of)}"
            raise ValueError(msg)
        return self

    def combine(self, children: list[Status], unusual: list[bool]) -> Status:
        return at_least(self.n, children, unusual=unusual)

    def sentence(self, vocabulary: Vocabulary) -> str:
        del vocabulary
        return f"{self.n} of these"


AnyLeaf = (
    AgeLeaf
    | AmountNotFoundLeaf
    | CertificationLeaf
    | CourseLeaf
    | CreditsLeaf
    | DegreeLeaf
    | ExamLeaf
    | Experience
    | LearningLeaf
    | LicenseLeaf
    | MembershipLeaf
    | NothingAskedLeaf
    | PointsNode
    | QualifiedLeaf
    | ReferencesLeaf
    | SkillLeaf
    | StatementLeaf
    | TrainingLeaf
    | UnreadLeaf
    | VolunteeringLeaf
)
Combinator = AllOf | AnyOf | AtLeast
AnyNode = Annotated[AnyLeaf | Combinator, Field(discriminator="kind")]

Rule = AnyLeaf | Combinator


@cache
def node_adapter() -> TypeAdapter[Rule]:
    """What validates one node on its own; made when first asked for, as it takes as long as all the rest."""
    return TypeAdapter(AnyNode)


@record
class Evaluated:
    """A node with what it came to. Children of a leaf are its amounts; they are in ``outcome.parts``."""

    node: Rule
    status: Status
    outcome: Outcome | None
    children: tuple["Evaluated", ...] = ()
    guard_questions: tuple[Question, ...] = ()
    undecided: bool = False  # whether the guard fits is not known

    @property
    def as_alternative(self) -> Status:
        """The status as one of several ways: a way that may not apply is not surely one."""
        return Status.UNKNOWN if self.undecided and self.status is Status.MET else self.status

    @property
    def unusual(self) -> bool:
        """A way that few have, and of which this person shows nothing."""
        return self.node.unusual and not any(
            child.status in (Status.MET, Status.PARTLY) for below in self.children for child in below.walk()
        )

    def walk(self) -> Iterator["Evaluated"]:
        """This node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def evaluate(node: Rule, context: Context) -> Evaluated:
    """What a rule comes to for a timeline on a day."""
    questions: tuple[Question, ...] = ()
    fits: bool | None = True
    if node.when is not None:
        fits, questions = applies(node.when, context)
    if isinstance(node, Leaf):
        outcome = node.outcome(context)
        found = Evaluated(node, outcome.status, outcome)
    else:
        children = tuple(evaluate(child, context) for child in node.of if child.in_force(context.as_of))
        statuses = [child.status if isinstance(node, AllOf) else child.as_alternative for child in children]
        status = node.combine(statuses, [child.unusual for child in children])
        found = Evaluated(node, status, None, children)
    if fits is False:
        return Evaluated(node, Status.NOT_APPLICABLE, found.outcome, found.children)
    if fits is None and found.status not in (Status.MET, Status.NOT_APPLICABLE):
        return Evaluated(node, Status.UNKNOWN, found.outcome, found.children, questions, undecided=True)
    return replace(found, undecided=True, guard_questions=questions) if fits is None else found


def walk(node: Rule) -> Iterator[Rule]:
    """A rule and all nodes below it, those under ``for`` excepted."""
    yield node
    if not isinstance(node, Leaf):
        for child in node.of:
            yield from walk(child)


def concerning(node: Rule, as_of: Date, state: str | None) -> Iterator[Leaf]:
    """The leaves of a rule that may speak of a state on a day, those under ``for`` excepted."""
    if not node.concerns(as_of, state):
        return
    if isinstance(node, Leaf):
        yield node
        return
    for child in node.of:
        yield from concerning(child, as_of, state)


def standing(node: Rule, as_of: Date, state: str | None) -> Rule | None:
    """A rule as it stands in a state on a day: without what speaks of others, and without guards by state alone.

    None: nothing of it speaks of that state. Without a state only the day decides.
    """
    if not node.concerns(as_of, state):
        return None
    update: dict[str, object] = {}
    if state is not None and node.when is not None and node.when.by_state_alone:
        update["when"] = None
    if not isinstance(node, Leaf):
        of = tuple(kept for child in node.of if (kept := standing(child, as_of, state)) is not None)
        if not of:
            return None
        update["of"] = of
    return node.model_copy(update=update)


def settle(
    node: Rule,
    *,
    sources: tuple[str, ...] = (),
    confidence: Confidence | None = None,
    asked_by: AskedBy | None = None,
    ask: str | None = None,
    rule_of: Callable[[str], Rule] | None = None,
) -> Rule:
    """The same rule with every node carrying the sources, confidence, asker and address that it takes from above.

    ``rule_of`` gives the settled rule of a credential, to put in the place of a ``qualified`` leaf.
    """
    own = {
        "sources": node.sources or sources,
        "confidence": node.confidence or confidence,
        "asked_by": node.asked_by or asked_by,
        "ask": node.ask or ask,
    }
    if isinstance(node, QualifiedLeaf) and rule_of is not None:
        rule = rule_of(node.credential)
        kept = {name: getattr(node, name) for name in Node.model_fields}
        of = rule.of if isinstance(rule, AllOf) and rule.when is None else (rule,)
        return AllOf.model_construct(**(kept | own | {"of": of}))
    update: dict[str, object] = dict(own)
    if not isinstance(node, Leaf):
        update["of"] = tuple(settle(child, rule_of=rule_of, **own) for child in node.of)  # type: ignore[arg-type]
    return node.model_copy(update=update)
