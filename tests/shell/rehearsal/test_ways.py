"""The other ways to speak, and what may break, played on a real server."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import rehearsal
from rehearsal.core.report import Played, report
from tests import servers
from tests.core.rehearsal.invented import invent
from tests.patience import PATIENCE_S
from tests.shell.rehearsal.record import ROOT, record
from tests.skips import NO_SCENARIO

pytestmark = pytest.mark.deep
Json = dict[str, Any]
TWO_CHAMBERS = Path(rehearsal.__file__).parent / "scenarios" / "two_chambers.json"
TWO_ROOMS = (
    Path(os.environ.get("SCENARIO_DEV") or ROOT.parent / "shared" / "data" / "scenario-dev") / "dev-two-rooms.json"
)
"""Read where it lies, in the folder that `SCENARIO_DEV` names or beside this repository; nothing of it is copied."""


def play(document: Json, folder: Path, **options: str) -> Json:
    file = folder / "invented.json"
    file.write_text(json.dumps(document))
    played: Played = record(file, folder / "played.pickle", **options)
    return report(played)


def failing(document: Json, part: str = "") -> list[Json]:
    return [figure for figure in document["expected"] if figure["holds"] is False and part in figure["path"]]


def test_overlapping_speech_in_a_free_room_counts_for_each_speaker(tmp_path: Path) -> None:
    document = invent(21, citizens=3, turns=4, longest=20, hours=25)
    document["rules"]["speaking"]["hard_limit_s"] = None
    for room in document["rooms"]:
        overlap(document, room["id"])
    result = play(document, tmp_path, parts="rooms")
    assert (failing(result), result["errors"]) == ([], [])


def overlap(document: Json, room: str) -> None:
    """Everybody begins before the one before has ended, but for people who follow themselves."""
    turns = [event for event in document["timeline"] if event["room"] == room and event["type"] == "utterance"]
    for before, event in itertools.pairwise(turns):
        end = before["t"] + before["dur"]
        event["t"] = round(end - 4 if before["by"] != event["by"] else end + 3, 1)
    document["timeline"] = [event for event in document["timeline"] if event["type"] != "hand_raise"]
    document["timeline"].sort(key=lambda event: float(event["t"]))
    document["expected"]["rooms"][room].pop("room_seconds_with_speech")


def test_where_the_machine_decides_everything_is_said_and_nothing_judged_by_the_clock(tmp_path: Path) -> None:
    result = play(invent(22, citizens=3, turns=4, longest=20, hours=25), tmp_path, floor="balanced", parts="rooms")
    assert (failing(result), result["errors"]) == ([], [])
    assert {figure["holds"] for figure in result["expected"] if "seconds" in figure["path"]} == {None}


def test_nothing_is_lost_when_lines_break_and_the_server_is_killed(tmp_path: Path) -> None:
    document = invent(23, citizens=3, turns=4, longest=20, hours=25)
    member = document["rooms"][0]["members"][2]
    document["timeline"] += [
        {"t": 20, "room": "salon0", "type": "fault", "fault": "connection_lost", "by": member, "until": 30},
        {"t": 45, "type": "fault", "fault": "server_killed", "until": 46},
        {"t": 60, "type": "fault", "fault": "engine_killed", "until": 70},
    ]
    document["timeline"].sort(key=lambda event: float(event["t"]))
    result = play(document, tmp_path)
    assert [result["deliveries"][key] for key in ("missing", "duplicate", "out_of_order")] == [0, 0, 0]
    assert len(result["faults"]) == 3
    assert all(fault["whole_after_s"] is not None for fault in result["faults"])
    assert (failing(result, "translation_jobs"), failing(result, "motions"), result["errors"]) == ([], [], [])


@pytest.mark.skipif(shutil.which("apertium") is None, reason="Apertium is not installed")
@pytest.mark.parametrize("processes", [1, 2])
def test_two_chambers_amend_and_decide_on_either_database(processes: int) -> None:
    rehearse(TWO_CHAMBERS, speed=20, processes=processes)


@pytest.mark.skipif(shutil.which("apertium") is None, reason="Apertium is not installed")
@pytest.mark.skipif(not TWO_ROOMS.is_file(), reason=NO_SCENARIO)
def test_two_rooms_speak_and_vote_exactly_as_their_scenario_says() -> None:
    rehearse(TWO_ROOMS, speed=40, processes=1)


def rehearse(scenario: Path, *, speed: int, processes: int) -> None:
    """Play it as an operator would; every figure that the scenario expects must hold."""
    with contextlib.ExitStack() as stack:
        house = {"DATABASE_URL": "", "REDIS_URL": ""}
        if processes > 1:
            address, _running = stack.enter_context(servers.redis())
            house = {"DATABASE_URL": stack.enter_context(servers.postgresql()), "REDIS_URL": address}
        command = [sys.executable, "-m", "hemicycle", "rehearse", str(scenario), "--speed", str(speed)]
        done = subprocess.run(
            [*command, "--processes", str(processes)], cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "hemicycle.settings", **house},
            capture_output=True, text=True, timeout=10 * PATIENCE_S, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
