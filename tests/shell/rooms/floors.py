"""One room for every state that a floor can be in, brought there through the log as people bring it there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from floor.core.commands import (
    FloorGive,
    FloorPause,
    FloorSet,
    GroupForm,
    HandAdvance,
    HandRaise,
    LagReport,
    ListClose,
    MemberArrive,
    MemberLeave,
    MemberMute,
    OfferAccept,
    OfferDecline,
    OfferProlong,
    PaceMeasure,
    PaceSet,
    SpeechStart,
    TimeCorrect,
    TurnExtend,
    TurnYield,
)
from floor.core.types import Limits, Mode
from rooms import services
from rooms.core.types import ItemOpen
from rooms.models import Room
from tests.cast import Cast
from tests.shell.rooms.play import Talk

Scene = Callable[[Talk, Cast], object]


def speaking(talk: Talk, cast: Cast) -> None:
    """Ana speaks since second 1; nobody waits."""
    talk.give_turn(1, cast.ana.key)


def awaited(talk: Talk, cast: Cast) -> None:
    """Ana's turn has an end, because Bo waits."""
    speaking(talk, cast)
    talk.do(11, cast.bo.key, HandRaise())


def in_mode(mode: Mode, scene: Scene = awaited) -> Scene:
    """A scene in another mode; chaired, the chair calls Ana."""

    def play(talk: Talk, cast: Cast) -> None:
        talk.do(0.5, cast.fatou.key, FloorSet(mode, Limits(planned_ms=900_000)))
        scene(talk, cast)

    return play


def called(talk: Talk, cast: Cast) -> None:
    """The chair gives Ana, whose hand is up, the floor, and Bo waits."""
    for member in (cast.ana, cast.bo):
        talk.do(1, member.key, HandRaise())
    talk.do(2, cast.fatou.key, FloorGive(cast.ana.key))


def asked(talk: Talk, cast: Cast) -> None:
    """The chair offers the floor to Bo, who has not asked for it; he needs longer to reach his screen."""
    talk.do(1, cast.ana.key, HandRaise())
    talk.do(2, cast.fatou.key, FloorGive(cast.bo.key))
    talk.do(3, cast.bo.key, OfferProlong())


def offered(talk: Talk, cast: Cast) -> None:
    """The machine offers Ana the floor."""
    talk.do(1, cast.ana.key, HandRaise())


def held(talk: Talk, cast: Cast) -> None:
    """Ana, far over her share, asks again, and Bo is invited first."""
    speaking(talk, cast)
    talk.do(101, cast.ana.key, TurnYield())
    talk.do(105, cast.ana.key, HandRaise())


def wrapping(talk: Talk, cast: Cast) -> None:
    """Ana's time is used up and Bo waits: a last sentence."""
    awaited(talk, cast)
    talk.do(47, None, None)


def handover(talk: Talk, cast: Cast) -> None:
    """Ana has finished; a breath, made longer by late translations."""
    speaking(talk, cast)
    talk.do(20, None, LagReport(7000))
    talk.do(21, cast.ana.key, TurnYield())


def ahead(talk: Talk, cast: Cast) -> None:
    """Ana has finished, and Bo is called in the breath after it."""
    awaited(talk, cast)
    talk.do(20, None, LagReport(7000))
    talk.do(21, cast.ana.key, TurnYield())


def accepted(talk: Talk, cast: Cast) -> None:
    """And has said that he will speak as soon as it is over."""
    ahead(talk, cast)
    talk.do(22, cast.bo.key, OfferAccept())


def going_round(talk: Talk, cast: Cast) -> None:
    """A round goes on: one has passed, the other is called."""
    talk.do(0.5, cast.fatou.key, FloorSet("round", Limits()))
    phase = talk.state.floor.phase
    talk.do(2, getattr(phase, "member", None), OfferDecline())


def free(talk: Talk, cast: Cast) -> None:
    """Ana and Bo speak at once."""
    talk.do(0.5, cast.fatou.key, FloorSet("free", Limits()))
    talk.do(1, cast.ana.key, SpeechStart())
    talk.do(2, cast.bo.key, SpeechStart())


def crowded(talk: Talk, cast: Cast) -> None:
    """Everything that the chair may set: groups, paces, corrections, a closed list, hands put ahead, an extension."""
    chair = cast.fatou.key
    talk.do(1, chair, ItemOpen("Marchés", "fr"))
    for setting in (
        PaceMeasure(), PaceSet({"fr": 120}), GroupForm("left", (cast.ana.key,), 60),
        GroupForm("right", (cast.bo.key,), 30),
    ):  # fmt: skip
        talk.do(1, chair, setting)
    talk.give_turn(2, cast.ana.key)
    acts: tuple[tuple[int, str, Any], ...] = (
        (3, cast.bo.key, HandRaise("normal", "against")), (4, chair, HandAdvance(cast.bo.key)), (5, chair, ListClose()),
        (6, chair, TurnExtend(40)), (7, chair, TimeCorrect(cast.bo.key, 30, "mistake")),
    )  # fmt: skip
    for second, by, command in acts:
        talk.do(second, by, command)


def kept(talk: Talk, cast: Cast) -> None:
    """Bo waits with a hand up and has lost the connection: his place is kept for a while."""
    awaited(talk, cast)
    talk.do(20, None, MemberLeave(cast.bo.key))


def silenced(talk: Talk, cast: Cast) -> None:
    """Bo is muted; Chen has come late and waits."""
    services.seat_member(talk.room, cast.chen)
    talk.do(1, cast.fatou.key, MemberMute(cast.bo.key))
    talk.do(2, None, MemberArrive(cast.chen.key))
    talk.give_turn(3, cast.ana.key)
    talk.do(4, cast.chen.key, HandRaise("order"))


def questioned(talk: Talk, cast: Cast) -> None:
    """Bo puts a question to Ana, whose time stands still meanwhile."""
    speaking(talk, cast)
    talk.do(11, cast.bo.key, HandRaise("interposed"))
    talk.do(12, cast.fatou.key, FloorGive(cast.bo.key))


def paused(scene: Scene) -> Scene:
    """A scene, and then a pause that goes on."""

    def play(talk: Talk, cast: Cast) -> None:
        scene(talk, cast)
        talk.do(_latest(talk) + 1, cast.fatou.key, FloorPause())

    return play


def _latest(talk: Talk) -> float:
    return (talk.state.floor.settled_at - talk.start) / 1000


def closed(talk: Talk, cast: Cast) -> None:
    """Closed while Ana was speaking."""
    speaking(talk, cast)
    services.close_room(talk.room)


MOVING: Mapping[str, Scene] = {
    "open": lambda talk, cast: talk.do(1, None, None),
    "offered": offered,
    "offered, asked by the chair": asked,
    "held": held,
    "speaking": speaking,
    "speaking with an end": awaited,
    "wrapping": wrapping,
    "handover": handover,
    "offered in the gap": ahead,
    "accepted in the gap": accepted,
    "in mode open": in_mode("open"),
    "in mode strict": in_mode("strict", speaking),
    "in mode chaired": in_mode("chaired", called),
    "in mode round": going_round,
    "in mode free": free,
    "all that a chair may set": crowded,
    "a place that is kept": kept,
    "one muted, one late": silenced,
    "a question to the speaker": questioned,
}
SCENES: Mapping[str, Scene] = {
    **MOVING,
    **{f"{name}, paused": paused(scene) for name, scene in MOVING.items()},
    "closed": closed,
}


def bring(room: Room, cast: Cast, name: str) -> Talk:
    """The room in this state."""
    talk = Talk(room, cast)
    SCENES[name](talk, cast)
    return talk
