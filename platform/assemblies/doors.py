"""Doors of pages: who is asking, before anything else happens."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.cache import patch_cache_control

from assemblies.models import Assembly, Device, Member
from assemblies.queries import DEVICE_COOKIE, actor_of, device_of, may_organise
from assemblies.services import Joined, see_device
from kernel.languages import INTERFACE_LANGUAGES, base_of
from live.core.actors import Actor

View = Callable[..., HttpResponse]
COOKIE_AGE_S = 180 * 24 * 3600


class MemberRequest(HttpRequest):
    """A request whose sender is known to be this member."""

    actor: Actor
    member: Member
    device: Device


def member_required(view: View) -> View:
    """Only the member whose key stands in the address, proved by this browser's device cookie; 403 otherwise.

    The page is read in the member's language and never cached.
    """

    @functools.wraps(view)
    def guarded(request: Any, member: str, *args: Any, **kwargs: Any) -> HttpResponse:
        device = device_of(member, request.COOKIES)
        if device is None:
            return render(request, "assemblies/not_signed_in.html", status=403)
        see_device(device)
        request.device, request.member, request.actor = device, device.member, actor_of(device.member)
        if "lang" not in request.GET:
            translation.activate(page_language(device.member))
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded


def let_in(joined: Joined, address: str) -> HttpResponse:
    """Go on to `address`, with the cookie by which this browser is the member from now on."""
    response = redirect(address)
    response.set_cookie(
        DEVICE_COOKIE, joined.secret, max_age=COOKIE_AGE_S, path=f"/m/{joined.member.key}/", httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def actor_of_socket(member_key: str, cookies: Mapping[str, str]) -> Actor | None:
    """Who opens a socket at this member's address, proved by the same cookie as their pages; None: nobody we know."""
    device = device_of(member_key, cookies)
    if device is None:
        return None
    see_device(device)
    return actor_of(device.member, device)


def page_language(member: Member) -> str:
    """The interface language nearest to what the member reads."""
    wanted = map(base_of, [member.reads, *member.speaks, member.assembly.lang])
    return next((code for code in wanted if code in INTERFACE_LANGUAGES), "en")


def organiser_required(view: View) -> View:
    """Only a signed-in account that organises the assembly `slug`; others get the same 404 as for none at all."""

    @functools.wraps(view)
    @login_required
    def guarded(request: Any, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        assembly = get_object_or_404(Assembly, slug=slug)
        if not may_organise(request.user.pk, assembly):
            raise Http404
        response = view(request, assembly, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded
