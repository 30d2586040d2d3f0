"""Many ballots at once, a closing in the middle of them, and a process that dies in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, connections

from assemblies.models import Member
from kernel.errors import Refused
from plenary.core.presets import conference
from plenary.core.rules import Level
from plenary.models import Ballot, NamedBallot, Permit
from tests.cast import make_cast
from tests.factories import make_member
from tests.patience import PATIENCE_S
from tests.shell.plenary.voting import Vote

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[3]
THREADS = 8


def hall_of(number: int, level: Level) -> tuple[Vote, list[Member]]:
    """An open ballot and its voters."""
    cast = make_cast()
    voters = [cast.ana, cast.bo, cast.chen, *(make_member(cast.assembly) for _ in range(number - 3))]
    return Vote(cast.assembly, conference(level=level)).open(), voters


def at_once(acts: Sequence[Callable[[], object]]) -> list[str]:
    """What each act came to: "done" or the code of its refusal; all begin together, `THREADS` at a time."""
    start = Barrier(min(THREADS, len(acts)))

    def attempt(number: int, act: Callable[[], object]) -> str:
        if number < THREADS:
            start.wait(timeout=PATIENCE_S)
        try:
            act()
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(attempt, range(len(acts)), acts))


def test_whoever_votes_in_three_tabs_at_once_has_one_secret_ballot() -> None:
    vote, voters = hall_of(10, Level.ASSISTED)
    choices = ("yes", "no", "abstain")
    answers = at_once([partial(vote.cast, member, choice) for choice in choices for member in voters])
    assert Counter(answers) == {"done": 10, "ballot.already_cast": 20}
    assert (Ballot.objects.count(), Permit.objects.count()) == (10, 10)


def test_whoever_votes_in_three_tabs_at_once_has_one_named_ballot() -> None:
    vote, voters = hall_of(10, Level.PUBLIC)
    choices = ("yes", "no", "abstain")
    answers = at_once([partial(vote.cast, member, choice) for choice in choices for member in voters])
    assert Counter(answers) == {"done": 30}
    assert sorted(NamedBallot.objects.values_list("member", flat=True)) == sorted(member.key for member in voters)


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.ASSISTED])
@pytest.mark.parametrize("place", [0, 6, 14, 23])
def test_a_closing_in_the_middle_counts_what_was_confirmed_and_nothing_else(level: Level, place: int) -> None:
    vote, voters = hall_of(24, level)
    acts: list[Callable[[], object]] = [partial(vote.cast, member) for member in voters]
    acts.insert(place, vote.close)
    answers = at_once(acts)
    confirmed = answers.count("done") - 1
    outcome = vote.state.outcome
    assert outcome is not None
    assert outcome.verdicts[0].count.yes == confirmed
    assert answers.count("motion.closed") == 24 - confirmed


def test_a_closing_waits_for_ballots_that_are_inside() -> None:
    vote, voters = hall_of(3, Level.ASSISTED)
    answers = at_once([partial(vote.cast, voters[0]), partial(vote.cast, voters[1], "no"), vote.close])
    outcome = vote.state.outcome
    assert outcome is not None
    assert outcome.verdicts[0].count.cast == Ballot.objects.count() == answers[:2].count("done")


def test_two_people_who_close_at_once_count_once() -> None:
    vote, _ = hall_of(3, Level.PUBLIC)
    assert Counter(at_once([vote.close] * 6)) == {"done": 1, "motion.wrong_phase": 5}


CASTING = """
import django; django.setup()
from assemblies.models import Member
from assemblies.queries import actor_of
from plenary.services import cast_ballot
import sys
for member in Member.objects.filter(role="citizen").order_by("pk"):
    cast_ballot(sys.argv[1], actor=actor_of(member), electorate="citizens", choice="yes")
    print(member.key, flush=True)
"""


def database_url() -> str:
    """The test database, for another process."""
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{named['NAME']}"
    return f"postgres://{named['USER']}:{named['PASSWORD']}@{named['HOST']}:{named['PORT']}/{named['NAME']}"


def test_a_ballot_confirmed_before_a_sudden_death_is_counted_and_none_is_half_there() -> None:
    vote, voters = hall_of(60, Level.ASSISTED)
    environment = {**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", CASTING, vote.key]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        confirmed = [process.stdout.readline().strip() for _ in range(7)]
        process.send_signal(signal.SIGKILL)
        confirmed += process.stdout.read().split()
    permits = set(Permit.objects.values_list("member", flat=True))
    assert set(confirmed) <= permits
    assert Ballot.objects.count() == len(permits) < len(voters)
    vote.close()
    outcome = vote.state.outcome
    assert outcome is not None
    assert outcome.verdicts[0].count.yes == len(permits)
