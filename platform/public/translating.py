"""The translator's pages: official texts beside their translations, put right sentence by sentence, and signed.

Official are motions until their vote opens, minority statements until they are published, of every draft of a room the
version that counts, what people read in steps of the sitting that have not passed, and materials, published or not. A
text that is written anew is another text, which nobody has signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assemblies.doors import member_required
from assemblies.models import scope_of
from assemblies.queries import reading_languages
from kernel.errors import Refused
from kernel.languages import LANGUAGES, is_foreign, language
from kernel.text import clean_text
from learning.queries import learning_of
from learning.queries import state_of as materials_of
from live import queries as live_queries
from live import rates
from plenary.core.motions import MotionState, parts_of
from plenary.queries import plenary_of, state_of
from plenary.services import create_plenary
from plenary.signing import sign_text
from recommendations.core.drafting import MAX_FIELD
from recommendations.models import Recommendation, Revision
from recommendations.queries import Passage, newest_revisions, passages
from rooms.models import Room
from sittings.queries import sitting_of
from sittings.queries import state_of as steps_of
from sittings.services import create_sitting
from sittings.wording import KINDS
from translation.core.sides import Row, side_by_side, together
from translation.memory import Remembered, memory_of
from translation.queries import reopened
from translation.replacing import sign

LONGER = 2
"""A translation may be so many times as long as the longest text."""


@dataclass(frozen=True, slots=True)
class Official:
    """A motion, a draft, a step or a material: what it is called, and its parts by the keys of their words."""

    name: str
    root: str
    lang: str
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One part as the list shows it."""

    key: str
    name: str
    passage: Passage
    is_reopened: bool
    """It was signed before another version was changed, and waits to be signed again."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as the translator sees it, and what was signed before for sentences like it."""

    row: Row
    memory: list[Remembered]


@require_GET
@member_required
def translate_list(request: Any) -> HttpResponse:
    """Every text that may be signed, in one language; 404 for whoever is no translator here."""
    assembly = _assembly(request)
    codes = reading_languages(assembly)
    lang = request.GET.get("to", request.actor.reads)
    lang = lang if lang in codes else request.actor.reads
    texts = [(each, _parts(each, lang)) for each in _official(assembly) if is_foreign(each.lang, lang)]
    signed = sum(part.passage.status == "signed" and not part.is_reopened for each, parts in texts for part in parts)
    context = {
        "member": request.member, "assembly": request.member.assembly, "to": lang, "codes": codes, "texts": texts,
        "signed": signed, "count": sum(len(parts) for _each, parts in texts),
    }  # fmt: skip
    return render(request, "public/translate.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def translate_text(request: Any, words: str, lang: str) -> HttpResponse:
    """One text beside its translation; what is signed stands for everybody from then on."""
    assembly = _assembly(request)
    official = next((each for each in _official(assembly) if words in each.parts), None)
    if official is None or lang not in LANGUAGES or not is_foreign(official.lang, lang):
        raise Http404
    passage = passages(official.root, [words], lang).get(words)
    if passage is None:
        raise Http404
    rows = _posted(request) or _rows(passage, lang)
    memory = memory_of(scope_of(assembly), source=official.lang, target=lang)
    lines = [Line(row, [each for each in memory.like(row.original) if each.text != row.text]) for row in rows]
    refusal = None
    if "take" in request.POST:
        lines = _taken(lines, request.POST["take"])
    elif request.method == "POST":
        refusal = _signed(request, official, passage, rows, words=words, lang=lang)
        if refusal is None:
            return redirect(f"/m/{request.actor.key}/translate/?to={lang}")
    context = {
        "member": request.member, "assembly": request.member.assembly, "to": lang, "official": official,
        "part": official.parts[words], "passage": passage, "lines": lines, "refusal": refusal,
        "is_reopened": words in reopened(official.root, [words], lang),
    }  # fmt: skip
    return render(request, "public/translate_text.html", context, status=409 if refusal else 200)


def _assembly(request: Any) -> int:
    if request.actor.role != "translator":
        raise Http404
    return int(request.actor.assembly)


def _official(assembly: int) -> list[Official]:
    """Motions first, then drafts that are no motion yet, then steps, then materials."""
    create_plenary(assembly)
    create_sitting(assembly)
    motions = state_of(assembly).motions.values()
    sources = [part.source for each in motions for part in parts_of(each)]
    used = Recommendation.objects.filter(key__in=sources).values_list("draft", flat=True)
    drafts = [each for each in newest_revisions(assembly) if each.draft not in set(used)]
    rooms = {room.stream: room for room in Room.objects.filter(assembly=assembly)}
    return [
        *(each for motion in motions if motion.phase == "draft" for each in _of_motion(assembly, motion)),
        *(each for motion in motions if motion.phase in ("open", "closed") for each in _stated(assembly, motion)),
        *(_of_draft(rooms[each.stream], each) for each in drafts if each.stream in rooms),
        *_of_steps(assembly),
        *_of_materials(assembly),
    ]


def _of_motion(assembly: int, motion: MotionState) -> Iterator[Official]:
    for number, part in enumerate(parts_of(motion), start=1):
        name = _("Motion %(number)s") % {"number": motion.number}
        if motion.options:
            name = _("Motion %(number)s, option %(option)s") % {"number": motion.number, "option": number}
        parts = _named(part.title, part.recommendation, part.reasons)
        yield Official(name, plenary_of(assembly), part.lang, parts)


def _stated(assembly: int, motion: MotionState) -> Iterator[Official]:
    """The minority statements on a motion; one query."""
    for key, words in live_queries.words(motion.statements).items():
        name = _("Minority statement on motion %(number)s") % {"number": motion.number}
        yield Official(name, plenary_of(assembly), words.lang, {key: _("Statement")})


def _of_draft(room: Room, revision: Revision) -> Official:
    name = _("Draft of room %(number)s, version %(version)s") % {"number": room.number, "version": revision.number}
    return Official(name, room.stream, revision.lang, _named(revision.title, revision.recommendation, revision.reasons))


def _of_steps(assembly: int) -> Iterator[Official]:
    """What people read in each step to come or going on: one for each language it is written in."""
    agenda = [(number, step) for number, step in enumerate(steps_of(assembly).agenda, 1) if step.ended_at is None]
    written = live_queries.words(key for _number, step in agenda for key in (step.title, step.text) if key)
    for number, step in agenda:
        name = _("Step %(number)s: %(kind)s") % {"number": number, "kind": KINDS[step.plan.kind]}
        named = {step.title: _("Title"), step.text: _("What people read in it")}
        parts = {key: part for key, part in named.items() if key in written}
        for lang in sorted({written[key].lang for key in parts}):
            same = {key: part for key, part in parts.items() if written[key].lang == lang}
            yield Official(name, sitting_of(assembly), lang, same)


def _of_materials(assembly: int) -> Iterator[Official]:
    """The preface first; two queries where there is one."""
    learning = materials_of(assembly)
    names = {"question": _("The question"), "mandate": _("The mandate")}
    written = live_queries.words(learning.preface.values())
    for part, key in learning.preface.items():
        yield Official(_("The assembly"), learning_of(assembly), written[key].lang, {key: names[part]})
    for number, material in enumerate(learning.materials, 1):
        name = _("Material %(number)s") % {"number": number}
        named = {material.title: _("Title"), material.summary: _("In a few plain words")}
        named |= {key: _("Paragraph %(number)s") % {"number": at} for at, key in enumerate(material.paragraphs, 1)}
        parts = {key: part for key, part in named.items() if key}
        yield Official(name, learning_of(assembly), material.lang, parts)


def _named(title: str | None, recommendation: str, reasons: str | None) -> dict[str, str]:
    names = {title: _("Title"), recommendation: _("Recommendation"), reasons: _("Reasons")}
    return {key: name for key, name in names.items() if key}


def _parts(official: Official, lang: str) -> list[Part]:
    """Three queries."""
    texts = passages(official.root, official.parts, lang)
    again = reopened(official.root, official.parts, lang)
    return [Part(key, name, texts[key], key in again) for key, name in official.parts.items() if key in texts]


def _rows(passage: Passage, lang: str) -> tuple[Row, ...]:
    shown = passage.shown.text if passage.is_translated else ""
    return side_by_side(passage.original.text, shown, source=passage.original.lang, target=lang)


def _posted(request: Any) -> tuple[Row, ...]:
    pairs = zip(request.POST.getlist("original"), request.POST.getlist("text"), strict=False)
    return tuple(Row(*(each.replace("\r\n", "\n") for each in pair)) for pair in pairs)


def _taken(lines: Sequence[Line], wanted: str) -> list[Line]:
    """The lines with one remembered translation, `line.place`, in its place."""
    line, _dot, place = wanted.partition(".")
    if not (line.isdecimal() and place.isdecimal() and int(line) < len(lines)):
        return [*lines]
    chosen = lines[int(line)]
    if int(place) >= len(chosen.memory):
        return [*lines]
    taken = Line(replace(chosen.row, text=chosen.memory[int(place)].text), chosen.memory)
    return [taken if each is chosen else each for each in lines]


def _signed(
    request: Any, official: Official, passage: Passage, rows: Sequence[Row], *, words: str, lang: str
) -> Refused | None:
    try:
        rates.take(request.actor.key)
        if not all(row.text.strip() for row in rows):
            raise Refused("signing.incomplete")
        whole = together(passage.original.text, rows, target=language(lang).code)
        if whole is None:
            raise Refused("signing.changed")
        text = clean_text(whole, limit=LONGER * MAX_FIELD)
        _keep(request.actor, official, words, text, lang=lang)
    except Refused as refusal:
        return refusal
    return None


def _keep(actor: Any, official: Official, words: str, text: str, *, lang: str) -> None:
    if official.root == plenary_of(actor.assembly):
        sign_text(actor.assembly, words, text, lang=lang, by=actor.key)
    else:
        sign(official.root, words, text, lang=lang, by=actor.key)
