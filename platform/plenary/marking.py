"""Ballots with options as forms: what is marked in them, and the text that is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from kernel.errors import Refused
from plenary.core.options import BLANK, HIGHEST_SCORE, marks
from plenary.core.rules import Kind
from plenary.texts import MotionShown


@dataclass(frozen=True, slots=True)
class Line:
    """One option on a ballot, and what is marked at it: a tick, points, a place."""

    number: int
    shown: MotionShown
    mark: str


def choice_of(form: QueryDict) -> str:
    """The text of the ballot in a form: its choice, or what is marked at the options. `Refused` for a place given
    twice; an empty text where nothing is marked."""
    if "choice" in form:
        return form.get("choice", "")
    if "approve" in form:
        return " ".join(form.getlist("approve"))
    if points := _numbered(form, "points"):
        return " ".join(points[number] for number in sorted(points))
    places = {number: place for number, place in _numbered(form, "place").items() if place.isdecimal()}
    if len({int(place) for place in places.values()}) < len(places):
        raise Refused("ballot.bad_ranks")
    return " ".join(str(number) for number in sorted(places, key=lambda number: int(places[number])))


def _numbered(form: QueryDict, name: str) -> Mapping[int, str]:
    """Fields `name-1`, `name-2`, …"""
    fields = {key.removeprefix(f"{name}-"): form.get(key, "") for key in form if key.startswith(f"{name}-")}
    return {int(number): value for number, value in fields.items() if number.isdecimal()}


def lines_of(shown: MotionShown, choice: str | None, form: QueryDict) -> list[Line]:
    """The options with what is marked: in the form that was refused, else on the ballot that was cast."""
    kind = shown.motion.rule.kind
    kept = _kept(choice or BLANK, kind, len(shown.options))
    ticked = {int(one): "on" for one in form.getlist("approve") if one.isdecimal()}
    typed = {**_numbered(form, "points"), **_numbered(form, "place"), **ticked}
    return [
        Line(number, option, typed.get(number, "") if typed else kept.get(number, ""))
        for number, option in enumerate(shown.options, start=1)
    ]


def _kept(choice: str, kind: Kind, options: int) -> Mapping[int, str]:
    marked = marks(choice, kind, options)
    match kind:
        case Kind.APPROVAL:
            return dict.fromkeys(marked, "on")
        case Kind.SCORE:
            return {number: str(points) for number, points in enumerate(marked, start=1)}
    return {number: str(place) for place, number in enumerate(marked, start=1)}


def scale_of(kind: Kind, options: int) -> list[str]:
    """What may be chosen at each option: points, or places."""
    if kind is Kind.SCORE:
        return [str(points) for points in range(HIGHEST_SCORE + 1)]
    return [str(place) for place in range(1, options + 1)]
