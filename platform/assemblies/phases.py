"""Writing the phases and the texts of an assembly that exists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from assemblies.core.roles import PhaseKind
from assemblies.models import Assembly, Phase
from assemblies.services import MAX_MANDATE, MAX_QUESTION
from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text

MAX_PHASES = 12


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """A phase as it is planned."""

    kind: PhaseKind
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime


@transaction.atomic
def set_phases(assembly: Assembly, plans: Sequence[PhasePlan]) -> None:
    """These are the phases from now on. Safe to repeat."""
    if len(plans) > MAX_PHASES:
        raise Refused("phase.too_many", limit=MAX_PHASES)
    if any(plan.ends_at <= plan.starts_at for plan in plans):
        raise Refused("phase.ends_first")
    assembly.phases.all().delete()
    Phase.objects.bulk_create(
        Phase(
            assembly=assembly, kind=plan.kind.value, title=clean_text(plan.title, limit=120),
            starts_at=plan.starts_at, ends_at=plan.ends_at,
        )
        for plan in plans
    )  # fmt: skip


@transaction.atomic
def change_assembly(
    assembly: Assembly, *, title: str, question: str, mandate: str, working_languages: Sequence[str],
    chambers: Sequence[str], public: bool,
) -> None:  # fmt: skip
    """Texts, languages and chambers as they are from now on; the short name and own language stay. Safe to repeat."""
    assembly.title = clean_text(title, limit=120)
    assembly.question = clean_text(question, limit=MAX_QUESTION)
    assembly.mandate = clean_text(mandate, limit=MAX_MANDATE) if mandate.strip() else ""
    assembly.languages = list(dict.fromkeys(language(code).code for code in [assembly.lang, *working_languages]))
    assembly.chambers = list(chambers)
    assembly.public = public
    assembly.save()
