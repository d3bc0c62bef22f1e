"""The gap report as plain text: complete, in the order of the pathway, every line with who says so."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.renewal import renewal_words
from hsm_planner.engine.result import Asked, Assessment, Finding, StepResult
from hsm_planner.report.coverage import coverage_words
from hsm_planner.report.findings import GROUP_WORDS, MARK_WIDTH, STATUS, FindingLines, money, option_words, span_words
from hsm_planner.report.first import first_lines
from hsm_planner.report.lines import Line, Tone, overlay_lines
from hsm_planner.report.sources import source_lines
from hsm_planner.report.standing import standing_lines, sure_words
from hsm_planner.requirements.base import count
from hsm_planner.requirements.plain import NOT_READ
from hsm_planner.values.truth import Status, Verdict

MEASURED = {
    "required": "Measured against what the law asks.",
    "typical": "Measured against the law and what employers usually ask.",
    "preferred": "Measured against the law, what employers usually ask, and what makes a strong candidate.",
}
_VERDICTS = {
    ("role", Verdict.READY): "You meet what is asked.",
    ("role", Verdict.NOT_READY): "Not yet.",
    ("role", Verdict.UNKNOWN): "Not known yet.",
    ("certification", Verdict.READY): "You may apply.",
    ("certification", Verdict.NOT_READY): "Not yet: some of what the issuer asks is still to do.",
    ("certification", Verdict.UNKNOWN): "Whether you may apply is not known yet.",
    ("license", Verdict.READY): "You meet the whole rule.",
    ("license", Verdict.NOT_READY): "Not yet: some of what the rule asks is still to do.",
    ("license", Verdict.UNKNOWN): "Not known yet.",
}
_LONGEST_INSTEAD = 120


def report(assessment: Assessment) -> list[Line]:
    """The whole report as lines."""
    maker = _Report(assessment)
    return [
        *maker.head(),
        *maker.questions(),
        *maker.steps(),
        *maker.other_ways(),
        *maker.beside(),
        *maker.unread(),
        *maker.standing(),
        *maker.next(),
        *first_lines(assessment.plan),
        *maker.how_sure(),
        *maker.foot(),
    ]


class _Report(FindingLines):
    # -- head ------------------------------------------------------------------------------------------------------

    def head(self) -> Iterator[Line]:
        result, target = self.result, self.result.target
        who = f"{result.profile.name} > " if result.profile.name else ""
        place = f", {target.place}" if target.place else ""
        yield Line(f"{who}{target.title}{place}    as of {result.as_of}", tone="title")
        yield from overlay_lines(result.knowledge.overlays)
        if target.standard:
            yield Line(MEASURED[target.standard])
            yield from self._law()
        yield Line()
        yield Line(self._verdict(), tone=self._tone(result.verdict))
        if result.confirm and result.if_confirmed is not result.verdict:
            what = _VERDICTS[target.kind, result.if_confirmed]
            things = f"{len(result.confirm)} thing{'s' if len(result.confirm) > 1 else ''}"
            yield Line(f"Once {things} that we guessed or that usually hold are confirmed: {what}")
        yield from self._renewal()
        yield from self._months()
        yield from self._cost()
        for warning in result.warnings:
            yield Line(warning, mark="note     ")

    def _verdict(self) -> str:
        result, target = self.result, self.result.target
        if target.held:
            return "You hold this, and it is in force. Its rule stands below for information."
        if target.status in ("paused", "retired"):
            return f"The programme is {target.status}: you cannot apply at present."
        if result.progress.of == 0:
            return "Nothing is asked by this measure, as far as we have read: everybody meets it."
        return f"{_VERDICTS[target.kind, result.verdict]} {self._progress()}"

    def _renewal(self) -> Iterator[Line]:
        """What keeps a credential that is held alive."""
        renewal = self.result.target.renewal
        if renewal is None:
            return
        yield Line(f"Renewal: {renewal_words(renewal)} {self.numbers.cite(renewal.sources)}".strip())

    def _law(self) -> Iterator[Line]:
        """Say once where no law was found to ask anything."""
        law = [f for f in self.result.findings if f.on_path and f.strength == "required" and f.kind not in GROUP_WORDS]
        if law and all(found.kind == "nothing_asked" for found in law):
            yield Line(f"We found no law that sets a rule. {self.cite(law[0])}", tone="quiet")

    @staticmethod
    def _tone(verdict: Verdict) -> Tone:
        return {"ready": "good", "not_ready": "todo", "unknown": "open"}[verdict.value]  # type: ignore[return-value]

    def _progress(self) -> str:
        progress = self.result.progress
        false = progress.partly + progress.unmet
        parts = [f"{progress.met} of {progress.of} points met"]
        parts.append(f"{false} still to do" if false else "none failed")
        parts += [f"{progress.unknown} not known"] if progress.unknown else []
        return ", ".join(parts) + "."

    def _months(self) -> Iterator[Line]:
        left = self.result.months_left
        if self.result.verdict is not Verdict.NOT_READY:
            return
        if left.low == 0 and not left.unknown:
            yield Line("Nothing of it has to wait.")
            return
        if left.low == 0:
            yield Line("How long it takes is not known: what is still to do has no length in our sources.")
            return
        high = left.high if left.high is not None else left.low
        tail = "; other steps have no length in our sources" if left.unknown else ""
        yield Line(f"Time: at least {span_words(left.low, high)} on the nearest way below, taken full time{tail}.")

    def _cost(self) -> Iterator[Line]:
        """The sum of the prices that are known, and how many are not."""
        cost = self.result.cost_left
        if self.result.verdict is not Verdict.NOT_READY or not (cost.known_high or cost.unpriced):
            return
        parts = [money(cost.known_low, cost.known_high)] if cost.known_high else []
        unknown = len(cost.unpriced)
        parts += [f"{unknown} {'price' if unknown == 1 else 'prices'} not known"] if unknown else []
        yield Line(f"Cost: {' + '.join(parts)}, by the way named first for each step.")

    # -- body ------------------------------------------------------------------------------------------------------

    def questions(self) -> Iterator[Line]:
        """First what can change the verdict, then what only touches things beside it."""
        if self.result.target.held:
            return
        asked = [question for question in self._asked() if not question.usual]
        deciding = [question for question in asked if self._decides(question)]
        others = [question for question in asked if not self._decides(question)]
        alone = len(deciding) == 1 and self.result.verdict is Verdict.UNKNOWN
        one = "One answer decides" if alone else "Questions, the one that decides most first"
        for title, asked in ((one, deciding), ("Questions on what stands beside it", others)):
            if asked:
                yield Line()
                yield Line(title, tone="title")
            for question in asked:
                yield Line(question.text, indent=2, mark="?  ", tone="open")
                why = f"{question.why} Ask: {question.whom}." if question.whom else question.why
                yield Line(f"{why} (Write it at `{question.id}`.)", indent=5, tone="quiet")
        yield from self._usual_questions()

    def _usual_questions(self) -> Iterator[Line]:
        """What nearly everybody confirms, in one line."""
        usual = [question for question in self._asked() if question.usual]
        if not usual:
            return
        what = "; ".join(dict.fromkeys(self.by_id[question.settles[0]].text for question in usual))
        ids = ", ".join(question.id.removeprefix("statements.") for question in usual)
        yield Line()
        yield Line(f"Nearly everybody can confirm: {what}. (Write `true` under `statements`: {ids}.)", tone="quiet")

    def _decides(self, question: Asked) -> bool:
        """Whether the answer settles something of the rule that decides."""
        return any(self._root(id_) == self.result.requirements for id_ in question.settles)

    def _asked(self) -> list[Asked]:
        """The questions of which an answer can change something."""
        return [question for question in self.result.questions if not all(map(self._in_vain, question.settles))]

    def _in_vain(self, id_: str) -> bool:
        """Whether it stands in a way that is not taken and that something else there rules out."""
        found = self.by_id[id_]
        if found.parent is None:
            return False
        group = self.by_id[found.parent]
        branch = group.on_path and group.kind in ("any_of", "at_least")
        return (branch and found.status.false and not found.on_path) or self._in_vain(found.parent)

    def _elsewhere(self, found: Finding) -> bool:
        """Whether a finding, or something above it, does not apply here."""
        if found.status is Status.NOT_APPLICABLE:
            return True
        return found.parent is not None and self._elsewhere(self.by_id[found.parent])

    def _root(self, id_: str) -> str:
        parent = self.by_id[id_].parent
        return id_ if parent is None else self._root(parent)

    def steps(self) -> Iterator[Line]:
        for index, step in enumerate(self.result.steps):
            yield Line()
            yield Line(f"{index + 1}  {step.title}: {step.summary}", tone="title")
            yield from self._step(step)

    def _step(self, step: StepResult) -> Iterator[Line]:
        said: set[str] = set()
        findings = [found for found in map(self.by_id.__getitem__, step.findings) if found.on_path]
        usual = [found for found in findings if self.is_usual(found)]
        if len(usual) > 1:
            listed = "; ".join(f"{found.text} {self.cite(found)}" for found in usual)
            yield Line(f"nearly everybody can confirm: {listed}", 2, "?".ljust(MARK_WIDTH), "open")
        for found in findings:
            if len(usual) > 1 and found in usual:
                continue
            if found.kind == "nothing_asked":
                if found.asked_by == "law" or found.text in said:
                    continue
                said.add(found.text)
            yield from self.finding(found)

    def other_ways(self) -> Iterator[Line]:
        """The branches that the path does not take."""
        groups = [
            found
            for found in self.result.findings
            if found.on_path and found.kind in ("any_of", "at_least") and self._untaken(found)
        ]
        if not groups:
            return
        yield Line()
        yield Line("Other ways", tone="title")
        for group in groups:
            taken = [self.by_id[child] for child in group.children if self.by_id[child].on_path]
            instead = "; ".join(self.branch(found) for found in taken)
            yield Line(f"instead of: {_short(instead)}", 2, tone="quiet")
            for child in self._untaken(group):
                yield from self._way(child)

    def _way(self, branch: Finding) -> Iterator[Line]:
        """A branch not taken: in one line, or as the tree that it is."""
        if branch.kind not in GROUP_WORDS:
            yield from self.finding(branch, 4)
            return
        word, tone = STATUS[branch.status]
        low = branch.months_left.low if branch.months_left else 0
        time = f", at least {span_words(low, low)}" if low and branch.status is not Status.MET else ""
        yield Line(f"{GROUP_WORDS[branch.kind]}{time}:", 4, word.ljust(MARK_WIDTH), tone)
        yield from self.tree(branch, 4 + MARK_WIDTH)

    def _untaken(self, group: Finding) -> list[Finding]:
        return [self.by_id[child] for child in group.children if not self.by_id[child].on_path]

    def beside(self) -> Iterator[Line]:
        """What is shown and does not decide: preferred, recommended, exams and what comes after them."""
        roots = [f for f in self.result.findings if f.parent is None and f.id != self.result.requirements]
        leaves = [leaf for root in roots for leaf in self.leaves(root) if leaf.kind != "nothing_asked"]
        if not leaves:
            return
        yield Line()
        kind = "each helps, none decides" if self.result.target.kind == "role" else "comes after, or is advised"
        yield Line(f"Beside it ({kind})", tone="title")
        for leaf in leaves:
            yield from self.finding(leaf)
            yield from self._beneath(leaf)

    def _beneath(self, leaf: Finding) -> Iterator[Line]:
        """The rule of a credential that is asked, where the steps do not show it."""
        for child in (self.by_id[name] for name in leaf.children):
            if child.kind in GROUP_WORDS:
                yield Line(f"its rule, {GROUP_WORDS[child.kind]}:", 2 + MARK_WIDTH, tone="quiet")
                yield from self.tree(child, 4 + MARK_WIDTH)

    def unread(self) -> Iterator[Line]:
        blank = [
            found
            for found in self.result.findings
            if found.kind in ("unread", "amount_not_found") and not self._elsewhere(found)
        ]
        if not blank:
            return
        yield Line()
        yield Line("What we have not read, and whom to ask", tone="title")
        for whom in dict.fromkeys(found.ask_whom for found in blank):
            yield Line(f"Ask {whom}:", 2)
            for found in blank:
                if found.ask_whom == whom:
                    yield Line(found.text.removeprefix(NOT_READ), 4, "- ")

    def standing(self) -> Iterator[Line]:
        """How far the sources of licences go: of the law of a state, each is worth knowing."""
        yield from standing_lines(self.result.target.standing, own=self.result.target.kind == "license")

    def next(self) -> Iterator[Line]:
        """At most three things to do, the free ones first."""
        if not self.result.next:
            return
        yield Line()
        yield Line("Next", tone="title")
        for number, step in enumerate(self.result.next, 1):
            text = option_words(step.option) if step.option else step.text
            yield Line(f"{text} (free)" if step.free else text, 2, f"{number}  ")

    def how_sure(self) -> Iterator[Line]:
        """How old the sources are that stand above, and how sure we are of the rule, in one paragraph."""
        deciding = [found for found in self.result.findings if found.on_path and found.kind not in GROUP_WORDS]
        deciding = [found for found in deciding if self._root(found.id) == self.result.requirements]
        low = sum(found.confidence == "low" for found in deciding)
        cited = len(self.numbers.given)
        third = sum(self.result.sources[name].third_party for name in self.numbers.given)
        parts = [f"{self.numbers.old} of {count(cited, 'sources')} undated or older than two years (marked !)"]
        parts += [f"{third} by a third party"] if third else []
        parts += [f"{count(low, 'points')} of low confidence"] if low else []
        yield Line()
        yield Line(f"How sure: {', '.join(parts)}.", tone="quiet")
        yield Line(f"Of all that can decide: {coverage_words(self.result.coverage)}.", tone="quiet")
        found = self.result.target.standing
        sure = sure_words(found.confidence, found.place, found.place_confidence)
        yield Line(f"How sure we are of the entry as a whole: {sure}.", tone="quiet")

    def foot(self) -> Iterator[Line]:
        yield from source_lines(self.numbers, self.result.sources)
        yield Line()
        yield Line(
            "This is what the sources say as of their dates. It is no promise and no legal advice.", tone="quiet"
        )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_INSTEAD else f"{text[:_LONGEST_INSTEAD].rsplit(' ', 1)[0]} ..."
