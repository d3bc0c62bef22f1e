"""The knowledge: entries by id, built when first asked for, and the vocabulary that rules use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel

from hsm_planner.knowledge.compiled import thaw
from hsm_planner.knowledge.files import WAGES, Raw, load_raw
from hsm_planner.knowledge.models import Assumption, Certification, ExamFacts, License, Role, Source
from hsm_planner.knowledge.words import Accreditor, DegreeName, Pathway, Programme, StatementFacts, TitleParts
from hsm_planner.knowledge.words import Vocabulary as Words
from hsm_planner.knowledge.yamlfile import read_text
from hsm_planner.requirements.base import AskedBy
from hsm_planner.requirements.rules import Rule, settle
from hsm_planner.requirements.vocabulary import CredentialFacts, Vocabulary
from hsm_planner.values.dates import Date

if TYPE_CHECKING:
    from hsm_planner.knowledge.asked import QuestionsFile
    from hsm_planner.knowledge.labor import LaborFile, Wage

Entry = Role | Certification | License
TargetKind = Literal["role", "certification", "license"]
Model = TypeVar("Model", bound=BaseModel)


_MARKS = str.maketrans({"&": " and ", ".": "", "'": "", "\N{RIGHT SINGLE QUOTATION MARK}": ""})
_PAID = "It is applied and paid for; the price is not in the data. Settle first whether you can have it."
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """How names are compared: lower case, single spaces, no full stops or apostrophes, ``&`` as ``and``."""
    return _BETWEEN_WORDS.sub(" ", text.casefold().translate(_MARKS)).strip()


class Knowledge:
    """Everything that the data says. Read only; entries are made from plain data when first asked for."""

    def __init__(self, raw: Raw, directory: Path) -> None:
        self._directory = directory
        self._sections = raw.sections
        self._read = raw
        self.hash = raw.hash
        self.overlays = raw.overlays
        self._checked = raw.checked
        self._made: dict[tuple[str, str], BaseModel] = {}
        self._trees: dict[str, Mapping[str, Rule]] = {}

    @classmethod
    def load(cls, directory: Path, overlays: Sequence[Path] = ()) -> Knowledge:
        """The knowledge of a data folder (YAML, or the compiled file of a wheel), with overlays (knowledge/overlay).

        Raises:
            InputError: when a file is missing or is no YAML; with every problem of an overlay.
        """
        raw = load_raw(directory)
        if overlays:
            from hsm_planner.knowledge.overlay import laid_over

            raw = laid_over(raw, overlays)
        return cls(raw, directory)

    # -- entries ---------------------------------------------------------------------------------------------------

    def _raw(self, section: str, key: str) -> Mapping[str, Any]:
        index = self._indexes.get((section, key))
        if index is None:
            index = {item["id"]: item for item in self._sections[section][key]}
            self._indexes[section, key] = index
        return index

    @cached_property
    def _indexes(self) -> dict[tuple[str, str], Mapping[str, Any]]:
        return {}

    def _make(self, model: type[Model], section: str, key: str, id_: str) -> Model | None:
        made = self._made.get((key, id_))
        if made is None:
            raw = self._raw(section, key).get(id_)
            if raw is None:
                return None
            raw = (self._read.bodies and self._read.bodies.entry(section, key, id_)) or raw
            made = self._made[key, id_] = self._build(model, raw)
        assert isinstance(made, model)
        return made

    def _build(self, model: type[Model], raw: Mapping[str, Any]) -> Model:
        return thaw(model, raw) if self._checked else model.model_validate(raw)

    def role(self, id_: str) -> Role | None:
        return self._make(Role, "roles", "roles", id_)

    def certification(self, id_: str) -> Certification | None:
        return self._make(Certification, "certifications", "certifications", id_)

    def license(self, id_: str) -> License | None:
        return self._make(License, "licenses", "licenses", id_)

    def source(self, id_: str) -> Source | None:
        return self._make(Source, "sources", "sources", id_)

    def programme(self, id_: str) -> Programme | None:
        return self._make(Programme, "degrees", "programmes", id_)

    def assumption(self, id_: str) -> Assumption | None:
        return self._make(Assumption, "assumptions", "assumptions", id_)

    def accreditor(self, id_: str) -> Accreditor | None:
        return self._make(Accreditor, "degrees", "accreditors", id_)

    def exam(self, id_: str) -> ExamFacts | None:
        for section in ("certifications", "licenses"):
            found = self._make(ExamFacts, section, "exams", id_) if id_ in self._raw(section, "exams") else None
            if found:
                return found
        return None

    def entry(self, kind: TargetKind, id_: str) -> Entry | None:
        """A target's entry."""
        return {"role": self.role, "certification": self.certification, "license": self.license}[kind](id_)

    def credential(self, id_: str) -> Certification | License | None:
        return self.certification(id_) or self.license(id_)

    def raw_targets(self) -> Iterable[tuple[TargetKind, Mapping[str, Any]]]:
        """Every role, certification and licence as plain data, without building entries."""
        kinds: tuple[TargetKind, ...] = ("role", "certification", "license")
        for kind in kinds:
            for raw in self._raw(f"{kind}s", f"{kind}s").values():
                yield kind, raw

    def ids(self, section: str, key: str) -> list[str]:
        """All ids of a list of the data, in order."""
        return list(self._raw(section, key))

    @cached_property
    def words(self) -> Words:
        """vocabulary.yaml, but for its statements."""
        section = self._sections["vocabulary"]
        return self._build(Words, {key: value for key, value in section.items() if key != "statements"})

    @cached_property
    def statements(self) -> tuple[StatementFacts, ...]:
        """What only a person (or a board) can say."""
        return tuple(self._build(StatementFacts, raw) for raw in self._sections["vocabulary"]["statements"])

    @cached_property
    def pathway(self) -> Pathway:
        """pathway.yaml."""
        return self._build(Pathway, self._sections["pathway"])

    @cached_property
    def degree_names(self) -> tuple[DegreeName, ...]:
        return tuple(self._build(DegreeName, raw) for raw in self._sections["degrees"]["names"])

    @cached_property
    def countries_abroad(self) -> tuple[str, ...]:
        """Plain names of countries other than the United States, as they stand beside degrees."""
        return tuple(map(plain, self._sections["degrees"]["abroad"]))

    @cached_property
    def field_words(self) -> dict[str, str]:
        """Every plain name of a field of study -> its id."""
        result: dict[str, str] = {}
        for raw in self._sections["degrees"]["fields"]:
            for name in (raw["id"], raw["label"], *raw.get("aliases", ())):
                result.setdefault(plain(name), raw["id"])
        return result

    @cached_property
    def title_parts(self) -> TitleParts:
        """The words that job titles are made with."""
        return self._build(TitleParts, self._sections["titles"]["words"])

    @cached_property
    def shared_names(self) -> dict[str, tuple[str, ...]]:
        """Every plain name that several posts go by -> their roles, the likeliest first."""
        return {plain(raw["name"]): tuple(raw["roles"]) for raw in self._sections["titles"]["shared_names"]}

    @cached_property
    def occupation_titles(self) -> dict[str, list[str]]:
        """Every plain title that O*NET lists -> the codes of its occupations."""
        result: dict[str, list[str]] = {}
        for raw in self._sections["titles"]["occupations"]:
            for title in raw["titles"]:
                result.setdefault(plain(title), []).append(raw["soc"])
        return result

    @cached_property
    def questions(self) -> QuestionsFile:
        """questions.yaml. Imported here: no assessment needs its models."""
        from hsm_planner.knowledge.asked import QuestionsFile

        return self._build(QuestionsFile, self._read.section("questions"))

    @cached_property
    def labor(self) -> LaborFile:
        """labor.yaml. Imported here: no assessment needs its models."""
        from hsm_planner.knowledge.labor import LaborFile

        return self._build(LaborFile, self._read.section("labor"))

    @cached_property
    def wages(self) -> tuple[Wage, ...]:
        """The rows of wages.csv.

        Raises:
            InputError: when the file is missing.
        """
        from hsm_planner.knowledge.labor import wages

        return tuple(wages(read_text(self._directory / WAGES)))

    def programmes(self) -> list[Programme]:
        found = (self.programme(id_) for id_ in self.ids("degrees", "programmes"))
        return [programme for programme in found if programme]

    def level_ids(self) -> dict[str, tuple[str, ...]]:
        """The programmes of each level of degrees."""
        result: dict[str, list[str]] = {}
        for raw in self._raw("degrees", "programmes").values():
            result.setdefault(raw["level"], []).append(raw["id"])
        return {level: tuple(ids) for level, ids in result.items()}

    def sources_dates(self) -> tuple[str | None, str | None]:
        """The newest and the oldest date that a source speaks of."""
        dates = sorted(str(raw["as_of"]) for raw in self._raw("sources", "sources").values() if raw.get("as_of"))
        return (dates[-1], dates[0]) if dates else (None, None)

    # -- rules -----------------------------------------------------------------------------------------------------

    def rule_of(self, entry: Certification | License) -> Rule:
        """The rule that decides over a credential, every node with what it takes from above."""
        if isinstance(entry, License):
            return self._settled(entry, entry.rule, "law")
        return self._settled(entry, entry.eligibility, "issuer")

    def extra_rules(self, entry: Certification | License) -> list[tuple[str, Rule]]:
        """Rules beside the deciding one, by name: ``recommended``, ``after_exam``."""
        if isinstance(entry, License):
            return []
        named = (("recommended", entry.recommended), ("after_exam", entry.after_exam))
        return [(name, self._settled(entry, rule, "issuer")) for name, rule in named if rule is not None]

    def role_rules(self, entry: Role) -> Mapping[str, Rule]:
        """The three trees of a role, by standard."""
        if entry.id in self._trees:
            return self._trees[entry.id]
        askers: tuple[tuple[str, Rule, AskedBy], ...] = (
            ("required", entry.required, "law"),
            ("typical", entry.typical, "employers"),
            ("preferred", entry.preferred, "employers"),
        )
        trees = {name: self._settled(entry, rule, asker, self._rule_of_id) for name, rule, asker in askers}
        return self._trees.setdefault(entry.id, trees)

    def _rule_of_id(self, id_: str) -> Rule:
        entry = self.credential(id_)
        assert entry is not None  # the check of the data has seen to it
        return self.rule_of(entry)

    @staticmethod
    def _settled(entry: Entry, rule: Rule, asked_by: AskedBy, rule_of: Callable[[str], Rule] | None = None) -> Rule:
        return settle(rule, confidence=entry.confidence, asked_by=asked_by, ask=entry.ask, rule_of=rule_of)

    # -- words -----------------------------------------------------------------------------------------------------

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of rules: orders, labels and what credentials imply."""
        degrees, words = self._sections["degrees"], self.words
        levels = degrees["levels"]
        return Vocabulary(
            labels=self._labels(),
            satisfies={level["id"]: frozenset(level["satisfies"]) for level in levels},
            level_credits={level["id"]: level["credits"] for level in levels if level.get("credits")},
            open_credits=frozenset(level["id"] for level in levels if level.get("open_credits")),
            built_by_credits=frozenset(level["id"] for level in levels if level.get("built_by_credits")),
            professional=frozenset(level["id"] for level in levels if level.get("professional")),
            unranked=frozenset(
                level["id"] for level in levels if sum(level["id"] in other["satisfies"] for other in levels) == 1
            ),
            kind_parents={kind.id: kind.within for kind in words.kinds},
            field_parents={field["id"]: tuple(field.get("within", ())) for field in degrees["fields"]},
            topic_parents={topic.id: topic.within for topic in words.topics},
            credentials={facts.id: facts for facts in self._credential_facts()},
        )

    def _credential_facts(self) -> Iterable[CredentialFacts]:
        for raw in self._raw("certifications", "certifications").values():
            yield CredentialFacts(
                raw["id"],
                f"{raw['name']} ({raw['abbreviation']})",
                raw["id"],
                exams=frozenset(raw.get("exams", ())),
                replaces=frozenset(raw.get("replaces", ())),
            )
        for raw in self._raw("licenses", "licenses").values():
            yield CredentialFacts(
                raw["id"],
                raw["name"],
                raw["family"],
                raw.get("state"),
                frozenset(raw.get("exams", ())),
                frozenset(raw.get("replaces", ())),
                frozenset(raw.get("compact", ())),
                {state: Date.fromisoformat(day) for state, day in raw.get("compact_from", {}).items()},
            )

    def _labels(self) -> dict[str, dict[str, str]]:
        words, degrees = self.words, self._sections["degrees"]
        credentials: dict[str, str] = {}
        for facts in self._credential_facts():
            state = f", {words.states.get(facts.state, facts.state)}" if facts.state else ""
            credentials[facts.id] = f"{facts.name}{state}"
            credentials.setdefault(facts.family, facts.name)
        sections = ("certifications", "licenses")
        exams = {raw["id"]: raw["name"] for name in sections for raw in self._raw(name, "exams").values()}
        named: dict[str, Iterable[Any]] = {
            "kind": words.kinds,
            "setting": words.settings,
            "topic": words.topics,
            "learning_kind": words.learning_kinds,
            "training": words.training,
            "course": words.courses,
            "volunteering": words.volunteering,
            "reference": words.references,
            "organization": words.organizations,
        }
        labels = {sort: {item.id: item.label for item in items} for sort, items in named.items()}
        labels["state"] = dict(words.states)
        statements = self._sections["vocabulary"]["statements"]
        labels["statement"] = {raw["id"]: raw["question"] for raw in statements}
        labels["statement_ask"] = {raw["id"]: raw["ask"] for raw in statements if raw.get("ask")}
        labels["statement_paid"] = {raw["id"]: _PAID for raw in statements if raw.get("paid")}
        labels["level"] = {raw["id"]: raw["label"] for raw in degrees["levels"]}
        labels["field"] = {raw["id"]: raw["label"] for raw in degrees["fields"]}
        labels["accreditor"] = {raw["id"]: raw["name"] for raw in degrees["accreditors"]}
        labels["skill"] = {raw["id"]: raw["label"] for raw in self._sections["pathway"]["skills"]}
        labels["role"] = {raw["id"]: raw["title"] for raw in self._raw("roles", "roles").values()}
        return labels | {"credential": credentials, "exam": exams}
