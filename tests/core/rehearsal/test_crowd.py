"""The generated crowd is a scenario that the player can read, with no sentence twice."""

from __future__ import annotations

import itertools
import json

from assemblies.core.names import skeleton_of
from rehearsal.core.reading import read_scenario
from rehearsal.core.scenario import Utterance
from tests.bench.crowd import LANGUAGES, scenario


def test_everybody_sits_somewhere_and_nobody_speaks_over_anybody() -> None:
    read = read_scenario(json.dumps(scenario(rooms=3, people=15, minutes=10)), file="crowd")
    assert (len(read.rooms), len(read.participants), set(read.languages())) == (3, 45, set(LANGUAGES))
    assert len({skeleton_of(person.name) for person in read.participants}) == 45
    for room in read.rooms:
        turns = [event for event in read.of_room(room.id) if isinstance(event, Utterance)]
        assert all(first.end < second.t for first, second in itertools.pairwise(turns))
        assert (len(turns) > 8, turns[-1].end <= room.end) == (True, True)


def test_the_same_number_gives_the_same_crowd_and_no_text_comes_twice() -> None:
    crowd = scenario(rooms=2, people=8, minutes=5)
    assert crowd == scenario(rooms=2, people=8, minutes=5)
    texts = [event["text"] for event in crowd["timeline"] if event["type"] == "utterance"]
    assert len(set(texts)) == len(texts)
