"""A generated scenario with other names, languages and times passes on a real server; each forgery of it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rehearsal.core.report import Played, exit_status, report
from rehearsal.core.scenario import Choice
from tests.core.rehearsal.invented import invent, scenario_of
from tests.patience import PATIENCE_S
from tests.shell.rehearsal.record import ROOT, record

SMALL = {"citizens": 3, "turns": 3, "longest": 20, "hours": 25}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder: Path = tmp_path_factory.mktemp("rehearsal")
    file = folder / "invented.json"
    file.write_text(json.dumps(invent(11, **SMALL)))
    return record(file, folder / "played.pickle")


def failing(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [figure for figure in document["expected"] if figure["holds"] is False]


def test_the_generated_scenario_passes(played: Played) -> None:
    document = report(played)
    assert (failing(document), document["errors"]) == ([], [])
    assert exit_status(document) == 0
    assert document["deliveries"]["received"] == document["deliveries"]["expected"] > 100
    assert document["motions"][0]["recount"] == "identical"


def test_one_changed_figure_fails(played: Played) -> None:
    forged = invent(11, **SMALL)
    who, turns = next(iter(forged["expected"]["rooms"]["salon0"]["turns"].items()))
    forged["expected"]["rooms"]["salon0"]["turns"][who] = turns + 1
    assert exit_status(report(replace(played, scenario=scenario_of(forged)))) == 1


def test_one_dropped_frame_fails(played: Played) -> None:
    log = max(played.logs, key=lambda log: len(log.frames))
    place = next(index for index, each in enumerate(log.frames) if each.frame["type"] == "event")
    dropped = replace(log, frames=log.frames[:place] + log.frames[place + 1 :])
    document = report(replace(played, logs=tuple(dropped if each is log else each for each in played.logs)))
    assert document["deliveries"]["missing"] == 1
    assert exit_status(document) == 1


def test_one_flipped_ballot_fails(played: Played) -> None:
    index = next(i for i, ballot in enumerate(played.ballots) if ballot.choice is Choice.FOR and not ballot.refused)
    flipped = replace(played.ballots[index], choice=Choice.AGAINST)
    forged = replace(played, ballots=(*played.ballots[:index], flipped, *played.ballots[index + 1 :]))
    assert exit_status(report(forged)) == 1


def test_an_event_that_never_reached_anybody_fails(played: Played) -> None:
    stream = next(iter(played.rooms.values()))
    last = dict(played.stored[stream][-1])
    hidden = (*played.stored[stream], {**last, "seq": last["seq"] + 1})
    assert exit_status(report(replace(played, stored={**played.stored, stream: hidden}))) == 1


def command(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "hemicycle.settings", "DATABASE_URL": "", "REDIS_URL": ""}
    line = [sys.executable, "-m", "hemicycle", "rehearse", *words]
    return subprocess.run(
        line, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=2 * PATIENCE_S, check=False
    )


def test_a_scenario_that_cannot_be_read_ends_with_2_and_says_where(tmp_path: Path) -> None:
    document = invent(11)
    document["timeline"][4]["type"] = "shout"
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(document))
    done = command(str(file))
    assert (done.returncode, done.stderr.strip()) == (2, f'{file}: timeline[4]: unknown event "shout"')


def test_two_processes_without_redis_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "good.json"
    file.write_text(json.dumps(invent(11)))
    done = command(str(file), "--processes", "2")
    assert (done.returncode, "REDIS_URL" in done.stderr) == (2, True)
