"""A room in every state it can be in, step by step: no screen of it has faults, in either direction of writing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.looks import DESK, IN_HAND, MIRRORED, Look, faults
from tests.browser.people import Person
from tests.browser.windows import SMALL, Windows

pytestmark = pytest.mark.browser

TABLET = Look("tablet", 800, "all but colours")


@dataclass(slots=True)
class Scene:
    """Ana writes Spanish, Bruno French, Amina Arabic; Fatou facilitates in English."""

    ana: Person
    bruno: Person
    amina: Person
    fatou: Person
    reached: int = 0

    def after(self, number: int) -> None:
        """Begin the step after this one; fails at once where that one did not end."""
        assert self.reached == number, f"step {number} did not come to its end"

    def done(self, number: int, *looked_at: list[str]) -> None:
        """End a step in which these faults were found."""
        self.reached = number
        assert [fault for found in looked_at for fault in found] == []


@pytest.fixture(scope="module")
def scene(all_windows: Windows) -> Iterator[Scene]:
    """Everybody in the room, the room still waiting."""
    ana, bruno, amina = (all_windows.visit("screens", name, **SMALL) for name in ("Ana", "Bruno", "Amina"))
    fatou = all_windows.visit("screens", "Fatou")
    fatou.lead_room()
    for person in (ana, bruno, amina):
        person.enter_room()
    yield Scene(ana, bruno, amina, fatou)
    all_windows.close()


def _mode(person: Person) -> Locator:
    return person.page.get_by_role("combobox", name=person.say("Mode"), exact=True)


def test_waiting(windows: Windows, scene: Scene) -> None:
    expect(scene.fatou.page.get_by_role("img", name="Away: Pep.")).to_be_visible()
    cards = scene.fatou.page.locator(".four .card").all()
    tops = {box["y"] for card in cards if (box := card.bounding_box())}
    assert (len(cards), len(tops)) == (4, 1)
    expect(scene.amina.page.locator("html")).to_have_attribute("dir", "rtl")
    scene.done(1, faults(scene.ana.page), faults(scene.amina.page, (MIRRORED,)), faults(scene.fatou.page))


def test_open_and_nobody_speaks(windows: Windows, scene: Scene) -> None:
    scene.after(1)
    scene.fatou.press("Open the room")
    scene.ana.button("More").click()
    scene.amina.button("Note").click()
    scene.done(2, faults(scene.ana.page), faults(scene.amina.page, (MIRRORED,)), faults(scene.fatou.page, (DESK,)))


def test_the_floor_is_offered(windows: Windows, scene: Scene) -> None:
    scene.after(2)
    scene.ana.raise_hand()
    expect(scene.ana.button("Take the floor")).to_be_focused()
    scene.done(3, faults(scene.ana.page), faults(scene.fatou.page, (DESK,)))


def test_one_speaks_and_others_read_and_wait(windows: Windows, scene: Scene) -> None:
    scene.after(3)
    scene.ana.press("Take the floor")
    scene.ana.speak("El parque necesita más árboles.")
    scene.amina.press("Cancel")
    scene.amina.raise_hand()
    scene.bruno.sees_in("fr", "arbres")
    scene.bruno.button("Original").first.click()
    scene.amina.sees_in("es", "árboles")
    expect(scene.amina.page.locator(".bar button[aria-pressed=true]")).to_be_visible()
    looked = [faults(person.page) for person in (scene.ana, scene.bruno)]
    scene.done(4, *looked, faults(scene.amina.page, (MIRRORED, DESK)), faults(scene.fatou.page))


def test_paused(windows: Windows, scene: Scene) -> None:
    scene.after(4)
    scene.fatou.press("Pause")
    expect(scene.bruno.page.locator(".bar")).to_contain_text(scene.bruno.say("The room is paused."))
    looked = [faults(person.page, (MIRRORED,)) for person in (scene.ana, scene.bruno, scene.amina)]
    scene.fatou.press("Go on")
    scene.done(5, *looked)


def test_a_draft_is_written_and_read(windows: Windows, scene: Scene) -> None:
    scene.after(5)
    scene.ana.end_turn()
    for person in (scene.ana, scene.bruno, scene.amina):
        person.tab("Drafts")
    scene.bruno.press("Write a new draft")
    looked = [faults(scene.bruno.page, IN_HAND)]
    scene.bruno.box("Title").fill("Des arbres")
    scene.bruno.box("Recommendation").fill("Plus d'arbres dans le parc.")
    scene.bruno.press("Put version {number} to the room", number=1)
    scene.ana.sees_in("es", "parque")
    scene.amina.sees_in("fr", "parc")
    scene.done(6, *looked, faults(scene.ana.page), faults(scene.amina.page, (MIRRORED, DESK)))


def test_the_list_of_people(windows: Windows, scene: Scene) -> None:
    scene.after(6)
    scene.ana.tab("People")
    scene.amina.tab("People")
    scene.done(7, faults(scene.ana.page), faults(scene.amina.page, (MIRRORED,)))


def test_the_menu_of_a_person(windows: Windows, scene: Scene) -> None:
    scene.after(7)
    scene.fatou.page.get_by_label("What to do for Bruno").click()
    found = faults(scene.fatou.page, (DESK, TABLET))
    scene.fatou.press("Silence for now")
    scene.bruno.tab("Talk")
    scene.bruno.sees(scene.bruno.say("The facilitator has silenced you for now. You can still read."))
    scene.done(8, found, faults(scene.bruno.page, IN_HAND))


def test_free_talk(windows: Windows, scene: Scene) -> None:
    scene.after(8)
    _mode(scene.fatou).select_option("free")
    scene.amina.tab("Talk")
    scene.amina.press("Speak")
    expect(scene.amina.page.locator("section.mine")).to_be_visible()
    scene.done(9, faults(scene.amina.page, (MIRRORED, DESK)))


def test_closed_and_sent_out(windows: Windows, scene: Scene) -> None:
    scene.after(9)
    scene.fatou.page.get_by_label("What to do for Bruno").click()
    scene.fatou.press("Send out of the room")
    expect(scene.bruno.page.locator("main.alone")).to_be_visible()
    scene.fatou.press("Close the room")
    scene.fatou.press("Close it")
    expect(scene.amina.page.locator("section.mine")).to_have_count(0)
    looked = [faults(person.page, (MIRRORED,)) for person in (scene.ana, scene.bruno, scene.amina)]
    scene.done(10, *looked, faults(scene.fatou.page, (DESK,)))
