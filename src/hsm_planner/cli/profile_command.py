"""``hsm-plan profile``: make and keep profiles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hsm_planner.cli import places
from hsm_planner.cli.exits import Exit
from hsm_planner.cli.options import NoInput, Overlays, load_knowledge
from hsm_planner.cli.person import Argument, person_of, read_person, source_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hsm_planner.knowledge.store import Knowledge
    from hsm_planner.knowledge.yamlfile import Document
    from hsm_planner.profile.model import Profile

app = typer.Typer(help="Make and keep profiles.", no_args_is_help=True, rich_markup_mode=None)


@app.command("new")
def new_command(
    overlays: Overlays = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day of the talk; default today.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Ask one question a line, for screen readers.")] = False,
    no_input: NoInput = False,
) -> int:
    """Make your profile by answering questions; an unfinished talk goes on where it stopped."""
    from hsm_planner.cli.assess_command import assess_command

    if no_input or not places.can_ask():
        raise typer.BadParameter(
            "`profile new` asks questions and needs a terminal. Without one, `profile add KIND VALUE` adds one thing "
            "at a time, `profile import FILE -o PROFILE.yaml` reads what you have; or write the file (see the README)."
        )
    if places.profile_path().is_file():
        text = "a profile is saved already; use `profile add`, or move it away (`profile path` says where it is)."
        raise typer.BadParameter(text)
    return assess_command(overlays=overlays, as_of=as_of, plain=plain)  # which asks, where no profile is saved


@app.command("check")
def check_command(
    profile: Argument = "",
    overlays: Overlays = None,
) -> int:
    """Look a profile over: its form, its words, and how each was understood."""
    from hsm_planner.engine.assess import profile_summary
    from hsm_planner.report.lines import Line, overlay_lines
    from hsm_planner.report.terminal import write
    from hsm_planner.resolve.person import resolve
    from hsm_planner.values.timeline import Target

    knowledge = load_knowledge(overlays)
    person, document = person_of(profile, knowledge)
    timeline = resolve(person, knowledge, Target("", person.state), document)
    summary = profile_summary(person, timeline)
    lines = [*overlay_lines(knowledge.overlays), Line("Clean. How it was understood:", tone="good")]
    for word in summary.resolved:
        sure = "" if word.how in ("stated", "alias") else f", a guess ({word.how})"
        lines.append(Line(f"{word.pointer}: {word.given} -> {word.kind} {word.id or 'not known'}{sure}", 2, "- "))
    lines += [Line(text, mark="note     ") for text in timeline.warnings]
    write(lines, sys.stdout, colour=places.colour(sys.stdout))
    return Exit.DONE


@app.command("import")
def import_command(
    source: Annotated[
        str, typer.Argument(help="JSON Resume, LinkedIn's data export (ZIP or folder), Open Badges 3.0; - reads input.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the profile (.yaml), or all of the answer (.json).")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The profile and what was lost as JSON.")] = False,
    overlays: Overlays = None,
) -> int:
    """Read a profile from another format: the YAML, and what was read, guessed and left behind."""
    from hsm_planner.engine.imported import imported, profile_text
    from hsm_planner.profile.imports.foreign import ACCEPTED, seems
    from hsm_planner.profile.store import save
    from hsm_planner.report.imported import imported_lines
    from hsm_planner.report.jsonform import result_json
    from hsm_planner.report.terminal import write
    from hsm_planner.values.problems import failure

    if output is not None and output.suffix not in (".yaml", ".yml", ".json"):
        raise typer.BadParameter(f"-o {output}: the suffix must be one of .yaml, .yml, .json.")
    if json and output is not None and output.suffix != ".json":
        raise typer.BadParameter("--json and the suffix of -o ask for different forms. Keep one.")
    knowledge = load_knowledge(overlays)
    found, source_text, name = source_of(source, knowledge)
    if found is None:
        hint = f"{ACCEPTED} A profile of our own needs no import; `hsm-plan profile check` looks it over."
        raise failure("not-to-import", seems(source_text), file=name, hint=hint)
    result = imported(found, knowledge)
    if json or (output is not None and output.suffix == ".json"):
        places.write_result(result_json(result), output)
        return Exit.DONE
    text = f"# From {result.format}. Look it over: hsm-plan profile check\n{profile_text(found)}"
    if output is not None and output.parent.is_dir():
        save(output, text)
    else:  # no folder is made for it
        places.write_result(text, output)
    where = sys.stderr if output is None else sys.stdout
    write(imported_lines(result, str(output) if output else None), where, colour=places.colour(where))
    return Exit.DONE


@app.command("path")
def path_command() -> int:
    """Where your own profile is kept; commands without a PROFILE read it."""
    path = places.profile_path()
    sys.stdout.write(f"{path}\n")
    if not path.is_file():
        sys.stderr.write("hsm-plan: nothing is saved there yet.\n")
    return Exit.DONE


@app.command("add", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def add_command(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="degree, credits, credential, post, membership, exam, course, ...")],
    value: Annotated[str, typer.Argument(help="What is added: BSN, cmm, nab-core, 'Nurse manager'...")],
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="FILE", help="The profile to add to; default the saved one.")
    ] = None,
    overlays: Overlays = None,
) -> int:
    """Add one thing to a profile, with its comments and order kept: `profile add credential cmm --issued 2026-05`.

    Every other option is a key of the entry.
    """
    from hsm_planner.knowledge.yamlfile import parse
    from hsm_planner.profile.editing import with_entry
    from hsm_planner.profile.store import save

    knowledge = load_knowledge(overlays)
    path = Path(profile) if profile else places.profile_path()
    text = "schema_version: 1\n" if profile is None and not path.exists() else places.read_input(str(path))[0]
    before, _ = read_person(text, str(path), knowledge)
    entry = {key: parse(told, f"--{key}").data for key, told in _pairs(context.args)}
    changed = with_entry(text, kind, parse(value, "VALUE").data, entry)
    after, document = read_person(changed, f"{path} with your addition", knowledge, before)
    if _there_already(before, after):
        sys.stdout.write(f"It is in {path} already, word for word: nothing was added.\n")
        return Exit.DONE
    save(path, changed)
    sys.stdout.write(f"Added to {path}.\n")
    sys.stderr.writelines(f"hsm-plan: {line}\n" for line in _doubts(before, after, document, knowledge))
    return Exit.DONE


def _there_already(before: Profile, after: Profile) -> bool:
    """Whether what was added is what stands there, key by key."""
    from hsm_planner.resolve.person import added_to

    new = added_to(before, after)
    return bool(new) and all(
        getattr(after, str(section))[number] in (getattr(before, str(section)) or ()) for section, number in new
    )


def _doubts(before: Profile, after: Profile, document: Document, knowledge: Knowledge) -> Iterator[str]:
    """Which words of what was added are not understood, or are a guess."""
    from hsm_planner.engine.assess import profile_summary
    from hsm_planner.resolve.person import added_to, resolve
    from hsm_planner.values.timeline import Target

    new = {f"{section}[{number}]." for section, number in added_to(before, after)}
    for word in profile_summary(after, resolve(after, knowledge, Target("", after.state), document)).resolved:
        if word.how in ("stated", "alias") or not any(word.pointer.startswith(place) for place in new):
            continue
        told = f"{word.given!r} ({word.pointer})"
        if word.id is None:
            yield f"{told} is not understood, so it counts for nothing yet."
        else:
            name = knowledge.vocabulary.labels.get(word.kind, {}).get(word.id, word.id)
            yield f"{told} is read as {name}, a guess: to be confirmed before it counts."


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    """Options that the command does not know as keys and values.

    Raises:
        typer.BadParameter: when one has no value.
    """
    found: list[tuple[str, str]] = []
    rest = list(words)
    while rest:
        name, equals, told = rest.pop(0).partition("=")
        if not name.startswith("--") or (not equals and not rest):
            raise typer.BadParameter(f"{name}: write keys as --key VALUE, like --issued 2026-05.")
        found.append((name[2:].replace("-", "_"), told if equals else rest.pop(0)))
    return found
