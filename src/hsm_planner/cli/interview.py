"""The interview on a terminal: prompts to stderr, every answer saved at once, back and forth as one likes."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hsm_planner.cli import places
from hsm_planner.cli.exits import Exit

if TYPE_CHECKING:
    import datetime as dt

    from hsm_planner.engine.assess import Goal
    from hsm_planner.interview.asks import Ask
    from hsm_planner.interview.talk import Answer, Talk
    from hsm_planner.knowledge.store import Knowledge

_WIDEST = 100
_INTRO = (
    "A few questions, each with its reason. You can always answer: skip (not known, or rather not said), back, review, "
    "done (the report now), quit (go on another time). Every answer is kept at once."
)
_PLAIN_COMMANDS = ("skip", "back", "review", "done", "quit")
Reader = Callable[[str, tuple[str, ...]], str]


def draft_of(path: Path) -> Path:
    """Where the answers are kept until the profile is saved: beside it, one for each profile."""
    return path.with_name("draft.yaml" if path.stem == "profile" else f"{path.stem}.draft.yaml")


class Left(Exception):  # noqa: N818 - not an error: the person goes on another time
    """The person has left the interview; the answers so far are kept."""

    def __init__(self, code: Exit) -> None:
        super().__init__(code)
        self.code = code


def interview(knowledge: Knowledge, day: dt.date, *, plain: bool) -> tuple[Path, tuple[Goal, ...]]:
    """Talk with the person, save the profile, and return where, with the targets named beside the one in it.

    Raises:
        Left: when the person leaves before the end.
    """
    from hsm_planner.interview.draft import read_draft
    from hsm_planner.interview.talk import Talk
    from hsm_planner.profile.store import save
    from hsm_planner.requirements.base import count

    path = places.profile_path()
    draft = draft_of(path)
    kept = read_draft(draft) if draft.is_file() else []
    talk = Talk(knowledge, day, kept)
    terminal = _Terminal(talk, draft, _plain_reader if plain else _reader(), plain=plain)
    terminal.say(_INTRO)
    if kept:
        many = count(len(talk.answers), "answers")
        terminal.say(f"Going on where you stopped; kept so far: {many}. (review shows them.)")
    try:
        terminal.run()
    except KeyboardInterrupt:
        terminal.say(f"\nKept: {draft}. Call hsm-plan again to go on.")
        raise Left(Exit.INTERRUPTED) from None
    except EOFError:
        terminal.say(f"\nThe input has ended. Kept: {draft}. Call hsm-plan again to go on.")
        raise Left(Exit.FAILED) from None
    save(path, talk.text)
    draft.unlink(missing_ok=True)
    terminal.say(f"Your profile is saved: {path}")
    steps = "hsm-plan plan (what first, what it costs, when you are there); hsm-plan compare."
    terminal.say(f"Next: {steps if talk.goals else 'hsm-plan assess -t NAME, with one of these names.'}\n")
    return path, talk.goals[1:]


class _Terminal:
    def __init__(self, talk: Talk, draft: Path, read: Reader, *, plain: bool) -> None:
        self.talk = talk
        self.draft = draft
        self.read = read
        self.plain = plain
        self.told: list[str] = []  # the partial answers last shown
        self.warned: set[str] = set()

    def say(self, text: str) -> None:
        """A paragraph, wrapped to the terminal; in plain form as one line each."""
        width = min(shutil.get_terminal_size().columns, _WIDEST)
        for line in text.split("\n"):
            rows = [line] if self.plain or not line.strip() else textwrap.wrap(
                line, max(20, width), subsequent_indent=" " * (len(line) - len(line.lstrip())), break_on_hyphens=False
            )  # fmt: skip
            for row in rows:
                sys.stderr.write(f"{row}\n")
        sys.stderr.flush()

    def run(self) -> None:
        """Ask until nothing is left that can change the verdict."""
        while (ask := self.talk.next()) is not None:
            if self._one(ask):
                return
        self.partial()

    def _one(self, ask: Ask) -> bool:
        """One question, with what is said to it; True: the report is wanted now."""
        from hsm_planner.interview.asks import TARGET
        from hsm_planner.interview.talk import wants_help

        self.partial()
        self.say(f"\n{len(self.talk.answers) + 1}. {ask.text}")
        extra = " You need not say." if ask.delicate else ""
        self.say(f"   Why: {ask.why}{extra}" if ask.why else extra.strip())
        while True:
            text = self.read("> ", ask.words).strip()
            command = text.lower()
            if command == "quit":
                raise KeyboardInterrupt
            if command == "done":
                if self.talk.goals or ask.id == TARGET:
                    return True
                self.say("For a report we need to know what you want to become, which is asked soon: skip what you do "
                         "not want to tell, or quit. What you said is kept.")  # fmt: skip
                continue
            if command in ("?", "help", "why") and not wants_help(ask, text):
                self.say(f"{ask.why} Answer as in the example, or write skip, back, review, done, quit.")
                continue
            if command in ("back", "review") or command.startswith("change "):
                if self._moved(command):
                    return False
                continue
            if self._answered(ask, text):
                return False

    def _moved(self, command: str) -> bool:
        """Going back, looking at what was said, changing it; True: another question comes next."""
        from hsm_planner.interview.dates import Unclear

        if command == "review":
            for number, one in enumerate(self.talk.answers, 1):
                self.say(f"  {number}. {one.question} {self._said(one)}")
            self.say("change 2 takes the second one back; its question comes again.")
            return False
        if command == "back":
            if not self.talk.answers:
                self.say("This is the first question.")
                return False
            said = self._said(self.talk.answers[-1])
            self.say(f"Taken back: {said}. ({self.talk.back().question})")
            self._keep()
            return True
        chosen = command.partition(" ")[2].strip()
        number = int(chosen) if chosen.isdigit() else 0
        try:
            told = [self._said(one) for one in self.talk.answers]
            gone = self.talk.change(number)
            self.say(f"Taken back: {told[number - 1]}. ({gone.question})")
        except Unclear as error:
            self.say(str(error))
            return False
        self._keep()
        return True

    def _said(self, answer: Answer) -> str:
        """An answer in words."""
        from hsm_planner.interview.asks import TARGET

        said = "; ".join(self.talk.titles) if answer.ask == TARGET else answer.said
        return said or "not known"

    def _answered(self, ask: Ask, text: str) -> bool:
        from hsm_planner.interview.dates import Unclear
        from hsm_planner.interview.talk import wants_help

        if wants_help(ask, text):
            self._help()
            return False
        before, goals = dict(self.talk.data), self.talk.goals
        try:
            self.talk.say(ask, text)
        except Unclear as error:
            if self.talk.data != before:  # the part of a list that was understood
                self._keep()
                self._echo(before)
            self.say(str(error))
            return False
        self._keep()
        if self.talk.answers[-1].said is None:
            self.say("   Left as not known. (back, to answer it)")
        self._echo(before)
        if self.talk.goals != goals:
            self.say(f"   Kept as target: {'; '.join(self.talk.titles)}")
        return True

    def _echo(self, before: dict[str, object]) -> None:
        """What was understood: dates and words as they are kept."""
        from hsm_planner.interview.echo import Echo

        for line in Echo(self.talk.knowledge, self.talk.profile).said_back(before, self.talk.data):
            self.say(f"   Kept as {line}")

    def _keep(self) -> None:
        from hsm_planner.interview.draft import save_draft

        save_draft(self.draft, self.talk.answers)

    def _help(self) -> None:
        """The posts that lie nearest to what was said so far, and those that one begins with."""
        near, first = self.talk.near()
        if near:
            self.say("The nearest to what you said so far, above the first rung (being nearer is no advice):")
        for number, one in enumerate(near, 1):
            self.say(f"  {number}. {one.target.title}: {one.met} of {one.of} points met")
        if first:
            self.say("Posts that people begin with, nearest first:")
        for number, target in enumerate(first, len(near) + 1):
            self.say(f"  {number}. {target.title}")
        self.say("Write a number, several (1 and 2), or any other name. What each asks: hsm-plan show NAME; how near "
                 "you are to all of them, without choosing: done.")  # fmt: skip

    def partial(self) -> None:
        """What it comes to so far, where that has changed."""
        words = {"ready": "everything is met", "not_ready": "something is still to do", "unknown": "not known yet"}
        found = [self.talk.assessment(number) for number in range(len(self.talk.goals))]
        lines = [
            f"So far: {one.target.title}: {one.progress.met} of {one.progress.of} met, "
            f"{one.progress.unknown} not known; {words[one.verdict]}."
            for one in found
            if one is not None
        ]
        for line in lines:
            if line not in self.told:
                self.say(f"\n{line}")
        self.told = lines
        for warning in (warning for one in found if one is not None for warning in one.warnings):
            if warning not in self.warned:
                self.warned.add(warning)
                self.say(f"Note: {warning}")


def _plain_reader(prompt: str, _: tuple[str, ...]) -> str:
    """A line of standard input; for screen readers and pipes that are terminals."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _reader() -> Reader:
    """A line with completion and history (prompt_toolkit, loaded only here)."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import FuzzyWordCompleter
    from prompt_toolkit.output import create_output

    session: PromptSession[str] = PromptSession(output=create_output(stdout=sys.stderr))

    def read(prompt: str, words: tuple[str, ...]) -> str:
        completer = FuzzyWordCompleter([*words, *_PLAIN_COMMANDS]) if words else None
        return session.prompt(prompt, completer=completer, complete_while_typing=bool(words))

    return read
