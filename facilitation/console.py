"""The facilitator's page: all rooms, live."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse

from assemblies.boot import RoomLink, live_page
from assemblies.doors import member_required
from facilitation.queries import rooms_chaired_by
from facilitation.rules import CHAIRS
from rooms.queries import rooms_of_assembly
from rooms.views import link_of


@member_required
def console(request: Any) -> HttpResponse:
    """The console: every room of the assembly in a few figures, and those this member may chair in full.

    404 for whoever leads no rooms here.
    """
    if request.actor.role not in CHAIRS:
        raise Http404
    own = set(rooms_chaired_by(request.actor).values_list("pk", flat=True))
    return live_page(request, "facilitator", [_link(room, own) for room in rooms_of_assembly(request.actor.assembly)])


def _link(room: Any, own: set[int]) -> RoomLink:
    return replace(link_of(room), leads=room.pk in own)
