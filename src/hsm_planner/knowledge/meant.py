"""Which of the known questions somebody's words mean, about which targets, and what of the words was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from hsm_planner.knowledge.asked import AskedQuestion, Idea
from hsm_planner.knowledge.names import targets
from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.values.record import record

_UNDERSTOOD = 0.6  # the least share of what is said that has to be understood
_LONG = 5  # letters from which on a word is looked at for a slip
_SLIP = 85  # of 100: how alike a slip is to the word meant
_MOST_NEAR = 4
_TOPIC, _SHADE = 100, 2  # what asks for something weighs more than any number of shades
_OWN = 10  # a question of this one target before one of any
_STATE_CODE = re.compile(r"\b(in|to|from|for)\s+([A-Z]{2})\b")


@record
class Named:
    """The name of a post, certification or licence in the words: its first word, the one after it, what it can be."""

    start: int
    stop: int
    ids: tuple[str, ...]
    own: bool = False  # what the person already is or holds


@record
class Meant:
    """What words come to. ``question`` None: none that is known; ``near`` has the nearest."""

    question: AskedQuestion | None
    named: tuple[Named, ...]
    state: str | None
    unread: tuple[str, ...]  # words that say something and were not understood
    beside: tuple[AskedQuestion, ...]  # what else is asked, and not answered by the question
    near: tuple[AskedQuestion, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """What the words name as something to become or to earn."""
        own = self.question.comes_from if self.question is not None else ()
        return tuple(dict.fromkeys(name for one in self.named if not one.own for name in one.ids if name not in own))


def meant(knowledge: Knowledge, words: str) -> Meant:
    """The question that some words mean: by its id, by its text, or by the ideas that they speak of."""
    rows = knowledge.questions.questions
    by_id = next((one for one in rows if one.id == words.strip()), None)
    if by_id is not None:
        return Meant(by_id, (), None, (), (), ())
    return _Reading(knowledge, words).result()


class _Reading:
    def __init__(self, knowledge: Knowledge, words: str) -> None:
        self.knowledge = knowledge
        self.wording = knowledge.questions.wording
        self.ideas: Mapping[str, Idea] = {idea.id: idea for idea in self.wording.ideas}
        self.little = frozenset(map(plain, self.wording.little))
        self.state, rest = _state_in(knowledge, _spelled_out(knowledge, words))
        self.phrases: dict[tuple[str, ...], set[str]] = {}
        for idea in self.wording.ideas:
            for text in idea.words:
                self.phrases.setdefault(_split(text), set()).add(idea.id)
        self.names = _names(knowledge)
        self.tokens = [self._meant_word(word) for word in plain(rest).split()]
        self.named = tuple(self._with_own(list(self._named())))
        self.found, read, self.said = self._found()
        left = [at for at, word in enumerate(self.tokens) if at not in read and word not in self.little]
        self.unread = tuple(self.tokens[at] for at in left)
        self.unclear = sum(
            self.tokens[self._start(at) - 1] not in self.wording.own_before and not self.tokens[at].isdigit()
            for at in left
        )

    def result(self) -> Meant:
        rows = self.knowledge.questions.questions
        said = " ".join(self.tokens)
        question = next((one for one in rows if said in {plain(text) for text in (one.text, *one.also)}), None)
        if question is not None:
            return Meant(question, self.named, self.state, (), (), ())
        question = self._best()
        near = tuple(self._near(rows)) if question is None else ()
        beside = self._beside(question) if question is not None else ()
        return Meant(question, self.named, self.state, self.unread, beside, near)

    # -- words -----------------------------------------------------------------------------------------------------

    def _meant_word(self, word: str) -> str:
        """The word itself, or the one that it is a slip of."""
        if len(word) < _LONG or word in self._known:
            return word
        from rapidfuzz import fuzz, process

        found = process.extractOne(word, self._slips, scorer=fuzz.ratio, score_cutoff=_SLIP)
        return found[0] if found else word

    @property
    def _known(self) -> frozenset[str]:
        words = {word for phrase in (*self.phrases, *self.names) for word in phrase}
        return frozenset(words | {f"{word}s" for word in words} | self.little)

    @property
    def _slips(self) -> list[str]:
        return sorted(word for word in self._known if len(word) >= _LONG)

    def _named(self) -> Iterator[Named]:
        at = 0
        while at < len(self.tokens):
            found = next(self._names_at(at), None)
            if found is not None:
                yield found
            at = found.stop if found is not None else at + 1

    def _names_at(self, at: int) -> Iterator[Named]:
        """The names that begin with a word, the longest first."""
        for stop in range(min(len(self.tokens), at + max(map(len, self.names))), at, -1):
            phrase = tuple(self.tokens[at:stop])
            ids = self.names.get(phrase) or self.names.get((*phrase[:-1], phrase[-1].removesuffix("s")))
            if ids:
                yield Named(at, stop, tuple(dict.fromkeys(map(self._of_the_state, ids))))

    def _of_the_state(self, id_: str) -> str:
        """An id itself; of a licence of another state than the words are about, its family."""
        facts = self.knowledge.vocabulary.credentials.get(id_)
        other = facts is not None and facts.state is not None and self.state not in (None, facts.state)
        return facts.family if facts is not None and other else id_

    def _with_own(self, found: list[Named]) -> list[Named]:
        """The names, those marked that the words tell to be the person's own already."""
        sure = [Named(one.start, one.stop, one.ids, self._own(one, last=one is found[-1])) for one in found]
        if len(sure) < 2 or all(one.own for one in sure):
            return sure
        with_ = [
            Named(one.start, one.stop, one.ids, one.own or self._before(one) in self.wording.own_with) for one in sure
        ]
        return sure if all(one.own for one in with_) else with_

    def _own(self, one: Named, *, last: bool) -> bool:
        after = self.tokens[one.stop] if one.stop < len(self.tokens) else ""
        if after in self.wording.own_after or (not last and after in self.wording.own_then):
            return True
        start = self._start(one.start)
        meant_as_target = " ".join(self.tokens[max(0, start - 2) : start]) in self.wording.target_before
        return self._before(one) in self.wording.own_before and not meant_as_target

    def _before(self, one: Named) -> str:
        start = self._start(one.start)
        return self.tokens[start - 1] if start else ""

    def _start(self, at: int) -> int:
        """Where what belongs to a word begins: its article, and the like."""
        while at > 0 and self.tokens[at - 1] in self.wording.beside:
            at -= 1
        return at

    def _found(self) -> tuple[frozenset[str], frozenset[int], int]:
        """The ideas in the words, the places of all words that were understood, and how many things are said."""
        inside = {at: one for one in self.named for at in range(one.start, one.stop)}
        read, found = set(inside), set[str]()
        at, said, longest = 0, len(self.named), max(map(len, self.phrases))
        while at < len(self.tokens):
            for stop in range(min(len(self.tokens), at + longest), at, -1):
                cuts_name = any(
                    spot in inside and not at <= inside[spot].start <= inside[spot].stop <= stop
                    for spot in range(at, stop)
                )
                ideas = self.phrases.get(tuple(self.tokens[at:stop]), set())
                if ideas and not cuts_name:
                    break
            else:
                at += 1
                continue
            found |= ideas
            said += 0 if at in inside else 1
            read |= set(range(at, stop))
            at = stop
        topics = [name for name in found if not self.ideas[name].shade]
        if not topics and any(one.own for one in self.named) and not all(one.own for one in self.named):
            found.add(self.wording.from_to)
        return frozenset(found), frozenset(read), said

    # -- questions -------------------------------------------------------------------------------------------------

    def _best(self) -> AskedQuestion | None:
        """The question that takes up most of what is said; None where too little is understood to tell."""
        if not self.found or self.said < _UNDERSTOOD * (self.said + self.unclear):
            return None
        named = frozenset(name for one in self.named if not one.own for name in one.ids)
        fits = [
            (self._weight(ideas) + (_OWN if question.only_of else 0), -number, question)
            for number, question in enumerate(self.knowledge.questions.questions)
            if question.speaks_of(named - frozenset(question.comes_from))
            for ideas in question.means
            if self.found.issuperset(ideas)
        ]
        return max(fits, key=lambda fit: fit[:2])[2] if fits else None

    def _weight(self, ideas: Iterable[str]) -> int:
        return sum(_SHADE if self.ideas[name].shade else _TOPIC for name in ideas)

    def _beside(self, question: AskedQuestion) -> tuple[AskedQuestion, ...]:
        """Questions on what is asked in the same words, and not taken up by the one that is answered."""
        taken = {name for ideas in question.means for name in ideas}
        left = [name for name in self.found if name not in taken and not self.ideas[name].shade]
        rows = self.knowledge.questions.questions
        return tuple(one for one in rows if any((name,) in one.means for name in left) and not one.only_of)

    def _near(self, rows: Iterable[AskedQuestion]) -> Iterator[AskedQuestion]:
        """The questions that share most ideas with the words, then those of the most alike wording."""
        from rapidfuzz import fuzz

        said = " ".join(word for word in self.tokens if word not in self.little)

        def alike(question: AskedQuestion) -> tuple[int, float]:
            shared = max((self._weight(self.found & set(ideas)) for ideas in question.means), default=0)
            texts = (plain(text) for text in (question.text, *question.also))
            return shared, max(fuzz.token_set_ratio(said, text) for text in texts)

        yield from sorted(rows, key=alike, reverse=True)[:_MOST_NEAR]


def _split(text: str) -> tuple[str, ...]:
    return tuple(plain(text).split())


def _names(knowledge: Knowledge) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Every name of a target, as words -> the ids that it can be: roles before credentials, families for licences."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    little = frozenset(map(plain, knowledge.questions.wording.little))
    roles: set[str] = set()
    for entry, names in targets(knowledge):
        name_of = knowledge.vocabulary.credentials[entry.id].family if entry.kind == "license" else entry.id
        roles |= {entry.id} if entry.kind == "role" else set()
        for name in (*names, name_of):
            if name == entry.id and entry.kind == "license" and _split(name)[-1:] and _split(name)[-1] in little:
                continue  # "the NHA in Texas" is not of Indiana
            id_ = entry.id if name == entry.id else name_of or entry.id
            found.setdefault(_split(name), {})[id_] = None
    for shared, ids in knowledge.shared_names.items():
        found.setdefault(_split(shared), dict.fromkeys(ids))
    result = {words: tuple(sorted(ids, key=lambda one: one not in roles)) for words, ids in found.items() if words}
    result = {words: tuple(i for i in ids if i in roles) or ids for words, ids in result.items()}
    return result | {_split(one.name): one.of for one in knowledge.questions.wording.called}


def _spelled_out(knowledge: Knowledge, words: str) -> str:
    """The words with ids of licences that end in a common word ("nha-in") as the licence and the state."""
    little = frozenset(map(plain, knowledge.questions.wording.little))
    for facts in knowledge.vocabulary.credentials.values():
        if facts.state is not None and facts.state.lower() in little and facts.id in words.lower():
            there = f"{facts.family} {knowledge.words.states[facts.state]}"
            words = re.sub(rf"\b{re.escape(facts.id)}\b", there, words, flags=re.IGNORECASE)
    return words


def _state_in(knowledge: Knowledge, words: str) -> tuple[str | None, str]:
    """The state that the words are about, and the words without the states in them."""
    low = f" {plain(words)} "
    names = {plain(name): code for code, name in knowledge.words.states.items()}
    found = [name for name in names if f" {name} " in low]
    found = [name for name in found if not any(name != one and name in one for one in found)]
    if not found:
        coded = [(lead, code) for lead, code in _STATE_CODE.findall(words) if code in knowledge.words.states]
        codes = {code for lead, code in coded if lead != "from"} or {code for _, code in coded}
        return (codes.pop(), _STATE_CODE.sub(" ", words)) if len(codes) == 1 else (None, words)
    where = next(
        (at for lead in ("to", "in") if len(at := [name for name in found if f" {lead} {name} " in low]) == 1), found
    )
    rest = low
    for name in found:
        rest = rest.replace(f" {name} ", "  ")
    return (names[where[0]] if len(where) == 1 else None), rest
