"""Signing the texts of motions: until the vote opens, since what people vote on is what stood at the opening; and
minority statements: until they are published with the result."""

from __future__ import annotations

from django.db import transaction

from kernel.errors import Refused
from kernel.languages import is_foreign
from live import queries as live_queries
from live.services import hold
from plenary.core.motions import PlenaryState, parts_of, words_of
from plenary.queries import plenary_of, state_of
from translation.replacing import sign


@transaction.atomic
def sign_text(assembly: int, key: str, text: str, *, lang: str, by: str) -> None:
    """Let this translation of a motion's words, or of a minority statement, stand, signed; refused once the vote on it
    has opened, or the statement is published. Safe to repeat."""
    stream = plenary_of(assembly)
    hold(stream)
    if not is_foreign(_language_of(state_of(assembly), key), lang):
        raise Refused("motion.wrong_phase")
    sign(stream, key, text, lang=lang, by=by)


def _language_of(plenary: PlenaryState, key: str) -> str:
    """What words are written in that may still be signed, or `Refused`."""
    stated = next((each for each in plenary.motions.values() if key in each.statements), None)
    motions = [each for each in plenary.motions.values() if key in words_of(each)]
    motion = stated or (motions[-1] if motions else None)  # where a vote was voided, the one that repeats it
    if motion is None:
        raise Refused("motion.unknown")
    if motion.phase not in (("open", "closed") if stated else ("draft",)):
        raise Refused("motion.wrong_phase")
    if stated:
        return live_queries.words([key])[key].lang
    return next(part.lang for part in parts_of(motion) if key in part.words)
