"""Makes the assembly of a scenario with the services that an organiser's screens use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction

from assemblies.models import Assembly, Member
from assemblies.services import add_member, create_assembly, invite
from floor.core.types import Limits, Mode
from kernel.ids import new_key
from plenary.services import create_plenary
from rehearsal.core.scenario import Participant, RoomPlan, Scenario, SpeakingRules
from rehearsal.stage import Plan
from rooms.models import Room
from rooms.services import create_room, seat_member

ModeOf = Callable[[RoomPlan], Mode]
UNLIMITED_MS = 3_600_000
SHORTEST_MS = 5_000


@transaction.atomic
def set_up(scenario: Scenario, *, mode_of: ModeOf, title: str = "", slug: str = "") -> Plan:
    """An assembly with the people and rooms of the scenario, and an invitation for each. Each call makes another."""
    assembly = _create(scenario, title or scenario.title, slug or f"rehearsal-{new_key()[:6].lower().strip('-_')}")
    members = {person.id: _add(assembly, person) for person in scenario.participants}
    rooms = {room.id: _open(assembly, room, members, scenario, mode=mode_of(room)) for room in scenario.rooms}
    return Plan(
        assembly=assembly.pk,
        slug=assembly.slug,
        keys={name: member.key for name, member in members.items()},
        codes={name: invite(member) for name, member in members.items()},
        rooms={name: room.stream for name, room in rooms.items()},
        plenary=create_plenary(assembly.pk),
    )


def _create(scenario: Scenario, title: str, slug: str) -> Assembly:
    languages = scenario.languages()
    lang, question = next(iter(scenario.question.items()), (next(iter(languages), "en"), title))
    return create_assembly(
        slug=slug,
        title=title[:120],
        question=question[:500],
        mandate=scenario.mandate.get(lang, ""),
        lang=lang,
        working_languages=languages,
    )


def _add(assembly: Assembly, person: Participant) -> Member:
    return add_member(
        assembly, name=person.name, role=person.role, speaks=[person.lang], reads=person.reads, chamber=person.chamber
    )


def _open(assembly: Assembly, plan: RoomPlan, members: Mapping[str, Member], scenario: Scenario, *, mode: Mode) -> Room:
    lang, title = next(iter(plan.topic.items()), (assembly.lang, plan.id))
    room = create_room(assembly, title=title, title_lang=lang, mode=mode, limits=limits_of(scenario.speaking))
    for name in plan.members:
        seat_member(room, members[name])
    return room


def limits_of(rules: SpeakingRules) -> Limits:
    """The scenario's limits: the hard one ends a turn, the soft one only warns."""
    longest = max(SHORTEST_MS, UNLIMITED_MS if rules.hard_ms is None else rules.hard_ms)
    usual = Limits()
    return Limits(
        turn_ms=longest,
        min_turn_ms=min(usual.min_turn_ms, longest),
        soft_ms=min(longest, usual.soft_ms if rules.soft_ms is None else rules.soft_ms),
    )
