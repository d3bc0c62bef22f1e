"""Build hook: compile data/*.yaml into one JSON file inside the wheel, and beside the YAML in a checkout.

Run as a program it compiles the data beside it: ``python tools/compile_data.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from hatchling.builders.hooks.plugin.interface import BuildHookInterface  # noqa: E402


def compile_data(root: Path) -> Path:
    """Compile the data of a checkout; the file that holds it."""
    from hsm_planner.knowledge.compiled import compile_directory
    from hsm_planner.knowledge.files import COMPILED

    target = root / "data" / COMPILED
    compile_directory(root / "data", target)
    return target


class CompileData(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the compiled data into every wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected."""
        target = compile_data(Path(self.root))
        if version != "editable":  # an editable install reads the checkout
            build_data["force_include"][str(target)] = "hsm_planner/data/knowledge.jsonl"
            build_data["force_include"][str(target.with_name("wages.csv"))] = "hsm_planner/data/wages.csv"


if __name__ == "__main__":
    print(compile_data(ROOT))
