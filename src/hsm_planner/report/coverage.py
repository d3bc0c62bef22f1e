"""How much of a rule can be answered here, in words."""

from __future__ import annotations

from hsm_planner.engine.result import Coverage


def coverage_words(coverage: Coverage) -> str:
    """``9 checked, 2 on your word, 3 cannot be known here``; what there is none of is left out."""
    parts = [
        f"{coverage.checked} checked" if coverage.checked else "",
        f"{coverage.attested} on somebody's word" if coverage.attested else "",
        f"{coverage.unread} cannot be known here" if coverage.unread else "",
    ]
    return ", ".join(part for part in parts if part) or "nothing is asked"
