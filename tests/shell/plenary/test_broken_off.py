"""The database goes away before any single write of a step: then nothing of it happened, and it can be repeated."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from assemblies.queries import actor_of
from live.registry import install
from live.services import load
from plenary import queries, services
from plenary.commands import COMMANDS
from plenary.core.amendments import AmendmentArrange, AmendmentCall, AmendmentOffer, AmendmentSupport
from plenary.core.motions import (
    MotionAdd,
    MotionCertify,
    MotionClose,
    MotionOpen,
    MotionRepeat,
    MotionVoid,
    ObjectionAnswer,
    ObjectionRaise,
)
from plenary.core.presets import consent
from plenary.core.rules import Amending, Level
from plenary.core.statements import StatementWrite
from plenary.kinds import PLENARY
from plenary.models import Motion
from plenary.services import cast_ballot
from rooms.halls import join_debate, open_debate
from rooms.kinds import ROOM
from rooms.queries import hall_of, state_of
from tests.cast import Cast
from tests.factories import make_member
from tests.laws import assert_log_alone
from tests.shell.plenary.voting import Vote, make_recommendation
from translation.kinds import TEXT

pytestmark = pytest.mark.django_db
Step = Callable[[], object]
APPS = ("plenary", "live", "rooms", "translation", "recommendations")
RULE = dataclasses.replace(consent(Level.ASSISTED), amendments=Amending(), statement_hours=1)


@contextmanager
def going_away(before: int) -> Iterator[list[str]]:
    """The connection breaks before this write, counted from 1; the writes that came through."""
    came: list[str] = []

    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.split(maxsplit=1)[0] in ("INSERT", "UPDATE", "DELETE"):
            if len(came) + 1 == before:
                raise OperationalError("gone away")
            came.append(sql)
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield came


def tables() -> dict[str, list[Any]]:
    """Every row of every table that a step could have written to."""
    models = [model for name in APPS for model in apps.get_app_config(name).get_models()]
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in models}  # type: ignore[attr-defined]


def break_off(stream: str, step: Step) -> int:
    """Break the step before each of its writes in turn, and let it happen at last; how many writes it has."""
    untouched, state, number = tables(), load(stream).state, 0
    while True:
        number += 1
        try:
            with going_away(number) as came:
                step()
        except OperationalError:
            assert tables() == untouched, f"write {number} of the step left something behind"
            assert load(stream).state == state, "and in memory"
            continue
        return len(came)


def steps_of(vote: Vote, cast: Cast) -> Iterator[Step]:
    """A motion from the agenda over an objection, an amendment with its vote, and a voided vote, to its result."""
    key, other = vote.key, make_recommendation(cast.assembly, text="Otra cosa.").key
    yield lambda: vote.do(1, MotionAdd(other, RULE))
    yield lambda: vote.do(2, ObjectionRaise(key, "Y de noche?", "es"), by=cast.ana.key)
    yield lambda: vote.do(3, ObjectionAnswer(key, vote.state.objections[0].objection, "integrated"))
    yield lambda: vote.do(4, AmendmentOffer(key, "replace", 1, "Los sábados.", "", "es"), by=cast.ana.key)
    yield lambda: vote.do(5, AmendmentSupport(key, vote.state.amendments[0].amendment, support=True), by=cast.bo.key)
    yield lambda: vote.do(6, AmendmentArrange(key))
    yield lambda: vote.do(7, AmendmentCall(key))
    yield from voting(vote, cast, newest(vote))
    assert vote.state.amendments[0].fate == "adopted"
    yield lambda: vote.do(5000, MotionOpen(key))
    yield lambda: cast_ballot(key, actor=actor_of(cast.ana), electorate="citizens", choice="no")
    yield lambda: vote.do(5001, MotionVoid(key, "es", "Falta una palabra.", "es"))
    yield lambda: vote.do(5002, MotionRepeat(key))
    yield from voting(vote, cast, newest(vote), later=6000)


def voting(vote: Vote, cast: Cast, key: str, later: int = 0) -> Iterator[Step]:
    """Its vote, from the opening to the certified count."""
    yield lambda: vote.do(later + 10, MotionOpen(key))
    for voter in map(actor_of, (cast.ana, cast.bo, cast.chen)):
        yield partial(cast_ballot, key, actor=voter, electorate="citizens", choice="yes")
    if later:  # no statements are taken about an amendment
        yield lambda: vote.do(later + 11, StatementWrite(key, "No así.", "es"), by=cast.ana.key)
    yield lambda: vote.do(later + 12, MotionClose(key))
    yield lambda: vote.do(later + 4000, MotionCertify(key))


def newest(vote: Vote) -> str:
    return list(queries.state_of(vote.assembly.pk).motions)[-1]


def test_whatever_is_broken_off_on_the_way_to_a_decision_did_not_happen(cast: Cast) -> None:
    vote = Vote(cast.assembly, RULE, ago_s=20_000)
    writes = [break_off(vote.stream, step) for step in steps_of(vote, cast)]
    assert min(writes) >= 2, "each step writes more than one row, and was broken off between them"
    assert_log_alone(vote.stream)
    done = queries.state_of(cast.assembly.pk).motions[newest(vote)]
    assert (done.phase, done.outcome and done.outcome.adopted) == ("certified", True)
    assert Motion.objects.get(pk=done.motion).document is not None


def test_a_debate_that_is_broken_off_while_it_begins_did_not_begin(cast: Cast) -> None:
    install(kinds=[PLENARY, ROOM, TEXT], doors=COMMANDS)
    plenary = services.create_plenary(cast.assembly.pk)
    assert break_off(plenary, lambda: open_debate(cast.assembly, minutes=5)) > 10
    hall = hall_of(cast.assembly.pk)
    assert hall is not None
    dora = make_member(cast.assembly, "Dora")
    assert break_off(hall.stream, lambda: join_debate(dora)) >= 2
    floor = state_of(hall).floor
    assert (dora.key in floor.people, dora.key in floor.groups["citizens"].members) == (True, True)
    assert_log_alone(hall.stream)
