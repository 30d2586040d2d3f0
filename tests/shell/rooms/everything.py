"""Everything that a room tells anybody: frames and snapshots of its streams, the overview and every page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from assemblies.models import Member
from facilitation.overview import Overview
from kernel import clock, wire
from live import folds, hub
from live.models import Stream
from live.queries import lines_after
from live.registry import kind_of
from rooms.models import Room

CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"csrf": "[^"]*"')


def told(room: Room, readers: Mapping[Member | None, Client]) -> dict[str, object]:
    """Under a name each: all that comes from this room, as these readers get it; None is somebody who is no member."""
    found = {**_streams(room), "overview": _overview(room)}
    for member, client in readers.items():
        for address in addresses(room, member):
            answer = client.get(address)
            found[f"{address} for {member and member.name}"] = (answer.status_code, _lasting(answer.content))
    return found


def _streams(room: Room) -> dict[str, object]:
    names = Stream.objects.filter(name__startswith=room.stream).order_by("name").values_list("name", flat=True)
    found: dict[str, object] = {}
    for name in names:
        found[name] = [line.text for line in lines_after(name, 0, limit=1000)]
        fold = folds.current(folds.position(name))
        found[f"snapshot of {name}"] = hub._snapshot_line(name, kind_of(name)[1], fold).text
    return found


def _overview(room: Room) -> str:
    return wire.dumps([wire.encode(line) for line in Overview(room.assembly_id).look(clock.monotonic())])


def _lasting(content: bytes) -> str:
    return CHANGING.sub("", content.decode())


def addresses(room: Room, member: Member | None) -> Iterator[str]:
    """Every address of the product that leads to this room, its assembly or this member."""
    known = {"room": str(room.pk), "number": str(room.number), "slug": room.assembly.slug, "lang": "fr"}
    known |= {"words": _said(room)} | ({"member": member.key} if member else {})
    for route in _routes(get_resolver().url_patterns):
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        if names and set(names) <= known.keys() and not route.startswith("accounts/") and "^" not in route:
            yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda name: known[name[1]], route)


def _routes(patterns: Sequence[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def _said(room: Room) -> str:
    first = room.contributions.order_by("pk").first()
    return first.words if first else "none"
