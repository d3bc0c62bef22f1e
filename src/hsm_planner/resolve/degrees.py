"""Degree names as people write them: to levels and fields, and never more than the words say.

"MSN/MHA" and "MD, MBA" are two degrees each; "ABD", "in progress" and "coursework toward" are not the degree; what
follows a known name may be its field; a near spelling is a guess, and counts once confirmed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hsm_planner.knowledge.store import Knowledge, plain
from hsm_planner.knowledge.words import DegreeName
from hsm_planner.profile.unfinished import GIVEN_UP, unfinished
from hsm_planner.values.evidence import How
from hsm_planner.values.problems import nearest
from hsm_planner.values.record import record, replace

_JOINTS = ("in ", "of ", "with a major in ", "major in ", "concentration in ")
_UNDER_WAY = re.compile(
    r"\b(abd|all but dissertation|(some )?coursework (towards?|for|in)|work(ing)? towards?|in[ -]progress|"
    r"not (yet )?(completed|finished)|incomplete|unfinished|pursuing|candidate|expected|anticipated|student|"
    r"(currently )?(attending|enrolled)( in)?|currently|working on( my)?|towards?)\b",
    re.IGNORECASE,
)
# Words beside a degree that leave open whether it was finished, or is one: asked about, never taken as sure.
_DOUBT = (  # compiled, like the two below, by the first name with other words beside it
    r"\b(course\w*|class(es)?|credits?|units?|hours?|semesters?|quarters?|years?|months?|terms?|drop\w*|withdr\w*|left|"
    r"leaving|start\w*|beg[aiu]n\w*|some|partial\w*|partly|half|almost|nearly|without|no|not|non|never|did|didn|didnt|"
    r"plan(s|ned|ning)?|will|future|goal|hop(e|es|ing)|seeking|accepted|admitted|applied (to|for)|appl(y|ying|icant)|"
    r"ongoing|present|current|now|defer\w*|paused|hold|quit|stopped|attempt\w*|equivalen\w*|certificate|cert|mini|"
    r"abandon\w*|expel\w*|dismiss\w*|terminat\w*|fail\w*|flunk\w*|discontinu\w*|cancel\w*|suspend\w*|interrupt\w*|"
    r"revoked|rescinded|audit(ed|ing)|transferr\w*|gave|given|kicked|rejected|all but|unaccredited|until|since|lapsed|"
    r"fake|bought|walked|leave|forfeit\w*|void\w*|nullified|unable|could|couldn|cannot|"
    r"honorary|prep|pre|programme?|program|pending|remaining|short|lacking|missing|except|\d+)\b|"
    r"^(stud(y|ies|ying)|work|level|training|thesis|dissertation|track|workshop|application)\b"
)
_DONE = (  # "shelved", "bailed", "opted out": but "applied", "allied", "Sacred Heart"
    r"(?!(?:appli|alli|relat|integrat|advanc|combin|honor|certifi|licens|register|focus|specializ|interrelat|unifi|"
    r"mix|center|based|bas|aid|assist|guid|blend|sacr|unit|bless|alfr|comput|distribut|embedd|imag|biom)ed$)"
    r"(?:[a-z]{3,}ed|out|off|up|away|aside)"
)
_SCHOOL = r"\b(universit\w*|univ|colleges?|schools?|institut\w*|academy|polytechnic|seminary|conservatory)\b"
_PLAIN = frozenset(  # words beside a degree that change nothing of it
    [
        "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "my", "degree",
        "degrees", "diploma", "diplomas", "major", "majors", "minor", "minors", "majoring", "concentration",
        "concentrations", "emphasis", "focus", "focused", "specialization", "specialisation", "specialty", "track",
        "option", "dual", "double", "joint", "honors", "honours", "hons", "hon", "distinction", "cum", "laude",
        "magna", "summa", "gpa", "online", "campus", "accelerated", "executive", "professional", "applied",
        "science", "sciences", "arts", "art", "studies", "general", "full", "part", "time", "state", "tech",
        "fulltime", "parttime", "usa", "us", "united", "states", "america", "accredited", "cahme", "ccne", "acen",
        "cahiim", "nab", "aupha", "aacsb", "acbsp", "abet", "cacrep", "graduated", "graduate", "graduation",
        "earned", "received", "completed", "complete", "finished", "awarded", "conferred", "obtained", "class",
        "valedictorian", "second", "first", "two", "three", "another", "also", "including", "plus", "both",
    ]
)  # fmt: skip
_EDGES = " ()-,:;\u2013\u2014"
_LAST_WORD = re.compile(r"^(?P<rest>.*[^\s,])\s*,\s*(?P<code>[A-Za-z]{2})\.?$")
_SPLIT = re.compile(r"\s*(?:/|,|;|&|\+|\band\b)\s*", re.IGNORECASE)
_SURE_ENOUGH = 90.0
_NEAR_FIELD = 80.0


@record
class Reading:
    """What a string for one degree means. ``field`` None: it does not say, or names one that we do not know."""

    level: str | None
    field: str | None
    how: How
    name: DegreeName | None = None
    field_words: str = ""  # by which the string names the field too, so that it can be no other degree
    under_way: bool = False
    given_up: bool = False  # the words say that the studies were left: it is not held, whatever date stands there
    abroad: bool = False  # a country other than the United States stands beside it
    score: float = 1.0
    read_as: str = ""  # the known name that it was read as
    field_near: str | None = None  # the field that the words come near to, where `field` is not said plainly


_UNREAD = Reading(None, None, "unresolved", score=0.0)


class DegreeWords:
    """All strings that stand for degrees, levels and fields."""

    @classmethod
    @lru_cache(maxsize=4)
    def of(cls, knowledge: Knowledge) -> DegreeWords:
        """The words of some knowledge, gathered once."""
        return cls(knowledge)

    def __init__(self, knowledge: Knowledge) -> None:
        self.levels = {plain(id_): id_ for id_ in knowledge.vocabulary.labels["level"]}
        self.levels |= {plain(label): id_ for id_, label in knowledge.vocabulary.labels["level"].items()}
        self.fields = dict(knowledge.field_words)
        self.open_ended = knowledge.vocabulary.open_credits  # college that was not finished, by its name
        self._labels = knowledge.vocabulary.labels["field"]
        self._abroad = knowledge.countries_abroad
        self._states = tuple(map(plain, knowledge.words.states.values()))
        self._codes = frozenset(knowledge.words.states)
        self._names: dict[str, Reading] = {}
        self._written: dict[str, str] = {}
        for programme in knowledge.programmes():
            for alias in (programme.name, *programme.aliases):
                self._add(alias, Reading(programme.level, programme.field, "alias", read_as=alias))
        for name in knowledge.degree_names:
            for alias in name.aliases:
                self._add(alias, Reading(name.level, name.field, "alias", name, read_as=alias))

        self._letters = {word for name in knowledge.vocabulary.credentials for word in plain(name).split(" ")}
        named = (*self.fields, *self._names, *self.levels, *self._states, *(code.lower() for code in self._codes))
        self._read_once = lru_cache(maxsize=1_000)(self._read)
        self._common = _PLAIN | self._letters | {word for name in named for word in name.split(" ")}

    def _add(self, alias: str, reading: Reading) -> None:
        self._names[plain(alias)] = reading
        self._written[plain(alias)] = alias

    def read(self, text: str) -> list[Reading]:
        """Every degree that the text names; one reading without a level where it names none that is known."""
        return list(self._read_once(text))  # a planner reads one profile many times

    def _read(self, text: str) -> tuple[Reading, ...]:
        left = text if "?" in text or self._is_whole(text) else re.sub(GIVEN_UP, " ", text)
        bare = _UNDER_WAY.sub(" ", left).strip(_EDGES)
        under_way = bare != left.strip(_EDGES)
        whole, (bare, torn) = bare, self._without_state(bare)
        told = bare.partition(",")[0] if torn or bare != whole else bare  # what stands before a state is its place
        found = self._split(bare)
        if torn:  # "BSN, MD": two degrees, or one earned in Maryland
            found = [found[0], *(replace(reading, how="fuzzy") for reading in found[1:])]
        if under_way and found == [_UNREAD] and plain(text) in self._names:
            found = [self._names[plain(text)]]  # "ABD" alone has a row of its own
        given_up = left != text and len(found) == 1 and self._surely_left(text, found[0])
        unclear = left != text and not given_up  # which of several degrees was left, or what it was that was
        if unclear or self._doubtful(bare, found) or self._strange(told, found):
            found = [
                replace(reading, how="fuzzy", read_as=f"{reading.read_as}, finished")
                if reading.how == "alias"
                else reading
                for reading in found
            ]
        abroad = self._is_abroad(text)
        return tuple(replace(reading, under_way=under_way, given_up=given_up, abroad=abroad) for reading in found)

    def _surely_left(self, text: str, found: Reading) -> bool:
        """Whether it can only be the degree that was read which the words say was given up."""
        own = set(plain(found.read_as).split(" ")) | self._letters
        if found.field is not None:
            own |= {word for name, field in self.fields.items() if field == found.field for word in name.split(" ")}
        told = unfinished(text, frozenset(own))
        return told is not None and told.given_up and told.sure

    @staticmethod
    def going_on(text: str) -> str | None:
        """The words at either end of a name that say that it is on its way ("MHA candidate", not "Student Affairs")."""
        bare = text.strip(_EDGES)
        return next((one[0] for one in _UNDER_WAY.finditer(bare) if one.start() == 0 or one.end() == len(bare)), None)

    def _is_whole(self, text: str) -> bool:
        """Whether the text is a known name, or one with its field, and not a word more."""
        return plain(text) in self._names or self._one(text).field_words != ""

    def means(self, text: str, level: str) -> bool:
        """Whether the whole text is a name of the level."""
        found = self._names.get(plain(text))
        return found is not None and found.level == level

    def _without_state(self, text: str) -> tuple[str, bool]:
        """The text without the code of a state behind a place; whether a code is left that may be a degree too."""
        match = _LAST_WORD.match(text)
        if match is None or match["code"].upper() not in self._codes:
            return text, False
        return (text, True) if plain(match["code"]) in self._names else (match["rest"], False)

    @staticmethod
    def _doubtful(text: str, found: list[Reading]) -> bool:
        """Whether what stands beside the names that were read leaves open whether they are finished degrees."""
        named = {word for reading in found for word in f"{plain(reading.read_as)} {reading.field_words}".split(" ")}
        beside = " ".join(word for word in plain(text).split(" ") if word not in named)
        return "?" in text or (beside != "" and re.search(_DOUBT, beside) is not None)

    def _strange(self, text: str, found: list[Reading]) -> bool:
        """Whether a word beside names that say their field is none of a field, a place or a school, nor a plain one."""
        words = plain(text)
        read = {word for reading in found for word in plain(reading.read_as).split(" ")}
        beside = [word for word in words.split(" ") if word not in self._common and word not in read]
        if any(re.fullmatch(_DONE, word) for word in beside):
            return True  # what was done with it: no field reads so
        if not any(len(word) > 1 for word in beside):
            return False
        unknown = any(reading.field is None for reading in found)  # what follows may be a field that we do not know
        return not unknown and re.search(_SCHOOL, words) is None

    def _is_abroad(self, text: str) -> bool:
        words = f" {plain(text)} "
        for state in self._states:
            words = words.replace(f" {state} ", "  ")  # New Mexico is not Mexico
        return any(f" {country} " in words for country in self._abroad)

    def _split(self, text: str) -> list[Reading]:
        whole = self._one(text)
        if whole.how == "alias" and (whole.field_words or plain(text) in self._names):
            return [whole]
        parts = [part for part in _SPLIT.split(text) if part]
        readings = [self._one(part) for part in parts]
        if len(parts) > 1 and all(reading.how == "alias" for reading in readings):
            degrees = [reading for reading in readings if reading.level is not None]
            return degrees or readings[:1]
        full = [self._names[plain(part)] for part in parts if plain(part) in self._names]
        if len(full) > 1 and (degrees := [reading for reading in full if reading.level is not None]):
            return degrees  # letters of other kinds beside them
        if whole.how == "alias":
            return [whole]
        alike = self._alike(text)
        return [alike if alike.level is not None else self._ending(text)]

    def _one(self, text: str) -> Reading:
        """The longest known name; what follows it may be a field."""
        words = plain(text)
        exact_match = self._names.get(words)
        if exact_match is not None:
            return exact_match
        parts = words.split(" ")
        for length in range(len(parts) - 1, 0, -1):
            found = self._names.get(" ".join(parts[:length]))
            if found is None or found.level is None:
                continue
            rest = " ".join(parts[length:])
            for joint in _JOINTS:
                rest = rest.removeprefix(joint)
            field = self.fields.get(rest)
            if field is not None and found.field in (None, field):
                return replace(found, field=field, field_words=rest)
            return found if found.field else replace(found, field_near=self._field_near(rest))
        return _UNREAD

    def _ending(self, text: str) -> Reading:
        """A text that ends with a known name ("Medical assistant diploma", "Accelerated MHA"), as a guess."""
        parts = plain(text).split(" ")
        for start in range(1, len(parts)):
            found = self._names.get(" ".join(parts[start:]))
            if found is not None and found.level is not None:
                before = " ".join(parts[:start])
                field = found.field or self.fields.get(before) or self._field_near(before)
                return replace(found, field=field, how="fuzzy")
        return _UNREAD

    def _field_near(self, words: str) -> str | None:
        """The field that words begin with, or a near spelling of one."""
        from rapidfuzz import fuzz, process

        parts = words.split(" ")
        for length in range(len(parts) - 1, 0, -1):
            if (field := self.fields.get(" ".join(parts[:length]))) is not None:
                return field
        best = process.extractOne(words, list(self.fields), scorer=fuzz.ratio, score_cutoff=_NEAR_FIELD)
        return self.fields[best[0]] if best else None

    def _alike(self, text: str) -> Reading:
        """A near spelling of a known name, as a guess."""
        from rapidfuzz import fuzz, process

        words = plain(text)
        if len(words) < len("diploma"):
            return _UNREAD  # between short abbreviations likeness means nothing
        best = process.extractOne(words, list(self._names), scorer=fuzz.ratio, score_cutoff=_SURE_ENOUGH)
        if best is None:
            return _UNREAD
        name, score, _ = best
        return replace(self._names[name], how="fuzzy", score=round(score / 100, 3))

    def label(self, field: str) -> str:
        """A field in words."""
        return self._labels[field]

    def near(self, text: str) -> list[str]:
        """Names that look like the text, as people write them."""
        return nearest(text, self._written.values())
