"""Which model each file of the data has to fit: the files as wholes. No assessment needs them, so they stand apart."""

from __future__ import annotations

from pydantic import BaseModel, Field

from hsm_planner.knowledge import asked, labor
from hsm_planner.knowledge.common import Cited, Text
from hsm_planner.knowledge.models import Assumption, Certification, ExamFacts, License, Role, Source
from hsm_planner.knowledge.words import (
    Accreditor,
    DegreeName,
    Pathway,
    Programme,
    StatementFacts,
    TitleParts,
    Vocabulary,
)
from hsm_planner.requirements.base import Id, Strict


class SourcesFile(Strict):
    """sources.yaml. ``never_cited``: sites that invent rules."""

    never_cited: tuple[Text, ...]
    sources: tuple[Source, ...]


class Released(Strict):
    """released.yaml: ids that others may hold on to, and what became of those that went."""

    version: Text
    retired: dict[Id, Id | None]
    nodes: tuple[Id, ...]


class CertificationsFile(Strict):
    exams: tuple[ExamFacts, ...]
    certifications: tuple[Certification, ...]


class LicensesFile(Strict):
    exams: tuple[ExamFacts, ...]
    licenses: tuple[License, ...]


class RolesFile(Strict):
    roles: tuple[Role, ...]


class AssumptionsFile(Strict):
    assumptions: tuple[Assumption, ...]


class Level(Strict):
    """A level of degrees, with the minimums that it satisfies (itself included)."""

    id: Id
    label: Text
    satisfies: tuple[Id, ...]
    credits: int = 0  # semester hours that a degree of this level stands for
    open_credits: bool = False  # college, but of no known number of credits
    built_by_credits: bool = False  # college credits and lower degrees are a part of the way to it
    professional: bool = False
    sources: Cited
    note: str | None = None


class StudyField(Strict):
    """A field of study."""

    id: Id
    label: Text
    within: tuple[Id, ...] = ()
    aliases: tuple[Text, ...] = ()
    cip: tuple[Text, ...] = ()
    sources: tuple[Id, ...] = ()


class VocabularyFile(Vocabulary):
    """vocabulary.yaml: the words that all other files use."""

    statements: tuple[StatementFacts, ...]


class OccupationTitles(Strict):
    """The titles that O*NET lists under one occupation."""

    soc: Text
    titles: tuple[Text, ...]


class SharedName(Strict):
    """A name that several posts go by, or other work too: always asked, the likeliest role first."""

    name: Text
    roles: tuple[Id, ...] = Field(min_length=1)


class PostAndLicence(Strict):
    """A post and the family of licences for it, which may share names: who says one is shown or asked about both."""

    role: Id
    family: Id


class TitlesFile(Strict):
    """titles.yaml."""

    sources: Cited
    words: TitleParts
    shared_names: tuple[SharedName, ...]
    post_and_licence: tuple[PostAndLicence, ...]
    occupations: tuple[OccupationTitles, ...]


class DegreesFile(Strict):
    levels: tuple[Level, ...]
    fields: tuple[StudyField, ...]
    abroad: tuple[Text, ...]
    names: tuple[DegreeName, ...]
    programmes: tuple[Programme, ...]
    accreditors: tuple[Accreditor, ...]


SECTION_MODELS: dict[str, type[BaseModel]] = {
    "vocabulary": VocabularyFile,
    "sources": SourcesFile,
    "degrees": DegreesFile,
    "titles": TitlesFile,
    "pathway": Pathway,
    "roles": RolesFile,
    "certifications": CertificationsFile,
    "licenses": LicensesFile,
    "assumptions": AssumptionsFile,
    "labor": labor.LaborFile,
    "questions": asked.QuestionsFile,
}
