"""Published results: the sentence, the drawing, the table, the file, the program that counts again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from assemblies.queries import may_organise
from kernel import clock
from plenary import queries, recount, recount_choices, recount_permits, texts
from plenary.charts import charts_of
from plenary.core.motions import MotionState, PlenaryState, repetition_of, takes_statements
from plenary.core.seats import hall
from plenary.core.tally import Outcome
from plenary.models import Motion
from plenary.naming import electorate_name
from plenary.wording import (
    choice_name,
    deciding_verdict,
    outcome_sentence,
    rule_sentences,
    trust_of_result,
    verdict_row,
    working,
)
from recommendations.models import Recommendation


def _row(request: HttpRequest, slug: str, key: str) -> Motion:
    """A motion of an assembly that is open to the reader: everybody, or its organisers; 404 otherwise."""
    row = get_object_or_404(Motion.objects.select_related("assembly"), pk=key, assembly__slug=slug)
    if not (row.assembly.public or may_organise(request.user.pk, row.assembly)):
        raise Http404
    return row


def _counted(row: Motion) -> tuple[PlenaryState, MotionState, Outcome]:
    state = queries.state_of(row.assembly_id)
    motion = state.motions[row.key]
    if motion.outcome is None:
        raise Http404
    return state, motion, motion.outcome


PROGRAMS = {"recount": recount, "recount_choices": recount_choices, "recount_permits": recount_permits}
"""What anybody can count a published result with; each stands alone."""


@require_GET
def result_page(request: HttpRequest, slug: str, motion: str) -> HttpResponse:
    """The result for everybody; before it is certified without the ballots, and said to be so."""
    row = _row(request, slug, motion)
    if row.phase == "void":
        return _void_page(request, row)
    plenary, state, outcome = _counted(row)
    shown = texts.shown(row.assembly_id, state)
    document: dict[str, Any] = row.document or {}
    ballots = document.get("ballots", [])
    context = {
        "assembly": row.assembly,
        "motion": state,
        "repeated": plenary.motions.get(state.repeats or ""),
        "published": row.document is not None,
        "shown": shown,
        "charts": charts_of(shown, outcome),
        "chosen": shown.options[outcome.chosen - 1] if outcome.chosen else None,
        "sentence": outcome_sentence(outcome),
        "rows": [verdict_row(verdict) for verdict in outcome.verdicts],
        "trust": [
            {"name": electorate_name(each.name), "sentence": trust_of_result(each.level)}
            for each in state.rule.electorates
        ],
        "rule": rule_sentences(state.rule),
        "together": working(outcome.together) if outcome.together else None,
        "departs_from": ", ".join(electorate_name(name) for name in outcome.departs_from),
        "drawing": drawing(outcome),
        "drawn": verdict_row(deciding_verdict(outcome)),
        "heads": [(electorate_name(name), head) for name, head in document.get("heads", {}).items()],
        "names": [{**ballot, "label": choice_name(ballot["choice"])} for ballot in ballots if "voter" in ballot],
        "board": [{**ballot, "label": choice_name(ballot["choice"])} for ballot in ballots if "token" in ballot],
        "proposals": texts.proposals(row.assembly_id, plenary, state),
        "proposal": texts.proposal(row.assembly_id, plenary, state),
        "history": texts.history(shown),
        "statements": texts.stated_in_public(row.assembly_id, state) if row.document else [],
        "takes_statements": takes_statements(state, clock.now()),
        "source": Recommendation.objects.filter(key=state.source).first(),
    }
    return render(request, "plenary/result.html", context)


def _void_page(request: HttpRequest, row: Motion) -> HttpResponse:
    plenary = queries.state_of(row.assembly_id)
    motion = plenary.motions[row.key]
    repetition = repetition_of(plenary, motion)
    context = {
        "assembly": row.assembly,
        "motion": motion,
        "shown": texts.shown(row.assembly_id, motion),
        "repetition": repetition if repetition and (repetition.outcome or repetition.phase == "void") else None,
    }
    return render(request, "plenary/result_void.html", context)


@require_GET
def result_json(request: HttpRequest, slug: str, motion: str) -> JsonResponse:
    """The file that `recount.py` counts again."""
    row = _row(request, slug, motion)
    if row.document is None:
        raise Http404
    return JsonResponse(row.document, json_dumps_params={"indent": 1, "ensure_ascii": False})


@require_GET
def result_svg(request: HttpRequest, slug: str, motion: str) -> HttpResponse:
    """The drawing alone, for print and press."""
    row = _row(request, slug, motion)
    _, state, outcome = _counted(row)
    context: dict[str, Any] = {"alone": True, "sentence": outcome_sentence(outcome)}
    if outcome.tables:
        context["chart"] = charts_of(texts.shown(row.assembly_id, state), outcome)[0]
        return render(request, "plenary/bars.svg", context, content_type="image/svg+xml")
    context["drawing"] = drawing(outcome)
    return render(request, "plenary/hemicycle.svg", context, content_type="image/svg+xml")


@require_GET
def recount_program(request: HttpRequest, program: str) -> FileResponse:
    """A stand-alone program, one page of Python each: for yes and no, for choices among options, for permits."""
    path = Path(str(PROGRAMS[program].__file__))
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="text/x-python")


def drawing(outcome: Outcome) -> dict[str, Any]:
    """The deciding electorate's seats with what each says, wedge by wedge: yes, abstained, did not vote, no."""
    counted = deciding_verdict(outcome).count
    absent = counted.entitled - counted.cast
    return _drawn(["yes"] * counted.yes + ["abstain"] * counted.abstain + ["absent"] * absent + ["no"] * counted.no)


def drawing_of_turnout(voted: int, entitled: int) -> dict[str, Any]:
    """A seat for everybody entitled, filled as people vote; nobody's own."""
    return _drawn(["in"] * voted + ["absent"] * (entitled - voted))


def _drawn(says: Sequence[str]) -> dict[str, Any]:
    """All coordinates are text, so that no page language writes a comma into them."""
    layout = hall(max(1, len(says)))
    arm = round(layout.radius * 0.4, 1)
    return {
        "box": f"0 0 {layout.width} {layout.height}",
        "radius": str(layout.radius),
        "seats": [
            {"x": str(x), "y": str(y), "says": each, "cross": _cross(x, y, arm=arm) if each == "no" else ""}
            for (x, y), each in zip(layout.seats, says, strict=False)
        ],
    }


def _cross(x: float, y: float, *, arm: float) -> str:
    whole = round(2 * arm, 1)
    return f"M {round(x - arm, 1)} {round(y - arm, 1)} l {whole} {whole} m 0 -{whole} l -{whole} {whole}"
