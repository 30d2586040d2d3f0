"""What an organiser fills in to have rooms composed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assemblies.core.names import skeleton_of
from assemblies.models import Assembly
from assemblies.queries import trait_columns
from facilitation.floor_forms import FloorFields
from rooms.core.composition import FEWEST, MOST, MOST_ROUNDS, Wishes
from rooms.people import CHAMBER
from rooms.proposals import Order
from rooms.queries import seatable, unseated

MAX_LINES = 200
LATECOMERS = [
    ("rule", _("get the room that fits")),
    ("hand", _("wait in the lobby until you seat them")),
]
WHO = [
    ("unseated", _("those who have no seat")),
    ("everybody", _("everybody, for a next round: their rooms of now end when it begins")),
]
COVER = [
    ("translated", _("what is translated here, or their facilitator")),
    ("any", _("interpreters: any languages may meet")),
]


class Composing(FloorFields):
    """Whom to seat and how; `order` is what was asked."""

    prefix = "compose"

    who = forms.ChoiceField(label=_("Whom to seat"), choices=WHO)
    size = forms.IntegerField(label=_("People in a room"), min_value=FEWEST, max_value=MOST, initial=8)
    rooms = forms.IntegerField(label=_("Number of rooms (empty: as the size asks for)"), min_value=1, required=False)
    rounds = forms.IntegerField(
        label=_("Rounds to plan together, each with new company"), min_value=1, max_value=MOST_ROUNDS, initial=1
    )
    cover = forms.ChoiceField(label=_("People understand each other by"), choices=COVER)
    most_languages = forms.IntegerField(label=_("Languages in a room at most"), min_value=1, max_value=MOST, initial=5)
    traits = forms.MultipleChoiceField(
        label=_("Spread evenly over the rooms"), required=False, widget=forms.CheckboxSelectMultiple
    )
    apart = forms.CharField(
        label=_("Who must not sit together"), help_text=_("Two names in a line, with a semicolon between them."),
        required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip
    pins = forms.CharField(
        label=_("Who sits in which room"), help_text=_("A name, a semicolon and the room, 1 for the first of the new."),
        required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip
    latecomers = forms.ChoiceField(label=_("Those who join later"), choices=LATECOMERS)

    field_order = (
        "who", "size", "rooms", "rounds", "cover", "most_languages", "traits", "apart", "pins", "mode", "turn",
        "planned", "orders", "latecomers",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, assembly: Assembly) -> None:
        columns = [*([CHAMBER] if len(assembly.chambers) > 1 else []), *trait_columns(assembly)]
        super().__init__(data, initial={"traits": columns})
        self.assembly = assembly
        traits = self.fields["traits"]
        if isinstance(traits, forms.MultipleChoiceField):
            traits.choices = [(column, column) for column in columns]
        if not columns:
            del self.fields["traits"]

    def clean_apart(self) -> frozenset[frozenset[str]]:
        """Pairs of keys. Who is seated already counts too: for those who join later."""
        keys = self._keys
        pairs = [
            (self._key(line, one, among=keys), self._key(line, other, among=keys))
            for line, one, other in self._lines("apart")
        ]
        if any(one == other for one, other in pairs):
            raise forms.ValidationError(gettext("Nobody can sit apart from themselves."))
        return frozenset(frozenset(pair) for pair in pairs)

    def clean_pins(self) -> dict[str, int]:
        """Keys to numbers of rooms, from 0."""
        pins: dict[str, int] = {}
        for line, name, room in self._lines("pins"):
            if not (room.isascii() and room.isdecimal() and len(room) < 5 and int(room)):
                raise forms.ValidationError(gettext("Line %(line)s: “%(text)s” is no room."), params=_said(line, room))
            key = self._key(line, name, among=self._to_be_seated)
            if pins.setdefault(key, int(room) - 1) != int(room) - 1:
                raise forms.ValidationError(
                    gettext("Line %(line)s: “%(text)s” is fixed to two rooms."), params=_said(line, name)
                )
        return pins

    def _lines(self, field: str) -> Iterator[tuple[int, str, str]]:
        lines = self.cleaned_data[field].splitlines()
        if len(lines) > MAX_LINES:
            raise forms.ValidationError(gettext("Write at most %(limit)s lines."), params={"limit": MAX_LINES})
        for number, line in enumerate(lines, 1):
            left, mark, right = (part.strip() for part in line.partition(";"))
            if line.strip() and not (left and mark and right):
                raise forms.ValidationError(
                    gettext("Line %(line)s: “%(text)s” lacks a semicolon."), params=_said(number, line)
                )
            if line.strip():
                yield number, left, right

    @cached_property
    def _keys(self) -> dict[str, str]:
        return dict(seatable(self.assembly).values_list("skeleton", "key"))

    @cached_property
    def _to_be_seated(self) -> dict[str, str]:
        if self.cleaned_data.get("who") == "everybody":
            return self._keys
        return dict(unseated(self.assembly).values_list("skeleton", "key"))

    def _key(self, line: int, name: str, *, among: Mapping[str, str]) -> str:
        if skeleton_of(name) not in among:
            raise forms.ValidationError(
                gettext("Line %(line)s: nobody to be seated is called “%(text)s”."), params=_said(line, name)
            )
        return among[skeleton_of(name)]

    def order(self) -> Order:
        """What was asked, of a valid form."""
        data = self.cleaned_data
        wishes = Wishes(
            most_languages=data["most_languages"], apart=data["apart"], pins=data["pins"], size=data["size"],
            rooms=data["rooms"], rounds=data["rounds"],
        )  # fmt: skip
        return Order(
            wishes, traits=tuple(data.get("traits", ())), everybody=data["who"] == "everybody",
            translated=data["cover"] == "translated", mode=data["mode"], limits=self.limits(),
            latecomers=data["latecomers"],
        )  # fmt: skip


def _said(line: int, text: str) -> dict[str, object]:
    return {"line": line, "text": text[:60]}
