"""Ending practices: the report, and erasing the simulated assembly with everything in it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assemblies.models import Assembly
from facilitation.queries import chairs_state
from kernel import wire
from live import folds, hub
from live.models import Event, Presence, Stream, Withheld, Words
from live.names import parse_name, stream_name
from rehearsal.core.cast import Character
from rehearsal.core.ending import Ending
from rehearsal.core.practice_report import PracticeReport, practice_report
from rehearsal.models import Practice
from rehearsal.practice.scripts import scripts
from rooms.models import PollCount, PollMark, Room
from rooms.queries import log_of, state_of
from rooms.services import close_room
from translation.models import FeedLanguage, KeptName, Passage, Translation

LINGERS = datetime.timedelta(minutes=10)
"""How long the room can still be looked at after the end."""
KEPT = datetime.timedelta(days=30)
"""How long a report is kept."""


def cast_of(practice: Practice) -> tuple[Character, ...]:
    """The simulated people with their words."""
    known = scripts()
    return tuple(Character(**each, lines=known[each["lang"]].people[each["part"]]) for each in practice.cast)


@transaction.atomic
def end(practice: Practice, ending: Ending) -> None:
    """Close the room and keep the report. Safe to repeat: the first ending counts."""
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    if practice.stage == "ended" or practice.assembly is None:
        return
    room = Room.objects.get(pk=parse_name(practice.room).id)
    cast = cast_of(practice)
    if state_of(room).phase == "open":
        close_room(room, by=practice.guide if ending == "closed" else None)
    report = practice_report(
        log_of(room),
        chairs_state(practice.assembly.pk).calls,
        cast,
        guide=practice.guide,
        insults=_insults(room, cast),
        minutes=practice.minutes,
        ending=ending,
    )
    practice.stage, practice.ending, practice.ended_at = "ended", ending, timezone.now()
    practice.report = wire.encode(report)
    practice.save()


def _insults(room: Room, cast: Sequence[Character]) -> frozenset[str]:
    """Keys of the words that the script means to be hidden; the last note of the rude one is an apology."""
    texts = [note for who in cast if who.part == "rude" for note in who.lines.notes[:-1]]
    return frozenset(Words.objects.filter(stream=room.stream, text__in=texts).values_list("key", flat=True))


def report_of(practice: Practice) -> PracticeReport | None:
    """The report as a value; None before the end."""
    return wire.decode(PracticeReport, practice.report) if practice.report else None


@transaction.atomic
def erase(practice: Practice) -> None:
    """Erase the simulated assembly and everything that was said in it; the report stays. Safe to repeat."""
    assembly = practice.assembly
    if assembly is None:
        return
    Practice.objects.filter(pk=practice.pk).update(assembly=None)
    practice.assembly = None
    keys = list(assembly.members.values_list("key", flat=True))
    roots = [room.stream for room in Room.objects.filter(assembly=assembly)]
    _erase_polls(roots)
    roots += [stream_name(kind, assembly.pk) for kind in ("chairs", "plenary", "sitting")]
    for root in roots:
        _erase_stream(root)
    for scoped in (Translation, KeptName, Passage):
        scoped.objects.filter(scope=assembly.scope).delete()
    Room.objects.filter(assembly=assembly).delete()
    Assembly.objects.filter(pk=assembly.pk).delete()
    transaction.on_commit(lambda: _let_go(roots, keys))


def _erase_polls(rooms: Sequence[str]) -> None:
    polls = [key for room in rooms for key in folds.current(folds.position(room)).state.polls]
    PollMark.objects.filter(poll__in=polls).delete()
    PollCount.objects.filter(poll__in=polls).delete()


def _erase_stream(root: str) -> None:
    """A stream with its feeds, and the words that stand in it."""
    mine = Q(name=root) | Q(name__startswith=f"{root}.text.")
    words = Words.objects.filter(Q(stream=root) | Q(stream__startswith=f"{root}.text."))
    Withheld.objects.filter(key__in=words.values("key")).delete()
    words.delete()
    Presence.objects.filter(Q(stream=root) | Q(stream__startswith=f"{root}.text.")).delete()
    FeedLanguage.objects.filter(root=root).delete()
    Event.objects.filter(stream__in=Stream.objects.filter(mine)).delete()
    Stream.objects.filter(mine).delete()


def _let_go(roots: Sequence[str], members: Sequence[str]) -> None:
    for root in roots:
        folds.forget(root)
    for member in members:
        hub.revoke(member)


def forget(practice: Practice) -> None:
    """Delete a practice that has ended, and its report."""
    erase(practice)
    practice.delete()


def clean_up() -> None:
    """Erase what has ended a while ago, and delete old reports. Safe to repeat."""
    now = timezone.now()
    for practice in Practice.objects.filter(stage="ended", ended_at__lt=now - LINGERS, assembly__isnull=False):
        erase(practice)
    Practice.objects.filter(stage="ended", ended_at__lt=now - KEPT).delete()
