"""Job titles as people write them: to a role, and never more surely than the words allow.

An id or alias is read as it stands, also under a grade ("II", "Senior") or beside a unit ("Charge nurse - ICU").
O*NET's alternate titles and near spellings are guesses: they count once confirmed, and become a question with the
candidates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hsm_planner.knowledge.store import Knowledge, plain

_SURE_ENOUGH = 88.0  # of 100: below it a likeness is no candidate
_MOST_CANDIDATES = 3
_GRADES = frozenset(
    [
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "1",
        "2",
        "3",
        "4",
        "sr",
        "senior",
        "jr",
        "junior",
        "prn",
        "per",
        "diem",
        "part",
        "full",
        "time",
        "interim",
        "acting",
        "certified",
        "licensed",
    ]
)
_CUTS = re.compile("\\s+[-\N{EN DASH}\N{EM DASH}|/]\\s+|[,;(/|]| at | @ ")


@dataclass(frozen=True, slots=True)
class TitleReading:
    """The role that a title stands for. ``guess``: it counts only once confirmed. ``candidates``: best first."""

    role: str | None
    how: str  # stated, alias, fuzzy, unresolved
    score: float = 0.0
    candidates: tuple[str, ...] = ()
    general: bool = False  # used outside health care too

    @property
    def guess(self) -> bool:
        return self.how == "fuzzy"


class TitleWords:
    """All names of roles, exact and alike."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.roles: dict[str, str] = {}
        self._general: set[str] = set()
        self._by_occupation: dict[str, list[str]] = {}
        order = {level.id: number for number, level in enumerate(knowledge.words.ladder)}
        raws = [raw for kind, raw in knowledge.raw_targets() if kind == "role"]
        for raw in raws:
            for name in (raw["id"], raw["title"], *raw.get("aliases", ()), *raw.get("general_names", ())):
                self.roles.setdefault(plain(name), raw["id"])
            self._general |= {plain(name) for name in raw.get("general_names", ())}
        for raw in sorted(raws, key=lambda raw: order.get(raw["level"], 0)):
            if raw.get("onet_soc"):
                self._by_occupation.setdefault(raw["onet_soc"], []).append(raw["id"])
        self._knowledge = knowledge

    def read(self, title: str) -> TitleReading:
        """The role of a title, as surely as its words allow."""
        whole = plain(title)
        for words in (whole, _without_grades(whole)):
            if words in self.roles:
                return self._alias(words)
        parts = [_without_grades(plain(part)) for part in _CUTS.split(title.casefold())]
        named = list(dict.fromkeys(part for part in parts if part in self.roles))
        roles = list(dict.fromkeys(self.roles[part] for part in named))
        if len(roles) == 1:
            return self._alias(named[0])
        if roles:
            return TitleReading(roles[0], "fuzzy", 1.0, tuple(roles[:_MOST_CANDIDATES]))
        return self._occupation(whole) or self._alike(_without_grades(whole))

    def _alias(self, words: str) -> TitleReading:
        return TitleReading(self.roles[words], "alias", 1.0, (self.roles[words],), words in self._general)

    def _occupation(self, words: str) -> TitleReading | None:
        """A title that O*NET lists under the occupation of some role: the first on the ladder is the best guess."""
        codes = self._knowledge.occupation_titles.get(words, ())
        roles = list(dict.fromkeys(role for code in codes for role in self._by_occupation.get(code, ())))
        if not roles:
            return None
        if len(roles) > _MOST_CANDIDATES:  # one code for many posts: those whose names are nearest
            roles = self._nearest_of(words, roles)
        return TitleReading(roles[0], "fuzzy", 1.0, tuple(roles[:_MOST_CANDIDATES]), general=True)

    def _nearest_of(self, words: str, roles: list[str]) -> list[str]:
        """Some roles by how near one of their names is to the words."""
        from rapidfuzz import fuzz

        best = dict.fromkeys(roles, 0.0)
        for name, role in self.roles.items():
            if role in best:
                best[role] = max(best[role], fuzz.token_set_ratio(words, name))
        return sorted(roles, key=lambda role: -best[role])

    def _alike(self, words: str) -> TitleReading:
        from rapidfuzz import fuzz, process

        found = process.extract(
            words, list(self.roles), scorer=fuzz.token_sort_ratio, limit=8, score_cutoff=_SURE_ENOUGH
        )
        roles = list(dict.fromkeys(self.roles[name] for name, _, _ in found))
        if not roles:
            return TitleReading(None, "unresolved")
        name, score, _ = found[0]
        return TitleReading(
            roles[0], "fuzzy", round(score / 100, 3), tuple(roles[:_MOST_CANDIDATES]), name in self._general
        )


def _without_grades(words: str) -> str:
    kept = [word for word in words.split(" ") if word not in _GRADES]
    return " ".join(kept) or words
