"""An engine that does what it is told: hang, crash, refuse; otherwise it answers in capitals."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Sequence

from translation.core.hops import Hop, Kind
from translation.engine import Answer, EngineError, Failure, Scored, Workshop

PLUGIN = "tests.shell.translation.faulty:Faulty"
STILLBORN = "tests.shell.translation.faulty:stillborn"
BACK_AND_FORTH = "tests.shell.translation.faulty:BackAndForth"
HEAVY = "tests.shell.translation.faulty:Heavy"
FRAGILE = "tests.shell.translation.faulty:Fragile"
UNSTEADY = "tests.shell.translation.faulty:Unsteady"
LATE: Counter[str] = Counter()
"""How often a target was asked for something late; the process asks each text twice."""
PAIRS = ("es-ca", "es-fr", "ca-it")


class Faulty:
    """Understands the words hang, crash, refuse, slow, late (too slow at first), unsure and who (its parent's id)."""

    name = "faulty"

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop

    def hops(self) -> tuple[Hop, ...]:
        """Three pairs."""
        pairs = (pair.split("-") for pair in PAIRS)
        return tuple(Hop(self.name, source, target, "faulty 1", Kind.NEURAL) for source, target in pairs)

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        """Each text in capitals with the target's code, unless it says otherwise."""
        if hop not in self.hops():
            raise EngineError("no such hop")
        return [_one(text, hop.target) for text in texts]

    def close(self) -> None:
        """Nothing is kept."""


class Heavy(Faulty):
    """Has to load; the lines of `loads` beside the packages say how: seconds, or a word that `Faulty` understands."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__(workshop)
        self.is_loaded = False

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        """What `Faulty` says, once loaded."""
        if not self.is_loaded:
            self._load()
        return super().translate(hop, texts, hurry=hurry)

    def _load(self) -> None:
        """Do what the next line says, and leave the others for the next attempt."""
        plan = self.workshop.packages / "loads"
        first, *rest = plan.read_text().split() or ["0"]
        plan.write_text(" ".join(rest))
        if first == "refuse":
            raise EngineError("cannot be loaded")
        if first.isalpha():
            _one(first, "")
        else:
            time.sleep(float(first))
        self.is_loaded = True


class Fragile(Faulty):
    """Is killed by every sentence it sees for the first time, in whatever process it lives."""

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        """What `Faulty` says, at the second attempt."""
        for text in texts:
            seen = self.workshop.packages / f"{hop.target}.{text}.seen"
            if not seen.exists():
                seen.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return super().translate(hop, texts, hurry=hurry)


class Unsteady(Faulty):
    """Loses an answer wherever it is asked for several."""

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        """One too few."""
        answers = super().translate(hop, texts, hurry=hurry)
        return answers[1:] if len(answers) > 1 else answers


class BackAndForth(Faulty):
    """Turns words round, not quite sure, and back again; parks come back as something else."""

    name = "round"

    def hops(self) -> tuple[Hop, ...]:
        """Two pairs."""
        return tuple(Hop(self.name, *pair, "round 1", Kind.NEURAL) for pair in (("es", "ca"), ("ca", "es")))

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        """Each word from its end."""
        if hop.target == "ca":
            return [Scored(_turned(text), -2.5) for text in texts]
        return ["Llueve mucho hoy." if "seuqrap" in text else _turned(text) for text in texts]


def _turned(text: str) -> str:
    return " ".join(word[::-1] for word in text.rstrip(".").split()) + "."


def _one(text: str, target: str) -> Answer:
    word = text.strip(".").lower()
    if word == "hang":
        time.sleep(600)
    if word == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "slow":
        time.sleep(0.3)
    if word == "unsure":
        return Scored(f"{text.upper()} {target}", -4.0)
    if word.startswith("who "):
        time.sleep(0.05)
        return f"{text.upper()} {os.getppid()}"
    LATE[target] += word == "late"
    if word == "late" and LATE[target] < 3:
        return Failure("no answer in time")
    return Failure("refused") if word == "refuse" else f"{text.upper()} {target}"


def stillborn(workshop: Workshop) -> Faulty:
    """An engine that takes its process down before it is ready."""
    os._exit(3)
