"""Writing of the plenary: rows that follow its events, and the transactions of permits and ballots."""

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
from plenary import keys, publishing
from plenary.core.blind import PREFIX_BYTES, SigningKey, as_text, is_signed, octets_of
from plenary.core.motions import MotionAdded, MotionOpened, MotionState
from plenary.core.options import marks
from plenary.core.passport import wording
from plenary.core.rules import Kind, Level
from plenary.core.tally import Choice
from plenary.models import Ballot, Motion, NamedBallot, Permit, RollEntry, SealingKey
from plenary.queries import plenary_of
from plenary.turnout import tell_turnout

TOKEN_BYTES = 32
TRACKER = 12
"""So many characters of a ballot's hash find it on the board."""


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
    transaction.on_commit(lambda: keys.make_ahead(added.rule))


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
    SealingKey.objects.bulk_create(
        SealingKey(
            motion_id=opened.motion, electorate=name, public=opened.keys[name], private=key.written
        )
        for name, key in opened.signing.items()
    )  # fmt: skip
    Motion.objects.filter(pk=opened.motion).update(
        phase="open", closes_at=opened.closes_at, seed=opened.seed, wording=wording(opened.versions)
    )


def prolong_ballot(motion: str, closes_at: int) -> None:
    """Ballots are taken until then. Runs in the log's transaction. Safe to repeat."""
    Motion.objects.filter(pk=motion).update(closes_at=closes_at)


def close_ballot(motion: str) -> None:
    """The row follows the event, the board is sealed, and what signed permits is gone. Runs in the log's transaction.
    Safe to repeat."""
    Motion.objects.filter(pk=motion).update(phase="closed")
    SealingKey.objects.filter(motion=motion).delete()
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
            row.pk, row.blinded, row.envelope = None, "", ""
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
    wording: str


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
    columns = "phase, closes_at, kind, options, wording"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM plenary_motion WHERE key = %s AND assembly_id = %s{share}",  # noqa: S608
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
    return _Held(now, Kind(row[2]), row[3], row[4])


def _cast_named(entry: RollEntry, choice: str) -> None:
    NamedBallot.objects.bulk_create(
        [NamedBallot(motion_id=entry.motion_id, electorate=entry.electorate, member=entry.member, choice=choice)],
        update_conflicts=True,
        unique_fields=["motion", "electorate", "member"],
        update_fields=["choice"],
    )


def _cast_assisted(entry: RollEntry, choice: str) -> str:
    """The server does the browser's half in memory: the token is made here and forgotten."""
    _use_permit(entry, is_assisted=True)
    token_hash = _hash(entry.motion_id, entry.electorate, secrets.token_hex(TOKEN_BYTES))
    Ballot.objects.create(token_hash=token_hash, motion_id=entry.motion_id, electorate=entry.electorate, choice=choice)
    return token_hash[:TRACKER]


def _use_permit(entry: RollEntry, *, is_assisted: bool, blinded: str = "", envelope: str = "") -> None:
    """Use the one right of this voter, or `Refused`; for the same blinded token it may be used again."""
    permit, is_new = Permit.objects.get_or_create(
        motion_id=entry.motion_id, electorate=entry.electorate, member=entry.member,
        defaults={"is_assisted": is_assisted, "blinded": blinded, "envelope": envelope},
    )  # fmt: skip
    if not is_new and (permit.is_assisted or permit.blinded != blinded):
        raise Refused("ballot.already_cast" if permit.is_assisted else "ballot.permit_taken")


def issue_permit(motion_key: str, *, actor: Actor, electorate: str, blinded: str, envelope: str) -> str:
    """Sign the voter's blinded token, in base64url: once for each voter, and again for the same token, whose answer
    may have been lost. The row stands before the signature is made."""
    try:
        token = octets_of(blinded)
        return as_text(_permit(motion_key, actor, electorate, token, envelope).sign(token))
    except ValueError as error:
        raise Refused("ballot.no_permit") from error


@transaction.atomic
def _permit(motion_key: str, actor: Actor, electorate: str, token: bytes, envelope: str) -> SigningKey:
    _let_time_pass(motion_key, actor.assembly)
    _hold_open(motion_key, actor.assembly)
    entry = RollEntry.objects.filter(motion=motion_key, electorate=electorate, member=actor.key).first()
    if entry is None or entry.level != Level.SEALED:
        raise Refused("ballot.not_entitled")
    key = SigningKey.read(bytes(SealingKey.objects.get(motion=motion_key, electorate=electorate).private))
    key.check(token)
    _use_permit(entry, is_assisted=False, blinded=digest(as_text(token)), envelope=envelope)
    return key


@dataclass(frozen=True, slots=True)
class SealedPaper:
    """A ballot as it arrives without a name: the token and what shows that a permit was given for it, in base64url."""

    electorate: str
    choice: str
    wording: str
    token: str
    prefix: str
    signature: str
    padding: str = ""
    """Makes all ballots equally long, so that their length does not say what they choose."""


def cast_sealed(motion_key: str, paper: SealedPaper) -> Cast:
    """Keep a ballot whose token carries a signature, in the place of an earlier one with the same token."""
    assembly = Motion.objects.filter(pk=motion_key).values_list("assembly_id", flat=True).first()
    if assembly is None:
        raise Refused("motion.unknown")
    return _cast_sealed(motion_key, assembly, paper)


@transaction.atomic
def _cast_sealed(motion_key: str, assembly: int, paper: SealedPaper) -> Cast:
    _let_time_pass(motion_key, assembly)
    held = _hold_open(motion_key, assembly)
    _check(paper.choice, held)
    if paper.wording != held.wording:
        raise Refused("ballot.other_texts")
    token_hash = _hash(motion_key, paper.electorate, paper.token)
    proof = _proof(motion_key, paper, token_hash)
    Ballot.objects.bulk_create(
        [
            Ballot(
                token_hash=token_hash,
                motion_id=motion_key,
                electorate=paper.electorate,
                choice=paper.choice,
                proof=proof,
            )
        ],
        update_conflicts=True,
        unique_fields=["token_hash"],
        update_fields=["choice"],
    )
    transaction.on_commit(lambda: tell_turnout(plenary_of(assembly), motion_key))
    return Cast(held.at, token_hash[:TRACKER])


def _proof(motion_key: str, paper: SealedPaper, token_hash: str) -> str:
    """What shows that this electorate's key signed the token, or `Refused`."""
    key = SealingKey.objects.filter(motion=motion_key, electorate=paper.electorate).first()
    try:
        prefix, signature = octets_of(paper.prefix), octets_of(paper.signature)
    except ValueError as error:
        raise Refused("ballot.no_permit") from error
    if key is None or len(prefix) != PREFIX_BYTES:
        raise Refused("ballot.no_permit")
    if not is_signed(octets_of(key.public), prefix + bytes.fromhex(token_hash), signature):
        raise Refused("ballot.no_permit")
    return as_text(prefix + signature)


def _hash(motion_key: str, electorate: str, token: str) -> str:
    """What a ballot is known by on the board."""
    return digest(motion_key, electorate, token)
