"""What members fill in when they join, and when they come to speak other languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assemblies.models import Member
from kernel.languages import INTERFACE_LANGUAGES, LANGUAGES

Choices = list[tuple[str, str]]


def language_choices(first: Iterable[str] = ()) -> Choices:
    """All languages by their own names, those named `first` before the others."""
    codes = dict.fromkeys([*first, *INTERFACE_LANGUAGES, *sorted(LANGUAGES)])
    return [(code, LANGUAGES[code].endonym) for code in codes if code in LANGUAGES]


class Speaking(forms.Form):
    """The languages that a member speaks, the one they use most first."""

    speaks = forms.ChoiceField(
        label=_("Which language will you speak or write most?"),
        help_text=_("It may be another one than you read."),
    )
    also = forms.MultipleChoiceField(
        label=_("Which others do you speak or understand well?"),
        help_text=_("Whenever you write, you can choose between the languages you speak."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, member: Member, spoken: Sequence[str] = (), **initial: str) -> None:
        spoken = spoken or member.speaks or [member.reads]
        super().__init__(data, initial={"speaks": spoken[0], "also": spoken[1:], **initial})
        near = [*member.assembly.languages, *spoken]
        self._choose("speaks", language_choices(near))
        self._choose("also", language_choices(near)[: len(set(near))])

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = choices

    @property
    def spoken(self) -> list[str]:
        """What was chosen, each once."""
        return list(dict.fromkeys([self.cleaned_data["speaks"], *self.cleaned_data["also"]]))


class Joining(Speaking):
    """Name and spoken languages; the reading language was chosen by a link above the form."""

    reads = forms.ChoiceField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Which name will the others see?"),
        help_text=_("A first name or an invented name is enough."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )
    field_order = ("reads", "name", "speaks", "also")

    def __init__(self, data: Any, *, member: Member, reads: str) -> None:
        super().__init__(data, member=member, spoken=member.speaks or [reads], reads=reads, name=member.name)
        self._choose("reads", language_choices())

    def answers(self) -> dict[str, Any]:
        """What `assemblies.services.join` takes."""
        return {"name": self.cleaned_data["name"], "speaks": self.spoken, "reads": self.cleaned_data["reads"]}
