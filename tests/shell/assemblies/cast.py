"""A fixed cast: an assembly of Catalan, French and Portuguese speakers, and its organiser."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.services import create_organiser
from assemblies.models import Assembly, Member
from assemblies.services import add_member, create_assembly, invite, join


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody a test may ask."""

    organiser: User
    stranger: User
    assembly: Assembly
    aina: Member
    rui: Member


def cast() -> Cast:
    """Two accounts, one of which organises; two members who have not joined."""
    organiser = create_organiser(email="ana@example.org", password="a long way home 7")
    stranger = create_organiser(email="bo@example.org", password="a long way home 8")
    assembly = create_assembly(
        slug="sundays", title="Sundays", question="Sundays without cars?", mandate="The city answers by May.",
        lang="en", working_languages=["ca", "fr", "pt"], organiser=organiser, chambers=["citizens"],
    )  # fmt: skip
    aina = add_member(assembly, name="Aïna", role="citizen", speaks=["ca", "es"], reads="ca", chamber="citizens")
    rui = add_member(assembly, name="Rui", role="facilitator", speaks=["pt"], reads="pt")
    return Cast(organiser, stranger, assembly, aina, rui)


def signed_in(user: User) -> Client:
    """A browser in which this account is signed in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def let_in(member: Member, client: Client | None = None) -> Client:
    """A browser that has joined as this member."""
    browser = client or Client()
    joined = join(invite(member), name=member.name, speaks=member.speaks, reads=member.reads, device_label="Firefox")
    browser.cookies["device"] = joined.secret
    browser.cookies["device"]["path"] = f"/m/{member.key}/"
    return browser
