"""What organisers fill in: the texts and phases of an assembly, and lists of members."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from assemblies.core.members import MAX_BYTES
from assemblies.core.roles import PhaseKind
from assemblies.forms import language_choices
from assemblies.phases import MAX_PHASES, PhasePlan
from assemblies.services import MAX_MANDATE, MAX_QUESTION
from kernel.ids import new_key

PHASE_NAMES = {
    PhaseKind.PREPARE: _("prepare"),
    PhaseKind.LEARN: _("learn"),
    PhaseKind.DELIBERATE: _("talk in rooms"),
    PhaseKind.DRAFT: _("write together"),
    PhaseKind.VOTE: _("plenary and vote"),
    PhaseKind.FOLLOW_UP: _("answer and follow-up"),
}
MOST_BEHIND = 15
"""People of a room."""
MOST_SUPPORTERS = 10_000
MAX_CHAMBERS = 12


def zone_choices() -> list[tuple[str, str]]:
    """UTC and the places of the world."""
    places = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in places)]


class AssemblyTexts(forms.Form):
    """Everything about an assembly but its phases."""

    title = forms.CharField(label=_("Title"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    question = forms.CharField(
        label=_("The question"),
        help_text=_("One question that the assembly answers, in words everybody knows."),
        max_length=MAX_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    mandate = forms.CharField(
        label=_("The mandate"),
        help_text=_("What was promised, in a sentence or two: who answers the recommendations, and until when."),
        max_length=MAX_MANDATE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    lang = forms.ChoiceField(label=_("Language of these texts"), choices=language_choices)
    languages = forms.MultipleChoiceField(
        label=_("Languages of the assembly"),
        choices=language_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    chambers = forms.CharField(
        label=_("Chambers"),
        help_text=_("One a line, such as citizens and parliament. Votes may count each by a rule of its own."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    slug = forms.SlugField(
        label=_("Short name in the address"),
        help_text=_("Leave it empty and it is made from the title."),
        required=False,
        max_length=60,
    )
    public = forms.BooleanField(label=_("Everybody may read question, phases and results"), required=False)
    dissent_minimum = forms.IntegerField(
        label=_("A room’s dissent is published beside its text when so many people are behind it"),
        min_value=1,
        max_value=MOST_BEHIND,
        required=False,
    )
    supporters_minimum = forms.IntegerField(
        label=_("A recommendation is put to the vote when so many members support it"),
        help_text=_("Empty or 0: without asking them."),
        min_value=0,
        max_value=MOST_SUPPORTERS,
        required=False,
    )
    time_zone = forms.ChoiceField(label=_("Time zone of the dates below"), choices=zone_choices)

    def clean_chambers(self) -> list[str]:
        """The chambers' names, each once."""
        lines = (" ".join(line.split())[:40] for line in self.cleaned_data["chambers"].splitlines())
        names = list(dict.fromkeys(filter(None, lines)))
        if len(names) > MAX_CHAMBERS:
            raise ValidationError(_("At most %(limit)s chambers."), params={"limit": MAX_CHAMBERS})
        return names

    def clean_slug(self) -> str:
        """The short name given, or one made of the title."""
        given: str = self.cleaned_data["slug"]
        if given == "new":
            raise ValidationError(_("This short name is taken by a page of ours. Choose another one."))
        made = slugify(self.cleaned_data.get("title", ""))[:60].strip("-")
        return given or made or f"assembly-{slugify(new_key())[:6]}"


class PhaseRow(forms.Form):
    """One phase; an untouched row is no phase."""

    kind = forms.ChoiceField(
        label=_("What it is for"), choices=[(kind.value, name) for kind, name in PHASE_NAMES.items()]
    )
    title = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    starts_at = forms.DateTimeField(label=_("Begins"))
    ends_at = forms.DateTimeField(label=_("Ends"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = PhaseKind.DELIBERATE.value
        for name in ("starts_at", "ends_at"):
            self.fields[name].widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def clean(self) -> dict[str, Any]:
        """A phase must end after it starts."""
        data = super().clean() or {}
        if data.get("starts_at") and data.get("ends_at") and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends_at", _("It must end after it begins."))
        return data


PhaseRows = forms.formset_factory(PhaseRow, extra=3, max_num=MAX_PHASES, validate_max=True, can_delete=True)


def plans_of(rows: Any) -> list[PhasePlan]:
    """The phases that a valid set of rows describes."""
    filled = [row.cleaned_data for row in rows if row.cleaned_data.get("title") and not row.cleaned_data.get("DELETE")]
    return [PhasePlan(PhaseKind(row["kind"]), row["title"], row["starts_at"], row["ends_at"]) for row in filled]


class OrganiserInvitation(forms.Form):
    """Who is invited to organise."""

    name = forms.CharField(
        label=_("Name of the person"),
        help_text=_("Only to tell the links apart in the list."),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class MemberList(forms.Form):
    """A list of members as a file, or typed."""

    file = forms.FileField(
        label=_("CSV file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )
    typed = forms.CharField(
        label=_("Or type or paste lines"),
        required=False,
        strip=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not data.get("file") and not (data.get("typed") or "").strip() and not self.errors:
            raise ValidationError(_("Choose a file or type some lines."))
        return data

    def content(self) -> bytes:
        """The bytes of the list; one more than allowed are read at most."""
        file = self.cleaned_data["file"]
        data: bytes = file.read(MAX_BYTES + 1) if file else self.cleaned_data["typed"].encode()
        return data
