"""``hsm-plan roles``, ``certifications``, ``licenses``, ``degrees``, ``skills``, ``pathway``: the data as lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hsm_planner.cli import places
from hsm_planner.cli.exits import Exit
from hsm_planner.cli.forms import AsJson, Output, Table, TableForm, form_of, write_result
from hsm_planner.cli.options import Overlays, load_knowledge

if TYPE_CHECKING:
    from hsm_planner.engine.filters import ListName

Setting = Annotated[str | None, typer.Option(help="Where: hospital, nursing-home, physician-practice...")]
Search = Annotated[str | None, typer.Option("--search", "-s", help="Words that must all be in an entry.")]


def roles_command(
    setting: Setting = None,
    stage: Annotated[str | None, typer.Option(help="entry, supervisor, manager, director or executive.")] = None,
    level: Annotated[str | None, typer.Option(help="The same as --stage.")] = None,
    search: Search = None,
    json: AsJson = False,
    format: TableForm = None,
    output: Output = None,
    overlays: Overlays = None,
) -> int:
    """List the posts that the data knows."""
    filters = {"setting": setting, "stage": stage, "level": level, "search": search}
    return write_list("roles", filters, json, format, output, overlays)


def certifications_command(
    setting: Setting = None,
    stage: Annotated[str | None, typer.Option(help="entry, early, mid, senior or executive.")] = None,
    issuer: Annotated[str | None, typer.Option(help="The organization: ache, hfma, ahima...")] = None,
    status: Annotated[str | None, typer.Option(help="active, paused or retired.")] = None,
    search: Search = None,
    json: AsJson = False,
    format: TableForm = None,
    output: Output = None,
    overlays: Overlays = None,
) -> int:
    """List the certifications."""
    filters = {"setting": setting, "stage": stage, "issuer": issuer, "status": status, "search": search}
    return write_list("certifications", filters, json, format, output, overlays)


def licenses_command(
    state: Annotated[str | None, typer.Option(help="Two letters, like OH.")] = None,
    family: Annotated[str | None, typer.Option(help="nha, rn, lpn...")] = None,
    search: Search = None,
    json: AsJson = False,
    format: TableForm = None,
    output: Output = None,
    overlays: Overlays = None,
) -> int:
    """List the licences."""
    filters = {"state": state, "family": family, "search": search}
    return write_list("licenses", filters, json, format, output, overlays)


def degrees_command(
    level: Annotated[str | None, typer.Option(help="associate, bachelor, master, doctorate...")] = None,
    field: Annotated[str | None, typer.Option(help="health-administration, nursing, business...")] = None,
    search: Search = None,
    json: AsJson = False,
    format: TableForm = None,
    output: Output = None,
    overlays: Overlays = None,
) -> int:
    """List the degrees, with length and price as far as they are known."""
    return write_list("degrees", {"level": level, "field": field, "search": search}, json, format, output, overlays)


def skills_command(
    search: Search = None,
    json: AsJson = False,
    format: TableForm = None,
    output: Output = None,
    overlays: Overlays = None,
) -> int:
    """List the skills, and ways to show and to build each."""
    return write_list("skills", {"search": search}, json, format, output, overlays)


def pathway_command(
    search: Search = None,
    json: AsJson = False,
    format: TableForm = None,
    output: Output = None,
    overlays: Overlays = None,
) -> int:
    """List the steps to a manager's post, the duties and the workplaces."""
    return write_list("pathway", {"search": search}, json, format, output, overlays)


def write_list(
    name: ListName,
    filters: dict[str, str | None],
    json: bool,
    format_: Table | None,
    output: Path | None,
    overlays: list[Path] | None,
) -> int:
    """Write one list in the form asked for."""
    form = form_of(Table, json=json, format_=format_, output=output)
    from hsm_planner.engine.browse import listing
    from hsm_planner.engine.filters import Filters
    from hsm_planner.report.jsonform import result_json
    from hsm_planner.report.listing import listing_lines
    from hsm_planner.report.tabular import csv_text, jsonl_text

    result = listing(load_knowledge(overlays), name, Filters(**filters), places.today())
    others = {
        "json": lambda: result_json(result),
        "csv": lambda: csv_text(result.rows),
        "jsonl": lambda: jsonl_text(result.rows),
    }
    write_result(form, output, lambda: listing_lines(result), others)
    return Exit.DONE
