"""The facilitator's page: all the rooms that are theirs, live."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from assemblies.boot import live_page
from assemblies.doors import member_required
from facilitation.queries import rooms_chaired_by
from rooms.views import link_of


@member_required
def console(request: Any) -> HttpResponse:
    """The console over every room this member may chair; 404 for whoever chairs none."""
    rooms = list(rooms_chaired_by(request.actor))
    if not rooms:
        raise Http404
    return live_page(request, "facilitator", [link_of(room) for room in rooms])
