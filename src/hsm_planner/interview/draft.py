"""An unfinished interview on disk: the answers in order, saved whole after each."""

from __future__ import annotations

from pathlib import Path

import yaml

from hsm_planner.interview.talk import Answer
from hsm_planner.knowledge.yamlfile import parse, read_text
from hsm_planner.profile.store import save
from hsm_planner.values.problems import failure

VERSION = 1


def save_draft(path: Path, answers: list[Answer]) -> None:
    """Write the answers so far; of a file that was there the old or the new answers remain, whole."""
    rows = [{"ask": one.ask, "said": one.said, "choices": list(one.choices), "text": one.text} for one in answers]
    text = yaml.safe_dump({"schema_version": VERSION, "answers": rows}, sort_keys=False, allow_unicode=True)
    save(path, text, backup=False)


def read_draft(path: Path) -> list[Answer]:
    """The answers of a draft.

    Raises:
        InputError: when the file is none.
    """
    data = parse(read_text(path), str(path)).data
    rows = data.get("answers") if isinstance(data, dict) and data.get("schema_version") == VERSION else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) and isinstance(row.get("ask"), str) for row in rows):
        raise failure("not-a-draft", "is no draft of an interview.", file=str(path), hint="Delete it to begin anew.")
    return [
        Answer(
            row["ask"],
            _text(row.get("said")),
            tuple(map(str, row.get("choices") or ())),
            _text(row.get("text")) or "",
        )
        for row in rows
    ]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
