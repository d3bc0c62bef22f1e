"""How long ``hsm-plan assess --json`` takes to start, against a typer program of two commands.

Both run in turn, in one go and with the same interpreter, so that a busy machine slows both: the figure is the median
of the pairwise ratios. ``assess`` runs from a wheel: either in an environment that has one (``--python``), or in one
made here. Print only; nothing is asserted.

    python benchmarks/startup.py [--runs 30] [--python PATH]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROFILE = ROOT / "examples" / "medical-assistant.yaml"
TWO_COMMANDS = '''
import typer

app = typer.Typer()


@app.command()
def greet(name: str, times: int = 1, loud: bool = False) -> None:
    """Say hello."""
    print("hello " * times, name.upper() if loud else name)


@app.command()
def leave(name: str) -> None:
    """Say goodbye."""
    print("goodbye", name)


app()
'''


def _installed(folder: Path) -> Path:
    """The interpreter of a new environment with the wheel of this checkout."""
    subprocess.run([sys.executable, "-m", "build", "--quiet", "--wheel", "--outdir", folder / "dist", ROOT], check=True)
    venv.create(folder / "plain", with_pip=True)
    python = folder / "plain" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", *(folder / "dist").glob("*.whl")], check=True)
    return python


def _seconds(command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--python", type=Path, help="an interpreter that has the wheel installed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = options.python.absolute() if options.python else _installed(folder)
        (folder / "two.py").write_text(TWO_COMMANDS, encoding="utf-8")
        small = [str(python), "two.py", "greet", "you"]
        target = ["--target", "medical-office-manager", "--json", "--as-of", "2026-11-23"]
        ours = [str(python), "-m", "hsm_planner", "assess", str(PROFILE), *target]
        pairs = [(_seconds(small, folder), _seconds(ours, folder)) for _ in range(options.runs + 1)][1:]
    ratios = sorted(ours_s / small_s for small_s, ours_s in pairs)
    print(
        json.dumps(
            {
                "runs": options.runs,
                "two_commands_ms": round(statistics.median(pair[0] for pair in pairs) * 1000),
                "assess_json_ms": round(statistics.median(pair[1] for pair in pairs) * 1000),
                "ratio": round(statistics.median(ratios), 2),
                "ratio_least": round(ratios[0], 2),
                "ratio_most": round(ratios[-1], 2),
            }
        )
    )


if __name__ == "__main__":
    main()
