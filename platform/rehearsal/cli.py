"""`hemicycle rehearse FILE`: plays a scenario with simulated people and prints what came of it."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kernel.errors import Refused
from rehearsal.core.reading import read_scenario
from rehearsal.core.report import exit_status, report
from rehearsal.core.scenario import Scenario
from rehearsal.core.summary import summary
from rehearsal.scratch import scratch_house, uses_servers

MODES = ("balanced", "chaired", "free")
UNREADABLE = 2


def add_parser(subparsers: Any) -> None:
    """The verbs `rehearse` and `demo` with their options."""
    from rehearsal.demo import cli as demo

    demo.add_parser(subparsers)
    parser = subparsers.add_parser("rehearse", help="play a scenario with simulated people and report what came of it")
    parser.add_argument("file", type=Path, metavar="FILE", help='a scenario of the form "scenario/1"')
    parser.add_argument(
        "--speed", type=_at_least_one, default=1, metavar="N", help="turns and votes run so many times faster"
    )
    parser.add_argument("--processes", type=_at_least_one, default=1, metavar="N", help="web processes (needs Redis)")
    parser.add_argument("--floor", choices=MODES, help="how the floor is given; the default is what the scenario needs")
    parser.add_argument("--url", help="play on this running server instead of one of its own; the database is shared")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the whole report there, as JSON")
    parser.add_argument("--only", choices=("rooms", "plenary"), help="play only this part")
    parser.set_defaults(handler=rehearse)


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def rehearse(arguments: argparse.Namespace) -> int:
    """0 when everything came out as expected, 1 when not, 2 when it could not be begun."""
    try:
        scenario = load(arguments.file)
    except Refused as refusal:
        place = refusal.params
        print(f"{place['file']}: {place['place']}: {place['reason']}", file=sys.stderr)
        return UNREADABLE
    if arguments.processes > 1 and not uses_servers(os.environ):
        print("--processes needs DATABASE_URL (PostgreSQL) and REDIS_URL.", file=sys.stderr)
        return UNREADABLE
    if arguments.url or os.environ.get("REHEARSAL_PORTS"):
        return _play(scenario, arguments)
    return _play_in_scratch_house(arguments)


def load(file: Path) -> Scenario:
    """The scenario in a file, or `Refused("scenario.unreadable", file, place, reason)`."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("scenario.unreadable", file=str(file), place="file", reason=str(error)) from error
    return read_scenario(text, file=str(file))


def _play_in_scratch_house(arguments: argparse.Namespace) -> int:
    """The same command once more, in an environment of its own that is removed afterwards."""
    house = scratch_house(speed=arguments.speed, processes=arguments.processes, environment=os.environ)
    with house as environment:
        command = [sys.executable, "-m", "hemicycle", "rehearse", *_words_of(arguments)]
        child = subprocess.Popen(command, env={**os.environ, **environment})  # noqa: S603 (our own interpreter)
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the child, which still reports
        forward = signal.signal(signal.SIGTERM, lambda *_: child.send_signal(signal.SIGINT))
        try:
            return child.wait()
        finally:
            signal.signal(signal.SIGINT, before)
            signal.signal(signal.SIGTERM, forward)


def _words_of(arguments: argparse.Namespace) -> list[str]:
    words = [str(arguments.file), "--speed", str(arguments.speed), "--processes", str(arguments.processes)]
    for option in ("floor", "report", "only"):
        if (value := getattr(arguments, option)) is not None:
            words += [f"--{option}", str(value)]
    return words


def _play(scenario: Scenario, arguments: argparse.Namespace) -> int:
    """Set up, play and report; a broken-off rehearsal still reports what was played."""
    from django.core.management import call_command

    from rehearsal.player import Options, Player
    from rehearsal.processes import end_on_signals
    from rehearsal.setup import set_up

    parts = frozenset({arguments.only} if arguments.only else {"rooms", "plenary"})
    options = Options(arguments.speed, arguments.processes, floor=arguments.floor, parts=parts)
    call_command("migrate", verbosity=0)
    plan = set_up(scenario, mode_of=lambda room: options.mode_of(scenario, room))
    server = None if arguments.url else _own_server(arguments.processes)
    bases = [arguments.url] if arguments.url else server.bases if server else []
    player = Player(scenario, plan, options, server=server, bases=bases, progress=_progress())
    interrupted = False
    end_on_signals()
    try:
        asyncio.run(_run(player, server))
    except KeyboardInterrupt:
        interrupted = True
    document = report(player.played())
    _show(document, arguments, interrupted=interrupted)
    return 1 if interrupted else exit_status(document)


def _own_server(processes: int) -> Any:
    from django.conf import settings

    from rehearsal.processes import OwnServer

    ports = [int(port) for port in os.environ["REHEARSAL_PORTS"].split(",")]
    return OwnServer(ports[:processes], settings.STATE, worker=not settings.TRANSLATION_IN_PROCESS)


async def _run(player: Any, server: Any) -> None:
    try:
        if server is not None:
            await server.start()
        await player.run()
    finally:
        if server is not None:
            await server.stop()


def _progress() -> Any:
    """One line that is written over, on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        return lambda text: None
    return lambda text: print(f"\r\x1b[K{text[:100]}", end="", file=sys.stderr, flush=True)


def _show(document: Mapping[str, Any], arguments: argparse.Namespace, *, interrupted: bool) -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    if arguments.report:
        arguments.report.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if interrupted:
        print("Broken off; this is what was played.")
    print("\n".join(summary(document)))
