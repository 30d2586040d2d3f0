"""What was said in rooms, as the tables have it: of one thing who said it, what belongs to it, who flagged it."""

from __future__ import annotations

from django.db import transaction

from assemblies.models import Member
from kernel.errors import Refused
from kernel.languages import is_foreign
from live import queries
from live.services import submit
from rooms.core.control import Earlier, Mark
from rooms.core.wording import FlagCount
from rooms.models import Contribution, FlagMark, FurtherWords, Room


def earlier(room: int, words: str) -> Earlier | None:
    """Who said these words in this room, who types for them, and what became of the words; at most four queries."""
    found = Contribution.objects.filter(room=room, words=words).first()
    if found is None:
        return None
    scribe = Member.objects.filter(key=found.member).values_list("scribe__key", flat=True).first()
    mark = Mark(found.hidden or None, found.withdrawn)  # type: ignore[arg-type]
    text = queries.words([words]).get(words)
    corrections = found.further.filter(is_correction=True).count()
    return Earlier(found.member, scribe, mark, len(text.text) if text else 0, corrections)


def all_words(words: str) -> list[str]:
    """The words of something said with its corrections and suggested translations: what is hidden is hidden whole;
    one query."""
    return [words, *FurtherWords.objects.filter(contribution__words=words).values_list("words", flat=True)]


def is_theirs(said: Contribution, key: str) -> bool:
    """Whether this member said it, or types for who did; at most one query."""
    return said.member == key or Member.objects.filter(key=said.member, scribe__key=key).exists()


@transaction.atomic
def flag(room: Room, words: str, *, lang: str, member: str) -> None:
    """This member does not understand the translation of these words: a row, and its count for all. Safe to repeat."""
    said = Contribution.objects.filter(room=room, words=words, hidden="", withdrawn=False).first()
    if said is None:
        raise Refused("said.unknown")
    if said.member == member or not is_foreign(said.lang, lang):
        raise Refused("suggestion.same_language")
    FlagMark.objects.get_or_create(wording=said.wording, lang=lang, member=member, defaults={"contribution": said})
    count = FlagMark.objects.filter(wording=said.wording, lang=lang).count()
    submit(room.stream, FlagCount(words, lang, count))
