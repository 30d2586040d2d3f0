"""The assembly's translator reviews and signs the texts of motions, until the vote opens."""

from __future__ import annotations

import pytest

from assemblies.models import Member
from hemicycle.realtime import COMMANDS, KINDS
from kernel.errors import Refused
from live.registry import install
from plenary.queries import plenary_of
from plenary.signing import sign_text
from tests.cast import Cast, make_cast
from tests.factories import make_member
from tests.shell.assemblies.cast import let_in
from tests.shell.plenary.voting import Vote
from translation import queries as texts
from translation.memory import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    install(kinds=KINDS, doors=COMMANDS)
    return make_cast()


@pytest.fixture
def rui(cast: Cast) -> Member:
    return make_member(cast.assembly, "Rui", role="translator", lang="fr", chamber="")


def test_what_is_signed_stands_for_everybody_and_says_so(cast: Cast, rui: Member) -> None:
    vote = Vote(cast.assembly)
    key = vote.state.recommendation
    form = {"words": key, "text": "Fermer le centre le dimanche."}
    assert let_in(rui).post(f"/m/{rui.key}/translate/?to=fr", form).status_code == 302
    shown = texts.shown(plenary_of(cast.assembly.pk), [key], "fr")[key]
    assert (shown.text, shown.label) == ("Fermer le centre le dimanche.", {"status": "signed"})
    page = let_in(cast.bo).get(f"/m/{cast.bo.key}/motions/{vote.key}/?lang=fr").content.decode()
    assert "Fermer le centre le dimanche." in page
    assert "relu par une personne traductrice" in page


def test_only_the_translator_signs(cast: Cast, rui: Member) -> None:
    Vote(cast.assembly)
    others = [getattr(cast, name) for name in cast.actors()]
    assert {let_in(each).get(f"/m/{each.key}/translate/").status_code for each in others} == {404}
    assert let_in(rui).get(f"/m/{rui.key}/translate/?to=fr&lang=en").status_code == 200


def test_once_the_vote_is_open_the_text_stays(cast: Cast, rui: Member) -> None:
    vote = Vote(cast.assembly).open()
    with pytest.raises(Refused, match=r"motion\.wrong_phase"):
        sign_text(cast.assembly.pk, vote.state.recommendation, "Autre chose.", lang="fr", by=rui.key)


def test_what_was_signed_before_is_offered_for_texts_like_it(cast: Cast, rui: Member) -> None:
    first = Vote(cast.assembly, text="Cerrar el centro los domingos de mayo.").state.recommendation
    sign_text(cast.assembly.pk, first, "Fermer le centre les dimanches de mai.", lang="fr", by=rui.key)
    scope = f"assembly.{cast.assembly.pk}"
    near = remembered(scope, "Cerrar el centro los domingos de junio.", source="es", target="fr")
    same = remembered(scope, "Cerrar el centro los domingos de mayo.", source="es", target="fr")
    assert [each.text for each in near] == ["Fermer le centre les dimanches de mai."]
    assert (70 <= near[0].percent < 100, same[0].percent) == (True, 100)
    assert remembered(scope, "Más árboles.", source="es", target="fr") == []
    assert remembered("assembly.0", "Cerrar el centro los domingos de mayo.", source="es", target="fr") == []
