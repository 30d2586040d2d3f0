"""What rooms hand over: versions of drafts, and drafts that are done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assemblies.core.roles import Role
from assemblies.models import Assembly, Member
from kernel import clock
from kernel.errors import Refused
from live.core.kinds import Recorded
from recommendations.core.drafting import DraftState, DraftSubmitted, DraftWritten
from recommendations.models import Apart, Parent, Recommendation, Revision, Supporter
from translation.services import want_in


def keep_revision(assembly_id: int, record: Recorded[Any]) -> None:
    """A row for a version that was written, wanted in the language in which drafts of all rooms are compared. Safe to
    repeat."""
    event: DraftWritten = record.event
    pivot = Assembly.objects.values_list("lang", flat=True).get(pk=assembly_id)
    want_in([words.key for words in (event.title, event.recommendation) if words], pivot)
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


def merge_texts(merged: Recommendation, parents: Sequence[Parent]) -> None:
    """Keep a recommendation that several rooms agreed to put instead of theirs. Safe to repeat."""
    row, is_new = Recommendation.objects.get_or_create(
        origin_stream=merged.origin_stream,
        draft=merged.draft,
        defaults={
            field.attname: getattr(merged, field.attname)
            for field in Recommendation._meta.concrete_fields
            if not field.primary_key
        },
    )
    if is_new:
        Parent.objects.bulk_create(
            Parent(merged=row, stream=each.stream, draft=each.draft, version=each.version, label=each.label)
            for each in parents
        )


def keep_apart(assembly_id: int, one: str, other: str, *, by: str) -> None:
    """Suggest these two drafts together no more. Safe to repeat."""
    known = set(Revision.objects.filter(assembly=assembly_id, draft__in=(one, other)).values_list("draft", flat=True))
    if len(known) != 2:
        raise Refused("draft.unknown")
    first, second = sorted(known)
    Apart.objects.get_or_create(
        one=first, other=second, defaults={"assembly_id": assembly_id, "by": by, "at": clock.now()}
    )


def support(key: str, member: Member, *, wants: bool) -> None:
    """A citizen supports a recommendation of their assembly, or does so no longer. Safe to repeat."""
    row = Recommendation.objects.filter(key=key, assembly=member.assembly_id).first()
    if row is None:
        raise Refused("recommendation.unknown")
    if member.role != Role.CITIZEN or not member.assembly.supporters_minimum:
        raise Refused("recommendation.not_yours")
    if wants:
        Supporter.objects.get_or_create(recommendation=row, member=member)
    else:
        Supporter.objects.filter(recommendation=row, member=member).delete()
