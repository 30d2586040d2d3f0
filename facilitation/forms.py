"""What organisers fill in about rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assemblies.models import Assembly
from assemblies.queries import members
from facilitation.floor_forms import FloorFields
from rooms.models import Room
from rooms.queries import small_rooms


class NewRoom(FloorFields):
    """One empty room."""

    prefix = "new"

    title = forms.CharField(
        label=_("Topic"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    field_order = ("title", "mode", "turn", "planned", "orders")


if TYPE_CHECKING:
    RoomField = forms.ModelChoiceField[Room]
else:
    RoomField = forms.ModelChoiceField


class RoomChoice(RoomField):
    """A room by number and title."""

    def label_from_instance(self, obj: Room) -> str:
        """For example `2 Schools`."""
        return f"{obj.number} {obj.title}".strip()


class Moving(forms.Form):
    """Who goes where."""

    prefix = "move"

    member: Any = forms.ModelChoiceField(
        label=_("Who"), queryset=None, to_field_name="key", empty_label=_("Choose somebody")
    )
    room: Any = RoomChoice(label=_("To which room"), queryset=None, required=False, empty_label=_("out of every room"))
    also = forms.BooleanField(
        label=_("Keep their seats in other rooms (for facilitators and observers)"), required=False
    )

    def __init__(self, data: Any, *, assembly: Assembly) -> None:
        super().__init__(data)
        people, room = self.fields["member"], self.fields["room"]
        if isinstance(people, forms.ModelChoiceField) and isinstance(room, forms.ModelChoiceField):
            people.queryset = members(assembly).order_by("name")
            room.queryset = small_rooms(assembly.pk).exclude(stage="closed")


class Scribing(forms.Form):
    """Who types for whom."""

    prefix = "scribe"

    member: Any = forms.ModelChoiceField(
        label=_("Who has no device"), queryset=None, to_field_name="key", empty_label=_("Choose somebody")
    )
    scribe: Any = forms.ModelChoiceField(
        label=_("Who types for them"), queryset=None, to_field_name="key", required=False, empty_label=_("nobody")
    )

    def __init__(self, data: Any, *, assembly: Assembly) -> None:
        super().__init__(data)
        people, scribes = self.fields["member"], self.fields["scribe"]
        if isinstance(people, forms.ModelChoiceField) and isinstance(scribes, forms.ModelChoiceField):
            people.queryset = members(assembly).filter(role="citizen").order_by("name")
            scribes.queryset = members(assembly).filter(role="scribe").order_by("name")


class Planning(forms.Form):
    """When the waiting rooms are planned to open."""

    prefix = "plan"

    opens_at = forms.DateTimeField(
        label=_("Planned opening of all waiting rooms"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
