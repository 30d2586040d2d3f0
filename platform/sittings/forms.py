"""What an organiser fills in about a sitting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sittings.core.planning import LONGEST_STEP_MS, LONGEST_TURN_MS, MAX_TEXT, MAX_TITLE, MINUTE_MS, SHORTEST_TURN_MS
from sittings.core.sitting import MAX_MESSAGE
from sittings.core.types import AgendaStep, StepAdd, StepChange, StepPlan
from sittings.wording import KINDS, MODES, SCREENS

AS_IT_IS = ("", _("as it is in each room"))


class StepForm(forms.Form):
    """A step, new or to come; `step` is the key of one that is there."""

    step = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()), initial="discussion")
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=LONGEST_STEP_MS // MINUTE_MS, initial=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )  # fmt: skip
    title = forms.CharField(
        label=_("Title (translated for every reader; may be empty)"), max_length=MAX_TITLE, required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("What people read while it goes on (translated; an exercise needs it)"), max_length=MAX_TEXT,
        required=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("How the floor goes round"), choices=[AS_IT_IS, *MODES.items()], required=False)
    turn = forms.IntegerField(
        label=_("Longest turn in seconds (empty: as it is)"), min_value=SHORTEST_TURN_MS // 1000,
        max_value=LONGEST_TURN_MS // 1000, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )  # fmt: skip
    screen = forms.ChoiceField(
        label=_("What opens on the screens of the citizens"), choices=[AS_IT_IS, *SCREENS.items()], required=False
    )

    def command(self, lang: str) -> StepAdd | StepChange:
        """What was asked, of a valid form; titles are written in `lang`."""
        data = self.cleaned_data
        turn_ms = data["turn"] * 1000 if data["turn"] else None
        plan = StepPlan(
            data["kind"], data["minutes"] * MINUTE_MS, data["mode"] or None, turn_ms, data["screen"] or None
        )
        if not data["step"]:
            return StepAdd(plan, data["title"], lang, data["text"])
        title, text = (data[name] if name in self.changed_data else None for name in ("title", "text"))
        return StepChange(data["step"], plan, title, lang, text)


class TextForm(forms.Form):
    """What people read in the step that goes on."""

    step = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What people read while it goes on (translated; an exercise needs it)"), max_length=MAX_TEXT,
        required=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )  # fmt: skip

    def __init__(self, *args: Any, plan: StepPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan

    def command(self, lang: str) -> StepChange:
        """What was asked, of a valid form."""
        text = self.cleaned_data["text"] if self.has_changed() else None
        return StepChange(self.cleaned_data["step"], self.plan, None, lang, text)


def form_of(step: AgendaStep, title: str, text: str, data: Any = None) -> StepForm | TextForm:
    """The form of a step that is planned, or of what people read in the one that goes on."""
    plan, text = step.plan, "\r\n".join(text.splitlines())  # as browsers send it
    if step.began_at is not None:
        return TextForm(data, prefix=step.key, initial={"step": step.key, "text": text}, plan=plan)
    return StepForm(
        data, prefix=step.key,
        initial={
            "step": step.key, "kind": plan.kind, "minutes": plan.planned_ms // MINUTE_MS, "title": title,
            "text": text, "mode": plan.mode or "", "turn": plan.turn_ms // 1000 if plan.turn_ms else None,
            "screen": plan.screen or "",
        },
    )  # fmt: skip


class MessageForm(forms.Form):
    """A message to all rooms."""

    prefix = "message"

    text = forms.CharField(
        label=_("Message"), max_length=MAX_MESSAGE, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
