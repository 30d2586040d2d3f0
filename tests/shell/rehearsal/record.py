"""`record.py SCENARIO RESULT [OPTION=VALUE …]`: plays a scenario on a server of its own and pickles what was played."""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from rehearsal.core.report import Played
from rehearsal.scratch import scratch_house

ROOT = Path(__file__).resolve().parents[3]
SPEED = 10
"""Slow enough that the tolerance of a second a turn is 100 ms of a busy machine's time."""


def record(scenario: Path, result: Path, **options: str) -> Played:
    """Play in a scratch house, in a process of its own; returns what it pickled."""
    with scratch_house(speed=SPEED, processes=1, environment={}) as house:
        environment = {**os.environ, **house, "DJANGO_SETTINGS_MODULE": "hemicycle.settings"}
        words = [f"{name}={value}" for name, value in options.items()]
        command = [sys.executable, "-m", "tests.shell.rehearsal.record", str(scenario), str(result), *words]
        subprocess.run(command, check=True, cwd=ROOT, env=environment, timeout=150)
    played: Played = pickle.loads(result.read_bytes())
    return played


def main(scenario_file: str, result: str, *words: str) -> None:
    """The inner process: set up, play, pickle."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from rehearsal.cli import load
    from rehearsal.player import Options, Player
    from rehearsal.processes import OwnServer
    from rehearsal.setup import set_up

    chosen: dict[str, Any] = dict(word.split("=") for word in words)
    call_command("migrate", verbosity=0)
    scenario = load(Path(scenario_file))
    options = Options(
        SPEED, 1, floor=chosen.get("floor"), parts=frozenset(chosen.get("parts", "rooms,plenary").split(","))
    )
    plan = set_up(scenario, mode_of=lambda room: options.mode_of(scenario, room))
    server = OwnServer([int(os.environ["REHEARSAL_PORTS"])], settings.STATE)
    player = Player(scenario, plan, options, server=server, bases=server.bases, progress=lambda text: None)
    asyncio.run(_run(player, server))
    Path(result).write_bytes(pickle.dumps(player.played()))


async def _run(player: Any, server: Any) -> None:
    try:
        await server.start()
        await player.run()
    finally:
        await server.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
