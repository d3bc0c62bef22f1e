"""Where work is done, which people write in the place of the employer."""

from __future__ import annotations

import re

_ANYWHERE = re.compile(
    r"(?:fully |100% )?(?:remote(?:ly)?|hybrid|on-?site|virtual|telework|(?:work(?:ing)? )?from home|wfh|home office)"
    r"(?:\s*[,(/-].*)?|(?:various|multiple|several) (?:places|sites|cities|states|locations)|nation-?wide|"
    r"united states(?: of america)?|usa?"
)


def is_anywhere(text: str) -> bool:
    """Whether a text says where work is done, and names nobody who gives it.

    >>> is_anywhere("Remote (USA)"), is_anywhere("Remote Area Medical")
    (True, False)
    """
    return _ANYWHERE.fullmatch(text.strip().lower()) is not None
