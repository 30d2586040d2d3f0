"""Doors of the plenary's stream."""

from __future__ import annotations

from typing import Any

from kernel.wire import name_of
from live.core.actors import Actor
from live.doors import Door, participates
from live.names import StreamName
from plenary.core.amendments import (
    AmendmentArrange,
    AmendmentCall,
    AmendmentOffer,
    AmendmentSupport,
    AmendmentWithdraw,
)
from plenary.core.motions import (
    MotionAdd,
    MotionCertify,
    MotionClose,
    MotionExplain,
    MotionOpen,
    MotionRepeat,
    MotionSettle,
    MotionVoid,
    ObjectionAnswer,
    ObjectionRaise,
    ObjectionWithdraw,
)
from plenary.core.statements import StatementLeave, StatementSign, StatementWrite
from plenary.rules import may_lead


def _leads(actor: Actor, name: StreamName, command: Any) -> bool:
    return name.id == actor.assembly and may_lead(actor)


LED = (
    MotionAdd, MotionOpen, MotionClose, MotionSettle, MotionExplain, MotionVoid, MotionRepeat, MotionCertify,
    ObjectionAnswer, AmendmentArrange, AmendmentCall,
)  # fmt: skip
OWN = (
    ObjectionRaise, ObjectionWithdraw, AmendmentOffer, AmendmentSupport, AmendmentWithdraw, StatementWrite,
    StatementSign, StatementLeave,
)  # fmt: skip
COMMANDS = {
    **{name_of(command): Door(command, "plenary", _leads) for command in LED},
    **{name_of(command): Door(command, "plenary", participates) for command in OWN},
}
