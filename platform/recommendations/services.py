"""What rooms hand over: versions of drafts, and drafts that are done."""

from __future__ import annotations

from typing import Any

from live.core.kinds import Recorded
from recommendations.core.drafting import DraftState, DraftSubmitted, DraftWritten
from recommendations.models import Recommendation, Revision


def keep_revision(assembly_id: int, record: Recorded[Any]) -> None:
    """A row for a version that was written. Safe to repeat."""
    event: DraftWritten = record.event
    Revision.objects.get_or_create(
        draft=event.draft,
        number=event.version,
        defaults={
            "assembly_id": assembly_id,
            "stream": record.stream,
            "base": event.base,
            "member": event.member,
            "at": record.at,
            "lang": event.recommendation.lang,
            "title": event.title.key if event.title else "",
            "recommendation": event.recommendation.key,
            "reasons": event.reasons.key if event.reasons else "",
        },
    )


def submit_draft(assembly_id: int, *, record: Recorded[Any], label: str, draft: DraftState) -> Recommendation:
    """A submitted draft becomes a recommendation with the way back to its room. Safe to repeat."""
    event: DraftSubmitted = record.event
    newest = draft.newest
    recommendation, _ = Recommendation.objects.get_or_create(
        origin_stream=record.stream,
        origin_seq=record.seq,
        defaults={
            "assembly_id": assembly_id,
            "draft": draft.key,
            "version": event.version,
            "lang": newest.lang,
            "title": newest.title or "",
            "recommendation": newest.recommendation,
            "reasons": newest.reasons or "",
            "origin_label": label,
            "accepted": event.accepted,
            "present": event.present,
            "at": record.at,
        },
    )
    return recommendation
