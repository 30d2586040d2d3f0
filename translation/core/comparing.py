"""Two versions of an official text compared, sentence by sentence: what people look at again before they vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from translation.core import modality
from translation.core.doubt import Doubt, doubts
from translation.core.protection import protect
from translation.core.sides import Row, side_by_side

COMPARED = (Doubt.NUMBER, Doubt.DATE, Doubt.NAME, Doubt.NEGATION, Doubt.MODALITY, Doubt.LENGTH)
"""What is told of a text that a person may have written; the other marks say how a machine fails."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence and its other version, and what seems not to be the same in it, in the order of `COMPARED`."""

    row: Row
    doubts: tuple[Doubt, ...]


def differences(
    original: str, other: str, *, source: str, target: str, names: Sequence[str] = ()
) -> tuple[Difference, ...]:
    """The sentences that deserve a second look; `names` are left as they are in every language."""
    rows = side_by_side(original, other, source=source, target=target)
    compared = [Difference(row, _compared(row, source=source, target=target, names=names)) for row in rows]
    return tuple(each for each in compared if each.doubts)


def _compared(row: Row, *, source: str, target: str, names: Sequence[str]) -> tuple[Doubt, ...]:
    langs = {"source": source, "target": target}
    found = set(doubts(protect(row.original, names), row.text, **langs))
    if modality.changed(row.original, row.text, **langs):
        found.add(Doubt.MODALITY)
    return tuple(each for each in COMPARED if each in found)
