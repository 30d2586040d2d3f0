"""Recorded logs of rooms and the states they lead to, for the browser's twin of `evolve`.

`python -m tests.core.rooms.exchanges` writes them to `tests/exchanges/`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from floor.core import ledger, policy
from floor.core.commands import (
    FloorGive,
    FloorPause,
    FloorResume,
    FloorSet,
    FloorSkip,
    GroupForm,
    HandAdvance,
    HandLower,
    HandRaise,
    InvitationsAllow,
    InvitationsStop,
    LagReport,
    ListClose,
    ListOpen,
    MemberArrive,
    MemberLeave,
    MemberMute,
    MemberUnmute,
    OfferAccept,
    OfferDecline,
    OfferProlong,
    PaceMeasure,
    PaceSet,
    QuestionAllow,
    SpeechStart,
    SpeechStop,
    TimeCorrect,
    TurnEnd,
    TurnExtend,
    TurnYield,
)
from floor.core.figures import equality
from floor.core.types import FloorState, Limits, Request
from kernel import wire
from recommendations.core.dissenting import DissentLeave, DissentRaise, DissentShare
from recommendations.core.drafting import DraftAccept, DraftBegin, DraftRelease, DraftSubmit, DraftWrite
from rooms.core.agenda import PointAdd, PointDrop, PointMove
from rooms.core.control import (
    ContributionHide,
    ContributionRestore,
    ContributionWithdraw,
    Earlier,
    RoomLock,
    RoomUnlock,
)
from rooms.core.exclusion import (
    ExclusionAllow,
    ExclusionAnswer,
    ExclusionForbid,
    ExclusionPropose,
    ExclusionRule,
    ExclusionSupport,
)
from rooms.core.finding import FindingAccept, FindingDrop, FindingRelease, FindingWrite
from rooms.core.poll import PollClose, PollOpen, TemperatureAsk
from rooms.core.step import ReadyDeclare, ReadyWithdraw, StepExtend, StepFinish, StepLeave, StepTake
from rooms.core.types import (
    KEPT,
    ContributionMake,
    ItemOpen,
    MemberReadmit,
    MemberRemove,
    NoteMake,
    RoomClose,
    RoomOpen,
    ScribeAct,
    SeatGive,
    SeatTake,
    Time,
)
from rooms.core.wording import ContributionCorrect, FlagCount, SuggestionAccept, SuggestionDecline, SuggestionMake
from tests.core.floor.scenes import TALK, Scene
from tests.core.floor.sitting import Sitting
from tests.core.rooms.random_rooms import play
from tests.core.rooms.sitting import GUIDE, at, opened, seated

FOLDER = Path(__file__).parents[2] / "exchanges"


def balanced() -> dict[str, Any]:
    """Offers, one accepted in the gap, limits, an invitation, a wrap-up, lapses, two contributions, and a hand
    raised in one's own turn."""
    room = opened()
    room.do(10, "alba", HandRaise())
    room.do(11.5, "alba", OfferAccept())
    room.do(20, "alba", ContributionMake("Cerremos el centro los domingos.", "es"))
    room.do(75.25, "bruno", HandRaise())
    room.do(76, "carla", NoteMake("I els comerciants?", "ca"))
    room.advance(86)
    room.do(87, "bruno", OfferAccept())
    room.do(140, "bruno", ContributionMake("Serve un autobus ogni dieci minuti.", "it"))
    room.do(141.1, "bruno", TurnYield())
    room.do(150, "alba", HandRaise())
    room.do(152, "carla", OfferDecline())
    room.do(153, "alba", HandLower())
    room.do(160, "dora", HandRaise("order", "question"))
    room.do(161, "dora", OfferProlong())
    room.do(200, "carla", HandRaise())
    room.do(201, "carla", OfferAccept())
    room.do(203, "carla", HandRaise())
    room.do(210, "dora", HandRaise())
    room.do(220, "carla", TurnYield())
    room.do(224, "dora", OfferAccept())
    room.do(225, "alba", HandRaise())
    room.do(226, "dora", HandRaise("reply"))
    room.do(227, "bruno", HandRaise("interposed"))
    room.do(230, "dora", QuestionAllow())
    room.do(235.5, "bruno", TurnYield())
    room.do(245, "bruno", HandRaise("interposed"))
    room.do(246, "dora", QuestionAllow())
    room.do(250, "dora", TurnYield())
    room.do(255, "bruno", TurnYield())
    room.advance(270)
    room.do(271, "alba", OfferAccept())
    room.do(276, "carla", HandRaise("interposed"))
    room.do(277, "alba", QuestionAllow())
    return room.exchange(0)


def chaired() -> dict[str, Any]:
    """Calls, a departure, an extension, a skip, a mute, a pause in mid-turn, and a new item."""
    room = opened(mode="chaired", limits=Limits(turn_ms=150_000, soft_ms=90_000))
    start = len(room.log)
    for second, member in enumerate(("alba", "bruno", "carla")):
        room.do(1 + second, member, HandRaise())
    room.do(8, GUIDE, ListClose())
    room.do(9, GUIDE, HandAdvance("carla"))
    room.do(9, "dora", InvitationsStop())
    room.do(10, GUIDE, FloorGive("bruno"))
    room.do(20, GUIDE, FloorPause())
    room.do(80.123, GUIDE, FloorResume())
    room.do(85, GUIDE, ListOpen())
    room.do(86, "dora", InvitationsAllow())
    room.do(90, GUIDE, TurnExtend(30))
    room.do(100, "bruno", TurnYield())
    room.do(101, GUIDE, FloorGive("dora"))
    room.do(102, "dora", OfferAccept())
    room.do(110, GUIDE, MemberMute("dora"))
    room.do(111, GUIDE, FloorSkip("alba"))
    room.do(112, GUIDE, MemberUnmute("dora"))
    room.do(113, GUIDE, ItemOpen("What about deliveries?", "en"))
    room.do(114, GUIDE, FloorGive("carla"))
    room.do(120, None, LagReport(4321))
    room.do(150, GUIDE, TurnEnd())
    room.do(151, GUIDE, TimeCorrect("carla", -7, "machine"))
    room.do(152, GUIDE, FloorSet("chaired", Limits(turn_ms=150_000, carry_percent=33)))
    room.do(153, GUIDE, ItemOpen())
    room.do(154, GUIDE, GroupForm("sud", ("alba", "bruno"), 5))
    room.do(155, GUIDE, GroupForm("nord", ("bruno", "carla"), 60))
    room.do(156, GUIDE, PaceMeasure())
    room.do(156, GUIDE, PaceSet({"es": 115}))
    room.do(157, "alba", HandRaise(tag="for"))
    room.do(158, GUIDE, FloorGive("alba"))
    room.do(170.5, "alba", TurnYield())
    return room.exchange(start)


def agenda() -> dict[str, Any]:
    """Points are added, moved and dropped, and two become the item."""
    room = opened(mode="chaired")
    start = len(room.log)
    for second, point in enumerate((PointAdd("Welcome", "en"), PointAdd(motion="m1"), PointAdd("Break", "en"))):
        room.do(1 + second, GUIDE, point)
    welcome, motion, pause = (point.key for point in room.room.agenda)
    room.do(5, GUIDE, PointAdd(motion="m2"))
    room.do(6, GUIDE, PointMove(pause, 0))
    room.do(7, GUIDE, ItemOpen("Welcome", "en", point=welcome))
    room.do(8, GUIDE, PointMove(pause, 2))
    room.do(9, GUIDE, PointDrop(pause))
    room.do(10, GUIDE, ItemOpen(motion="m1", point=motion))
    return room.exchange(start)


def free() -> dict[str, Any]:
    """Two speak at once, one leaves, the mode changes."""
    room = opened(mode="free")
    room.do(1, "alba", SpeechStart())
    room.do(2.345, "bruno", SpeechStart())
    room.do(4, "alba", SpeechStop())
    room.do(5, "dora", ContributionMake("Oui.", "fr"))
    room.do(6.001, None, MemberLeave("bruno"))
    room.do(6.5, "dora", SpeechStart())
    room.do(6.9, "dora", SpeechStop())
    room.do(7, "carla", SpeechStart())
    room.do(9, GUIDE, FloorSet("balanced"))
    room.do(10, "dora", HandRaise())
    return room.exchange(0)


def around() -> dict[str, Any]:
    """A round in a room that was strict: a turn, a pass, a lapse, a point of order, somebody who comes late."""
    room = opened(mode="strict", limits=Limits(planned_ms=400_000))
    room.do(1, None, SeatGive("eve", "citizen", ("en",), "en"))
    room.do(2, GUIDE, FloorSet("round", Limits(planned_ms=400_000)))
    first, second, *_ = room.room.floor.round.members if room.room.floor.round else ("", "")
    room.do(3, first, OfferAccept())
    room.do(4, second, HandRaise("order"))
    room.do(5, None, MemberArrive("eve"))
    room.do(9, first, TurnYield())
    room.do(13, second, OfferAccept())
    room.do(14, first, HandRaise())
    room.do(20, second, TurnYield())
    room.do(23, second, HandLower())
    room.advance(60)
    room.do(61, first, HandRaise())
    room.do(61, first, OfferAccept())
    room.advance(300)
    return room.exchange(0)


def people() -> dict[str, Any]:
    """Seats given and taken, one with time of another room, arrivals, lost connections, a removal and a readmission,
    opening, closing and an outage afterwards."""
    room = seated("alba", "bruno")
    room.do(1, None, MemberArrive("alba"))
    room.do(2, GUIDE, RoomOpen())
    room.do(3, None, MemberArrive("bruno"))
    room.do(4, "alba", HandRaise())
    room.do(5, "alba", OfferAccept())
    room.do(6, "bruno", HandRaise())
    room.do(7, None, MemberLeave("bruno"))
    room.advance(67)
    room.do(68, GUIDE, MemberRemove("alba"))
    room.do(69, GUIDE, MemberReadmit("alba"))
    room.do(70, None, SeatGive("dora", "citizen", ("fr", "en"), "fr"))
    room.do(71, None, SeatTake("bruno"))
    room.do(72, None, SeatGive("dora", "citizen", ("fr", "en"), "en"))
    room.do(73, None, SeatGive("eve", "citizen", ("es",), "es", Time(9_000, 4_000_000, 2, 20_000, 3, 1_000_000)))
    hands = (Request("flo", "normal", at(40), "for"),)
    time = Time(0, 0, 0, 0, 0, orders=1, muted=False, uninvited=True, declined=True, passed=True)
    room.do(74, None, SeatGive("flo", "citizen", ("ca",), "ca", time, hands))
    room.do(75, None, MemberArrive("flo"))
    room.do(80, GUIDE, RoomClose())
    room.stall(90, 150)
    return room.exchange(0)


def drafts() -> dict[str, Any]:
    """Two versions of a draft, acceptance that a new version ends, a release, a submission, a beginning; what the first
    version quotes is corrected afterwards."""
    room = opened("alba", "bruno")
    room.do(0, "alba", NoteMake("Sin coches.", "es"))
    said = room.room.said[0].words
    room.do(1, "alba", DraftWrite(None, 0, "Domingos", "Cerrar el centro.", "", "es", (said,)))
    room.do(2, "alba", ContributionCorrect(said, "Sin coches los domingos.", "es"))
    key = next(iter(room.room.drafts))
    room.do(2, "bruno", DraftAccept(key, 1))
    room.do(3, "bruno", DraftWrite(key, 1, "Domeniche", "Chiudere il centro.", "Aria.", "it"))
    for second, member in enumerate(("alba", "bruno")):
        room.do(4 + second, member, DraftAccept(key, 2))
    room.do(6, "alba", DraftRelease(key, 2))
    room.do(7, "alba", DraftAccept(key, 2))
    room.do(8, "alba", DraftSubmit(key, 2))
    room.do(9, "bruno", DraftBegin())
    return room.exchange(0)


def dissents() -> dict[str, Any]:
    """One dissent is integrated, one shared and left by whoever raised it, one taken back; what is open when the
    draft is sent is upheld."""
    room = opened("alba", "bruno", "carla")
    room.do(1, "alba", DraftWrite(None, 0, "", "Cerrar el centro.", "", "es"))
    key = next(iter(room.room.drafts))
    for second, (member, text) in enumerate(
        (("alba", "¿Y las enfermeras?"), ("bruno", "E i mercati?"), ("carla", "I qui ho paga?")), 2
    ):
        room.do(second, member, DissentRaise(key, 1, text, "es"))
    nurses, markets, money = room.room.drafts[key].dissents
    room.do(5, "carla", DissentShare(key, markets))
    room.do(6, "alba", DissentShare(key, money))
    room.do(7, "bruno", DissentLeave(key, markets, "withdrawn"))
    room.do(8, "bruno", DraftWrite(key, 1, "", "Cerrar el centro, salvo a las enfermeras.", "", "es"))
    room.do(9, "alba", DissentLeave(key, nurses, "integrated"))
    room.do(10, "carla", DissentLeave(key, markets, "withdrawn"))
    for member in ("alba", "bruno"):
        room.do(11, member, DraftAccept(key, 2))
    room.do(12, "bruno", DraftSubmit(key, 2))
    return room.exchange(0)


def findings() -> dict[str, Any]:
    """One point is agreed, one question dropped, one divergence stands where two agree and one has thought again."""
    sitting = opened()
    after = len(sitting.log)
    sitting.do(1, GUIDE, FindingWrite("point", "We want shade.", "en"))
    sitting.do(2, GUIDE, FindingWrite("question", "Who pays?", "en"))
    sitting.do(3, GUIDE, FindingWrite("divergence", "Trams or buses.", "en"))
    point, question, divergence = sitting.room.findings
    for second, member in enumerate(("alba", "bruno", "carla"), 4):
        sitting.do(second, member, FindingAccept(point))
    sitting.do(8, GUIDE, FindingDrop(question))
    sitting.do(9, "alba", FindingAccept(divergence))
    sitting.do(10, "bruno", FindingAccept(divergence))
    sitting.do(11, "alba", FindingRelease(divergence))
    return sitting.exchange(after)


def scribe() -> dict[str, Any]:
    """Carla has no device: Pen types for her, goes away, comes back, and is relieved."""
    sitting = opened()
    sitting.do(1, None, SeatGive("pen", "scribe", ("ca",), "ca"))
    sitting.do(2, None, MemberLeave("carla"))
    sitting.do(3, "account.1", SeatGive("carla", "citizen", ("ca",), "ca", scribe="pen"))
    after = len(sitting.log)
    sitting.do(4, None, MemberArrive("pen"))
    for second, act in ((5, HandRaise()), (6, OfferAccept()), (7, ContributionMake("Un banc a l'ombra.", "ca")),
                        (9, TurnYield()), (10, NoteMake("I una font.", "ca"))):  # fmt: skip
        sitting.do(second, "pen", ScribeAct("carla", act))
    sitting.do(20, None, MemberLeave("pen"))
    sitting.do(21, None, MemberArrive("pen"))
    sitting.do(22, "account.1", SeatGive("carla", "citizen", ("ca",), "ca"))
    return sitting.exchange(after)


def steps() -> dict[str, Any]:
    """A programme of a round, a vote on moving on, a break that lasts longer here, and the end."""
    room = opened(mode="free")
    room.do(1, None, StepTake(4, "a", "round", at(61), 60_000, turn_ms=20_000))
    room.do(2, "alba", HandRaise("order"))
    room.do(30, None, StepTake(6, "b", "vote", at(90), 60_000, mode="balanced"))
    room.do(31, "alba", ReadyDeclare("b"))
    room.do(32, "alba", ReadyWithdraw("b"))
    room.do(33, "bruno", ReadyDeclare("b"))
    room.do(34, "carla", ReadyDeclare("b"))
    room.do(40, None, StepTake(7, "c", "break", at(100), 60_000))
    room.do(41, None, StepTake(8, "c", "break", at(160), 60_000))
    room.do(42, GUIDE, StepExtend("c", 60))
    room.do(50, GUIDE, StepFinish("c"))
    room.do(60, None, StepTake(9, "d", "discussion", at(100), 60_000, mode="chaired"))
    room.do(61, None, MemberLeave(GUIDE))
    room.do(70, None, StepLeave(12))
    return room.exchange(0)


def anything() -> dict[str, Any]:
    """A long log of a room in which everybody wants something all the time."""
    return play(5, acts=300).exchange(20)


def places() -> dict[str, Any]:
    """What screens work out by themselves at some moment: order, places, debts, nudges. No log; see `cases`."""
    return {
        "kind": "places",
        "cases": [case for seed in range(300) if (case := _case(_played(Scene(seed))))][:16],
    }


def _played(scene: Scene) -> Sitting:
    """Every third of them in a mode that caps, and past the cap."""
    if scene.seed % 3:
        return scene.play(TALK, mode="balanced")
    return scene.play(TALK, mode="strict", limits=Limits(planned_ms=900_000))


def _case(sitting: Sitting) -> dict[str, Any] | None:
    floor, when = sitting.floor, sitting.floor.settled_at + 12_345
    if len(floor.people) > 8 or len(policy.waiting(floor)) < 2:
        return None
    return {
        "floor": wire.encode(floor),
        "at": when,
        "line": [request.member for request in policy.line(floor, when)],
        "places": {key: policy.place_range(floor, key, when) for key in floor.people},
        "owed_ms": {key: ledger.owed_ms(floor, key, when) for key in floor.people},
        "fair_share_ms": {key: ledger.fair_share_ms(floor, key, when) for key in floor.people},
        "equality": _equality(floor, when),
        "nudges": [key for key in floor.people if policy.is_nudge_due(floor, key, when)],
    }


def _equality(floor: FloorState, when: int) -> dict[str, Any] | None:
    found = equality(floor, when)
    return None if found is None else {"gini": float(found.gini), "top": float(found.top), "silent": list(found.silent)}


def control() -> dict[str, Any]:
    """A room that is locked, with somebody let in again; words that are hidden, shown again and taken back, one of
    them when it has left the room's memory."""
    room = opened()
    room.do(1, None, MemberLeave("dora"))
    for member, text in (("alba", "Hola."), ("bruno", "Ciao."), ("carla", "Bon dia.")):
        room.do(2, member, NoteMake(text, "es"))
    first, second, third = (said.words for said in room.room.said)
    room.do(3, GUIDE, ContributionHide(first, "insult"))
    room.do(4, GUIDE, ContributionHide(second, "private"))
    room.do(5, GUIDE, ContributionRestore(first))
    room.do(6, "bruno", ContributionWithdraw(second))
    room.do(7, "carla", ContributionWithdraw(third))
    room.do(8, GUIDE, MemberRemove("carla"))
    room.do(9, GUIDE, RoomLock())
    room.do(10, GUIDE, MemberReadmit("carla"))
    room.do(11, GUIDE, RoomUnlock())
    room.do(12, GUIDE, RoomLock())
    for number in range(KEPT):
        room.do(13, "alba", NoteMake(f"{number}", "es"))
    room.gathered = Earlier("alba")
    room.do(14, GUIDE, ContributionHide(first, "insult"))
    return room.exchange(0)


def wordings() -> dict[str, Any]:
    """Corrections, suggestions that are accepted, declined, overtaken and hidden, and flags."""
    room = opened()
    room.do(1, None, SeatGive("eva", "citizen", ("es", "ca"), "ca"))
    for member, text in (("alba", "Hola."), ("eva", "Bon dia."), ("alba", "Adiós.")):
        room.do(2, member, NoteMake(text, "es"))
    first, second, third = (said.words for said in room.room.said)
    room.do(3, None, FlagCount(first, "ca", 2))
    room.do(4, "alba", ContributionCorrect(first, "Hola a todos.", "es"))
    room.do(5, None, FlagCount(first, "ca", 1))
    room.do(5, None, FlagCount(first, "it", 1))
    room.do(6, "eva", SuggestionMake(first, "Hola a tothom.", "ca"))
    room.do(7, "alba", SuggestionAccept(*room.room.suggestions))
    room.do(8, "eva", SuggestionMake(second, "Bon dia a tothom.", "ca"))
    for text in ("Adéu.", "A reveure."):
        room.do(9, "eva", SuggestionMake(third, text, "ca"))
    room.do(10, GUIDE, SuggestionDecline(next(iter(room.room.suggestions))))
    room.do(11, None, FlagCount(first, "it", 0))
    room.do(12, "alba", ContributionCorrect(third, "Hasta luego.", "es"))
    room.do(13, "eva", SuggestionMake(first, "Bones.", "ca"))
    room.do(14, GUIDE, ContributionHide(first, "mistake"))
    room.do(15, GUIDE, ContributionRestore(first))
    return room.exchange(0)


def polls() -> dict[str, Any]:
    """More polls than are kept: with options and on the scale, told and not told."""
    room = opened()
    for second in range(12):
        options = ("Sí", "No") if second % 2 else ()
        room.do(second, GUIDE, PollOpen("Seguim?", options, "ca"))
        key = list(room.room.polls)[-1]
        room.gathered = (3, 3) if second % 2 else (1, 0, 0, 0, second // 2)
        if second < 11:
            room.do(second + 0.5, GUIDE, PollClose(key))
    return room.exchange(0)


def temperatures() -> dict[str, Any]:
    """Two versions of a draft are asked about: one ends by the clock after a silence, one with the next question."""
    room = opened("alba", "bruno", "carla", "dora", "eva")
    room.do(1, "alba", DraftWrite(None, 0, "", "Cerrar el centro.", "", "es"))
    draft = next(iter(room.room.drafts))
    room.gathered = (0, 1, 1, 2, 1)
    room.do(2, "bruno", TemperatureAsk(draft, 1))
    room.stall(60, 160)
    room.advance(300)
    room.do(301, "bruno", DraftWrite(draft, 1, "", "Cerrar el centro los domingos.", "", "es"))
    room.do(302, GUIDE, TemperatureAsk(draft, 2))
    room.gathered = (0, 0, 0, 4, 0)
    room.do(310, GUIDE, PollOpen("Seguim?", (), "ca"))
    return room.exchange(0)


def exclusions() -> dict[str, Any]:
    """A proposal that lapses, one that is forbidden, and one that is carried; one whose person is sent out anyway."""
    room = opened()
    room.do(1, GUIDE, ExclusionAllow(ExclusionRule()))
    room.do(2, "alba", ExclusionPropose("bruno", "Grita.", "es"))
    room.advance(200)
    room.do(201, "alba", ExclusionPropose("carla", "Calla.", "es"))
    room.do(202, GUIDE, ExclusionForbid())
    room.do(203, GUIDE, ExclusionAllow(ExclusionRule(hearing_s=30)))
    room.do(204, GUIDE, ItemOpen())
    room.do(205, "alba", ExclusionPropose("bruno", "Grita.", "es"))
    room.stall(206, 266)
    room.do(266, "bruno", ExclusionAnswer("Scusate.", "it"))
    room.do(267, "carla", ExclusionSupport("bruno"))
    room.do(268, GUIDE, MemberReadmit("bruno"))
    room.do(269, None, MemberArrive("bruno"))
    room.do(270, "bruno", ExclusionPropose("dora", "Ride.", "it"))
    room.do(271, GUIDE, MemberRemove("dora"))
    return room.exchange(0)


EXCHANGES: dict[str, Callable[[], dict[str, Any]]] = {
    "floor-balanced": balanced,
    "floor-chaired": chaired,
    "room-agenda": agenda,
    "floor-free": free,
    "floor-around": around,
    "floor-people": people,
    "floor-drafts": drafts,
    "floor-dissents": dissents,
    "room-control": control,
    "room-wordings": wordings,
    "room-polls": polls,
    "room-temperatures": temperatures,
    "room-exclusions": exclusions,
    "room-steps": steps,
    "room-scribe": scribe,
    "room-findings": findings,
    "floor-anything": anything,
}


def text_of(exchange: dict[str, Any]) -> str:
    """The file's content."""
    rows = (f" {json.dumps(name)}: {_lines(value)}" for name, value in exchange.items())
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _lines(value: Any) -> str:
    """One event or case a line, everything else on one line."""
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in value) + "\n ]"


FILES = {**EXCHANGES, "places": places}


if __name__ == "__main__":
    for name, record in FILES.items():
        (FOLDER / f"{name}.json").write_text(text_of(record()), encoding="utf-8")
