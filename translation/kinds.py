"""The kind of stream that carries one language's texts of a room or plenary: `room.12.text.ca`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from live.core.actors import Actor, Standing
from live.core.kinds import StreamKind, WordsShown
from live.names import parse_name
from live.registry import kind_of
from translation import queries
from translation.core import feed
from translation.services import open_feed


def _standing(stream: str, actor: Actor) -> Standing | None:
    """Whoever may read the stream may read its texts, in their own languages and in those of the assembly."""
    name = parse_name(stream)
    if name.lang not in {actor.reads, *actor.speaks, *actor.languages}:
        return None
    return Standing.READER if kind_of(name.root)[1].standing(name.root, actor) else None


def _subscribed(stream: str) -> None:
    name = parse_name(stream)
    open_feed(name.root, name.lang or "")


def _words(keys: Iterable[str]) -> Mapping[str, WordsShown]:
    return queries.words(keys)


TEXT: StreamKind[feed.TextState] = StreamKind(
    name="text",
    version=1,
    events=(feed.TextRendered, feed.TextReplaced, feed.TextDoubted),
    state=feed.TextState,
    initial=feed.TextState,
    decide=feed.decide,
    evolve=feed.evolve,
    mentions=feed.mentions,
    project=lambda projections: None,
    words=_words,
    standing=_standing,
    subscribed=_subscribed,
)
