"""Who spoke when in recorded meetings, and in one of our own that keeps the tests meaningful without them.

The recordings are timings of the AMI meeting corpus (CC BY 4.0, Carletta et al. 2006) as tables of meeting, speaker,
start and duration in seconds. They are read where they lie, in the folder `MEETING_TURNS` names or beside this
repository, and nothing of them is copied.
"""

from __future__ import annotations

import csv
import io
import itertools
import lzma
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

FOLDER = Path(os.environ.get("MEETING_TURNS") or Path(__file__).parents[4] / "shared" / "data" / "meeting-turns")
BACKCHANNEL_MS = 1_000


class Spurt(NamedTuple):
    """One stretch of speech of one person, in milliseconds from the beginning."""

    start: int
    end: int
    speaker: str

    @property
    def ms(self) -> int:
        """How long it is."""
        return self.end - self.start


Meeting = tuple[Spurt, ...]


def meetings() -> dict[str, Meeting]:
    """Our own meeting, and every recorded one that is at hand."""
    return {"our own": invented(1), **_recorded()}


def _recorded() -> dict[str, Meeting]:
    file = FOLDER / "ami-dev.tsv.xz"
    if not file.is_file():
        return {}
    found: dict[str, list[Spurt]] = defaultdict(list)
    table = csv.DictReader(io.StringIO(lzma.decompress(file.read_bytes()).decode()), delimiter="\t")
    for row in table:
        start, seconds = float(row["start"]), float(row["duration"])
        found[row["meeting"]].append(Spurt(round(start * 1000), round((start + seconds) * 1000), row["speaker"]))
    return {name: tuple(sorted(spurts)) for name, spurts in found.items()}


def invented(seed: int) -> Meeting:
    """Ten minutes of four people who interrupt each other: short spurts, a seventh of them over somebody else's."""
    chance = Random(seed)
    spurts = []
    for speaker, keen in zip("abcd", (1.0, 0.6, 0.4, 0.2), strict=True):
        now = 0
        while now < 600_000:
            start = now + round(chance.expovariate(keen / 6_000))
            now = start + max(30, round(chance.lognormvariate(0.4, 1.1) * 1000))
            spurts.append(Spurt(start, now, speaker))
    return tuple(sorted(spurts))


def spoken(meeting: Sequence[Spurt]) -> dict[str, int]:
    """Milliseconds of each speaker."""
    return {speaker: sum(each.ms for each in group) for speaker, group in _by_speaker(meeting)}


def turns(meeting: Sequence[Spurt]) -> dict[str, int]:
    """Turns of each speaker: what is shorter than a second is a yes or a laugh."""
    return {speaker: sum(each.ms >= BACKCHANNEL_MS for each in group) for speaker, group in _by_speaker(meeting)}


def _by_speaker(meeting: Sequence[Spurt]) -> Iterator[tuple[str, list[Spurt]]]:
    ordered = sorted(meeting, key=lambda each: each.speaker)
    return ((name, list(group)) for name, group in itertools.groupby(ordered, key=lambda each: each.speaker))


def one_at_a_time(meeting: Meeting) -> Meeting:
    """What a chair would let through: whoever speaks goes on, the others lose what overlaps, backchannels are gone."""
    let, free_at = [], 0
    for each in meeting:
        start = max(each.start, free_at)
        if each.end - start >= BACKCHANNEL_MS:
            let.append(each._replace(start=start))
            free_at = each.end
    return tuple(let)
