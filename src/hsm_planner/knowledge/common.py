"""Small types that all data files share."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from hsm_planner.requirements.base import Id, Strict
from hsm_planner.values.dates import PartialDate


def _partial(value: object) -> str:
    return str(PartialDate.parse(value))


PartialDay = Annotated[str, BeforeValidator(_partial), PlainSerializer(str, when_used="json")]
Usd = Annotated[float, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]
Days = Annotated[int, Field(ge=1)]
Month = Annotated[int, Field(ge=1, le=12)]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]  # of every year
FirstOfMonth = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-01$")]  # of every year: plans reckon in whole months
Cited = Annotated[tuple[Id, ...], Field(min_length=1)]


class Range(Strict):
    """A number between two bounds; both may be the same."""

    low: Annotated[float, Field(ge=0)]
    high: Annotated[float, Field(ge=0)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            msg = "low is above high"
            raise ValueError(msg)
        return self
