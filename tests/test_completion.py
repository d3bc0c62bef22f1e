"""What the shell offers: commands, options, and ids of the data."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def offered(words: str) -> list[str]:
    """What bash would offer for the last of the words."""
    around = {**os.environ, "_HSM_PLAN_COMPLETE": "complete_bash", "COMP_WORDS": f"hsm-plan {words}"}
    around |= {"COMP_CWORD": str(len(words.split(" ")))}
    code = "import sys; sys.argv = ['hsm-plan']; from hsm_planner.cli.main import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=around, cwd=ROOT
    )
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "some"),
    [
        ("ass", ["assess"]),
        ("profile im", ["import"]),
        ("plan x.yaml --alt", ["--alternatives"]),
        ("assess --target nha-o", ["nha-oh", "nha-ok", "nha-or"]),
        ("compare --state O", ["OH", "OK", "OR"]),
        ("plan x.yaml --without mas", ["master"]),
        ("plan x.yaml --assume exam-a", ["exam-attempts="]),
        ("show fac", ["fache", "facmpe"]),
        ("ask no-b", ["no-bsn"]),
    ],
)
def test_commands_options_and_ids_are_offered(words: str, some: list[str]) -> None:
    assert offered(words) == some
