"""The status board: for organisers and support, every room with the same figures, and who needs help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from assemblies.doors import organiser_required
from assemblies.models import Assembly
from assemblies.queries import names
from facilitation.core.chairs_types import Call, ChairsState
from facilitation.core.overview import RoomSummary
from facilitation.overview import Overview
from facilitation.queries import chairs_state
from kernel import clock
from live.names import stream_name
from recommendations.queries import Passage, passages
from rooms.models import Room
from rooms.queries import rooms_of_assembly


@dataclass(frozen=True, slots=True)
class BoardCall:
    """A call that is not done yet, in the reader's language."""

    name: str
    at: int
    text: Passage | None
    helper: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One room on the board; `speaker`, `owed` and `over` are names, times are `m:ss`."""

    room: Room
    line: RoomSummary
    speaker: str
    time: str
    owed: tuple[str, str] | None
    over: tuple[str, str] | None
    is_led: bool
    calls: tuple[BoardCall, ...]


@require_GET
@organiser_required
def board(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """All rooms as they are now. At most a dozen queries, and what it takes to fold rooms not yet read here."""
    overview, chairs, at = Overview(assembly.pk), chairs_state(assembly.pk), clock.now()
    lines = {line.room: line for line in overview.look(clock.monotonic())}
    calls = _calls(assembly, chairs)
    rooms = [room for room in rooms_of_assembly(assembly.pk) if room.pk in lines]
    rows = [_row(room, lines[room.pk], overview.names, chairs, calls.get(room.pk, ()), at) for room in rooms]
    context = {"assembly": assembly, "here": "rooms", "rows": rows, "lobby": calls.get(None, ()), "at": at}
    return render(request, "facilitation/board.html", context)


def _row(
    room: Room,
    line: RoomSummary,
    known: Mapping[str, str],
    chairs: ChairsState,
    calls: tuple[BoardCall, ...],
    at: int,
) -> BoardRow:
    now = line.paused_at or at
    return BoardRow(
        room=room,
        line=line,
        speaker=known.get(line.speaker.member, "") if line.speaker else "",
        time=_minutes(now - line.since) if line.since is not None and line.phase == "open" else "",
        owed=(known.get(line.owed.member, ""), _minutes(line.owed.ms)) if line.owed else None,
        over=(known.get(line.over.member, ""), _minutes(line.over.ms)) if line.over else None,
        is_led=any(leads.is_here or leads.member in chairs.present for leads in line.leads),
        calls=calls,
    )


def _calls(assembly: Assembly, chairs: ChairsState) -> dict[int | None, tuple[BoardCall, ...]]:
    """Calls that are not done, by room; None: from the lobby."""
    open_calls = [call for call in chairs.calls if call.closed_at is None]
    who = names(key for call in open_calls for key in (call.member, call.answered_by) if key)
    known = {key: shown.text for key, shown in who.items()}
    words = [call.words for call in open_calls if call.words]
    texts = passages(stream_name("chairs", assembly.pk), words, translation.get_language() or "en") if words else {}
    found: dict[int | None, tuple[BoardCall, ...]] = {}
    for call in open_calls:
        found[call.room] = (*found.get(call.room, ()), _shown(call, known, texts))
    return found


def _shown(call: Call, who: Mapping[str, str], texts: Mapping[str, Passage]) -> BoardCall:
    helper = who.get(call.answered_by, "") if call.answered_by else ""
    return BoardCall(who.get(call.member, ""), call.at, texts.get(call.words or ""), helper)


def _minutes(ms: int) -> str:
    seconds = max(0, ms // 1000)
    return f"{seconds // 60}:{seconds % 60:02}"
