"""What was said in rooms, as the tables have it: of one thing who said it, and page by page."""

from __future__ import annotations

from assemblies.models import Member
from rooms.core.control import Earlier, Mark
from rooms.models import Contribution


def earlier(room: int, words: str) -> Earlier | None:
    """Who said these words in this room, who types for them, and what became of the words; at most two queries."""
    found = Contribution.objects.filter(room=room, words=words).first()
    if found is None:
        return None
    scribe = Member.objects.filter(key=found.member).values_list("scribe__key", flat=True).first()
    return Earlier(found.member, scribe, Mark(found.hidden or None, found.withdrawn))  # type: ignore[arg-type]
