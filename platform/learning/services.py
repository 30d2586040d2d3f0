"""Writing of materials: their stream, and the languages they are read in."""

from __future__ import annotations

from collections.abc import Mapping

from assemblies.models import Assembly
from learning.core.materials import Preface, PrefaceWrite
from learning.queries import learning_of
from live.services import create_stream, submit
from recommendations.queries import Passage


def create_learning(assembly_id: int) -> str:
    """The stream of an assembly's materials, made if it is not there. Safe to repeat."""
    create_stream(learning_of(assembly_id))
    return learning_of(assembly_id)


def keep_preface(assembly: Assembly, told: Mapping[Preface, Passage]) -> bool:
    """Have question and mandate translated as they stand now; whether `told` was something else. Safe to repeat."""
    said = {part: (passage.original.text, passage.original.lang) for part, passage in told.items()}
    new = False
    for command in (
        PrefaceWrite("question", assembly.lang, assembly.question),
        PrefaceWrite("mandate", assembly.lang, assembly.mandate),
    ):
        text = command.text.strip()
        if said.get(command.part) != ((text, command.lang) if text else None):
            submit(create_learning(assembly.pk), command)
            new = True
    return new
