"""The organiser's page of the sitting: planning the run of show, and driving it. Works without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assemblies.doors import organiser_required
from assemblies.models import Assembly
from kernel import wire
from kernel.errors import Refused
from live import queries as words
from live.services import submit
from rooms.queries import rooms_of_assembly
from sittings import queries, services
from sittings.core.sitting import closing_at, current_step
from sittings.core.types import (
    AgendaFill,
    AgendaStep,
    MessageSend,
    SittingAdvance,
    SittingBegin,
    SittingClose,
    SittingExtend,
    SittingPace,
    SittingPrepare,
    SittingState,
    StepDrop,
    StepMove,
)
from sittings.forms import MessageForm, StepForm, TextForm, form_of
from sittings.wording import KINDS, TEMPLATES


@dataclass(frozen=True, slots=True)
class Row:
    """A step as the page shows it; `form` None: it has passed."""

    step: AgendaStep
    number: int
    kind: Any
    title: str
    text: str
    minutes: int
    form: StepForm | TextForm | None


@require_GET
@organiser_required
def sitting(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """The run of show, and what goes on."""
    return sitting_page(request, assembly)


@require_POST
@organiser_required
def step(request: Any, assembly: Assembly) -> HttpResponse:
    """Add a step, or plan one differently."""
    services.create_sitting(assembly.pk)
    key = request.POST.get("change", "")
    known = {row.step.key: row for row in _rows(queries.state_of(assembly.pk))}
    if key and key not in known:
        return sitting_page(request, assembly, refusal=Refused("sitting.unknown_step"))
    form = form_of(known[key].step, known[key].title, known[key].text, request.POST) if key else StepForm(request.POST)
    if not form.is_valid():
        return sitting_page(request, assembly, form=form)
    return _do(request, assembly, form.command(assembly.lang))


@require_POST
@organiser_required
def message(request: Any, assembly: Assembly) -> HttpResponse:
    """Tell all rooms something."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        return sitting_page(request, assembly, form=form, message=form)
    return _do(request, assembly, MessageSend(form.cleaned_data["text"], assembly.lang))


@require_POST
@organiser_required
def act(request: Any, assembly: Assembly, act: str) -> HttpResponse:
    """Do one thing to the sitting or to a step."""
    return _do(request, assembly, _command(act, request.POST))


def _do(request: Any, assembly: Assembly, command: Any) -> HttpResponse:
    try:
        submit(services.create_sitting(assembly.pk), command, by=f"account.{request.user.pk}")
    except Refused as refusal:
        return sitting_page(request, assembly, refusal=refusal)
    messages.success(request, _("Done."), extra_tags="good")
    return redirect("sittings:sitting", slug=assembly.slug)


def _command(act: str, form: QueryDict) -> Any:
    """What a button asks for; unknown ones are refused."""
    key, minutes = form.get("step", ""), form.get("minutes", "")
    commands = {
        "fill": lambda: wire.decode(AgendaFill, {"template": form.get("template", "")}),
        "earlier": lambda: StepMove(key, "earlier"),
        "later": lambda: StepMove(key, "later"),
        "drop": lambda: StepDrop(key),
        "begin": SittingBegin,
        "next": lambda: SittingAdvance(key),
        "extend": lambda: SittingExtend(key, 60),
        "close": lambda: SittingClose(int(minutes) if minutes.isdecimal() and len(minutes) < 4 else -1),
        "keep": lambda: SittingClose(None),
        "by_itself": lambda: SittingPace(by_itself=True),
        "by_hand": lambda: SittingPace(by_itself=False),
        "prepare": SittingPrepare,
    }
    if act not in commands:
        raise Refused("command.unknown", command=act[:60])
    return commands[act]()


def sitting_page(
    request: HttpRequest, assembly: Assembly, *, form: Any = None, message: MessageForm | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    """The page, with the form that was wrong or what was refused, if anything was."""
    services.create_sitting(assembly.pk)
    state = queries.state_of(assembly.pk)
    rows = _rows(state, form)
    context = {
        "assembly": assembly,
        "here": "sitting",
        "state": state,
        "rows": rows,
        "current": next((row for row in rows if row.step == current_step(state)), None),
        "closing_at": closing_at(state),
        "is_last": not any(step.began_at is None for step in state.agenda),
        "minutes": sum(row.minutes for row in rows),
        "templates": TEMPLATES.items(),
        "adding": form if isinstance(form, StepForm) and not form.prefix else StepForm(),
        "message": message or MessageForm(),
        "rooms": rooms_of_assembly(assembly.pk).exclude(stage="closed").count(),
        "form": form,
        "refusal": refusal,
    }
    status = 409 if refusal else 400 if form else 200
    return render(request, "sittings/sitting.html", context, status=status)


def _rows(state: SittingState, wrong: Any = None) -> list[Row]:
    found = words.words([key for step in state.agenda for key in (step.title, step.text) if key])
    texts = {key: each.text for key, each in found.items()}
    rows = []
    for number, each in enumerate(state.agenda, 1):
        title, text = texts.get(each.title or "", ""), texts.get(each.text or "", "")
        is_wrong = wrong is not None and wrong.prefix == each.key
        form = (wrong if is_wrong else form_of(each, title, text)) if each.ended_at is None else None
        rows.append(Row(each, number, KINDS[each.plan.kind], title, text, each.plan.planned_ms // 60_000, form))
    return rows
