"""The talk: its state is the list of answers so far, so that going back and going on later are the same thing.

First three facts and a target, which give a first partial answer; then, while the verdict is open, the question that
settles most. What nearly everybody confirms comes last, in one question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from hsm_planner.engine.assess import Goal, assess
from hsm_planner.engine.result import Asked, Assessment
from hsm_planner.interview.answers import Answers
from hsm_planner.interview.dates import Unclear, date_of
from hsm_planner.interview.lists import Partly, joined
from hsm_planner.interview.saying import NO, NONE, UNSAID, Said, no_job, yes_or_no
from hsm_planner.knowledge.names import find
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.profile.model import Profile
from hsm_planner.profile.read import read_profile
from hsm_planner.requirements.base import count
from hsm_planner.resolve.person import check_words
from hsm_planner.values.dates import Date
from hsm_planner.values.problems import InputError
from hsm_planner.values.record import record
from hsm_planner.values.truth import Verdict

STATE, WORK, SINCE, EARLIER, STUDIED, TARGET, MORE, USUAL = (
    "state", "work", "since", "earlier", "studied", "target", "more", "usual",
)  # fmt: skip
_HELP = ("help", "help me choose", "?")
_RESTS_ON: dict[str, tuple[str, ...]] = {
    WORK: (SINCE, "experience"),
    EARLIER: ("experience",),
    STUDIED: ("education",),
    TARGET: (MORE, USUAL),
}
_ASKED_ANEW = {EARLIER: "experience", STUDIED: "education"}  # left unsaid once, it is not asked in other words
_DELICATE = ("background", "record", "health", "citizen", "character", "abuse", "disciplin", "convict", "fingerprint")


@record
class Ask:
    """A question as it is put. ``words``: what completion offers; ``delicate``: it may be left unsaid."""

    id: str
    text: str
    why: str
    words: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    delicate: bool = False


@record
class Answer:
    """What was said to a question; None: it is left unknown."""

    ask: str
    said: str | None
    choices: tuple[str, ...] = ()  # that the question offered


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
        self.goal: Goal | None = None
        self._usual: tuple[Asked, ...] = ()
        for one in answers:
            try:
                self._take(one.ask, one.said, one.choices)
            except (Unclear, KeyError, IndexError):  # what it speaks of is no longer there: it is asked again
                continue

    # -- what comes next -------------------------------------------------------------------------------------------

    def next(self) -> Ask | None:
        """The next question; None when nothing is left that can change the verdict."""
        done = {one.ask for one in self.answers}
        done |= {_ASKED_ANEW[one.ask] for one in self.answers if one.said is None and one.ask in _ASKED_ANEW}
        for opening in self._openings():
            if opening.id not in done:
                return opening
        found = self.assessment()
        if found is None or found.verdict is Verdict.READY:
            return None
        path = {one.id for one in found.findings if one.on_path}
        asked = [one for one in found.questions if one.id not in done and self.reader.askable(one.id, one.answers)]
        deciding = [one for one in asked if set(one.settles) & path]
        plain_ = [one for one in deciding if not one.usual]
        if found.verdict is Verdict.NOT_READY and not self._goes_on():
            return self._more_ask(len(plain_)) if plain_ and MORE not in done else None
        if plain_:
            return self._engine_ask(plain_[0])
        self._usual = tuple(one for one in deciding if one.usual)
        return self._usual_ask() if self._usual and USUAL not in done else None

    def _goes_on(self) -> bool:
        """Whether the person wants the questions that no longer change the verdict."""
        return any(one.ask == MORE and one.said == "yes" for one in self.answers)

    @staticmethod
    def _more_ask(many: int) -> Ask:
        text = f"Something is still to do, whatever else you say. Go on with {count(many, 'questions')}? (yes or no)"
        return Ask(MORE, text, "They would tell more exactly what is left, and what it takes.", ("yes", "no"))

    def _openings(self) -> list[Ask]:
        states = tuple(self.knowledge.words.states.values())
        titles = tuple(raw["title"] for kind, raw in self.knowledge.raw_targets() if kind == "role")
        names = tuple(raw.get("title") or raw["name"] for _, raw in self.knowledge.raw_targets())
        degrees = tuple(dict.fromkeys(name for one in self.knowledge.degree_names for name in one.aliases))
        asks = [
            Ask(STATE, "In which state do you want to work?", "Licences and pay differ by state.", states),
            Ask(WORK, "What is your job now, and in what kind of place? (like: medical assistant, physician practice; "
                      "or none)", "What you do counts towards many posts.", titles),
        ]  # fmt: skip
        held = [one for one in self.data.get("experience", [])[:1] if not {"start", "end"} & set(one)]
        asks += [Ask(SINCE, f"Since when: {one['title']}?", "Rules ask for years.") for one in held]
        asks += [
            Ask(EARLIER, "Which posts have you held before? (like: registered nurse, hospital, 2010 to 2018; more with "
                         "a semicolon; or none)", "Earlier posts count as well.", titles),
            Ask(STUDIED, "What have you studied, and when did you finish? (like: high school diploma 2010; BSN 2016; "
                         "MHA 2028 if it is still to come; or none)", "Most rules ask for some education.", degrees),
            Ask(TARGET, "What do you want to become? (like: practice manager, nursing home administrator; or help)",
                "The rule of that target is compared with what you said.", names),
        ]  # fmt: skip
        return asks

    def _engine_ask(self, one: Asked) -> Ask:
        words = one.answers
        if one.id.endswith(".setting"):
            words = tuple(word.id for word in self.knowledge.words.settings)
        elif one.id.endswith(".role"):
            words = tuple(self.reader.role_names)
        elif one.id in ("credentials", "exams"):
            others = (raw for kind, raw in self.knowledge.raw_targets() if kind != "role")
            words = tuple(raw.get("abbreviation") or raw["id"] for raw in others)
        elif one.id == "memberships":
            words = tuple(word.label for word in self.knowledge.words.organizations)
        why = f"{one.why} {one.whom} can tell." if one.whom else one.why
        delicate = any(word in f"{one.id} {one.text}".lower() for word in _DELICATE)
        return Ask(one.id, _with_form(one), why, words, one.answers, delicate)

    def _usual_ask(self) -> Ask:
        lines = "\n".join(f"  {number}. {one.text}" for number, one in enumerate(self._usual, 1))
        many = len(self._usual) > 1
        ways = "yes; all but 2, 3; or skip" if many else "yes, no, or skip"
        text = f"Can you say yes to {'all of these' if many else 'this'}? ({ways})\n{lines}"
        return Ask(USUAL, text, "Each is asked by the rule; what you leave out stays not known.", delicate=True)

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
            self._take(ask.id, None if unsaid else told, ask.answers)
        except Partly as error:
            self._take(ask.id, error.kept, ask.answers)
            raise
        except Unclear:
            if kept is not None:
                self._replay(before)
            raise

    def back(self) -> Answer | None:
        """Take the last answer back."""
        if not self.answers:
            return None
        last = self.answers[-1]
        self._replay(self.answers[:-1])
        return last

    def change(self, number: int) -> str:
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
        return gone.ask

    def _replay(self, answers: Sequence[Answer]) -> None:
        self.__init__(self.knowledge, self.as_of, answers, self.base)  # type: ignore[misc]

    def _take(self, ask: str, text: str | None, answers: tuple[str, ...] = ()) -> None:
        data, goal = self.data, self.goal
        if text is not None:
            if ask == TARGET:
                goal = self._target(text)
            elif ask == MORE:
                text = "yes" if yes_or_no(text) else "no"
            else:
                data = self._put(ask, text, answers)
                self._check(data)
        elif ask == EARLIER and data.get("experience") == []:
            data = {key: value for key, value in data.items() if key != "experience"}  # not known is not none
        self.data, self.goal = data, goal
        self.answers.append(Answer(ask, text, answers))

    def _put(self, ask: str, text: str, answers: tuple[str, ...]) -> dict[str, Any]:
        data = dict(self.data)
        if ask == STATE:
            data["state"] = self.reader.state(text)
        elif ask == WORK:
            data["experience"] = [] if no_job(text) else [self._now(text)]
        elif ask == SINCE:
            first, *rest = data["experience"]
            data["experience"] = [{**first, "start": date_of(text, self.as_of)}, *rest]
        elif ask == EARLIER:
            posts = [] if no_job(text) else self.reader.posts(text)
            if posts or "experience" in data:  # without the job of today "none before" does not say that there was none
                data["experience"] = joined("experience", data.get("experience", []), posts)
        elif ask == STUDIED:
            data["education"] = self.reader.studies(text)
        elif ask == USUAL:
            data["statements"] = {**data.get("statements", {}), **self._confirmed(text)}
        else:
            data = self.reader.put(data, ask, answers, text)
        return data

    def _now(self, text: str) -> dict[str, Any]:
        told, hours = self.reader.line(text)
        if told.until or (told.end and not told.going_on):
            msg = "That has ended. Write what you do now, or none; what you did before is asked next."
            raise Unclear(msg)
        post = self.reader.post(Said(told.name, told.start, None, True, None, None)) | {"hours_per_week": hours}
        return {key: value for key, value in post.items() if value is not None}

    def _confirmed(self, text: str) -> dict[str, bool]:
        """``yes``, or ``all but 2, 3``; what is left out stays unknown."""
        if not self._usual:
            found = self.assessment()
            self._usual = tuple(one for one in found.questions if one.usual) if found is not None else ()
        told = text.lower().strip().rstrip(".")
        left: set[int] = set()
        if len(self._usual) == 1 and told in NO:
            return {self._usual[0].id.partition(".")[2]: False}
        if told not in ("yes", "y", "all"):
            begun = next((word for word in ("all but", "yes but", "all except") if told.startswith(word)), None)
            numbers = told.removeprefix(begun or "").replace("and", " ").replace(",", " ").split()
            known = {str(number) for number in range(1, len(self._usual) + 1)}
            if begun is None or not numbers or not set(numbers) <= known:
                msg = "Write yes, or all but 2, 3 (their numbers), or skip."
                raise Unclear(msg)
            left = {int(one) for one in numbers}
        names = [one.id.partition(".")[2] for one in self._usual]
        return {name: True for number, name in enumerate(names, 1) if number not in left and name}

    def _target(self, text: str) -> Goal:
        """Raises Unclear when the name is not known, or stands for several."""
        state = self.data.get("state")
        found = find(self.knowledge, text, state=state)
        if len(found.matches) > 1:
            names = "; ".join(match.title for match in found.matches[:6])
            msg = f"{text!r} can be several. Name one: {names}."
            raise Unclear(msg)
        if not found.matches:
            near = f" Near: {', '.join(found.nearest)}." if found.nearest else ""
            msg = f"We know no target {text!r}.{near} Write help to see what lies near you."
            raise Unclear(msg)
        match = found.matches[0]
        return Goal(match.kind, match.id, state)

    def _check(self, data: Mapping[str, Any]) -> None:
        """Whether the profile can be read with the answer in it."""
        try:
            profile, document = read_profile(yaml.safe_dump(dict(data), sort_keys=False), "your answer")
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
        goal = self.goal
        named = {"id": goal.id, **({"state": goal.state} if goal.state else {})} if goal is not None else None
        target = {"target": named} if named else {}
        head = {key: value for key, value in self.data.items() if key in ("schema_version", "name", "state")}
        rest = {key: value for key, value in self.data.items() if key not in head}
        return yaml.safe_dump({**head, **target, **rest}, sort_keys=False, allow_unicode=True)

    @property
    def profile(self) -> Profile:
        return read_profile(self.text, "your answers")[0]

    def assessment(self) -> Assessment | None:
        """What it comes to so far; None without a target."""
        return assess(self.profile, self.knowledge, self.goal, self.as_of) if self.goal is not None else None


def wants_help(ask: Ask, text: str) -> bool:
    """Whether somebody does not know yet what they want to become."""
    told = text.strip().lower()
    return ask.id == TARGET and told in (*_HELP, *UNSAID)


def _with_form(one: Asked) -> str:
    """A question with the form of its answer, where that is not plain."""
    forms = {
        "courses": "like: medical terminology 45 hours 2019; or none",
        "credentials": "like: RN OH 2016 to 2027; FACHE 2020; or none",
        "exams": "like: nab-core May 2025; or none",
        "learning": "like: 12 hours healthcare-management, ACHE, March 2025; or none",
        "memberships": "like: ACHE since 2023; or none",
        "training": "like: administrator-in-training 500 hours, 2024-01 to 2024-06, registered; or none",
        "volunteering": "like: civic 2024-10; or none",
        "references": "how many, like 2",
        "experience": "like: registered nurse, hospital, 2010 to 2018; or none",
        "education": "like: BSN 2016; 12 credits business; or none",
    }
    form = forms.get(one.id) or (", ".join(one.answers) if one.answers else "")
    return f"{one.text} ({form})" if form else one.text
