"""Reading motions, rolls and ballots, and what the plenary's decisions need from the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db import models

from assemblies import queries as members
from kernel.errors import Refused
from kernel.ids import digest
from kernel.languages import is_foreign, language
from live import queries as live_queries
from live.core.kinds import WordsShown
from live.names import parse_name, stream_name
from live.services import load
from plenary import keys
from plenary.core.amendments import Amendable, AmendmentArrange, AmendmentOffer, AmendmentSupport
from plenary.core.looks import alike, refuse_tricks
from plenary.core.machine import due
from plenary.core.motions import (
    Counted,
    Counts,
    MotionAdd,
    MotionCertify,
    MotionClose,
    MotionOpen,
    MotionState,
    ObjectionRaise,
    Opening,
    Option,
    PlenaryState,
    parts_of,
    words_of,
)  # fmt: skip
from plenary.core.options import Table, table
from plenary.core.passport import Status, Version, least
from plenary.core.rules import Electorate, Kind, Level, fraction
from plenary.core.statements import StatementLeave, StatementSign, StatementWrite
from plenary.core.tally import Choice, Count, count, count_marks
from plenary.masks import masks
from plenary.models import Ballot, Motion, NamedBallot, Permit, RollEntry
from recommendations.models import Recommendation
from recommendations.queries import refuse_merged, refuse_unless_supported
from translation import queries as texts

BY_WHOM: Mapping[str, Status] = {"machine": "machine", "human": "reviewed", "signed": "signed"}
"""What a translation is in a passport, by the status it has in its feed."""
CARRIED = ("offered", "called", "adopted")
"""Fates of amendments that may still change a text, or have."""


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
        case MotionAdd(recommendation, others=others):
            return _to_be_voted(assembly, (recommendation, *others))
        case MotionOpen(motion) if motion in state.motions:
            return opening_of(assembly, state.motions[motion])
        case ObjectionRaise(motion) | StatementWrite(motion) | StatementSign(motion) | StatementLeave(motion) if (
            motion in state.motions
        ):
            return voters_of(assembly, state.motions[motion])
        case AmendmentOffer(motion) | AmendmentSupport(motion) | AmendmentArrange(motion) if motion in state.motions:
            return amendable_of(assembly, state.motions[motion])
        case MotionCertify(motion) if motion in state.motions and (amends := state.motions[motion].amends):
            return amendable_of(assembly, state.motions[amends.motion])
        case MotionClose(motion) if motion in state.motions:
            return counts_of([state.motions[motion]])
        case None:
            return counts_of(due(state))
    return None


def voters_of(assembly_id: int, motion: MotionState) -> frozenset[str]:
    """Who may vote on a motion: now, by their masks, or once it has opened by its frozen roll."""
    if motion.phase == "draft":
        return entitled(assembly_id, motion)
    return frozenset(RollEntry.objects.filter(motion=motion.motion).values_list("member", flat=True))


def _to_be_voted(assembly_id: int, keys: Sequence[str]) -> list[Option]:
    """Recommendations that can stand on the agenda together, or `Refused`."""
    refuse_merged(assembly_id, keys)
    refuse_unless_supported(assembly_id, keys)
    options = options_of(assembly_id, keys)
    if len(keys) > 1:
        words = live_queries.words([key for each in options for key in each.words])
        refuse_tricks([*_named(dict.fromkeys(options), words)])
    return options


def options_of(assembly_id: int, keys: Sequence[str]) -> list[Option]:
    """Those recommendations of this assembly, in the order of the keys; one query."""
    rows = {row.key: row for row in Recommendation.objects.filter(assembly_id=assembly_id, key__in=keys)}
    return [
        Option(key, row.lang, row.title or None, row.recommendation, row.reasons or None)
        for key in keys
        if (row := rows.get(key))
    ]


def entitled(assembly_id: int, motion: MotionState) -> frozenset[str]:
    """Who would vote now, by their masks; one query an electorate."""
    return masks(assembly_id, (key for roll in rolls_of(assembly_id, motion).values() for key, _ in roll))


def amendable_of(assembly_id: int, motion: MotionState) -> Amendable:
    """A motion's text before any amendment, and those that may still change it, all in its language."""
    keys = [each.amendment for each in motion.amendments if each.fate in CARRIED]
    originals = live_queries.words([motion.unamended, *keys])
    foreign = [key for key in keys if key in originals and is_foreign(originals[key].lang, motion.lang)]
    there = {**originals, **texts.shown(plenary_of(assembly_id), foreign, motion.lang)}
    text = originals.get(motion.unamended)
    return Amendable(
        entitled(assembly_id, motion),
        text.text if text else "",
        {key: there[key].text for key in keys if key in there and not is_foreign(there[key].lang, motion.lang)},
        erased=frozenset(keys) - originals.keys(),
    )


def opening_of(assembly_id: int, motion: MotionState) -> Opening:
    """Rolls as they stand now, and the text's versions in every language that is read on them; of an amendment
    in that of the text into which it goes, too."""
    rolls = rolls_of(assembly_id, motion)
    written = {part.lang for part in parts_of(motion)}
    if motion.amends:
        written.add(motion.amends.lang)
    reads = sorted(({lang for roll in rolls.values() for _, lang in roll} | written) - {motion.lang})
    for lang in (motion.lang, *reads) if motion.options else ():
        _refuse_alike(assembly_id, motion, lang)
    return Opening(
        {name: tuple(key for key, _ in roll) for name, roll in rolls.items()},
        {lang: _version(assembly_id, motion, lang) for lang in (motion.lang, *reads)},
        keys.fresh(motion.rule),
    )


def rolls_of(assembly_id: int, motion: MotionState) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Who would vote now, with the language they read, by electorate; one query each."""
    return {
        electorate.name: list(
            members.electorate(assembly_id, chamber=electorate.chamber).order_by("key").values_list("key", "reads")
        )
        for electorate in motion.rule.electorates
    }


def short_of_quorum(assembly_id: int, motion: MotionState, here: Collection[str]) -> Mapping[str, tuple[int, int]]:
    """Electorates from which too few people are here: how many are, and how many of all entitled must vote."""
    rolls, found = rolls_of(assembly_id, motion), {}
    for electorate in motion.rule.electorates:
        roll = rolls[electorate.name]
        present = sum(key in here for key, _reads in roll)
        needed = ceil(fraction(electorate.quorum.at_least) * len(roll))
        if electorate.quorum.of == "entitled" and present < needed:
            found[electorate.name] = (present, needed)
    return found


def _refuse_alike(assembly_id: int, motion: MotionState, lang: str) -> None:
    """Refuse to open where a translation makes two options look the same to those who read it."""
    keys = words_of(motion)
    words = {**live_queries.words(keys), **texts.shown(plenary_of(assembly_id), keys, lang)}
    if pair := alike([*_named(motion.options, words)]):
        raise Refused("motion.options_alike_in", lang=language(lang).endonym, one=pair[0], other=pair[1])


def _named(options: Iterable[Option], words: Mapping[str, WordsShown]) -> Iterator[str]:
    """What a voter sees of each option: title and text, as far as they are there."""
    for each in options:
        keys = [key for key in (each.title, each.recommendation) if key]
        yield "\n".join(words[key].text for key in keys if key in words)


def _version(assembly_id: int, motion: MotionState, lang: str) -> Version:
    """Status and digest of a motion's texts in one language; what is not translated is not in the digest."""
    keys = words_of(motion)
    originals = live_queries.words([key for part in parts_of(motion) if part.lang == lang for key in part.words])
    shown = {**texts.shown(plenary_of(assembly_id), keys, lang), **originals}
    reopened = texts.reopened(plenary_of(assembly_id), keys, lang)
    return Version(least(_status(key, shown, originals, reopened) for key in keys), _digest(lang, keys, shown))


def _status(
    key: str, shown: Mapping[str, WordsShown], originals: Mapping[str, WordsShown], reopened: Collection[str]
) -> Status:
    if key in originals:
        return "original"
    if key not in shown:
        return "missing"
    if key in reopened:
        return "reopened"
    return BY_WHOM[(shown[key].label or {}).get("status", "")]


def _digest(lang: str, keys: Sequence[str], shown: Mapping[str, WordsShown]) -> str:
    return digest(lang, *(shown[key].text for key in keys if key in shown))


def counts_of(motions: Sequence[MotionState]) -> Counts:
    """The counted ballots of these motions; their rows are locked, so that casts inside have ended."""
    locked = Motion.objects.select_for_update().filter(pk__in=[motion.motion for motion in motions]).order_by("pk")
    seeds = dict(locked.values_list("pk", "seed"))
    return {motion.motion: _counted(motion, seeds[motion.motion]) for motion in motions}


def _counted(motion: MotionState, seed: str) -> Counted:
    roll: dict[str, list[bool]] = {}
    for name, here in RollEntry.objects.filter(motion=motion.motion).values_list("electorate", "present"):
        roll.setdefault(name, []).append(here)
    counted = [_count_of(motion, each, roll.get(each.name, [])) for each in motion.rule.electorates]
    return Counted([each for each, _ in counted], seed, [each for _, each in counted if each])


def _count_of(motion: MotionState, electorate: Electorate, roll: Sequence[bool]) -> tuple[Count, Table | None]:
    choices = choices_of(motion.motion, electorate.name, electorate.level)
    on_roll = {"entitled": len(roll), "present": sum(roll)}
    assisted = Ballot.objects.filter(motion=motion.motion, electorate=electorate.name, proof="").count()
    if motion.rule.kind is Kind.YES_NO:
        return count(electorate.name, [Choice(each) for each in choices], assisted=assisted, **on_roll), None
    compared = table(electorate.name, choices, motion.rule.kind, len(motion.options))
    return count_marks(electorate.name, compared, cast=len(choices), assisted=assisted, **on_roll), compared


def choices_of(motion: str, electorate: str, level: Level) -> list[str]:
    """What the ballots of an electorate say, in no order that means anything; one query."""
    ballots = NamedBallot if level is Level.PUBLIC else Ballot
    rows = ballots.objects.filter(motion=motion, electorate=electorate)
    return list(rows.order_by("choice").values_list("choice", flat=True))


@dataclass(frozen=True, slots=True)
class Held:
    """A ballot that a member holds: what they chose, where it is public, whether it is cast for good, and whether
    their permit for a sealed one was given out; nobody knows then whether it is cast."""

    electorate: str
    level: str
    choice: str | None
    final: bool
    permit: bool = False


def held_by(motion: str, member: str) -> list[Held]:
    """The ballots a member holds on a motion; three queries."""
    mine = {"motion": motion, "member": member}
    named = dict(NamedBallot.objects.filter(**mine).values_list("electorate", "choice"))
    used = dict(Permit.objects.filter(**mine).values_list("electorate", "is_assisted"))
    entries = RollEntry.objects.filter(**mine).order_by("electorate").values_list("electorate", "level")
    return [
        Held(name, level, named.get(name), final=used.get(name, False), permit=not used.get(name, True))
        for name, level in entries
    ]


def envelope(motion: str, member: str, electorate: str) -> str:
    """What a voter's device left, sealed with the voter's code, when it had a permit; empty where there is none."""
    mine = Permit.objects.filter(motion=motion, member=member, electorate=electorate)
    return mine.values_list("envelope", flat=True).first() or ""


def is_on_roll(motion: str, member: str) -> bool:
    """Whether this member may vote on the motion, or could; one query."""
    return RollEntry.objects.filter(motion=motion, member=member).exists()


def turnout(motion: str) -> Mapping[str, int]:
    """How many have voted, by electorate: all that is told while a ballot is open."""
    voted: dict[str, int] = {}
    for ballots in (NamedBallot, Ballot):
        rows = ballots.objects.filter(motion=motion).order_by("electorate").values_list("electorate")
        voted |= dict(rows.annotate(models.Count("pk")))
    return voted
