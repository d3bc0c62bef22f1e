"""What is known of a certification or licence beside its rule: exams, prices, renewal, whether it moves."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.describe import rules_of
from hsm_planner.engine.examined import exam_told, exams_of, price_of, price_words
from hsm_planner.engine.renewal import renewal_of, renewal_words
from hsm_planner.knowledge.models import Certification, License
from hsm_planner.knowledge.store import Entry, Knowledge
from hsm_planner.planner.excerpts import Wanted
from hsm_planner.planner.told import Told, lead, say, unknown
from hsm_planner.requirements.rules import walk
from hsm_planner.requirements.training import TrainingLeaf
from hsm_planner.values.dates import Date

Credential = Certification | License


def title_of(knowledge: Knowledge, entry: Entry) -> str:
    """The title, of a licence with its state."""
    state = entry.state if isinstance(entry, License) else None
    return f"{entry.title}, {knowledge.words.states[state]}" if state else entry.title


class Facts:
    """Tells what is known of one credential, or that it was not found and whom to ask."""

    def __init__(self, knowledge: Knowledge, state: str | None, as_of: Date) -> None:
        self.knowledge, self.state, self.as_of = knowledge, state, as_of

    def _title(self, entry: Credential) -> str:
        return title_of(self.knowledge, entry)

    def starts(self, words: tuple[str, ...], entry: Credential) -> Iterator[Told]:
        """From when on training counts: by the rule, by what is noted beside it, or not known."""
        nodes = [node for _, rule in rules_of(self.knowledge, entry) for node in walk(rule)]
        leaves = [node for node in nodes if isinstance(node, TrainingLeaf)]
        dated = {leaf.after.words(): leaf for leaf in leaves if leaf.after}
        for text, leaf in dated.items():
            yield say(f"{self._title(entry)}: hours count only after {text}.", leaf.sources)
        wanted = Wanted(words=words)
        noted = {node.note: node for node in nodes if node.note and wanted.speaks(node.note) and words} | (
            {entry.application.note: entry.application} if entry.application and entry.application.note else {}
        )
        for note, cited in noted.items():
            yield say(f"{self._title(entry)}: {note}", cited.sources)
        if leaves and not dated:
            text = f"{self._title(entry)}: whether hours count that lie before the board registered or approved the"
            yield unknown(f"{text} training is not in the rule that we read. Ask before you begin: {entry.ask}.")
        elif not leaves:
            yield unknown(
                f"{self._title(entry)}: no training is in the rule that we read. Ask: {entry.ask}.", entry.sources
            )

    def exams(self, entry: Credential) -> Iterator[Told]:
        found = exams_of(self.knowledge, entry)
        for exam in found:
            yield say(f"{self._title(entry)}: {exam.name}: {', '.join(exam.facts)}", exam.sources, note=exam.note)
            yield from (say(price_words(price), price.sources, 1) for price in exam.fees)
        if not found:
            text = f"{self._title(entry)}: an examination was not found in what we read."
            yield unknown(f"{text} Ask: {entry.ask}.", entry.sources)

    def common_exams(self, family: str) -> Iterator[Told]:
        """The examinations that every state asks for a licence of its own."""
        states = [one for one in self.knowledge.vocabulary.credentials.values() if one.family == family]
        ids = [name for name in states[0].exams if all(name in one.exams for one in states)] if states else []
        for exam in (exam_told(facts) for name in sorted(ids) if (facts := self.knowledge.exam(name)) is not None):
            yield say(
                f"In every state that we have: {exam.name}: {', '.join(exam.facts)}", exam.sources, note=exam.note
            )
            yield from (say(price_words(price), price.sources, 1) for price in exam.fees)

    def fees(self, entry: Credential) -> Iterator[Told]:
        prices = [price_of(fee) for fee in entry.fees_in(self.state)]
        prices += [price for exam in exams_of(self.knowledge, entry) for price in exam.fees]
        if prices:
            yield lead(f"{self._title(entry)}:")
            for price in prices:
                form = unknown if price.low is None else say
                yield form(price_words(price), price.sources, 1)
        else:
            yield unknown(f"{self._title(entry)}: no price was found. Ask: {entry.ask}.", entry.sources)

    def intakes(self, entry: Credential) -> Iterator[Told]:
        if isinstance(entry, License) and entry.intakes:
            for one in sorted(entry.intakes, key=lambda one: self._next(one.begins, one.file_by)):
                begins, by = self._next(one.begins, one.file_by)
                filing = f", to be filed for by {by}" if by else ""
                what = self.knowledge.vocabulary.label("training", one.programme)
                yield say(f"{self._title(entry)}: {what}, begins on {begins}{filing}", one.sources)
        else:
            text = f"{self._title(entry)}: whether a training begins on set days is not in our data."
            yield unknown(f"{text} Ask: {entry.ask}.")

    def _next(self, begins: str, file_by: str | None) -> tuple[str, str]:
        """The next beginning that can still be filed for."""
        for year in range(self.as_of.year, self.as_of.year + 3):
            day = Date.fromisoformat(f"{year}-{begins}")
            last = Date.fromisoformat(f"{year}-{file_by}") if file_by else day
            last = last if last <= day else Date.fromisoformat(f"{year - 1}-{file_by}")
            if last >= self.as_of:
                return day.isoformat(), last.isoformat() if file_by else ""
        raise AssertionError(begins)

    def renewal(self, entry: Credential) -> Iterator[Told]:
        found = renewal_of(entry, self.state)
        if found is None:
            yield unknown(f"{self._title(entry)}: its renewal was not found. Ask: {entry.ask}.", entry.sources)
        else:
            yield say(f"{self._title(entry)}: {renewal_words(found)}", found.sources)

    def moves(self, entry: Credential) -> Iterator[Told]:
        if isinstance(entry, License) and entry.reciprocity:
            yield say(f"{self._title(entry)}: {entry.reciprocity}", entry.sources)
        elif isinstance(entry, License):
            yield unknown(f"{self._title(entry)}: what moving asks was not found. Ask: {entry.ask}.", entry.sources)
        else:
            text = f"{entry.title}: a certification, not a licence of a state; whether the state matters to it is not"
            yield unknown(f"{text} in the rule that we read. Ask: {entry.ask}.", entry.sources)
