"""The plenary's live page, and the ballots, which work without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assemblies.bodies import JSON, decoded, wants_json
from assemblies.boot import live_page
from assemblies.doors import member_required
from assemblies.models import Member
from assemblies.queries import people_of_scribe, translators
from kernel import clock
from kernel.errors import Refused
from live import rates
from live.services import submit
from plenary import queries, services, texts
from plenary.choosing import instruction
from plenary.core.amendments import AmendmentOffer, AmendmentSupport, AmendmentWithdraw
from plenary.core.motions import MotionState, ObjectionRaise, ObjectionWithdraw, repetition_of, takes_statements
from plenary.core.rules import Kind, Level
from plenary.core.statements import StatementLeave, StatementSign, StatementWrite
from plenary.marking import choice_of, lines_of, scale_of
from plenary.masks import mask
from plenary.naming import electorate_name
from plenary.passports import needed_name, passport
from plenary.services import Cast
from plenary.texts import MotionShown
from plenary.wording import (
    ACTS,
    act_name,
    choice_labels,
    outcome_sentence,
    rule_sentences,
    trust_details,
    trust_sentence,
)

STATUS = {"ballot.not_entitled": 403, "rate.too_many": 429, "motion.unknown": 404}
MAX_BODY = 1000


@require_GET
@member_required
def plenary_page(request: Any) -> HttpResponse:
    """The plenary, live."""
    return live_page(request, "plenary", mask=mask(request.actor.assembly, request.actor.key))


@require_GET
@member_required
def motion_list(request: Any) -> HttpResponse:
    """Every motion with its phase and the way to its ballot."""
    state = queries.state_of(request.actor.assembly)
    context = {
        "assembly": request.member.assembly,
        "base": f"/m/{request.actor.key}/",
        "member": request.member,
        "people": people_of_scribe(request.member),
        "motions": [texts.shown(request.actor.assembly, motion) for motion in state.motions.values()],
    }
    return render(request, "plenary/motion_list.html", context)


@require_GET
@member_required
def ballot_page(request: Any, motion: str) -> HttpResponse:
    """Text, rule and choices of one motion."""
    return ballot_of(request, motion)


@require_GET
@member_required
def passport_page(request: Any, motion: str) -> HttpResponse:
    """Every language version of one motion: what it is, and what deserves a second look."""
    found, assembly = _motion(request, motion), request.member.assembly
    context = {
        "assembly": assembly,
        "member": request.member,
        "base": f"/m/{request.actor.key}/",
        "motion": found,
        "passport": passport(assembly.pk, found),
        "needed": needed_name(found.rule.versions),
        "translators": translators(assembly.pk),
    }
    return render(request, "plenary/passport.html", context)


@require_POST
@member_required
def cast(request: Any, motion: str) -> HttpResponse:
    """Cast one ballot: a form gets a page, a program that accepts JSON gets data."""
    try:
        rates.take(request.actor.key)
        paper = paper_of(request)
        done = services.cast_ballot(motion, actor=request.actor, electorate=paper.electorate, choice=paper.choice)
    except Refused as refusal:
        if wants_json(request):
            return JsonResponse(refusal.as_data(), status=status_of(refusal))
        return ballot_of(request, motion, refusal=refusal)
    if wants_json(request):
        return JsonResponse({"done": True, "cast_at": done.at, "tracker": done.tracker})
    return ballot_of(request, motion, done=done)


@require_POST
@member_required
def object_to(request: Any, motion: str) -> HttpResponse:
    """Raise an objection before the vote opens, or take one's own back."""
    mine, form = request.POST.get("objection"), request.POST
    command = (
        ObjectionWithdraw(motion, mine) if mine else ObjectionRaise(motion, form.get("text", ""), form.get("lang", ""))
    )
    try:
        rates.take(request.actor.key)
        submit(queries.plenary_of(request.actor.assembly), command, by=request.actor.key)
    except Refused as refusal:
        return ballot_of(request, motion, refusal=refusal)
    return redirect("plenary:ballot", member=request.actor.key, motion=motion)


@require_POST
@member_required
def amend(request: Any, motion: str) -> HttpResponse:
    """Offer an amendment to a motion, be behind one or no longer, or take one's own back."""
    try:
        rates.take(request.actor.key)
        submit(queries.plenary_of(request.actor.assembly), _amendment(motion, request.POST), by=request.actor.key)
    except Refused as refusal:
        return ballot_of(request, motion, refusal=refusal)
    return redirect("plenary:ballot", member=request.actor.key, motion=motion)


@require_POST
@member_required
def declare(request: Any, motion: str) -> HttpResponse:
    """Write a minority statement, sign one, or take one's name back."""
    try:
        rates.take(request.actor.key)
        submit(queries.plenary_of(request.actor.assembly), _statement(motion, request.POST), by=request.actor.key)
    except Refused as refusal:
        return ballot_of(request, motion, refusal=refusal)
    return redirect("plenary:ballot", member=request.actor.key, motion=motion)


def _amendment(motion: str, form: Any) -> AmendmentOffer | AmendmentSupport | AmendmentWithdraw:
    for name, command in (
        ("support", AmendmentSupport(motion, form.get("support", ""), support=True)),
        ("leave", AmendmentSupport(motion, form.get("leave", ""), support=False)),
        ("withdraw", AmendmentWithdraw(motion, form.get("withdraw", ""))),
    ):
        if name in form:
            return command
    act, paragraph = form.get("change", ""), form.get("paragraph", "")
    if act not in ACTS or not (paragraph.isdecimal() and len(paragraph) < 4):
        raise Refused("amendment.no_paragraph")
    return AmendmentOffer(
        motion, act, int(paragraph), form.get("text", ""), form.get("reasons", ""), form.get("lang", "")
    )


def may_amend(motion: MotionState, member: Member) -> bool:
    """Whether this member can amend, as far as the page can know; the command decides."""
    is_open = motion.phase == "draft" and motion.rule.amendments is not None and not motion.is_arranged
    return is_open and member.role == "citizen"


def _statement(motion: str, form: QueryDict) -> StatementWrite | StatementSign | StatementLeave:
    if "sign" in form:
        return StatementSign(motion, form.get("sign", ""))
    if "leave" in form:
        return StatementLeave(motion, form.get("leave", ""))
    return StatementWrite(motion, form.get("statement", ""), form.get("lang", ""))


def may_object(motion: MotionState, member: Member) -> bool:
    """Whether this member has an objection to raise, as far as the page can know; the command decides."""
    own = mask(member.assembly_id, member.key)
    stands = any(each.member == own and each.fate != "withdrawn" for each in motion.objections)
    return motion.phase == "draft" and motion.rule.objections == "heard" and member.role == "citizen" and not stands


def status_of(refusal: Refused) -> int:
    """What a refusal is in HTTP."""
    return STATUS.get(refusal.code, 400 if refusal.code.startswith("wire.") else 409)


@dataclass(frozen=True, slots=True)
class Paper:
    """What is written on a ballot."""

    electorate: str
    choice: str


def paper_of(request: HttpRequest) -> Paper:
    """The ballot in a form or in JSON, or `Refused("wire.…")`."""
    if request.content_type != JSON:
        return Paper(request.POST.get("electorate", ""), choice_of(request.POST))
    return decoded(Paper, request, limit=MAX_BODY)


def _motion(request: Any, key: str) -> MotionState:
    motion = queries.state_of(request.actor.assembly).motions.get(key)
    if motion is None:
        raise Http404
    return motion


def ballot_of(
    request: Any, key: str, *, voter: Member | None = None, refusal: Refused | None = None, done: Cast | None = None
) -> HttpResponse:
    """The page of one ballot: the member's own, or that of the `voter` for whom the member types."""
    motion = _motion(request, key)
    state = queries.state_of(request.actor.assembly)
    shown = texts.shown(request.actor.assembly, motion)
    context = {
        "voter": voter,
        "shown": shown,
        "instruction": instruction(motion.rule.kind),
        "scale": scale_of(motion.rule.kind, len(motion.options)),
        "motion": motion,
        "repetition": repetition_of(state, motion),
        "repeated": state.motions.get(motion.repeats or ""),
        "base": f"/m/{request.actor.key}/",
        "assembly": request.member.assembly,
        "member": request.member,
        "mask": mask(request.actor.assembly, request.actor.key),
        "ballots": [
            each
            for each in _ballots(shown, (voter or request.member).key, request.POST if refusal else QueryDict())
            if not (voter and each["public"])
        ],
        "people": people_of_scribe(request.member),
        "rule": rule_sentences(motion.rule),
        "outcome": outcome_sentence(motion.outcome) if motion.outcome else "",
        "choices": choice_labels(motion.rule),
        **_statements(request, motion, refusal),
        "objecting": request.POST.get("text", "") if refusal else "",
        "may_object": may_object(motion, request.member),
        "proposals": texts.proposals(request.actor.assembly, state, motion),
        "proposal": texts.proposal(request.actor.assembly, state, motion),
        "history": texts.history(shown),
        "may_amend": may_amend(motion, request.member) and not voter,
        "paragraphs": texts.numbered(shown),
        "changes": [(act, act_name(act)) for act in ACTS],
        "amending": request.POST if refusal else {},
        "refusal": refusal,
        "done": done,
    }
    return render(request, "plenary/ballot.html", context, status=200 if refusal is None else status_of(refusal))


def _statements(request: Any, motion: MotionState, refusal: Refused | None) -> dict[str, Any]:
    """What the page shows of minority statements; four queries."""
    own, now = request.actor.key, clock.now()
    return {
        "statements": texts.stated(request.actor.assembly, motion),
        "takes_statements": takes_statements(motion, now),
        "may_state": takes_statements(motion, now) and queries.is_on_roll(motion.motion, own),
        "has_stated": any(own == each.author and own in each.signed for each in motion.statements.values()),
        "are_names_public": texts.are_names_public(motion),
        "stating": request.POST.get("statement", "") if refusal else "",
    }


def by_form(level: str) -> str:
    """At which level a plain form can vote: it cannot seal."""
    return Level.ASSISTED if level == Level.SEALED else level


def _ballots(shown: MotionShown, member: str, form: QueryDict) -> list[dict[str, Any]]:
    """The ballots this member holds, each with its trust sentence and what has been cast."""
    motion = shown.motion
    voted = queries.turnout(motion.motion)
    return [
        {
            "electorate": held.electorate,
            "public": held.level == Level.PUBLIC,
            "name": electorate_name(held.electorate),
            "sealed": trust_sentence(held.level) if held.level == Level.SEALED else "",
            "trust": trust_sentence(by_form(held.level)),
            "details": trust_details(by_form(held.level)),
            "permit": held.permit,
            "choice": held.choice,
            "final": held.final,
            "lines": lines_of(shown, held.choice, form) if motion.rule.kind is not Kind.YES_NO else [],
            "voted": voted.get(held.electorate, 0),
            "entitled": motion.rolls.get(held.electorate, 0),
        }
        for held in queries.held_by(motion.motion, member)
    ]
