"""The kind of stream a sitting is: `sitting.<assembly>`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from django.db import transaction

from assemblies.models import scope_of
from assemblies.queries import names, reading_languages
from live import queries as live_queries
from live.core.actors import Actor, Standing
from live.core.kinds import Projection, Recorded, StreamKind, WordsShown
from live.log import words_in
from live.names import parse_name
from sittings import conductor, queries, rules, services
from sittings.core import sitting as core
from sittings.core.types import EVENTS, SittingBegun, SittingEnded, SittingState
from sittings.models import Sitting
from translation.services import open_feed, want


def _project(projections: Sequence[Projection[SittingState]]) -> None:
    """A row for each sitting, wanted translations of what was written; the rooms are told after the commit."""
    for each in projections:
        assembly = parse_name(each.stream).id
        for record in each.records:
            _keep(assembly, each.state.number, record)
        _have_translated(each.stream, assembly, each.records)
        if any(record.seq == each.state.told_seq for record in each.records):
            current = Sitting.objects.filter(assembly=assembly, began_seq=each.state.began_seq)
            current.update(told_seq=each.state.told_seq)
            transaction.on_commit(partial(conductor.wake, assembly))


def _keep(assembly: int, number: int, record: Recorded[SittingState]) -> None:
    match record.event:
        case SittingBegun():
            Sitting.objects.create(assembly_id=assembly, number=number, began_at=record.at, began_seq=record.seq)
        case SittingEnded():
            Sitting.objects.filter(assembly=assembly, ended_at=None).update(ended_at=record.at)


def _have_translated(stream: str, assembly: int, records: Sequence[Recorded[SittingState]]) -> None:
    written = [word for record in records for word in words_in(record.event)]
    if written:
        for lang in reading_languages(assembly):
            open_feed(stream, lang)
        want(stream, scope=scope_of(assembly), words=written)


def _words(keys: Iterable[str]) -> Mapping[str, WordsShown]:
    wanted = set(keys)
    return {**live_queries.words(wanted), **names(wanted)}


def _standing(stream: str, actor: Actor) -> Standing | None:
    return rules.standing(actor, parse_name(stream))


def _subscribed(stream: str) -> None:
    services.create_sitting(parse_name(stream).id)


SITTING: StreamKind[SittingState] = StreamKind(
    name="sitting",
    version=1,
    events=EVENTS,
    state=SittingState,
    initial=SittingState,
    decide=core.decide,
    evolve=core.evolve,
    next_deadline=core.next_deadline,
    expire=core.expire,
    stalled=core.stalled,
    mentions=core.mentions,
    project=_project,
    words=_words,
    standing=_standing,
    subscribed=_subscribed,
    gather=queries.gather,
)
