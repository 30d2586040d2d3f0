"""The pages of an assembly's organisers, and the one behind the link of somebody who is invited."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms import NewAccount
from assemblies import organisers
from assemblies.doors import organiser_required
from assemblies.models import Assembly
from assemblies.organiser_forms import OrganiserInvitation
from kernel.errors import Refused


@require_GET
@organiser_required
def organiser_list(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Who organises, and who is invited."""
    return _list(request, assembly, OrganiserInvitation())


@require_POST
@organiser_required
def act(request: Any, assembly: Assembly, act: str) -> HttpResponse:
    """Invite somebody, withdraw a link, or take the right away; `pk` in the form says which."""
    try:
        match act:
            case "invite":
                return _invite(request, assembly)
            case "withdraw":
                organisers.withdraw(get_object_or_404(assembly.organiser_links, pk=_number(request)))
                messages.success(request, _("The link no longer works."))
            case "remove":
                return _remove(request, assembly)
            case _:
                raise Refused("command.unknown", command=act[:60])
    except Refused as refusal:
        return _list(request, assembly, OrganiserInvitation(), refusal=refusal)
    return redirect("assemblies:organisers", slug=assembly.slug)


def _number(request: HttpRequest) -> int:
    given = request.POST.get("pk", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0


def _invite(request: Any, assembly: Assembly) -> HttpResponse:
    form = OrganiserInvitation(request.POST)
    if not form.is_valid():
        return _list(request, assembly, form)
    name = form.cleaned_data["name"]
    link = organisers.invite_organiser(assembly, name=name, by=request.user)
    context = {"assembly": assembly, "here": "organisers", "name": name, "link": link}
    return render(request, "assemblies/organiser_link.html", context)


def _remove(request: Any, assembly: Assembly) -> HttpResponse:
    user = get_object_or_404(assembly.organisers, pk=_number(request))
    organisers.remove_organiser(assembly, user)
    if user == request.user:
        return redirect("assemblies:organise")
    messages.success(request, _("%(name)s does not organise this assembly any longer.") % {"name": user.email})
    return redirect("assemblies:organisers", slug=assembly.slug)


def _list(
    request: HttpRequest, assembly: Assembly, form: OrganiserInvitation, *, refusal: Refused | None = None
) -> HttpResponse:
    context = {
        "assembly": assembly,
        "here": "organisers",
        "organisers": assembly.organisers.order_by("pk"),
        "links": organisers.open_links(assembly),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "assemblies/organisers.html", context, status=400 if refusal or form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: Any, code: str) -> HttpResponse:
    """Show what the link gives; sending the form uses it, with the account that is signed in or with a new one."""
    has_account = request.user.is_authenticated
    form = NewAccount(None if has_account else request.POST or None)
    refusal = None
    try:
        assembly = organisers.link_of(code).assembly
        if request.method == "POST" and (has_account or form.is_valid()):
            _accept(request, code, form)
            return redirect("assemblies:overview", slug=assembly.slug)
    except Refused as refused:
        if refused.code == "organiser.link_over":
            return render(request, "assemblies/organiser_link_over.html", status=404)
        refusal = refused
    context = {"assembly": assembly, "form": form, "refusal": refusal, "has_account": has_account}
    return render(request, "assemblies/organiser_accept.html", context, status=400 if refusal or form.errors else 200)


def _accept(request: Any, code: str, form: NewAccount) -> None:
    if request.user.is_authenticated:
        organisers.accept(code, request.user)
    else:
        user = organisers.accept_with_new_account(code, **form.cleaned_data)
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
