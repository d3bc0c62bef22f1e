"""``python -m hsm_planner``."""

from hsm_planner.cli.main import run

run()
