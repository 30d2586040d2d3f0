"""Ballots on which one marks options, as text and counted: approvals, scores, rankings. Integers only.

A ballot is numbers with one blank between them: the options approved, in order; a score for each option; or options
from the one preferred most. `blank` says nothing and still takes part. Instant run-off eliminates together all who
share the last place, so that neither chance nor the order of options decides. Schulze's method: Markus Schulze,
"A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method", 2011,
with winning votes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from kernel.errors import Refused
from plenary.core.rules import Kind

MOST_OPTIONS = 12
HIGHEST_SCORE = 5
BLANK = "blank"
NUMBERS = re.compile(r"(0|[1-9][0-9]?)( (0|[1-9][0-9]?))*")

Papers = Mapping[tuple[int, ...], int]
"""What ballots that say something mark, and how many say it."""


@dataclass(frozen=True, slots=True)
class Table:
    """How the options compare in one electorate, each tuple in the order of the options."""

    electorate: str
    valid: int
    support: tuple[int, ...]
    """Approvals; points; run-off: votes in the last round it stood in; Schulze: the fewest ballots that prefer it to
    another option."""
    best: tuple[int, ...]
    """Numbers of the options that no other beats, from 1; several where they are tied."""
    medians: tuple[int, ...] = ()
    """Scores: the lower median."""
    pairs: tuple[tuple[int, ...], ...] = ()
    """Rankings: in row and column, how many ballots prefer the one to the other."""
    paths: tuple[tuple[int, ...], ...] = ()
    """Schulze: the strongest chain of wins from the one to the other."""
    rounds: tuple[tuple[int | None, ...], ...] = ()
    """Run-off: votes in each round; None for who is out."""


def marks(paper: str, kind: Kind, options: int) -> tuple[int, ...]:
    """What a ballot marks, nothing if it is blank; `Refused("ballot.bad_marks")` for what is no such ballot."""
    if paper == BLANK:
        return ()
    if len(paper) > 3 * MOST_OPTIONS or not NUMBERS.fullmatch(paper):
        raise Refused("ballot.bad_marks")
    numbers = tuple(int(number) for number in paper.split(" "))
    if kind is Kind.SCORE:
        fits = len(numbers) == options and max(numbers) <= HIGHEST_SCORE
    else:
        fits = len(set(numbers)) == len(numbers) and min(numbers) >= 1 and max(numbers) <= options
    if not fits or (kind is Kind.APPROVAL and list(numbers) != sorted(numbers)):
        raise Refused("ballot.bad_marks")
    return numbers


def table(electorate: str, papers: Iterable[str], kind: Kind, options: int) -> Table:
    """The ballots of one electorate, compared by the kind's method."""
    marked = Counter(marks(paper, kind, options) for paper in papers)
    del marked[()]
    match kind:
        case Kind.APPROVAL:
            return _approvals(electorate, marked, options)
        case Kind.SCORE:
            return _scores(electorate, marked, options)
        case Kind.RUNOFF:
            return _runoff(electorate, marked, options)
        case Kind.SCHULZE:
            return _schulze(electorate, marked, options)
        case Kind.YES_NO:
            raise ValueError("yes and no have no table")
        case _:
            assert_never(kind)


def _approvals(electorate: str, papers: Papers, options: int) -> Table:
    support = tuple(sum(number for paper, number in papers.items() if one in paper) for one in _all(options))
    return Table(electorate, _valid(papers), support, _most(papers, support))


def _scores(electorate: str, papers: Papers, options: int) -> Table:
    columns = [Counter[int]() for _ in _all(options)]
    for paper, number in papers.items():
        for column, score in zip(columns, paper, strict=True):
            column[score] += number
    sums = tuple(sum(score * number for score, number in column.items()) for column in columns)
    medians = tuple(_lower_median(column) for column in columns)
    best = _most(papers, list(zip(sums, medians, strict=True)))
    return Table(electorate, _valid(papers), sums, best, medians=medians)


def _lower_median(column: Counter[int]) -> int:
    below, total = 0, column.total()
    for score in range(HIGHEST_SCORE + 1):
        below += column[score]
        if 2 * below >= total:
            return score
    return 0


def _runoff(electorate: str, papers: Papers, options: int) -> Table:
    rounds = runoff(papers, options)
    support = tuple([votes for votes in column if votes is not None][-1] for column in zip(*rounds, strict=True))
    best = _most(papers, [-1 if votes is None else votes for votes in rounds[-1]])
    return Table(electorate, _valid(papers), support, best, pairs=pairwise(papers, options), rounds=rounds)


def runoff(papers: Papers, options: int) -> tuple[tuple[int | None, ...], ...]:
    """Votes in each round until one option has more than half of those that still count, or all that are left are
    equal. Whoever shares the last place goes out together."""
    left, rounds = set(_all(options)), []
    while True:
        votes = dict.fromkeys(left, 0)
        for ranking, number in papers.items():
            first = next((one for one in ranking if one in left), None)
            if first is not None:
                votes[first] += number
        rounds.append(tuple(votes.get(one) for one in _all(options)))
        most, least = max(votes.values()), min(votes.values())
        if 2 * most > sum(votes.values()) or most == least:
            return tuple(rounds)
        left = {one for one in left if votes[one] > least}


def _schulze(electorate: str, papers: Papers, options: int) -> Table:
    pairs = pairwise(papers, options)
    paths = strongest_paths(pairs)
    unbeaten = [all(mine >= paths[other][one] for other, mine in enumerate(paths[one])) for one in range(options)]
    support = tuple(min(votes for other, votes in enumerate(row) if other != one) for one, row in enumerate(pairs))
    return Table(electorate, _valid(papers), support, _most(papers, unbeaten), pairs=pairs, paths=paths)


def pairwise(papers: Papers, options: int) -> tuple[tuple[int, ...], ...]:
    """How many ballots prefer the option of the row to that of the column; what is not ranked comes after what is."""
    table = [[0] * options for _ in _all(options)]
    for ranking, number in papers.items():
        for place, one in enumerate(ranking):
            for other in {*_all(options)} - {*ranking[: place + 1]}:
                table[one - 1][other - 1] += number
    return tuple(tuple(row) for row in table)


def strongest_paths(pairs: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Between any two options the chain of wins whose weakest link is strongest; a win counts its winning votes."""
    span = range(len(pairs))
    paths = [[pairs[one][other] if pairs[one][other] > pairs[other][one] else 0 for other in span] for one in span]
    for via in span:
        for one in span:
            for other in span:
                if one != other:
                    paths[one][other] = max(paths[one][other], min(paths[one][via], paths[via][other]))
    return tuple(tuple(row) for row in paths)


def _all(options: int) -> range:
    return range(1, options + 1)


def _valid(papers: Papers) -> int:
    return sum(papers.values())


def _most(papers: Papers, standing: Sequence[Any]) -> tuple[int, ...]:
    """Numbers of the options that stand highest; none where no ballot says anything."""
    most = max(standing)
    return tuple(one for one, stands in enumerate(standing, start=1) if papers and stands == most)
