"""Recorded logs of sittings, for the browser's twin of `evolve`.

`python -m tests.core.sittings.exchanges` writes them to `tests/exchanges/`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sittings.core.types import (
    AgendaFill,
    MessageSend,
    RoomsTell,
    SittingAdvance,
    SittingBegin,
    SittingClose,
    SittingExtend,
    SittingPace,
    SittingPrepare,
    StepAdd,
    StepChange,
    StepDrop,
    StepMove,
    StepPlan,
)
from tests.core.sittings.play import Played, minutes
from tests.core.sittings.test_planning import random_sitting

FOLDER = Path(__file__).parents[2] / "exchanges"


def evening() -> dict[str, Any]:
    """A plan that is changed while it runs, more time, messages, rooms that are ready, an announced end; the next."""
    played = Played()
    played.do(0, AgendaFill("short"))
    played.do(1, StepAdd(StepPlan("draft", minutes(15), "chaired", 60_000, "draft"), "Escribir juntos", "es"))
    played.do(2, StepMove(played.key(4), "earlier"))
    played.do(3, StepChange(played.key(1), StepPlan("exercise", minutes(8)), "Un exercici", "ca", "Dibuixeu un mapa."))
    played.do(4, StepChange(played.key(3), StepPlan("draft", minutes(12)), "", "es"))
    played.do(5, StepDrop(played.key(0)))
    played.do(60, SittingBegin())
    played.do(100, MessageSend("Buenas noches a todas las salas.", "es"))
    played.do(105, StepChange(played.key(0), played.state.agenda[0].plan, None, "ca", "Dibuixeu un mapa del barri."))
    played.do(110, SittingExtend(played.key(0), 60))
    played.do(120, RoomsTell(played.key(0), (11,), 3), by=None)
    played.do(200, SittingAdvance(played.key(0)))
    played.do(201, SittingPace(by_itself=True))
    played.do(210, MessageSend("Merci.", "fr"), by="account.7")
    played.do(220, SittingClose(50))
    played.do(221, SittingClose(None))
    played.advance(200 + 20 * 60 + 1)
    played.do(1500, SittingClose(5))
    played.advance(2000)
    played.do(2001, SittingPrepare())
    return played.exchange()


def anything() -> dict[str, Any]:
    """A long log in which everybody wants something all the time."""
    return random_sitting(8, acts=150).exchange()


EXCHANGES: dict[str, Callable[[], dict[str, Any]]] = {"sitting-evening": evening, "sitting-anything": anything}


def text_of(exchange: dict[str, Any]) -> str:
    """The file's content, one event a line."""
    events = ",\n".join(f"  {json.dumps(event, ensure_ascii=False)}" for event in exchange["events"])
    rest = [(name, json.dumps(exchange[name], ensure_ascii=False)) for name in ("kind", "initial", "state")]
    rows = [*(f' "{name}": {value}' for name, value in rest), f' "events": [\n{events}\n ]']
    return "{\n" + ",\n".join(rows) + "\n}\n"


if __name__ == "__main__":
    for name, record in EXCHANGES.items():
        (FOLDER / f"{name}.json").write_text(text_of(record()), encoding="utf-8")
