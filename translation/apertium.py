"""Apertium as an engine: programs of the distribution, kept running and asked over pipes ("null flush").

Facts behind every odd-looking line are in docs/decisions/0022. Nothing here is ever given to a shell.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from translation.apertium_programs import SLOW, Pipeline, mode_commands
from translation.apertium_stream import decode, encode
from translation.core import protection
from translation.core.codes import APERTIUM_MODES
from translation.core.hops import Hop, Kind
from translation.engine import Answer, EngineError, Failure, Workshop

MODES = Path("/usr/share/apertium/modes")
MAX_LENGTH = 5000
DEADLINE_S = 5.0
LOADING_S = 25.0
"""How long a pipeline may take over its first sentence, for which it reads its dictionaries."""
_PROBES = {"en": "The house is big.", "fr": "La maison est grande.", "de": "Das Haus ist groß."}
_LETTERS = "abcdefghijklm"
_MEGABYTE = 1_000_000
_MEMORY = {
    "eng-spa": 116, "spa-eng": 97, "eng-cat": 152, "cat-eng": 104, "es-fr": 86, "fr-es": 82, "es-pt": 38, "pt-es": 40,
    "spa-cat": 163, "cat-spa": 121, "spa-ita": 56, "ita-spa": 96, "cat-fra": 634, "fra-cat": 314, "cat-ita": 194,
    "ita-cat": 278, "cat-por": 228, "por-cat": 315, "cat-por_BR": 227, "es-pt_BR": 38, "oci-fra": 950, "fra-oci": 600,
}  # fmt: skip
_MEMORY_OF_OTHERS = 160


class ApertiumEngine:
    """Every whitelisted mode that is installed, started when first used, stopped when memory is wanted."""

    name = "apertium"

    def __init__(self, workshop: Workshop, modes: Path = MODES) -> None:
        self._shelf = workshop.shelf
        self._modes = modes
        self._lock = threading.Lock()
        self._broken: set[str] = set()

    def hops(self) -> tuple[Hop, ...]:
        """The whitelisted modes present and not found broken by their self-test."""
        return tuple(
            Hop(self.name, source, target, _version(self._modes, mode), Kind.RULES, mode)
            for mode, (source, target) in APERTIUM_MODES.items()
            if mode not in self._broken and (self._modes / f"{mode}.mode").is_file()
        )

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        """Each text through the hop's pipeline; a text that fails leaves a fresh pipeline behind. Always in a hurry."""
        if APERTIUM_MODES.get(hop.folder) != hop.pair or hop.folder in self._broken:
            raise EngineError(f"no hop {hop.source}-{hop.target}")
        pipeline = self._pipeline(hop.folder)
        return [_one(pipeline, text, hop.target) for text in texts]

    def close(self) -> None:
        """Stop every pipeline."""
        self._shelf.drop(self.name)

    def _pipeline(self, mode: str) -> Pipeline:
        with self._lock:
            pipeline: Pipeline | None = self._shelf.find(self.name, mode)
            if pipeline is None:
                pipeline = Pipeline(mode_commands(self._modes, mode))
                self._shelf.put(self.name, mode, pipeline, memory_of(mode), pipeline.close)
        if not pipeline.is_running:
            self._test(mode, pipeline)
        return pipeline

    def _test(self, mode: str, pipeline: Pipeline) -> None:
        """Load it. A mode that answers a plain sentence with nothing is not offered any more."""
        probe = _PROBES.get(APERTIUM_MODES[mode][0], "La casa.")
        answer = _one(pipeline, probe, "", timeout=LOADING_S)
        if not isinstance(answer, Failure):
            return
        if answer.reason == SLOW:
            raise EngineError(f"{mode} not loaded in time")
        with self._lock:
            self._broken.add(mode)
        self._shelf.drop(self.name, mode)
        raise EngineError(f"{mode} fails its self-test")


def _one(pipeline: Pipeline, text: str, target: str, *, timeout: float = DEADLINE_S) -> Answer:
    if not text.strip():
        return text
    if len(text) > MAX_LENGTH:
        return Failure("too long")
    stand_ins = _stand_ins(text)
    try:
        answer = decode(pipeline.ask(encode(_with(text, stand_ins)), timeout=timeout))
    except EngineError as error:
        return Failure(str(error))
    return _without(_repaired(answer, target), stand_ins) if answer.strip() else Failure("empty answer")


def _stand_ins(text: str) -> dict[str, str]:
    """A word no dictionary knows for each protected name: as a superblank it would be invisible to grammar."""
    names = dict.fromkeys(span for span in protection.spans(text) if protection.is_name_like(span))
    return {name: f"Qzx{letter}" for name, letter in zip(names, _LETTERS, strict=False)}


def _with(text: str, stand_ins: Mapping[str, str]) -> str:
    return protection.SPAN.sub(lambda span: stand_ins.get(span[1], span[0]), text)


def _without(text: str, stand_ins: Mapping[str, str]) -> str:
    for name, stand_in in stand_ins.items():
        text = text.replace(stand_in, f"{protection.OPEN}{name}{protection.CLOSE}")
    return text


def _repaired(text: str, target: str) -> str:
    """Opening question and exclamation marks belong to Spanish and its neighbours only."""
    return text if target in {"es", "gl", "ast", "an", ""} else re.sub("[¿¡]", "", text)


def memory_of(mode: str) -> int:
    """Bytes a running mode takes, measured for the large ones."""
    return _MEMORY.get(mode, _MEMORY_OF_OTHERS) * _MEGABYTE


_versions: dict[str, str] = {}


def _version(modes: Path, mode: str) -> str:
    """`apertium-spa-cat 2.2.0`, from the distribution's records where they can be read."""
    if not _versions:
        _versions.update(_read_versions(Path("/var/lib/dpkg/status")))
    found = re.search(r"/(apertium-[\w-]+)/", (modes / f"{mode}.mode").read_text("utf-8", "replace"))
    package = found[1] if found else "apertium"
    return f"{package} {_versions.get(package, '')}".strip()


def _read_versions(status: Path) -> dict[str, str]:
    text = status.read_text("utf-8", "replace") if status.is_file() else ""
    found = re.findall(r"^Package: (apertium[\w-]*)\n(?:.*\n)*?Version: ([^\s-]+)", text, re.MULTILINE)
    return {"": "", **dict(found)}
