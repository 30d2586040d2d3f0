"""Every verb of the command line, from every package that has one."""

from __future__ import annotations

import argparse
from typing import Any

Subparsers = Any


def add_to(subparsers: Subparsers) -> None:
    """Give each package's verbs to the parser."""
    import importlib.util

    from rehearsal import cli as rehearsal
    from translation import cli as translation

    _serve(subparsers)
    _release(subparsers)
    _worker(subparsers)
    rehearsal.add_parser(subparsers)
    _recount(subparsers)
    translation.add_parser(subparsers, _languages_of)
    if importlib.util.find_spec("hemicycle.messages"):
        importlib.import_module("hemicycle.messages").add_parser(subparsers)
    _pages(subparsers)


def _serve(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("serve", help="serve pages and sockets on 127.0.0.1, at PORT")
    parser.set_defaults(handler=_run_server)


def _run_server(arguments: argparse.Namespace) -> int:
    from hemicycle.server import serve

    return serve()


def _release(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("release", help="bring database and static files up to this version")
    parser.set_defaults(handler=_run_release)


def _run_release(arguments: argparse.Namespace) -> int:
    from hemicycle.server import release

    release()
    return 0


def _worker(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("worker", help="translate for other processes (beyond one machine)")
    parser.set_defaults(handler=_run_worker)


def _run_worker(arguments: argparse.Namespace) -> int:
    import signal
    import threading

    from rooms.services import report_lag
    from translation.worker import run

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, frame: stop.set())
    run(stop, report_lag)
    return 0


def _recount(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("recount", help="count a published result again")
    parser.add_argument("file", metavar="FILE", help="the JSON file of a result")
    parser.set_defaults(handler=_run_recount)


def _run_recount(arguments: argparse.Namespace) -> int:
    """By the program of its kind, and where votes were sealed by that of permits as well; what is no result at all,
    the first of them says."""
    import contextlib
    import json
    from pathlib import Path

    from plenary import recount, recount_choices, recount_permits

    programs: list[Any] = [recount]
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        document = json.loads(Path(arguments.file).read_text("utf-8"))
        if document["rule"]["kind"] != "yes_no":
            programs = [recount_choices]
        if document["keys"] and not document.get("voided"):
            programs.append(recount_permits)
    return max(int(program.main([arguments.file])) for program in programs)


def _languages_of(slug: str) -> list[str] | None:
    from assemblies.models import Assembly
    from assemblies.queries import languages_of

    assembly = Assembly.objects.filter(slug=slug).first()
    return languages_of(assembly) if assembly else None


def _pages(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("protocol", help="write protocol reference and client types (developers)")
    parser.set_defaults(handler=_write_protocol)
    parser = subparsers.add_parser("configuration", help="write configuration and command line pages (developers)")
    parser.set_defaults(handler=_write_pages)


def _write_protocol(arguments: argparse.Namespace) -> int:
    from hemicycle import protocol

    print(*protocol.write(), sep="\n")
    return 0


def _write_pages(arguments: argparse.Namespace) -> int:
    from hemicycle import pages
    from hemicycle.cli import build_parser

    print(*pages.write(build_parser()), sep="\n")
    return 0
