"""Names of kinds of steps, of templates and of parts of the room, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from floor.core.types import Mode
from kernel.languages import INTERFACE_LANGUAGES, base_of
from live.core.kinds import WordsShown
from rooms.core.step import StepKind
from sittings.core.types import Screen, Template

KINDS: Mapping[StepKind, Any] = {
    "introduction": pgettext_lazy("step", "Introduction"),
    "round": pgettext_lazy("step", "Round"),
    "discussion": pgettext_lazy("step", "Discussion"),
    "exercise": pgettext_lazy("step", "Exercise"),
    "draft": pgettext_lazy("step", "Drafting"),
    "temperature": pgettext_lazy("step", "Temperature check"),
    "vote": pgettext_lazy("step", "Vote to move on"),
    "break": pgettext_lazy("step", "Break"),
}
TEMPLATES: Mapping[Template, Any] = {
    "short": _("Short: introduction, round, discussion, vote to move on (35 minutes)"),
    "long": _("Long: with a break, drafting and a temperature check (112 minutes)"),
    "drafting": _("Drafting: write, hear everybody, write again (50 minutes)"),
}
MODES: Mapping[Mode, Any] = {
    "balanced": _("balanced: who has spoken least comes first, the quiet are invited"),
    "open": _("open: who has spoken least comes first, nobody is invited"),
    "strict": _("strict: as balanced, and nobody speaks past one and a half equal parts of the planned time"),
    "chaired": _("chaired: the facilitator calls, the rule suggests"),
    "free": _("free: everybody may speak at any time"),
}
SCREENS: Mapping[Screen, Any] = {"talk": _("the talk"), "draft": _("the drafts")}


def usual_question(lang: str) -> WordsShown:
    """What a temperature check without a question asks, in this language where the interface speaks it."""
    spoken = base_of(lang) if base_of(lang) in INTERFACE_LANGUAGES else "en"
    with override(spoken):
        return WordsShown(gettext("How do you feel about where we stand now?"), spoken)
