"""The whole path on pages alone, sending only what each page's own form holds."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.services import first_organiser_link
from assemblies.models import Member
from rehearsal.browser import Form, Page, forms_of
from rooms.models import Room, Seat

pytestmark = pytest.mark.django_db


class Person:
    """A browser that checks tokens, and fills in the forms it is shown."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def look(self, path: str) -> str:
        """The text of a page that must be there."""
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    def send(self, path: str, *, to: str = "", page: str = "", **values: str) -> tuple[str, str]:
        """Fill in the form of a page (the one that is sent `to`) and send it: where it leads, and what it says."""
        form = self._form(page or self.look(path), to)
        action = path.split("?")[0] if form.action.startswith("?") else form.action or path
        sent = {name: choices[0] for name, choices in form.choices.items()} | form.values | values
        answer = self.client.post(action, sent)
        assert answer.status_code in (200, 302), answer.content.decode()
        return answer.headers.get("Location", ""), answer.content.decode()

    def _form(self, page: str, to: str) -> Form:
        forms = [form for form in forms_of(Page("", 200, page)) if "logout" not in form.action]
        return next(form for form in forms if form.action.endswith(to))


def test_from_the_first_link_to_people_in_an_open_room() -> None:
    ana = Person()
    welcome = first_organiser_link().split("8000")[1]
    ana.send(welcome, email="ana@example.org", password="a long way home 7")
    home, _ = ana.send("/organise/new/", title="Sundays", question="Cars?", languages="ca", lang="en")
    _, preview = ana.send(f"{home}members/import/", typed="name,role,speaks\nAïna,,ca\nRui,facilitator,pt\nLéa,,fr\n")
    table = re.search(r'<textarea name="table" hidden>(.*?)</textarea>', preview, re.S)
    assert table
    ana.send("", page=preview, to="apply/", table=table[1])
    _, links = ana.send(f"{home}links/")
    codes = re.findall(r"/join/([\w-]+)/", links)
    assert len(codes) == 3
    proposal, _ = ana.send(f"{home}rooms/", to="compose/", **{"compose-size": "2"})
    ana.send(proposal, to="round/1/")
    ana.send(f"{home}rooms/", to="open/")
    for code in codes:
        person = Person()
        lobby, _ = person.send(f"/join/{code}/")
        assert f"{lobby}room/{Room.objects.get().pk}/" in person.look(lobby)
    assert Member.objects.exclude(joined_at=None).count() == 3
    assert (Room.objects.get().stage, Seat.objects.count()) == ("open", 3)
