"""A sealed vote: one permit a voter, a ballot that says who nobody is, and everything that is not taken."""

from __future__ import annotations

import copy
import json
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from assemblies.models import Member
from assemblies.queries import actor_of
from assemblies.services import remove_member
from hemicycle.cli import main
from kernel.errors import Refused
from plenary import keys, recount, recount_permits, services
from plenary.core.blind import SigningKey, as_text
from plenary.core.presets import conference
from plenary.core.rules import Level
from plenary.models import Ballot, Permit, SealingKey
from tests.cast import Cast
from tests.factories import make_member
from tests.shell.plenary.sealing import Sealer, post
from tests.shell.plenary.test_pages import browser_of
from tests.shell.plenary.voting import Vote

pytestmark = pytest.mark.django_db
Document = dict[str, Any]
unpermitted: Callable[[Document], list[str]] = recount_permits.differences
miscounted: Callable[[Document], list[str]] = recount.differences
FOREIGN = "A" * 512


@cache
def two_keys() -> tuple[SigningKey, SigningKey]:
    return SigningKey.new(), SigningKey.new()


@pytest.fixture(autouse=True)
def _keys_made_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in life the keys are there when the vote opens; here the same two for every test."""
    ahead: deque[Future[SigningKey]] = deque()
    for key in two_keys():
        ahead.append(Future())
        ahead[-1].set_result(key)
    monkeypatch.setattr(keys, "_ahead", ahead)


@pytest.fixture
def sealed(cast: Cast) -> Vote:
    """An open sealed ballot at 70 %."""
    return Vote(cast.assembly, conference(level=Level.SEALED)).open()


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def choices(vote: Vote) -> list[str]:
    return sorted(Ballot.objects.filter(motion=vote.key).values_list("choice", flat=True))


# --- permits


def test_a_voter_has_one_permit_and_asking_again_gets_the_same_answer(sealed: Vote, cast: Cast) -> None:
    ana = Sealer(sealed, cast.ana).permit()
    assert Sealer.permit(ana).signature == ana.signature
    assert refusal(lambda: Sealer(sealed, cast.ana).permit()) == "ballot.permit_taken"
    assert Permit.objects.count() == 1


@pytest.mark.parametrize("who", ["fatou", "otto"])
def test_who_is_not_on_the_roll_gets_none(sealed: Vote, cast: Cast, who: str) -> None:
    assert refusal(lambda: Sealer(sealed, getattr(cast, who)).permit()) == "ballot.not_entitled"


def test_who_is_removed_after_the_permit_still_votes_as_nobody_knows_whose_it_is(sealed: Vote, cast: Cast) -> None:
    ana = Sealer(sealed, cast.ana).permit()
    remove_member(cast.ana)
    ana.cast("yes")
    assert choices(sealed) == ["yes"]


@pytest.mark.parametrize("blinded", ["", "AA", "_" * 512, "not base64!", "A" * 512])
def test_what_is_no_blinded_token_burns_no_permit(sealed: Vote, cast: Cast, blinded: str) -> None:
    ana = Sealer(sealed, cast.ana)
    args: dict[str, Any] = {"actor": actor_of(cast.ana), "electorate": "citizens", "envelope": ""}
    assert refusal(lambda: services.issue_permit(sealed.key, blinded=blinded, **args)) == "ballot.no_permit"
    ana.permit().cast()
    assert choices(sealed) == ["yes"]


def test_a_public_electorate_gives_no_permits(named: Vote, cast: Cast) -> None:
    ask = partial(services.issue_permit, named.key, actor=actor_of(cast.ana), electorate="citizens")
    assert refusal(lambda: ask(blinded=FOREIGN, envelope="")) == "ballot.not_entitled"


def test_no_permit_is_given_after_closing(sealed: Vote, cast: Cast) -> None:
    ana = Sealer(sealed, cast.ana)
    sealed.close()
    assert refusal(ana.permit) == "motion.closed"


def test_whoever_was_assisted_gets_no_permit_and_the_other_way_round(sealed: Vote, cast: Cast) -> None:
    sealed.cast(cast.ana)
    assert refusal(lambda: Sealer(sealed, cast.ana).permit()) == "ballot.already_cast"
    Sealer(sealed, cast.bo).permit()
    assert refusal(lambda: sealed.cast(cast.bo)) == "ballot.permit_taken"


# --- ballots


def test_a_ballot_is_changed_with_the_same_permit_until_closing(sealed: Vote, cast: Cast) -> None:
    ana = Sealer(sealed, cast.ana).permit()
    trackers = {ana.cast(choice).tracker for choice in ("yes", "no", "abstain", "no")}
    assert (choices(sealed), trackers) == (["no"], {ana.hash[:12]})


@pytest.mark.parametrize(
    "missing",
    [
        {"signature": FOREIGN},
        {"signature": ""},
        {"prefix": "AA"},
        {"prefix": "?"},
        {"token": "other"},
        {"electorate": "parliament"},
    ],
)
def test_a_ballot_without_a_permit_of_this_vote_is_not_taken(sealed: Vote, cast: Cast, missing: dict[str, str]) -> None:
    ana = Sealer(sealed, cast.ana).permit()
    assert refusal(lambda: ana.cast(**missing)) == "ballot.no_permit"
    assert choices(sealed) == []


def test_a_permit_of_another_vote_is_not_taken(sealed: Vote, cast: Cast) -> None:
    other = Vote(cast.assembly, conference(level=Level.SEALED)).open()
    ana = Sealer(sealed, cast.ana).permit()
    assert refusal(lambda: services.cast_sealed(other.key, ana.paper())) == "ballot.no_permit"


def test_a_signature_by_a_key_of_ones_own_is_not_taken(sealed: Vote, cast: Cast) -> None:
    own, ana = SigningKey.new(), Sealer(sealed, cast.ana)
    ana.public = own.public
    ana.blinded = type(ana.blinded)(ana.blinded.sent, 1)
    ana.finish(as_text(own.sign(b"\x01" * 384)))
    assert refusal(ana.cast) == "ballot.no_permit"


def test_a_ballot_on_other_texts_is_not_taken(sealed: Vote, cast: Cast) -> None:
    ana = Sealer(sealed, cast.ana).permit()
    assert refusal(lambda: ana.cast(wording="0" * 64)) == "ballot.other_texts"


def test_a_choice_that_is_none_is_refused(sealed: Vote, cast: Cast) -> None:
    assert refusal(lambda: Sealer(sealed, cast.ana).permit().cast("maybe")) == "ballot.bad_choice"


def test_a_late_ballot_is_refused_and_an_unknown_vote_too(sealed: Vote, cast: Cast) -> None:
    ana = Sealer(sealed, cast.ana).permit()
    assert refusal(lambda: services.cast_sealed("nothing", ana.paper())) == "motion.unknown"
    sealed.close()
    assert refusal(ana.cast) == "motion.closed"


# --- what is counted and published


@pytest.fixture
def published(cast: Cast) -> Document:
    """Two sealed ballots, an assisted one, and a permit that was not used."""
    dora = make_member(cast.assembly, "Dora")
    vote = Vote(cast.assembly, conference(level=Level.SEALED)).open()
    Sealer(vote, cast.ana).permit().cast("no")
    Sealer(vote, cast.bo).permit().cast("yes")
    Sealer(vote, dora).permit()
    vote.cast(cast.chen, "yes")
    return vote.close().certify().document()


def test_an_honest_file_is_identical_for_both_programs(published: Document) -> None:
    assert (miscounted(published), unpermitted(published)) == ([], [])
    counted = published["result"]["verdicts"][0]["count"]
    assert (counted["yes"], counted["no"], counted["assisted"]) == (2, 1, 1)
    assert published["permits"] == {"citizens": {"sealed": 3, "assisted": 1}}


def first_sealed(document: Document) -> dict[str, str]:
    found: dict[str, str] = next(ballot for ballot in document["ballots"] if "proof" in ballot)
    return found


def exchange_the_token(document: Document) -> None:
    first_sealed(document)["token"] = "0" * 64


def take_a_proof_away(document: Document) -> None:
    del first_sealed(document)["proof"]


def exchange_the_key(document: Document) -> None:
    document["keys"]["citizens"] = as_text(b"\xff" * 384)


def exchange_proofs(document: Document) -> None:
    one, other = (ballot for ballot in document["ballots"] if "proof" in ballot)
    one["proof"], other["proof"] = other["proof"], one["proof"]


def give_fewer_permits(document: Document) -> None:
    document["permits"]["citizens"]["sealed"] = 1


def give_more_permits_than_people(document: Document) -> None:
    document["permits"]["citizens"]["sealed"] = 9


def forget_the_key(document: Document) -> None:
    document["keys"] = {}


def add_an_assisted_ballot(document: Document) -> None:
    document["ballots"].append({"electorate": "citizens", "token": "f" * 64, "choice": "yes"})


@pytest.mark.parametrize("fraud", [exchange_the_token, take_a_proof_away, exchange_the_key, exchange_proofs,
                                   give_fewer_permits, give_more_permits_than_people, forget_the_key,
                                   add_an_assisted_ballot])  # fmt: skip
def test_whatever_is_done_to_a_permit_is_found(published: Document, fraud: Callable[[Document], None]) -> None:
    changed = copy.deepcopy(published)
    fraud(changed)
    assert unpermitted(changed)


def test_one_command_counts_and_checks(published: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "result.json"
    file.write_text(json.dumps(published))
    assert main(["recount", str(file)]) == 0
    assert capsys.readouterr().out == "identical\nidentical\n"
    exchange_proofs(published)
    file.write_text(json.dumps(published))
    assert main(["recount", str(file)]) == 1
    assert "2 ballots carry no valid permit" in capsys.readouterr().out


def test_what_signed_is_gone_at_closing_and_so_is_what_was_sealed_in_envelopes(sealed: Vote, cast: Cast) -> None:
    Sealer(sealed, cast.ana).permit(envelope="secret").cast()
    assert SealingKey.objects.count() == 1
    sealed.close()
    assert SealingKey.objects.count() == 0
    assert list(Permit.objects.values_list("member", "blinded", "envelope")) == [(cast.ana.key, "", "")]


def test_no_row_of_a_permit_knows_anything_of_its_ballot(sealed: Vote, cast: Cast) -> None:
    ana = Sealer(sealed, cast.ana).permit()
    ana.cast()
    permit, ballot = Permit.objects.values().get(), Ballot.objects.values().get()
    known = {str(value) for value in permit.values()} & {str(value) for value in ballot.values()}
    assert known == {sealed.key, "citizens"}


# --- doors


def test_a_permit_is_asked_for_by_a_known_voter_and_a_ballot_comes_from_nobody(sealed: Vote, cast: Cast) -> None:
    ana, browser = Sealer(sealed, cast.ana), browser_of(cast.ana)
    door = f"/m/{cast.ana.key}/motions/{sealed.key}/permit"
    status, answer = post(browser, door, electorate="citizens", blinded=ana.sent, envelope="sealed")
    assert (status, answer["done"]) == (200, True)
    ana.finish(answer["signed"])
    assert browser.get(f"{door}?electorate=citizens").json() == {"envelope": "sealed"}
    stranger = Client(enforce_csrf_checks=True)
    status, answer = post(stranger, f"/ballots/{sealed.key}", **wire(ana, "yes"))
    assert (status, answer["tracker"]) == (200, ana.hash[:12])
    assert not stranger.cookies


def wire(sealer: Sealer, choice: str) -> dict[str, str]:
    paper = sealer.paper(choice)
    return {name: getattr(paper, name) for name in paper.__slots__}


def test_nobody_else_gets_a_permit_or_an_envelope(sealed: Vote, cast: Cast) -> None:
    door = f"/m/{cast.ana.key}/motions/{sealed.key}/permit"
    for browser in (Client(), browser_of(cast.bo)):
        assert browser.get(f"{door}?electorate=citizens").status_code == 403
        assert browser.post(door, "{}", content_type="application/json").status_code == 403
    assert Permit.objects.count() == 0


def test_a_permit_needs_the_token_of_the_page(sealed: Vote, cast: Cast) -> None:
    checked = browser_of(cast.ana, checks=True)
    door = f"/m/{cast.ana.key}/motions/{sealed.key}/permit"
    assert checked.post(door, "{}", content_type="application/json").status_code == 403


@pytest.mark.parametrize("body", ["", "[]", "{", '{"electorate": 1}', "x" * 5000])
def test_what_cannot_be_read_is_refused_with_a_code(sealed: Vote, body: str) -> None:
    answer = Client().post(f"/ballots/{sealed.key}", body, content_type="application/json")
    assert (answer.status_code, answer.json()["refused"].split(".")[0]) == (400, "wire")


def test_an_envelope_has_a_size(sealed: Vote, cast: Cast) -> None:
    door = f"/m/{cast.ana.key}/motions/{sealed.key}/permit"
    blinded = Sealer(sealed, cast.ana).sent
    status, _ = post(browser_of(cast.ana), door, electorate="citizens", blinded=blinded, envelope="x" * 1601)
    assert status == 400


def page_of(member: Member, vote: Vote) -> str:
    return browser_of(member).get(f"/m/{member.key}/motions/{vote.key}/?lang=en").content.decode()


def test_the_form_leads_to_the_sealed_vote_and_offers_an_assisted_one_for_what_it_is(sealed: Vote, cast: Cast) -> None:
    page = page_of(cast.ana, sealed)
    assert "Vote sealed, in the plenary" in page
    assert page.index("Sealed vote: your name") < page.index("assisted vote") < page.index("Assisted secret vote: the")
    Sealer(sealed, cast.ana).permit()
    page = page_of(cast.ana, sealed)
    assert "Vote sealed, in the plenary" in page
    assert "Assisted secret vote" not in page


def test_the_result_says_what_the_seal_means_and_hands_out_the_program(published: Document, cast: Cast) -> None:
    page = Client().get(f"/a/{cast.assembly.slug}/results/{published['motion']}/?lang=en").content.decode()
    assert "The file shows that each ballot had a permit." in page
    assert "/recount_permits.py" in page
    assert Client().get("/recount_permits.py").getvalue().startswith(b"#!/usr/bin/env python3")
