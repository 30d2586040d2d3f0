"""What an assembly says before anything else, its question and its mandate, in the language of whoever comes."""

from __future__ import annotations

from collections.abc import Mapping

from assemblies.models import Assembly
from learning import queries
from learning.core.materials import Preface
from learning.services import keep_preface
from recommendations.queries import Passage
from translation.services import open_feed


def preface(assembly: Assembly, lang: str, *, wanted: bool = False) -> Mapping[Preface, Passage]:
    """Question and mandate in `lang`, the original beside; what the organiser changed is on its way.

    `wanted`: `lang` is that of a member, who gets a translation whatever the others read.
    """
    told = queries.preface(assembly.pk, lang)
    if keep_preface(assembly, told):
        told = queries.preface(assembly.pk, lang)
    if wanted:
        open_feed(queries.learning_of(assembly.pk), lang)
    return told
