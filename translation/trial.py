"""A package tried out in a process with little time, little memory and no network, before anybody trusts it.

Started by `translation.installer` as `python -m translation.trial FOLDER`; prints one line of JSON.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from translation.core.hops import Hop, Kind
from translation.engine import EngineError, Failure, Workshop
from translation.isolation import leave_network

CPU_S = 60
MEMORY = 6 * 1024**3
_PROBES = {
    "en": ("The house is big.", "We want more trees.", "Thank you."),
    "es": ("La casa es grande.", "Queremos más árboles.", "Gracias."),
    "fr": ("La maison est grande.", "Nous voulons plus d'arbres.", "Merci."),
    "de": ("Das Haus ist groß.", "Wir wollen mehr Bäume.", "Danke."),
}
_ELSEWHERE = ("Internet", "Europa 2024", "OK.")
_LONGEST_RATIO, _SLACK = 8, 60


def main(folder: Path) -> None:
    """Load the package at `folder` and translate three sentences."""
    _limit()
    leave_network()
    from translation.argos import ArgosEngine

    source, target = _pair(folder)
    hop = Hop("argos", source, target, kind=Kind.NEURAL, folder=folder.name)
    try:
        answers = ArgosEngine(Workshop(folder.parent)).translate(hop, _PROBES.get(source, _ELSEWHERE))
        fault = _fault(answers, _PROBES.get(source, _ELSEWHERE))
    except EngineError as error:
        fault = str(error)
    sys.stdout.write(json.dumps({"fault": fault}) + "\n")


def _limit() -> None:
    for what, limit in ((resource.RLIMIT_CPU, CPU_S), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (limit, limit))


def _pair(folder: Path) -> tuple[str, str]:
    metadata = json.loads((folder / "metadata.json").read_text("utf-8"))
    return metadata["from_code"], metadata["to_code"]


def _fault(answers: list[str | Failure], probes: tuple[str, ...]) -> str:
    for answer, probe in zip(answers, probes, strict=True):
        if isinstance(answer, Failure):
            return answer.reason
        if not answer.strip() or "<unk>" in answer:
            return "says nothing"
        if len(answer) > _LONGEST_RATIO * len(probe) + _SLACK:
            return "never ends"
    return ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
