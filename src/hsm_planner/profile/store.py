"""Profiles on disk: owner-only, saved whole or not at all, the version before kept beside it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from hsm_planner.values.problems import failure

_FILE_MODE, _FOLDER_MODE = 0o600, 0o700


def backup_of(path: Path) -> Path:
    """Where the version before is kept."""
    return path.with_name(f"{path.name}.bak")


def save(path: Path, text: str, *, backup: bool = True) -> None:
    """Write a profile so that at every moment the old or the new one is there, whole.

    The new text goes to a file beside it, which takes its place in one step once it is on disk.

    Raises:
        InputError: when it cannot be written; what was there stays.
    """
    try:
        path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        if backup and path.exists():
            _replace(backup_of(path), path.read_bytes())
        _replace(path, text.encode())
        _settle(path.parent)
    except OSError as error:
        raise failure("unwritable", f"cannot be written: {error.strerror or error}.", file=str(path)) from None


def _replace(path: Path, content: bytes) -> None:
    """A file with new content, in one step."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _FILE_MODE)
        try:
            left = memoryview(content)
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """Have the folder's own entries on disk; not every system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
