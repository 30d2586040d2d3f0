"""Makes the assembly of a practice: one room, seven simulated people, the facilitator, a short run of show.

Nobody has a personal link there: the simulated people speak from within the server, and the person who practises
gets a device when the practice is entered from their own page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assemblies.models import Assembly, Member
from assemblies.services import add_member, create_assembly
from kernel.ids import new_key
from live.services import submit
from rehearsal.core.cast import PARTS, TONGUE, Character, Minutes, Script, tongues
from rehearsal.practice.scripts import scripts
from rooms.models import Room
from rooms.services import create_room, seat_members
from sittings.core.planning import MINUTE_MS
from sittings.core.types import SittingPace, StepAdd, StepPlan
from sittings.services import create_sitting
from translation.reach import translated_pairs

STEPS: Mapping[Minutes, tuple[StepPlan, ...]] = {
    6: (
        StepPlan("introduction", MINUTE_MS),
        StepPlan("discussion", 4 * MINUTE_MS),
        StepPlan("temperature", MINUTE_MS),
    ),
    12: (
        StepPlan("introduction", MINUTE_MS),
        StepPlan("round", 3 * MINUTE_MS),
        StepPlan("discussion", 6 * MINUTE_MS),
        StepPlan("temperature", MINUTE_MS),
        StepPlan("vote", MINUTE_MS),
    ),
}
"""The run of show of a short and of a long practice; each step gives way to the next by itself."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What was made."""

    assembly: Assembly
    guide: Member
    room: Room
    cast: tuple[Character, ...]


def set_stage(*, name: str, reads: str, minutes: Minutes, back: str) -> Staged:
    """A new practice for somebody of this name who reads this language; `back` is where its banner leads.

    In the caller's transaction. What is shown beside the script is in the language that is active now.
    """
    codes = scripts()
    spoken = tongues(reads, list(codes), translated_pairs({*codes, reads}))
    script = codes[spoken[0]]
    assembly = create_assembly(
        slug=f"practice-{new_key().lower().strip('-_')}",
        title=_("Practice room"),
        question=script.topic,
        mandate="",
        lang=script.lang,
        working_languages=[*spoken, reads],
        settings={"practice": back},
        public=False,
    )
    guide = add_member(assembly, name=name, role="facilitator", speaks=[reads], reads=reads)
    seated = {part: _member(assembly, codes[spoken[TONGUE[part]]], part) for part in PARTS}
    room = create_room(assembly, title=script.topic, title_lang=script.lang, mode="chaired")
    seat_members(room, [guide, *seated.values()])
    _plan(assembly, script, minutes)
    cast = tuple(
        Character(part, member.key, member.name, member.reads, codes[member.reads].people[part])
        for part, member in seated.items()
    )
    return Staged(assembly, guide, room, cast)


def _member(assembly: Assembly, script: Script, part: str) -> Member:
    """Somebody simulated, who can be told by the name wherever it stands."""
    shown = _("%(name)s · simulated") % {"name": script.people[part].name}  # type: ignore[index]
    return add_member(assembly, name=shown, role="citizen", speaks=[script.lang], reads=script.lang)


def _plan(assembly: Assembly, script: Script, minutes: Minutes) -> None:
    sitting = create_sitting(assembly.pk)
    for step in STEPS[minutes]:
        title = script.question if step.kind == "temperature" else None
        submit(sitting, StepAdd(step, title, script.lang))
    submit(sitting, SittingPace(by_itself=True))
