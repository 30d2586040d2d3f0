"""Masks: who objects or amends is read without a name, so the log knows them by a key that nobody can look up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.crypto import salted_hmac

from live.names import parse_name
from plenary.core.amendments import AmendmentOffer, AmendmentSupport, AmendmentWithdraw
from plenary.core.motions import ObjectionRaise, ObjectionWithdraw

MASKED = (ObjectionRaise, ObjectionWithdraw, AmendmentOffer, AmendmentSupport, AmendmentWithdraw)
LENGTH = 16


def mask(assembly_id: int, member: str) -> str:
    """The member's mask in an assembly: always the same, and theirs alone. Made with the secret of this server."""
    return salted_hmac("plenary.mask", f"{assembly_id} {member}", algorithm="sha256").hexdigest()[:LENGTH]


def masks(assembly_id: int, members: Iterable[str]) -> frozenset[str]:
    """The masks of these members."""
    return frozenset(mask(assembly_id, member) for member in members)


def signed(stream: str, command: Any, by: str) -> str:
    """Under which key the log takes this command: the member's, or their mask."""
    return mask(parse_name(stream).id, by) if isinstance(command, MASKED) else by
