"""Every kind of leaf that stands for itself, told apart by its ``kind``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hsm_planner.requirements.counted import ReferencesLeaf, VolunteeringLeaf
from hsm_planner.requirements.credentials import CertificationLeaf, ExamLeaf, LicenseLeaf
from hsm_planner.requirements.credits import CreditsLeaf
from hsm_planner.requirements.degree import DegreeLeaf
from hsm_planner.requirements.experience import Experience
from hsm_planner.requirements.learning import LearningLeaf
from hsm_planner.requirements.membership import MembershipLeaf
from hsm_planner.requirements.plain import AgeLeaf, NothingAskedLeaf, SkillLeaf, StatementLeaf, UnreadLeaf
from hsm_planner.requirements.training import CourseLeaf, TrainingLeaf

# A new kind of requirement is one model here, with its evaluator and its sentence.
PlainLeaf = Annotated[
    AgeLeaf
    | CertificationLeaf
    | CourseLeaf
    | CreditsLeaf
    | DegreeLeaf
    | ExamLeaf
    | Experience
    | LearningLeaf
    | LicenseLeaf
    | MembershipLeaf
    | NothingAskedLeaf
    | ReferencesLeaf
    | SkillLeaf
    | StatementLeaf
    | TrainingLeaf
    | UnreadLeaf
    | VolunteeringLeaf,
    Field(discriminator="kind"),
]
