"""Reading motions, rolls and ballots, and what the plenary's decisions need from the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from assemblies import queries as members
from assemblies.models import Assembly, Member
from kernel.ids import digest
from live import queries as live_queries
from live.core.kinds import WordsShown
from live.names import parse_name, stream_name
from live.services import load
from plenary.core.machine import due
from plenary.core.motions import (
    Counted,
    Counts,
    MotionAdd,
    MotionClose,
    MotionOpen,
    MotionState,
    ObjectionRaise,
    Opening,
    PlenaryState,
    Source,
    Version,
    words_of,
)  # fmt: skip
from plenary.core.rules import Level
from plenary.core.tally import Choice, Count, count
from plenary.models import Ballot, Motion, NamedBallot, Permit, RollEntry
from recommendations.models import Recommendation
from translation import queries as texts


def plenary_of(assembly_id: int) -> str:
    """The name of an assembly's plenary stream."""
    return stream_name("plenary", assembly_id)


def state_of(assembly_id: int) -> PlenaryState:
    """The plenary as it stands now."""
    state: PlenaryState = load(plenary_of(assembly_id)).state
    return state


def gather(stream: str, state: PlenaryState, command: Any) -> object:
    """What a decision needs, read in the transaction that stores it; counting waits for casts inside."""
    assembly = parse_name(stream).id
    match command:
        case MotionAdd(recommendation):
            return source_of(assembly, recommendation)
        case MotionOpen(motion) if motion in state.motions:
            return opening_of(assembly, state.motions[motion])
        case ObjectionRaise(motion) if motion in state.motions:
            return frozenset(key for roll in rolls_of(assembly, state.motions[motion]).values() for key, _ in roll)
        case MotionClose(motion) if motion in state.motions:
            return counts_of([state.motions[motion]])
        case None:
            return counts_of(due(state))
    return None


def languages_of(assembly_id: int) -> list[str]:
    """The languages an assembly works in, and those its members read beyond them; two queries."""
    languages = Assembly.objects.values_list("languages", flat=True).get(pk=assembly_id)
    readers = Member.objects.filter(assembly=assembly_id, removed_at=None).order_by("reads")
    return list(dict.fromkeys([*languages, *readers.values_list("reads", flat=True).distinct()]))


def source_of(assembly_id: int, key: str) -> Source | None:
    """The recommendation of this assembly, as a motion's source; one query."""
    row = Recommendation.objects.filter(assembly_id=assembly_id, key=key).first()
    return Source(row.lang, row.title or None, row.recommendation, row.reasons or None) if row else None


def opening_of(assembly_id: int, motion: MotionState) -> Opening:
    """Rolls as they stand now, and the text's versions in every language that is read on them."""
    rolls = rolls_of(assembly_id, motion)
    reads = sorted({lang for roll in rolls.values() for _, lang in roll} - {motion.lang})
    return Opening(
        {name: tuple(key for key, _ in roll) for name, roll in rolls.items()},
        {lang: _version(assembly_id, motion, lang) for lang in (motion.lang, *reads)},
    )


def rolls_of(assembly_id: int, motion: MotionState) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Who would vote now, with the language they read, by electorate; one query each."""
    return {
        electorate.name: list(
            members.electorate(assembly_id, chamber=electorate.chamber).order_by("key").values_list("key", "reads")
        )
        for electorate in motion.rule.electorates
    }


def _version(assembly_id: int, motion: MotionState, lang: str) -> Version:
    """Status and digest of a motion's texts in one language; what is not translated is not in the digest."""
    keys = words_of(motion)
    if lang == motion.lang:
        return Version("original", _digest(lang, keys, live_queries.words(keys)))
    shown = texts.shown(plenary_of(assembly_id), keys, lang)
    return Version("machine" if len(shown) == len(keys) else "missing", _digest(lang, keys, shown))


def _digest(lang: str, keys: Sequence[str], shown: Mapping[str, WordsShown]) -> str:
    return digest(lang, *(shown[key].text for key in keys if key in shown))


def counts_of(motions: Sequence[MotionState]) -> Counts:
    """The counted ballots of these motions; their rows are locked, so that casts inside have ended."""
    locked = Motion.objects.select_for_update().filter(pk__in=[motion.motion for motion in motions]).order_by("pk")
    seeds = dict(locked.values_list("pk", "seed"))
    return {motion.motion: Counted(_counts_of(motion), seeds[motion.motion]) for motion in motions}


def _counts_of(motion: MotionState) -> list[Count]:
    roll: dict[str, list[bool]] = {}
    for name, here in RollEntry.objects.filter(motion=motion.motion).values_list("electorate", "present"):
        roll.setdefault(name, []).append(here)
    counted = []
    for electorate in motion.rule.electorates:
        entitled = roll.get(electorate.name, [])
        choices = choices_of(motion.motion, electorate.name, electorate.level)
        assisted = len(choices) if electorate.level is Level.ASSISTED else 0
        counted.append(
            count(electorate.name, choices, entitled=len(entitled), present=sum(entitled), assisted=assisted)
        )
    return counted


def choices_of(motion: str, electorate: str, level: Level) -> list[Choice]:
    """What the ballots of an electorate say, in no order that means anything; one query."""
    table = NamedBallot if level is Level.PUBLIC else Ballot
    rows = table.objects.filter(motion=motion, electorate=electorate)
    return [Choice(choice) for choice in rows.order_by("choice").values_list("choice", flat=True)]


@dataclass(frozen=True, slots=True)
class Held:
    """A ballot that a member holds: what they chose, where it is public, and whether it is cast for good."""

    electorate: str
    level: str
    choice: str | None
    final: bool


def held_by(motion: str, member: str) -> list[Held]:
    """The ballots a member holds on a motion; three queries."""
    mine = {"motion": motion, "member": member}
    named = dict(NamedBallot.objects.filter(**mine).values_list("electorate", "choice"))
    used = set(Permit.objects.filter(**mine).values_list("electorate", flat=True))
    entries = RollEntry.objects.filter(**mine).order_by("electorate").values_list("electorate", "level")
    return [Held(name, level, named.get(name), name in used) for name, level in entries]


def turnout(motion: str) -> Mapping[str, int]:
    """How many have voted, by electorate: all that is told while a ballot is open."""
    voted: dict[str, int] = {}
    for table in (NamedBallot, Ballot):
        rows = table.objects.filter(motion=motion).order_by("electorate").values_list("electorate")
        voted |= dict(rows.annotate(models.Count("pk")))
    return voted
