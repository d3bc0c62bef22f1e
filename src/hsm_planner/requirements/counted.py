"""Things that are counted: references and volunteer activities, in parts where the rule has them."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from hsm_planner.requirements.base import Context, Id, Leaf, Outcome, Part, Span, Strict, count, listed
from hsm_planner.requirements.numeric import Amount, gather, unknown
from hsm_planner.requirements.vocabulary import Vocabulary
from hsm_planner.values.amounts import Range, compare
from hsm_planner.values.evidence import Evidence, Question
from hsm_planner.values.flow import Supply, share
from hsm_planner.values.truth import Status, Strength


class Count(Strict):
    count: Annotated[int, Field(gt=0)]


class _Item(Strict):
    """One thing that may count, and for which parts: surely, or perhaps."""

    pointer: str
    text: str
    sort: str | None  # its role or kind; None: not said
    certain: bool = True
    possible: bool = True


class ReferencePart(Strict):
    id: Id
    roles: Annotated[tuple[Id, ...], Field(min_length=1)]
    at_least: Count

    @property
    def sorts(self) -> tuple[str, ...]:
        return self.roles


class VolunteeringPart(Strict):
    id: Id
    kinds: Annotated[tuple[Id, ...], Field(min_length=1)]
    at_least: Count

    @property
    def sorts(self) -> tuple[str, ...]:
        return self.kinds


def _evaluate(
    leaf_id: str,
    needed: int,
    items: Sequence[_Item],
    parts: Sequence[ReferencePart | VolunteeringPart],
    labels: dict[str, str],
    questions: tuple[Question, ...],
    noun: str,
) -> Outcome:
    """Count items; with parts, an item belongs to one part only and the best arrangement counts."""
    certain = [item for item in items if item.certain]
    possible = [item for item in items if item.possible]
    whole = Amount(
        f"{leaf_id}.amount", count(needed, noun), Range(Fraction(len(certain)), Fraction(len(possible))),
        Range.exact(needed), "count",
    )  # fmt: skip
    found = [Part(whole.id, whole.text, whole.outcome(questions))]
    if parts:
        needs = [Fraction(part.at_least.count) for part in parts]
        least_total, least = _place(certain, parts, needs, sure=True)
        most_total, most = _place(possible, parts, needs, sure=False)
        together = compare(Range(least_total, max(least_total, most_total)), Range.exact(sum(needs, Fraction(0))))
        for index, part in enumerate(parts):
            have, need = (
                Range(min(least[index], most[index]), max(least[index], most[index])),
                Range.exact(needs[index]),
            )
            status = together if not together.false else compare(have, need)
            text = f"{part.at_least.count} {listed([labels.get(sort, sort) for sort in part.sorts])}"
            asked = questions if status is Status.UNKNOWN else ()
            found.append(Part(part.id, text, Outcome(status, have, need, "count", questions=asked)))
    evidence = tuple(Evidence(item.pointer, item.text, Strength.STATED) for item in possible)
    return gather(found, evidence, questions)


def _place(
    items: Sequence[_Item], parts: Sequence[ReferencePart | VolunteeringPart], needs: Sequence[Fraction], *, sure: bool
) -> tuple[Fraction, list[Fraction]]:
    fits = [
        frozenset(
            index for index, part in enumerate(parts) if item.sort in part.sorts or (item.sort is None and not sure)
        )
        for item in items
    ]
    one = Fraction(1)
    return share([Supply(one, index, one) for index in range(len(items))], needs, fits)


class ReferencesLeaf(Leaf):
    """People who will speak for one."""

    kind: Literal["references"] = "references"
    at_least: Count | None = None
    roles: tuple[Id, ...] = ()
    parts: tuple[ReferencePart, ...] = ()

    def outcome(self, context: Context) -> Outcome:
        given = context.timeline.references
        if given is None:
            return unknown(Question("references", "Who would give you a reference, and in which role?"))
        items = [
            _Item(pointer="references", text=f"reference {index + 1}", sort=role, certain=self._fits(role) is True)
            for index, role in enumerate(given.roles)
            if self._fits(role) is not False
        ]
        asked = (Question("references", "In which roles are your references (a Fellow, a senior leader, ...)?"),)
        labels = context.vocabulary.labels.get("reference", {})
        needed = self.at_least.count if self.at_least else 1
        return _evaluate(self.id, needed, items, self.parts, dict(labels), asked, "references")

    def _fits(self, role: str | None) -> bool | None:
        if not self.roles:
            return True
        return None if role is None else role in self.roles

    def sentence(self, vocabulary: Vocabulary) -> str:
        text = f"{self.at_least.count} references" if self.at_least else "references"
        if self.roles:
            text += " from " + listed([vocabulary.label("reference", role) for role in self.roles])
        pieces = [
            f"{part.at_least.count} from {listed([vocabulary.label('reference', role) for role in part.roles])}"
            for part in self.parts
        ]
        return "; ".join([text, *pieces])


class VolunteeringLeaf(Leaf):
    """Volunteer activities."""

    kind: Literal["volunteering"] = "volunteering"
    at_least: Count | None = None
    kinds: tuple[Id, ...] = ()
    within: Span | None = None
    parts: tuple[VolunteeringPart, ...] = ()

    def outcome(self, context: Context) -> Outcome:
        given = context.timeline.volunteering
        if given is None:
            return unknown(Question("volunteering", "Which volunteer work have you done, and when?"))
        first = self.within.length.before(context.as_of) if self.within else None
        items: list[_Item] = []
        questions: list[Question] = []
        for item in given:
            if self.kinds and item.kind is not None and item.kind not in self.kinds:
                continue
            date = item.date
            if date is None:
                certain, possible = first is None, True
            else:
                certain = date.latest <= context.as_of and (first is None or date.earliest >= first)
                possible = date.earliest <= context.as_of and (first is None or date.latest >= first)
            if not certain and possible:
                questions.append(Question(f"{item.pointer}.date", f"On which day was this: {item.text}?"))
            if item.kind is None and (self.kinds or self.parts):
                what = f"What kind of volunteer work was this: {item.text}?"
                questions.append(Question(f"{item.pointer}.kind", what))
                certain = certain and not self.kinds
            items.append(
                _Item(pointer=item.pointer, text=item.text, sort=item.kind, certain=certain, possible=possible)
            )
        labels = context.vocabulary.labels.get("volunteering", {})
        needed = self.at_least.count if self.at_least else 1
        kept = [item for item in items if item.possible]
        return _evaluate(self.id, needed, kept, self.parts, dict(labels), tuple(questions), "volunteer activities")

    def sentence(self, vocabulary: Vocabulary) -> str:
        text = f"{self.at_least.count} volunteer activities" if self.at_least else "volunteer work"
        if self.kinds:
            text += " in " + listed([vocabulary.label("volunteering", kind) for kind in self.kinds])
        if self.within:
            text += f" within the last {self.within.words()}"
        pieces = [
            f"{part.at_least.count} {listed([vocabulary.label('volunteering', kind) for kind in part.kinds])}"
            for part in self.parts
        ]
        return "; ".join([text, *pieces])
