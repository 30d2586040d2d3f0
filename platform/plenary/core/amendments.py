"""Amendments as values: what somebody wants changed in one paragraph of a motion, and what became of it.

Paragraphs are the lines of a text that are not blank, numbered from 1 in the text as it was put on the agenda. That
text stays the measure for all amendments to it, so that adopting one moves no other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from live.core.kinds import Words
from plenary.core.rules import AmendmentOrder
from translation.core.changes import changes

Act = Literal["replace", "insert", "delete"]
AmendmentFate = Literal["offered", "called", "adopted", "rejected", "lapsed", "unsupported", "withdrawn"]
"""`called`: its vote is on the agenda. `lapsed`: an adopted one settles its paragraph, or it cannot be carried out:
its words were erased, or nothing would be left of the text."""
MOST_AMENDMENTS = 40
"""On one motion, those taken back included."""
MOST_OF_ONE = 5
"""That one member may have standing on one motion."""
MAX_PARAGRAPH = 2000
MAX_AMENDMENT_REASONS = 1000
WHOLE = 1000
"""All of a paragraph, in thousandths."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """What somebody wants changed in one paragraph."""

    amendment: str
    """Key of the words that are proposed; of a deletion, of the words that are to go."""
    member: str
    """The mask of who offers it (`plenary.masks`)."""
    act: Act
    paragraph: int
    """Which paragraph; of an insertion the one it comes after, 0 for the beginning."""
    lang: str
    reasons: str | None
    supporters: tuple[str, ...]
    """The masks of those behind it, of who offers it first."""
    fate: AmendmentFate = "offered"
    motion: str | None = None
    """The motion under which it is voted on."""


@dataclass(frozen=True, slots=True)
class Amends:
    """Which amendment to which motion is voted on."""

    motion: str
    number: int
    """The motion's number."""
    lang: str
    """The language of its text, in which the amendment has to stand before it is voted on."""
    amendment: str


# --- commands


@dataclass(frozen=True, slots=True)
class AmendmentOffer:
    """Ask for a change in one paragraph of a motion; a deletion needs no text."""

    motion: str
    act: Act
    paragraph: int
    text: str
    reasons: str
    lang: str


@dataclass(frozen=True, slots=True)
class AmendmentSupport:
    """Put oneself behind an amendment, or no longer."""

    motion: str
    amendment: str
    support: bool


@dataclass(frozen=True, slots=True)
class AmendmentWithdraw:
    """Take one's own amendment back."""

    motion: str
    amendment: str


@dataclass(frozen=True, slots=True)
class AmendmentArrange:
    """Close the list of amendments to a motion and put them in the order in which they are voted on."""

    motion: str


@dataclass(frozen=True, slots=True)
class AmendmentCall:
    """Put the next amendment to a motion on the agenda."""

    motion: str


# --- events


@dataclass(frozen=True, slots=True)
class AmendmentOffered:
    """Somebody who votes wants a paragraph changed."""

    motion: str
    member: str
    act: Act
    paragraph: int
    words: Words
    reasons: Words | None


@dataclass(frozen=True, slots=True)
class AmendmentSupported:
    """Somebody is behind an amendment, or no longer is."""

    motion: str
    amendment: str
    member: str
    support: bool


@dataclass(frozen=True, slots=True)
class AmendmentWithdrawn:
    """Whoever offered it took it back."""

    motion: str
    amendment: str


@dataclass(frozen=True, slots=True)
class AmendmentArranged:
    """The list is closed: these are voted on in this order; what else was offered had too few behind it."""

    motion: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmendmentDecided:
    """The vote on an amendment stands. Where it was adopted, `words` are the whole text from now on."""

    motion: str
    amendment: str
    fate: Literal["adopted", "rejected", "lapsed"]
    words: Words | None = None


EVENTS = (AmendmentOffered, AmendmentSupported, AmendmentWithdrawn, AmendmentArranged, AmendmentDecided)
Changed = AmendmentOffered | AmendmentSupported | AmendmentWithdrawn | AmendmentArranged | AmendmentDecided

# --- what decisions need from the tables


@dataclass(frozen=True, slots=True)
class Amendable:
    """A motion's text as it was put on the agenda, who may amend it, and the amendments in its language."""

    entitled: frozenset[str]
    text: str
    amendments: Mapping[str, str]
    """By key; what is not there is not translated yet, or was erased."""
    erased: Collection[str] = ()
    """Keys of amendments whose words are gone."""


# --- texts


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: number 1 comes first."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def in_reach(act: Act, paragraph: int, text: str) -> bool:
    """Whether this paragraph can be changed so."""
    return (0 if act == "insert" else 1) <= paragraph <= len(paragraphs(text))


def amended(text: str, adopted: Iterable[tuple[Amendment, str]]) -> str:
    """The text with these amendments, each with its words, in the order of their adoption."""
    lines: list[list[str]] = [[line] for line in ["", *paragraphs(text)]]
    changed = list(adopted)
    for amendment, words in changed:
        if amendment.act != "insert":
            lines[amendment.paragraph] = [words] if amendment.act == "replace" else []
    for amendment, words in changed:
        if amendment.act == "insert":
            lines[amendment.paragraph].append(words)
    between = "\n\n" if "\n\n" in text else "\n"
    return between.join(line for several in lines for line in several if line)


def reach(amendment: Amendment, words: str, text: str) -> int:
    """How far an amendment goes, in thousandths of its paragraph: all of it for a deletion, none for an insertion."""
    if amendment.act == "delete":
        return WHOLE
    if amendment.act == "insert":
        return 0
    before = paragraphs(text)[amendment.paragraph - 1]
    kept = sum(len(change.text) for change in changes(before, words) if change.kind == "same")
    return WHOLE - WHOLE * kept // max(len(before), len(words))


def same_place(one: Amendment, other: Amendment) -> bool:
    """Whether both want to change the same paragraph, so that not both can be adopted. Insertions leave it as it is."""
    return one.paragraph == other.paragraph and "insert" not in (one.act, other.act)


def voting_order(
    amendments: Sequence[Amendment], words: Mapping[str, str], text: str, order: AmendmentOrder
) -> list[str]:
    """Keys in the order of the vote. Of those on one paragraph whatever goes furthest comes first, since adopting it
    settles the others; equal ones as they were offered. Paragraphs follow the text, or what goes furthest in them."""
    far = {each.amendment: reach(each, words[each.amendment], text) for each in amendments}
    furthest: dict[int, int] = {}
    for each in amendments:
        furthest[each.paragraph] = max(furthest.get(each.paragraph, 0), far[each.amendment])

    def place(each: Amendment) -> tuple[int, int, int]:
        first = -furthest[each.paragraph] if order is AmendmentOrder.FURTHEST_FIRST else 0
        return first, each.paragraph, -far[each.amendment]

    return [each.amendment for each in sorted(amendments, key=place)]
