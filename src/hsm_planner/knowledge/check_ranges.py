"""Checks of numbers that have the right form and cannot be meant: a slip of a digit, or of a unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hsm_planner.knowledge.check_words import WordChecker
from hsm_planner.knowledge.references import walk
from hsm_planner.knowledge.yamlfile import DataPath

_Bounds = Mapping[str, tuple[float, float]]

# The least and the largest value that can be meant under a key.
_MEANT: _Bounds = {
    "usd": (1, 10_000),
    "fee_usd": (1, 5_000),
    "late_fee_usd": (1, 5_000),
    "usd_per_year": (500, 150_000),
    "years": (1, 40),
    "months": (1, 120),
    "weeks": (1, 520),
    "days": (1, 3_650),
    "hours": (0.25, 20_000),
    "hours_per_week_at_least": (1, 80),
    "full_time_hours": (20, 60),
    "hours_per_year": (500, 3_000),
    "month_counts_from_hours": (1, 200),
    "cycle_years": (0.5, 10),
    "minutes": (15, 720),
    "questions": (10, 500),
    "scored_questions": (10, 500),
    "credits": (0.5, 200),
    "quarter_credits": (1, 300),
    "remaining_credits": (1, 120),
    "months_full_time": (3, 120),
    "months_part_time": (3, 180),
    "decision_months": (0.25, 36),
    "valid_months": (1, 120),
    "preparation_months": (0.25, 36),
    "preparation_hours": (5, 1_000),
    "days_to_approve": (1, 730),
    "days_to_sit": (1, 1_100),
    "days_between_attempts": (1, 730),
    "most_attempts": (1, 20),
    "count": (1, 50),
    "supervises_at_least": (1, 500),
    "beds_at_least": (1, 2_000),
    "beds_at_most": (1, 2_000),
}
_NONE_ASKED = {"usd", "fee_usd", "late_fee_usd", "hours"}  # 0 is said of these: nothing to pay, no hours to bring
# The same in what a node of one kind asks.
_MEANT_OF: Mapping[str, _Bounds] = {
    "training": {"hours": (8, 4_500), "months": (1, 36), "weeks": (1, 156), "years": (1, 3)},
    "learning": {"hours": (1, 500)},
    "age": {"years": (16, 25)},
}
_RENEWAL: _Bounds = {"hours": (0, 200)}  # of continuing education in a cycle
_QUOTA: _Bounds = {"at_least": (0.5, 200), "at_most": (0.5, 200)}


class RangeChecker(WordChecker):
    """Collects problems of numbers."""

    def ranges(self) -> None:
        """No number is smaller or larger than can be meant."""
        for section, document in self.documents.items():
            for key, value, path in walk(document.data, ()):
                self._within(section, path[:-1], {key: value}, _MEANT)
                if key == "renewal" and isinstance(value, dict):
                    self._within(section, path, value, _RENEWAL)
                for index, one in enumerate(value if isinstance(value, list) else [value]):
                    there = (*path, index) if isinstance(value, list) else path
                    if isinstance(one, dict) and key == "quotas":
                        self._within(section, there, one, _QUOTA)
                    elif isinstance(one, dict) and isinstance(asked := one.get("at_least"), dict):
                        self._within(section, (*there, "at_least"), asked, _MEANT_OF.get(one.get("kind", ""), {}))

    def _within(self, section: str, path: DataPath, values: Mapping[str, Any], meant: _Bounds) -> None:
        for key, (least, most) in meant.items():
            for number in _numbers(values.get(key)):
                if least <= number <= most or (number == 0 and key in _NONE_ASKED):
                    continue
                text = f"{key}: {number:g} is {'more' if number > most else 'less'} than can be meant."
                hint = f"From {least:,g} to {most:,g}; look at digits and unit."
                self.say(section, "out-of-range", text, (*path, key), hint)


def _numbers(value: Any) -> list[float]:
    """The numbers that stand as a value: itself, or the bounds of a range."""
    if isinstance(value, bool):
        return []
    if isinstance(value, int | float):
        return [value]
    if isinstance(value, dict) and set(value) <= {"low", "high"}:
        return [number for number in value.values() if isinstance(number, int | float)]
    return []
