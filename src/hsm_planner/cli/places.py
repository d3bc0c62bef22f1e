"""Where things lie on disk, and what the terminal wants. The only module that looks at the environment."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import TextIO

import hsm_planner

STDIN = "-"
_ARCHIVE = b"PK"
_MOST_ARCHIVE = 50_000_000


def data_directory() -> Path:
    """The data in the wheel, or beside the source in a checkout."""
    package = Path(hsm_planner.__file__).resolve().parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parents[1] / "data"


def today() -> dt.date:
    """The day on the clock; everything below the command line takes a day as an argument."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def profile_path() -> Path:
    """Where the person's own profile is kept: HSM_PLAN_PROFILE, or the user's data folder."""
    named = os.environ.get("HSM_PLAN_PROFILE")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("hsm-plan") / "profile.yaml"


def read_input(name: str) -> tuple[str, str]:
    """The text of a file, or of standard input for ``-``, and the name to use in messages."""
    from hsm_planner.knowledge.yamlfile import decode, read_text

    if name == STDIN:
        raw, shown = standard_input()
        return decode(raw, shown), shown
    return read_text(Path(name)), name


def standard_input() -> tuple[bytes, str]:
    """What came on standard input, and the name to use in messages; of an archive more is read than of a text.

    Raises:
        InputError: when it is closed, or an archive that is larger than that.
    """
    from hsm_planner.knowledge.yamlfile import MOST_BYTES
    from hsm_planner.values.problems import failure

    shown = "<stdin>"
    if sys.stdin is None:
        raise failure("unreadable", "standard input is closed.", file=shown)
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    if raw.startswith(_ARCHIVE):
        raw += sys.stdin.buffer.read(_MOST_ARCHIVE + 1 - len(raw))
        if len(raw) > _MOST_ARCHIVE:
            text = f"is too large: of an archive at most {_MOST_ARCHIVE // 1_000_000} MB are read from standard input."
            raise failure("too-large", text, file=shown, hint="Name the file, or unpack it and name the folder.")
    return raw, shown


def is_there(name: str) -> bool:
    """Whether a file or folder has that name; one that none can have is not there."""
    return os.path.lexists(name)


def can_ask() -> bool:
    """Whether somebody sits at a terminal: questions go to stderr, answers come from stdin."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def colour(stream: TextIO) -> bool | None:
    """True, False, or None to leave it to the stream: NO_COLOR and FORCE_COLOR hold."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return None if stream.isatty() else False


def write_result(text: str, target: Path | None) -> None:
    """Text to standard output, or whole to a file (nothing half-written)."""
    if target is None:
        sys.stdout.write(text)
        return
    from hsm_planner.values.problems import failure

    temporary = target.with_name(f".{target.name}.part")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise failure("unwritable", f"cannot be written: {error.strerror or error}.", file=str(target)) from None
