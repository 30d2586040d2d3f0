"""Plain functions that make rows with sensible defaults."""

from __future__ import annotations

from itertools import count

from accounts.models import User
from assemblies import services
from assemblies.models import Assembly, Member
from translation.core.feed import Label
from translation.leases import claim
from translation.services import Finished, open_feed, render

_numbers = count(1)


def make_organiser(email: str = "") -> User:
    """An account with the password "right horse"."""
    email = email or f"organiser{next(_numbers)}@example.org"
    return User.objects.create_user(username=email, email=email, password="right horse")


def make_assembly(*, organiser: User | None = None, languages: tuple[str, ...] = ("es", "fr", "ca")) -> Assembly:
    """An assembly on car-free Sundays."""
    number = next(_numbers)
    return services.create_assembly(
        slug=f"sundays-{number}",
        title="Car-free Sundays",
        question="Should the centre be free of cars on Sundays?",
        mandate="The council answers each recommendation within six months.",
        lang=languages[0],
        working_languages=languages,
        organiser=organiser,
    )


def make_member(
    assembly: Assembly,
    name: str = "",
    *,
    role: str = "citizen",
    lang: str = "es",
    reads: str = "",
    chamber: str = "citizens",
) -> Member:
    """A member who speaks and reads one language."""
    return services.add_member(
        assembly, name=name or f"Member {next(_numbers)}", role=role, speaks=[lang], reads=reads or lang,
        chamber=chamber,
    )  # fmt: skip


def bring_translations(root: str, *langs: str, doubts: tuple[str, ...] = ()) -> None:
    """Whatever is wanted of a stream in these languages comes from a machine that marks it all with these doubts."""
    for lang in langs:
        open_feed(root, lang)
    labels = {lang: Label("apertium", "3.9", ("es", lang), rough=False, doubts=doubts) for lang in langs}
    wanted = [leased for leased in claim(100) if leased.root == root and leased.target in langs]
    render([
        Finished(leased, "machine", "recipe", f"({leased.target}) {leased.text}", labels[leased.target])
        for leased in wanted
    ])  # fmt: skip
