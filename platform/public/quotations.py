"""What a draft quotes, as one reader sees it: corrected, hidden and taken back like everything that was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from recommendations.core.drafting import Quote
from recommendations.models import Recommendation
from recommendations.queries import Passage
from rooms.models import Contribution, Room
from rooms.queries import state_of


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation for one reader; `mark` says why its words are not shown: `withdrawn`, or why they are hidden."""

    words: str
    name: str
    """Of who said it; empty where no names are told."""
    lang: str
    turn: int
    """In which it was said; 0 for a note."""
    then: Passage | None
    later: Passage | None
    mark: str


def wordings(quotes: Iterable[Quote]) -> list[str]:
    """Keys of the words that quotations show."""
    return [key for quote in quotes for key in (quote.wording, quote.later) if key]


def quoted(
    quotes: Sequence[Quote], texts: Mapping[str, Passage], called: Mapping[str, str] | None = None
) -> list[Quoted]:
    """Each of these quotations; `texts` are those of `wordings`, without `called` no names are told. One query."""
    said = _said(quote.words for quote in quotes)
    return [_one(quote, texts, called, *said.get(quote.words, (0, ""))) for quote in quotes]


def _one(quote: Quote, texts: Mapping[str, Passage], called: Mapping[str, str] | None, turn: int, mark: str) -> Quoted:
    name = "" if called is None else called.get(quote.member, "…")
    return Quoted(quote.words, name, quote.lang, turn, texts.get(quote.wording), texts.get(quote.later or ""), mark)


def _said(words: Iterable[str]) -> dict[str, tuple[int, str]]:
    """In which turn each was said, and whether it was taken back or why it is hidden; one query."""
    reasons = {code: str(sentence) for code, sentence in reason_words()}
    rows = Contribution.objects.filter(words__in=list(words)).values_list("words", "turn", "hidden", "withdrawn")
    return {key: (turn, "withdrawn" if gone else reasons.get(hidden, "")) for key, turn, hidden, gone in rows}


def became(rooms: Iterable[Room]) -> dict[str, Recommendation]:
    """What was said in these rooms and is quoted in a recommendation, by the key of what was said; one query and the
    states of the rooms that sent one."""
    by_room = {room.stream: room for room in rooms}
    found: dict[str, Recommendation] = {}
    for row in Recommendation.objects.filter(origin_stream__in=by_room):
        draft = state_of(by_room[row.origin_stream]).drafts.get(row.draft)
        found |= {quote.words: row for quote in draft.newest.quotes} if draft else {}
    return found


def reason_words() -> list[tuple[str, str]]:
    """Why words are hidden, in the reader's language; the same list as `HideReason`."""
    return [
        ("insult", _("it insults somebody")),
        ("private", _("it tells private things about somebody")),
        ("unlawful", _("it may be unlawful")),
        ("unrelated", _("it has nothing to do with the matter")),
        ("mistake", _("it was sent by mistake")),
    ]
