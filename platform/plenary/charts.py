"""How options compare, drawn and in tables; all coordinates are text, so that no language writes commas there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from plenary.core.options import Table
from plenary.core.rules import Effect
from plenary.core.tally import Outcome, Verdict
from plenary.naming import electorate_name
from plenary.texts import MotionShown
from recommendations.queries import Passage

WIDTH = 640
LEFT = 44
LONGEST = 500
PITCH = 38


@dataclass(frozen=True, slots=True)
class Bar:
    """One option: its numbers, and where it is drawn."""

    number: int
    title: Passage | None
    support: int
    median: int | None
    votes: Sequence[int | None]
    is_best: bool
    is_chosen: bool
    width: str
    y: str
    text_x: str
    text_y: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair of options."""

    votes: int | None
    wins: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The options in one electorate."""

    name: str
    box: str
    lines: Sequence[Bar]
    mark: str
    """A line at the support that is needed; empty where any is enough."""
    rounds: Sequence[int]
    pairs: Sequence[Sequence[Cell]]
    paths: Sequence[Sequence[Cell]]

    @property
    def has_medians(self) -> bool:
        """Whether medians were counted."""
        return any(line.median is not None for line in self.lines)


def charts_of(shown: MotionShown, outcome: Outcome) -> list[Chart]:
    """One chart for each electorate that chose among options, first the one that decides; none for other votes."""
    pairs = zip(outcome.verdicts, outcome.tables, strict=False)
    return [_chart(shown, outcome, *each) for each in sorted(pairs, key=lambda each: each[0].effect is Effect.ADVISORY)]


def _chart(shown: MotionShown, outcome: Outcome, verdict: Verdict, table: Table) -> Chart:
    needed = Fraction(verdict.threshold.fraction) * verdict.threshold.whole
    longest = max([needed, *map(Fraction, table.support)])
    scale = LONGEST / (longest or Fraction(1))
    titles = [each.title or each.recommendation for each in shown.options]
    bars = [_bar(place, title, table, scale, outcome.chosen) for place, title in enumerate(titles)]
    height = PITCH * len(bars) + 6
    at = _text(LEFT + needed * scale)
    return Chart(
        electorate_name(table.electorate),
        f"0 0 {WIDTH} {height}",
        bars,
        f"M {at} 0 V {height}" if needed else "",
        range(1, len(table.rounds) + 1),
        _cells(table.pairs),
        _cells(table.paths),
    )


def _bar(place: int, title: Passage | None, table: Table, scale: Fraction, chosen: int | None) -> Bar:
    number, support = place + 1, table.support[place]
    return Bar(
        number,
        title,
        support,
        table.medians[place] if table.medians else None,
        [votes[place] for votes in table.rounds],
        number in table.best,
        number == chosen,
        _text(support * scale),
        _text(Fraction(place * PITCH + 6)),
        _text(LEFT + support * scale + 8),
        _text(Fraction(place * PITCH + 26)),
    )


def _cells(rows: Sequence[Sequence[int]]) -> list[list[Cell]]:
    return [
        [Cell(None if one == other else votes, votes > rows[other][one]) for other, votes in enumerate(row)]
        for one, row in enumerate(rows)
    ]


def _text(value: Fraction) -> str:
    return str(round(float(value), 1))
