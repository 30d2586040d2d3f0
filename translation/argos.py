"""Argos packages as an engine: their metadata and tokenizer through `argostranslate.package`, batches of our own.

`argostranslate.translate` is never imported: it would bring stanza, onnxruntime and downloads. Each package gets
one `ctranslate2.Translator` with one thread; the queue in front gives each core a package of its own.
"""

from __future__ import annotations

import importlib
import math
import os
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from translation.core.codes import from_argos
from translation.core.confidence import Usual
from translation.core.hops import Hop, Kind
from translation.engine import NOT_THERE, Answer, EngineError, Failure, Scored, Workshop
from translation.fragments import join_answers, translate_around
from translation.package_folder import Installed, installed_packages, memory_of, read_usual

MAX_PIECES = 200
MAX_BATCH_PIECES = 1024
BEAM, HURRIED_BEAM = 2, 1
_LENGTH_PENALTY = 0.2
_CLAUSE_END = re.compile(r"[,;:،؛、，；：]$")
_HOME = ".argos"


@dataclass(frozen=True, slots=True)
class _Model:
    package: Any
    translator: Any
    memory: int
    usual: Usual | None
    """How sure it usually is; None where nobody has tried, and then nothing is said of any text."""


class ArgosEngine:
    """Every package in the folder, loaded when first used, unloaded when memory is wanted."""

    name = "argos"

    def __init__(self, workshop: Workshop) -> None:
        self._folder = workshop.packages
        self._shelf = workshop.shelf
        self._lock = threading.Lock()

    def hops(self) -> tuple[Hop, ...]:
        """The active package of each pair; those that only look words up say so."""
        return tuple(_hop(package) for package in installed_packages(self._folder))

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        """Fragments between protected spans, all in one batch; a text that breaks a batch is tried alone."""
        model = self._model(hop)
        answers = self._scored(model, hop, texts, HURRIED_BEAM if hurry else BEAM)
        return [_beside_usual(answer, model.usual) for answer in answers]

    def scores(self, hop: Hop, texts: Sequence[str]) -> list[float]:
        """How sure the model is of each that it translates: mean logarithm of the probability of its pieces."""
        answers = self._scored(self._model(hop), hop, texts, BEAM)
        return [answer.standing for answer in answers if isinstance(answer, Scored)]

    def close(self) -> None:
        """Forget every model; memory is given back when the last batch is done."""
        self._shelf.drop(self.name)

    def _scored(self, model: _Model, hop: Hop, texts: Sequence[str], beam: int) -> list[Answer]:
        """Answers with the model's own scores."""
        return translate_around(
            texts, lambda speech: _in_batches(model, speech, beam), names_inside=hop.kind is Kind.NEURAL
        )

    def _model(self, hop: Hop) -> _Model:
        with self._lock:
            model: _Model | None = self._shelf.find(self.name, hop.folder)
            if model is None:
                model = _load(self._folder, hop)
                self._shelf.put(self.name, hop.folder, model, model.memory, _nothing)
            return model


def _nothing() -> None:
    """A model ends with the last batch that uses it."""


def _hop(package: Installed) -> Hop:
    kind = Kind.WORDS if package.word_for_word else Kind.NEURAL
    source, target = from_argos(package.source), from_argos(package.target)
    return Hop(
        ArgosEngine.name,
        source,
        target,
        f"{package.source}-{package.target} {package.version}",
        kind,
        package.folder.name,
    )


def _load(folder: Path, hop: Hop) -> _Model:
    path = folder / hop.folder
    if not hop.folder or path.parent != folder or not path.is_dir():
        raise EngineError(f"package {hop.folder} {NOT_THERE}")
    try:
        package = _argos_package(folder).Package(path)
        return _Model(package, load_translator(path), memory_of(path), read_usual(path))
    except (RuntimeError, ValueError, OSError) as error:
        raise EngineError(f"package {hop.folder} cannot be loaded") from error


def load_translator(path: Path) -> Any:
    """A translator of one thread over the package at `path`."""
    import ctranslate2

    return ctranslate2.Translator(str(path / "model"), device="cpu", inter_threads=1, intra_threads=1)


def _argos_package(folder: Path) -> ModuleType:
    if "argostranslate.package" not in sys.modules:
        with private_home(folder / _HOME):
            importlib.import_module("argostranslate.package")
    return sys.modules["argostranslate.package"]


@contextmanager
def private_home(home: Path) -> Iterator[None]:
    """Import argostranslate with its three folders inside ours and none of its switches set.

    A debug switch would print every text, a settings file could send them to another machine.
    """
    kept = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("ARGOS_")]:
        del os.environ[name]
    os.environ.update({f"XDG_{part}_HOME": str(home / part.lower()) for part in ("DATA", "CONFIG", "CACHE")})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


# --- batches


def _in_batches(model: _Model, texts: Sequence[str], beam: int) -> list[Answer]:
    tokens = [_chunks(model.package.tokenizer.encode(text)) for text in texts]
    try:
        return _translated(model, tokens, beam)
    except RuntimeError:
        return [_alone(model, chunks, beam) for chunks in tokens]


def _alone(model: _Model, chunks: list[list[str]], beam: int) -> Answer:
    try:
        return _translated(model, [chunks], beam)[0]
    except RuntimeError:
        return Failure("the model refused this text")


def _translated(model: _Model, texts: Sequence[list[list[str]]], beam: int) -> list[Answer]:
    """Each text's chunks translated and joined, everything in one call."""
    chunks = [chunk for text in texts for chunk in text]
    prefix = model.package.target_prefix
    results = model.translator.translate_batch(
        chunks,
        target_prefix=[[prefix]] * len(chunks) if prefix else None,
        replace_unknowns=True,
        max_batch_size=MAX_BATCH_PIECES,
        batch_type="tokens",
        beam_size=beam,
        length_penalty=_LENGTH_PENALTY,
        return_scores=True,
    )
    answers = iter([_answer(model.package, result, prefix) for result in results])
    return [join_answers([next(answers) for _ in text], _joined) for text in texts]


def _answer(package: Any, result: Any, prefix: str) -> Answer:
    """A chunk's text and score, or what is wrong with it."""
    pieces = result.hypotheses[0]
    text = _decoded(package, pieces, prefix)
    return Scored(text, _a_piece(result.scores[0], len(pieces))) if text else Failure("empty answer")


def _a_piece(score: float, pieces: int) -> float:
    """CTranslate2 gives the sum over the pieces and the end, divided by their number to the power of the penalty."""
    return score * math.pow(pieces + 1, _LENGTH_PENALTY - 1)


def _beside_usual(answer: Answer, usual: Usual | None) -> Answer:
    if not isinstance(answer, Scored):
        return answer
    return Scored(answer.text, usual.standing(answer.standing)) if usual else answer.text


def _joined(texts: Sequence[str]) -> str:
    return " ".join(texts)


def _decoded(package: Any, pieces: list[str], prefix: str) -> str:
    text: str = package.tokenizer.decode(pieces).strip()
    return text.removeprefix(prefix).strip() if prefix else text


def _chunks(pieces: list[str]) -> list[list[str]]:
    """Pieces of one sentence in parts a model's position table bears, cut at clause marks, else before a word."""
    chunks = []
    while len(pieces) > MAX_PIECES:
        cut = _cut(pieces)
        chunks.append(pieces[:cut])
        pieces = pieces[cut:]
    return [*chunks, pieces]


def _cut(pieces: list[str]) -> int:
    window = range(MAX_PIECES - 1, MAX_PIECES // 3, -1)
    at_clause = next((at + 1 for at in window if _CLAUSE_END.search(pieces[at])), None)
    at_word = next((at for at in window if pieces[at].startswith("▁")), None)
    return at_clause or at_word or MAX_PIECES
