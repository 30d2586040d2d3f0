"""A scenario is read whole or refused with file, place and reason."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Refused
from rehearsal.core.reading import read_scenario
from rehearsal.core.scenario import Utterance, overlaps, runs_free
from tests.core.rehearsal.invented import invent, scenario_of


def refusal_of(document: Any) -> dict[str, object]:
    text = document if isinstance(document, str) else json.dumps(document)
    with pytest.raises(Refused) as caught:
        read_scenario(text, file="plan.json")
    assert caught.value.code == "scenario.unreadable"
    return dict(caught.value.params)


def index_of(document: dict[str, Any], kind: str) -> int:
    return next(index for index, event in enumerate(document["timeline"]) if event["type"] == kind)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25)
def test_every_invented_scenario_is_read_whole(seed: int) -> None:
    document = invent(seed)
    scenario = scenario_of(document)
    assert len(scenario.timeline) == len(document["timeline"])
    assert [event.t for event in scenario.timeline] == sorted(round(e["t"] * 1000) for e in document["timeline"])


def test_times_become_whole_milliseconds() -> None:
    document = invent(1)
    document["ballots"][-1]["t"] = 746.4000000000001
    assert scenario_of(document).ballots[-1].t == 746_400


def test_an_unknown_schema_is_refused() -> None:
    reason = refusal_of({**invent(1), "schema": "scenario/9"})["reason"]
    assert reason == 'unknown schema "scenario/9"; this player knows "scenario/1"'


def test_an_unknown_event_is_refused_with_its_index() -> None:
    document = invent(1)
    document["timeline"][7]["type"] = "shout"
    assert refusal_of(document) == {"file": "plan.json", "place": "timeline[7]", "reason": 'unknown event "shout"'}


def test_an_unknown_person_is_refused_with_its_index() -> None:
    document = invent(1)
    document["timeline"][3]["by"] = "nobody"
    assert refusal_of(document) == {"file": "plan.json", "place": "timeline[3]", "reason": 'unknown person "nobody"'}


def test_an_unknown_voter_is_refused() -> None:
    document = invent(1)
    document["ballots"][2]["by"] = "ghost"
    assert refusal_of(document)["place"] == "ballots[2]"


def test_a_person_of_another_room_cannot_act_here() -> None:
    document = invent(1)
    place = index_of(document, "utterance")
    room = document["timeline"][place]["room"]
    stranger = next(person["id"] for person in document["participants"] if person["room"] not in (room, None))
    document["timeline"][place]["by"] = stranger
    assert refusal_of(document)["place"] == f"timeline[{place}]"


def test_time_that_runs_backwards_is_refused() -> None:
    document = invent(1)
    document["timeline"][-1]["t"] = 0.5
    refused = refusal_of(document)
    assert refused["place"] == f"timeline[{len(document['timeline']) - 1}]"
    assert "time runs backwards: 0.5 s after" in str(refused["reason"])


CHANGE = {"id": "a0", "motion": "m0", "by": "p01", "t": 5, "act": "delete", "paragraph": 1}
ONE = {"id": "g0", "room": "salon0", "by": "p01", "t": 60, "drafts": ["d0"], "text": "One."}
WORD = {"id": "s0", "motion": "m0", "by": "p01", "t": 5, "text": "No."}
HOUSE = {"name": "house", "quorum": 0, "threshold": 0.5}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"motions": [{"id": "m", "draft": "d0", "opens": 9, "closes": 9}], "ballots": []}, "motions[0]"),
        ({"motions": [{"id": "m", "draft": "other", "opens": 1, "closes": 9}], "ballots": []}, "motions[0]"),
        ({"participants": [], "rooms": []}, "drafts[0]"),
        ({"amendments": [{**CHANGE, "motion": "m9"}]}, "amendments[0]"),
        ({"amendments": [{**CHANGE, "by": "nobody"}]}, "amendments[0]"),
        ({"amendments": [{**CHANGE, "supporters": ["nobody"]}]}, "amendments[0]"),
        ({"amendments": [{**CHANGE, "act": "shout"}]}, "amendments[0]"),
        ({"amendments": [{**CHANGE, "opens": 9, "closes": 12}]}, "amendments[0]"),
        ({"amendments": [CHANGE, CHANGE]}, "amendments[1]"),
        ({"merges": [{**ONE, "drafts": ["d0", "d9"]}]}, "merges[0]"),
        ({"merges": [{**ONE, "t": 1}]}, "merges[0]"),
        ({"merges": [{**ONE, "by": "p11"}]}, "merges[0]"),
        ({"merges": [{**ONE, "accepts": ["nobody"]}]}, "merges[0]"),
        ({"merges": [ONE, ONE]}, "merges[1]"),
        ({"statements": [{**WORD, "t": 0, "motion": "m1"}]}, "statements[0]"),
        ({"statements": [{**WORD, "signers": ["nobody"]}]}, "statements[0]"),
        ({"statements": [WORD, WORD]}, "statements[1]"),
        ({"rules": {"plenary": {**HOUSE, "statements": {"hours": 1}}}}, "rules.plenary.statements"),
        ({"rules": {"plenary": {**HOUSE, "amendments": {"order": "loudest"}}}}, "rules.plenary.amendments"),
        ({"rules": {"plenary": {"electorates": [{"name": "house", "quorum": 0}]}}}, "electorates[0]"),
        ({"rules": {"plenary": {"electorates": [{**HOUSE, "effect": "advisory"}]}}}, "rules.plenary"),
        ({"rules": {"plenary": {"electorates": [{**HOUSE, "effect": "veto"}]}}}, "electorates[0]"),
        ({"question": {"klingon": "Why?"}}, "question"),
        ({"mandate": {"it": 7}}, "mandate"),
        ({"timeline": "soon"}, "scenario"),
        ({"timeline": [7]}, "timeline[0]"),
        ({"rules": {"speaking": {"hard_limit_s": -3}}}, "rules.speaking"),
        ({"rules": {"plenary": {"threshold": 0.5, "quorum": 0, "last_ballot_counts": False}}}, "rules.plenary"),
    ],
)
def test_what_cannot_be_played_is_refused_where_it_stands(change: dict[str, Any], place: str) -> None:
    assert refusal_of({**invent(1), **change})["place"] == place


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": NaN}', "[" * 100_000])
def test_what_is_not_a_json_object_is_refused(text: str) -> None:
    assert refusal_of(text)["file"] == "plan.json"


def test_a_draft_version_after_its_submission_is_refused() -> None:
    document = invent(1)
    document["drafts"][0]["submitted_at"] = 1
    assert refusal_of(document)["reason"] == "time runs backwards between versions and submission"


def test_a_room_runs_free_only_without_hard_limit_and_with_overlapping_turns() -> None:
    document = invent(3)
    first, second = _first_two_turns(document)
    document["timeline"][second]["t"] = document["timeline"][first]["t"] + 2
    document["timeline"].sort(key=lambda event: event["t"])
    assert overlaps(scenario_of(document).of_room("salon0"))
    assert not runs_free(scenario_of(document), "salon0")
    document["rules"]["speaking"]["hard_limit_s"] = None
    assert runs_free(scenario_of(document), "salon0")
    assert not runs_free(scenario_of(document), "salon1")


def _first_two_turns(document: dict[str, Any]) -> list[int]:
    events = enumerate(document["timeline"])
    return [index for index, event in events if event["room"] == "salon0" and "dur" in event][:2]


def test_an_utterance_speaks_the_language_of_its_person_unless_it_says_otherwise() -> None:
    document = invent(5)
    place = index_of(document, "utterance")
    del document["timeline"][place]["lang"]
    event = scenario_of(document).timeline[place]
    assert isinstance(event, Utterance)
    assert event.lang == scenario_of(document).person(str(event.by)).lang
