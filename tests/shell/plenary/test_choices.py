"""Several recommendations in one vote: from the organiser's form over every kind of ballot to the recounted file."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from assemblies.models import Member
from assemblies.services import invite, join
from hemicycle.cli import main as hemicycle
from kernel.errors import Refused
from live.registry import install
from plenary import recount, recount_choices
from plenary.commands import COMMANDS
from plenary.core.motions import MotionAdd, MotionSettle
from plenary.core.presets import deliberative_committee, most, simple_majority
from plenary.core.rules import Kind, Level, Rule, Tie
from plenary.kinds import PLENARY
from plenary.models import Ballot, Motion, NamedBallot
from plenary.signing import sign_text
from public.threads import entries_of
from tests.cast import Cast
from tests.factories import make_member
from tests.shell.plenary.voting import Vote, make_recommendation
from translation.kinds import TEXT

pytestmark = pytest.mark.django_db

Document = dict[str, Any]
differences: Callable[[Document], list[str]] = recount_choices.differences
of_votes: Callable[[Document], list[str]] = recount.differences
OTHERS = ("Més autobusos.", "Carrils bici.")
MARKED = {
    Kind.APPROVAL: (("1 2", "2", "blank"), 2),
    Kind.SCORE: (("5 3 0", "4 4 1", "0 5 2"), 2),
    Kind.RUNOFF: (("1 2 3", "2 1", "1"), 1),
    Kind.SCHULZE: (("1 2 3", "2 1", "2 3 1"), 2),
}


def choice(cast: Cast, kind: Kind, rule: Rule | None = None, **change: Any) -> Vote:
    """An open vote on three recommendations; whichever stands highest is chosen."""
    return Vote(cast.assembly, replace(rule or most(), kind=kind, **change), others=OTHERS).open()


def browser_of(member: Member) -> Client:
    client = Client()
    joined = join(invite(member), name=member.name, speaks=member.speaks, reads=member.reads, device_label="Firefox")
    client.cookies["device"] = joined.secret
    return client


def counted(cast: Cast, kind: Kind, **change: Any) -> Vote:
    vote = choice(cast, kind, **change)
    for member, paper in zip((cast.ana, cast.bo, cast.chen), MARKED[kind][0], strict=True):
        vote.cast(member, paper)
    return vote.close()


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("kind", MARKED)
def test_a_choice_is_counted_published_and_recounted(kind: Kind, level: Level, cast: Cast, tmp_path: Path) -> None:
    vote = counted(cast, kind, rule=most(level)).certify()
    outcome = vote.state.outcome
    assert outcome is not None
    assert (outcome.chosen, outcome.tables[0].valid) == (MARKED[kind][1], 2 if kind is Kind.APPROVAL else 3)
    document = json.loads(json.dumps(vote.document()))
    assert differences(document) == []
    assert of_votes(document) == ["this is a choice among options, which recount_choices.py counts"]
    file, program = tmp_path / "result.json", Path(recount_choices.__file__)
    file.write_text(json.dumps(document), "utf-8")
    done = subprocess.run([sys.executable, "-I", "-S", str(program), str(file)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "identical\n")
    assert hemicycle(["recount", str(file)]) == 0


def test_the_program_is_one_page_and_uses_nothing_but_python() -> None:
    source = Path(recount_choices.__file__).read_text("utf-8")
    imports = {line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imports <= sys.stdlib_module_names
    assert len(source.splitlines()) <= 200


def flip(document: Document) -> None:
    document["ballots"][0]["choice"] = "3"


def drop(document: Document) -> None:
    del document["ballots"][1]


def choose_another(document: Document) -> None:
    document["result"]["chosen"] = 3


def change_the_support(document: Document) -> None:
    document["result"]["tables"][0]["support"][0] += 1


def change_a_round(document: Document) -> None:
    document["result"]["tables"][0]["rounds"][0][0] += 1


def change_a_pair(document: Document) -> None:
    document["result"]["tables"][0]["pairs"][0][1] += 1


def change_the_best(document: Document) -> None:
    document["result"]["tables"][0]["best"] = [2]


def change_the_options(document: Document) -> None:
    document["options"].reverse()


def change_the_kind(document: Document) -> None:
    document["rule"]["kind"] = "schulze"


def claim_a_quorum(document: Document) -> None:
    document["result"]["verdicts"][0]["quorum"]["holds"] = False


@pytest.mark.parametrize(
    "falsify",
    [
        flip, drop, choose_another, change_the_support, change_a_round, change_a_pair, change_the_best,
        change_the_options, change_the_kind, claim_a_quorum,
    ],
)  # fmt: skip
def test_a_falsified_choice_is_found_out(cast: Cast, falsify: Callable[[Document], None]) -> None:
    document = json.loads(json.dumps(counted(cast, Kind.RUNOFF).certify().document()))
    falsify(document)
    assert differences(document) != []


def test_the_lot_and_the_chair_choose_among_what_is_even(cast: Cast) -> None:
    for tie in (Tie.LOT, Tie.CHAIR):
        vote = choice(cast, Kind.APPROVAL, tie=tie)
        for member, paper in ((cast.ana, "1"), (cast.bo, "3")):
            vote.cast(member, paper)
        vote.close()
        if tie is Tie.CHAIR:
            with pytest.raises(Refused, match=r"motion\.not_tied"):
                vote.do(3, MotionSettle(vote.key, adopt=True, option=2))
            with pytest.raises(Refused, match=r"motion\.not_tied"):
                vote.do(3, MotionSettle(vote.key, adopt=True))
            vote.do(3, MotionSettle(vote.key, adopt=True, option=3))
        document = vote.certify().document()
        assert differences(document) == []
        assert document["result"]["chosen"] in (1, 3)
        changed = copy.deepcopy(document)
        changed["result"]["chosen"] = 2
        assert differences(changed) != []


def test_advice_is_recounted_with_the_choice(cast: Cast) -> None:
    eva = make_member(cast.assembly, "Eva", chamber="parliament")
    vote = choice(cast, Kind.RUNOFF, deliberative_committee(), departure="free")
    vote.cast(eva, "1", "parliament")
    for member in (cast.ana, cast.bo, cast.chen):
        vote.cast(member, "2 1")
    document = vote.close().certify().document()
    assert (document["result"]["departs_from"], differences(document)) == (["citizens"], [])
    assert differences({**document, "result": {**document["result"], "departs_from": []}}) != []


@pytest.mark.parametrize("paper", ["yes", "4", "1 1", "", "1,2"])
def test_what_is_no_ballot_on_this_motion_is_refused(cast: Cast, paper: str) -> None:
    vote = choice(cast, Kind.RUNOFF)
    with pytest.raises(Refused, match=r"ballot\.bad_marks"):
        vote.cast(cast.ana, paper)
    assert NamedBallot.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "form", "kept"),
    [
        (Kind.APPROVAL, {"approve": ["1", "3"]}, "1 3"),
        (Kind.APPROVAL, {"choice": "blank", "approve": ["1"]}, "blank"),
        (Kind.SCORE, {"points-1": "5", "points-2": "0", "points-3": "2"}, "5 0 2"),
        (Kind.RUNOFF, {"place-1": "2", "place-2": "", "place-3": "1"}, "3 1"),
        (Kind.SCHULZE, {"place-1": "3", "place-2": "1", "place-3": "2"}, "2 3 1"),
    ],
)
def test_a_form_without_javascript_takes_every_kind(cast: Cast, kind: Kind, form: dict[str, Any], kept: str) -> None:
    vote, client = choice(cast, kind), browser_of(cast.ana)
    address = f"/m/{cast.ana.key}/motions/{vote.key}/"
    page = client.get(f"{address}?lang=en").content.decode()
    assert all(text in page for text in ("One of 3 recommendations", "Més autobusos.", "Hand in an empty ballot"))
    answer = client.post(f"{address}ballot", {"electorate": "citizens", **form})
    assert (answer.status_code, NamedBallot.objects.get().choice) == (200, kept)
    marked = re.findall(r"(?:checked|selected)>", answer.content.decode())
    assert len(marked) == (0 if kept == "blank" else len(kept.split(" ")))


@pytest.mark.parametrize(
    ("kind", "form", "said"),
    [
        (Kind.RUNOFF, {"place-1": "1", "place-2": "1"}, "Two options have the same place."),
        (Kind.APPROVAL, {}, "Mark your ballot as it says there"),
        (Kind.SCORE, {"points-1": "5", "points-2": "9", "points-3": "1"}, "Mark your ballot as it says there"),
        (Kind.SCORE, {"points-1": "5", "points-²": "5"}, "Mark your ballot as it says there"),
    ],
)
def test_a_form_that_is_no_ballot_is_said_to_be_none_and_nothing_is_lost(
    cast: Cast, kind: Kind, form: dict[str, str], said: str
) -> None:
    vote, client = choice(cast, kind), browser_of(cast.ana)
    address = f"/m/{cast.ana.key}/motions/{vote.key}/ballot?lang=en"
    answer = client.post(address, {"electorate": "citizens", **form})
    page = answer.content.decode()
    assert (answer.status_code, said in page) == (409, True)
    assert NamedBallot.objects.count() == 0
    kept = [value for name, value in form.items() if name.isascii() and int(value) <= 5]
    assert len(re.findall(r" selected>", page)) == len(kept)


def test_a_program_sends_the_same_text(cast: Cast) -> None:
    vote = choice(cast, Kind.RUNOFF, most(Level.ASSISTED))
    body = json.dumps({"electorate": "citizens", "choice": "2 3"})
    answer = browser_of(cast.ana).post(
        f"/m/{cast.ana.key}/motions/{vote.key}/ballot", body, content_type="application/json",
        headers={"accept": "application/json"},
    )  # fmt: skip
    assert (answer.status_code, Ballot.objects.get().choice) == (200, "2 3")


@pytest.mark.parametrize("kind", MARKED)
def test_the_result_shows_bars_numbers_and_every_pair(kind: Kind, cast: Cast) -> None:
    vote = counted(cast, kind).certify()
    address = f"/a/{cast.assembly.slug}/results/{vote.key}"
    page = Client().get(f"{address}/?lang=en").content.decode()
    assert f"Option {MARKED[kind][1]} is chosen" in page
    assert page.count("<rect ") == 3
    assert ("Every pair" in page) is (kind in (Kind.RUNOFF, Kind.SCHULZE))
    assert ("median" in page) is (kind is Kind.SCORE)
    assert "recount_choices.py" in page
    assert Client().get("/recount_choices.py").getvalue().startswith(b"#!/usr/bin/env python3")
    drawing = Client().get(f"{address}.svg?lang=fr").content.decode()
    assert drawing.count("<rect ") == 3
    assert not re.search(r'(?:x|y|width|d)="[^"]*,', drawing)


# --- a block


def test_a_block_is_one_vote_on_all_of_them(cast: Cast) -> None:
    vote = Vote(cast.assembly, simple_majority(), others=OTHERS).open()
    page = browser_of(cast.ana).get(f"/m/{cast.ana.key}/motions/{vote.key}/?lang=en").content.decode()
    assert "3 recommendations in one vote: all of them, or none" in page
    assert 'value="abstain"' in page
    for member in (cast.ana, cast.bo):
        vote.cast(member, "yes")
    document = vote.close().certify().document()
    assert (document["result"]["adopted"], len(document["options"]), of_votes(document)) == (True, 3, [])
    assert of_votes({**document, "options": document["options"][:2]}) != []
    assert [entry.motion is not None for entry in entries_of(cast.assembly, "es")] == [True] * 3


def test_a_recommendation_is_decided_once(cast: Cast) -> None:
    vote = Vote(cast.assembly, simple_majority(), others=OTHERS)
    later = make_recommendation(cast.assembly, text="Més tard.")
    part = vote.state.options[2].source
    for command in (
        MotionAdd(part, most()),
        MotionAdd(later.key, most(), (part,)),
        MotionAdd(later.key, most(), (later.key,)),
    ):
        with pytest.raises(Refused, match=r"motion\.exists"):
            vote.do(1, command)


def test_a_choice_needs_options_and_not_too_many(cast: Cast) -> None:
    rows = [make_recommendation(cast.assembly, text=f"Opció {number}").key for number in range(13)]
    rule = replace(most(), kind=Kind.APPROVAL)
    vote = Vote(cast.assembly)
    for command in (MotionAdd(rows[0], rule), MotionAdd(rows[0], rule, tuple(rows[1:]))):
        with pytest.raises(Refused, match=r"motion\.bad_options"):
            vote.do(1, command)
    with pytest.raises(Refused, match=r"recommendation\.unknown"):
        vote.do(1, MotionAdd(rows[0], rule, ("nothing",)))


# --- the organiser's form


def test_an_organiser_puts_several_together_to_the_vote(cast: Cast) -> None:
    install(kinds=[PLENARY, TEXT], doors=COMMANDS)
    rows = [make_recommendation(cast.assembly, title=title).key for title in ("Tramvia", *OTHERS)]
    client = Client()
    client.force_login(cast.olga)
    address = f"/organise/{cast.assembly.slug}/plenary/"
    page = client.get(f"{address}?lang=en").content.decode()
    assert "Several in one vote" in page
    form = {"together": "yes", "kind": "runoff", "preset": "most", "level": "assisted", "tie": "lot"}
    assert client.post(f"{address}add/", {**form, "recommendation": rows[:1]}).status_code == 409
    assert client.post(f"{address}add/", {**form, "recommendation": rows, "kind": "yes_no"}).status_code == 409
    assert client.post(f"{address}add/", {**form, "recommendation": rows, "preset": "consent"}).status_code == 409
    assert client.post(f"{address}add/", {**form, "recommendation": rows}).status_code == 302
    motion = Motion.objects.get()
    assert (motion.kind, motion.options, [motion.recommendation, *motion.others]) == ("runoff", 3, rows)
    page = client.get(f"{address}?lang=en").content.decode()
    assert "3 recommendations in one vote" in page
    assert "Several in one vote" not in page


def test_options_that_look_alike_are_refused_when_they_are_put_forward(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        Vote(cast.assembly, replace(most(), kind=Kind.APPROVAL), others=("Més autobusos.", "MÉS autobusos."))
    assert (refused.value.code, refused.value.params) == ("motion.options_alike", {"one": 2, "other": 3})


def test_a_vote_does_not_open_where_a_translation_makes_two_options_one(cast: Cast) -> None:
    vote = Vote(cast.assembly, replace(most(), kind=Kind.APPROVAL), others=OTHERS)
    for key in (each for option in vote.state.options[1:] for each in option.words[:2]):
        sign_text(vote.assembly.pk, key, "Encore la même chose.", lang="fr", by="translator")
    with pytest.raises(Refused) as refused:
        vote.open()
    assert (refused.value.code, refused.value.params) == (
        "motion.options_alike_in",
        {"lang": "Français", "one": 2, "other": 3},
    )
    sign_text(
        vote.assembly.pk, vote.state.options[2].recommendation, "Des pistes cyclables.", lang="fr", by="translator"
    )
    assert vote.open().state.phase == "open"
