"""A member's own page of devices."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assemblies.doors import member_required
from assemblies.models import Device
from assemblies.queries import DEVICE_COOKIE
from assemblies.services import end_device


@require_GET
@member_required
def devices(request: Any) -> HttpResponse:
    """The browsers that are signed in as this member."""
    rows = request.member.devices.filter(ended_at=None)
    context = {"member": request.member, "assembly": request.member.assembly, "devices": rows, "here": request.device}
    return render(request, "assemblies/devices.html", context)


@require_POST
@member_required
def end(request: Any, device: int) -> HttpResponse:
    """Sign one browser out; this one, too."""
    found = get_object_or_404(Device, pk=device, member=request.member)
    end_device(found)
    if found != request.device:
        return redirect("assemblies:devices", member=request.actor.key)
    said = {"sentence": _("You are signed out on this device.")}
    response = render(request, "assemblies/signed_out.html", said)
    response.delete_cookie(DEVICE_COOKIE, path=f"/m/{request.actor.key}/")
    return response
