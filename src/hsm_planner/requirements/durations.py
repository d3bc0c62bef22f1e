"""Amounts of time as rules write them."""

from fractions import Fraction
from typing import Self

from pydantic import model_validator

from hsm_planner.requirements.base import Context, Positive, Strict, count, listed
from hsm_planner.requirements.credits import credits_held
from hsm_planner.requirements.numeric import exact
from hsm_planner.values.amounts import Range


class Duration(Strict):
    """An amount of time; two units must both hold."""

    years: Positive | None = None
    months: Positive | None = None
    weeks: Positive | None = None
    hours: Positive | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.units():
            msg = "give at least one of years, months, weeks, hours"
            raise ValueError(msg)
        return self

    def units(self) -> list[tuple[str, float]]:
        """The units given, with their numbers."""
        pairs = ((unit, getattr(self, unit)) for unit in ("years", "months", "weeks", "hours"))
        return [(unit, value) for unit, value in pairs if value is not None]

    def words(self) -> str:
        return listed([count(value, unit) for unit, value in self.units()], "and")


class PerMissingYear(Strict):
    """Years of work for each year of college that is missing to a number."""

    years: Positive
    of: Positive

    def need(self, context: Context) -> Range | None:
        """Years of work asked; None when the profile has no word on education."""
        held = credits_held(context)
        if held is None:
            return None
        rate, whole = exact(self.years), exact(self.of)
        least_missing = max(Fraction(0), whole - held.most / 30)
        most_missing = max(Fraction(0), whole - held.least / 30)
        rounded_up = Fraction(-((-most_missing.numerator) // most_missing.denominator))
        return Range(least_missing * rate, rounded_up * rate)
