"""The plenary debates: who leads it opens the hall, goes from item to item, calls, and opens the vote of a motion.

Plain forms, which work without a script and by keyboard alone. What is refused is said and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from assemblies.doors import member_required, organiser_required
from assemblies.models import Assembly
from assemblies.queries import names
from facilitation.clocks import left_of_chambers, left_of_turn
from facilitation.views import account_of
from floor.core import policy
from floor.core.commands import (
    FloorGive,
    FloorPause,
    FloorResume,
    FloorSkip,
    ListClose,
    ListOpen,
    TurnEnd,
    TurnExtend,
)
from floor.core.ledger import holder_of, settle
from floor.core.types import Offered, Paused
from kernel import clock
from kernel.errors import Refused
from live import rates
from live.queries import words
from live.services import submit
from plenary import texts
from plenary.core.motions import MotionClose, MotionOpen, MotionState
from plenary.naming import electorate_name
from plenary.queries import plenary_of, short_of_quorum
from plenary.queries import state_of as plenary_state
from plenary.rules import may_lead
from plenary.services import create_plenary
from recommendations.queries import passages_anywhere
from rooms.core.agenda import MAX_ITEM_TITLE, Agenda, Point, PointAdd, PointDrop, PointMove, point_of
from rooms.core.types import ItemOpen, RoomState
from rooms.halls import open_debate
from rooms.models import Room
from rooms.queries import hall_of, state_of
from rooms.services import close_room

MORE_S = 30
"""What one press gives the speaker."""
LONGEST_VOTE_MINUTES = 24 * 60


@require_http_methods(["GET", "POST"])
@member_required
def member_page(request: Any) -> HttpResponse:
    """For whoever leads the plenary among the members; 404 for everybody else."""
    if not may_lead(request.actor):
        raise Http404
    context = {
        "member": request.member,
        "base": "facilitation/debate_member.html",
        "hall_view": reverse("public:own_hall", args=[request.actor.key]),
    }
    return _page(request, request.member.assembly, request.actor.key, context)


@require_http_methods(["GET", "POST"])
@organiser_required
def organiser_page(request: Any, assembly: Assembly) -> HttpResponse:
    """The same for an account that organises the assembly."""
    context = {
        "here": "plenary",
        "base": "assemblies/organiser.html",
        "hall_view": reverse("public:projected_hall", args=[assembly.slug]),
    }
    return _page(request, assembly, account_of(request), context)


def _page(request: HttpRequest, assembly: Assembly, by: str, context: Mapping[str, Any]) -> HttpResponse:
    create_plenary(assembly.pk)
    refusal = None
    if request.method == "POST":
        try:
            _act(assembly, request.POST, by)
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            refusal = refused
    shown = {**context, **_debate(assembly), "assembly": assembly, "refusal": refusal}
    return render(request, "facilitation/debate.html", shown, status=409 if refusal else 200)


def _debate(assembly: Assembly) -> Mapping[str, Any]:
    hall = hall_of(assembly.pk)
    if hall is None or hall.stage == "closed":
        return {"hall": None, "ended": hall}
    room, at = state_of(hall), clock.now()
    floor = settle(room.floor, at)
    line, speaker = policy.line(floor, at), holder_of(floor)
    called = floor.phase.member if isinstance(floor.phase, Offered) else None
    known = names([*(each.member for each in line), *(key for key in (speaker, called) if key)])
    motions = {key: texts.shown(assembly.pk, each) for key, each in plenary_state(assembly.pk).motions.items()}
    planned = {point.motion for point in room.agenda}
    titles = passages_anywhere([each.title for each in room.agenda if each.title], get_language() or "en")
    debated = motions.get(room.item_motion or "")
    return {
        "debated": debated,
        "short": _short(assembly, debated.motion, room) if debated and debated.motion.phase == "draft" else (),
        "points": [(each, motions.get(each.motion or ""), titles.get(each.title or "")) for each in room.agenda],
        "others": [each for key, each in motions.items() if key not in (*planned, room.item_motion)],
        "hall": hall,
        "room": room,
        "speaker": known[speaker].text if speaker in known else "",
        "called": known[called].text if called in known else "",
        "clock": left_of_turn(floor, at),
        "chambers": left_of_chambers(floor),
        "line": [(each, known[each.member].text) for each in line if each.member in known],
        "paused": isinstance(floor.phase, Paused),
        "present": sum(each.present for each in floor.people.values()),
    }


def _short(assembly: Assembly, motion: MotionState, room: RoomState) -> list[tuple[str, int, int]]:
    """Who would be too few to decide if the vote opened now."""
    here = {key for key, each in room.floor.people.items() if each.present}
    found = short_of_quorum(assembly.pk, motion, here.union(plenary_state(assembly.pk).present))
    return [(electorate_name(name), present, needed) for name, (present, needed) in found.items()]


def _act(assembly: Assembly, form: Mapping[str, str], by: str) -> None:
    """Do one thing. Whoever asks leads the plenary: both doors have seen to it."""
    rates.take(by)
    act, _space, what = form.get("act", "").partition(" ")
    if act == "begin":
        _begin(assembly, _number(form.get("minutes", "") or "0"), by)
        return
    hall = hall_of(assembly.pk)
    if hall is None:
        raise Refused("room.not_open")
    if act == "end":
        close_room(hall, by=by)
    elif act in ("vote", "count"):
        _vote(assembly, hall, act, form, by)
    else:
        submit(hall.stream, _command(assembly, hall, act, what, form), by=by)


@transaction.atomic
def _begin(assembly: Assembly, minutes: int, by: str) -> None:
    """The debate opens, with every motion on the agenda that waits for its vote."""
    before = hall_of(assembly.pk)
    hall = open_debate(assembly, minutes=minutes, by=by)
    if hall == before:
        return
    for motion in plenary_state(assembly.pk).motions.values():
        if motion.phase == "draft":
            submit(hall.stream, PointAdd(motion=motion.motion), by=by)


def _vote(assembly: Assembly, hall: Room, act: str, form: Mapping[str, str], by: str) -> None:
    """The vote on the motion that is debated opens, or is counted."""
    motion = state_of(hall).item_motion or ""
    if act == "count":
        submit(plenary_of(assembly.pk), MotionClose(motion), by=by)
        return
    minutes = _number(form.get("minutes", "") or "0")
    submit(plenary_of(assembly.pk), MotionOpen(motion, duration_ms=minutes * 60_000 or None), by=by)


def _command(assembly: Assembly, hall: Room, act: str, what: str, form: Mapping[str, str]) -> Any:
    match act:
        case "call":
            return FloorGive(what)
        case "skip":
            return FloorSkip(what)
        case "plan":
            return PointAdd(form.get("title", ""), assembly.lang)
        case "put":
            return PointAdd(motion=_motion(assembly, what).motion)
        case "up" | "down" | "drop" | "open":
            return _of_point(assembly, state_of(hall).agenda, act, what)
    plain: Mapping[str, Any] = {
        "stop": TurnEnd(), "more": TurnExtend(MORE_S), "pause": FloorPause(), "resume": FloorResume(),
        "close_list": ListClose(), "open_list": ListOpen(),
    }  # fmt: skip
    if act not in plain:
        raise Refused("command.unknown", command=act[:60])
    return plain[act]


def _of_point(assembly: Assembly, points: Agenda, act: str, key: str) -> Any:
    point = point_of(points, key)
    if act == "open":
        return _item_of(assembly, point)
    step = {"up": -1, "down": 1}.get(act)
    return PointDrop(key) if step is None else PointMove(key, points.index(point) + step)


def _motion(assembly: Assembly, key: str) -> MotionState:
    found = plenary_state(assembly.pk).motions.get(key)
    if found is None:
        raise Refused("motion.unknown")
    return found


def _item_of(assembly: Assembly, point: Point) -> ItemOpen:
    """The next item, named as its motion is in its own language, or as it stands on the agenda."""
    if point.motion is None:
        title = words([point.title or ""]).get(point.title or "")
        return ItemOpen(title.text if title else None, title.lang if title else None, point=point.key)
    motion = _motion(assembly, point.motion)
    named = texts.shown(assembly.pk, motion, motion.lang).title
    text = named.original.text[:MAX_ITEM_TITLE] if named else None
    return ItemOpen(text, motion.lang, motion.motion, point.key)


def _number(text: str) -> int:
    if not text.strip().isdecimal() or not 0 <= int(text) <= LONGEST_VOTE_MINUTES:
        raise Refused("motion.bad_duration", most=LONGEST_VOTE_MINUTES)
    return int(text)
