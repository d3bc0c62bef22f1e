"""``hsm-plan knowledge``: check the data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hsm_planner.cli import places
from hsm_planner.cli.exits import Exit
from hsm_planner.cli.forms import AsJson, Output, Report, ReportForm, TableForm, form_of, write_result
from hsm_planner.cli.options import Overlays, day_of, load_knowledge

app = typer.Typer(help="Look after the data.", rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Look after the data."""


@app.command("check")
def check_command(
    directory: Annotated[Path | None, typer.Argument(help="A data folder; default: the program's own.")] = None,
    overlays: Overlays = None,
    json: AsJson = False,
) -> int:
    """Check the data, and what is laid over it: references, sources, numbers, dates, names, ids."""
    from hsm_planner.knowledge.check import check
    from hsm_planner.values.problems import InputError

    place = directory or places.data_directory()
    found = check(place)
    if found.problems:
        raise InputError(found.problems)
    summary = found.summary
    if overlays:
        from hsm_planner.knowledge.store import Knowledge

        laid = Knowledge.load(place, overlays)
        sections = {"roles": "roles", "certifications": "certifications", "licenses": "licences", "sources": "sources"}
        counts = ", ".join(f"{len(laid.ids(name, name))} {word}" for name, word in sections.items())
        summary += f"\nWith {', '.join(laid.overlays)} laid over it, clean as well: {counts}."
    if json:
        from hsm_planner.report.jsonform import document

        sys.stdout.write(document("knowledge check", summary=summary))
        return Exit.DONE
    sys.stdout.write(f"{summary}\n")
    return Exit.DONE


@app.command("stale")
def stale_command(
    years: Annotated[int, typer.Option(min=0, max=50, help="From how many years on a source is old.")] = 2,
    most: Annotated[int, typer.Option(min=1, help="How many of each list in the text; JSON has all.")] = 15,
    overlays: Overlays = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day to look from; default today.")] = None,
    json: AsJson = False,
    format: ReportForm = None,
    output: Output = None,
) -> int:
    """Tell what rests on old, undated or uncertain sources: what to read again first."""
    form = form_of(Report, json=json, format_=format, output=output)
    day = day_of(as_of)
    from hsm_planner.engine.stale import stale
    from hsm_planner.report.jsonform import result_json
    from hsm_planner.report.stale import stale_lines

    result = stale(load_knowledge(overlays), day, years)
    write_result(form, output, lambda: stale_lines(result, most), {"json": lambda: result_json(result)})
    return Exit.DONE


@app.command("sources")
def sources_command(
    search: Annotated[str | None, typer.Option("--search", "-s", help="Words that must all be in a source.")] = None,
    json: AsJson = False,
    format: TableForm = None,
    output: Output = None,
    overlays: Overlays = None,
) -> int:
    """List every document that the data cites."""
    from hsm_planner.cli.browse_command import write_list

    return write_list("sources", {"search": search}, json, format, output, overlays)
