"""Generated pages: configuration and command line, written from the declarations themselves."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings

from hemicycle.environment import DECLARED

DOCS = Path(__file__).resolve().parents[2] / "docs"
CONFIGURATION = DOCS / "configuration.md"
COMMAND_LINE = DOCS / "command-line.md"


def configuration() -> str:
    """`docs/configuration.md`."""
    rows = "\n".join(
        f"| `{variable.name}` | {variable.kind} | {_default(variable.default)} | {variable.purpose} |"
        for variable in sorted(DECLARED.values(), key=lambda variable: variable.name)
    )
    return (
        "# Configuration\n\nWritten by `hemicycle configuration` from the code. Every variable is optional:\n"
        "without any, one process serves everything from SQLite on 127.0.0.1.\n\n"
        f"| variable | kind | default | what for |\n|---|---|---|---|\n{rows}\n"
    )


def _default(value: str) -> str:
    shown = value.replace(str(settings.STATE), "var")
    return f"`{shown}`" if shown else "–"


def command_line(parser: argparse.ArgumentParser) -> str:
    """`docs/command-line.md`."""
    parts = ["# Command line", "Written by `hemicycle configuration` from the code.", _block(parser)]
    for name, child in sorted(_verbs_of(parser).items()):
        parts += [f"## hemicycle {name}", _block(child)]
    return "\n\n".join(parts) + "\n"


def _verbs_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    actions = parser._subparsers._group_actions if parser._subparsers else []
    return {name: child for action in actions for name, child in dict(action.choices or {}).items()}


def _block(parser: argparse.ArgumentParser) -> str:
    parser.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=100)
    return f"```\n{parser.format_help().rstrip()}\n```"


def write(parser: argparse.ArgumentParser) -> list[Path]:
    """Write both pages and return their paths."""
    CONFIGURATION.write_text(configuration())
    COMMAND_LINE.write_text(command_line(parser))
    return [CONFIGURATION, COMMAND_LINE]
