"""What an organiser fills in about a material."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assemblies.forms import language_choices
from assemblies.models import Assembly
from learning.core.materials import LIMITS, MAX_PARAGRAPH, MAX_PARAGRAPHS, Content, Material
from learning.queries import written


class ContentForm(forms.Form):
    """What a material says."""

    title = forms.CharField(
        label=_("Title"), max_length=LIMITS["title"], widget=forms.TextInput(attrs={"dir": "auto"})
    )  # fmt: skip
    summary = forms.CharField(
        label=_("In a few plain words (may be empty)"), max_length=LIMITS["summary"], required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Text"), help_text=_("An empty line begins a new paragraph."),
        max_length=MAX_PARAGRAPH * MAX_PARAGRAPHS, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source: who says this, and where (may be empty; not translated)"), max_length=LIMITS["source"],
        required=False, widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip

    def content(self) -> Content:
        """What was written, of a valid form."""
        return Content(**{name: self.cleaned_data[name] for name in ("title", "text", "summary", "source")})


class NewForm(ContentForm):
    """A new material, in one of the languages of the assembly."""

    prefix = "new"

    lang = forms.ChoiceField(label=_("Written in"))

    field_order = ("lang", "title", "summary", "text", "source")

    def __init__(self, *args: Any, assembly: Assembly, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["lang"] = assembly.lang
        self.fields["lang"].choices = language_choices([assembly.lang, *assembly.languages])  # type: ignore[attr-defined]


def form_of(material: Material, data: Any = None) -> ContentForm:
    """The form of a material that is there; one query."""
    texts = written(material)
    said = {"title": material.title, "summary": material.summary, "source": material.source}
    initial = {name: texts.get(key or "", "") for name, key in said.items()}
    initial["text"] = "\n\n".join(texts[key] for key in material.paragraphs if key in texts)
    return ContentForm(data, prefix=material.key, initial=initial)
