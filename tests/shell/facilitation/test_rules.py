"""Who may chair a room: the whole cast is asked."""

from __future__ import annotations

import dataclasses
from typing import get_args

import pytest

from assemblies.queries import actor_of
from facilitation.commands import COMMANDS
from facilitation.rules import may_chair
from floor.core.commands import ChairCommand as FloorChair
from kernel.wire import name_of
from live.names import parse_name
from rooms import commands, services
from rooms.core.agenda import AgendaCommand
from rooms.core.control import ControlCommand
from rooms.core.exclusion import RuleCommand
from rooms.core.finding import WritingCommand
from rooms.core.poll import PollCommand
from rooms.core.step import StepCommand
from rooms.core.types import ChairCommand
from rooms.models import Room
from tests.cast import Cast
from tests.factories import make_assembly, make_member

pytestmark = pytest.mark.django_db


def test_the_facilitator_who_sits_in_the_room_chairs_it_and_nobody_else(room: Room, cast: Cast) -> None:
    assert {name: may_chair(actor, parse_name(room.stream)) for name, actor in cast.actors().items()} == {
        "ana": False,
        "bo": False,
        "chen": False,
        "fatou": True,
        "otto": False,
    }


def test_a_facilitator_does_not_chair_other_rooms(room: Room, cast: Cast) -> None:
    other = services.create_room(cast.assembly)
    assert may_chair(actor_of(cast.fatou), parse_name(other.stream)) is False


def test_an_organiser_chairs_every_room_of_the_own_assembly_only(room: Room, cast: Cast) -> None:
    own = dataclasses.replace(actor_of(cast.otto), role="organiser")
    foreign = make_member(make_assembly(), "Zoe", role="organiser")
    assert [may_chair(actor, parse_name(room.stream)) for actor in (own, actor_of(foreign))] == [True, False]


def test_nobody_chairs_anything_but_a_room(room: Room, cast: Cast) -> None:
    organiser = dataclasses.replace(actor_of(cast.otto), role="organiser")
    assert may_chair(organiser, parse_name(f"plenary.{room.pk}")) is False


def test_every_command_of_the_chair_has_a_door_and_members_have_none_of_them() -> None:
    chairs = (
        *FloorChair.__args__,
        *ChairCommand.__args__,
        *StepCommand.__args__,
        *get_args(ControlCommand),
        *get_args(PollCommand),
        *get_args(WritingCommand),
        *get_args(RuleCommand),
        *get_args(AgendaCommand),
    )
    names = {name_of(command) for command in chairs}
    assert {name for name, door in COMMANDS.items() if door.may is may_chair} == names
    assert not set(COMMANDS) & set(commands.COMMANDS)
