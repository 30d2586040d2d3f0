"""Dissent from a draft: in its room for who may read it, with who is behind them; beside a recommendation those that
stayed and that enough people share, without names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kernel import wire
from kernel.errors import Refused
from live.core.kinds import WordsShown
from live.names import parse_name
from live.registry import DOORS
from live.services import submit
from public.histories import sources_of
from recommendations.core.dissenting import Dissent, DissentLeave, DissentRaise, DissentShare, Fate
from recommendations.models import Recommendation
from recommendations.queries import Passage, passages
from rooms.models import Room

ACTS = {wire.name_of(command): command for command in (DissentRaise, DissentShare, DissentLeave)}


@dataclass(frozen=True, slots=True)
class Shown:
    """One dissent for one reader; `people` are the names of who is behind it, empty where none are told."""

    key: str
    version: int
    fate: Fate | None
    count: int
    people: list[str]
    is_mine: bool
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class Remaining:
    """The dissents that stayed when a text was sent: those to be read, and how many fewer people are behind."""

    told: list[Shown]
    others: int


def shown(
    dissents: Iterable[Dissent], texts: Mapping[str, Passage], called: Mapping[str, WordsShown], reader: str
) -> list[Shown]:
    """Dissents with the names of who is behind them."""
    return [
        Shown(
            each.words,
            each.version,
            each.fate,
            len(each.members),
            [called[member].text for member in each.members if member in called],
            reader in each.members,
            texts.get(each.words),
        )
        for each in dissents
    ]


def remaining(row: Recommendation, lang: str) -> Remaining:
    """What stands beside a recommendation, the most shared first, without names."""
    upheld: list[Dissent] = []
    texts: dict[str, Passage] = {}
    for source in sources_of(row):
        found = [each for each in source.draft.dissents.values() if each.fate in (None, "upheld")]
        texts |= passages(source.room.stream, [each.words for each in found], lang)
        upheld += found
    enough = [each for each in upheld if len(each.members) >= row.assembly.dissent_minimum]
    told = shown(sorted(enough, key=lambda each: -len(each.members)), texts, {}, "")
    return Remaining(told, len(upheld) - len(enough))


def act(request: Any, room: Room) -> None:
    """Raise, share or leave a dissent as a form asks, through the door that a socket's command takes."""
    command = ACTS.get(request.POST["act"])
    if command is None:
        raise Refused("command.unknown", command="")
    fields: dict[str, Any] = {name: request.POST[name] for name in command.__dataclass_fields__ if name in request.POST}
    if "version" in fields:
        fields["version"] = (
            int(fields["version"]) if fields["version"].isdecimal() and len(fields["version"]) < 9 else 0
        )
    if "text" in fields:
        fields["text"] = fields["text"].replace("\r\n", "\n")
    asked: Any = wire.decode(command, fields)
    if not DOORS[wire.name_of(command)].may(request.actor, parse_name(room.stream), asked):
        raise Refused("command.not_yours", command="")
    submit(room.stream, asked, by=request.actor.key)
