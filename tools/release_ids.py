"""Write the ids of all rules into data/released.yaml, as the release of this version has them: run before a release."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

HEAD = """\
# yaml-language-server: $schema=../schemas/released.schema.json
# The ids of rules that this release has: others may hold on to them. Written by tools/release_ids.py.
"""


def release(root: Path = ROOT) -> str:
    """The new text of released.yaml; what was retired before stays."""
    from hsm_planner.knowledge.check import node_ids
    from hsm_planner.knowledge.files import RELEASED
    from hsm_planner.knowledge.yamlfile import parse
    from hsm_planner.values.version import __version__

    path = root / "data" / RELEASED
    retired = parse(path.read_text(encoding="utf-8"), str(path)).data["retired"] if path.exists() else {}
    lines = [f"  {old}: {new or 'null'}" for old, new in sorted(retired.items())]
    kept = "retired:\n" + "\n".join(lines) if lines else "retired: {}"
    nodes = "\n".join(f"  - {id_}" for id_ in sorted(node_ids(root / "data")))
    return f'{HEAD}version: "{__version__}"\n{kept}\nnodes:\n{nodes}\n'


if __name__ == "__main__":
    (ROOT / "data" / "released.yaml").write_text(release(), encoding="utf-8")
