"""Whether a certificate is of the issuer that gives the credential of its name: others give the same letters."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from hsm_planner.knowledge.store import plain
from hsm_planner.values.record import record

_FEWEST_WORDS = 3  # of the beginning of a name that stands for it
_OFFICIAL = re.compile(
    r"\b(?:boards?|bon|brn|department|dept|division|commission|agency|bureau|office|licens\w+|registry)\b"
)


@record
class Issuer:
    """Who gives a credential. ``names`` and ``hosts``: of an association; without them the states give it."""

    title: str
    names: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    @property
    def by_states(self) -> bool:
        return not self.names

    def gave(self, told: str, addresses: tuple[str, ...], states: tuple[str, ...]) -> bool:
        """Whether an issuer, as a certificate tells of it, is this one."""
        words = _words(told)
        if self.by_states:
            places = [plain(state) for state in states]
            return bool(_OFFICIAL.search(words)) or any(
                words in (place, f"state of {place}", f"{place} state") for place in places
            )
        names = [_words(name) for whole in self.names for name in (whole, *re.split(r"[()]", whole)) if _words(name)]
        begun = len(words.split(" ")) >= _FEWEST_WORDS
        if any(f" {name} " in f" {words} " or (begun and name.startswith(f"{words} ")) for name in names):
            return True
        return any(host == own or host.endswith(f".{own}") for host in map(_host, addresses) for own in self.hosts)


def house(url: str | None) -> str:
    """The site that an address belongs to: ``my.example.org`` and ``www.example.org`` are one house.

    >>> house("https://my.example.org/x")
    'example.org'
    """
    return ".".join(_host(url or "").split(".")[-2:])


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _words(text: str) -> str:
    return plain(text).replace("health care", "healthcare")
