"""Reads the timeline of a scenario: one typed value per entry, in order of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rehearsal.core.entries import Entry
from rehearsal.core.scenario import (
    Chat,
    Event,
    Extend,
    Fault,
    FaultKind,
    HandLower,
    HandRaise,
    Join,
    LanguageChange,
    Leave,
    Mute,
    Participant,
    RoomOpen,
    RoomPlan,
    Unmute,
    Utterance,
)

People = Mapping[str, Participant]
Rooms = Mapping[str, RoomPlan]


def read_timeline(root: Entry, people: People, rooms: Rooms) -> tuple[Event, ...]:
    """Every event of the timeline, checked against people and rooms."""
    events: list[Event] = []
    for index, entry in enumerate(root.entries("timeline")):
        event = _event(entry, index, people=people, rooms=rooms)
        if events and event.t < events[-1].t:
            entry.refuse(f"time runs backwards: {event.t / 1000:g} s after {events[-1].t / 1000:g} s")
        events.append(event)
    return tuple(events)


def _event(entry: Entry, index: int, *, people: People, rooms: Rooms) -> Event:
    kind = entry.text("type")
    if kind not in _READERS:
        entry.refuse(f'unknown event "{kind}"')
    everywhere = kind == "fault" and entry.data.get("room") is None
    by_all = kind == "fault" and entry.data.get("by") is None
    common = {
        "index": index,
        "t": entry.milliseconds("t"),
        "room": None if everywhere else entry.one_of("room", rooms, "room"),
        "by": None if by_all else entry.one_of("by", people, "person"),
        "expect": entry.optional_text("expect"),
    }
    if common["room"] and common["by"] and common["by"] not in rooms[str(common["room"])].members:
        entry.refuse(f'"{common["by"]}" is not among the members of room "{common["room"]}"')
    return _READERS[kind](entry, common, people)


Common = dict[str, Any]


def _join(entry: Entry, common: Common, people: People) -> Event:
    late = entry.data.get("late", False)
    connection = entry.data.get("connection", 1)
    if connection not in (1, 2) or isinstance(connection, bool):
        entry.refuse('"connection" must be 1 or 2')
    return Join(**common, connection=connection, late=bool(late))


def _leave(entry: Entry, common: Common, people: People) -> Event:
    connection = entry.data.get("connection")
    if connection not in (None, 1, 2) or isinstance(connection, bool):
        entry.refuse('"connection" must be 1 or 2')
    return Leave(**common, connection=connection)


def _utterance(entry: Entry, common: Common, people: People) -> Event:
    lang = entry.language("lang", people[common["by"]].lang)
    if (dur := entry.milliseconds("dur")) == 0:
        entry.refuse('"dur" must be more than 0')
    return Utterance(**common, lang=lang, dur=dur, text=entry.text("text", ""))


def _chat(entry: Entry, common: Common, people: People) -> Event:
    return Chat(**common, lang=entry.language("lang", people[common["by"]].lang), text=entry.text("text"))


def _targeted(cls: type[Mute] | type[Unmute]) -> Callable[[Entry, Common, People], Event]:
    return lambda entry, common, people: cls(**common, target=entry.one_of("target", people, "person"))


def _extend(entry: Entry, common: Common, people: People) -> Event:
    key = next((key for key in ("seconds", "dur", "by_s", "extra_s") if key in entry.data), "seconds")
    return Extend(**common, seconds=max(1, round(entry.milliseconds(key) / 1000)))


def _language_change(entry: Entry, common: Common, people: People) -> Event:
    """A new reading language; `lang` alone changes what is spoken and read."""
    key = next((key for key in ("reads", "to", "lang") if key in entry.data), "reads")
    return LanguageChange(**common, reads=entry.language(key))


FAULTS: Mapping[str, FaultKind] = {
    **{kind.value: kind for kind in FaultKind},
    "connection lost": FaultKind.CONNECTION_LOST,
    "disconnect": FaultKind.CONNECTION_LOST,
    "network": FaultKind.CONNECTION_LOST,
    "kill": FaultKind.SERVER_KILLED,
    "crash": FaultKind.SERVER_KILLED,
    "server_kill": FaultKind.SERVER_KILLED,
    "web_killed": FaultKind.SERVER_KILLED,
    "restart": FaultKind.SERVER_RESTARTED,
    "server_restart": FaultKind.SERVER_RESTARTED,
    "engine": FaultKind.ENGINE_KILLED,
    "engine_down": FaultKind.ENGINE_KILLED,
    "translation_down": FaultKind.ENGINE_KILLED,
}
"""Names of faults, the plain ones first."""


def _fault(entry: Entry, common: Common, people: People) -> Event:
    key = next((key for key in ("fault", "kind", "what", "cause") if key in entry.data), "fault")
    fault = FAULTS[entry.one_of(key, FAULTS, "fault")]
    until = entry.milliseconds("until") if "until" in entry.data else common["t"]
    if until < common["t"]:
        entry.refuse('time runs backwards: "until" lies before "t"')
    return Fault(**common, fault=fault, until=until)


_READERS: Mapping[str, Callable[[Entry, Common, People], Event]] = {
    "room_open": lambda entry, common, people: RoomOpen(**common),
    "join": _join,
    "leave": _leave,
    "hand_raise": lambda entry, common, people: HandRaise(**common),
    "hand_lower": lambda entry, common, people: HandLower(**common),
    "utterance": _utterance,
    "chat": _chat,
    "mute": _targeted(Mute),
    "unmute": _targeted(Unmute),
    "extend": _extend,
    "language_change": _language_change,
    "fault": _fault,
}
