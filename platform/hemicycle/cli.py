"""The one command: `hemicycle`. Its own verbs first; Django's management commands under their own names."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

MANAGEMENT = ("check", "collectstatic", "createsuperuser", "dbshell", "flush", "makemigrations", "migrate", "shell",
              "showmigrations", "sqlmigrate")  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; its exit status is ours."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.settings")
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in MANAGEMENT:
        return _manage(words)
    parser = build_parser()
    chosen = parser.parse_args(words)
    if "handler" not in chosen:
        parser.print_help()
        return 2
    return int(chosen.handler(chosen) or 0)


def build_parser() -> argparse.ArgumentParser:
    """The parser of our own verbs; `docs/command-line.md` is written from it."""
    import django

    django.setup()
    from hemicycle import verbs  # settings must be read first

    parser = argparse.ArgumentParser(prog="hemicycle", description=__doc__)
    verbs.add_to(parser.add_subparsers(title="verbs", metavar="VERB"))
    parser.epilog = "Django's own: " + " ".join(MANAGEMENT)
    return parser


def _manage(words: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["hemicycle", *words])
    return 0
