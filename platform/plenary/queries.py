"""Reading motions, rolls and ballots, and what the plenary's decisions need from the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assemblies import queries as members
from assemblies.models import Assembly
from kernel.ids import digest
from live import queries as live_queries
from live.names import parse_name, stream_name
from live.services import load
from plenary.core.motions import (
    Counts,
    MotionAdd,
    MotionClose,
    MotionOpen,
    MotionState,
    Opening,
    PlenaryState,
    Source,
    Version,
    due,
    words_of,
)  # fmt: skip
from plenary.core.rules import Level
from plenary.core.tally import Choice, Count, count
from plenary.models import Ballot, Motion, NamedBallot, RollEntry
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
        case MotionClose(motion) if motion in state.motions:
            return counts_of([state.motions[motion]], state.present)
        case None:
            return counts_of(due(state), state.present)
    return None


def source_of(assembly_id: int, key: str) -> Source | None:
    """The recommendation of this assembly, as a motion's source; one query."""
    row = Recommendation.objects.filter(assembly_id=assembly_id, key=key).first()
    return Source(row.lang, row.title or None, row.recommendation, row.reasons or None) if row else None


def opening_of(assembly_id: int, motion: MotionState) -> Opening:
    """Rolls and language versions as they stand now."""
    rolls = {
        electorate.name: tuple(
            members.electorate(assembly_id, chamber=electorate.chamber).order_by("key").values_list("key", flat=True)
        )
        for electorate in motion.rule.electorates
    }
    return Opening(rolls, versions_of(assembly_id, motion))


def versions_of(assembly_id: int, motion: MotionState) -> dict[str, Version]:
    """Status and digest of a motion's texts in each language of the assembly."""
    root, keys = plenary_of(assembly_id), words_of(motion)
    originals = live_queries.words(keys)
    languages = Assembly.objects.values_list("languages", flat=True).get(pk=assembly_id)
    versions = {}
    for lang in dict.fromkeys([motion.lang, *languages]):
        shown = originals if lang == motion.lang else texts.shown(root, keys, lang)
        complete = len(shown) == len(keys)
        status = "original" if lang == motion.lang else "machine" if complete else "missing"
        versions[lang] = Version(status, digest(lang, *(shown[key].text for key in keys if key in shown)))  # type: ignore[arg-type]
    return versions


def counts_of(motions: Sequence[MotionState], present: Sequence[str]) -> Counts:
    """The counted ballots of these motions; their rows are locked, so that casts inside have ended."""
    list(Motion.objects.select_for_update().filter(pk__in=[motion.motion for motion in motions]).order_by("pk"))
    return {motion.motion: _counts_of(motion, present) for motion in motions}


def _counts_of(motion: MotionState, present: Sequence[str]) -> list[Count]:
    here = set(present)
    roll: dict[str, set[str]] = {}
    for name, member in RollEntry.objects.filter(motion=motion.motion).values_list("electorate", "member"):
        roll.setdefault(name, set()).add(member)
    counted = []
    for electorate in motion.rule.electorates:
        entitled = roll.get(electorate.name, set())
        choices = choices_of(motion.motion, electorate.name, electorate.level)
        assisted = len(choices) if electorate.level is Level.ASSISTED else 0
        counted.append(
            count(electorate.name, choices, entitled=len(entitled), present=len(entitled & here), assisted=assisted)
        )
    return counted


def choices_of(motion: str, electorate: str, level: Level) -> list[Choice]:
    """What the ballots of an electorate say, in no order that means anything; one query."""
    table = NamedBallot if level is Level.PUBLIC else Ballot
    rows = table.objects.filter(motion=motion, electorate=electorate)
    return [Choice(choice) for choice in rows.order_by("choice").values_list("choice", flat=True)]


def turnout(motion: str) -> Mapping[str, int]:
    """How many have voted, by electorate: all that is told while a ballot is open."""
    voted: dict[str, int] = {}
    for table in (NamedBallot, Ballot):
        for electorate in table.objects.filter(motion=motion).values_list("electorate", flat=True):
            voted[electorate] = voted.get(electorate, 0) + 1
    return voted
