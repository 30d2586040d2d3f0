"""An organiser writes and publishes, a translator signs, everybody reads in their own language, and nobody before."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from assemblies.models import Member
from hemicycle.realtime import COMMANDS, KINDS
from learning.core.materials import Content, Material, MaterialAdd, MaterialChange, MaterialMove, MaterialPublish
from learning.queries import learning_of, state_of
from learning.services import create_learning
from live.registry import install
from live.services import submit
from rooms import services as rooms
from tests.cast import Cast, make_cast
from tests.factories import bring_translations, make_member
from tests.laws import assert_law
from tests.shell.assemblies.cast import let_in, signed_in
from translation import queries as texts

pytestmark = pytest.mark.django_db
CONTENT = Content("Ruido", "El ruido enferma.\n\nLa calle mide 65 dB.", "Qué hace el ruido.", "Ayuntamiento, 2025")
FORM = {"title": "Ruido", "summary": "Qué hace el ruido.", "source": "Ayuntamiento, 2025",
        "text": "El ruido enferma.\r\n\r\nLa calle mide 65 dB."}  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    install(kinds=KINDS, doors=COMMANDS)
    return make_cast()


@pytest.fixture
def olga(cast: Cast) -> Client:
    return signed_in(cast.olga)


@pytest.fixture
def rui(cast: Cast) -> Member:
    return make_member(cast.assembly, "Rui", role="translator", lang="fr", chamber="")


def added(cast: Cast, content: Content = CONTENT, *, publish: bool = True) -> Material:
    stream = create_learning(cast.assembly.pk)
    submit(stream, MaterialAdd("es", content))
    material = state_of(cast.assembly.pk).materials[-1]
    if publish:
        submit(stream, MaterialPublish(material.key))
    return material


def organise(cast: Cast, olga: Client, act: str, form: dict[str, str]) -> Any:
    return olga.post(f"/organise/{cast.assembly.slug}/materials/{act}/", form)


def read(member: Member) -> str:
    return let_in(member).get(f"/m/{member.key}/materials/").content.decode()


def test_an_organiser_writes_orders_publishes_and_withdraws(cast: Cast, olga: Client) -> None:
    page = f"/organise/{cast.assembly.slug}/materials/"
    assert olga.get(page).status_code == 200
    form = {f"new-{name}": value for name, value in FORM.items()} | {"new-lang": "es"}
    assert [organise(cast, olga, "write", form).status_code for _ in range(2)] == [302, 302]
    one, two = (each.key for each in state_of(cast.assembly.pk).materials)
    for act, key in (("later", one), ("publish", two), ("publish", one), ("withdraw", one), ("drop", one)):
        assert organise(cast, olga, act, {"material": key}).status_code == 302
    assert [(each.key, each.published_at is None) for each in state_of(cast.assembly.pk).materials] == [(two, False)]
    assert organise(cast, olga, "drop", {"material": two}).status_code == 409
    assert organise(cast, olga, "publish", {"material": one}).status_code == 409
    assert organise(cast, olga, "burn", {"material": two}).status_code == 409


def test_a_wrong_form_keeps_what_was_typed(cast: Cast, olga: Client) -> None:
    answer = organise(cast, olga, "write", {"new-lang": "es", "new-title": "", "new-text": "Mucho trabajo."})
    assert answer.status_code == 400
    assert "Mucho trabajo." in answer.content.decode()
    long = {f"new-{name}": value for name, value in FORM.items()} | {"new-lang": "es", "new-text": "x" * 2001}
    answer = organise(cast, olga, "write", long)
    assert (answer.status_code, "x" * 2001 in answer.content.decode()) == (409, True)
    assert state_of(cast.assembly.pk).materials == ()


def test_only_its_organisers_come_in(cast: Cast) -> None:
    stranger = signed_in(make_cast().olga)
    assert stranger.get(f"/organise/{cast.assembly.slug}/materials/").status_code == 404
    form = {f"new-{name}": value for name, value in FORM.items()} | {"new-lang": "es"}
    assert organise(cast, stranger, "write", form).status_code == 404


def test_everybody_reads_what_is_published_in_their_language_and_sees_whose_words_they_are(cast: Cast) -> None:
    added(cast)
    bring_translations(learning_of(cast.assembly.pk), "fr")
    french, spanish = read(cast.bo), read(cast.ana)
    assert "(fr) La calle mide 65 dB." in french
    assert french.count("traduction automatique") == 1
    assert "Ayuntamiento, 2025" in french
    assert "(fr) Ayuntamiento" not in french
    assert "La calle mide 65 dB." in spanish
    assert "traducción automática" not in spanish
    public = Client().get(f"/a/{cast.assembly.slug}/materials/?lang=fr").content.decode()
    assert "(fr) El ruido enferma." in public


def test_what_no_route_reaches_is_the_original_and_says_so_once(cast: Cast) -> None:
    added(cast)
    page = read(cast.bo)
    assert ("La calle mide 65 dB." in page, page.count("texte original")) == (True, 1)


def test_a_doubt_stands_at_every_text_where_all_are_doubtful(cast: Cast) -> None:
    added(cast, Content("Ruido", "Uno."))
    bring_translations(learning_of(cast.assembly.pk), "fr", doubts=("number",))
    assert "chip doubt" in read(cast.bo)


def test_nobody_reads_what_is_not_published(cast: Cast, rui: Member) -> None:
    material = added(cast, publish=False)
    room = rooms.create_room(cast.assembly)
    rooms.seat_member(room, cast.ana)
    everybody = [cast.ana, cast.bo, cast.fatou, cast.otto]
    assert not any("El ruido" in read(each) for each in everybody)
    assert "El ruido" not in Client().get(f"/a/{cast.assembly.slug}/materials/").content.decode()
    assert "materials/" not in let_in(cast.ana).get(f"/m/{cast.ana.key}/").content.decode()
    stream = learning_of(cast.assembly.pk)
    kind = next(each for each in KINDS if each.name == "learning")
    assert {kind.standing(stream, actor) for actor in cast.actors().values()} == {None}
    submit(stream, MaterialPublish(material.key))
    assert "materials/" in let_in(cast.ana).get(f"/m/{cast.ana.key}/").content.decode()
    boot = let_in(cast.ana).get(f"/m/{cast.ana.key}/room/{room.pk}/").context["boot"]
    assert boot["materials"] == f"/m/{cast.ana.key}/materials/"


def test_a_closed_assembly_shows_its_materials_to_members_only(cast: Cast) -> None:
    added(cast)
    cast.assembly.public = False
    cast.assembly.save()
    assert Client().get(f"/a/{cast.assembly.slug}/materials/").status_code == 404
    assert "El ruido enferma." in read(cast.ana)
    assert Client().get(f"/m/{cast.ana.key}/materials/").status_code == 403


def test_somebody_who_comes_later_reads_it_in_a_language_of_their_own(cast: Cast) -> None:
    added(cast)
    ines = make_member(cast.assembly, "Inês", lang="pt")
    read(ines)
    bring_translations(learning_of(cast.assembly.pk), "pt")
    assert "(pt) El ruido enferma." in read(ines)


def signed(rui: Member, key: str, original: str, text: str) -> int:
    form = {"original": [original], "text": [text]}
    return let_in(rui).post(f"/m/{rui.key}/translate/{key}/fr/", form).status_code


def test_a_translator_signs_before_it_is_published_and_a_changed_paragraph_alone_loses_it(
    cast: Cast, rui: Member, olga: Client
) -> None:
    material = added(cast, publish=False)
    first, second = material.paragraphs
    listed = let_in(rui).get(f"/m/{rui.key}/translate/", {"to": "fr"}).context["texts"]
    assert [[*official.parts.values()] for official, _ in listed] == [
        ["Titre", "En quelques mots simples", "Paragraphe 1", "Paragraphe 2"]
    ]
    assert signed(rui, first, "El ruido enferma.", "Le bruit rend malade.") == 302
    assert signed(rui, second, "La calle mide 65 dB.", "Dans la rue : 65 dB.") == 302
    assert signed(rui, str(material.source), "Ayuntamiento, 2025", "Mairie, 2025") == 404
    change = {f"{material.key}-{name}": value for name, value in FORM.items()} | {"change": material.key}
    change[f"{material.key}-text"] = "El ruido enferma.\r\n\r\nLa calle mide 70 dB."
    assert organise(cast, olga, "write", change).status_code == 302
    now = state_of(cast.assembly.pk).materials[0]
    assert (now.paragraphs[0], now.paragraphs[1] != second) == (first, True)
    shown = texts.shown(learning_of(cast.assembly.pk), now.paragraphs, "fr")
    assert {key: (words.label or {})["status"] for key, words in shown.items()} == {first: "signed"}
    assert signed(rui, second, "La calle mide 65 dB.", "Dans la rue : 65 dB.") == 404
    page = olga.get(f"/organise/{cast.assembly.slug}/materials/?lang=en").content.decode()
    assert "1 of 4 texts translated" in page


def test_its_log_keeps_the_laws_of_every_stream(cast: Cast) -> None:
    stream = create_learning(cast.assembly.pk)
    assert assert_law(stream, lambda: submit(stream, MaterialAdd("es", CONTENT))) == [
        "material.added", *["part.written"] * 3, *["paragraph.written"] * 2,
    ]  # fmt: skip
    key = state_of(cast.assembly.pk).materials[0].key
    change = MaterialChange(key, Content("Ruido", "Otra cosa."))
    assert assert_law(stream, lambda: submit(stream, change)) == [
        "part.written", "part.written", "paragraph.dropped", "paragraph.dropped", "paragraph.written",
    ]  # fmt: skip
    assert assert_law(stream, lambda: submit(stream, MaterialMove(key, "later"))) == []
