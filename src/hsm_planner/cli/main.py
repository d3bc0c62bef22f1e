"""The command ``hsm-plan``: its commands, and what every failure looks like."""

from __future__ import annotations

import contextlib
import errno
import gc
import importlib
import io
import os
import sys
from typing import Annotated, Any

import typer

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.options import NoInput
from hsm_planner.values.version import __version__

# A short run makes no garbage worth looking for: the usual 700 would stop it a hundred times while it loads.
OBJECTS_BETWEEN_COLLECTIONS = 500_000

# Where each command is: its module, and its function (or its group, where the name stands under that).
_COMMANDS: dict[str, tuple[str, str]] = {
    "assess": ("assess_command", "assess_command"),
    "plan": ("plan_command", "plan_command"),
    "follow": ("follow_command", "follow_command"),
    "compare": ("compare_command", "compare_command"),
    "whatif": ("whatif_command", "whatif_command"),
    "ask": ("ask_command", "ask_command"),
    "show": ("show_command", "show_command"),
    "roles": ("browse_command", "roles_command"),
    "certifications": ("browse_command", "certifications_command"),
    "licenses": ("browse_command", "licenses_command"),
    "degrees": ("browse_command", "degrees_command"),
    "skills": ("browse_command", "skills_command"),
    "pathway": ("browse_command", "pathway_command"),
    "outlook": ("outlook_command", "outlook_command"),
    "renewals": ("renewals_command", "renewals_command"),
    "schema": ("schema_command", "schema_command"),
    "knowledge": ("knowledge_command", "app"),
    "profile": ("profile_command", "app"),
}
_NOBODY_TO_ASK = (
    "nothing can be asked here, so name a command and a profile: hsm-plan assess PROFILE --target T (- as PROFILE "
    "reads standard input); on a terminal, hsm-plan alone asks."
)
# What a disk says that takes no more.
_NOT_WRITTEN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
# Commands that look at words too many themselves, to say where they belong.
_LOOSE = frozenset({"whatif"})


def _program(arguments: list[str]) -> typer.Typer:
    """The command line; of the one command that is called where it can be told. The others would only cost time."""
    called = arguments[0] if arguments and arguments[0] in _COMMANDS else None
    program = typer.Typer(
        name="hsm-plan",
        help="What a post, certification or licence in health care management asks, and what you have of it.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=False,
        add_completion=called is None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    program.callback(invoke_without_command=True)(main)
    for name, (module, attribute) in _COMMANDS.items():
        if called in (None, name):
            found = getattr(importlib.import_module(f"hsm_planner.cli.{module}"), attribute)
            if isinstance(found, typer.Typer):
                program.add_typer(found, name=name)
            else:
                program.command(name, context_settings={"allow_extra_args": name in _LOOSE})(found)
    return program


def _version(value: bool) -> None:
    if value:
        typer.echo(f"hsm-plan {__version__}")
        raise typer.Exit


def main(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Ask one question a line, for screen readers.")] = False,
    no_input: NoInput = False,
) -> None:
    """Plan the way into health care management."""
    del version
    if context.invoked_subcommand is not None:  # the commands that ask have both options too
        asking = {"no_input": no_input, "plain": plain}
        context.default_map = {"assess": asking, "profile": {"new": asking}}
        return
    from hsm_planner.cli import places

    if no_input or not places.can_ask():
        typer.echo(context.get_help())
        raise typer.BadParameter(_NOBODY_TO_ASK)
    from hsm_planner.cli.assess_command import assess_command

    raise typer.Exit(assess_command(plain=plain))


def run() -> None:
    """Run the command line and leave with its exit code.

    **Why** ``os._exit``: taking all that was loaded apart again takes a tenth of a short run. Nothing waits for it:
    what was written is flushed, files are closed where they are used, and no thread runs.
    """
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for plugins, every installed package is read
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name must not stop a terminal that lacks its letters
    code = execute(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # a reader that went away was told in `execute`
            stream.flush()
    os._exit(code)


def execute(arguments: list[str]) -> int:
    """Run the command line.

    Returns:
        The exit code. Failures of input are told on stderr (and as JSON on stdout where JSON was asked for).
    """
    try:
        result = _program(arguments)(args=arguments, prog_name="hsm-plan", standalone_mode=False)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except Exception as error:  # noqa: BLE001 - the last line: whatever it is, no traceback meets the user
        return _failed(error, arguments)
    return int(result) if isinstance(result, int) else Exit.DONE


def _failed(error: Exception, arguments: list[str]) -> int:
    from hsm_planner.values.problems import InputError, Problem

    command = next((word for word in arguments if not word.startswith("-")), "")
    as_json = _wants_json(arguments)
    if isinstance(error, InputError):
        _tell(command, list(error.problems), as_json=as_json)
        return Exit.FAILED
    if isinstance(error, typer.Abort):
        return Exit.INTERRUPTED
    usage = getattr(error, "format_message", None)  # the parser's own errors, whose class is private
    if usage is not None and "\n" in usage():  # a group called without a command: its help
        sys.stderr.write(f"{usage()}\n")
        return Exit.USAGE
    if usage is not None:
        _tell(command, [_misused(command, error, usage())], as_json=as_json)
        return Exit.USAGE
    if os.environ.get("HSM_PLAN_DEBUG"):
        raise error
    if isinstance(error, OSError) and error.errno in _NOT_WRITTEN:
        sys.stderr.write(f"hsm-plan: the answer could not be written: {error.strerror}.\n")
        return Exit.FAILED
    if type(error).__name__ == "Unsound":
        _tell(command, [_unsound(error)], as_json=as_json)
        return Exit.BUG
    text = f"a mistake of ours: {type(error).__name__}: {error}."
    _tell(
        command,
        [Problem("bug", text, hint="Please report it, with HSM_PLAN_DEBUG=1 for the details.")],
        as_json=as_json,
    )
    return Exit.BUG


def _misused(command: str, error: Exception, text: str) -> Any:
    """What is wrong with how a command was called: a filter of another list by what this list takes."""
    from hsm_planner.engine.filters import refusal
    from hsm_planner.values.problems import Problem

    option = getattr(error, "option_name", None) or ""  # of an option that the command does not have
    if refused := refusal(command, option.removeprefix("--")):
        return refused
    called = f" {command}" if command in _COMMANDS else ""
    return Problem("usage", text, hint=f"See `hsm-plan{called} --help`.")


def _unsound(error: Any) -> Any:
    """A plan that failed its own replay, with its problem saved for us."""
    from pathlib import Path

    from hsm_planner.values.problems import Problem

    saved = Path("hsm-plan-unsound.json")
    saved.write_text(error.dump, encoding="utf-8")
    text = f"a plan failed its own replay, a mistake of ours: {error}."
    return Problem("unsound-plan", text, hint=f"Please report it, with {saved}.")


def _wants_json(arguments: list[str]) -> bool:
    from itertools import zip_longest

    pairs = zip_longest(arguments, arguments[1:], fillvalue="")
    return any(word in ("--json", "--format=json") or (word == "--format" and value == "json") for word, value in pairs)


def _tell(command: str, problems: list[Any], *, as_json: bool) -> None:
    if as_json:
        from hsm_planner.report.jsonform import errors_json

        with contextlib.suppress(OSError):  # what is wrong is told on stderr too
            sys.stdout.write(errors_json(command, problems))
            sys.stdout.flush()
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        sys.stderr.write(f"hsm-plan: {' '.join(part for part in (first.place, first.message) if part)}{more}\n")
        return
    from hsm_planner.report.problems import problem_lines
    from hsm_planner.report.terminal import plain_text

    sys.stderr.write(plain_text(problem_lines(problems)))
