"""The assembly's translator reviews and signs motions, drafts and steps, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest

from assemblies.models import Member
from floor.core.commands import MemberArrive
from hemicycle.realtime import COMMANDS, KINDS
from kernel.errors import Refused
from live.queries import words
from live.registry import install
from live.services import submit
from plenary.core.motions import MotionAdd
from plenary.core.presets import conference
from plenary.queries import plenary_of
from plenary.services import create_plenary
from plenary.signing import sign_text
from public.translating import Official
from recommendations.core.drafting import DraftAccept, DraftSubmit, DraftWrite
from recommendations.models import Recommendation, Revision
from rooms import services as rooms
from rooms.models import Room
from sittings.core.types import SittingAdvance, SittingBegin, StepAdd, StepChange, StepPlan
from sittings.queries import state_of
from sittings.services import create_sitting
from tests.cast import Cast, make_cast
from tests.factories import make_member
from tests.shell.assemblies.cast import let_in
from tests.shell.plenary.voting import Vote
from translation import queries as texts
from translation.core.sides import side_by_side
from translation.memory import memory_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    install(kinds=KINDS, doors=COMMANDS)
    return make_cast()


@pytest.fixture
def rui(cast: Cast) -> Member:
    return make_member(cast.assembly, "Rui", role="translator", lang="fr", chamber="")


def sides(vote: Vote, *texts: str) -> dict[str, list[str]]:
    """A form with these translations of a motion's sentences."""
    return {"original": sentences(vote), "text": [*texts]}


def sentences(vote: Vote) -> list[str]:
    text = words([vote.state.recommendation])[vote.state.recommendation].text
    return [row.original for row in side_by_side(text, "", source="es", target="fr")]


def page(member: Member, key: str, form: dict[str, list[str]] | None = None, lang: str = "fr") -> Any:
    address = f"/m/{member.key}/translate/{key}/{lang}/"
    return let_in(member).post(address, form) if form else let_in(member).get(address)


TWO = "Cerrar el centro los domingos. Más bancos."


def test_what_is_signed_stands_for_everybody_and_says_so(cast: Cast, rui: Member) -> None:
    vote = Vote(cast.assembly, text=TWO)
    key = vote.state.recommendation
    assert page(rui, key, sides(vote, "Fermer le centre le dimanche.", "Plus de bancs.")).status_code == 302
    shown = texts.shown(plenary_of(cast.assembly.pk), [key], "fr")[key]
    assert (shown.text, shown.label) == ("Fermer le centre le dimanche. Plus de bancs.", {"status": "signed"})
    ballot = let_in(cast.bo).get(f"/m/{cast.bo.key}/motions/{vote.key}/?lang=fr").content.decode()
    assert "Fermer le centre le dimanche." in ballot
    assert "relu par une personne traductrice" in ballot
    assert page(rui, key, sides(vote, "Fermons le centre le dimanche.", "Plus de bancs.")).status_code == 302
    assert texts.shown(plenary_of(cast.assembly.pk), [key], "fr")[key].text.startswith("Fermons")


def test_a_text_is_signed_whole_or_not_at_all(cast: Cast, rui: Member) -> None:
    vote = Vote(cast.assembly, text=TWO)
    key = vote.state.recommendation
    partly = {"original": sentences(vote)[:1], "text": ["Fermer le centre le dimanche."]}
    assert [page(rui, key, form).status_code for form in (sides(vote, "Fermer.", " "), partly)] == [409, 409]
    assert texts.shown(plenary_of(cast.assembly.pk), [key], "fr") == {}


def test_what_people_read_in_a_step_is_signed_as_long_as_it_has_not_passed(cast: Cast, rui: Member) -> None:
    stream = create_sitting(cast.assembly.pk)
    plan = StepPlan("exercise", 60_000)
    submit(stream, StepAdd(plan, "Bancos", "es", "Buscad un banco. Contadlo."))
    submit(stream, StepAdd(plan, None, "fr", "Cherchez un banc."))
    step, other = state_of(cast.assembly.pk).agenda
    named = {each.name: [*each.parts.values()] for each in translated_list(rui)}
    assert named == {"Étape 1 : Exercice": ["Titre", "Ce qu’on y lit"]}
    assert (page(rui, str(other.text)).status_code, page(rui, str(other.text), lang="ca").status_code) == (404, 200)
    form = {"original": ["Buscad un banco.", "Contadlo."], "text": ["Trouvez un banc.", "Racontez-le."]}
    assert page(rui, str(step.text), form).status_code == 302
    shown = texts.shown(stream, [str(step.text)], "fr")[str(step.text)]
    assert (shown.text, shown.label) == ("Trouvez un banc. Racontez-le.", {"status": "signed"})
    submit(stream, StepChange(step.key, plan, text="Buscad otro banco.", lang="es"))
    anew = str(state_of(cast.assembly.pk).agenda[0].text)
    assert (page(rui, str(step.text), form).status_code, page(rui, anew).status_code) == (404, 200)
    rooms.create_room(cast.assembly)
    submit(stream, SittingBegin())
    assert page(rui, anew).status_code == 200
    submit(stream, SittingAdvance(step.key))
    assert page(rui, anew).status_code == 404


def translated_list(member: Member) -> list[Official]:
    answer = let_in(member).get(f"/m/{member.key}/translate/", {"to": "fr"})
    return [official for official, _parts in answer.context["texts"]]


def test_what_was_signed_before_another_version_changed_is_listed_to_be_signed_again(cast: Cast, rui: Member) -> None:
    vote = Vote(cast.assembly, text=TWO)
    key = vote.state.recommendation
    page(rui, key, sides(vote, "Fermer.", "Des bancs."))
    for benches in ("Bancs.", "Més bancs."):
        page(rui, key, sides(vote, "Tancar.", benches), lang="ca")
    address, again = f"/m/{rui.key}/translate/?to=fr&lang=en", "look at this one again"
    assert again in let_in(rui).get(address).content.decode()
    assert page(rui, key).context["is_reopened"]
    assert page(rui, key, sides(vote, "Fermer.", "Des bancs.")).status_code == 302
    assert again not in let_in(rui).get(address).content.decode()


def test_only_the_translator_signs(cast: Cast, rui: Member) -> None:
    vote = Vote(cast.assembly, text=TWO)
    others = [getattr(cast, name) for name in cast.actors()]
    assert {let_in(each).get(f"/m/{each.key}/translate/").status_code for each in others} == {404}
    assert {page(each, vote.state.recommendation, sides(vote, "A.", "B.")).status_code for each in others} == {404}
    assert let_in(rui).get(f"/m/{rui.key}/translate/?to=fr&lang=en").status_code == 200
    assert page(rui, vote.state.recommendation, lang="es").status_code == 404


def test_once_the_vote_is_open_the_text_stays(cast: Cast, rui: Member) -> None:
    vote = Vote(cast.assembly).open()
    with pytest.raises(Refused, match=r"motion\.wrong_phase"):
        sign_text(cast.assembly.pk, vote.state.recommendation, "Autre chose.", lang="fr", by=rui.key)
    assert page(rui, vote.state.recommendation).status_code == 404


def test_sentences_signed_before_are_offered_with_what_differs(cast: Cast, rui: Member) -> None:
    vote = Vote(cast.assembly, text=TWO)
    page(rui, vote.state.recommendation, sides(vote, "Fermer le centre le dimanche.", "Plus de bancs."))
    memory = memory_of(f"assembly.{cast.assembly.pk}", source="es", target="fr")
    (near,) = memory.like("Cerrar el centro los sábados.")
    assert (near.text, 70 <= near.percent < 100) == ("Fermer le centre le dimanche.", True)
    assert [each for each in near.changes if each.kind != "same"] == [("gone", "domingos"), ("new", "sábados")]
    assert [(each.text, each.percent) for each in memory.like("Más bancos.")] == [("Plus de bancs.", 100)]
    assert memory.like("Un tranvía nuevo.") == []
    assert memory_of("assembly.0", source="es", target="fr").like("Más bancos.") == []


def test_a_remembered_sentence_is_taken_over_and_nothing_signed_yet(cast: Cast, rui: Member) -> None:
    first, second = Vote(cast.assembly, text=TWO), Vote(cast.assembly, text="Más bancos. Menos ruido.")
    page(rui, first.state.recommendation, sides(first, "Fermer le centre le dimanche.", "Plus de bancs."))
    form = {**sides(second, "Des bancs.", "Moins de bruit."), "take": ["0.0"]}
    shown = page(rui, second.state.recommendation, form)
    assert [line.row.text for line in shown.context["lines"]] == ["Plus de bancs.", "Moins de bruit."]
    assert texts.shown(plenary_of(cast.assembly.pk), [second.state.recommendation], "fr") == {}


@pytest.fixture
def draft(cast: Cast) -> tuple[Room, str]:
    """Ana's room wrote a draft; the key of its recommendation."""
    room = rooms.create_room(cast.assembly)
    for member in (cast.ana, cast.bo):
        rooms.seat_member(room, member)
    rooms.open_room(room)
    submit(room.stream, DraftWrite(None, 0, "", "Más bancos.", "", "es"), by=cast.ana.key)
    return room, Revision.objects.get().recommendation


def test_a_draft_that_is_written_anew_has_to_be_signed_anew(cast: Cast, rui: Member, draft: tuple[Room, str]) -> None:
    room, key = draft
    assert page(rui, key, {"original": ["Más bancos."], "text": ["Plus de bancs."]}).status_code == 302
    assert texts.shown(room.stream, [key], "fr")[key].label == {"status": "signed"}
    again = DraftWrite(Revision.objects.get().draft, 1, "", "Más bancos y árboles.", "", "es")
    submit(room.stream, again, by=cast.ana.key)
    newest = Revision.objects.latest("number").recommendation
    assert texts.shown(room.stream, [newest], "fr") == {}
    assert (page(rui, key).status_code, page(rui, newest).status_code) == (404, 200)


def test_what_was_signed_in_the_room_stands_in_the_plenary(cast: Cast, rui: Member, draft: tuple[Room, str]) -> None:
    room, key = draft
    page(rui, key, {"original": ["Más bancos."], "text": ["Plus de bancs."]})
    for member in (cast.ana, cast.bo):
        submit(room.stream, MemberArrive(member.key))
        submit(room.stream, DraftAccept(Revision.objects.get().draft, 1), by=member.key)
    submit(room.stream, DraftSubmit(Revision.objects.get().draft, 1), by=cast.ana.key)
    stream = create_plenary(cast.assembly.pk)
    submit(stream, MotionAdd(Recommendation.objects.get().key, conference()))
    shown = texts.shown(stream, [key], "fr")[key]
    assert (shown.text, shown.label) == ("Plus de bancs.", {"status": "signed"})
