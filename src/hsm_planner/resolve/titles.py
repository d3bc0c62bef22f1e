"""Job titles as people write them: to a role, and never more surely than the words allow.

An id or alias is read as it stands, also under a grade ("II", "Senior") or beside a unit ("Charge nurse - ICU").
O*NET's alternate titles and near spellings are guesses: they count once confirmed, and become a question with the
candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.values.evidence import How
from hsm_planner.values.record import record, replace

_SURE_ENOUGH = 88.0  # of 100: below it a likeness is no candidate
_SLIPPED = 0.95  # how alike a usual slip is, as far as that says anything
_MOST_CANDIDATES = 3
_CUTS = re.compile("\\s+[-\N{EN DASH}\N{EM DASH}|/]\\s+|[,;(/|]| at | @ ")


@record
class TitleReading:
    """The role that a title stands for. ``guess``: it counts only once confirmed. ``candidates``: best first.

    ``further``: roles less likely than those, which the place of a post may bring forward.
    """

    role: str | None
    how: How
    score: float = 0.0
    candidates: tuple[str, ...] = ()
    general: bool = False  # used outside health care too
    further: tuple[str, ...] = ()

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
        self._read: dict[str, TitleReading] = {}
        self._knowledge = knowledge
        self._shared = knowledge.shared_names
        self._parts = knowledge.title_parts
        self._grades = frozenset(self._parts.grades)
        self._other_posts = frozenset(self._parts.other_posts)
        self._no_deeds = frozenset(self._parts.no_deeds)

    def read(self, title: str) -> TitleReading:
        """The role of a title, as surely as its words allow; a life is read many times while a plan is made."""
        if title not in self._read:
            self._read[title] = self._reading(title)
        return self._read[title]

    def read_in(self, title: str, setting: str | None) -> TitleReading:
        """The role of a title in a place: of several that it may be, those that are found there go first."""
        found = self.read(title)
        if not found.guess or setting is None:
            return found
        known = ((name, self._knowledge.role(name)) for name in (*found.candidates, *found.further))
        fits = {name: role is not None and setting in role.settings for name, role in known}
        roles = sorted(fits, key=lambda name: not fits[name])
        return replace(found, role=roles[0], candidates=tuple(roles[:_MOST_CANDIDATES]))

    def _reading(self, title: str) -> TitleReading:
        found = self._as_written(title)
        slipped = not self._parts.slips.keys().isdisjoint(plain(title).split(" "))
        return replace(found, how="fuzzy", score=_SLIPPED) if slipped and found.how == "alias" else found

    def _as_written(self, title: str) -> TitleReading:
        whole = self._spelled(plain(title))
        bare = self._without_grades(whole)
        for words in (whole, bare):
            if words in self.roles:
                return self._alias(words)
            if words in self._shared:
                return self._asked(self._shared[words], 1.0, general=True)
        parts = self._cut(title)
        return (
            self._in_parts(title, parts)
            or self._contained(whole)
            or self._occupation(plain(title))
            or next((found for part in parts if (found := self._by_part(part))), None)
            or self._alike(bare)
        )

    def _cut(self, title: str) -> list[str]:
        return [self._without_grades(self._spelled(plain(part))) for part in _CUTS.split(title.casefold())]

    def _by_part(self, part: str) -> TitleReading | None:
        """One part of a title by itself: a name that several posts go by, or one of O*NET's; never sure."""
        if part in self._shared:
            return self._asked(self._shared[part], 1.0, general=True)
        return self._occupation(part)

    def _in_parts(self, title: str, parts: list[str]) -> TitleReading | None:
        """A known name beside a unit or an employer; beside words of another post it is a guess.

        What a slash joins are two names of a post, or two posts: one of them alone is no sure reading.
        """
        named = [part for part in parts if part in self.roles]
        roles = list(dict.fromkeys(self.roles[part] for part in named))
        if not roles:
            return None
        whole = all(any(one in self.roles for one in self._cut(joined)) for joined in title.split("/"))
        beside = {word for part in parts if part not in self.roles for word in part.split(" ")}
        if len(roles) == 1 and whole and not any(map(self._undoes, beside)) and self._named_in(parts) <= set(roles):
            return self._alias(named[0])
        within = self._contained(self._spelled(plain(title)))
        fuller = within.candidates if within else ()
        return self._asked([*roles, *fuller] if len(roles) > 1 or not whole else [*fuller, *roles], 1.0)

    def _undoes(self, word: str) -> bool:
        """Whether a word beside the name of a post may make it another post, or none that is held."""
        return word in self._other_posts or (word.endswith(self._parts.deed_endings) and word not in self._no_deeds)

    def _named_in(self, parts: Iterable[str]) -> set[str]:
        """The roles of all names that stand whole inside the parts that are no name themselves."""
        said = [set(part.split(" ")) for part in parts if part not in self.roles]
        return {role for name, role in self.roles.items() if any(set(name.split(" ")) <= words for words in said)}

    def _contained(self, words: str) -> TitleReading | None:
        """A title that has all words of a known name, in any order, and more: the fullest names first."""
        said = set(words.split(" "))
        found = {name for name in (*self.roles, *self._shared) if set(name.split(" ")) <= said}
        if not found:
            return None
        best = sorted(found, key=lambda name: (-len(set(name.split(" "))), -len(name), name))
        roles = [role for name in best for role in self._shared.get(name) or (self.roles[name],)]
        share = len(set(best[0].split(" "))) / len(said)
        return self._asked(roles, share, general=best[0] in self._general or best[0] in self._shared)

    @staticmethod
    def _asked(roles: Iterable[str], score: float, *, general: bool = False) -> TitleReading:
        found = tuple(dict.fromkeys(roles))
        candidates, further = found[:_MOST_CANDIDATES], found[_MOST_CANDIDATES:]
        return TitleReading(candidates[0], "fuzzy", round(score, 3), candidates, general, further)

    def _spelled(self, words: str) -> str:
        forms = {**self._parts.spellings, **self._parts.slips}
        return " ".join(forms.get(word, word) for word in words.split(" "))

    def _without_grades(self, words: str) -> str:
        kept = [word for word in words.split(" ") if word not in self._grades]
        return " ".join(kept) or words

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
        return self._asked(roles, 1.0, general=True)

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

        names = [*self.roles, *self._shared]
        found = process.extract(words, names, scorer=fuzz.token_sort_ratio, limit=8, score_cutoff=_SURE_ENOUGH)
        roles = [role for name, _, _ in found for role in self._shared.get(name) or (self.roles[name],)]
        if not roles:
            return TitleReading(None, "unresolved")
        name, score, _ = found[0]
        return self._asked(roles, score / 100, general=name in self._general or name in self._shared)
