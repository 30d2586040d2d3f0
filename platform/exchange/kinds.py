"""The kind of stream in which rooms exchange drafts: `exchange.<assembly>`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assemblies.models import scope_of
from assemblies.queries import reading_languages
from exchange import queries
from exchange.core import sharing as core
from exchange.core.merging import MergeDecided
from exchange.core.sharing import EVENTS, CommentWithdrawn, DraftShared, ExchangeState, ShareClosed
from exchange.services import adopt
from live import queries as live_queries
from live.core.kinds import Projection, StreamKind, Words
from live.log import words_in
from live.names import parse_name
from rooms.polls import forget_answers
from translation.core.queue import Urgency
from translation.services import open_feed, silence, want


def _project(projections: Sequence[Projection[ExchangeState]]) -> None:
    """Wanted translations of what is shared and said, in every language of the assembly; answers are deleted; what all
    its rooms accept becomes a recommendation."""
    for each in projections:
        events = [record.event for record in each.records]
        if words := [word for event in events for word in _to_translate(event)]:
            assembly = parse_name(each.stream).id
            for lang in reading_languages(assembly):
                open_feed(each.stream, lang)
            want(each.stream, scope=scope_of(assembly), words=words, urgency=Urgency.DRAFT)
        for record in each.records:
            match record.event:
                case CommentWithdrawn(comment=comment):
                    silence([comment])
                case ShareClosed(share):
                    forget_answers(share)
                case MergeDecided(key) if (merge := each.state.merges[key]).fate == "adopted":
                    adopt(parse_name(each.stream).id, merge, record=record)


def _to_translate(event: Any) -> Iterator[Words]:
    if isinstance(event, DraftShared):
        keys = [key for key in (event.title, event.recommendation, event.reasons) if key]
        yield from (Words(key, text.lang, "", text.text) for key, text in live_queries.words(keys).items())
    else:
        yield from words_in(event)


EXCHANGE: StreamKind[ExchangeState] = StreamKind(
    name="exchange",
    version=1,
    events=EVENTS,
    state=ExchangeState,
    initial=ExchangeState,
    decide=core.decide,
    evolve=core.evolve,
    mentions=core.mentions,
    project=_project,
    words=live_queries.words,
    # It holds what rooms say to each other two by two: people read on pages, which show each room its own.
    standing=lambda stream, actor: None,
    gather=queries.gather,
    silences=lambda event: isinstance(event, CommentWithdrawn),
)
