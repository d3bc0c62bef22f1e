"""How well titles and degree names are read: ``python -m tests.corpus.measure`` prints every slip and the shares.

The corpus was collected without reading the names in ``data/`` or the reader; see the heads of the two files. Names
that it showed to be missing were added to the data since, so its shares flatter what strangers' titles would get. The
held-out corpus (``--held-out``) was collected apart and later, and nothing was added for it.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from hsm_planner.knowledge.store import Knowledge
from hsm_planner.resolve.degrees import DegreeWords, Reading
from hsm_planner.resolve.titles import TitleWords

HERE = Path(__file__).parent


@dataclass
class Measured:
    """Counts of outcomes, and the rows behind each that is not as hoped."""

    counts: Counter[str] = field(default_factory=Counter)
    slips: list[str] = field(default_factory=list)

    def add(self, outcome: str, told: str, *, slip: bool) -> None:
        self.counts[outcome] += 1
        if slip:
            self.slips.append(f"{outcome}: {told}")

    def share(self, good: tuple[str, ...], of: tuple[str, ...]) -> float:
        return sum(self.counts[name] for name in good) / max(1, sum(self.counts[name] for name in of))


RIGHT_FIRST = ("sure and right", "asked, right first")
HAS_ROLE = (*RIGHT_FIRST, "asked, right later", "asked, wrong", "not read", "sure and wrong")
SURE = ("sure and right", "sure and wrong")


def rows(name: str, held_out: str = "") -> list[dict[str, Any]]:
    text = (HERE / f"{held_out}{name}.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)[name]
    return found


def titles(knowledge: Knowledge, held_out: str = "") -> Measured:
    """Job titles. Sure: counted without a question, whatever the setting."""
    words = TitleWords(knowledge)
    known = set(knowledge.ids("roles", "roles"))
    result = Measured()
    for row in rows("titles", held_out):
        wanted = row["role"] if row["role"] in known else None
        read = words.read(row["title"])
        role = knowledge.role(read.role) if read.role else None
        sure = role is not None and not read.guess and not read.general and role.health_specific
        told = f"{row['title']} (wanted {row['role']}, read {', '.join(read.candidates) or 'nothing'})"
        if wanted is None:
            outcome = "sure and wrong" if sure else "asked, no role in the data" if role else "left alone"
            result.add(outcome, told, slip=sure)
        elif role is None:
            result.add("not read", told, slip=True)
        elif sure:
            right = role.id == wanted and row["kind"] != "ambiguous"
            result.add("sure and right" if right else "sure and wrong", told, slip=not right)
        elif role.id == wanted:
            result.add("asked, right first", told, slip=False)
        else:
            result.add("asked, right later" if wanted in read.candidates else "asked, wrong", told, slip=True)
    return result


def degrees(knowledge: Knowledge, held_out: str = "") -> Measured:
    """Degree names. Sure and wrong: another level or field, or one under way or from abroad taken as awarded here."""
    words = DegreeWords(knowledge)
    result = Measured()
    for row in rows("degrees", held_out):
        read = words.read(row["degree"])
        levels = [reading for reading in read if reading.level is not None]
        wanted = [(one["level"], one["field"]) for one in row["readings"] if one["level"] is not None]
        sure = [reading for reading in levels if not _asked(reading)]
        got = [(reading.level, reading.field or reading.field_near) for reading in levels]
        told = f"{row['degree']} (wanted {wanted}, read {got})"
        if not levels:
            result.add("not read" if wanted else "left alone", told, slip=bool(wanted))
        elif _taken_wrongly(sure, levels, wanted, row["kind"]):
            result.add("sure and wrong", told, slip=True)
        elif got == wanted:
            plain_ = len(sure) == len(levels) and not any(reading.field_near for reading in levels)
            result.add("sure and right" if plain_ else "asked, right first", told, slip=False)
        else:
            result.add("asked, wrong" if wanted else "asked, no degree", told, slip=True)
    return result


_NEVER_SURE = ("under_way", "foreign", "not_a_degree")


def _taken_wrongly(
    sure: list[Reading], levels: list[Reading], wanted: list[tuple[str | None, str | None]], kind: str
) -> bool:
    """Another degree than is meant; or all of a string sure that should have been asked about, in part at least."""
    other = any(pair not in _allowed(wanted) for pair in _pairs(sure))
    return other or (bool(sure) and len(sure) == len(levels) and kind in _NEVER_SURE)


def _asked(reading: Reading) -> bool:
    name = reading.name
    unsure = reading.abroad or (name is not None and (name.foreign or (name.guess and not reading.field_words)))
    return reading.how != "alias" or reading.under_way or unsure


def _pairs(readings: list[Reading]) -> list[tuple[str | None, str | None]]:
    return [(reading.level, reading.field) for reading in readings]


def _allowed(wanted: list[tuple[str | None, str | None]]) -> set[tuple[str | None, str | None]]:
    """The readings, each also without its field: that one is then asked for."""
    return {*wanted, *((level, None) for level, _ in wanted)}


def report(knowledge: Knowledge, held_out: str = "") -> str:
    lines: list[str] = []
    for name, measured in (("titles", titles(knowledge, held_out)), ("degrees", degrees(knowledge, held_out))):
        lines += [f"== {name}", *sorted(measured.slips)]
        lines += [f"  {count:4d}  {outcome}" for outcome, count in measured.counts.most_common()]
        lines += [f"  right among those read as sure:          {measured.share(SURE[:1], SURE):.1%}"]
        lines += [f"  sure, or asked with the right one first: {measured.share(RIGHT_FIRST, HAS_ROLE):.1%}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    apart = "held_out_" if "--held-out" in sys.argv[1:] else ""
    sys.stdout.write(report(Knowledge.load(HERE.parents[1] / "data"), apart))
