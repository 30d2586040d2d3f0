"""Sharing, commenting, agreeing and answering, each asked for by a person who may."""

from __future__ import annotations

from django.db import transaction

from exchange.core.sharing import (
    GRADIENT,
    CommentAnswer,
    CommentMake,
    CommentWithdraw,
    DraftShare,
    ExchangeCommand,
    ShareClose,
    comment_of,
    share_of,
)
from exchange.queries import exchange_of, exchange_state
from exchange.rules import may_judge, may_share, may_withdraw
from kernel.errors import Refused
from live.core.actors import Actor
from live.services import create_stream, hold, submit
from rooms.polls import count_answer


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


def _may(command: ExchangeCommand, actor: Actor) -> bool:
    if isinstance(command, DraftShare):
        return may_share(actor, command.room)
    share = share_of(exchange_state(actor.assembly), command.share)
    match command:
        case CommentMake(room=room):
            return may_judge(actor, share, room)
        case CommentWithdraw(comment=comment):
            return may_withdraw(actor, comment_of(share, comment))
        case ShareClose() | CommentAnswer():
            return may_share(actor, share.room)
