"""The talk: its state is the list of answers so far, so that going back and going on later are the same thing.

First three facts and a target, which give a first partial answer; then, while the verdict is open, the question that
settles most. What nearly everybody confirms comes last, in one question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from hsm_planner.engine.assess import Goal, assess
from hsm_planner.engine.result import Asked, Assessment
from hsm_planner.interview.answers import Answers
from hsm_planner.interview.asks import (
    EARLIER,
    MORE,
    SINCE,
    STATE,
    STUDIED,
    TARGET,
    USUAL,
    WORK,
    Ask,
    engine_ask,
    more_ask,
    openings,
    usual_ask,
)
from hsm_planner.interview.choosing import first_that_matters
from hsm_planner.interview.dates import Unclear, date_of
from hsm_planner.interview.keeping import NOT_TOLD, not_told, whole_profile
from hsm_planner.interview.lists import Partly, joined
from hsm_planner.interview.saying import NONE, UNSAID, Said, confirmed, items, no_job, weekly, yes_or_no
from hsm_planner.interview.targets import Near, Several, near_targets, read_targets
from hsm_planner.knowledge.names import Named
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.goals import in_state
from hsm_planner.profile.model import Profile
from hsm_planner.profile.read import read_profile
from hsm_planner.resolve.person import check_words
from hsm_planner.values.dates import Date
from hsm_planner.values.problems import InputError
from hsm_planner.values.record import record, replace
from hsm_planner.values.truth import Verdict

_PLACE_STATE, _PLACE_SETTING, _PLACE_BEDS = "target.state", "target.setting", "target.beds"
_HELP = ("help", "help me choose", "?")
_RESTS_ON: dict[str, tuple[str, ...]] = {
    WORK: (SINCE, "experience"),
    EARLIER: ("experience",),
    STUDIED: ("education",),
    TARGET: (MORE, USUAL),
}
_LATER = (".counts_as.", ".administrator_of_record")  # a view of a post, and what few are, after its other facts
_ASKED_ANEW = {EARLIER: "experience", STUDIED: "education"}  # left unsaid once, it is not asked in other words


@record
class Answer:
    """What was said to a question; None: it is left unknown."""

    ask: str
    said: str | None
    choices: tuple[str, ...] = ()  # that the question offered
    text: str = ""  # the question as it was put; a draft of an older version has none

    @property
    def question(self) -> str:
        """The question in short: its first line, without examples."""
        return re.sub(r" \([^()]*\)$", "", self.text.partition("\n")[0]) or self.ask


class Talk:
    """One interview. ``answers``: what has been said so far, in order."""

    def __init__(
        self, knowledge: Knowledge, as_of: Date, answers: Sequence[Answer] = (), base: Mapping[str, Any] | None = None
    ) -> None:
        self.knowledge = knowledge
        self.as_of = as_of
        self.reader = Answers(knowledge, as_of)
        self.base = dict(base or {"schema_version": 1})
        self.answers: list[Answer] = []
        self.data = dict(self.base)
        self.goals: tuple[Goal, ...] = ()
        self.choices: tuple[Named, ...] = ()  # targets that were offered by number
        self.changed: tuple[str, int] | None = None  # the question of an answer taken back, and its place
        for one in answers:
            try:
                self._take(one)
            except (Unclear, KeyError, IndexError):  # what it speaks of is no longer there: it is asked again
                continue

    # -- what comes next -------------------------------------------------------------------------------------------

    def next(self) -> Ask | None:
        """The next question; None when nothing is left that can change a verdict."""
        done = {one.ask for one in self.answers}
        done |= {_ASKED_ANEW[one.ask] for one in self.answers if one.said is None and one.ask in _ASKED_ANEW}
        for opening in openings(self.knowledge, self.data):
            if opening.id not in done:
                return opening
        for number in range(len(self.goals)):
            if (ask := self._about(number, done)) is not None:
                return ask
        return None

    def _about(self, number: int, done: set[str]) -> Ask | None:
        """The next question about one target."""
        found = self.assessment(number)
        if found is None or found.verdict is Verdict.READY:
            return None
        path = {one.id for one in found.findings if one.on_path}
        asked = [
            one
            for one in found.questions
            if one.id not in done and not self._left(one.id) and self.reader.askable(one.id, one.answers)
        ]
        deciding = [one for one in asked if set(one.settles) & path]
        plain_ = [one for one in deciding if not one.usual]
        plain_.sort(key=lambda one: [word in one.id for word in _LATER])
        if found.verdict is Verdict.NOT_READY and not self._goes_on():
            return more_ask(len(plain_)) if plain_ and MORE not in done else None
        if plain_:
            chosen = first_that_matters(plain_, self.data, self.knowledge, lambda data: self._signature(number, data))
            if chosen is None:
                return self._usual_about(number, deciding, done)
            settled = {one.kind for one in found.findings if one.id in chosen.settles}
            return engine_ask(self.knowledge, chosen, tuple(self.reader.role_names), settled)
        return self._usual_about(number, deciding, done)

    def _left(self, where: str) -> bool:
        """Whether a question is of a post that the person did not want to tell of."""
        posts = self.data.get("experience") or []
        left = [number for number, post in enumerate(posts) if post.get("title") == NOT_TOLD]
        return any(where.startswith(f"experience[{number}].") for number in left)

    @staticmethod
    def _usual_about(number: int, deciding: Sequence[Asked], done: set[str]) -> Ask | None:
        usual = tuple(one for one in deciding if one.usual)
        name = f"{USUAL}.{number}" if number else USUAL
        if not usual or name in done:
            return None
        return usual_ask(name, usual)

    def _signature(self, number: int, data: Mapping[str, Any]) -> object:
        """What an answer can change: the verdict on a target and each point on the way to it."""
        try:
            profile = Profile.model_validate(whole_profile(data, self.goals))
        except ValueError:
            return None
        found = assess(profile, self.knowledge, self.goals[number], self.as_of)
        return found.verdict, tuple((one.id, one.status, one.if_confirmed) for one in found.findings if one.on_path)

    def _goes_on(self) -> bool:
        """Whether the person wants the questions that no longer change the verdict."""
        return any(one.ask == MORE and one.said == "yes" for one in self.answers)

    # -- what is said ----------------------------------------------------------------------------------------------

    def say(self, ask: Ask, text: str) -> None:
        """An answer to a question.

        Raises:
            Unclear: when it cannot be read; nothing has changed then.
        """
        told = text.strip()
        unsaid = told.lower().rstrip(".!") in UNSAID
        if not told and ask.id == MORE:
            msg = "Write yes or no."
            raise Unclear(msg)
        before = self.answers
        kept = next((one.said for one in before if one.ask == ask.id and one.said), None)  # the part that was read
        if kept is not None:
            told, unsaid = (kept if unsaid or told.lower() in NONE else f"{kept}; {told}"), False
            self._replay([one for one in before if one.ask != ask.id])
        try:
            self._take(Answer(ask.id, None if unsaid else told, ask.answers, ask.text))
        except Partly as error:
            self._take(Answer(ask.id, error.kept, ask.answers, ask.text))
            raise
        except Unclear:
            if kept is not None:
                self._replay(before)
            raise

    def back(self) -> Answer:
        """Take the last answer back; there has to be one."""
        last = self.answers[-1]
        self._replay(self.answers[:-1])
        return last

    def change(self, number: int) -> Answer:
        """Take back an answer by its number from 1, with what rests on it; its question comes again.

        Raises:
            Unclear: when there is none of that number.
        """
        if not 1 <= number <= len(self.answers):
            msg = f"There is no answer {number}. There are {len(self.answers)}."
            raise Unclear(msg)
        gone = self.answers[number - 1]
        about = _RESTS_ON.get(gone.ask, ())
        self._replay([one for one in self.answers if one is not gone and not one.ask.startswith(about)])
        self.changed = (gone.ask, number - 1)
        return gone

    def _replay(self, answers: Sequence[Answer]) -> None:
        self.__init__(self.knowledge, self.as_of, answers, self.base)  # type: ignore[misc]

    def _take(self, answer: Answer) -> None:
        data, goals = self.data, self.goals
        ask, text, answers = answer.ask, answer.said, answer.choices
        if text is not None:
            if ask == TARGET:
                named = self._targets(text)
                goals, text = tuple(goal for goal, _ in named), "; ".join(name for _, name in named)
            elif ask == MORE:
                text = "yes" if yes_or_no(text) else "no"
            else:
                data = self._put(ask, text, answers)
                goals = self._moved(ask, data, goals)
                self._check(data, goals)
        elif ask == EARLIER:
            data = not_told(data, self.as_of)
        if goals != self.goals and ask != TARGET:  # the same targets in another state
            names = "; ".join(goal.id for goal in goals)
            self.answers = [replace(one, said=names) if one.ask == TARGET else one for one in self.answers]
        self.data, self.goals = data, goals
        place = self.changed[1] if self.changed is not None and self.changed[0] == ask else len(self.answers)
        self.answers.insert(place, replace(answer, said=text))
        self.changed = None if self.changed is not None and self.changed[0] == ask else self.changed

    def _moved(self, ask: str, data: Mapping[str, Any], goals: tuple[Goal, ...]) -> tuple[Goal, ...]:
        """The targets when the state is another, or the kind of place is known.

        Raises:
            Unclear: when a target has no rule in that state.
        """
        state = data.get("state")
        if ask == _PLACE_SETTING:
            return tuple(replace(goal, setting=data["target"]["setting"]) for goal in goals)
        if ask == _PLACE_BEDS:
            return tuple(replace(goal, beds=data["target"]["beds"]) for goal in goals)
        if ask not in (STATE, _PLACE_STATE) or state is None:
            return goals
        try:
            return tuple(in_state(self.knowledge, goal, state) for goal in goals)
        except InputError as error:
            problem = error.problems[0]
            raise Unclear(f"{problem.message} {problem.hint}".strip()) from None

    def _put(self, ask: str, text: str, answers: tuple[str, ...]) -> dict[str, Any]:
        data = dict(self.data)
        if ask in (STATE, _PLACE_STATE):
            data["state"] = self.reader.state(text)
        elif ask == WORK:
            data["experience"] = [] if no_job(text) else [self._now(text)]
        elif ask == SINCE:
            first, *rest = data["experience"]
            data["experience"] = [{**first, "start": date_of(text, self.as_of)}, *rest]
        elif ask == EARLIER:
            posts = [] if no_job(text) else self.reader.posts(text)
            if posts or "experience" in data:  # without the job of today "none before" does not say that there was none
                told = data.get("experience", [{"title": NOT_TOLD}])
                data["experience"] = joined("experience", told, posts)
        elif ask == STUDIED:
            data["education"] = self.reader.studies(text)
        elif ask.partition(".")[0] == USUAL:
            data["statements"] = {**data.get("statements", {}), **confirmed(text, answers)}
        else:
            data = self.reader.put(data, ask, answers, text)
        return data

    def _now(self, text: str) -> dict[str, Any]:
        if len(items(weekly(text)[0])) > 1:
            msg = "Write one job here, the one that you work most hours in; the others are asked next."
            raise Unclear(msg)
        told, hours = self.reader.line(text.strip(" ;"))
        if told.until or (told.end and not told.going_on):
            msg = "That has ended. Write what you do now, or none; what you did before is asked next."
            raise Unclear(msg)
        post = self.reader.post(Said(told.name, told.start, None, True, None, None)) | {"hours_per_week": hours}
        return {key: value for key, value in post.items() if value is not None}

    def _targets(self, text: str) -> list[tuple[Goal, str]]:
        """The goals that a text names, each with the name by which it is found again."""
        state = self.data.get("state")
        try:
            found = read_targets(self.knowledge, text, state, self.choices)
        except Several as error:
            self.choices = error.offered
            raise
        return [(Goal(one.kind, one.id, one.state or state), one.id) for one in found]

    def _check(self, data: Mapping[str, Any], goals: Sequence[Goal]) -> None:
        """Whether the profile can be read with the answer in it."""
        try:
            profile, document = read_profile(yaml.safe_dump(whole_profile(data, goals), sort_keys=False), "your answer")
            problems = check_words(profile, self.knowledge, document)
        except InputError as error:
            problems = list(error.problems)
        if problems:
            first = problems[0]
            raise Unclear(f"{first.message} {first.hint}".strip())

    # -- what it comes to ------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The profile so far, as YAML."""
        return yaml.safe_dump(whole_profile(self.data, self.goals), sort_keys=False, allow_unicode=True)

    @property
    def profile(self) -> Profile:
        return read_profile(self.text, "your answers")[0]

    @property
    def titles(self) -> list[str]:
        """The targets in words, each with its state."""
        label, states = self.knowledge.vocabulary.label, self.knowledge.words.states
        found = [(label("role" if goal.kind == "role" else "credential", goal.id), goal.state) for goal in self.goals]
        return [f"{name}, {states[state]}" if state and states[state] not in name else name for name, state in found]

    def assessment(self, number: int = 0) -> Assessment | None:
        """What it comes to so far for one of the targets; None without one."""
        if number >= len(self.goals):
            return None
        return assess(self.profile, self.knowledge, self.goals[number], self.as_of)

    def near(self) -> tuple[list[Near], list[Named]]:
        """What lies nearest to what was said so far, and posts that one begins with; all can be chosen by number."""
        found = near_targets(self.profile, self.knowledge, self.as_of)
        self.choices = (*(one.target for one in found[0]), *found[1])
        return found


def wants_help(ask: Ask, text: str) -> bool:
    """Whether somebody does not know yet what they want to become."""
    told = text.strip().lower()
    return ask.id == TARGET and told in (*_HELP, *UNSAID)
