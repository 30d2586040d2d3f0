"""A version found wrong after the opening: the vote is void for everybody, nothing of it is counted, it is repeated."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kernel.errors import Refused
from live.registry import install
from plenary import queries, recount, recount_choices
from plenary.commands import COMMANDS
from plenary.core.motions import MotionRepeat, MotionVoid
from plenary.core.presets import most
from plenary.core.rules import Kind, Level
from plenary.kinds import PLENARY
from plenary.models import Ballot, Motion, NamedBallot
from plenary.signing import sign_text
from tests.cast import Cast
from tests.shell.plenary.test_pages import act, browser_of
from tests.shell.plenary.voting import Vote
from translation.kinds import TEXT

pytestmark = pytest.mark.django_db

differences: Callable[[dict[str, Any]], list[str]] = recount.differences
of_choices: Callable[[dict[str, Any]], list[str]] = recount_choices.differences
REASON = "La versión francesa dice tres calles, y son trece."


def void(vote: Vote) -> None:
    vote.do(4, MotionVoid(vote.key, "fr", REASON, "es"))


def repeated(vote: Vote) -> str:
    vote.do(5, MotionRepeat(vote.key))
    return list(queries.state_of(vote.assembly.pk).motions)[-1]


def test_no_ballot_is_taken_counted_or_published(named: Vote, cast: Cast, tmp_path: Path) -> None:
    named.cast(cast.ana)
    void(named)
    with pytest.raises(Refused, match=r"motion\.void"):
        named.cast(cast.bo)
    document = named.document()
    assert (document["ballots"], document["result"]) == ([], None)
    assert document["voided"]["version"] == "fr"
    assert document["voided"]["reason"] == {"lang": "es", "text": REASON}
    assert cast.ana.name not in json.dumps(document)
    assert NamedBallot.objects.filter(motion=named.key).count() == 1


def test_ballots_without_names_of_a_void_vote_say_no_more_than_others(assisted: Vote, cast: Cast) -> None:
    for member in (cast.ana, cast.bo):
        assisted.cast(member)
    void(assisted)
    order = list(Ballot.objects.filter(motion=assisted.key).values_list("token_hash", flat=True))
    assert len(order) == 2
    assert order == sorted(order)
    assert not any(token in json.dumps(assisted.document()) for token in order)


@pytest.mark.parametrize("program", [recount.main, recount_choices.main])
def test_the_recount_says_that_nothing_counts(
    program: Callable[[list[str]], int], named: Vote, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named.cast(cast.ana)
    void(named)
    file = tmp_path / "result.json"
    file.write_text(json.dumps(named.document()))
    assert program([str(file)]) == 3
    assert capsys.readouterr().out == f"void, nothing was counted: {REASON}\n"
    forged = {**named.document(), "ballots": [{"electorate": "citizens", "voter": "x", "choice": "yes"}]}
    file.write_text(json.dumps(forged))
    assert program([str(file)]) == 1
    assert "this is not a result file" in capsys.readouterr().out


def test_the_repetition_counts_alone_and_both_pages_lead_to_each_other(named: Vote, cast: Cast) -> None:
    named.cast(cast.bo, "no")
    void(named)
    key = repeated(named)
    page = browser_of(cast.ana).get(f"/m/{cast.ana.key}/motions/{named.key}/?lang=en").content.decode()
    assert "This vote was voided. No ballot of it counts." in page
    assert REASON in page
    assert f"/m/{cast.ana.key}/motions/{key}/" in page
    again = browser_of(cast.ana).get(f"/m/{cast.ana.key}/motions/{key}/?lang=en").content.decode()
    assert "This vote repeats motion 1, which was voided." in again
    first, named.key = named.key, key
    named.open()
    named.cast(cast.ana)
    named.close()
    named.certify()
    document = named.document()
    assert [ballot["choice"] for ballot in document["ballots"]] == ["yes"]
    assert document["repeats"] == first
    assert differences(document) == []
    slug = cast.assembly.slug
    old = Client().get(f"/a/{slug}/results/{first}/?lang=en").content.decode()
    assert REASON in old
    assert f"/a/{slug}/results/{key}/" in old
    assert Client().get(f"/a/{slug}/results/{first}.json").json()["voided"]["version"] == "fr"
    assert "This vote repeats motion 1" in Client().get(f"/a/{slug}/results/{key}/?lang=en").content.decode()


def test_the_text_is_put_right_only_between_the_void_vote_and_its_repetition(named: Vote, cast: Cast) -> None:
    words = named.recommendation.recommendation
    with pytest.raises(Refused, match="wrong_phase"):
        sign_text(cast.assembly.pk, words, "Fermer treize rues.", lang="fr", by="tina")
    void(named)
    with pytest.raises(Refused, match="wrong_phase"):
        sign_text(cast.assembly.pk, words, "Fermer treize rues.", lang="fr", by="tina")
    named.key = repeated(named)
    sign_text(cast.assembly.pk, words, "Fermer treize rues.", lang="fr", by="tina")
    named.open()
    with pytest.raises(Refused, match="wrong_phase"):
        sign_text(cast.assembly.pk, words, "Fermer trois rues.", lang="fr", by="tina")


def test_the_organiser_voids_and_repeats_by_form(named: Vote, cast: Cast) -> None:
    install(kinds=[PLENARY, TEXT], doors=COMMANDS)
    organiser = Client()
    organiser.force_login(cast.olga)
    assert act(organiser, cast, "void", motion=named.key, wrong="de", text=REASON, lang="es") == 409
    assert act(organiser, cast, "repeat", motion=named.key) == 409
    assert act(organiser, cast, "void", motion=named.key, wrong="fr", text=REASON, lang="es") == 302
    assert REASON in organiser.get(f"/organise/{cast.assembly.slug}/plenary/?lang=en").content.decode()
    assert act(organiser, cast, "repeat", motion=named.key) == 302
    assert act(organiser, cast, "repeat", motion=named.key) == 409
    assert list(Motion.objects.order_by("number").values_list("phase", flat=True)) == ["void", "draft"]


def test_a_choice_among_options_is_voided_and_repeated_as_a_whole(cast: Cast) -> None:
    rule = replace(most(Level.PUBLIC), kind=Kind.APPROVAL)
    vote = Vote(cast.assembly, rule, others=("Los sabados.",)).open()
    vote.cast(cast.ana, "1")
    void(vote)
    before, vote.key = vote.state, repeated(vote)
    assert vote.state.options == before.options
    vote.open()
    vote.cast(cast.ana, "2")
    vote.close()
    outcome = vote.state.outcome
    assert outcome is not None
    assert outcome.tables[0].support == (0, 1)
    assert before.outcome is None
    vote.certify()
    assert of_choices(vote.document()) == []
