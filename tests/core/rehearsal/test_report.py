"""The report is folded from what members received, and it can fail."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearsal.core.received import ClientLog, Received, ways
from rehearsal.core.report import FaultSeen, Played, exit_status, report
from rehearsal.core.scenario import Choice
from tests.core.rehearsal.invented import invent, play_perfectly, scenario_of, with_two_chambers


def failing(document: dict[str, Any]) -> list[str]:
    return [figure["path"] for figure in document["expected"] if figure["holds"] is False]


def perfect(seed: int = 7) -> Played:
    return play_perfectly(scenario_of(invent(seed)))


def without_frame(log: ClientLog, index: int) -> ClientLog:
    return replace(log, frames=log.frames[:index] + log.frames[index + 1 :])


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25)
def test_a_perfect_server_passes_every_invented_scenario(seed: int) -> None:
    document = report(perfect(seed))
    assert failing(document) == []
    assert document["errors"] == []
    assert document["translation"]["pending"] == 0
    assert exit_status(document) == 0


def test_chambers_are_counted_each_by_itself_and_those_that_advise_decide_nothing() -> None:
    played = play_perfectly(scenario_of(with_two_chambers(invent(7))))
    document = report(played)
    assert (failing(document), document["errors"]) == ([], [])
    (motion,) = document["motions"]
    assert motion["tally"]["people"] == {"for": 0, "against": 4, "abstain": 0}
    others = {"m0": replace(played.published["m0"], tally={"house": motion["tally"]["house"]})}
    assert report(replace(played, published=others))["errors"]


def test_the_report_has_the_keys_of_its_form_and_is_json() -> None:
    document = report(perfect())
    assert list(document) == [
        "schema", "scenario", "speed", "processes", "database", "engines", "rooms", "deliveries", "translation",
        "commands", "motions", "faults", "expected", "remarks", "errors",
    ]  # fmt: skip
    assert json.loads(json.dumps(document)) == document


@given(seed=st.integers(0, 10_000), data=st.data())
@settings(max_examples=25)
def test_one_changed_figure_is_found_and_fails(seed: int, data: st.DataObject) -> None:
    invented = invent(seed)
    room = data.draw(st.sampled_from(sorted(invented["expected"]["rooms"])))
    figures = invented["expected"]["rooms"][room]
    who = data.draw(st.sampled_from(sorted(figures["speaking_seconds"])))
    figures["speaking_seconds"][who] += 1 + figures["turns"][who] * 1.0
    document = report(play_perfectly(scenario_of(invented)))
    assert failing(document) == [f"rooms.{room}.speaking_seconds.{who}"]
    assert exit_status(document) == 1


def test_a_turn_more_or_less_fails() -> None:
    invented = invent(7)
    who = next(iter(invented["expected"]["rooms"]["salon0"]["turns"]))
    invented["expected"]["rooms"]["salon0"]["turns"][who] += 1
    assert exit_status(report(play_perfectly(scenario_of(invented)))) == 1


@given(data=st.data())
@settings(max_examples=25)
def test_one_dropped_frame_is_missing_and_fails(data: st.DataObject) -> None:
    played = perfect()
    victim = data.draw(st.integers(0, len(played.logs) - 1))
    events = [i for i, each in enumerate(played.logs[victim].frames) if each.frame["type"] == "event"]
    dropped = without_frame(played.logs[victim], data.draw(st.sampled_from(events)))
    logs = (*played.logs[:victim], dropped, *played.logs[victim + 1 :])
    document = report(replace(played, logs=logs))
    assert document["deliveries"]["missing"] == 1
    assert document["deliveries"]["members"][dropped.member]["missing"] == 1
    assert exit_status(document) == 1


def test_a_frame_received_twice_or_late_fails() -> None:
    played = perfect()
    log = played.logs[0]
    twice = replace(log, frames=(*log.frames, log.frames[-1]))
    late = replace(log, frames=(*log.frames[:-2], log.frames[-1], log.frames[-2]))
    assert report(replace(played, logs=(twice, *played.logs[1:])))["deliveries"]["duplicate"] == 1
    assert report(replace(played, logs=(late, *played.logs[1:])))["deliveries"]["out_of_order"] == 1


def test_one_flipped_ballot_fails() -> None:
    played = perfect()
    index = next(i for i, ballot in enumerate(played.ballots) if ballot.choice is Choice.FOR and not ballot.refused)
    flipped = replace(played.ballots[index], choice=Choice.AGAINST)
    document = report(replace(played, ballots=(*played.ballots[:index], flipped, *played.ballots[index + 1 :])))
    assert "motions.m0.for" in failing(document)
    assert exit_status(document) == 1


def test_a_recount_that_differs_fails_though_every_figure_holds() -> None:
    played = perfect()
    published = {name: replace(result, recount="yes 3, not 4") for name, result in played.published.items()}
    document = report(replace(played, published=published))
    assert failing(document) == []
    assert document["errors"] == ["m0: the recount differs: yes 3, not 4"]
    assert exit_status(document) == 1


def test_an_event_that_the_database_has_otherwise_is_an_error() -> None:
    played = perfect()
    stored = {name: deepcopy(events) for name, events in played.stored.items()}
    cast(Any, stored["room.1"][0])["data"]["member"] = "somebody else"
    document = report(replace(played, stored=stored))
    assert document["errors"] == ["room.1: event 1 differs from the database"]


def test_events_that_reached_nobody_are_missing_for_everybody() -> None:
    played = perfect()
    extra = {"type": "event", "stream": "room.1", "seq": 10_000, "at": 1, "by": None, "kind": "room.opened", "data": {}}
    stored = {**played.stored, "room.1": (*played.stored["room.1"], extra)}
    assert report(replace(played, stored=stored))["deliveries"]["missing"] > 0


def test_two_members_who_received_different_facts_are_an_error() -> None:
    played = perfect()
    log = played.logs[0]
    place = next(i for i, each in enumerate(log.frames) if each.frame["type"] == "event")
    other = Received(0.0, {**log.frames[place].frame, "by": "forged"})
    forged = replace(log, frames=(*log.frames[:place], other, *log.frames[place + 1 :]))
    assert exit_status(report(replace(played, logs=(forged, *played.logs[1:])))) == 1


def test_speaking_figures_are_reported_but_not_judged_where_the_machine_decides() -> None:
    invented = invent(7)
    who = next(iter(invented["expected"]["rooms"]["salon0"]["turns"]))
    invented["expected"]["rooms"]["salon0"]["speaking_seconds"][who] += 500
    played = play_perfectly(scenario_of(invented))
    document = report(replace(played, run=replace(played.run, judge_speaking=False)))
    assert exit_status(document) == 0
    assert {f["holds"] for f in document["expected"] if "speaking_seconds" in f["path"]} == {None}
    assert {f["holds"] for f in document["expected"] if "translation_jobs" in f["path"]} == {True}


def test_a_translation_counts_for_who_came_late_and_found_it_in_the_snapshot() -> None:
    played = perfect()
    logs = tuple(replace(log, frames=tuple(map(_as_snapshot, log.frames))) for log in played.logs)
    before, after = report(played)["translation"], report(replace(played, logs=logs, stored={}))["translation"]
    assert (before["jobs"], before["pending"]) == (after["jobs"], after["pending"])


def _as_snapshot(each: Received) -> Received:
    """The first text of a feed comes in the snapshot instead of as an event."""
    frame = each.frame
    if ".text." not in frame["stream"] or (frame["type"] == "event" and frame["seq"] > 1):
        return each
    data = frame.get("data")
    state = {"rendered": {data["of"]: {"status": data["status"]}} if data else {}}
    return Received(each.at, {"type": "snapshot", "stream": frame["stream"], "seq": frame["seq"], "state": state})


def test_a_figure_nobody_measures_does_not_hold() -> None:
    invented = invent(7)
    invented["expected"]["rooms"]["salon0"]["applause"] = 3
    invented["expected"]["weather"] = {"sunny": True}
    document = report(play_perfectly(scenario_of(invented)))
    assert failing(document) == ["rooms.salon0.applause", "weather.sunny"]


def test_a_fault_that_never_healed_fails() -> None:
    played = replace(perfect(), faults=(FaultSeen("server_killed", 3.0, None, 0),))
    assert exit_status(report(played)) == 1


@pytest.mark.parametrize(("speed", "status"), [(1, 1), (60, 0)])
def test_seconds_may_be_off_by_a_second_a_turn_or_50_ms_of_wall_time(speed: int, status: int) -> None:
    invented = invent(7)
    for figures in invented["expected"]["rooms"].values():
        for who, turns in figures["turns"].items():
            figures["speaking_seconds"][who] += 2.5 * turns
    played = play_perfectly(scenario_of(invented))
    assert exit_status(report(replace(played, run=replace(played.run, speed=speed)))) == status


def test_the_way_of_a_frame_counts_from_the_command_for_those_who_were_there() -> None:
    def frame(kind: str, at: int, by: str | None = "ana") -> dict[str, Any]:
        return {"type": kind, "stream": "room.1", "seq": 1, "at": at, "by": by}

    came = ClientLog("ana", 1, (Received(1000, frame("snapshot", 0)), Received(1010, frame("event", 500)),
                                Received(2060, frame("event", 2000)), Received(3000, frame("event", 2000, None))),
                     frozenset())  # fmt: skip
    assert ways([came], 2) == (30.0,)
