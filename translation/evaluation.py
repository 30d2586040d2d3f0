"""How good routes are: texts that people translated, brought through the engines as members' texts are, and compared.

chrF is chrF2 and BLEU that of sacrebleu with its usual settings, so figures can be set beside published ones.
"""

from __future__ import annotations

import csv
import dataclasses
import importlib
import lzma
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel import clock
from kernel.errors import Refused
from kernel.languages import LANGUAGES, base_of
from translation.core.glossary import Term
from translation.core.queue import Urgency
from translation.core.routes import Route
from translation.host import Configuration, EngineHost
from translation.relay import Job, Outcome, Relay
from translation.scheduler import Scheduler

MAX_FILE = 64 * 1024 * 1024
PATIENCE_S = 600.0
"""How long all texts of one route may take; slow models on a small machine need minutes."""
_BATCH_S = 120.0
_CHARACTERS = frozenset({"zh", "ja", "th"})
"""Written without blanks between words, so that BLEU counts characters."""
_WORTH_SHOWING = 20
"""Letters of a text that shows something."""
Watch = Callable[[int], None]
"""Told how many texts have come."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The same texts in several languages, line by line."""

    columns: Mapping[str, tuple[str, ...]]

    def pair(self, source: str, target: str, limit: int) -> tuple[list[str], list[str]]:
        """The first `limit` lines that have a text in both languages, or `Refused("texts.no_column")`."""
        for lang in (source, target):
            if lang not in self.columns:
                raise Refused("texts.no_column", language=lang)
        both = zip(self.columns[source], self.columns[target], strict=True)
        chosen = [(text, reference) for text, reference in both if text and reference][:limit]
        if not chosen:
            raise Refused("texts.no_lines", language=f"{source}-{target}")
        return [text for text, _ in chosen], [reference for _, reference in chosen]


@dataclass(frozen=True, slots=True)
class Result:
    """What one route made of the texts; a text that failed counts as an empty one."""

    route: Route
    chrf: float
    bleu: float
    translated: tuple[str, ...]
    failed: int
    doubtful: int
    seconds: float


def read_texts(file: Path) -> Texts:
    """A table with tabs: codes of languages in the first line, then one text a column. May be packed with xz."""
    try:
        data = _read(file)
        rows = list(csv.reader(data.decode("utf-8-sig").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeError, EOFError, lzma.LZMAError) as error:
        raise Refused("texts.unreadable", name=file.name) from error
    if len(data) > MAX_FILE or len(rows) < 2:
        raise Refused("texts.unreadable", name=file.name)
    return _columns(rows[0], rows[1:])


def _read(file: Path) -> bytes:
    with lzma.open(file) if file.suffix == ".xz" else file.open("rb") as stream:
        return stream.read(MAX_FILE + 1)


def _columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Texts:
    langs = [code.strip() for code in header]
    unknown = [code for code in langs if code not in LANGUAGES]
    if unknown or len(set(langs)) != len(langs):
        raise Refused("texts.bad_header", language=" ".join(unknown or langs)[:60])
    uneven = next((number for number, row in enumerate(rows, 2) if len(row) != len(langs)), None)
    if uneven:
        raise Refused("texts.uneven", line=uneven, wanted=len(langs))
    return Texts({lang: tuple(row[at].strip() for row in rows) for at, lang in enumerate(langs)})


@contextmanager
def evaluator(chosen: Configuration) -> Iterator[Evaluator]:
    """Engines of its own, in a process without network, that end with it."""
    scheduler = Scheduler(EngineHost(dataclasses.replace(chosen, deadline_s=_BATCH_S)))
    try:
        yield Evaluator(scheduler)
    finally:
        scheduler.close()


class Evaluator:
    """Brings texts over routes; what two routes share is translated once."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._relay = Relay(scheduler)

    def measure(
        self, route: Route, texts: Sequence[str], references: Sequence[str], *, watch: Watch, terms: Sequence[Term] = ()
    ) -> Result:
        """Figures of one route, with agreed terms if there are any; `Refused("evaluation.no_answer")` where the engines
        do not answer."""
        began = clock.monotonic()
        outcomes = self._bring(route, texts, watch, tuple(terms))
        seconds = clock.monotonic() - began
        translated = tuple(outcome.text or "" for outcome in outcomes)
        chrf, bleu = scores(translated, references, target=route.path[-1])
        failed = sum(outcome.text is None for outcome in outcomes)
        doubtful = sum(bool(outcome.doubts) for outcome in outcomes)
        return Result(route, chrf, bleu, translated, failed, doubtful, seconds)

    def _bring(self, route: Route, texts: Sequence[str], watch: Watch, terms: tuple[Term, ...]) -> list[Outcome]:
        """All texts at once, so that they go in batches."""
        source, target = route.path[0], route.path[-1]
        outcomes: dict[int, Outcome] = {}
        changed = threading.Condition()

        def keep(at: int, outcome: Outcome) -> None:
            with changed:
                outcomes[at] = outcome
                changed.notify()

        for at, text in enumerate(texts):
            arrived = _Arrived(at, keep)
            self._relay.bring(Job(text, source, (), {target: route}, str(at), Urgency.BACKLOG, arrived, terms))
        end = clock.monotonic() + PATIENCE_S
        with changed:
            while len(outcomes) < len(texts):
                watch(len(outcomes))
                if not changed.wait(end - clock.monotonic()):
                    raise Refused("evaluation.no_answer")
        watch(len(texts))
        if all(outcome.later for outcome in outcomes.values()):
            raise Refused("evaluation.no_answer")
        return [outcomes[at] for at in range(len(texts))]


@dataclass(frozen=True, slots=True)
class _Arrived:
    at: int
    keep: Callable[[int, Outcome], None]

    def __call__(self, target: str, outcome: Outcome) -> None:
        self.keep(self.at, outcome)


def scores(translated: Sequence[str], references: Sequence[str], *, target: str) -> tuple[float, float]:
    """chrF2 and BLEU of these texts against those people made, from 0 to 100, to one decimal."""
    metrics = require_sacrebleu()
    tokenize = "char" if base_of(target) in _CHARACTERS else "13a"
    chrf = metrics.CHRF().corpus_score(list(translated), [list(references)]).score
    bleu = metrics.BLEU(tokenize=tokenize).corpus_score(list(translated), [list(references)]).score
    return round(chrf, 1), round(bleu, 1)


def typical_and_worst(result: Result, references: Sequence[str]) -> tuple[int, int]:
    """Which texts to show: that with the middle chrF, and that with the lowest; of those that are more than a word."""
    metric = require_sacrebleu().CHRF()
    both = list(zip(result.translated, references, strict=True))
    each = [metric.sentence_score(text, [reference]).score for text, reference in both]
    is_long = [min(len(text), len(reference)) >= _WORTH_SHOWING for text, reference in both]
    order = sorted(range(len(each)), key=lambda at: (not is_long[at], each[at], at))
    number = sum(is_long) or len(each)
    return order[number // 2], order[0]


def require_sacrebleu() -> Any:
    """An extra that no other command needs, or `Refused("evaluation.not_installed")`."""
    try:
        return importlib.import_module("sacrebleu.metrics")
    except ImportError as error:
        raise Refused("evaluation.not_installed") from error
