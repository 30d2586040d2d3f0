"""The run-off gives the rounds published of a real election: Minneapolis, park board, 2013, 80,101 ballots."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from pathlib import Path

import pytest

from plenary.core.options import runoff
from tests.skips import NO_ELECTIONS

NAME = "minneapolis-2013-park-board"
PLACES = (parent / "shared" / "data" / "votes" for parent in Path(__file__).resolve().parents)
FOLDER = next((place for place in PLACES if (place / f"{NAME}-expected.json").is_file()), None)
NOBODY = ("undervote", "overvote")

pytestmark = pytest.mark.skipif(FOLDER is None, reason=NO_ELECTIONS)


def published() -> list[dict[str, int]]:
    """Votes by candidate, round by round, as they were published."""
    assert FOLDER is not None
    document = json.loads((FOLDER / f"{NAME}-expected.json").read_text("utf-8"))
    return [{name: int(float(votes)) for name, votes in each["tally"].items()} for each in document["results"]]


def rankings() -> Counter[tuple[str, ...]]:
    """Real ballots: what is skipped or marked twice is passed over."""
    assert FOLDER is not None
    packed = (FOLDER / f"{NAME}-rankings.tsv.xz").read_bytes()
    _, *lines = lzma.decompress(packed).decode().splitlines()
    ballots: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        *ranks, number = line.split("\t")
        ballots[tuple(dict.fromkeys(_called(rank) for rank in ranks if rank not in NOBODY))] += int(number)
    return ballots


def _called(name: str) -> str:
    return {"UWI": "Undeclared Write-ins"}.get(name, name)


def rounds_of(ballots: Counter[tuple[str, ...]], names: list[str]) -> list[dict[str, int]]:
    """The run-off of these ballots among these candidates."""
    numbers = {name: number for number, name in enumerate(names, start=1)}
    papers: Counter[tuple[int, ...]] = Counter()
    for ranking, number in ballots.items():
        papers[tuple(numbers[name] for name in ranking if name in numbers)] += number
    del papers[()]
    return [
        {name: votes for name, votes in zip(names, each, strict=True) if votes is not None}
        for each in runoff(papers, len(names))
    ]


def test_the_published_rounds() -> None:
    """Three seats: in round 3 the first is won with exactly the 14,866 votes it takes, so that nothing is left to hand
    on, and the winner's ballots rest. The others are a run-off of the other ballots, until two stay for two seats."""
    said, ballots = published(), rankings()
    assert ballots.total() == 80_101
    names = list(said[0])
    first = rounds_of(ballots, names)[:3]
    assert first == said[:3]
    winner = max(first[2], key=lambda name: first[2][name])
    others = [name for name in first[2] if name != winner]
    rest: Counter[tuple[str, ...]] = Counter()
    for ranking, number in ballots.items():
        if next((name for name in ranking if name in first[2]), None) != winner:
            rest[ranking] += number
    assert rounds_of(rest, others) == [{name: each[name] for name in each if name != winner} for each in said[3:10]]
