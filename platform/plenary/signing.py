"""Signing the texts of motions: until the vote opens, since what people vote on is what stood at the opening."""

from __future__ import annotations

from django.db import transaction

from kernel.errors import Refused
from kernel.languages import is_foreign
from live.services import hold
from plenary.core.motions import parts_of, words_of
from plenary.queries import plenary_of, state_of
from translation.replacing import sign


@transaction.atomic
def sign_text(assembly: int, key: str, text: str, *, lang: str, by: str) -> None:
    """Let this translation of a motion's words stand, signed; refused once the vote on it has opened. Safe to
    repeat."""
    stream = plenary_of(assembly)
    hold(stream)
    motions = [each for each in state_of(assembly).motions.values() if key in words_of(each)]
    if not motions:
        raise Refused("motion.unknown")
    motion = motions[-1]  # where a vote was voided, the one that repeats it
    written = next(part.lang for part in parts_of(motion) if key in part.words)
    if motion.phase != "draft" or not is_foreign(written, lang):
        raise Refused("motion.wrong_phase")
    sign(stream, key, text, lang=lang, by=by)
