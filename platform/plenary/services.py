"""Writing of the plenary: rows that follow its events, and the one transaction of a ballot."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from kernel import clock
from kernel.errors import Refused
from kernel.ids import digest
from live.core.actors import Actor
from live.services import create_stream, hold
from plenary import publishing
from plenary.core.motions import MotionAdded, MotionOpened, MotionState
from plenary.core.options import marks
from plenary.core.rules import Kind, Level
from plenary.core.tally import Choice
from plenary.models import Ballot, Motion, NamedBallot, Permit, RollEntry
from plenary.queries import plenary_of
from plenary.turnout import tell_turnout


def create_plenary(assembly_id: int) -> str:
    """The plenary's stream, made if it is not there. Safe to repeat."""
    create_stream(plenary_of(assembly_id))
    return plenary_of(assembly_id)


def keep_motion(assembly_id: int, added: MotionAdded) -> None:
    """A row for a new motion. Runs in the log's transaction."""
    Motion.objects.create(
        key=added.motion,
        assembly_id=assembly_id,
        number=added.number,
        phase="draft",
        recommendation=added.source,
        kind=added.rule.kind.value,
        options=len(added.options),
        others=[each.source for each in added.options[1:]],
    )


def freeze_roll(motion: MotionState, opened: MotionOpened, *, present: Collection[str]) -> None:
    """Who may vote and who of them is here, fixed for good. Runs in the log's transaction."""
    levels, here = {electorate.name: electorate.level for electorate in motion.rule.electorates}, set(present)
    RollEntry.objects.bulk_create(
        RollEntry(
            motion_id=opened.motion, electorate=electorate, level=levels[electorate], member=member,
            present=member in here,
        )
        for electorate, members in opened.members.items()
        for member in members
    )  # fmt: skip
    Motion.objects.filter(pk=opened.motion).update(phase="open", closes_at=opened.closes_at, seed=opened.seed)


def prolong_ballot(motion: str, closes_at: int) -> None:
    """Ballots are taken until then. Runs in the log's transaction. Safe to repeat."""
    Motion.objects.filter(pk=motion).update(closes_at=closes_at)


def close_ballot(motion: str) -> None:
    """The row follows the event and the board is sealed. Runs in the log's transaction. Safe to repeat."""
    Motion.objects.filter(pk=motion).update(phase="closed")
    _seal(Ballot.objects.filter(motion=motion).order_by("token_hash"))
    _seal(Permit.objects.filter(motion=motion).order_by("electorate", "member"))


def void_ballot(assembly_id: int, motion: MotionState, *, at: int) -> None:
    """No ballot is taken any more, and none is counted or published: the file says why instead. Runs in the log's
    transaction; waits for the casts inside. Safe to repeat."""
    close_ballot(motion.motion)
    document = publishing.void_document(assembly_id, motion, at=at)
    Motion.objects.filter(pk=motion.motion).update(phase="void", document=document)


def _seal(rows: QuerySet[Any]) -> None:
    """Write rows anew in the order of their keys: their places and transactions no longer say who cast which."""
    kept = list(rows)
    rows.order_by().delete()
    for row in kept:
        if isinstance(row, Permit):
            row.pk = None
        row._state.adding = True
    rows.model._default_manager.bulk_create(kept)


def publish_result(assembly_id: int, motion: MotionState) -> None:
    """Keep the file that everybody may recount. Runs in the log's transaction. Safe to repeat."""
    document = publishing.document(assembly_id, motion)
    Motion.objects.filter(pk=motion.motion).update(phase="certified", document=document)


@dataclass(frozen=True, slots=True)
class Cast:
    """What the voter is told: when, and for a ballot without a name how to find it on the board."""

    at: int
    tracker: str | None = None


@transaction.atomic
def cast_ballot(motion_key: str, *, actor: Actor, electorate: str, choice: str, by_scribe: bool = False) -> Cast:
    """Cast a ballot. Public: repeating replaces the earlier one, and no scribe may. Assisted: final, a second call is
    refused."""
    _let_time_pass(motion_key, actor.assembly)
    held = _hold_open(motion_key, actor.assembly)
    _check(choice, held)
    entry = RollEntry.objects.filter(motion=motion_key, electorate=electorate, member=actor.key).first()
    if entry is None:
        raise Refused("ballot.not_entitled")
    if by_scribe and entry.level == Level.PUBLIC:
        raise Refused("ballot.not_by_scribe")
    transaction.on_commit(lambda: tell_turnout(plenary_of(actor.assembly), motion_key))
    if entry.level == Level.PUBLIC:
        _cast_named(entry, choice)
        return Cast(held.at)
    return Cast(held.at, _cast_assisted(entry, choice))


@dataclass(frozen=True, slots=True)
class _Held:
    """An open motion whose row is held: the moment, and what is written on its ballots."""

    at: int
    kind: Kind
    options: int


def _check(choice: str, held: _Held) -> None:
    """Refuse what is no ballot on this motion."""
    if held.kind is not Kind.YES_NO:
        marks(choice, held.kind, held.options)
    elif choice not in {option.value for option in Choice}:
        raise Refused("ballot.bad_choice")


def _let_time_pass(motion_key: str, assembly_id: int) -> None:
    """A ballot whose end has passed while nobody served may have been prolonged: the log says so before it refuses.
    The stream is locked before the motion, as in closing."""
    if Motion.objects.filter(pk=motion_key, assembly=assembly_id, phase="open", closes_at__lte=clock.now()).exists():
        hold(plenary_of(assembly_id))


def _hold_open(motion_key: str, assembly_id: int) -> _Held:
    """Share-lock the motion's row, so that closing waits for this ballot; refuse unless it is open now."""
    share = " FOR SHARE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT phase, closes_at, kind, options FROM plenary_motion WHERE key = %s AND assembly_id = %s{share}",  # noqa: S608
            [motion_key, assembly_id],
        )
        row = cursor.fetchone()
    now = clock.now()
    if row is None:
        raise Refused("motion.unknown")
    if row[0] == "draft":
        raise Refused("motion.not_open")
    if row[0] == "void":
        raise Refused("motion.void")
    if row[0] != "open" or (row[1] is not None and now >= row[1]):
        raise Refused("motion.closed")
    return _Held(now, Kind(row[2]), row[3])


def _cast_named(entry: RollEntry, choice: str) -> None:
    NamedBallot.objects.bulk_create(
        [NamedBallot(motion_id=entry.motion_id, electorate=entry.electorate, member=entry.member, choice=choice)],
        update_conflicts=True,
        unique_fields=["motion", "electorate", "member"],
        update_fields=["choice"],
    )


def _cast_assisted(entry: RollEntry, choice: str) -> str:
    """The server does the browser's half in memory: the token is made here and forgotten."""
    _, is_new = Permit.objects.get_or_create(
        motion_id=entry.motion_id, electorate=entry.electorate, member=entry.member
    )
    if not is_new:
        raise Refused("ballot.already_cast")
    token_hash = digest(entry.motion_id, secrets.token_hex(32))
    Ballot.objects.create(token_hash=token_hash, motion_id=entry.motion_id, electorate=entry.electorate, choice=choice)
    return token_hash[:12]
