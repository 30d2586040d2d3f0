"""Recorded logs of plenaries, and seats, for the browser's twins of `evolve` and `hall`.

`python -m tests.core.plenary.exchanges` writes them to `tests/exchanges/`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from kernel import wire
from plenary.core.amendments import (
    Act,
    AmendmentArrange,
    AmendmentCall,
    AmendmentOffer,
    AmendmentSupport,
    AmendmentWithdraw,
)
from plenary.core.motions import (
    MemberArrive,
    MemberLeave,
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
from plenary.core.presets import conference, consent, deliberative_committee, most, simple_majority
from plenary.core.rules import Amending, AmendmentOrder, Kind, Tie
from plenary.core.seats import hall
from plenary.core.statements import StatementLeave, StatementSign, StatementWrite
from plenary.core.tally import Choice
from tests.core.plenary.sitting import ROLL, Sitting

FOLDER = Path(__file__).parents[2] / "exchanges"
SEATS = (1, 2, 3, 7, 8, 12, 60, 185, 200, 449, 705, 800)
"""Numbers of seats; 449 is the plenary of the Conference on the Future of Europe."""


def vote() -> dict[str, Any]:
    """People come and go, a motion is added, opened, closed by the chair and certified by two."""
    plenary = Sitting()
    plenary.do(1, None, MemberArrive("alba"))
    plenary.do(2, None, MemberArrive("bruno"))
    motion = plenary.add(3, conference())
    plenary.do(4, "chair", MotionOpen(motion, duration_ms=60_000))
    plenary.do(5, None, MemberLeave("bruno"))
    plenary.do(6, None, MemberLeave("bruno"))
    plenary.cast(motion, "citizens", [Choice.YES] * 7 + [Choice.NO] * 3)
    plenary.do(20, "chair", MotionClose(motion))
    plenary.do(21, "chair", MotionCertify(motion))
    plenary.do(22, "witness", MotionCertify(motion))
    return plenary.exchange()


def clock() -> dict[str, Any]:
    """Two ballots are open at once and close by the clock, one of them later than was said because nobody served; one
    count waits for its second witness."""
    plenary = Sitting()
    first, second = plenary.add(1, simple_majority()), plenary.add(2, replace(conference(), certifiers=2))
    plenary.add(3, deliberative_committee())
    plenary.do(4, "chair", MotionOpen(first, closes_at=30_000))
    plenary.do(5, "chair", MotionOpen(second, closes_at=20_000))
    plenary.cast(first, "citizens", [Choice.YES, Choice.ABSTAIN])
    plenary.stall(25, 70)
    plenary.advance(131)
    plenary.do(132, "chair", MotionAdd("recommendation 4", simple_majority()))
    plenary.do(133, "chair", MotionCertify(second))
    return plenary.exchange()


def settled() -> dict[str, Any]:
    """Parliament is exactly divided: once its chair decides against the citizens and says why, once the lot."""
    plenary = Sitting()
    rule = deliberative_committee()
    by_chair, by_lot = plenary.add(1, replace(rule, tie=Tie.CHAIR)), plenary.add(2, replace(rule, tie=Tie.LOT))
    for motion in (by_chair, by_lot):
        plenary.do(3, "chair", MotionOpen(motion))
        plenary.cast(motion, "parliament", [Choice.YES] * 4 + [Choice.NO] * 4)
        plenary.cast(motion, "citizens", [Choice.YES] * 6)
        plenary.do(9, "chair", MotionClose(motion))
    plenary.do(10, "chair", MotionSettle(by_chair, adopt=False))
    plenary.do(11, "chair", MotionExplain(by_chair, "El presupuesto no alcanza.", "es"))
    plenary.do(12, "chair", MotionCertify(by_chair))
    return plenary.exchange()


def consented() -> dict[str, Any]:
    """Two object, one of them changes their mind, the other is upheld; the vote stands beside it."""
    plenary = Sitting()
    motion = plenary.add(1, consent())
    for second, by in enumerate(ROLL[:2], start=2):
        plenary.do(second, by, ObjectionRaise(motion, "Y quien trabaja de noche?", "es"))
    first, second_one = (each.objection for each in plenary.state.motions[motion].objections)
    plenary.do(5, ROLL[0], ObjectionWithdraw(motion, first))
    plenary.do(6, "chair", ObjectionAnswer(motion, second_one, "upheld"))
    plenary.do(7, "chair", MotionOpen(motion))
    plenary.cast(motion, "citizens", [Choice.YES] * 9 + [Choice.ABSTAIN])
    plenary.do(8, "chair", MotionClose(motion))
    return plenary.exchange()


def chosen() -> dict[str, Any]:
    """Of three recommendations two are exactly even, and the chair chooses; another three are adopted as a block."""
    plenary = Sitting()
    rule = replace(most(), kind=Kind.RUNOFF, tie=Tie.CHAIR)
    for second, each in enumerate((rule, simple_majority()), start=1):
        others = tuple(f"recommendation {second}{letter}" for letter in "bc")
        plenary.do(second, "chair", MotionAdd(f"recommendation {second}a", each, others))
    choice, block = plenary.state.motions
    for motion in (choice, block):
        plenary.do(3, "chair", MotionOpen(motion))
    plenary.cast(choice, "citizens", ["1 2", "1", "2 1", "2", "3", "blank"])
    plenary.cast(block, "citizens", [Choice.YES] * 6 + [Choice.NO] * 2)
    plenary.do(8, "chair", MotionClose(choice))
    plenary.do(9, "chair", MotionClose(block))
    plenary.do(10, "chair", MotionSettle(choice, adopt=True, option=2))
    return plenary.exchange()


def voided() -> dict[str, Any]:
    """One vote is voided while it is open and one when it is closed, for the same version; both are repeated."""
    plenary = Sitting()
    first, second = (plenary.add(each, simple_majority()) for each in (1, 2))
    for motion in (first, second):
        plenary.do(3, "chair", MotionOpen(motion))
        plenary.cast(motion, "citizens", [Choice.YES] * 6)
    plenary.do(4, "chair", MotionClose(second))
    for motion in (first, second):
        plenary.do(5, "chair", MotionVoid(motion, "fr", "«Trois» au lieu de «treize».", "fr"))
        plenary.do(6, "chair", MotionRepeat(motion))
    repetition = list(plenary.state.motions)[-1]
    plenary.do(7, "chair", MotionOpen(repetition))
    plenary.cast(repetition, "citizens", [Choice.YES] * 6)
    plenary.do(8, "chair", MotionClose(repetition))
    return plenary.exchange()


def amended() -> dict[str, Any]:
    """Five amendments: one is taken back, one has too few behind it, one is adopted and settles another, one fails.
    The vote on the adopted one, and that on the motion, are voided and repeated."""
    plenary = Sitting()
    rule = replace(simple_majority(), amendments=Amending(AmendmentOrder.FURTHEST_FIRST, supporters=2))
    motion = plenary.add(1, rule)
    offers: list[tuple[Act, int, str]] = [
        ("replace", 2, "Dos y tres."), ("delete", 2, ""), ("insert", 3, "Cuatro."), ("insert", 0, "Cero."),
        ("replace", 1, "Une."),
    ]  # fmt: skip
    for second, (by, (act, paragraph, text)) in enumerate(zip(ROLL, offers, strict=False), start=2):
        plenary.do(second, by, AmendmentOffer(motion, act, paragraph, text, "Porque." if text else "", "es"))
    keys = [each.amendment for each in plenary.state.motions[motion].amendments]
    for key in keys[:4]:
        plenary.do(10, ROLL[9], AmendmentSupport(motion, key, support=True))
    plenary.do(11, ROLL[8], AmendmentSupport(motion, keys[0], support=True))
    plenary.do(12, ROLL[8], AmendmentSupport(motion, keys[0], support=False))
    plenary.do(13, ROLL[3], AmendmentWithdraw(motion, keys[3]))
    plenary.do(14, "chair", AmendmentArrange(motion))
    for second, choice in ((20, Choice.YES), (30, Choice.NO)):
        plenary.do(second, "chair", AmendmentCall(motion))
        vote = _last(plenary)
        plenary.do(second + 1, "chair", MotionOpen(vote))
        if choice is Choice.YES:
            vote = _repeated(plenary, second + 2, vote)
        plenary.cast(vote, "citizens", [choice] * 6)
        plenary.do(second + 5, "chair", MotionClose(vote))
        plenary.do(second + 6, "chair", MotionCertify(vote))
    plenary.do(40, "chair", MotionOpen(motion))
    _repeated(plenary, 41, motion)
    return plenary.exchange()


def _last(plenary: Sitting) -> str:
    return list(plenary.state.motions)[-1]


def _repeated(plenary: Sitting, second: int, motion: str) -> str:
    """Key of the motion with which an open one is repeated; open too."""
    plenary.do(second, "chair", MotionVoid(motion, "fr", "«Trois» au lieu de «treize».", "fr"))
    plenary.do(second + 1, "chair", MotionRepeat(motion))
    plenary.do(second + 2, "chair", MotionOpen(_last(plenary)))
    return _last(plenary)


def stated() -> dict[str, Any]:
    """One person on the roll writes why they decide otherwise, another signs, a third writes and takes it back; nobody
    is served for a while, and the result stands when the time for statements is over."""
    plenary = Sitting()
    motion = plenary.add(1, replace(simple_majority(), statement_hours=1, signatures=2))
    plenary.do(2, "chair", MotionOpen(motion))
    plenary.do(3, ROLL[0], StatementWrite(motion, "Y quien trabaja de noche?", "es"))
    plenary.do(4, ROLL[1], StatementWrite(motion, "Demasiado pronto.", "es"))
    first, second = plenary.state.motions[motion].statements
    plenary.cast(motion, "citizens", [Choice.YES] * 8 + [Choice.NO] * 2)
    plenary.do(5, "chair", MotionClose(motion))
    plenary.do(6, ROLL[1], StatementSign(motion, first))
    plenary.do(7, ROLL[2], StatementSign(motion, first))
    plenary.do(8, ROLL[2], StatementLeave(motion, first))
    plenary.do(9, ROLL[1], StatementLeave(motion, second))
    plenary.stall(60, 660)
    plenary.do(3600 + 700, "chair", MotionCertify(motion))
    return plenary.exchange()


EXCHANGES: dict[str, Callable[[], dict[str, Any]]] = {
    "plenary-vote": vote,
    "plenary-clock": clock,
    "plenary-settled": settled,
    "plenary-consented": consented,
    "plenary-chosen": chosen,
    "plenary-voided": voided,
    "plenary-amended": amended,
    "plenary-stated": stated,
}


def text_of(exchange: dict[str, Any]) -> str:
    """The file's content."""
    return json.dumps(exchange, ensure_ascii=False, indent=1) + "\n"


def seats_text() -> str:
    """Halls of several sizes, as the browser must draw them too; one hall a line."""
    rows = ",\n".join(f' "{number}": {wire.dumps(wire.encode(hall(number)))}' for number in SEATS)
    return f'{{"halls": {{\n{rows}\n}}}}\n'


if __name__ == "__main__":
    for name, record in EXCHANGES.items():
        (FOLDER / f"{name}.json").write_text(text_of(record()), encoding="utf-8")
    (FOLDER / "seats.json").write_text(seats_text(), encoding="utf-8")
