"""The organiser's pages of members: importing, finding, inviting, removing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assemblies import enrolment
from assemblies.core.members import COLUMNS, Reading, write_rows
from assemblies.core.roles import Role
from assemblies.doors import organiser_required
from assemblies.enrolment import Link
from assemblies.models import Assembly, Member
from assemblies.organiser_forms import MemberList
from assemblies.queries import members
from assemblies.services import end_device, remove_member, revoke_invitations
from kernel.errors import Refused

A_PAGE = 100
SHOWN_ROWS = 30
SHOWN_ERRORS = 200


@require_GET
@organiser_required
def member_list(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """The members, a page at a time, or those whose name holds what is looked for."""
    wanted = request.GET.get("q", "").strip()[:60]
    found = members(assembly).filter(name__icontains=wanted) if wanted else members(assembly)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    linkless = set(enrolment.without_link(assembly).filter(pk__in=[m.pk for m in page]).values_list("pk", flat=True))
    context = {"page": page, "wanted": wanted, "linkless": linkless, "total": page.paginator.count}
    return _page(request, "member_list", assembly, context)


@require_http_methods(["GET", "POST"])
@organiser_required
def import_list(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Take a file and show what it would bring; nothing is written yet."""
    form = MemberList(request.POST or None, request.FILES or None)
    if form.is_valid():
        return _preview(request, assembly, enrolment.read_list(assembly, form.content()))
    context = {"form": form, "columns": COLUMNS, "roles": list(Role)}
    return _page(request, "import", assembly, context, status=400 if form.errors else 200)


@require_POST
@organiser_required
def apply_list(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Add everybody of a list that was shown, or nobody."""
    reading = enrolment.read_list(assembly, request.POST.get("table", "").encode())
    if reading.errors:
        return _preview(request, assembly, reading)
    count = enrolment.import_members(assembly, reading.rows)
    said = ngettext("%(count)s member was added.", "%(count)s members were added.", count)
    messages.success(request, said % {"count": count})
    return redirect("assemblies:links", slug=assembly.slug)


def _preview(request: HttpRequest, assembly: Assembly, reading: Reading) -> HttpResponse:
    context = {
        "rows": reading.rows[:SHOWN_ROWS],
        "columns": list(dict.fromkeys(column for row in reading.rows for column in row.traits)),
        "count": len(reading.rows),
        "errors": reading.errors[:SHOWN_ERRORS],
        "error_count": len(reading.errors),
        "table": "" if reading.errors else write_rows(reading.rows),
    }
    return _page(request, "preview", assembly, context, status=400 if reading.errors else 200)


@require_http_methods(["GET", "POST"])
@organiser_required
def links(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Make links for who has none, or new ones for everybody; they are shown once, to print or to save."""
    waiting = enrolment.without_link(assembly)
    if request.method == "POST":
        return _show_links(request, assembly, enrolment.invite_all(waiting))
    context = {"waiting": waiting.count(), "total": members(assembly).count()}
    return _page(request, "links", assembly, context)


@require_POST
@organiser_required
def links_csv(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """The links that were just shown, as a table."""
    codes = request.POST.get("codes", "").split()
    table = enrolment.links_table(enrolment.links_of(assembly, codes))
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="links-{assembly.slug}.csv"'
    return response


def _show_links(request: HttpRequest, assembly: Assembly, made: Sequence[Link]) -> HttpResponse:
    codes = "\n".join(link.code for link in made)
    return _page(request, "links_shown", assembly, {"links": made, "codes": codes})


@require_GET
@organiser_required
def member_page(request: HttpRequest, assembly: Assembly, key: str) -> HttpResponse:
    """One member: links, devices, removal."""
    member = get_object_or_404(members(assembly), key=key)
    context = {
        "member": member,
        "has_link": not enrolment.without_link(assembly).filter(pk=member.pk).exists(),
        "devices": member.devices.filter(ended_at=None),
    }
    return _page(request, "member", assembly, context)


@require_POST
@organiser_required
def act(request: HttpRequest, assembly: Assembly, key: str, act: str) -> HttpResponse:
    """Renew or revoke the links of a member, end their devices, or remove them."""
    member = get_object_or_404(members(assembly), key=key)
    match act:
        case "renew":
            return _show_links(request, assembly, enrolment.renew_link(member))
        case "revoke":
            revoke_invitations(member)
            messages.success(request, _("The links of this member no longer work."))
        case "devices":
            _end_devices(member)
            messages.success(request, _("All devices of this member are signed out."))
        case "remove":
            remove_member(member)
            messages.success(request, _("%(name)s is no member any longer.") % {"name": member.name})
            return redirect("assemblies:members", slug=assembly.slug)
        case _:
            raise Refused("command.unknown", command=act[:60])
    return redirect("assemblies:member", slug=assembly.slug, key=key)


def _end_devices(member: Member) -> None:
    for device in member.devices.filter(ended_at=None):
        end_device(device)


def _page(
    request: HttpRequest, name: str, assembly: Assembly, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shared = {"assembly": assembly, "here": "members"}
    return render(request, f"assemblies/{name}.html", {**shared, **context}, status=status)
