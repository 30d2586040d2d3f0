"""The organiser's page of motions: made of recommendations, opened, closed, certified."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, cast, get_args

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assemblies.doors import organiser_required
from assemblies.models import Assembly
from assemblies.queries import translators
from kernel import clock
from kernel.errors import Refused
from live.services import submit
from plenary import queries, services, texts
from plenary.choosing import kind_name
from plenary.core.amendments import AmendmentArrange, AmendmentCall
from plenary.core.motions import (
    MotionAdd,
    MotionCertify,
    MotionClose,
    MotionExplain,
    MotionOpen,
    MotionRepeat,
    MotionSettle,
    MotionVoid,
    ObjectionAnswer,
    parts_of,
    repetition_of,
    takes_statements,
)
from plenary.core.options import MOST_OPTIONS
from plenary.core.presets import PRESETS
from plenary.core.rules import MAX_SUPPORTERS, Amending, AmendmentOrder, Kind, Level, Needed, Rule, Tie
from plenary.passports import needed_name, passport
from plenary.wording import (
    amendment_order_name,
    outcome_sentence,
    preset_name,
    rule_sentences,
    statements_name,
    tie_name,
)
from recommendations import queries as recommendations

MAX_MINUTES = 60 * 24 * 60
STATEMENT_HOURS = (0, 1, 24, 3 * 24, 7 * 24)
"""How long minority statements may be taken, to choose from."""
AT_ONCE = {
    "close": MotionClose, "repeat": MotionRepeat, "certify": MotionCertify, "arrange": AmendmentArrange,
    "call": AmendmentCall,
}  # fmt: skip
"""What is done to a motion without saying anything else."""


@require_GET
@organiser_required
def motions(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Every motion and every recommendation that is none yet."""
    return _page(request, assembly)


def _page(request: HttpRequest, assembly: Assembly, refusal: Refused | None = None) -> HttpResponse:
    services.create_plenary(assembly.pk)
    state = queries.state_of(assembly.pk)
    used = {part.source for motion in state.motions.values() for part in parts_of(motion)}
    merged = recommendations.merged_drafts(assembly.pk)
    waiting = [
        each
        for each in recommendations.of_assembly(assembly.pk)
        if each.key not in used and not recommendations.merged_into(each, merged)
    ]
    words = recommendations.passages(
        queries.plenary_of(assembly.pk), [key for each in waiting for key in (each.title, each.recommendation)],
        request.LANGUAGE_CODE,
    )  # fmt: skip
    offered = [(name, preset) for name, preset in PRESETS.items() if preset.fits(assembly.chambers)]
    context = {
        "assembly": assembly,
        "here": "plenary",
        "motions": [
            {"shown": texts.shown(assembly.pk, motion), "rule": rule_sentences(motion.rule),
             "outcome": outcome_sentence(motion.outcome) if motion.outcome else "",
             "departure": texts.reason(motion.departure),
             "repetition": repetition_of(state, motion),
             "proposals": texts.proposals(assembly.pk, state, motion),
             "proposal": texts.proposal(assembly.pk, state, motion),
             "waiting_amendments": sum(one.fate == "offered" for one in motion.amendments),
             "called": any(one.fate == "called" for one in motion.amendments),
             "passport": passport(assembly.pk, motion) if motion.phase in ("draft", "open") else [],
             "needed": needed_name(motion.rule.versions),
             "statements": texts.stated(assembly.pk, motion),
             "takes_statements": takes_statements(motion, clock.now()),
             "certifiers_missing": motion.rule.certifiers - len(motion.certified_by),
             "voted": sum(queries.turnout(motion.motion).values()), "entitled": sum(motion.rolls.values())}
            for motion in state.motions.values()
        ],
        "translators": len(translators(assembly.pk)),
        "needs": [(needed, needed_name(needed)) for needed in get_args(Needed)],
        "waiting": [
            {"row": each, "title": words.get(each.title), "text": words.get(each.recommendation)} for each in waiting
        ],
        "refusal": refusal,
        "kinds": [(kind.value, kind_name(kind)) for kind in Kind],
        "choosing": [(name, preset_name(name)) for name, each in offered if not each.decides],
        "presets": [(name, preset_name(name)) for name, each in offered if each.decides],
        "orders": [(order.value, amendment_order_name(order)) for order in AmendmentOrder],
        "statement_hours": [(hours, statements_name(hours)) for hours in STATEMENT_HOURS],
        "ties": [(tie.value, tie_name(tie)) for tie in Tie],
    }  # fmt: skip
    return render(request, "plenary/motions.html", context, status=409 if refusal else 200)


@require_POST
@organiser_required
def act(request: Any, assembly: Assembly, act: str) -> HttpResponse:
    """Do one thing to one motion, as the organiser's account; what is refused is said."""
    services.create_plenary(assembly.pk)
    try:
        submit(queries.plenary_of(assembly.pk), _command(act, request.POST, assembly), by=f"account.{request.user.pk}")
    except Refused as refusal:
        return _page(request, assembly, refusal)
    messages.success(request, _("Done."), extra_tags="good")
    return redirect("plenary:motions", slug=assembly.slug)


def _command(act: str, form: Any, assembly: Assembly) -> Any:
    motion = form.get("motion", "")
    if act in AT_ONCE:
        return AT_ONCE[act](motion)
    match act:
        case "add":
            return _addition(form, assembly)
        case "open":
            return MotionOpen(motion, duration_ms=_minutes(form.get("minutes", "")))
        case "settle":
            return MotionSettle(motion, form.get("adopt") == "yes", _option(form.get("option", "")))
        case "explain":
            return MotionExplain(motion, form.get("text", ""), form.get("lang", ""))
        case "answer":
            return ObjectionAnswer(motion, form.get("objection", ""), _fate(form.get("fate", "")))
        case "void":
            return MotionVoid(motion, form.get("wrong", ""), form.get("text", ""), form.get("lang", ""))
    raise Refused("command.unknown", command=act[:60])


def _addition(form: Any, assembly: Assembly) -> MotionAdd:
    first, *others = form.getlist("recommendation") or [""]
    if form.get("together") and not others:
        raise Refused("motion.bad_options", most=MOST_OPTIONS)
    return MotionAdd(first, _rule(form, assembly), tuple(others))


def _option(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 3 else None


def _fate(text: str) -> Literal["integrated", "upheld"]:
    match text:
        case "integrated" | "upheld":
            return text
    raise Refused("command.unknown", command=text[:60])


def _rule(form: Any, assembly: Assembly) -> Rule:
    preset, level, tie = PRESETS.get(form.get("preset", "")), form.get("level", ""), form.get("tie", Tie.REJECTED.value)
    if preset is None or not preset.fits(assembly.chambers) or level not in [*Level] or tie not in [*Tie]:
        raise Refused("rule.unknown_preset")
    kind = form.get("kind", Kind.YES_NO.value)
    if kind not in [*Kind] or not (preset.decides if kind == Kind.YES_NO else preset.chooses):
        raise Refused("rule.unknown_preset")
    versions: Needed = cast("Needed", form.get("versions", "any"))
    if versions not in get_args(Needed):
        raise Refused("rule.unknown_preset")
    hours = form.get("statement_hours", "0")
    if hours not in map(str, STATEMENT_HOURS):
        raise Refused("rule.unknown_preset")
    certifiers = 2 if form.get("two_certify") else 1
    rule = preset.rule(Level(level), assembly.chambers)
    return replace(
        rule, versions=versions, certifiers=certifiers, tie=Tie(tie), kind=Kind(kind), amendments=_amending(form),
        statement_hours=int(hours), signatures=max(1, assembly.dissent_minimum),
    )  # fmt: skip


def _amending(form: Any) -> Amending | None:
    order, supporters = form.get("amendments", ""), form.get("supporters", "1")
    if not order:
        return None
    if order not in [*AmendmentOrder]:
        raise Refused("rule.unknown_preset")
    if not supporters.isdecimal() or not 1 <= int(supporters[:5]) <= MAX_SUPPORTERS:
        raise Refused("rule.bad_supporters", limit=MAX_SUPPORTERS)
    return Amending(AmendmentOrder(order), int(supporters[:5]))


def _minutes(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.isdecimal() or not 0 < int(text) <= MAX_MINUTES:
        raise Refused("motion.bad_duration", most=MAX_MINUTES)
    return int(text) * 60_000
