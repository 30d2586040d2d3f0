"""People to be seated by a composition, and rooms made for them."""

from __future__ import annotations

from typing import Any

from assemblies.models import Member
from rooms.core.composition import Wishes
from rooms.models import Room
from rooms.proposals import Order, apply_round, propose
from tests.cast import Cast
from tests.factories import make_member


def citizens(cast: Cast, count: int = 13, *, langs: tuple[str, ...] = ("es",)) -> list[Member]:
    return [make_member(cast.assembly, f"Citizen {n}", lang=langs[n % len(langs)]) for n in range(count)]


def without_catalan(cast: Cast) -> None:
    Member.objects.filter(pk=cast.chen.pk).update(speaks=["es"], reads="es")
    Member.objects.filter(pk=cast.fatou.pk).update(speaks=["fr", "es"])


def order(*, size: int = 8, rounds: int = 1, translated: bool = False, **more: Any) -> Order:
    return Order(Wishes(size=size, rounds=rounds), translated=translated, **more)


def names_in(room: Room) -> set[str]:
    return {seat.member.name for seat in room.seats.select_related("member")}


def made(cast: Cast, asked: Order, number: int = 1) -> list[Room]:
    return apply_round(propose(cast.assembly, asked, seed="s"), number)
