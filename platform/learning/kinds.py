"""The kind of stream that holds an assembly's materials: `learning.<assembly>`."""

from __future__ import annotations

from collections.abc import Sequence

from assemblies.models import scope_of
from assemblies.queries import reading_languages
from learning import queries
from learning.core import materials as core
from learning.core.materials import EVENTS, LearningState, PartWritten
from live import queries as live_queries
from live.core.kinds import Projection, StreamKind
from live.log import words_in
from live.names import parse_name
from translation.core.queue import Urgency
from translation.services import open_feed, want


def _project(projections: Sequence[Projection[LearningState]]) -> None:
    """Wanted translations of what was written."""
    for each in projections:
        events = [record.event for record in each.records]
        told = [event for event in events if not (isinstance(event, PartWritten) and event.part == "source")]
        if words := [words for event in told for words in words_in(event)]:
            assembly = parse_name(each.stream).id
            for lang in reading_languages(assembly):
                open_feed(each.stream, lang)
            want(each.stream, scope=scope_of(assembly), words=words, urgency=Urgency.DRAFT)


LEARNING: StreamKind[LearningState] = StreamKind(
    name="learning",
    version=1,
    events=EVENTS,
    state=LearningState,
    initial=LearningState,
    decide=core.decide,
    evolve=core.evolve,
    mentions=core.mentions,
    project=_project,
    words=live_queries.words,
    # What is not published yet stands in it too: people read materials on pages, which leave that out.
    standing=lambda stream, actor: None,
    gather=queries.gather,
)
