"""Which model each file of the data has to fit."""

from __future__ import annotations

from pydantic import BaseModel

from hsm_planner.knowledge import asked, labor, models, words

SECTION_MODELS: dict[str, type[BaseModel]] = {
    "vocabulary": words.Vocabulary,
    "sources": models.SourcesFile,
    "degrees": words.DegreesFile,
    "titles": words.TitlesFile,
    "pathway": words.Pathway,
    "roles": models.RolesFile,
    "certifications": models.CertificationsFile,
    "licenses": models.LicensesFile,
    "assumptions": models.AssumptionsFile,
    "labor": labor.LaborFile,
    "questions": asked.QuestionsFile,
}
