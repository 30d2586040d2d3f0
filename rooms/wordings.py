"""What corrections and suggested translations leave in tables, and what becomes of an accepted one."""

from __future__ import annotations

from collections.abc import Sequence

from live.core.kinds import Projection
from live.queries import words
from rooms.core.types import RoomState
from rooms.core.wording import ContributionCorrected, SuggestionAccepted, SuggestionMade
from rooms.models import Contribution, FlagMark, FurtherWords
from translation.core.feed import Credit
from translation.replacing import Replacement, replace_texts


def project_wordings(projections: Sequence[Projection[RoomState]]) -> None:
    """Rows for further words; accepted translations go to the feeds of their languages."""
    accepted: list[Replacement] = []
    for record in (record for each in projections for record in each.records):
        match record.event:
            case ContributionCorrected(of, wording):
                _keep(of, wording.key, at=record.at, is_correction=True)
                Contribution.objects.filter(words=of).update(wording=wording.key, lang=wording.lang)
            case SuggestionMade(words=of, text=text):
                _keep(of, text.key, at=record.at, is_correction=False)
            case SuggestionAccepted() as event:
                FlagMark.objects.filter(wording=event.of, lang=event.lang).delete()
                accepted += _replacement(record.stream, event, record.by)
    replace_texts(accepted)


def _keep(of: str, key: str, *, at: int, is_correction: bool) -> None:
    contribution = Contribution.objects.get(words=of)
    FurtherWords.objects.create(contribution=contribution, words=key, at=at, is_correction=is_correction)


def _replacement(stream: str, event: SuggestionAccepted, by: str | None) -> list[Replacement]:
    text = words([event.text]).get(event.text)
    if text is None:
        return []
    credit = Credit(event.member, by)
    return [Replacement(stream, event.of, event.lang, text.text, event.text, "human", credit)]
