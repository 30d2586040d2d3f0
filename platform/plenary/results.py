"""Published results: the sentence, the drawing, the table, the file, the program that counts again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from kernel import wire
from plenary import queries, texts
from plenary import recount as recount_module
from plenary.core.motions import MotionState
from plenary.core.seats import hall
from plenary.core.tally import Count, Outcome
from plenary.models import Motion
from plenary.wording import outcome_sentence, rule_sentences, verdict_row
from recommendations.models import Recommendation


def _published(slug: str, key: str) -> tuple[Motion, MotionState, Outcome]:
    row = get_object_or_404(Motion.objects.select_related("assembly"), pk=key, assembly__slug=slug, phase="certified")
    motion = queries.state_of(row.assembly_id).motions[key]
    if motion.outcome is None:
        raise Http404
    return row, motion, motion.outcome


@require_GET
def result_page(request: HttpRequest, slug: str, motion: str) -> HttpResponse:
    """The result for everybody."""
    row, state, outcome = _published(slug, motion)
    document: dict[str, Any] = row.document or {}
    context = {
        "assembly": row.assembly,
        "motion": state,
        "shown": texts.shown(row.assembly_id, state),
        "sentence": outcome_sentence(outcome),
        "rows": [verdict_row(verdict) for verdict in outcome.verdicts],
        "rule": rule_sentences(state.rule),
        "drawing": drawing(outcome.verdicts[0].count),
        "heads": document.get("heads", {}),
        "names": [ballot for ballot in document.get("ballots", []) if ballot.get("name")],
        "source": Recommendation.objects.filter(key=state.source).first(),
    }
    return render(request, "plenary/result.html", context)


@require_GET
def result_json(request: HttpRequest, slug: str, motion: str) -> JsonResponse:
    """The file that `recount.py` counts again."""
    row, _, _ = _published(slug, motion)
    return JsonResponse(row.document, json_dumps_params={"indent": 1, "ensure_ascii": False})


@require_GET
def result_svg(request: HttpRequest, slug: str, motion: str) -> HttpResponse:
    """The drawing alone, for print and press."""
    _, _, outcome = _published(slug, motion)
    context = {"drawing": drawing(outcome.verdicts[0].count), "alone": True, "sentence": outcome_sentence(outcome)}
    return render(request, "plenary/hemicycle.svg", context, content_type="image/svg+xml")


@require_GET
def recount_program(request: HttpRequest) -> FileResponse:
    """The stand-alone program, one page of Python."""
    path = Path(str(recount_module.__file__))
    return FileResponse(path.open("rb"), as_attachment=True, filename="recount.py", content_type="text/x-python")


def drawing(counted: Count) -> dict[str, Any]:
    """Seats with their class, wedge by wedge: yes, abstained, did not vote, no."""
    absent = counted.entitled - counted.cast
    classes = ["yes"] * counted.yes + ["abstain"] * counted.abstain + ["absent"] * absent + ["no"] * counted.no
    layout = hall(max(1, counted.entitled))
    seats = [{"x": x, "y": y, "says": says} for (x, y), says in zip(layout.seats, classes, strict=False)]
    return {**wire.encode(layout), "seats": seats, "arm": round(layout.radius * 0.4, 1)}
