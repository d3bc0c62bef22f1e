"""One entry of the knowledge as text."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.describe import TREE_WORDS, Sentence, Shown
from hsm_planner.engine.examined import ExamTold, Price, price_words
from hsm_planner.engine.renewal import renewal_words
from hsm_planner.report.coverage import coverage_words
from hsm_planner.report.findings import GROUP_WORDS
from hsm_planner.report.lines import Line, overlay_lines
from hsm_planner.report.sources import Numbers, source_lines
from hsm_planner.report.standing import sure_words


def show_lines(shown: Shown) -> list[Line]:
    """The whole entry as lines."""
    return list(_Entry(shown).lines())


class _Entry:
    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.numbers = Numbers(shown.sources, shown.as_of)

    def lines(self) -> Iterator[Line]:
        shown = self.shown
        status = f", {shown.status}" if shown.status and shown.status != "active" else ""
        yield Line(f"{shown.title} ({shown.kind} {shown.id}{status})    as of {shown.as_of}", tone="title")
        yield from overlay_lines(shown.overlays)
        for fact in shown.facts:
            yield Line(fact, 2, "- ")
        for tree in shown.trees:
            yield from self._heading(TREE_WORDS[tree.name])
            for before, sentence in zip((None, *tree.sentences), tree.sentences, strict=False):
                if before is None or _told(before) != _told(sentence):
                    yield from self._sentence(sentence)
        if shown.exams:
            yield from self._heading("Exams")
            for exam in shown.exams:
                yield from self._exam(exam)
        if shown.fees:
            yield from self._heading("Fees")
            for price in shown.fees:
                yield self._price(price, 2)
        yield from self._renewal()
        for title, texts in (
            ("Notes", shown.notes),
            ("Where sources differ", shown.conflicts),
            ("Not found", shown.gaps),
            ("Leads to", [f"{other.title} ({other.id}): {other.how}" for other in shown.leads_to]),
            ("Named by", [f"{other.title} ({other.id}): {other.how}" for other in shown.asked_for_by]),
        ):
            if texts:
                yield from self._heading(title)
                yield from (Line(text, 2, "- ") for text in texts)
        if shown.confidence is not None:
            ask = f" Ask {shown.ask}." if shown.ask else ""
            covered = f" Of all that can decide: {coverage_words(shown.coverage)}." if shown.coverage else ""
            yield Line()
            sure = sure_words(shown.confidence, shown.place, shown.place_confidence)
            yield Line(f"How sure: {sure}.{covered}{ask}")
        self.numbers.cite(shown.sources)
        yield from source_lines(self.numbers, shown.sources)

    @staticmethod
    def _heading(title: str) -> Iterator[Line]:
        yield Line()
        yield Line(title, tone="title")

    def _sentence(self, sentence: Sentence) -> Iterator[Line]:
        indent = 2 + 2 * sentence.depth
        text = f"{sentence.text}:" if sentence.kind in GROUP_WORDS else sentence.text
        cite = self.numbers.cite(sentence.sources) if sentence.kind not in GROUP_WORDS else ""
        sure = (
            f" (confidence {sentence.confidence})" if sentence.confidence not in (None, self.shown.confidence) else ""
        )
        yield Line(f"{text}{sure} {cite}".strip(), indent, "- ")
        if sentence.note:
            yield Line(sentence.note, indent + 2, tone="quiet")

    def _exam(self, exam: ExamTold) -> Iterator[Line]:
        yield Line(f"{exam.name}: {', '.join(exam.facts)} {self.numbers.cite(exam.sources)}", 2, "- ")
        if exam.note:
            yield Line(exam.note, 4, tone="quiet")
        for price in exam.fees:
            yield self._price(price, 4)

    def _price(self, price: Price, indent: int) -> Line:
        return Line(f"{price_words(price)} {self.numbers.cite(price.sources)}".strip(), indent, "- ")

    def _renewal(self) -> Iterator[Line]:
        renewal = self.shown.renewal
        if renewal is None:
            return
        yield from self._heading("Renewal")
        yield Line(f"{renewal_words(renewal)} {self.numbers.cite(renewal.sources)}".strip(), 2, "- ")


def _told(sentence: Sentence) -> tuple[object, ...]:
    """What a reader sees of a node; two in a row that tell the same are told once."""
    return sentence.depth, sentence.text, sentence.note, sentence.sources
