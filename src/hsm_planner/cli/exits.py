"""Exit codes. Scripts rely on them."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the command came to."""

    DONE = 0
    FAILED = 1  # the input or the run
    USAGE = 2
    NOT_MET = 3  # under --check
    NOT_KNOWN = 4  # under --check
    BUG = 70
    INTERRUPTED = 130
