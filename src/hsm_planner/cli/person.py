"""The person whom a command is asked about: a profile of our own, or one in another format that is read directly."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hsm_planner.cli import places

if TYPE_CHECKING:
    from hsm_planner.knowledge.store import Knowledge
    from hsm_planner.knowledge.yamlfile import Document
    from hsm_planner.profile.imports.loss import Import
    from hsm_planner.profile.model import Profile
    from hsm_planner.values.problems import Problem


Argument = Annotated[
    str,
    typer.Argument(
        help="A profile, a JSON Resume or a LinkedIn export; - reads standard input; default: the saved one."
    ),
]


def person_of(name: str, knowledge: Knowledge) -> tuple[Profile, Document]:
    """The profile of a file, a folder or standard input (``-``); without a name the saved one.

    Raises:
        typer.BadParameter: when none is named and none is saved.
        InputError: with what is wrong in its form and in its words, all at once.
    """
    found, text, shown = source_of(name or _saved(), knowledge)
    if found is None:
        return read_person(text, shown, knowledge)
    from hsm_planner.engine.imported import profile_text

    left = f"; left behind: {len(found.dropped)}" if found.dropped else ""
    sys.stderr.write(f"hsm-plan: read from {found.format}{left}. See `hsm-plan profile import {name}`.\n")
    return read_person(profile_text(found), f"{shown} ({found.format})", knowledge)


def _saved() -> str:
    path = places.profile_path()
    if not path.is_file():
        raise typer.BadParameter(
            "name a PROFILE, a file or - for standard input; none is saved (`hsm-plan profile path` says where; on a "
            "terminal `hsm-plan profile new` makes one by questions)."
        )
    return str(path)


def source_of(name: str, knowledge: Knowledge) -> tuple[Import | None, str, str]:
    """What another format holds, or else the text of a profile of our own; and the name to use in messages.

    Raises:
        InputError: with what it seems to be, where it is neither.
    """
    if name == places.STDIN:
        raw, shown = places.standard_input()
        found, text = _piped(raw, shown, knowledge)
    else:
        found = _opened(Path(name), knowledge) if _foreign(Path(name)) else None
        text, shown = places.read_input(name) if found is None else ("", name)
    if found is None and not _ours(text):
        from hsm_planner.profile.imports.foreign import ACCEPTED, not_ours
        from hsm_planner.values.problems import failure

        if (what := not_ours(text)) is not None:
            raise failure("not-a-profile", what, file=shown, hint=ACCEPTED)
    return found, text, shown


def _ours(text: str) -> bool:
    """Whether a line begins with a key of a profile, so that it need not be asked what else it could be."""
    from hsm_planner.profile.model import Profile

    return any(line.partition(":")[0] in Profile.model_fields for line in text.splitlines())


def _opened(path: Path, knowledge: Knowledge) -> Import | None:
    from hsm_planner.engine.imported import import_words
    from hsm_planner.profile.imports.detect import from_path

    return from_path(path, import_words(knowledge, places.today()))


def _piped(raw: bytes, shown: str, knowledge: Knowledge) -> tuple[Import | None, str]:
    from hsm_planner.knowledge.yamlfile import decode

    if not _other(raw[:256]):
        return None, decode(raw, shown)
    from hsm_planner.engine.imported import import_words
    from hsm_planner.profile.imports.detect import from_bytes

    found = from_bytes(raw, shown, import_words(knowledge, places.today()))
    return found, decode(raw, shown) if found is None else ""


def _foreign(path: Path) -> bool:
    """Whether something may be of another format, by how it begins."""
    try:
        if path.is_dir():
            return True
        with path.open("rb") as handle:
            return _other(handle.read(256))
    except (OSError, ValueError):  # a name that no file can have
        return False


def _other(head: bytes) -> bool:
    """A profile of our own begins with a comment or a key: all else is looked at closer."""
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]
    own = first.startswith(b"#") or b": " in first or first.rstrip().endswith(b":")
    return first.startswith((b"{", b"[")) or not own


def read_person(text: str, name: str, knowledge: Knowledge, before: Profile | None = None) -> tuple[Profile, Document]:
    """The profile of a text; ``before``: as it was, where what it has beyond that has to be known to the word.

    Raises:
        InputError: with what is wrong in its form and in its words, all at once.
    """
    from hsm_planner.profile.read import open_profile, read_profile, readable_part
    from hsm_planner.resolve.person import check_words
    from hsm_planner.values.problems import InputError

    problems: list[Problem] = []
    try:
        profile, document = read_profile(text, name)
    except InputError as error:
        problems += error.problems
        document = open_profile(text, name)
        rest = readable_part(document)
    else:
        rest = profile
    problems += check_words(rest, knowledge, document, before) if rest is not None else []
    if problems:
        raise InputError(problems)
    return profile, document
