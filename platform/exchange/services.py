"""Sharing, commenting, agreeing, answering and merging, each asked for by a person who may."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from exchange.core.merging import Merge, MergeAnswer, MergePropose, MergeWithdraw, merge_of
from exchange.core.sharing import (
    GRADIENT,
    CommentAnswer,
    CommentCommand,
    CommentMake,
    CommentWithdraw,
    DraftShare,
    ExchangeCommand,
    ExchangeState,
    ShareClose,
    comment_of,
    share_of,
)
from exchange.queries import candidates_of, exchange_of, exchange_state
from exchange.rules import may_answer, may_judge, may_merge, may_share, may_take_back, may_withdraw
from kernel.errors import Refused
from live.core.actors import Actor
from live.core.kinds import Recorded
from live.services import create_stream, hold, submit
from recommendations.models import Parent, Recommendation, Revision
from recommendations.queries import TOGETHER
from recommendations.services import merge_texts
from rooms.models import Room
from rooms.polls import count_answer
from translation.services import want_in

MAX_LABEL = 120


def ask(command: ExchangeCommand, actor: Actor) -> None:
    """Do this for the actor, or `Refused`. A second sharing of the same draft and a second answer are refused."""
    if not _may(command, actor):
        raise Refused("share.not_yours")
    create_stream(exchange_of(actor.assembly))
    submit(exchange_of(actor.assembly), command, by=actor.key)


@transaction.atomic
def agree(key: str, actor: Actor, *, room: int, choice: int) -> None:
    """Count how far somebody agrees, from 0; a second time is refused. Waits for an ending that goes on, and the other
    way round."""
    hold(exchange_of(actor.assembly))
    share = share_of(exchange_state(actor.assembly), key)
    if not may_judge(actor, share, room):
        raise Refused("share.not_yours")
    if not share.is_open:
        raise Refused("share.closed")
    count_answer(key, actor.key, choice, choices=GRADIENT)


def adopt(assembly_id: int, merge: Merge, *, record: Recorded[ExchangeState]) -> None:
    """A text that all its rooms accept becomes a recommendation instead of theirs. Safe to repeat."""
    rooms = {each.pk: each for each in Room.objects.filter(pk__in=merge.rooms)}
    labels = [str(rooms[each]) for each in merge.rooms]
    merged = Recommendation(
        assembly_id=assembly_id,
        draft=merge.key,
        version=1,
        lang=merge.lang,
        title=merge.title or "",
        recommendation=merge.recommendation,
        reasons=merge.reasons or "",
        origin_stream=record.stream,
        origin_seq=record.seq,
        origin_label=TOGETHER.join(labels)[:MAX_LABEL],
        accepted=sum(verdict.accepts for verdict in merge.verdicts),
        present=sum(verdict.present for verdict in merge.verdicts),
        at=record.at,
    )
    parents = [
        Parent(stream=rooms[each.room].stream, draft=each.draft, version=each.version, label=str(rooms[each.room]))
        for each in merge.parents
    ]
    merge_texts(merged, parents)
    kept = {(each.draft, each.version) for each in merge.parents}
    rows = Revision.objects.filter(draft__in=[each.draft for each in merge.parents])
    sources = [row for row in rows if (row.draft, row.number) in kept]
    # Each sentence is found again in what it was made of, whatever language that is in.
    want_in([key for row in sources for key in (row.recommendation, row.reasons) if key], merge.lang)


def _may(command: ExchangeCommand, actor: Actor) -> bool:
    match command:
        case DraftShare(room=room):
            return may_share(actor, room)
        case MergePropose(room, drafts):
            return may_share(actor, room) and _may_merge(actor, room, drafts)
        case MergeAnswer(room=room):
            return may_answer(actor, room)
        case MergeWithdraw(key):
            return may_take_back(actor, merge_of(exchange_state(actor.assembly).merges, key))
    return _may_about_share(command, actor)


def _may_merge(actor: Actor, room: int, drafts: Collection[str]) -> bool:
    """What there is not, or is not accepted any more, is left to the decision."""
    state, now = exchange_state(actor.assembly), candidates_of(actor.assembly)
    return all(
        now[draft].parent.room == room or may_merge(actor, room, now[draft], state) for draft in drafts if draft in now
    )


def _may_about_share(command: CommentCommand | ShareClose, actor: Actor) -> bool:
    share = share_of(exchange_state(actor.assembly), command.share)
    match command:
        case CommentMake(room=room):
            return may_judge(actor, share, room)
        case CommentWithdraw(comment=comment):
            return may_withdraw(actor, comment_of(share, comment))
        case ShareClose() | CommentAnswer():
            return may_share(actor, share.room)
