"""Pages on which those who lead give somebody more time to speak, in private, with who did it and when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from assemblies.doors import member_required, organiser_required
from assemblies.models import Assembly, Member
from assemblies.queries import members
from facilitation.rules import may_lead
from facilitation.views import account_of
from live import rates
from rooms.accommodations import accommodate
from rooms.core.types import SPEAKING_ROLES
from rooms.models import Accommodation, Seat

CHOICES = (
    (100, gettext_lazy("the usual time")),
    (125, gettext_lazy("a quarter more")),
    (150, gettext_lazy("half as much again")),
)


class Accommodating(forms.Form):
    """Who gets how much."""

    member = forms.ModelChoiceField(label=gettext_lazy("Person"), queryset=Member.objects.none(), to_field_name="key")
    percent = forms.TypedChoiceField(label=gettext_lazy("Time to speak"), choices=CHOICES, coerce=int, initial=125)

    def __init__(self, *args: Any, people: QuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["member"]
        field.queryset, field.empty_label = people, _("Choose somebody")
        field.label_from_instance = lambda member: member.name


@require_http_methods(["GET", "POST"])
@organiser_required
def organiser_page(request: Any, assembly: Assembly) -> HttpResponse:
    """Everybody of the assembly who takes turns."""
    people = members(assembly).filter(role__in=SPEAKING_ROLES)
    context = {"assembly": assembly, "here": "rooms"}
    return _page(request, people, account_of(request), "facilitation/accommodations.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def own_rooms_page(request: Any) -> HttpResponse:
    """Those who take turns in the rooms that this member leads; 404 for who leads none."""
    if not may_lead(request.actor):
        raise Http404
    rates.take(request.actor.key)
    led = Seat.objects.filter(member__key=request.actor.key, role="facilitator", removed=False).values("room")
    if request.actor.role == "organiser":
        people = members(request.member.assembly).filter(role__in=SPEAKING_ROLES)
    else:
        here = Seat.objects.filter(room__in=led, role__in=SPEAKING_ROLES, removed=False)
        people = members(request.member.assembly).filter(key__in=here.values("member"))
    context = {"member": request.member, "assembly": request.member.assembly}
    return _page(request, people, request.actor.key, "facilitation/own_accommodations.html", context)


def _page(request: Any, people: QuerySet[Member], by: str, template: str, context: dict[str, Any]) -> HttpResponse:
    form = Accommodating(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        accommodate(data["member"], data["percent"], by=by)
        messages.success(
            request, _("Saved. Only %(name)s and those who may set it see this.") % {"name": data["member"].name}
        )
        return redirect(request.path)
    rows = Accommodation.objects.filter(member__in=people).select_related("member")
    names = dict(Member.objects.filter(assembly=context["assembly"]).values_list("key", "name"))
    choices = dict(CHOICES)
    ledger = [(row, choices[row.percent], _name(row.set_by, names), _name(row.ended_by, names)) for row in rows]
    return render(request, template, {**context, "form": form, "ledger": ledger}, status=400 if form.errors else 200)


def _name(key: str, names: dict[str, str]) -> str:
    return names.get(key) or _("an organiser")
