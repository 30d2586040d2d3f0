"""The fixed cast. A permission test asks all of them, the one who must see nothing included.

Ana and Bo are citizens of one room, Chen of another and in another language; Fatou facilitates Ana's
room; Otto observes; Olga organises; nobody is not signed in.
"""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from assemblies.models import Assembly, Member
from assemblies.queries import actor_of
from live.core.actors import Actor
from tests.factories import make_assembly, make_member, make_organiser


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, in one assembly."""

    assembly: Assembly
    ana: Member
    bo: Member
    chen: Member
    fatou: Member
    otto: Member
    olga: User

    def actors(self) -> dict[str, Actor]:
        """All members as the doors see them."""
        return {name: actor_of(getattr(self, name)) for name in ("ana", "bo", "chen", "fatou", "otto")}


def make_cast() -> Cast:
    """A new assembly with the cast in it."""
    olga = make_organiser()
    assembly = make_assembly(organiser=olga)
    return Cast(
        assembly=assembly,
        ana=make_member(assembly, "Ana", lang="es"),
        bo=make_member(assembly, "Bo", lang="fr"),
        chen=make_member(assembly, "Chen", lang="ca"),
        fatou=make_member(assembly, "Fatou", role="facilitator", lang="fr", chamber=""),
        otto=make_member(assembly, "Otto", role="observer", lang="es", chamber=""),
        olga=olga,
    )
