"""One text into several languages: taken apart once, first hops shared, put together and looked at again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kernel import clock
from translation.core import glossary, protection, segments
from translation.core.confidence import LESS_SURE, UNSURE
from translation.core.doubt import Doubt, deserves_second_look, doubts
from translation.core.glossary import Term
from translation.core.hops import Hop
from translation.core.queue import Urgency
from translation.core.routes import Route
from translation.core.segments import Piece
from translation.engine import Answer, Failure, Scored, text_of
from translation.identifier import other_language
from translation.scheduler import Request, Scheduler


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one target: a text, or why there is none. `later` = no engine, ask again."""

    text: str | None = None
    doubts: frozenset[Doubt] = frozenset()
    failed: str = ""
    later: bool = False
    glossary: str = ""
    """The mark of what was agreed between the two languages when it was translated."""
    unsettled: tuple[tuple[str, str], ...] = ()
    """Of a text without doubts: sentences, and their translations, that are near one (`translation.second_looks`)."""


Arrived = Callable[[str, Outcome], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A text in `source` and the routes to its targets; `arrived(target, outcome)` is called once for each."""

    text: str
    source: str
    names: tuple[str, ...]
    routes: Mapping[str, Route]
    room: str
    urgency: Urgency
    arrived: Arrived
    terms: tuple[Term, ...] = ()
    since: float = 0.0
    """Since when it is wanted, in monotonic seconds; 0 = since now."""


class Relay:
    """Brings jobs through the scheduler, which remembers sentences."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def bring(self, job: Job) -> None:
        """Start; answers come from other threads, or at once where everything is remembered."""
        text = _readable(job.text)
        if len(text) > segments.MAX_TEXT:
            for target in job.routes:
                job.arrived(target, Outcome(failed="too long"))
            return
        names = (*job.names, *glossary.kept(job.terms))
        passage = _Passage(job, segments.split(text, job.source), names)
        for sentences, targets in passage.beginnings():
            self._go_on(passage, sentences, targets, depth=0)

    def warm(self, hops: Sequence[Hop]) -> None:
        """Let these hops load what they need before somebody waits for them."""
        for hop in hops:
            self._scheduler.put(Request(hop, [], "", Urgency.WARMING, lambda answers: None))

    def _go_on(self, passage: _Passage, sentences: Sequence[str], targets: Sequence[str], *, depth: int) -> None:
        """Hand the sentences on to the next hop of each target; targets with the same hop share it."""
        by_hop: dict[Hop, list[str]] = {}
        for target in targets:
            hops = passage.job.routes[target].hops
            if depth == len(hops):
                passage.arrive(target, sentences)
            else:
                by_hop.setdefault(hops[depth], []).append(target)
        for hop, sharing in by_hop.items():
            self._hop(passage, hop, sentences, sharing, depth)

    def _hop(self, passage: _Passage, hop: Hop, sentences: Sequence[str], targets: Sequence[str], depth: int) -> None:
        def done(answers: Sequence[Answer] | None) -> None:
            failure = next((each for each in answers or () if isinstance(each, Failure)), None)
            if answers is None or failure:
                passage.give_up(targets, failure)
                return
            translated = [answer for answer in answers if not isinstance(answer, Failure)]
            passage.note_sureness(targets, [each.standing if isinstance(each, Scored) else 0.0 for each in translated])
            self._go_on(passage, [text_of(each) for each in translated], targets, depth=depth + 1)

        if sentences:
            job = passage.job
            self._scheduler.put(Request(hop, sentences, job.room, job.urgency, done, passage.since))
        else:
            done([])


def _readable(text: str) -> str:
    """The text as engines get it; one without letters stays as it was written."""
    text = protection.clean(text)
    return protection.visible(text) if segments.has_letters(text) else text


class _Passage:
    """A job taken apart: its pieces, and the sentences among them with their protected spans marked."""

    def __init__(self, job: Job, pieces: Sequence[Piece], names: tuple[str, ...]) -> None:
        self.job = job
        self.since = job.since or clock.monotonic()
        self._pieces = pieces
        self.sentences = [protection.protect(piece.text, names) for piece in pieces if piece.speech]
        self._sureness: dict[str, list[float]] = {}

    def note_sureness(self, targets: Sequence[str], standings: Sequence[float]) -> None:
        """How sure an engine is of each sentence on one hop; on a way of several, the hop that is least sure counts."""
        for target in targets:
            former = self._sureness.get(target, standings)
            self._sureness[target] = [min(pair) for pair in zip(former, standings, strict=True)]

    def beginnings(self) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        """The sentences with agreed terms in their places, each version with the targets that share it."""
        versions: dict[tuple[str, ...], list[str]] = {}
        for target in self.job.routes:
            langs = {"source": self.job.source, "target": target}
            version = tuple(glossary.with_agreed(each, self.job.terms, **langs) for each in self.sentences)
            versions.setdefault(version, []).append(target)
        yield from versions.items()

    def arrive(self, target: str, translated: Sequence[str]) -> None:
        """All sentences have reached the target: join them, and say what is doubtful."""
        found: set[Doubt] = set()
        langs = {"source": self.job.source, "target": target}
        for before, after in zip(self.sentences, translated, strict=True):
            found |= doubts(before, after, **langs)
            if not glossary.is_respected(before, protection.release(after), self.job.terms, **langs):
                found.add(Doubt.GLOSSARY)
        sureness = self._sureness.get(target, [0.0] * len(self.sentences))
        if min(sureness, default=0.0) < UNSURE:
            found.add(Doubt.UNSURE)
        rest = iter(translated)
        joined = "".join(next(rest) if piece.speech else piece.text for piece in self._pieces)
        text = protection.shown(joined, target)  # what no table can keep would be the end of all texts stored with it
        if other_language(text, target):
            found.add(Doubt.LANGUAGE)
        mark = glossary.mark_of(self.job.terms, **langs)
        unsettled = () if found else tuple(self._unsettled(translated, sureness, **langs))
        self.job.arrived(target, Outcome(text, frozenset(found), glossary=mark, unsettled=unsettled))

    def _unsettled(
        self, translated: Sequence[str], sureness: Sequence[float], *, source: str, target: str
    ) -> Iterator[tuple[str, str]]:
        for before, after, standing in zip(self.sentences, translated, sureness, strict=True):
            if standing < LESS_SURE or deserves_second_look(before, after, source=source, target=target):
                yield protection.release(before), protection.release(after)

    def give_up(self, targets: Sequence[str], failure: Failure | None) -> None:
        """A hop failed (or there is no engine): every target behind it is told."""
        outcome = Outcome(failed=failure.reason) if failure else Outcome(later=True)
        for target in targets:
            self.job.arrived(target, outcome)
