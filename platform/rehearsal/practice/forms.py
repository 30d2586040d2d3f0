"""What is asked before a practice."""

from __future__ import annotations

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from rehearsal.core.cast import Minutes


class Beginning(forms.Form):
    """How long it is to be."""

    length = forms.ChoiceField(
        label=_("How long?"),
        choices=[("12", _("12 minutes: introduction, round, discussion, temperature check, vote to move on")),
                 ("6", _("6 minutes: introduction, discussion, temperature check"))],
        widget=forms.RadioSelect,
        initial="12",
    )  # fmt: skip

    def minutes(self) -> Minutes:
        """The length that was chosen."""
        return cast(Minutes, int(self.cleaned_data["length"]))
