"""Writing of materials: their stream, and the languages they are read in."""

from __future__ import annotations

from learning.queries import learning_of
from live.services import create_stream


def create_learning(assembly_id: int) -> str:
    """The stream of an assembly's materials, made if it is not there. Safe to repeat."""
    create_stream(learning_of(assembly_id))
    return learning_of(assembly_id)
