"""Rows of a result as CSV or as one JSON object a line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel


def csv_text(rows: Iterable[BaseModel]) -> str:
    """Rows under the names of their keys: a key inside a key is joined with a dot, a list with semicolons.

    What begins like a formula of a spreadsheet is written with an apostrophe before it.
    """
    flat = [_flat(row) for row in rows]
    named = dict.fromkeys(key for row in flat for key in row)
    keys = [key for key in named if not any(other.startswith(f"{key}.") for other in named)]  # else null in some rows
    out = io.StringIO()
    writer = csv.DictWriter(out, keys, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    return out.getvalue() if keys else ""


def jsonl_text(rows: Iterable[BaseModel]) -> str:
    return "".join(json.dumps(vars(row), default=vars, ensure_ascii=False) + "\n" for row in rows)


def _flat(row: BaseModel, prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in vars(row).items():
        if isinstance(value, BaseModel):
            found |= _flat(value, f"{prefix}{key}.")
        elif isinstance(value, tuple):
            found[prefix + key] = _safe("; ".join(map(str, value)))
        else:
            found[prefix + key] = _safe(value) if isinstance(value, str) else value
    return found


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
