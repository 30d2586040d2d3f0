"""A published result can be counted again by anybody, and a falsified one is found out."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kernel import wire
from live.queries import lines_after
from plenary import recount
from plenary.core import machine
from plenary.core.motions import MotionExplain, MotionSettle, ObjectionAnswer, ObjectionRaise
from plenary.core.presets import conference, consent, simple_majority
from plenary.core.rules import Effect, Electorate, Level, Rule, Threshold, Tie
from plenary.models import Motion
from tests.cast import Cast
from tests.factories import make_member
from tests.shell.plenary.test_pages import browser_of
from tests.shell.plenary.voting import Vote

pytestmark = pytest.mark.django_db

Document = dict[str, Any]
differences: Callable[[Document], list[str]] = recount.differences
head: Callable[[Document, list[dict[str, str]]], str] = recount.head
main: Callable[[list[str]], int] = recount.main
BOTH = Rule(
    (
        Electorate("citizens", chamber="citizens", level=Level.ASSISTED, threshold=Threshold(at_least="7/10")),
        Electorate("council", chamber="council", effect=Effect.ADVISORY),
    )
)


@pytest.fixture
def published(cast: Cast) -> Document:
    """Three citizens by secret ballot (two yes), two councillors by name (one yes)."""
    council = [make_member(cast.assembly, name, chamber="council") for name in ("Eva", "Gil")]
    vote = Vote(cast.assembly, BOTH).open()
    for member, choice in ((cast.ana, "yes"), (cast.bo, "no"), (cast.chen, "yes")):
        vote.cast(member, choice)
    for member, choice in zip(council, ("yes", "no"), strict=True):
        vote.cast(member, choice, "council")
    vote.close().certify()
    return json.loads(json.dumps(vote.document()))  # type: ignore[no-any-return]


def of(document: Document, electorate: str) -> list[dict[str, str]]:
    """The ballots of an electorate."""
    return [ballot for ballot in document["ballots"] if ballot["electorate"] == electorate]


def test_an_honest_file_is_identical(published: Document) -> None:
    assert differences(published) == []


def test_the_file_tells_names_only_where_the_ballot_was_public(published: Document) -> None:
    assert sorted(ballot["name"] for ballot in of(published, "council")) == ["Eva", "Gil"]
    assert {key for ballot in of(published, "citizens") for key in ballot} == {"electorate", "token", "choice"}


def test_the_board_is_sorted_by_token_so_that_its_order_says_nothing(published: Document) -> None:
    tokens = [ballot["token"] for ballot in of(published, "citizens")]
    assert tokens == sorted(tokens)


def flip(document: Document) -> None:
    ballot = of(document, "citizens")[0]
    ballot["choice"] = "no" if ballot["choice"] == "yes" else "yes"


def drop(document: Document) -> None:
    document["ballots"].remove(of(document, "citizens")[1])


def add(document: Document) -> None:
    document["ballots"].append({"electorate": "citizens", "token": "f" * 64, "choice": "yes"})


def flip_a_name(document: Document) -> None:
    ballot = of(document, "council")[0]
    ballot["choice"] = "abstain"


def break_the_head(document: Document) -> None:
    document["heads"]["citizens"] = "0" * 64


def change_the_total(document: Document) -> None:
    document["result"]["verdicts"][0]["count"]["yes"] += 1


def change_the_verdict(document: Document) -> None:
    document["result"]["adopted"] = not document["result"]["adopted"]


def change_the_rule(document: Document) -> None:
    document["rule"]["electorates"][0]["threshold"] = {"over": "1/2", "at_least": None}


def double(document: Document) -> None:
    document["ballots"].append(copy.deepcopy(of(document, "council")[0]))


def claim_a_quorum(document: Document) -> None:
    document["result"]["verdicts"][0]["quorum"]["holds"] = False


def stuff(document: Document) -> None:
    """More ballots than people, with a head that fits them."""
    extra = [{"electorate": "citizens", "token": f"{n:064x}", "choice": "yes"} for n in range(9)]
    document["ballots"] = sorted(
        [*document["ballots"], *extra], key=lambda ballot: ballot.get("voter") or ballot["token"]
    )
    document["heads"]["citizens"] = head(document, of(document, "citizens"))


@pytest.mark.parametrize(
    "falsify",
    [
        flip, drop, add, flip_a_name, break_the_head, change_the_total, change_the_verdict, change_the_rule, double,
        claim_a_quorum, stuff,
    ],
)  # fmt: skip
def test_a_falsified_file_is_found_out(published: Document, falsify: Callable[[Document], None]) -> None:
    falsify(published)
    assert differences(published) != []


def by_lot(cast: Cast) -> Vote:
    """One for, one against, and a rule that draws."""
    vote = Vote(cast.assembly, replace(simple_majority(), tie=Tie.LOT)).open()
    vote.cast(cast.ana, "yes")
    vote.cast(cast.bo, "no")
    return vote.close()


def test_a_lot_is_drawn_again_from_what_was_sealed_at_the_opening(cast: Cast) -> None:
    document = by_lot(cast).certify().document()
    assert differences(document) == []
    assert (document["result"]["settled"], document["lot"]) == ("lot", machine.lot_of(document["seed"]))
    assert differences({**document, "seed": "another"}) != []
    other = copy.deepcopy(document)
    other["result"]["adopted"] = not other["result"]["adopted"]
    assert differences(other) != []


def test_nobody_reads_the_seed_before_closing(cast: Cast) -> None:
    vote = Vote(cast.assembly, replace(simple_majority(), tie=Tie.LOT)).open()
    seed = Motion.objects.get(pk=vote.key).seed
    assert seed
    assert seed not in "".join(line.text for line in lines_after(vote.stream, 0, limit=100))
    page = browser_of(cast.ana).get(f"/m/{cast.ana.key}/motions/{vote.key}/").content.decode()
    assert (machine.lot_of(seed) in page, seed in page) == (True, False)


@pytest.mark.parametrize("adopt", [True, False])
def test_a_tie_that_the_chair_ended_is_recounted_as_one(cast: Cast, adopt: bool) -> None:
    vote = Vote(cast.assembly, replace(simple_majority(), tie=Tie.CHAIR)).open()
    vote.cast(cast.ana, "yes")
    vote.cast(cast.bo, "no")
    vote.close().do(3, MotionSettle(vote.key, adopt))
    document = vote.certify().document()
    assert differences(document) == []
    assert (document["result"]["settled"], document["result"]["adopted"]) == ("chair", adopt)
    document["result"]["settled"] = "count"
    assert differences(document) != []


def test_an_upheld_objection_is_published_and_recounted(cast: Cast) -> None:
    vote = Vote(cast.assembly, consent())
    vote.do(0, ObjectionRaise(vote.key, "Y quien trabaja de noche?", "es"), by=cast.ana.key)
    vote.do(0, ObjectionAnswer(vote.key, vote.state.objections[0].objection, "upheld"))
    vote.open()
    for member in (cast.ana, cast.bo, cast.chen):
        vote.cast(member)
    document = vote.close().certify().document()
    assert differences(document) == []
    assert (document["objections"], document["result"]["settled"]) == ({"upheld": 1}, "objection")
    assert differences({**document, "objections": {"integrated": 1}}) != []


def test_a_departure_is_published_with_its_reasons(cast: Cast) -> None:
    council = [make_member(cast.assembly, name, chamber="council") for name in ("Eva", "Gil")]
    rule = Rule(
        (Electorate("council", chamber="council"), Electorate("citizens", effect=Effect.ADVISORY)),
        departure="with_reasons",
    )
    vote = Vote(cast.assembly, rule).open()
    for member, electorate, choice in (
        *((each, "council", "yes") for each in council),
        *((each, "citizens", "no") for each in (cast.ana, cast.bo, cast.chen)),
    ):
        vote.cast(member, choice, electorate)
    vote.close().do(3, MotionExplain(vote.key, "El presupuesto no alcanza.", "es"))
    document = vote.certify().document()
    assert differences(document) == []
    assert document["result"]["departs_from"] == ["citizens"]
    assert document["departure"] == {"lang": "es", "text": "El presupuesto no alcanza."}
    document["result"]["departs_from"] = []
    assert differences(document) != []


def test_a_text_changed_after_the_vote_is_found_out(published: Document) -> None:
    published["versions"]["es"]["digest"] = "0" * 64
    assert differences(published) != []


def test_the_program_stands_alone(published: Document, tmp_path: Path) -> None:
    program = tmp_path / "recount.py"
    program.write_text(Path(recount.__file__).read_text("utf-8"), "utf-8")
    file = tmp_path / "result.json"
    file.write_text(json.dumps(published), "utf-8")
    done = subprocess.run([sys.executable, "-I", "-S", str(program), str(file)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "identical\n")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": "hemicycle-result/1"}', '{"schema": 1e999}', "\x00"])
def test_a_file_that_is_no_result_is_said_to_be_none(content: str, tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    file.write_text(content, "utf-8")
    assert main([str(file)]) in (1, 2)


def test_the_program_fits_on_a_page_and_uses_nothing_but_python() -> None:
    source = Path(recount.__file__).read_text("utf-8")
    imports = {line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imports <= sys.stdlib_module_names | {"__future__"}
    assert len(source.splitlines()) <= 150


def test_the_published_result_is_what_the_plenary_decided(cast: Cast) -> None:
    vote = Vote(cast.assembly).open()
    for member, choice in ((cast.ana, "yes"), (cast.bo, "yes"), (cast.chen, "abstain")):
        vote.cast(member, choice)
    document = vote.close().certify().document()
    assert document["result"] == wire.encode(vote.state.outcome)
    assert (document["result"]["adopted"], document["rolls"]) == (True, {"citizens": 3})


def test_nothing_is_published_before_enough_people_have_certified(cast: Cast) -> None:
    vote = Vote(cast.assembly, replace(conference(), certifiers=2)).open().close().certify("Olga")
    assert Motion.objects.get(pk=vote.key).document is None
    vote.certify("Fatou")
    assert differences(vote.document()) == []
