"""Amendments on the database and on pages: offered in any language, read in each, voted on, carried out, published."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from assemblies.models import Member
from assemblies.queries import actor_of
from kernel.errors import Refused
from live.queries import words
from plenary import queries
from plenary.core.amendments import Act, AmendmentArrange, AmendmentCall, AmendmentOffer, AmendmentSupport
from plenary.core.motions import MotionCertify, MotionClose, MotionOpen
from plenary.core.presets import simple_majority
from plenary.core.rules import MAX_SUPPORTERS, Amending, AmendmentOrder
from plenary.masks import mask
from plenary.models import Motion
from plenary.services import cast_ballot
from plenary.signing import sign_text
from plenary.wording import rule_sentences
from tests.cast import Cast
from tests.factories import bring_translations
from tests.laws import assert_law
from tests.shell.plenary.test_pages import browser_of, differences
from tests.shell.plenary.voting import Vote, make_recommendation
from translation.queries import statuses

pytestmark = pytest.mark.django_db

TEXT = "Cerrar el centro.\nSolo los domingos."
RULE = dataclasses.replace(simple_majority(), amendments=Amending())


@pytest.fixture
def amendable(cast: Cast) -> Vote:
    """A motion of two paragraphs that may be amended."""
    return Vote(cast.assembly, RULE, text=TEXT)


def offer(vote: Vote, member: Member, act: Act, paragraph: int, text: str = "", lang: str = "es") -> str:
    """Key of the new amendment."""
    vote.do(1, AmendmentOffer(vote.key, act, paragraph, text, "Porque.", lang), by=member.key)
    return vote.state.amendments[-1].amendment


def call(vote: Vote) -> str:
    """Key of the motion under which the next amendment is voted on."""
    vote.do(3, AmendmentCall(vote.key))
    return list(queries.state_of(vote.assembly.pk).motions)[-1]


def decide(vote: Vote, key: str, cast: Cast, choice: str = "yes") -> None:
    vote.do(4, MotionOpen(key))
    for member in (cast.ana, cast.bo, cast.chen):
        cast_ballot(key, actor=actor_of(member), electorate="citizens", choice=choice)
    vote.do(5, MotionClose(key))
    vote.do(6, MotionCertify(key))


def test_what_is_adopted_becomes_the_text_and_is_translated_like_any_other(amendable: Vote, cast: Cast) -> None:
    offer(amendable, cast.ana, "replace", 2, "Los sábados y los domingos.")

    def act() -> None:
        amendable.do(2, AmendmentArrange(amendable.key))
        decide(amendable, call(amendable), cast)

    assert "amendment.decided" in assert_law(amendable.stream, act)
    key = amendable.state.recommendation
    assert words([key])[key].text == "Cerrar el centro.\nLos sábados y los domingos."
    assert set(statuses(amendable.stream, [key])[key]) == {"fr", "ca"}
    assert amendable.open().state.phase == "open"


def test_an_amendment_in_another_language_is_put_into_that_of_the_motion(amendable: Vote, cast: Cast) -> None:
    key = offer(amendable, cast.bo, "insert", 2, "Le samedi aussi.", lang="fr")
    with pytest.raises(Refused) as early:
        amendable.do(2, AmendmentArrange(amendable.key))
    assert early.value.code == "amendment.not_in_language"
    bring_translations(amendable.stream, "es", "ca")
    amendable.do(2, AmendmentArrange(amendable.key))
    vote = call(amendable)
    sign_text(cast.assembly.pk, key, "También los sábados.", lang="es", by="translator")
    decide(amendable, vote, cast)
    assert set(queries.state_of(cast.assembly.pk).motions[vote].versions) == {"fr", "es", "ca"}
    text = amendable.state.recommendation
    assert words([text])[text].text == f"{TEXT}\nTambién los sábados."
    assert words([text])[text].lang == "es"


def test_whoever_may_not_vote_offers_and_supports_nothing(amendable: Vote, cast: Cast) -> None:
    mine = offer(amendable, cast.ana, "delete", 1)
    for member in (cast.fatou, cast.otto):
        for command in (
            AmendmentOffer(amendable.key, "delete", 1, "", "", "es"),
            AmendmentSupport(amendable.key, mine, support=True),
        ):
            with pytest.raises(Refused) as caught:
                amendable.do(2, command, by=member.key)
            assert caught.value.code == "ballot.not_entitled"


def test_a_member_amends_supports_and_takes_back_without_a_script(amendable: Vote, cast: Cast) -> None:
    ana, bo = browser_of(cast.ana), browser_of(cast.bo)
    address = "/m/{}/motions/" + amendable.key + "/{}?lang=en"
    form = {"change": "replace", "paragraph": "2", "text": "Los sábados.", "reasons": "Porque sí.", "lang": "es"}
    assert ana.post(address.format(cast.ana.key, "amendment"), form).status_code == 302
    bring_translations(amendable.stream, "fr")
    page = bo.get(f"/m/{cast.bo.key}/motions/{amendable.key}/").content.decode()
    assert "Paragraphe 2 réécrit" in page
    assert re.search(r'<p class="text" lang="fr" dir="ltr">.*<ins>\(fr\) Los sábados</ins>', page)
    assert "<del>Solo los domingos</del><ins>Los sábados</ins>" in page, "the original, word by word"
    key = amendable.state.amendments[0].amendment
    bo.post(address.format(cast.bo.key, "amendment"), {"support": key})
    hers, his = (mask(cast.assembly.pk, each.key) for each in (cast.ana, cast.bo))
    assert list(amendable.state.amendments[0].supporters) == [hers, his]
    bo.post(address.format(cast.bo.key, "amendment"), {"leave": key})
    assert list(amendable.state.amendments[0].supporters) == [hers]
    refused = bo.post(address.format(cast.bo.key, "amendment"), {"withdraw": key})
    assert refused.status_code == 409
    assert "Only who offered an amendment can take it back." in refused.content.decode()
    ana.post(address.format(cast.ana.key, "amendment"), {"withdraw": key})
    assert amendable.state.amendments[0].fate == "withdrawn"


def test_a_refused_form_keeps_what_was_written(amendable: Vote, cast: Cast) -> None:
    form = {"change": "replace", "paragraph": "9", "text": "Mis palabras.", "reasons": "Porque sí.", "lang": "es"}
    answer = browser_of(cast.ana).post(f"/m/{cast.ana.key}/motions/{amendable.key}/amendment?lang=en", form)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "This motion has no such paragraph." in page
    assert ("Mis palabras." in page, "Porque sí." in page) == (True, True)


def test_nobody_amends_at_somebody_elses_address(amendable: Vote, cast: Cast) -> None:
    form = {"change": "delete", "paragraph": "1"}
    for client in (browser_of(cast.bo), Client()):
        assert client.post(f"/m/{cast.ana.key}/motions/{amendable.key}/amendment", form).status_code == 403
    assert amendable.state.amendments == ()


def test_an_organiser_leads_a_motion_through_its_amendments_to_the_published_text(cast: Cast, client: Client) -> None:
    client.force_login(cast.olga)
    row = make_recommendation(cast.assembly, text=TEXT)
    base = f"/organise/{cast.assembly.slug}/plenary/"
    chosen = {"recommendation": row.key, "preset": "simple_majority", "level": "public", "tie": "rejected"}
    client.post(f"{base}add/", {**chosen, "amendments": "furthest_first", "supporters": "2"})
    vote = Vote.__new__(Vote)
    vote.assembly, vote.stream = cast.assembly, queries.plenary_of(cast.assembly.pk)
    vote.key, vote.start = Motion.objects.get(recommendation=row.key).key, 0
    assert vote.state.rule.amendments == Amending(AmendmentOrder.FURTHEST_FIRST, 2)
    ana, bo = browser_of(cast.ana), browser_of(cast.bo)
    door = f"motions/{vote.key}/amendment"
    ana.post(f"/m/{cast.ana.key}/{door}", {"change": "delete", "paragraph": "2"})
    bo.post(f"/m/{cast.bo.key}/{door}", {"support": vote.state.amendments[0].amendment})
    page = client.get(f"{base}?lang=en").content.decode()
    assert ("Close the list of amendments" in page, "Open the vote" in page) == (True, False)
    client.post(f"{base}arrange/", {"motion": vote.key})
    client.post(f"{base}call/", {"motion": vote.key})
    called = vote.state.amendments[0].motion
    client.post(f"{base}open/", {"motion": called, "minutes": ""})
    for member, browser in ((cast.ana, ana), (cast.bo, bo)):
        paper = {"electorate": "citizens", "choice": "yes"}
        assert browser.post(f"/m/{member.key}/motions/{called}/ballot", paper).status_code == 200
    for act in ("close", "certify"):
        client.post(f"{base}{act}/", {"motion": called})
    assert vote.state.amendments[0].fate == "adopted"
    for act in ("open", "close", "certify"):
        client.post(f"{base}{act}/", {"motion": vote.key, "minutes": ""})
    public = client.get(f"/a/{cast.assembly.slug}/results/{vote.key}/?lang=en").content.decode()
    assert "What amendments changed in this text" in public
    assert "<del>\nSolo los domingos.</del>" in public
    document = json.loads(client.get(f"/a/{cast.assembly.slug}/results/{vote.key}.json").content)
    assert [(each["act"], each["paragraph"], each["fate"]) for each in document["amendments"]] == [
        ("delete", 2, "adopted")
    ]
    amendment = json.loads(client.get(f"/a/{cast.assembly.slug}/results/{called}.json").content)
    assert amendment["amends"]["motion"] == vote.key
    assert differences(amendment) == []
    assert "Amendment to motion 1" in ana.get(f"/m/{cast.ana.key}/motions/?lang=en").content.decode()
    assert "Paragraph 2 left out" in client.get(f"/a/{cast.assembly.slug}/results/{called}/?lang=en").content.decode()


@pytest.mark.parametrize("lang", [lang for lang, _ in settings.LANGUAGES])
def test_the_rule_reads_back_in_every_language_for_any_number_of_supporters(lang: str) -> None:
    with translation.override(lang):
        read = {
            supporters: rule_sentences(dataclasses.replace(RULE, amendments=Amending(supporters=supporters)))[-1]
            for supporters in range(1, MAX_SUPPORTERS + 1)
        }
    assert len(set(read.values())) == MAX_SUPPORTERS


@pytest.mark.parametrize(("order", "supporters"), [("up", "1"), ("text", "0"), ("text", "many"), ("text", "99999")])
def test_a_rule_that_nobody_could_meet_is_refused(cast: Cast, client: Client, order: str, supporters: str) -> None:
    client.force_login(cast.olga)
    row = make_recommendation(cast.assembly)
    chosen = {"recommendation": row.key, "preset": "simple_majority", "level": "public", "tie": "rejected"}
    answer = client.post(
        f"/organise/{cast.assembly.slug}/plenary/add/", {**chosen, "amendments": order, "supporters": supporters}
    )
    assert answer.status_code == 409
    assert not Motion.objects.exists()
