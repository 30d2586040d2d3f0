"""Corrections, suggested translations and flags, as tables and readers get them."""

from __future__ import annotations

import pytest

from assemblies.models import Member
from hemicycle.realtime import COMMANDS, KINDS
from kernel.errors import Refused
from live import queries
from live.registry import install
from live.services import load, submit
from rooms import services
from rooms.core.control import ContributionHide
from rooms.core.types import NoteMake
from rooms.core.wording import ContributionCorrect, SuggestionAccept, SuggestionMake
from rooms.models import Contribution, FlagMark, FurtherWords, Room
from rooms.queries import state_of
from rooms.said import flag
from tests.cast import Cast, make_cast
from tests.factories import make_assembly, make_member
from tests.shell.assemblies.cast import let_in
from translation import leases
from translation import queries as translations
from translation.core.feed import Credit, Label, TextState
from translation.models import FormerText, Translation
from translation.services import Finished, forget, render

pytestmark = pytest.mark.django_db
LABEL = Label(engine="fixed", version="1", route=("es", "fr"), rough=False)


@pytest.fixture
def cast() -> Cast:
    install(kinds=KINDS, doors=COMMANDS)
    return make_cast()


@pytest.fixture
def eva(cast: Cast) -> Member:
    """She speaks Spanish and reads French."""
    return make_member(cast.assembly, "Eva", lang="es", reads="fr")


@pytest.fixture
def room(cast: Cast, eva: Member) -> Room:
    made = services.create_room(cast.assembly)
    for member in (cast.ana, cast.bo, cast.fatou, eva):
        services.seat_member(made, member)
    services.open_room(made)
    return made


@pytest.fixture
def words(room: Room, cast: Cast) -> str:
    """Ana noted something, and the machine made nonsense of it."""
    submit(room.stream, NoteMake("El banco está lejos.", "es"), by=cast.ana.key)
    translate("La banque est loin.")
    return state_of(room).said[0].words


def translate(text: str) -> None:
    render([Finished(each, "machine", recipe="r", text=text, label=LABEL) for each in leases.claim(10)])


def accepted(room: Room, cast: Cast, eva: Member, words: str) -> None:
    submit(room.stream, SuggestionMake(words, "Le banc est loin.", "fr"), by=eva.key)
    submit(room.stream, SuggestionAccept(*state_of(room).suggestions), by=cast.ana.key)


def test_without_a_seat_here_only_who_organises_the_assembly_judges(
    room: Room, cast: Cast, eva: Member, words: str
) -> None:
    submit(room.stream, SuggestionMake(words, "Le banc est loin.", "fr"), by=eva.key)
    accept = SuggestionAccept(*state_of(room).suggestions)
    elsewhere = make_member(make_assembly(), "Odd", role="organiser")
    for stranger in (cast.chen, elsewhere):
        with pytest.raises(Refused, match="not_yours"):
            submit(room.stream, accept, by=stranger.key)
    organiser = make_member(cast.assembly, "Odile", role="organiser")
    submit(room.stream, accept, by=organiser.key)
    assert state_of(room).suggestions == {}


def feed(room: Room) -> TextState:
    state = load(f"{room.stream}.text.fr").state
    assert isinstance(state, TextState)
    return state


def test_a_correction_is_translated_at_once_and_the_former_text_stays(room: Room, cast: Cast, words: str) -> None:
    submit(room.stream, ContributionCorrect(words, "El banco del parque está lejos.", "es"), by=cast.ana.key)
    translate("Le banc du parc est loin.")
    (wording,) = state_of(room).said[0].corrections
    texts = translations.shown(room.stream, [words, wording], "fr")
    assert [texts[key].text for key in (words, wording)] == ["La banque est loin.", "Le banc du parc est loin."]
    assert (Contribution.objects.get().words, Contribution.objects.get().wording) == (words, wording)


def test_a_correction_comes_before_what_a_newcomer_missed(room: Room, cast: Cast, words: str) -> None:
    submit(room.stream, ContributionCorrect(words, "El banco del parque.", "es"), by=cast.ana.key)
    assert {each.urgency.name for each in leases.claim(10)} == {"LIVE"}


def test_an_accepted_suggestion_takes_the_place_of_the_machines_text(
    room: Room, cast: Cast, eva: Member, words: str
) -> None:
    machine = feed(room).rendered[words].key
    accepted(room, cast, eva, words)
    shown = feed(room).rendered[words]
    assert (shown.status, shown.credit, shown.former) == ("human", Credit(eva.key, cast.ana.key), (machine,))
    texts = translations.words([str(shown.key), str(machine)])
    assert [texts[str(key)].text for key in (shown.key, machine)] == ["Le banc est loin.", "La banque est loin."]
    assert translations.shown(room.stream, [words], "fr")[words].label == {"status": "human"}


def test_a_machine_that_comes_late_changes_nothing(room: Room, cast: Cast, eva: Member) -> None:
    submit(room.stream, NoteMake("El banco.", "es"), by=cast.ana.key)
    late = leases.claim(10)
    words = state_of(room).said[0].words
    accepted(room, cast, eva, words)
    render([Finished(each, "machine", recipe="r", text="La banque.", label=LABEL) for each in late])
    assert translations.shown(room.stream, [words], "fr")[words].text == "Le banc est loin."


def test_a_suggestion_is_not_translated_itself(room: Room, eva: Member, words: str) -> None:
    submit(room.stream, SuggestionMake(words, "Le banc.", "fr"), by=eva.key)
    assert leases.claim(10) == []


def test_hidden_words_take_every_wording_and_suggestion_along(room: Room, cast: Cast, eva: Member, words: str) -> None:
    submit(room.stream, ContributionCorrect(words, "El banco del parque.", "es"), by=cast.ana.key)
    accepted(room, cast, eva, words)
    submit(room.stream, ContributionHide(words, "insult"), by=cast.fatou.key)
    keys = [words, *FurtherWords.objects.values_list("words", flat=True)]
    assert (len(keys), queries.words(keys)) == (3, {})
    rendered = [str(each.key) for each in feed(room).rendered.values()]
    assert translations.words([*rendered, *FormerText.objects.values_list("key", flat=True)]) == {}


@pytest.mark.parametrize("erased", ["original", "suggestion"])
def test_nothing_of_erased_words_is_left(room: Room, cast: Cast, eva: Member, words: str, erased: str) -> None:
    accepted(room, cast, eva, words)
    key = words if erased == "original" else FurtherWords.objects.get().words
    forget([key])
    left = set(Translation.objects.values_list("text", flat=True))
    assert left == (set() if erased == "original" else {"La banque est loin."})


def test_a_flag_counts_once_and_tells_nobody_whose_it_is(room: Room, cast: Cast, words: str) -> None:
    for member in (cast.bo, cast.bo, cast.fatou):
        flag(room, words, lang="fr", member=member.key)
    assert state_of(room).said[0].flags == {"fr": 2}
    assert not any(f'"by":"{cast.bo.key}"' in line.text for line in queries.lines_after(room.stream, 0, limit=500))


def test_an_accepted_suggestion_ends_the_flags(room: Room, cast: Cast, eva: Member, words: str) -> None:
    flag(room, words, lang="fr", member=cast.bo.key)
    accepted(room, cast, eva, words)
    assert (state_of(room).said[0].flags, FlagMark.objects.count()) == ({}, 0)


def test_nobody_flags_the_original_or_what_is_hidden(room: Room, cast: Cast, words: str) -> None:
    with pytest.raises(Refused, match=r"suggestion\.same_language"):
        flag(room, words, lang="es", member=cast.bo.key)
    submit(room.stream, ContributionHide(words, "insult"), by=cast.fatou.key)
    with pytest.raises(Refused, match=r"said\.unknown"):
        flag(room, words, lang="fr", member=cast.bo.key)


def test_the_author_and_who_leads_see_how_it_reads_and_nobody_else(room: Room, cast: Cast, words: str) -> None:
    people = {name: getattr(cast, name) for name in cast.actors()}
    asked = {
        name: let_in(member).get(f"/m/{member.key}/room/{room.pk}/texts/{words}/") for name, member in people.items()
    }
    assert {name: page.status_code for name, page in asked.items()} == {
        "ana": 200, "bo": 404, "chen": 404, "fatou": 200, "otto": 404,
    }  # fmt: skip
    assert asked["ana"].json() == {
        "languages": [{"lang": "fr", "status": "machine", "doubts": [], "rough": False, "flags": 0}]
    }


def test_how_it_reads_is_told_even_where_nothing_brings_it_back(room: Room, cast: Cast, words: str) -> None:
    page = let_in(cast.ana).get(f"/m/{cast.ana.key}/room/{room.pk}/texts/{words}/fr/")
    assert page.json() == {"text": "La banque est loin.", "back": None}
    assert let_in(cast.bo).get(f"/m/{cast.bo.key}/room/{room.pk}/texts/{words}/fr/").status_code == 404


def test_a_reader_flags_from_the_screen(room: Room, cast: Cast, words: str) -> None:
    place = f"room/{room.pk}/texts/{words}/fr/flag/"
    found = [let_in(member).post(f"/m/{member.key}/{place}").status_code for member in (cast.bo, cast.chen)]
    assert (found, state_of(room).said[0].flags) == ([200, 404], {"fr": 1})


@pytest.mark.parametrize(
    ("text", "guess"), [("Les commerçants du marché doivent recevoir leurs marchandises.", "fr"), ("Oui.", None)]
)
def test_the_box_asks_in_which_language_somebody_writes(cast: Cast, text: str, guess: str | None) -> None:
    page = let_in(cast.ana).post(
        f"/m/{cast.ana.key}/guess/", {"text": text, "lang": "es"}, content_type="application/json"
    )
    assert page.json() == {"lang": guess}
