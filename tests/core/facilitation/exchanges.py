"""A recorded log of those who lead rooms, for the browser's twin of `evolve`.

`python -m tests.core.facilitation.exchanges` writes it to `tests/exchanges/`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from facilitation.core.chairs_types import (
    HelpAnswer,
    HelpCall,
    HelpClose,
    MemberArrive,
    MemberLeave,
    MemoWrite,
    RoomReturn,
    RoomTake,
)
from tests.core.facilitation.desk import Desk

FILE = Path(__file__).parents[2] / "exchanges" / "chairs.json"


def exchange() -> dict[str, Any]:
    """People come and go, calls are made, answered and done, rooms taken over and given back, notes written."""
    desk = Desk()
    desk.do(1, None, MemberArrive("fatou"))
    desk.do(2, None, MemberArrive("gil"))
    desk.do(3, "ana", HelpCall(3, "No oigo nada", "es"))
    first = desk.call
    desk.do(4, "bo", HelpCall(None))
    desk.do(5, "gil", HelpAnswer(first))
    desk.do(6, "gil", MemoWrite("Je m'en occupe", "fr", 3))
    desk.do(7, "fatou", MemoWrite("Gràcies", "ca"))
    desk.do(40, None, MemberLeave("fatou"))
    desk.do(41, "gil", RoomTake(3))
    desk.do(42, "gil", RoomTake(4))
    desk.do(50, "gil", HelpClose(first))
    desk.do(60, "gil", RoomReturn(3))
    for second in range(60):
        desk.do(70 + second, "zoe", HelpCall(9))
        desk.do(70 + second, "gil", HelpClose(desk.call))
    return desk.exchange()


def text() -> str:
    """The file's content."""
    return json.dumps(exchange(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
