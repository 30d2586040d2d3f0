"""Minority statements on pages without a script, in the result and in its file, and in the translator's hands."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from assemblies.models import Member
from kernel.errors import Refused
from plenary import recount, texts
from plenary.core.motions import MotionCertify, MotionClose
from plenary.core.presets import conference, deliberative_committee
from plenary.core.rules import Level
from plenary.core.statements import StatementSign, StatementWrite
from plenary.models import Motion
from plenary.signing import sign_text
from tests.cast import Cast
from tests.factories import bring_translations
from tests.laws import assert_law
from tests.shell.plenary.test_pages import act, browser_of
from tests.shell.plenary.voting import Vote, make_recommendation

pytestmark = pytest.mark.django_db

TEXT = "¿Y quien trabaja de noche?"
OVER = 2 + 3600
differences: Callable[[dict[str, Any]], list[str]] = recount.differences


def taking(cast: Cast, level: Level = Level.PUBLIC, signatures: int = 2) -> Vote:
    """An open motion on which statements are taken until an hour after closing; it began two hours ago."""
    rule = replace(conference(level), statement_hours=1, signatures=signatures)
    return Vote(cast.assembly, rule, ago_s=7200).open()


def door(member: Member, vote: Vote) -> str:
    return f"/m/{member.key}/motions/{vote.key}/statement"


def page(member: Member, vote: Vote) -> str:
    return browser_of(member).get(f"/m/{member.key}/motions/{vote.key}/?lang=en").content.decode()


def stated(vote: Vote, *signing: Member) -> str:
    """Key of a statement that these people signed while the vote was open."""
    first, *others = signing
    vote.do(1, StatementWrite(vote.key, TEXT, "es"), by=first.key)
    key = list(vote.state.statements)[-1]
    for member in others:
        vote.do(1, StatementSign(vote.key, key), by=member.key)
    return key


def certified(vote: Vote) -> Vote:
    vote.close()
    vote.do(OVER, MotionCertify(vote.key))
    return vote


def result(vote: Vote) -> str:
    return Client().get(f"/a/{vote.assembly.slug}/results/{vote.key}/?lang=en").content.decode()


def test_it_is_written_signed_and_left_by_forms_and_the_log_leads_to_the_state(cast: Cast) -> None:
    vote = Vote(cast.assembly, replace(conference(), statement_hours=1, signatures=2)).open()
    ana, bo = browser_of(cast.ana), browser_of(cast.bo)
    assert "I decide otherwise, and say why" in page(cast.ana, vote)
    asked = {"statement": TEXT, "lang": "es"}
    assert assert_law(vote.stream, lambda: ana.post(door(cast.ana, vote), asked)) == ["statement.written"]
    key = next(iter(vote.state.statements))
    assert assert_law(vote.stream, lambda: bo.post(door(cast.bo, vote), {"sign": key})) == ["statement.signed"]
    text = page(cast.bo, vote)
    assert [each in text for each in (TEXT, "2 people sign this.", "<bdi>Ana</bdi>", "Take my name back")] == [True] * 4
    assert "I decide otherwise" not in page(cast.ana, vote)
    assert assert_law(vote.stream, lambda: bo.post(door(cast.bo, vote), {"leave": key})) == ["statement.left"]
    assert "I sign this, too" in page(cast.bo, vote)


def test_who_is_not_on_the_roll_is_refused_and_what_was_written_stays(cast: Cast) -> None:
    vote = Vote(cast.assembly, replace(conference(), statement_hours=1)).open()
    for member in (cast.fatou, cast.otto):
        answer = browser_of(member).post(door(member, vote), {"statement": TEXT, "lang": "es"})
        assert answer.status_code in (403, 409)
        assert "I decide otherwise" not in page(member, vote)
    ana = browser_of(cast.ana)
    ana.post(door(cast.ana, vote), {"statement": TEXT, "lang": "es"})
    again = ana.post(door(cast.ana, vote), {"statement": "Otra.", "lang": "es"})
    assert (again.status_code, next(iter(vote.state.statements.values())).signed) == (409, (cast.ana.key,))
    empty = browser_of(cast.bo).post(door(cast.bo, vote), {"statement": TEXT, "lang": "nope"})
    assert (empty.status_code, TEXT in empty.content.decode()) == (409, True)


def test_a_member_who_was_removed_signs_no_more_and_their_signature_stays(cast: Cast) -> None:
    vote = Vote(cast.assembly, replace(conference(), statement_hours=1)).open()
    key = stated(vote, cast.ana, cast.bo)
    browser = browser_of(cast.bo)
    cast.bo.removed_at = cast.bo.joined_at or cast.assembly.created_at
    cast.bo.save()
    assert browser.post(door(cast.bo, vote), {"leave": key}).status_code >= 400
    assert vote.state.statements[key].signed == (cast.ana.key, cast.bo.key)
    assert "<bdi>Bo</bdi>" in page(cast.ana, vote)


def test_it_is_published_with_the_result_translated_by_name_and_counts_again(cast: Cast) -> None:
    vote = taking(cast)
    stated(vote, cast.ana, cast.bo)
    stated(vote, cast.chen)
    vote.cast(cast.ana, "no")
    bring_translations(vote.stream, "fr")
    vote.close()
    assert TEXT not in result(vote)
    with pytest.raises(Refused, match="awaits_statements"):
        vote.certify()
    vote.do(OVER, MotionCertify(vote.key))
    document = vote.document()
    assert document["statements"] == [
        {
            "signatures": 2,
            "names": ["Ana", "Bo"],
            "words": {"lang": "es", "text": TEXT},
            "translations": {"fr": {"text": f"(fr) {TEXT}", "status": "machine"}},
        }
    ]
    assert differences(document) == []
    public = result(vote)
    assert [each in public for each in (TEXT, "Minority statements", "<bdi>Ana</bdi>", "I sign this")] == [
        True, True, True, False,
    ]  # fmt: skip


def test_where_ballots_are_secret_the_public_reads_how_many_signed_and_never_who(cast: Cast) -> None:
    vote = taking(cast, Level.ASSISTED)
    stated(vote, cast.ana, cast.bo)
    assert "the public how many" in page(cast.chen, vote)
    assert "<bdi>Ana</bdi>" in page(cast.chen, vote)
    certified(vote)
    document = vote.document()
    assert [(each["signatures"], each["names"]) for each in document["statements"]] == [(2, [])]
    assert cast.ana.name not in json.dumps(document)
    assert ("2 people sign this." in (public := result(vote)), "Ana" in public) == (True, False)


def test_one_secret_electorate_is_enough_to_keep_all_names_from_the_public(cast: Cast) -> None:
    rule = deliberative_committee()
    assert {each.level for each in rule.electorates} == {Level.PUBLIC, Level.ASSISTED}
    vote = Vote(cast.assembly, replace(conference(), statement_hours=1))
    assert texts.are_names_public(vote.state)
    assert not texts.are_names_public(replace(vote.state, rule=rule))


def test_too_few_signatures_are_published_nowhere(cast: Cast) -> None:
    vote = taking(cast)
    stated(vote, cast.ana)
    certified(vote)
    assert vote.document()["statements"] == []
    assert TEXT not in result(vote)
    assert TEXT in page(cast.bo, vote)


def test_the_organiser_lets_them_be_taken_and_certifies_after_that_time(cast: Cast) -> None:
    organiser = Client()
    organiser.force_login(cast.olga)
    made = make_recommendation(cast.assembly)
    asked = {"recommendation": made.key, "preset": "conference", "level": "public"}
    assert act(organiser, cast, "add", **asked, statement_hours="5") == 409
    assert act(organiser, cast, "add", **asked, statement_hours="24") == 302
    key = Motion.objects.get().key
    for name in ("open", "close"):
        assert act(organiser, cast, name, motion=key) == 302
    shown = organiser.get(f"/organise/{cast.assembly.slug}/plenary/?lang=en").content.decode()
    assert "until 24 hours after the vote has closed" in shown
    assert "at least 2 people sign it" in shown
    assert "Certify and publish the result" not in shown
    assert act(organiser, cast, "certify", motion=key) == 409


def test_the_translator_signs_a_statement_until_it_is_published(cast: Cast) -> None:
    vote = taking(cast)
    key = stated(vote, cast.ana, cast.bo)
    sign_text(cast.assembly.pk, key, "Et qui travaille la nuit ?", lang="fr", by="tina")
    with pytest.raises(Refused, match="wrong_phase"):
        sign_text(cast.assembly.pk, key, "¿Y de noche?", lang="es", by="tina")
    certified(vote)
    with pytest.raises(Refused, match="wrong_phase"):
        sign_text(cast.assembly.pk, key, "Autre chose.", lang="fr", by="tina")
    translations = vote.document()["statements"][0]["translations"]
    assert translations == {"fr": {"text": "Et qui travaille la nuit ?", "status": "signed"}}


def test_the_ballots_stay_what_they_are_whoever_signs(cast: Cast) -> None:
    vote = taking(cast, Level.ASSISTED)
    stated(vote, cast.ana, cast.bo)
    vote.cast(cast.ana, "yes")
    vote.do(2, MotionClose(vote.key))
    assert vote.state.outcome is not None
    assert vote.state.outcome.verdicts[0].count.yes == 1
