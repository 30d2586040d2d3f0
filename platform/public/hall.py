"""The view for the hall: who speaks, what is debated in several languages, how long still, then the vote.

Nothing to press and nothing private. Projected for people who sit together it says their names; for the public it says
of which chamber somebody is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_safe

from assemblies.doors import member_required, organiser_required
from assemblies.models import Assembly, Member
from facilitation.clocks import Clock, left_of_chambers, left_of_turn
from floor.core import policy
from floor.core.ledger import holder_of, settle
from floor.core.types import Offered, Paused
from kernel import clock
from plenary.core.motions import MotionState
from plenary.naming import electorate_name
from plenary.queries import state_of as plenary_state
from plenary.queries import turnout
from plenary.results import drawing, drawing_of_turnout
from plenary.services import create_plenary
from plenary.wording import outcome_sentence
from public.threads import language
from recommendations.queries import Passage, passages_anywhere
from rooms.core.types import RoomState
from rooms.queries import hall_of, state_of

MOST_LANGUAGES = 6
MOST_WAITING = 5
"""Names of those who wait; the others are a number."""
MOST_SAID = 3
MOST_NEXT = 3
HALL_MS = 2_000
PUBLIC_MS = 10_000
"""How often the page looks again: there are few screens in a hall, and many people elsewhere."""


@require_safe
def public_page(request: HttpRequest, slug: str) -> HttpResponse:
    """For everybody, where the assembly is public; no names."""
    assembly = get_object_or_404(Assembly, slug=slug, public=True)
    return _page(request, assembly, named=False)


@require_GET
@organiser_required
def projected(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """For the screen in the hall, with names."""
    return _page(request, assembly, named=True)


@require_GET
@member_required
def member_page(request: Any) -> HttpResponse:
    """The same for every member, whose room in the hall says names too."""
    return _page(request, request.member.assembly, named=True)


def _page(request: HttpRequest, assembly: Assembly, *, named: bool) -> HttpResponse:
    hall = hall_of(assembly.pk)
    asked = [code for code in request.GET.getlist("in") if code in assembly.languages]
    langs = list(dict.fromkeys(asked or [language(), *assembly.languages]))[:MOST_LANGUAGES]
    context: dict[str, Any] = {"assembly": assembly, "hall": hall, "every_ms": HALL_MS if named else PUBLIC_MS}
    if hall is not None:
        context |= _seen(assembly, state_of(hall), langs, clock.now(), named=named)
    return render(request, "public/hall.html", context)


def _seen(assembly: Assembly, room: RoomState, langs: Sequence[str], at: int, *, named: bool) -> Mapping[str, Any]:
    floor = settle(room.floor, at)
    line = [each.member for each in policy.line(floor, at)]
    speaker, called = holder_of(floor), floor.phase.member if isinstance(floor.phase, Offered) else None
    said = [each for each in room.said if each.kind == "contribution" and not (each.hidden or each.withdrawn)]
    said = said[-MOST_SAID:]
    words = passages_anywhere([each.wording for each in said], language())
    keys = [*line[:MOST_WAITING], *(each.member for each in said), *(key for key in (speaker, called) if key)]
    known = _called(keys, named=named)
    motion = _motion(assembly, room)
    return {
        "is_open": room.phase == "open",
        "speaker": known.get(speaker or ""),
        "called": known.get(called or ""),
        "tag": getattr(floor.phase, "tag", None),
        "clock": left_of_turn(floor, at),
        "paused": isinstance(floor.phase, Paused),
        "line": [known[key] for key in line[:MOST_WAITING] if key in known] if named else [],
        "waiting": len(line),
        "list_closed": floor.is_list_closed,
        "present": sum(each.present for each in floor.people.values()),
        "seats": len(floor.people),
        "budgets": left_of_chambers(floor),
        "said": [(known.get(each.member, ""), words[each.wording]) for each in said if each.wording in words],
        "topic": _topic(room, motion, langs),
        "next": _next(assembly, room, langs[0]),
        **_vote(motion, at),
    }


def _called(keys: Sequence[str], *, named: bool) -> Mapping[str, str]:
    """What the hall calls these people: by name, or by their chamber; one query."""
    rows = Member.objects.filter(key__in=keys).values_list("key", "name", "chamber")
    return {key: name if named else electorate_name(chamber) or "–" for key, name, chamber in rows}


def _motion(assembly: Assembly, room: RoomState) -> MotionState | None:
    if room.item_motion is None:
        return None
    create_plenary(assembly.pk)
    return plenary_state(assembly.pk).motions.get(room.item_motion)


def _topic(room: RoomState, motion: MotionState | None, langs: Sequence[str]) -> list[tuple[str, Passage]]:
    """What is debated in each of these languages that it is there in; the original where there is no other."""
    key = (motion.title or motion.recommendation) if motion else room.item_title
    if key is None:
        return []
    found = [(lang, passages_anywhere([key], lang).get(key)) for lang in langs]
    texts = [(lang, text) for lang, text in found if text and text.shown.lang == lang]
    return texts or [(text.original.lang, text) for _lang, text in found[:1] if text]


def _next(assembly: Assembly, room: RoomState, lang: str) -> list[Passage]:
    """What the debate comes to then, in one language."""
    motions = plenary_state(assembly.pk).motions if room.agenda else {}
    points = [(point.title, motions.get(point.motion or "")) for point in room.agenda[:MOST_NEXT]]
    named = [motion.title or motion.recommendation if motion else title for title, motion in points]
    keys = [key for key in named if key]
    found = passages_anywhere(keys, lang)
    return [found[key] for key in keys if key in found]


def _vote(motion: MotionState | None, at: int) -> Mapping[str, Any]:
    if motion is None or motion.phase == "draft":
        return {}
    if motion.outcome is None:
        left = Clock(max(0, motion.closes_at - at) // 1000, -1) if motion.closes_at else None
        voted, entitled = sum(turnout(motion.motion).values()), sum(motion.rolls.values())
        drawn = drawing_of_turnout(voted, entitled)
        return {"vote": motion, "voted": voted, "entitled": entitled, "clock": left, "drawing": drawn}
    sentence = outcome_sentence(motion.outcome)
    return {"vote": motion, "sentence": sentence, "drawing": None if motion.outcome.tables else drawing(motion.outcome)}
