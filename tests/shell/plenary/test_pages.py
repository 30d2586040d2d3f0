"""Ballot, results and the organiser's page, as a browser without JavaScript uses them."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assemblies.models import Member
from assemblies.services import invite, join
from live.registry import install
from plenary import recount
from plenary.commands import COMMANDS
from plenary.core.presets import conference, consent, deliberative_committee
from plenary.core.rules import Effect, Electorate, Level, Rule, Tie
from plenary.kinds import PLENARY
from plenary.models import Ballot, Motion, NamedBallot
from tests.cast import Cast
from tests.factories import bring_translations, make_member
from tests.shell.plenary.voting import Vote, make_recommendation
from translation.kinds import TEXT

pytestmark = pytest.mark.django_db


def browser_of(member: Member, *, checks: bool = False) -> Client:
    """A browser that has used this member's link."""
    client = Client(enforce_csrf_checks=checks)
    joined = join(invite(member), name=member.name, speaks=member.speaks, reads=member.reads, device_label="Firefox")
    client.cookies["device"] = joined.secret
    return client


def door(member: Member, vote: Vote) -> str:
    return f"/m/{member.key}/motions/{vote.key}/ballot"


def post(member: Member, vote: Vote, data: object, *, client: Client | None = None) -> tuple[int, dict[str, Any]]:
    """Status and data of a ballot cast as a program casts it."""
    body = data if isinstance(data, (str, bytes)) else json.dumps(data)
    answer = (client or browser_of(member)).post(
        door(member, vote), body, content_type="application/json", headers={"accept": "application/json"}
    )
    return answer.status_code, answer.json()


differences: Callable[[dict[str, Any]], list[str]] = recount.differences
PAPER = {"electorate": "citizens", "choice": "yes"}


def test_the_page_shows_the_text_the_rule_the_level_and_three_choices(named: Vote, cast: Cast) -> None:
    page = browser_of(cast.ana).get(f"/m/{cast.ana.key}/motions/{named.key}/?lang=en").content.decode()
    assert "Cerrar el centro los domingos." in page
    assert "at least 70\u202f%" in page
    assert "your name and your choice are published" in page
    assert re.findall(r'type="radio" name="choice" value="(\w+)"', page) == ["yes", "no", "abstain"]


def test_every_passage_says_its_language_and_direction(named: Vote, cast: Cast) -> None:
    page = browser_of(cast.bo).get(f"/m/{cast.bo.key}/motions/{named.key}/").content.decode()
    assert '<html lang="fr" dir="ltr">' in page
    assert 'lang="es" dir="ltr">Domingos sin coches' in page


def test_a_doubtful_translation_of_a_motion_says_why(named: Vote, cast: Cast) -> None:
    bring_translations(named.stream, "fr", doubts=("number", "negation"))
    page = browser_of(cast.bo).get(f"/m/{cast.bo.key}/motions/{named.key}/").content.decode()
    assert ("(fr) Domingos sin coches" in page, "(fr) Cerrar el centro los domingos." in page) == (True, True)
    for parts, reason in ((3, "douteux : un nombre"), (3, "douteux : une négation perdue ou ajoutée")):
        assert page.count(f'<span class="chip doubt">{reason}</span>') == parts


def test_a_form_casts_and_changes_a_named_ballot(named: Vote, cast: Cast) -> None:
    client = browser_of(cast.ana)
    for choice in ("yes", "no"):
        page = client.post(door(cast.ana, named), {"electorate": "citizens", "choice": choice})
        assert page.status_code == 200
    assert NamedBallot.objects.get().choice == "no"
    assert re.search(r'value="no" required checked', page.content.decode())


def test_an_assisted_voter_gets_a_code_once_and_then_reads_that_it_is_final(assisted: Vote, cast: Cast) -> None:
    client = browser_of(cast.ana)
    first = client.post(door(cast.ana, assisted), PAPER)
    assert Ballot.objects.get().token_hash[:12] in first.content.decode()
    again = client.post(door(cast.ana, assisted), {**PAPER, "choice": "no"})
    assert again.status_code == 409
    assert "disabled" in again.content.decode()
    assert Ballot.objects.get().choice == "yes"


def test_a_program_gets_data(named: Vote, cast: Cast) -> None:
    status, answer = post(cast.ana, named, PAPER)
    assert (status, answer["done"], answer["tracker"], sorted(answer)) == (
        200,
        True,
        None,
        ["cast_at", "done", "tracker"],
    )


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({**PAPER, "choice": "maybe"}, 409, "ballot.bad_choice"),
        ({**PAPER, "electorate": "nobility"}, 403, "ballot.not_entitled"),
        ({**PAPER, "member": "someone else"}, 400, "wire.unknown_field"),
        ({"choice": "yes"}, 400, "wire.missing_field"),
        ({**PAPER, "choice": 1}, 400, "wire.wrong_type"),
        ({**PAPER, "choice": ["yes"]}, 400, "wire.wrong_type"),
        ("[]", 400, "wire.not_an_object"),
        ("{", 400, "wire.not_json"),
        (b"\xff", 400, "wire.not_json"),
        ('{"choice": "yes", "choice": "no", "electorate": "citizens"}', 400, "wire.duplicate_key"),
        ("[" * 50, 400, "wire.too_deep"),
        ('"' + "x" * 5000 + '"', 400, "wire.too_large"),
    ],
)
def test_a_broken_ballot_gets_a_clear_refusal(named: Vote, cast: Cast, body: object, status: int, code: str) -> None:
    answered, answer = post(cast.ana, named, body)
    assert (answered, answer["refused"]) == (status, code)
    assert NamedBallot.objects.count() == 0


def test_the_whole_cast_at_the_ballot_door(named: Vote, cast: Cast) -> None:
    found = {name: post(getattr(cast, name), named, PAPER)[0] for name in ("ana", "bo", "chen", "fatou", "otto")}
    assert found == {"ana": 200, "bo": 200, "chen": 200, "fatou": 403, "otto": 403}


def test_nobody_votes_at_somebody_elses_address(named: Vote, cast: Cast) -> None:
    stranger = browser_of(cast.bo)
    assert stranger.post(door(cast.ana, named), PAPER).status_code == 403
    assert Client().post(door(cast.ana, named), PAPER).status_code == 403
    assert NamedBallot.objects.count() == 0


def test_a_ballot_from_a_foreign_page_is_refused(named: Vote, cast: Cast) -> None:
    client = browser_of(cast.ana, checks=True)
    assert client.post(door(cast.ana, named), PAPER).status_code == 403
    assert NamedBallot.objects.count() == 0


def test_an_observer_reads_but_finds_no_ballot(named: Vote, cast: Cast) -> None:
    page = browser_of(cast.otto).get(f"/m/{cast.otto.key}/motions/{named.key}/").content.decode()
    assert "radio" not in page


def test_a_late_ballot_by_form_says_so_and_shows_the_way_to_the_result(named: Vote, cast: Cast) -> None:
    client = browser_of(cast.ana)
    named.close()
    page = client.post(door(cast.ana, named), PAPER)
    assert (page.status_code, "/results/" in page.content.decode()) == (409, True)


def test_without_javascript_the_live_page_leads_to_the_motions(named: Vote, cast: Cast) -> None:
    page = browser_of(cast.ana).get(f"/m/{cast.ana.key}/plenary/").content.decode()
    noscript = re.search(r"<noscript>.*</noscript>", page, re.DOTALL)
    assert noscript is not None
    assert f'href="/m/{cast.ana.key}/motions/"' in noscript[0]


def test_the_list_of_motions_leads_to_ballots_and_results(named: Vote, cast: Cast) -> None:
    client = browser_of(cast.ana)
    address = f"/m/{cast.ana.key}/motions/"
    assert f"/motions/{named.key}/" in client.get(address).content.decode()
    named.close()
    assert f"/results/{named.key}/" in client.get(address).content.decode()


# --- results


@pytest.fixture
def counted(named: Vote, cast: Cast) -> Vote:
    """Two yes, one no: 66.6 % where 70 % was needed."""
    for member, choice in ((cast.ana, "yes"), (cast.bo, "yes"), (cast.chen, "no")):
        named.cast(member, choice)
    return named.close()


def result_of(vote: Vote, suffix: str = "/") -> str:
    return f"/a/{vote.assembly.slug}/results/{vote.key}{suffix}"


def test_the_outcome_comes_first_in_the_readers_language_and_never_rounds_up(counted: Vote) -> None:
    page = Client().get(result_of(counted.certify(), "/?lang=en")).content.decode()
    headline = re.search(r"<h1[^>]*>(.*?)</h1>", page)
    assert headline is not None
    assert headline[1] == "Not adopted: 2 of 3 said yes (66.6\u202f%); 70\u202f% was needed."


def test_the_table_says_everything_the_drawing_says(counted: Vote) -> None:
    page = Client().get(result_of(counted.certify(), "/?lang=en")).content.decode()
    assert [page.count(f'class="d-{says}" '[:-1] + "/>") for says in ("yes", "no")] == [3, 2]  # seats and the legend
    assert re.findall(r'<td class="n">(\d+)</td>', page) == ["3", "2", "1", "0"]


def test_numbers_in_the_drawing_never_get_a_comma(counted: Vote) -> None:
    page = Client().get(result_of(counted.certify(), "/?lang=es")).content.decode()
    drawing = re.search(r"<svg class=\"seats\" viewBox=.*?</svg>", page)
    assert drawing is not None
    assert not re.search(r'(cx|cy|r|d|viewBox)="[^"]*\d,\d', drawing[0])


def test_the_file_on_the_page_recounts_to_the_same(counted: Vote) -> None:
    answer = Client().get(result_of(counted.certify(), ".json"))
    assert differences(answer.json()) == []


def test_the_program_can_be_fetched_beside_the_result() -> None:
    assert Client().get("/recount.py").getvalue().startswith(b"#!/usr/bin/env python3")


def test_before_certification_the_count_is_shown_and_the_ballots_are_not(counted: Vote) -> None:
    assert "not certified yet" in Client().get(result_of(counted, "/?lang=en")).content.decode()
    assert Client().get(result_of(counted, ".json")).status_code == 404


def test_an_open_ballot_shows_nothing(named: Vote) -> None:
    assert [Client().get(result_of(named, suffix)).status_code for suffix in ("/", ".json", ".svg")] == [404] * 3


def test_a_result_is_not_found_under_another_assembly(counted: Vote) -> None:
    counted.certify()
    assert Client().get(f"/a/other/results/{counted.key}/").status_code == 404


def test_the_results_of_a_closed_assembly_are_for_its_organisers_and_members(counted: Vote, cast: Cast) -> None:
    cast.assembly.public = False
    cast.assembly.save()
    counted.certify()
    olga = Client()
    olga.force_login(cast.olga)
    for suffix in ("/", ".json", ".svg"):
        address = result_of(counted, suffix)
        assert (Client().get(address).status_code, olga.get(address).status_code) == (404, 200)
    page = browser_of(cast.ana).get(f"/m/{cast.ana.key}/motions/{counted.key}/?lang=en").content.decode()
    assert "Not adopted: 2 of 3 said yes" in page


def test_names_stand_with_public_ballots_and_codes_with_secret_ones(cast: Cast) -> None:
    make_member(cast.assembly, "Eva", chamber="parliament")
    vote = Vote(cast.assembly, deliberative_committee()).open()
    code = vote.cast(cast.ana).tracker
    page = Client().get(result_of(vote.close().certify())).content.decode()
    assert code is not None
    assert code in page
    assert "Ana" not in page


def test_a_hostile_text_is_shown_as_text(cast: Cast) -> None:
    vote = Vote(cast.assembly, text="<script>alert(1)</script><b onclick=x>Cerrar</b> https://example.org").open()
    page = browser_of(cast.ana).get(f"/m/{cast.ana.key}/motions/{vote.key}/").content.decode()
    assert "alert(1)</script>" not in page
    assert "onclick" not in page


# --- the organiser's page


@pytest.fixture
def organiser(cast: Cast) -> Client:
    """Olga's browser, with all kinds installed as in the product."""
    install(kinds=[PLENARY, TEXT], doors=COMMANDS)
    client = Client()
    client.force_login(cast.olga)
    return client


def act(client: Client, cast: Cast, name: str, **data: str) -> int:
    return client.post(f"/organise/{cast.assembly.slug}/plenary/{name}/", data).status_code


def test_an_organiser_takes_a_recommendation_to_its_result(organiser: Client, cast: Cast) -> None:
    recommendation = make_recommendation(cast.assembly)
    address = f"/organise/{cast.assembly.slug}/plenary/"
    assert recommendation.key in organiser.get(address).content.decode()
    assert act(organiser, cast, "add", recommendation=recommendation.key, preset="conference", level="assisted") == 302
    motion = Motion.objects.get().key
    for step in ({"name": "open", "minutes": "10"}, {"name": "close"}, {"name": "certify"}):
        assert act(organiser, cast, step["name"], motion=motion, minutes=step.get("minutes", "")) == 302
    assert Motion.objects.get().phase == "certified"
    assert f"/results/{motion}/" in organiser.get(address).content.decode()


def test_only_rules_that_the_chambers_allow_are_offered(organiser: Client, cast: Cast) -> None:
    recommendation = make_recommendation(cast.assembly)
    page = organiser.get(f"/organise/{cast.assembly.slug}/plenary/").content.decode()
    assert 'value="supermajority"' in page
    assert 'value="double_majority"' not in page
    fields = {"recommendation": recommendation.key, "level": "public"}
    assert act(organiser, cast, "add", preset="double_majority", **fields) == 409
    assert act(organiser, cast, "add", preset="supermajority", tie="coin", **fields) == 409


def test_an_organiser_ends_a_tie_and_says_why_the_majority_departs(organiser: Client, cast: Cast) -> None:
    council = [make_member(cast.assembly, name, chamber="council") for name in ("Eva", "Gil")]
    rule = Rule(
        (Electorate("council", chamber="council"), Electorate("citizens", effect=Effect.ADVISORY)),
        tie=Tie.CHAIR, departure="with_reasons",
    )  # fmt: skip
    vote = Vote(cast.assembly, rule).open()
    for member, electorate, choice in (
        (council[0], "council", "yes"), (council[1], "council", "no"), (cast.ana, "citizens", "no"),
        (cast.bo, "citizens", "no"), (cast.chen, "citizens", "no"),
    ):  # fmt: skip
        vote.cast(member, choice, electorate)
    vote.close()
    address = f"/organise/{cast.assembly.slug}/plenary/"
    assert "The chair decides." in (page := organiser.get(address).content.decode())
    assert f"{address}certify/" not in page
    assert act(organiser, cast, "certify", motion=vote.key) == 409
    assert act(organiser, cast, "settle", motion=vote.key, adopt="yes") == 302
    assert "Why the majority departs" in organiser.get(address).content.decode()
    assert act(organiser, cast, "explain", motion=vote.key, text=" ", lang="es") == 409
    assert act(organiser, cast, "explain", motion=vote.key, text="No alcanza.", lang="es") == 302
    assert "No alcanza." in organiser.get(address).content.decode()
    assert act(organiser, cast, "certify", motion=vote.key) == 302
    result = Client().get(f"/a/{cast.assembly.slug}/results/{vote.key}/").content.decode()
    assert "Adopted by the chair" in result
    assert "departs from the advice of: Citizens" in result
    assert "No alcanza." in result


def test_an_objection_is_raised_answered_and_shown_without_javascript(organiser: Client, cast: Cast) -> None:
    vote = Vote(cast.assembly, consent())
    ana, ballot = browser_of(cast.ana), f"/m/{cast.ana.key}/motions/{vote.key}/"
    assert "I object to this text" in ana.get(f"{ballot}?lang=en").content.decode()
    assert ana.post(f"{ballot}objection", {"text": "Y de noche?", "lang": "es"}).status_code == 302
    assert "I object to this text" not in (page := ana.get(f"{ballot}?lang=en").content.decode())
    assert "Y de noche?" in page
    assert "Ana" not in browser_of(cast.bo).get(f"/m/{cast.bo.key}/motions/{vote.key}/").content.decode()
    again = ana.post(f"{ballot}objection", {"text": "Otra vez: y de noche?", "lang": "es"})
    assert (again.status_code, "already" in again.content.decode() or "presentado" in again.content.decode()) == (
        409,
        True,
    )
    objection = vote.state.objections[0].objection
    assert act(organiser, cast, "open", motion=vote.key) == 409
    assert act(organiser, cast, "answer", motion=vote.key, objection=objection, fate="explode") == 409
    assert act(organiser, cast, "answer", motion=vote.key, objection=objection, fate="upheld") == 302
    assert act(organiser, cast, "open", motion=vote.key) == 302
    page = ana.get(f"{ballot}?lang=en").content.decode()
    assert re.findall(r'<span class="grow">([^<]+)</span>', page) == ["I consent", "I do not consent", "I stand aside"]
    assert post(cast.ana, vote, PAPER)[0] == 200
    assert act(organiser, cast, "close", motion=vote.key) == 302
    result = Client().get(f"/a/{cast.assembly.slug}/results/{vote.key}/?lang=en").content.decode()
    assert "Not adopted: an objection was upheld." in result
    assert "Y de noche?" in result


def test_the_ballot_leads_to_where_its_text_comes_from_and_to_dissent(cast: Cast) -> None:
    vote = Vote(cast.assembly).open()
    page = browser_of(cast.ana).get(f"/m/{cast.ana.key}/motions/{vote.key}/?lang=en").content.decode()
    assert f'href="/m/{cast.ana.key}/recommendations/{vote.recommendation.key}/"' in page
    assert "the dissent that stayed" in page


def test_only_its_author_takes_an_objection_back_by_form(cast: Cast) -> None:
    vote = Vote(cast.assembly, consent())
    ana, bo = browser_of(cast.ana), browser_of(cast.bo)
    ana.post(f"/m/{cast.ana.key}/motions/{vote.key}/objection", {"text": "Y de noche?", "lang": "es"})
    objection = vote.state.objections[0].objection
    assert bo.post(f"/m/{cast.bo.key}/motions/{vote.key}/objection", {"objection": objection}).status_code == 409
    assert ana.post(f"/m/{cast.ana.key}/motions/{vote.key}/objection", {"objection": objection}).status_code == 302
    assert vote.state.objections[0].fate == "withdrawn"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("open", {"motion": "nothing"}),
        ("open", {"motion": "nothing", "minutes": "-5"}),
        ("close", {}),
        ("add", {"recommendation": "nothing", "preset": "conference", "level": "public"}),
        ("add", {"preset": "dictatorship", "level": "public"}),
        ("explode", {}),
    ],
)
def test_what_cannot_be_done_is_said(organiser: Client, cast: Cast, name: str, data: dict[str, str]) -> None:
    assert act(organiser, cast, name, **data) == 409


def test_two_people_certify_where_the_organiser_asked_for_it(organiser: Client, cast: Cast) -> None:
    recommendation = make_recommendation(cast.assembly)
    act(
        organiser, cast, "add", recommendation=recommendation.key, preset="conference", level="public", two_certify="on"
    )
    motion = Motion.objects.get().key
    for name in ("open", "close", "certify", "certify"):
        act(organiser, cast, name, motion=motion)
    assert Motion.objects.get().phase == "closed"


def test_nobody_else_reaches_the_organisers_page(cast: Cast) -> None:
    address = f"/organise/{cast.assembly.slug}/plenary/"
    assert browser_of(cast.fatou).get(address).status_code in (302, 403, 404)
    assert browser_of(cast.fatou).post(f"{address}add/", {}).status_code in (302, 403, 404)
    assert Motion.objects.count() == 0


def test_a_ballot_opened_for_every_language_says_which_is_missing(organiser: Client, cast: Cast) -> None:
    vote = Vote(cast.assembly, dataclasses.replace(conference(level=Level.PUBLIC), versions="machine"))
    page = organiser.post(f"/organise/{cast.assembly.slug}/plenary/open/?lang=en", {"motion": vote.key})
    assert (page.status_code, "Català, Français" in page.content.decode()) == (409, True)
