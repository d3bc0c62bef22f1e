"""Leaves without arithmetic: age, skill, statement; and what was not read, not found or is not asked."""

from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from hsm_planner.requirements.base import Context, Dimension, Id, Leaf, Outcome, Strict
from hsm_planner.requirements.numeric import unknown
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.amounts import Range
from hsm_planner.values.dates import Date, add_months
from hsm_planner.values.evidence import Evidence, Question
from hsm_planner.values.truth import Status, Strength

NOT_READ = "not read: "  # how the sentence begins of what nobody has read


class Years(Strict):
    years: Annotated[int, Field(gt=0)]


class AgeLeaf(Leaf):
    """A least age, reached on the birthday."""

    delicate: ClassVar[bool] = True

    kind: Literal["age"] = "age"
    at_least: Years

    def outcome(self, context: Context) -> Outcome:
        born = context.timeline.born
        question = Question("born", "When were you born (year and month)?", "The rule has a least age.")
        if born is None:
            return unknown(question)
        years = self.at_least.years
        need = Range.exact(years)
        have = Range(
            Fraction(_age(born.latest, context.as_of)),
            Fraction(_age(born.earliest, context.as_of)),
        )
        if have.least >= years:
            return Outcome(Status.MET, have, need, "years", (Evidence("born", "date of birth", Strength.STATED),))
        status = Status.UNMET if have.most < years else Status.UNKNOWN
        return Outcome(status, have, need, "years", questions=(question,) if status is Status.UNKNOWN else ())

    def sentence(self, vocabulary: Vocabulary) -> str:
        del vocabulary
        return f"{self.at_least.years} years of age"


def _age(born: Date, day: Date) -> int:
    years = day.year - born.year
    return years if add_months(born, years * 12) <= day else years - 1


class SkillAmount(Strict):
    level: Annotated[int, Field(ge=1, le=5)]


class SkillLeaf(Leaf):
    """A self-rated skill: a claim, so never a gate but where a tree says so."""

    kind: Literal["skill"] = "skill"
    skill: Id
    at_least: SkillAmount

    def outcome(self, context: Context) -> Outcome:
        skills = context.timeline.skills
        question = Question(
            f"skills.{self.skill}",
            f"How do you rate yourself, 0 to 5: {context.vocabulary.label('skill', self.skill)}?",
        )
        if skills is None or self.skill not in skills:
            return unknown(question)
        have, need = Range.exact(skills[self.skill]), Range.exact(self.at_least.level)
        evidence = (Evidence(f"skills.{self.skill}", f"self-rated {skills[self.skill]} of 5", Strength.STATED),)
        enough = have.least >= need.least
        status = Status.MET if enough else Status.PARTLY if have.most > 0 else Status.UNMET
        return Outcome(status, have, need, "level", evidence)

    def sentence(self, vocabulary: Vocabulary) -> str:
        return f"{vocabulary.label('skill', self.skill)}, {self.at_least.level} of 5 or more"


class StatementLeaf(Leaf):
    """Something only the person, a board or a school can say. ``usual: true``: nearly everybody says yes."""

    kind: Literal["statement"] = "statement"
    statement: Id
    text: Annotated[str, Field(min_length=1)]

    def outcome(self, context: Context) -> Outcome:
        answer = context.timeline.statements.get(self.statement)
        pointer = f"statements.{self.statement}"
        if answer is None or not answer.given(context.as_of):
            if self.usual and context.confirmed:
                return Outcome(Status.MET, evidence=(Evidence(pointer, "usually so", Strength.GUESSED),))
            text = context.vocabulary.label("statement", self.statement)
            whom = context.vocabulary.labels.get("statement_ask", {}).get(self.statement, "")
            why = "Only they can say." if whom else ""
            return unknown(Question(pointer, text, why, ("yes", "no"), whom, self.usual is True))
        said = f"{answer.by or 'you'} said {'yes' if answer.value else 'no'}"
        evidence = (Evidence(pointer, said, Strength.STATED),)
        return Outcome(Status.MET if answer.value else Status.UNMET, evidence=evidence)

    def sentence(self, vocabulary: Vocabulary) -> str:
        del vocabulary
        return self.text


class UnreadLeaf(Leaf):
    """A part of the rule that was not read: always unknown, and only the issuer or board can tell."""

    kind: Literal["unread"] = "unread"
    about: Dimension
    text: Annotated[str, Field(min_length=1)]

    def outcome(self, context: Context) -> Outcome:
        del context
        return Outcome(Status.UNKNOWN)

    def sentence(self, vocabulary: Vocabulary) -> str:
        del vocabulary
        return f"{NOT_READ}{self.text}"


class NothingAskedLeaf(Leaf):
    """The source says that nothing is asked."""

    kind: Literal["nothing_asked"] = "nothing_asked"
    about: Dimension
    text: Annotated[str, Field(min_length=1)]

    def outcome(self, context: Context) -> Outcome:
        del context
        return Outcome(Status.MET)

    def sentence(self, vocabulary: Vocabulary) -> str:
        del vocabulary
        return self.text
