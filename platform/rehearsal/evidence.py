"""What stands in the database, read beside the public doors: to compare, never to act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection

import plenary
from live.models import Event, Stream
from recommendations.models import Recommendation
from rehearsal.core.received import Frame


def origin() -> str:
    """The origin of the product's own pages."""
    return str(settings.BASE_URL)


def database() -> str:
    """`sqlite` or `postgresql`."""
    return str(connection.vendor)


def recount_program() -> Path:
    """The stand-alone program that recounts a published result."""
    return Path(plenary.__file__).with_name("recount.py")


def last_numbers() -> Mapping[str, int]:
    """Number of the last event of every stream."""
    return dict(Stream.objects.values_list("name", "last_seq"))


def stored(roots: Sequence[str]) -> Mapping[str, tuple[Frame, ...]]:
    """The logs of these streams and of their text feeds, as event frames."""
    logs: dict[str, list[Frame]] = {}
    for event in Event.objects.select_related("stream").order_by("stream_id", "seq").iterator():
        name = event.stream.name
        if any(name == root or name.startswith(f"{root}.") for root in roots):
            logs.setdefault(name, []).append(
                {"seq": event.seq, "at": event.at, "by": event.by or None, "kind": event.kind, "data": event.data}
            )
    return {name: tuple(events) for name, events in logs.items()}


def recommendations(submitted: Mapping[str, tuple[str, int | None]]) -> Mapping[str, str]:
    """Draft id → key of the recommendation that its submission (stream, number) became."""
    found = {(each.origin_stream, each.origin_seq): each.key for each in Recommendation.objects.all()}
    return {draft: found[origin] for draft, origin in submitted.items() if origin in found}


def merged(proposed: Mapping[str, str]) -> Mapping[str, str]:
    """Merge id → key of the recommendation that its proposal became, where all its rooms accepted it."""
    found = dict(Recommendation.objects.filter(draft__in=proposed.values()).values_list("draft", "key"))
    return {merge: found[key] for merge, key in proposed.items() if key in found}
