"""What an organiser fills in about how the floor goes round in rooms that are made."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from floor.core.limits import of_length
from floor.core.types import Limits

MODES = [
    ("balanced", _("balanced: who has spoken least comes first, the quiet are invited")),
    ("open", _("open: who has spoken least comes first, nobody is invited")),
    ("strict", _("strict: as balanced, and nobody speaks past one and a half equal parts of the planned time")),
    ("chaired", _("chaired: the facilitator calls, the rule suggests")),
    ("free", _("free: everybody may speak at any time")),
]
TURNS = [
    ("45", _("45 seconds: short answers")),
    ("90", _("90 seconds: the usual")),
    ("180", _("3 minutes: statements")),
]


class FloorFields(forms.Form):
    """Mode and main limits of the floor; `limits` is what was chosen."""

    mode = forms.ChoiceField(label=_("How the floor goes round"), choices=MODES)
    turn = forms.ChoiceField(label=_("Longest turn while somebody waits"), choices=TURNS, initial="90", required=False)
    planned = forms.IntegerField(
        label=_("Minutes planned for an agenda item"), min_value=1, max_value=600, initial=30, required=False
    )
    orders = forms.IntegerField(
        label=_("Points of order and questions to the speaker, per person and item"),
        min_value=0, max_value=20, initial=2, required=False,
    )  # fmt: skip

    def limits(self) -> Limits:
        """The limits, of a valid form; what was left empty is as usual."""
        data, usual = self.cleaned_data, Limits()
        turn_ms = int(data["turn"]) * 1000 if data["turn"] else usual.turn_ms
        planned, orders = data["planned"], data["orders"]
        return replace(
            of_length(usual, turn_ms),
            planned_ms=usual.planned_ms if planned is None else planned * 60_000,
            orders=usual.orders if orders is None else orders,
        )
