"""The plenary as a stream: its law, its readers, its doors, its texts, its clock."""

from __future__ import annotations

import dataclasses

import pytest

from assemblies.queries import actor_of
from kernel import clock, wire
from live import folds
from live.core.actors import Standing
from live.doors import Door
from live.models import Event
from live.names import parse_name
from live.services import load
from plenary.commands import COMMANDS
from plenary.core.motions import (
    MemberArrive,
    MemberLeave,
    MotionAdd,
    MotionCertify,
    MotionClose,
    MotionOpen,
    MotionOpened,
    PlenaryState,
)
from plenary.core.presets import conference
from plenary.core.rules import Base, Electorate, Quorum, Rule
from plenary.kinds import PLENARY
from plenary.models import Motion, RollEntry
from tests.cast import Cast
from tests.factories import make_assembly, make_member
from tests.laws import assert_law
from tests.shell.plenary.voting import Vote, make_recommendation
from translation.models import FeedLanguage, Rendering

pytestmark = pytest.mark.django_db


def test_earlier_snapshot_and_events_give_the_later_snapshot(cast: Cast) -> None:
    vote = Vote(cast.assembly)
    other = make_recommendation(cast.assembly)
    acts = {
        "arrive": lambda: vote.do(1, MemberArrive(cast.ana.key), by=None),
        "leave": lambda: vote.do(1, MemberLeave(cast.ana.key), by=None),
        "add": lambda: vote.do(1, MotionAdd(other.key, conference())),
        "open": lambda: vote.do(1, MotionOpen(vote.key, duration_ms=5_000)),
        "expire": lambda: vote.do(60, None),
        "certify": lambda: vote.do(61, MotionCertify(vote.key)),
    }
    assert {name: assert_law(vote.stream, act) for name, act in acts.items()} == {
        "arrive": ["member.arrived"], "leave": ["member.left"], "add": ["motion.added"], "open": ["motion.opened"],
        "expire": ["motion.closed"], "certify": ["motion.certified"],
    }  # fmt: skip


def test_a_process_that_died_finds_the_open_ballot_in_the_log(named: Vote) -> None:
    before = load(named.stream).state
    folds.forget()
    assert load(named.stream).state == before


def test_a_ballot_that_ran_out_while_nobody_served_closes_at_its_own_time(cast: Cast) -> None:
    vote = Vote(cast.assembly, ago_s=3600).open(closes_at=clock.now() - 1_800_000)
    vote.do(3600, None)
    closed = Event.objects.get(kind="motion.closed")
    assert closed.at == vote.state.closes_at
    assert Motion.objects.get(pk=vote.key).phase == "closed"


def test_the_log_names_nobody_on_the_roll(named: Vote, cast: Cast) -> None:
    opened = Event.objects.get(kind="motion.opened").data
    assert opened["rolls"] == {"citizens": 3}
    assert cast.ana.key not in wire.dumps(opened)
    assert RollEntry.objects.filter(motion=named.key).count() == 3


def test_presence_is_frozen_at_the_opening(cast: Cast) -> None:
    electorate = Electorate("citizens", base=Base.PRESENT, quorum=Quorum("present", "1/2"))
    vote = Vote(cast.assembly, Rule((electorate,)))
    for member in (cast.ana, cast.bo):
        vote.do(0, MemberArrive(member.key), by=None)
    vote.open()
    vote.do(1, MemberLeave(cast.bo.key), by=None)
    vote.do(1, MemberArrive(cast.chen.key), by=None)
    vote.cast(cast.ana)
    outcome = vote.close().state.outcome
    assert outcome is not None
    step = outcome.verdicts[0].quorum
    assert (step.part, step.whole, step.holds) == (1, 2, True)


def test_everybody_of_the_assembly_reads_and_citizens_are_counted(named: Vote, cast: Cast) -> None:
    standing = {name: PLENARY.standing(named.stream, actor) for name, actor in cast.actors().items()}
    assert standing == {
        "ana": Standing.PARTICIPANT, "bo": Standing.PARTICIPANT, "chen": Standing.PARTICIPANT,
        "fatou": Standing.READER, "otto": Standing.READER,
    }  # fmt: skip


def test_a_stranger_does_not_read(named: Vote) -> None:
    assert PLENARY.standing(named.stream, actor_of(make_member(make_assembly(), "Zoe"))) is None


VOTERS = (
    "objection.raise", "objection.withdraw", "amendment.offer", "amendment.support", "amendment.withdraw",
    "statement.write", "statement.sign", "statement.leave",
)  # fmt: skip
LED = {name: door for name, door in COMMANDS.items() if name not in VOTERS}


@pytest.mark.parametrize("door", [door for name, door in COMMANDS.items() if name not in LED])
def test_whoever_takes_part_may_object_amend_and_dissent(door: Door, named: Vote, cast: Cast) -> None:
    name = parse_name(named.stream)
    assert {who for who, actor in cast.actors().items() if door.may(actor, name, None)} == {"ana", "bo", "chen"}


@pytest.mark.parametrize("door", LED.values(), ids=list(LED))
def test_only_who_leads_the_plenary_moves_a_motion(door: Door, named: Vote, cast: Cast) -> None:
    name = parse_name(named.stream)
    may = {who for who, actor in cast.actors().items() if door.may(actor, name, None)}
    assert may == {"fatou"}, "a facilitator, where the assembly has no chair"
    chair = make_member(cast.assembly, "Ines", role="chair", chamber="")
    assert door.may(actor_of(chair), name, None)
    assert not door.may(cast.actors()["fatou"], name, None)
    assert not door.may(actor_of(make_member(make_assembly(), "Zoe", role="chair")), name, None)


def test_a_motion_wants_its_texts_in_every_language_that_is_read(cast: Cast) -> None:
    make_member(cast.assembly, "Eve", role="observer", lang="en", chamber="")
    vote = Vote(cast.assembly)
    assert set(FeedLanguage.objects.filter(root=vote.stream).values_list("lang", flat=True)) == {"es", "fr", "ca", "en"}
    wanted = Rendering.objects.filter(passage__root=vote.stream).values_list("passage__words", "target")
    assert {lang for key, lang in wanted if key == vote.recommendation.recommendation} == {"fr", "ca", "en"}


def test_the_versions_are_those_that_voters_read(cast: Cast) -> None:
    make_member(cast.assembly, "Eve", role="observer", lang="en", chamber="")
    vote = Vote(cast.assembly).open()
    assert {lang: version.status for lang, version in vote.state.versions.items()} == {
        "es": "original", "fr": "missing", "ca": "missing",
    }  # fmt: skip


def test_commands_and_state_have_a_form_on_the_wire(named: Vote) -> None:
    command = MotionAdd("r", dataclasses.replace(conference(), certifiers=2))
    assert wire.decode(MotionAdd, wire.encode(command)) == command
    state = load(named.stream).state
    assert wire.decode(PlenaryState, wire.encode(state)) == state
    assert "members" not in wire.encode(MotionOpened("m", None, {}, {}, members={"citizens": ("ana",)}))


def test_closing_twice_is_refused_and_changes_nothing(named: Vote) -> None:
    named.close()
    seq = load(named.stream).seq
    with pytest.raises(Exception, match="wrong_phase"):
        named.do(9, MotionClose(named.key))
    assert load(named.stream).seq == seq
