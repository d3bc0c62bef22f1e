"""Options that several commands read alike."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hsm_planner.cli import places

if TYPE_CHECKING:
    import datetime as dt

    from hsm_planner.knowledge.store import Knowledge
    from hsm_planner.values.dates import PartialDate


class Standard(StrEnum):
    """How far the rule of a role reaches."""

    REQUIRED = "required"
    TYPICAL = "typical"
    PREFERRED = "preferred"


HowFar = Annotated[
    Standard | None,
    typer.Option("--standard", help="For roles: the law, what is usually asked (default), or strong candidates."),
]
NoInput = Annotated[bool, typer.Option("--no-input", help="Never ask; the default off a terminal.")]
Overlays = Annotated[
    list[Path] | None,
    typer.Option(
        "--knowledge",
        envvar="HSM_PLAN_KNOWLEDGE",
        metavar="DIR",
        help="Entries of your own laid over the data: a folder or a file. Repeatable.",
    ),
]
_FILES = (".yaml", ".yml", ".json")


def load_knowledge(overlays: list[Path] | None) -> Knowledge:
    """The data, with what is laid over it.

    Raises:
        InputError: with every problem of an overlay.
    """
    from hsm_planner.knowledge.store import Knowledge

    return Knowledge.load(places.data_directory(), overlays or ())


def load_with_targets(overlays: list[Path] | None, targets: list[str]) -> tuple[Knowledge, list[str]]:
    """The data and the names of several targets; files named as targets are laid over the data.

    Raises:
        InputError: with every problem of an overlay; when a file does not hold one target.
    """
    files = [Path(target) for target in targets if target.endswith(_FILES)]
    if not files:
        return load_knowledge(overlays), targets
    from hsm_planner.knowledge.overlay import target_in

    names = [target_in(Path(target)) if target.endswith(_FILES) else target for target in targets]
    return load_knowledge([*(overlays or ()), *files]), names


def load_with_target(overlays: list[Path] | None, target: str | None) -> tuple[Knowledge, str | None]:
    """The data and the target's name; a file named as the target is laid over the data.

    Raises:
        InputError: with every problem of an overlay; when the file does not hold one target.
    """
    knowledge, names = load_with_targets(overlays, [target] if target is not None else [])
    return knowledge, next(iter(names), None)


def day_of(text: str | None, option: str = "--as-of") -> dt.date:
    """The day of an option; today where it is not given.

    Raises:
        typer.BadParameter: when it is no whole day.
    """
    if text is None:
        return places.today()
    day = _parsed(text)
    if day is None or day.day is None:
        raise typer.BadParameter(f"{option} {text}: give a whole day, like 2026-11-23, of 1900 to 2200.")
    return day.as_event().earliest


def last_day_of(text: str, option: str) -> dt.date:
    """The day of an option up to which something is meant; of a month or a year its last day.

    Raises:
        typer.BadParameter: when it is no date.
    """
    day = _parsed(text)
    if day is None:
        raise typer.BadParameter(
            f"{option} {text}: give a day, a month or a year, like 2026-11-23 or 2030, up to 2200."
        )
    return day.as_event().latest


def _parsed(text: str) -> PartialDate | None:
    from hsm_planner.values.dates import PartialDate

    try:
        return PartialDate.parse(text)
    except ValueError:
        return None
