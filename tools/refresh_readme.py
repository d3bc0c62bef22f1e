"""Put the report of the README anew, from the golden file of the same run."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "--target medical-office-manager\n\n", "\n\n[then what helps"


def refresh(root: Path = ROOT) -> None:
    """Write the first part of the golden report, up to what stands beside it, into the README."""
    golden = (root / "tests" / "golden" / "medical-assistant-medical-office-manager.80.txt").read_text(encoding="utf-8")
    shown = golden[: golden.index("\nBeside it")].rstrip()
    readme = root / "README.md"
    text = readme.read_text(encoding="utf-8")
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    readme.write_text(text[:start] + shown + text[end:], encoding="utf-8")


if __name__ == "__main__":
    refresh()
