"""Who objects or amends is told to nobody: neither the log nor what readers get has a key that leads to a person."""

from __future__ import annotations

import dataclasses
import json

import pytest

from kernel import wire
from kernel.errors import Refused
from live.log import Submission, write
from live.models import Event
from live.queries import lines_after
from live.services import load
from plenary.core.amendments import AmendmentOffer, AmendmentSupport, AmendmentWithdraw
from plenary.core.motions import ObjectionRaise, ObjectionWithdraw
from plenary.core.presets import consent
from plenary.core.rules import Amending
from plenary.core.statements import StatementWrite
from plenary.masks import mask
from tests.cast import Cast
from tests.shell.plenary.test_pages import browser_of
from tests.shell.plenary.voting import Vote

pytestmark = pytest.mark.django_db

RULE = dataclasses.replace(consent(), amendments=Amending(), statement_hours=1)


@pytest.fixture
def contested(cast: Cast) -> Vote:
    """A motion to which Ana objects and offers an amendment that Bo supports; both are in the plenary."""
    vote = Vote(cast.assembly, RULE)
    vote.do(1, ObjectionRaise(vote.key, "Y de noche?", "es"), by=cast.ana.key)
    vote.do(2, AmendmentOffer(vote.key, "replace", 1, "Cerrar los sábados.", "Porque.", "es"), by=cast.ana.key)
    vote.do(3, AmendmentSupport(vote.key, vote.state.amendments[0].amendment, support=True), by=cast.bo.key)
    return vote


def test_nothing_that_is_stored_or_told_says_who(contested: Vote, cast: Cast) -> None:
    rows = list(Event.objects.filter(stream__name=contested.stream).values_list("by", "data", "kind"))
    told = [line.text for line in lines_after(contested.stream, 0, limit=99)]
    everything = json.dumps(rows) + "".join(told) + wire.dumps(wire.encode(load(contested.stream).state))
    assert [kind for *_, kind in rows][1:] == ["objection.raised", "amendment.offered", "amendment.supported"]
    assert "amendment.supported" in told[-1], "what readers get was looked at"
    assert not any(each.key in everything for each in (cast.ana, cast.bo))


def test_only_who_wears_the_mask_takes_their_words_back(contested: Vote, cast: Cast) -> None:
    objection, amendment = contested.state.objections[0].objection, contested.state.amendments[0].amendment
    for command in (ObjectionWithdraw(contested.key, objection), AmendmentWithdraw(contested.key, amendment)):
        for stranger in (cast.bo.key, mask(cast.assembly.pk, cast.ana.key)):
            with pytest.raises(Refused, match="not_yours"):
                contested.do(4, command, by=stranger)
        contested.do(5, command, by=cast.ana.key)
    assert contested.state.objections[0].fate == contested.state.amendments[0].fate == "withdrawn"
    last = Event.objects.filter(stream__name=contested.stream).order_by("-seq").values_list("by", flat=True)[:2]
    assert cast.ana.key not in last


def test_a_command_that_is_sent_again_has_one_effect(contested: Vote, cast: Cast) -> None:
    again = Submission(contested.stream, ObjectionRaise(contested.key, "Y de día?", "es"), cast.chen.key, "once")
    assert write([again]).answers == write([again]).answers
    assert len(contested.state.objections) == 2


def test_who_may_not_vote_has_no_mask_to_do_it_in(contested: Vote, cast: Cast) -> None:
    with pytest.raises(Refused, match="not_entitled"):
        contested.do(4, ObjectionRaise(contested.key, "No.", "es"), by=cast.otto.key)


def test_a_mask_is_of_one_assembly(cast: Cast) -> None:
    assert mask(1, cast.ana.key) != mask(2, cast.ana.key) != mask(2, cast.bo.key)
    assert mask(1, cast.ana.key) == mask(1, cast.ana.key)


def test_what_is_signed_by_name_stays_by_name(contested: Vote, cast: Cast) -> None:
    contested.do(4, ObjectionWithdraw(contested.key, contested.state.objections[0].objection), by=cast.ana.key)
    contested.do(4, AmendmentWithdraw(contested.key, contested.state.amendments[0].amendment), by=cast.ana.key)
    contested.open()
    contested.do(5, StatementWrite(contested.key, "No así.", "es"), by=cast.ana.key)
    assert [each.signed for each in contested.state.statements.values()] == [(cast.ana.key,)]


def test_each_page_shows_its_reader_what_is_theirs(contested: Vote, cast: Cast) -> None:
    pages = [
        browser_of(each).get(f"/m/{each.key}/motions/{contested.key}/?lang=en").content.decode()
        for each in (cast.ana, cast.bo)
    ]
    assert ["Take my objection back" in page for page in pages] == [True, False]
    assert ["Take my amendment back" in page for page in pages] == [True, False]
    assert ["No longer support it" in page for page in pages] == [False, True]
    live = browser_of(cast.ana).get(f"/m/{cast.ana.key}/plenary/").content.decode()
    assert mask(cast.assembly.pk, cast.ana.key) in live
    assert mask(cast.assembly.pk, cast.bo.key) not in live
