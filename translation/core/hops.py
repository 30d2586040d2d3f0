"""One step of a route: an engine that brings text from one language to another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a hop translates, which decides what readers are told."""

    NEURAL = "neural"
    RULES = "rules"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Hop:
    """What an engine offers: `source` and `target` are BCP 47; `version` names engine and package."""

    engine: str
    source: str
    target: str
    version: str = ""
    kind: Kind = Kind.NEURAL
    folder: str = ""
    """Where an engine finds what the hop needs: a package's folder, a mode's name."""

    @property
    def pair(self) -> tuple[str, str]:
        """Source and target."""
        return self.source, self.target
