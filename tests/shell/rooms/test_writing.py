"""A draft that several people write at once: who may, what fits, what survives, and what becomes a version."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Text

from hemicycle.realtime import COMMANDS, DOCUMENTS, KINDS
from kernel.errors import Refused
from live import folds, queries
from live.documents import Added
from live.models import Event
from live.names import DocumentName, document_name, parse_document
from live.registry import install
from live.services import submit
from recommendations import writing
from recommendations.core.drafting import DraftAccept, DraftBegin, DraftFreeze, DraftSubmit, DraftWrite
from recommendations.models import DraftText, Recommendation, Revision, TextUpdate
from recommendations.models import Pen as PenRow
from recommendations.writing import FOLD_EVERY, clients_in
from rooms import services
from rooms.core.types import MemberRemove
from rooms.models import Room
from rooms.queries import state_of
from rooms.writing import add, missing
from tests.cast import Cast, make_cast
from tests.laws import assert_law
from tests.shell.rooms.pens import Pen

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    install(kinds=KINDS, doors=COMMANDS, documents=DOCUMENTS)
    return make_cast()


@pytest.fixture
def room(cast: Cast) -> Room:
    from floor.core.commands import MemberArrive

    made = services.create_room(cast.assembly)
    for member in (cast.ana, cast.bo, cast.fatou):
        services.seat_member(made, member)
    services.open_room(made)
    for member in (cast.ana, cast.bo):
        submit(made.stream, MemberArrive(member.key), by=member.key)
    return made


@pytest.fixture
def draft(room: Room, cast: Cast) -> DocumentName:
    """The common text of a draft that Ana began."""
    submit(room.stream, DraftBegin(), by=cast.ana.key)
    return parse_document(document_name(room.stream, "draft", next(iter(state_of(room).drafts))))


def stored(draft: DocumentName) -> Pen:
    """Somebody who opens the text now."""
    reader = Pen("en")
    reader.take(missing(draft, b"").update)
    return reader


def refusal(draft: DocumentName, update: bytes, by: str, member: str | None = None) -> str:
    before = missing(draft, b"")
    with pytest.raises(Refused) as caught:
        add(draft, update, by, member)
    assert missing(draft, b"") == before
    return caught.value.code


def test_what_two_people_write_at_once_is_one_text_with_both_in_it(draft: DocumentName, cast: Cast) -> None:
    ana, bo = Pen("es"), Pen("fr")
    first = add(draft, ana.type("Los domingos sin coches."), cast.ana.key)
    second = add(draft, bo.type("\nDes bus gratuits."), cast.bo.key)
    assert [added.seq for added in (first, second) if added] == [1, 2]
    for pen, theirs in ((ana, second), (bo, first)):
        assert isinstance(theirs, Added)
        pen.take(theirs.update)
    assert ana.says() == bo.says() == stored(draft).says()
    assert "Los domingos sin coches." in ana.says()
    assert "Des bus gratuits." in ana.says()


def test_an_update_is_stored_with_its_author_and_nothing_of_it_stands_in_the_log(
    draft: DocumentName, cast: Cast
) -> None:
    add(draft, Pen("es").type("Sombra en la plaza."), cast.ana.key)
    assert TextUpdate.objects.get().member == cast.ana.key
    assert not [row for row in Event.objects.all() if "Sombra" in str(row.data)]


def test_the_same_update_twice_changes_nothing(draft: DocumentName, cast: Cast) -> None:
    update = Pen("es").type("Una vez.")
    assert add(draft, update, cast.ana.key)
    assert add(draft, update, cast.ana.key) is None
    assert stored(draft).says() == "Una vez."


def test_who_asks_gets_only_what_they_lack(draft: DocumentName, cast: Cast) -> None:
    ana = Pen("es")
    add(draft, ana.type("Un texto bastante largo. " * 20), cast.ana.key)
    whole, rest = missing(draft, b""), missing(draft, ana.doc.get_state())
    assert len(rest.update) < len(whole.update) / 10
    assert whole.vector == ana.doc.get_state()


def test_only_those_who_speak_in_the_room_write(draft: DocumentName, cast: Cast) -> None:
    codes = dict.fromkeys(("chen", "otto"), "room.not_seated") | {"fatou": "draft.not_yours"}
    found = {name: refusal(draft, Pen("es").type("No."), getattr(cast, name).key) for name in codes}
    assert found == codes
    assert refusal(draft, Pen("es").type("No."), cast.bo.key, cast.ana.key) == "scribe.not_yours"


def test_a_text_of_another_room_is_nobodys_here(draft: DocumentName, room: Room, cast: Cast) -> None:
    other = services.create_room(cast.assembly)
    strange = parse_document(document_name(other.stream, "draft", draft.key))
    with pytest.raises(Refused, match="unknown"):
        add(strange, Pen("es").type("No."), cast.ana.key)
    with pytest.raises(Refused, match="unknown"):
        missing(strange, b"")


def test_who_was_sent_out_or_moved_while_writing_writes_no_further(draft: DocumentName, room: Room, cast: Cast) -> None:
    ana, bo = Pen("es"), Pen("fr")
    add(draft, ana.type("Antes. "), cast.ana.key)
    add(draft, bo.type("Avant. "), cast.bo.key)
    submit(room.stream, MemberRemove(cast.ana.key), by=cast.fatou.key)
    services.move_member(cast.bo, to=services.create_room(cast.assembly))
    assert refusal(draft, ana.type("Después."), cast.ana.key) == "room.not_seated"
    assert refusal(draft, bo.type("Après."), cast.bo.key) == "room.not_seated"
    assert {"Antes.", "Avant."} <= set(stored(draft).says().split())


def test_nobody_writes_while_the_room_is_closed(draft: DocumentName, room: Room, cast: Cast) -> None:
    services.close_room(room)
    assert refusal(draft, Pen("es").type("Tarde."), cast.ana.key) == "room.not_open"


def test_each_field_has_its_length(draft: DocumentName, cast: Cast) -> None:
    assert refusal(draft, Pen("es").type("x" * 201, field="title"), cast.ana.key) == "text.too_long"
    assert refusal(draft, Pen("es").type("x" * 4001), cast.ana.key) == "text.too_long"
    assert add(draft, Pen("es").type("é" * 4000), cast.ana.key)


def test_what_was_too_long_goes_in_once_it_is_shorter(draft: DocumentName, cast: Cast) -> None:
    ana = Pen("es")
    ana.type("x" * 4001)
    ana.erase()
    ana.type("Corto.")
    assert add(draft, ana.doc.get_update(), cast.ana.key)
    assert stored(draft).says() == "Corto."


def hidden_field() -> bytes:
    doc: Doc[Text] = Doc()
    doc.get("elsewhere", type=Text).insert(0, "hidden", {"lang": "es"})
    return doc.get_update()


def embedded() -> bytes:
    doc: Doc[Text] = Doc()
    doc.get("title", type=Text).insert_embed(0, {"image": "x"})
    return doc.get_update()


@pytest.mark.parametrize(
    "update",
    [
        b"",
        b"\x01\x02garbage",
        hidden_field(),
        embedded(),
        Pen("xx").type("a language that does not exist"),
        Pen("es").type("bold", mark={"lang": "es", "bold": True}),
    ],
    ids=["nothing", "garbage", "a hidden field", "a picture", "no language", "bold"],
)
def test_what_is_no_plain_text_is_refused(draft: DocumentName, cast: Cast, update: bytes) -> None:
    assert refusal(draft, update, cast.ana.key) == "document.unreadable"


@given(garbage=st.binary(max_size=60))
def test_no_bytes_do_more_than_be_refused(garbage: bytes) -> None:
    with suppress(ValueError):
        writing._applied(Doc(), garbage)


def test_nobody_writes_with_anothers_pen(draft: DocumentName, cast: Cast) -> None:
    add(draft, Pen("es", client=7).type("Soy Ana."), cast.ana.key)
    forged = Pen("es", client=7)
    forged.take(missing(draft, b"").update)
    assert refusal(draft, forged.type(" Y digo más."), cast.bo.key) == "document.not_yours"
    assert dict(PenRow.objects.values_list("client", "member")) == {7: cast.ana.key}


def test_what_stands_on_words_that_never_came_is_told_to_nobody(draft: DocumentName, cast: Cast) -> None:
    bo = Pen("fr")
    bo.type("Jamais envoyé. ")
    assert add(draft, bo.type("Dessus."), cast.bo.key) is None
    assert stored(draft).says() == ""
    assert not PenRow.objects.exists()


def test_many_updates_are_folded_and_nothing_is_lost(draft: DocumentName, cast: Cast) -> None:
    ana = Pen("es")
    for number in range(FOLD_EVERY + 5):
        assert add(draft, ana.type(f"{number} "), cast.ana.key)
    text = DraftText.objects.get()
    assert (text.seq, text.state_seq, text.updates.count()) == (FOLD_EVERY + 5, FOLD_EVERY, 5)
    assert stored(draft).says() == ana.says()


def test_a_process_that_remembers_nothing_goes_on(draft: DocumentName, cast: Cast) -> None:
    ana = Pen("es")
    add(draft, ana.type("Antes del corte. "), cast.ana.key)
    folds.forget()
    add(draft, ana.type("Después del corte."), cast.ana.key)
    assert stored(draft).says() == "Antes del corte. Después del corte."


def test_who_was_offline_comes_back_and_both_texts_stay(draft: DocumentName, cast: Cast) -> None:
    ana, bo = Pen("es"), Pen("fr")
    first = add(draft, ana.type("Uno. "), cast.ana.key)
    assert first
    bo.take(first.update)
    bo.type("Deux. ")
    bo.type("Trois. ")
    add(draft, ana.type("Dos. "), cast.ana.key)
    found = missing(draft, bo.doc.get_state())
    bo.take(found.update)
    add(draft, bo.doc.get_update(found.vector), cast.bo.key)
    assert stored(draft).says() == bo.says()
    assert {"Uno.", "Dos.", "Deux.", "Trois."} == set(bo.says().split())


def test_who_was_erased_wrote_none_of_it_the_text_stays_and_their_pen_writes_no_more(
    draft: DocumentName, cast: Cast
) -> None:
    ana = Pen("es")
    add(draft, ana.type("Queda."), cast.ana.key)
    for table in (TextUpdate, PenRow):  # as SECURITY.md says
        table.objects.filter(member=cast.ana.key).update(member="")
    assert stored(draft).says() == "Queda."
    assert refusal(draft, ana.type(" Más."), cast.ana.key) == "document.not_yours"


# --- versions


def freeze(room: Room, draft: DocumentName, by: str, base: int = 0) -> None:
    submit(room.stream, DraftFreeze(draft.key, base), by=by)


def test_the_text_becomes_a_version_and_the_path_goes_on(draft: DocumentName, room: Room, cast: Cast) -> None:
    ana = Pen("es")
    add(draft, ana.type("Domingos", field="title"), cast.ana.key)
    add(draft, ana.type("Sin coches. "), cast.ana.key)
    freeze(room, draft, cast.bo.key)
    version = state_of(room).drafts[draft.key].newest
    words = queries.words([version.title or "", version.recommendation])
    assert [words[key].text for key in (version.title, version.recommendation) if key] == ["Domingos", "Sin coches."]
    assert (version.n, version.member, version.lang, version.reasons) == (1, cast.bo.key, "es", None)
    assert Revision.objects.get().number == 1
    for member in (cast.ana, cast.bo):
        submit(room.stream, DraftAccept(draft.key, 1), by=member.key)
    submit(room.stream, DraftSubmit(draft.key, 1), by=cast.ana.key)
    assert Recommendation.objects.get().recommendation == version.recommendation
    assert refusal(draft, ana.type("Más."), cast.ana.key) == "draft.closed"


def test_freezing_what_is_a_version_already_does_nothing(draft: DocumentName, room: Room, cast: Cast) -> None:
    add(draft, Pen("es").type("Sin coches."), cast.ana.key)
    freeze(room, draft, cast.ana.key)
    freeze(room, draft, cast.bo.key, base=1)
    assert state_of(room).drafts[draft.key].version == 1


def code_of(room: Room, command: object, by: str) -> str:
    with pytest.raises(Refused) as caught:
        submit(room.stream, command, by=by)
    return caught.value.code


def test_a_text_in_two_languages_is_no_version_yet(draft: DocumentName, room: Room, cast: Cast) -> None:
    add(draft, Pen("es").type("Sin coches.\n"), cast.ana.key)
    bo = Pen("fr")
    bo.take(missing(draft, b"").update)
    add(draft, bo.type("Des bus."), cast.bo.key)
    assert code_of(room, DraftFreeze(draft.key, 0), cast.ana.key) == "draft.mixed_languages"


def test_a_mended_word_does_not_change_the_language_of_a_paragraph(draft: DocumentName, room: Room, cast: Cast) -> None:
    ana = Pen("es")
    add(draft, ana.type("Sin choches los domingos."), cast.ana.key)
    bo = Pen("fr")
    bo.take(missing(draft, b"").update)
    add(draft, bo.type("s", at=10), cast.bo.key)
    freeze(room, draft, cast.ana.key)
    assert state_of(room).drafts[draft.key].newest.lang == "es"


def test_an_empty_text_is_no_version(draft: DocumentName, room: Room, cast: Cast) -> None:
    freeze(room, draft, cast.ana.key)
    add(draft, Pen("es").type("  \n "), cast.ana.key)
    freeze(room, draft, cast.ana.key)
    assert state_of(room).drafts[draft.key].version == 0
    add(draft, Pen("es").type("Solo un título", field="title"), cast.ana.key)
    assert code_of(room, DraftFreeze(draft.key, 0), cast.ana.key) == "text.empty"


def test_nobody_accepts_or_sends_a_text_without_a_version(draft: DocumentName, room: Room, cast: Cast) -> None:
    for command in (DraftAccept(draft.key, 0), DraftSubmit(draft.key, 0)):
        assert code_of(room, command, cast.ana.key) == "draft.unwritten"


def test_a_whole_version_does_not_overwrite_what_is_being_written(draft: DocumentName, room: Room, cast: Cast) -> None:
    add(draft, Pen("es").type("Sin coches."), cast.ana.key)
    whole = DraftWrite(draft.key, 0, "", "Otra cosa.", "", "es")
    assert code_of(room, whole, cast.bo.key) == "draft.moved_on"
    assert stored(draft).says() == "Sin coches."


def test_a_whole_version_reaches_the_screens_where_nothing_else_was_written(
    draft: DocumentName, room: Room, cast: Cast
) -> None:
    ana = Pen("es")
    add(draft, ana.type("Sin coches los domingos."), cast.ana.key)
    freeze(room, draft, cast.ana.key)
    submit(room.stream, DraftWrite(draft.key, 1, "Título", "Sin ruido los domingos.", "", "es"), by=cast.bo.key)
    ana.take(missing(draft, ana.doc.get_state()).update)
    assert (ana.says("title"), ana.says()) == ("Título", "Sin ruido los domingos.")


def test_a_draft_written_whole_is_opened_with_what_it_says(room: Room, cast: Cast) -> None:
    submit(room.stream, DraftWrite(None, 0, "Título", "Año 👍 nuevo.\nDos.", "", "es"), by=cast.ana.key)
    key = next(iter(state_of(room).drafts))
    name = parse_document(document_name(room.stream, "draft", key))
    assert (stored(name).says("title"), stored(name).says()) == ("Título", "Año 👍 nuevo.\nDos.")
    assert clients_in(missing(name, b"").vector).keys() == {pen.client for pen in PenRow.objects.all()}


def test_the_log_folds_to_the_same_room(room: Room, cast: Cast) -> None:
    def act() -> None:
        submit(room.stream, DraftBegin(), by=cast.ana.key)
        key = next(iter(state_of(room).drafts))
        add(parse_document(document_name(room.stream, "draft", key)), Pen("es").type("Sí."), cast.ana.key)
        submit(room.stream, DraftFreeze(key, 0), by=cast.bo.key)

    assert assert_law(room.stream, act) == ["draft.begun", "draft.written"]


LINES = st.lists(st.sampled_from(["uno ", "dos\n", "é", "👍", " ", "العربية", "tres"]), max_size=12).map("".join)


@given(before=LINES, after=LINES)
def test_rewriting_says_exactly_what_is_wanted(before: str, after: str) -> None:
    doc: Doc[Text] = Doc()
    text = doc.get("title", type=Text)
    writing._edit(text, before, "es")
    writing._edit(text, after, "ar")
    assert str(text) == after
    assert [run.text for run in writing._runs(doc, "title")] == [part for part, _ in text.diff()]
