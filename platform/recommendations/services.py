"""What rooms hand over: versions of drafts, and drafts that are done."""

from __future__ import annotations

from recommendations.core.drafting import DraftState, DraftSubmitted, DraftWritten
from recommendations.models import Recommendation, Revision


def keep_revision(assembly_id: int, event: DraftWritten, *, stream: str, at: int) -> None:
    """A row for a version that was written in `stream` at civic time `at`. Safe to repeat."""
    Revision.objects.get_or_create(
        draft=event.draft,
        number=event.version,
        defaults={
            "assembly_id": assembly_id,
            "stream": stream,
            "base": event.base,
            "member": event.member,
            "at": at,
            "lang": event.recommendation.lang,
            "title": event.title.key if event.title else "",
            "recommendation": event.recommendation.key,
            "reasons": event.reasons.key if event.reasons else "",
        },
    )


def submit_draft(
    assembly_id: int, event: DraftSubmitted, *, origin: tuple[str, int], at: int, label: str, draft: DraftState
) -> Recommendation:
    """A submitted draft becomes a recommendation; `origin` (stream, seq) is the way back. Safe to repeat."""
    stream, seq = origin
    newest = draft.newest
    recommendation, _ = Recommendation.objects.get_or_create(
        origin_stream=stream,
        origin_seq=seq,
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
            "at": at,
        },
    )
    return recommendation
