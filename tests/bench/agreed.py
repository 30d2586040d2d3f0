"""Whether translations by Apertium use agreed terms, and what that costs, on news that people translated."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import parallel, report
from translation.core.glossary import Term, is_respected
from translation.core.routes import Route
from translation.evaluation import Evaluator, Result, evaluator
from translation.host import Configuration, EngineHost
from translation.reach import route_between

PAIRS = (("es", "ca"), ("ca", "es"), ("es", "fr"), ("es", "pt"), ("fr", "es"), ("it", "ca"), ("pt", "es"), ("es", "it"))
_TERMS = """
ca govern/governs|es gobierno/gobiernos|fr gouvernement/gouvernements|it governo/governi|pt governo/governos
ca president/presidents|es presidente/presidentes|fr président/présidents|it presidente|pt presidente/presidentes
ca policia|es policía|fr police|it polizia|pt polícia
ca eleccions|es elecciones|fr élections|it elezioni|pt eleições
ca església/esglésies|es iglesia/iglesias|fr église/églises|it chiesa/chiese|pt igreja/igrejas
ca terratrèmol/terratrèmols|es terremoto/terremotos|fr séisme/séismes|it terremoto/terremoti|pt terramoto/terramotos
ca jugador/jugadors|es jugador/jugadores|fr joueur/joueurs|it giocatore/giocatori|pt jogador/jogadores
ca mercat/mercats|es mercado/mercados|fr marché/marchés|it mercato/mercati|pt mercado/mercados
ca ciutat/ciutats|es ciudad/ciudades|fr ville/villes|it città|pt cidade/cidades
ca informe/informes|es informe/informes|fr rapport/rapports|it rapporto/rapporti|pt relatório/relatórios
ca equip/equips|es equipo/equipos|fr équipe/équipes|it squadra/squadre|pt equipa/equipas
ca investigació|es investigación|fr enquête|it indagine|pt investigação
"""


def terms() -> Sequence[Term]:
    """The glossary of the bench."""
    lines = ([cell.split(" ", 1) for cell in line.split("|")] for line in _TERMS.strip().splitlines())
    return [Term({lang: tuple(forms.split("/")) for lang, forms in line}) for line in lines]


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one pair: texts with a term, the share of them in which every term is as agreed, with the glossary and without
    it, and how much chrF the glossary costs."""

    texts: int
    share: float
    share_without: float
    loss: float


def rows(texts: int) -> Iterator[report.Row]:
    """The share of texts in which each agreed term stands, and the loss of chrF against no glossary."""
    with tempfile.TemporaryDirectory() as folder:
        configuration = Configuration(Path(folder), ("apertium",))
        host = EngineHost(configuration)
        hops = host.hops()
        host.close()
        with evaluator(configuration) as at_work:
            routes = [route_between(*pair, hops, configuration) for pair in PAIRS]
            found = [_measured(at_work, route, texts) for route in routes if route]
    shares, losses = [each.share for each in found] or [0.0], [each.loss for each in found] or [0.0]
    without = statistics.fmean(each.share_without for each in found) if found else 0.0
    remark = (
        f"{len(found)} pairs, {sum(each.texts for each in found)} texts; without a glossary {without:.2f}"
        if found
        else "Apertium is not installed"
    )
    yield _row("glossary_respected", shares, ("share", 0.95, 0.99, "higher"), remark, valid=bool(found))
    yield _row("glossary_loss", losses, ("chrF", 1.0, 0.0, "lower"), remark, valid=bool(found))


def _row(
    name: str, values: Sequence[float], about: tuple[str, float, float, str], remark: str, *, valid: bool
) -> report.Row:
    unit, gate, target, better = about
    worst = min(values) if better == "higher" else max(values)
    return report.Row(
        name, round(statistics.fmean(values), 3), unit, gate, target, better, round(worst, 3), valid, remark
    )


def _measured(at_work: Evaluator, route: Route, texts: int) -> Measured:
    source, target = route.path[0], route.path[-1]
    agreed = terms()
    lines = parallel.news_pairs(source, target, tests=True)[:texts]
    lines = [line for line in lines if not is_respected(line.before, "", agreed, source=source, target=target)]
    before, after = [line.before for line in lines], [line.after for line in lines]

    def share(result: Result) -> float:
        both = zip(before, result.translated, strict=True)
        return statistics.fmean(is_respected(*each, agreed, source=source, target=target) for each in both)

    plain = at_work.measure(route, before, after, watch=lambda done: None)
    strict = at_work.measure(route, before, after, watch=lambda done: None, terms=agreed)
    return Measured(len(lines), share(strict), share(plain), plain.chrf - strict.chrf)
