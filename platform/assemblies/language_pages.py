"""The organiser's page of languages: who can follow whom, by which route, how it goes, what would help and is here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assemblies.doors import organiser_required
from assemblies.models import Assembly
from assemblies.queries import languages_of
from kernel.languages import is_foreign
from translation.delays import Waiting, waiting_by_pair, waiting_of
from translation.holdings import costs_of, holdings
from translation.queries import Volume, volumes_within
from translation.reach import Service, configuration, install_lines, offered_hops, services_among


@dataclass(frozen=True, slots=True)
class Cell:
    """How readers of `target` follow who speaks `source`; None: as one language, or no language at all."""

    source: str
    target: str
    service: Service | None

    @property
    def is_shared(self) -> bool:
        """Variants of one language, which are read as they are."""
        return self.source != self.target and not is_foreign(self.source, self.target)


@dataclass(frozen=True, slots=True)
class Line:
    """A pair with its route and what has come of it in this assembly."""

    service: Service
    volume: Volume | None
    waiting: Waiting | None


@require_GET
@organiser_required
def languages(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """The matrix, what to install, every pair with its figures, and every installed package with what it costs."""
    langs, scope, chosen, hops = languages_of(assembly), assembly.scope, configuration(), offered_hops()
    services, held = services_among(langs, hops), holdings(chosen, hops)
    context = {
        "assembly": assembly,
        "here": "languages",
        "langs": langs,
        "rows": _grid(langs, services),
        "lines": _lines(services, scope),
        "waiting": waiting_of(scope),
        "commands": install_lines(services),
        "holdings": held,
        "costs": costs_of(held, chosen.packages),
    }
    return render(request, "assemblies/languages.html", context)


def _lines(services: Sequence[Service], scope: str) -> list[Line]:
    used = {(volume.source, volume.target): volume for volume in volumes_within(scope)}
    waiting = waiting_by_pair(scope)
    pairs = [(service.source, service.target) for service in services]
    return [Line(service, used.get(pair), waiting.get(pair)) for service, pair in zip(services, pairs, strict=True)]


def _grid(langs: Sequence[str], services: Sequence[Service]) -> list[tuple[str, list[Cell]]]:
    """A row for each spoken language, a cell for each that is read."""
    by_pair = {(service.source, service.target): service for service in services}
    return [(source, [Cell(source, target, by_pair.get((source, target))) for target in langs]) for source in langs]
