"""A package tried out in a process with little time, little memory and no network, before anybody trusts it.

Started by `translation.installer` as `python -m translation.trial FOLDER`; prints one line of JSON: what is
wrong, and how sure the model usually is.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from translation.core.codes import from_argos
from translation.core.confidence import usual
from translation.core.hops import Hop, Kind
from translation.engine import Answer, EngineError, Failure, Workshop, text_of
from translation.isolation import leave_network

CPU_S = 60
MEMORY = 6 * 1024**3
SENTENCES = Path(__file__).resolve().parent / "data" / "sentences.txt"
_ELSEWHERE = ("Internet", "Europa 2024", "OK.")
_LONGEST_RATIO, _SLACK = 8, 60


def main(folder: Path) -> None:
    """Load the package at `folder` and translate a few sentences."""
    _limit()
    leave_network()
    from translation.argos import ArgosEngine

    source, target = map(from_argos, _pair(folder))
    hop = Hop("argos", source, target, kind=Kind.NEURAL, folder=folder.name)
    engine, sentences = ArgosEngine(Workshop(folder.parent)), sentences_in(source)
    try:
        fault = _fault(engine.translate(hop, sentences or _ELSEWHERE), sentences or _ELSEWHERE)
        found = None if fault else usual(engine.scores(hop, sentences))
    except EngineError as error:
        fault, found = str(error), None
    sys.stdout.write(json.dumps({"fault": fault, "usual": asdict(found) if found else None}) + "\n")


def sentences_in(lang: str) -> tuple[str, ...]:
    """Those of the file in this language (BCP 47), a variant counting as its language; empty where it has none."""
    found: dict[str, list[str]] = {}
    for line in SENTENCES.read_text("utf-8").splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = []
        elif line and found:
            found[next(reversed(found))].append(line)
    return tuple(found.get(lang.partition("-")[0], ()))


def _limit() -> None:
    for what, limit in ((resource.RLIMIT_CPU, CPU_S), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (limit, limit))


def _pair(folder: Path) -> tuple[str, str]:
    metadata = json.loads((folder / "metadata.json").read_text("utf-8"))
    return metadata["from_code"], metadata["to_code"]


def _fault(answers: list[Answer], probes: tuple[str, ...]) -> str:
    for answer, probe in zip(answers, probes, strict=True):
        if isinstance(answer, Failure):
            return answer.reason
        text = text_of(answer)
        if not text.strip() or "<unk>" in text:
            return "says nothing"
        if len(text) > _LONGEST_RATIO * len(probe) + _SLACK:
            return "never ends"
    return ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
