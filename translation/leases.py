"""Work that is left to do, taken for a while: a dispatcher that dies loses nothing, two never share a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When

from kernel import clock, ids
from live import queries as live_queries
from live.names import text_feed
from translation.core.queue import LATE_S, Urgency
from translation.models import KeptName, Rendering, Status, Translation

LEASE_MS = 30_000
MAX_TRIES = 5


class Leased(NamedTuple):
    """One rendering that is ours for half a minute, with everything the work needs."""

    key: str
    passage: int
    root: str
    words: str
    scope: str
    source: str
    target: str
    urgency: Urgency
    tries: int
    text: str
    digest: str
    since: float = 0.0
    """When it was committed, in monotonic seconds of this process; 0 = not known."""

    @property
    def feed(self) -> str:
        """The stream its readers follow."""
        return text_feed(self.root, self.target)


def is_work_waiting() -> bool:
    """Whether anything could be claimed now; one cheap query, no lock."""
    return _claimable().exists()


def claim(limit: int) -> list[Leased]:
    """The most urgent wanted renderings, leased to the caller: in the order they were wanted in, but what is late
    behind what is not, the newest first, for it is nearer to what is being discussed; four queries."""
    is_in_time = Q(leased_until__lt=round(LATE_S * 1000) - clock.wall())
    is_late = Case(When(is_in_time, then=False), default=True)
    in_turn = Case(When(is_in_time, then=F("id")), default=-F("id"))
    with transaction.atomic():
        chosen = _claimable().select_for_update(skip_locked=True, of=("self",)).order_by("urgency", is_late, in_turn)
        rows = list(chosen.values_list(*_LEASED)[:limit])
        Rendering.objects.filter(key__in=[row[0] for row in rows]).update(
            leased_until=lease_end(), tries=F("tries") + 1
        )
    words = live_queries.words({row[3] for row in rows})
    return [_leased(row, words[row[3]].text if row[3] in words else "") for row in rows]


def lease_end() -> int:
    """Until when something taken now is ours, in real milliseconds since 1970."""
    return clock.wall() + LEASE_MS


def renew(keys: Iterable[str]) -> None:
    """Keep what is still being worked on."""
    Rendering.objects.filter(key__in=list(keys)).update(leased_until=lease_end())


def give_back(keys: Iterable[str], *, pause_ms: int = 0, counts: bool = False) -> None:
    """Let anybody claim these again, after a pause; whether the attempt counts is the caller's to say."""
    Rendering.objects.filter(key__in=list(keys), status=Status.WANTED).update(
        leased_until=clock.wall() + pause_ms, tries=F("tries") - (0 if counts else 1)
    )


def want_again() -> int:
    """New routes may have come: try what had none, and what those there were failed at. Returns how many."""
    left = Rendering.objects.filter(status__in=[Status.MISSING, Status.FAILED])
    return left.update(status=Status.WANTED, tries=0, leased_until=0)


def names_of(scopes: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The names each scope keeps; one query."""
    found: dict[str, list[str]] = defaultdict(list)
    for scope, name in KeptName.objects.filter(scope__in=set(scopes)).values_list("scope", "name"):
        found[scope].append(name)
    return {scope: tuple(names) for scope, names in found.items()}


def stored(leased: Iterable[Leased]) -> Mapping[tuple[str, str, str, str, str], Translation]:
    """Translations of these texts that an earlier passage of the scope already has; one query."""
    asked = list(leased)
    scopes, digests = {each.scope for each in asked}, {each.digest for each in asked}
    rows = Translation.objects.filter(scope__in=scopes, digest__in=digests)
    return {(row.scope, row.digest, row.source, row.target, row.recipe): row for row in rows}


def _claimable() -> QuerySet[Rendering]:
    """What waits and is nobody's; words that are withheld wait until they are shown again."""
    ready = Rendering.objects.filter(status=Status.WANTED, leased_until__lte=clock.wall())
    return ready.exclude(passage__words__in=live_queries.withheld())


_LEASED = (
    "key", "passage_id", "passage__root", "passage__words", "passage__scope", "passage__lang", "target",
    "urgency", "tries", "leased_until",
)  # fmt: skip


def _leased(row: Sequence[Any], text: str) -> Leased:
    key, passage, root, words, scope, source, target, urgency, tries, leased_until = row
    since = clock.monotonic() - (clock.wall() + leased_until) / 1000 if leased_until < 0 else 0.0
    return Leased(
        key=key, passage=passage, root=root, words=words, scope=scope, source=source, target=target,
        urgency=Urgency(urgency), tries=tries + 1, text=text, digest=ids.digest(text), since=since,
    )  # fmt: skip
