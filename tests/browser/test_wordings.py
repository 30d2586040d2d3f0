"""Six people of six languages misunderstand each other, and put it right: by real translations, in one room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import Person
from tests.browser.windows import PHONE, Windows
from tests.shell.translation.conformance import NO_APERTIUM

pytestmark = pytest.mark.browser

SAID = "El banco de la plaza costará 3.000 euros y está lejos."
CORRECTED = "Sentarse en la plaza costará 3.000 euros."
BETTER = "Seure a la plaça costarà 3.000 euros."
TREES = "Jacarandas, lapachos, ceibos, quebrachos y timbós."
"""Trees that no dictionary of these languages knows, so they stay as they are."""
READ = {"Bruno": "place", "Carla": "plaça", "Dario": "piazza", "Rita": "praça", "Ellen": "square"}
FRENCH = "Les commerçants du marché doivent pouvoir recevoir leurs marchandises."


@pytest.fixture(scope="module")
def everybody(all_windows: Windows) -> Iterator[dict[str, Person]]:
    """Ana, who speaks, and five who read her in their own languages, on phones."""
    if not all_windows.product.house["is_real"]:
        pytest.skip(NO_APERTIUM)
    people = {name: all_windows.visit("wordings", name, **PHONE) for name in ("Ana", *READ)}
    fatou = all_windows.visit("wordings", "Fatou")
    fatou.lead_room()
    fatou.press("Open the room")
    for person in people.values():
        person.enter_room()
    yield people
    all_windows.close()


def note(person: Person, text: str) -> None:
    person.press("Note")
    box = person.box("A short note to everybody")
    box.fill(text)


def article(person: Person, text: str) -> Locator:
    """What ends like this text: a term in the middle brings its meaning along, which is text too."""
    return person.page.locator("article.said", has_text=" ".join(text.split()[-3:])).first


def test_each_reads_it_in_their_own_language_and_english_is_marked_rough(
    windows: Windows, everybody: dict[str, Person]
) -> None:
    ana = everybody["Ana"]
    note(ana, SAID)
    ana.press("Send the note")
    for name, word in READ.items():
        everybody[name].sees_in(everybody[name].lang, word)
    ellen = everybody["Ellen"]
    expect(article(ellen, "square").get_by_text(ellen.say("rough"), exact=True)).to_be_visible()


def test_each_is_told_how_long_translations_take_and_what_a_term_means(
    windows: Windows, everybody: dict[str, Person]
) -> None:
    for name in READ:
        reader = everybody[name]
        reader.tab("People")
        reader.sees(reader.say("Translations arrive in about {seconds} s.").split("{")[0], exact=False)
        reader.tab("Talk")
    bruno = everybody["Bruno"]
    article(bruno, "place").get_by_role("button", name="place", exact=True).click()
    bruno.sees("Un espace ouvert du quartier.")
    bruno.page.keyboard.press("Escape")


def test_the_author_sees_how_it_came_back_and_corrects_it(windows: Windows, everybody: dict[str, Person]) -> None:
    ana, bruno = everybody["Ana"], everybody["Bruno"]
    ana.press("How does it read?")
    ana.page.locator("section.card select").select_option("fr")
    ana.sees_in("fr", "place")
    ana.sees(ana.say("Back in your language this means, about:"))
    ana.press("That is not what I meant")
    ana.box("Put it so that it cannot be misunderstood").fill(CORRECTED)
    ana.page.locator("section.card button.act").click()
    bruno.sees(bruno.say("corrected by the author"))
    bruno.press("What was said before?")
    expect(bruno.page.locator("del", has_text="place").first).to_be_visible()


def test_who_speaks_both_languages_puts_it_better(windows: Windows, everybody: dict[str, Person]) -> None:
    ana, carla = everybody["Ana"], everybody["Carla"]
    carla.press("Suggest a translation")
    carla.box("How would you put it?").fill(BETTER)
    carla.press("Suggest it")
    ana.sees(BETTER)
    ana.press("What does it mean?")
    ana.sees(ana.say("Back in the language it was said in this means, about:"))
    ana.press("Accept")
    credit = carla.say("{name}, accepted by {other}", name="Carla", other="Ana")
    carla.sees(credit, exact=False)
    expect(article(carla, BETTER)).to_be_visible()


def test_a_reader_who_does_not_understand_says_so_and_is_not_named(
    windows: Windows, everybody: dict[str, Person]
) -> None:
    ana, dario = everybody["Ana"], everybody["Dario"]
    dario.press("I do not understand this")
    dario.sees(dario.say("Thank you. Who said it learns that, and not from whom."))
    flag = ana.page.locator("article.said .chip.doubt", has_text="1")
    expect(flag.first).to_be_visible()
    assert "Dario" not in article(ana, CORRECTED).inner_text()


def test_a_doubtful_translation_says_why_in_each_reader_s_words(windows: Windows, everybody: dict[str, Person]) -> None:
    ana = everybody["Ana"]
    note(ana, TREES)
    ana.press("Send the note")
    for name in ("Bruno", "Carla", "Dario", "Ellen"):
        reader = everybody[name]
        doubtful = reader.page.locator("article.said", has_text="Jacarandas").first
        expect(doubtful.locator(".chip.doubt", has_text=reader.say("doubtful: partly not translated"))).to_be_visible()


def test_the_box_notices_another_language(windows: Windows, everybody: dict[str, Person]) -> None:
    ana, bruno = everybody["Ana"], everybody["Bruno"]
    note(ana, FRENCH)
    ana.page.locator(".guess").wait_for()
    ana.page.locator(".guess button").first.click()
    ana.press("Send the note")
    expect(article(bruno, FRENCH).locator(".foot")).to_have_count(0)
    ana.sees_in("es", "mercado")


def test_who_changes_language_reads_everything_in_it(windows: Windows, everybody: dict[str, Person]) -> None:
    rita = everybody["Rita"]
    rita.page.locator(".picker select").select_option("it")
    rita.sees_in("it", "piazza")
    rita.sees_in("it", "mercato")
