"""What a room does without its facilitator: an exercise everybody reads, and a person whom the others send out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.house import EMAIL, PASSWORD
from tests.browser.looks import DESK, IN_HAND, MIRRORED, faults
from tests.browser.people import Person
from tests.browser.windows import SMALL, Windows

pytestmark = pytest.mark.browser
PROPOSAL = "A proposal to send somebody out"


@dataclass(frozen=True, slots=True)
class Scene:
    """Ana writes Spanish, Amina Arabic, Bruno French, Carla Catalan at a desk; Fatou facilitates in English."""

    ana: Person
    amina: Person
    bruno: Person
    carla: Person
    fatou: Person


@pytest.fixture(scope="module")
def scene(all_windows: Windows) -> Iterator[Scene]:
    """Everybody in the room, which is open."""
    ana, amina, bruno = (all_windows.visit("peers", name, **SMALL) for name in ("Ana", "Amina", "Bruno"))
    carla, fatou = all_windows.visit("peers", "Carla"), all_windows.visit("peers", "Fatou")
    fatou.lead_room()
    for person in (ana, amina, bruno, carla):
        person.enter_room()
    yield Scene(ana, amina, bruno, carla, fatou)
    all_windows.close()


def card(person: Person) -> Locator:
    """The proposal on this person's screen."""
    return person.page.get_by_role("region", name=person.say(PROPOSAL))


def test_everybody_reads_what_to_do_in_an_exercise(windows: Windows, scene: Scene) -> None:
    for person in (scene.ana, scene.amina, scene.carla):
        person.sees(person.say("What to do in this exercise"))
    scene.carla.sees_in("ca", "Dibuixeu un mapa del barri.")
    looked = (faults(scene.ana.page), faults(scene.amina.page, (MIRRORED,)), faults(scene.carla.page, (DESK,)))
    assert [fault for found in looked for fault in found] == []
    scene.ana.page.get_by_text(scene.ana.say("What to do in this exercise")).click()
    expect(scene.ana.page.locator("details.card p").first).to_be_hidden()


def test_somebody_is_proposed_by_another_and_heard(windows: Windows, scene: Scene) -> None:
    scene.fatou.page.get_by_role("checkbox", name=scene.fatou.say(
        "The others may send somebody out, after hearing the person"
    )).check()  # fmt: skip
    scene.ana.tab("People")
    scene.ana.page.get_by_text(scene.ana.say("Propose to send somebody out")).click()
    scene.ana.page.get_by_role("combobox", name=scene.ana.say("Who")).select_option(label="Bruno")
    scene.ana.box("Reason").fill("No deja hablar a nadie.")
    looked = [faults(scene.ana.page, IN_HAND)]
    scene.ana.press("Propose it to the others")
    scene.ana.tab("Talk")
    for person in (scene.ana, scene.amina, scene.bruno, scene.carla, scene.fatou):
        expect(card(person)).to_be_visible()
    expect(card(scene.bruno).get_by_role("textbox")).to_be_in_viewport()
    expect(card(scene.carla).get_by_role("button").last).to_be_disabled()
    looked += [faults(scene.bruno.page, IN_HAND), faults(scene.amina.page, (MIRRORED,))]
    looked += [faults(person.page, (DESK,)) for person in (scene.carla, scene.fatou)]
    assert [fault for found in looked for fault in found] == []
    card(scene.bruno).get_by_role("textbox").fill("Pardon, je me tais.")
    card(scene.bruno).get_by_role("button", name=scene.bruno.say("Send")).click()
    expect(card(scene.carla).get_by_role("button", name=scene.carla.say("I agree"), exact=True)).to_be_enabled()
    assert faults(scene.amina.page, (MIRRORED,)) == []


def test_two_thirds_of_the_others_send_that_person_out_who_reads_by_whom(windows: Windows, scene: Scene) -> None:
    windows.forgive("403")
    card(scene.amina).get_by_role("button", name=scene.amina.say("I agree"), exact=True).click()
    sentence = scene.bruno.say(
        "The others here sent you out: at least {part} of {whole} of those present agreed, after you could be heard. "
        "The facilitator may let you in again.", part=2, whole=3,
    )  # fmt: skip
    scene.bruno.sees(sentence)
    expect(card(scene.amina)).to_have_count(0)
    for person in (scene.ana, scene.carla):
        expect(card(person)).to_have_count(0)
        person.sees(person.say("The others sent {name} out of the room.", name="Bruno"))
    looked = [faults(scene.bruno.page)]
    scene.bruno.page.reload()
    scene.bruno.sees("Les autres personnes de la salle vous ont fait sortir")
    looked += [faults(scene.bruno.page)]
    assert [fault for found in looked for fault in found] == []


def test_who_was_let_in_again_comes_back(windows: Windows, scene: Scene) -> None:
    windows.forgive("403")  # of the page loaded before, told late
    scene.fatou.press("Let in again")
    scene.bruno.enter_room()


def test_the_organiser_s_board_keeps_up_by_itself(windows: Windows, scene: Scene) -> None:
    olga = windows.blank("en")
    address = f"{windows.product.base}/organise/peers/rooms/status/?lang=en"
    olga.goto(address)
    olga.locator("input[name=login]").fill(EMAIL)
    olga.locator("input[name=password]").fill(PASSWORD)
    olga.locator("main form button[type=submit]").click()
    olga.goto(address)
    expect(olga.get_by_text("paused")).to_have_count(0)
    scene.fatou.press("Pause")
    expect(olga.get_by_text("paused")).to_be_visible()
    assert faults(olga) == []
    olga.get_by_label("Keep this page up to date by itself").uncheck()
    scene.fatou.press("Go on")
    with olga.expect_response(address) as answer:
        olga.get_by_label("Keep this page up to date by itself").check()
    assert answer.value.ok
    expect(olga.get_by_text("paused")).to_have_count(0)
