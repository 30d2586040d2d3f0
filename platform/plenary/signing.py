"""The translator's page: the texts of motions beside their translations, read, put right and signed.

A text may be signed until the vote on it opens: what people vote on is what stood at the opening.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assemblies.doors import member_required
from kernel import ids
from kernel.errors import Refused
from kernel.languages import is_foreign, language
from kernel.text import clean_text
from live import rates
from live.services import hold
from plenary.core.motions import MotionState, words_of
from plenary.queries import languages_of, plenary_of, state_of
from recommendations.queries import Passage, passages
from translation.core.feed import Credit
from translation.memory import Remembered, remembered
from translation.replacing import Replacement, replace_texts

MAX_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Side:
    """One text of a motion, its translation, and what was signed before for texts like it."""

    key: str
    part: str
    passage: Passage
    memory: list[Remembered]


@require_http_methods(["GET", "POST"])
@member_required
def sign_page(request: Any) -> HttpResponse:
    """Every text that may still be signed, in one language; 404 for whoever is no translator here."""
    if request.actor.role != "translator":
        raise Http404
    assembly = request.actor.assembly
    codes = languages_of(assembly)
    lang = request.GET.get("to", request.actor.reads)
    lang = lang if lang in codes else request.actor.reads
    refusal = _signed(request, lang) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        return HttpResponseRedirect(request.get_full_path())
    motions = [each for each in state_of(assembly).motions.values() if each.phase == "draft"]
    context = {
        "member": request.member, "assembly": request.member.assembly, "to": lang, "codes": codes, "refusal": refusal,
        "motions": [_sides(assembly, each, lang) for each in motions if is_foreign(each.lang, lang)],
    }  # fmt: skip
    return render(request, "plenary/sign.html", context, status=409 if refusal else 200)


def _sides(assembly: int, motion: MotionState, lang: str) -> list[Side]:
    """Two queries a motion and two a text."""
    names = {motion.title: _("Title"), motion.recommendation: _("Recommendation"), motion.reasons: _("Reasons")}
    texts = passages(plenary_of(assembly), words_of(motion), lang)
    there = [key for key in words_of(motion) if key in texts]
    return [Side(key, names[key], texts[key], _memory(assembly, texts[key], lang)) for key in there]


def _memory(assembly: int, passage: Passage, lang: str) -> list[Remembered]:
    original = passage.original
    found = remembered(f"assembly.{assembly}", original.text, source=original.lang, target=lang)
    return [each for each in found if each.text != passage.shown.text]


def _signed(request: Any, lang: str) -> Refused | None:
    try:
        rates.take(request.actor.key)
        key, text = request.POST.get("words", ""), clean_text(request.POST.get("text", ""), limit=MAX_TEXT)
        sign_text(request.actor.assembly, key, text, lang=language(lang).code, by=request.actor.key)
    except Refused as refusal:
        return refusal
    return None


@transaction.atomic
def sign_text(assembly: int, key: str, text: str, *, lang: str, by: str) -> None:
    """Let this translation of a motion's words stand, signed; refused once the vote on it has opened. Safe to
    repeat."""
    stream = plenary_of(assembly)
    hold(stream)
    motion = next((each for each in state_of(assembly).motions.values() if key in words_of(each)), None)
    if motion is None:
        raise Refused("motion.unknown")
    if motion.phase != "draft" or not is_foreign(motion.lang, lang):
        raise Refused("motion.wrong_phase")
    replace_texts([Replacement(stream, key, lang, text, ids.digest(by, key, lang, text)[:40], "signed", Credit(by))])
