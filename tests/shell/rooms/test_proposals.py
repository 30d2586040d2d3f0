"""Rooms are proposed, worked out, made round by round; who comes later gets the room that fits."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import pytest
from django.db import OperationalError

from assemblies.models import Assembly, Member
from assemblies.services import remove_member
from floor.core.commands import MemberArrive
from kernel.errors import Refused
from live.services import submit
from rooms import searching
from rooms.core.composition import Wishes
from rooms.core.composition_search import answer_to
from rooms.models import Proposal, Room, Seat
from rooms.people import composed_of, question_of
from rooms.proposals import Order, apply_round, propose
from rooms.queries import people_who_met, unseated
from rooms.services import create_room, move_member, open_room, seat_member, seat_members
from tests.cast import Cast
from tests.factories import make_assembly, make_member
from tests.patience import PATIENCE_S
from tests.shell.rooms.halls import citizens, made, names_in, order, without_catalan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_engines(settings: Any) -> None:
    settings.TRANSLATION_ENGINES = ()


def test_nothing_is_made_before_it_is_wanted(cast: Cast) -> None:
    citizens(cast)
    proposal = propose(cast.assembly, order())
    assert (Room.objects.count(), proposal.percent, proposal.answer is None) == (0, 100, False)


def test_everybody_is_seated_and_facilitators_are_shared_out(cast: Cast) -> None:
    citizens(cast)
    rooms = made(cast, order())
    assert [len(names_in(room)) for room in rooms] == [9, 9]
    assert all("Fatou" in names_in(room) for room in rooms)
    assert not unseated(cast.assembly).exists()


def test_making_a_round_twice_makes_it_once(cast: Cast) -> None:
    proposal = propose(cast.assembly, order())
    assert [len(apply_round(proposal, 1)), len(apply_round(proposal, 1)), len(apply_round(proposal, 3))] == [1, 0, 0]


def test_the_same_seed_gives_the_same_proposal(cast: Cast) -> None:
    citizens(cast, 20, langs=("es", "fr"))
    first, second = (propose(cast.assembly, order(size=6, rounds=2), seed="public") for _ in range(2))
    assert first.answer == second.answer


def test_people_without_a_translation_between_them_sit_apart(cast: Cast) -> None:
    without_catalan(cast)
    citizens(cast, 14, langs=("es", "fr"))
    proposal = propose(cast.assembly, Order(Wishes(most_languages=1), translated=True), seed="s")
    rooms = apply_round(proposal, 1)
    spoken = [{seat.member.reads for seat in room.seats.filter(role="citizen")} for room in rooms]
    assert sorted(spoken, key=min) == [{"es"}, {"fr"}]


def test_traits_of_the_list_are_spread(cast: Cast) -> None:
    for number, member in enumerate(citizens(cast, 13)):
        Member.objects.filter(pk=member.pk).update(traits={"age": "young" if number < 6 else "old"})
    rooms = made(cast, order(traits=("age",)))
    young = [sum(seat.member.traits.get("age") == "young" for seat in room.seats.all()) for room in rooms]
    assert young == [3, 3]


def test_the_next_round_ends_the_former_whose_rooms_stay_readable(cast: Cast) -> None:
    citizens(cast)
    proposal = propose(cast.assembly, order(size=4, rounds=2), seed="s")
    first = apply_round(proposal, 1)
    for room in first:
        open_room(room)
    second = apply_round(proposal, 2)
    assert set(Room.objects.values_list("round", "stage")) == {(1, "closed"), (2, "waiting")}
    assert [len(names_in(room)) > 0 for room in first] == [True] * len(first)
    assert Seat.objects.filter(room__in=second, role="citizen").count() == 16
    company = {frozenset(names_in(room) - {"Fatou"}) for room in first}
    assert all(len(one & frozenset(names_in(room))) <= 2 for one in company for room in second)


def test_a_next_round_for_everybody_minds_who_has_met(cast: Cast) -> None:
    citizens(cast, 5)
    first = made(cast, order(size=4))
    for room in first:
        open_room(room)
        for seat in room.seats.all():
            submit(room.stream, MemberArrive(seat.member_id), by=seat.member_id)
    proposal = propose(cast.assembly, order(size=4, everybody=True), seed="t")
    assert question_of(proposal).wishes.met == people_who_met(cast.assembly)
    assert len(people_who_met(cast.assembly)) == 12
    apply_round(proposal, 1)
    assert set(Room.objects.values_list("round", "stage")) == {(1, "closed"), (2, "waiting")}


def test_who_was_moved_away_has_met_both_companies_and_nobody_meets_an_observer(cast: Cast) -> None:
    observer = make_member(cast.assembly, "Olga", role="observer")
    rooms = [create_room(cast.assembly) for _ in range(2)]
    for room, there in zip(rooms, ((cast.ana, cast.bo, observer), (cast.chen,)), strict=True):
        seat_members(room, there)
        open_room(room)
        for member in there:
            submit(room.stream, MemberArrive(member.key), by=member.key)
    move_member(cast.ana, to=rooms[1])
    submit(rooms[1].stream, MemberArrive(cast.ana.key), by=cast.ana.key)
    ana, bo, chen = cast.ana.key, cast.bo.key, cast.chen.key
    assert people_who_met(cast.assembly) == {frozenset({ana, bo}), frozenset({ana, chen})}


def test_who_has_gone_or_was_seated_meanwhile_is_left_out(cast: Cast) -> None:
    late = make_member(cast.assembly, "Late")
    proposal = propose(cast.assembly, order(), seed="s")
    remove_member(cast.bo)
    seat_member(create_room(cast.assembly), cast.chen)
    (room,) = apply_round(proposal, 1)
    assert names_in(room) == {"Ana", late.name, "Fatou"}


def test_a_room_is_not_made_for_fewer_than_two_and_who_is_left_goes_to_another(cast: Cast) -> None:
    citizens(cast, 5)
    proposal = propose(cast.assembly, order(size=4), seed="s")
    gone = composed_of(proposal)
    assert gone is not None
    for key in gone.rounds[0][0].people[1:]:
        remove_member(Member.objects.get(key=key))
    (room,) = apply_round(proposal, 1)
    assert room.seats.filter(role="citizen").count() == 5
    assert not unseated(cast.assembly).exists()


def test_a_round_whose_people_were_all_seated_meanwhile_is_refused_and_makes_no_room(cast: Cast) -> None:
    first, second = (propose(cast.assembly, order(), seed=seed) for seed in "st")
    apply_round(first, 1)
    with pytest.raises(Refused, match="outdated"):
        apply_round(second, 1)
    assert Room.objects.count() == 1


@pytest.mark.parametrize("size", [1, 16])
def test_rooms_have_two_to_fifteen_people(cast: Cast, size: int) -> None:
    with pytest.raises(Refused, match="bad_size"):
        propose(cast.assembly, order(size=size))


def test_who_joins_between_two_rounds_is_in_the_next(cast: Cast) -> None:
    proposal = propose(cast.assembly, order(rounds=2), seed="s")
    apply_round(proposal, 1)
    late = make_member(cast.assembly, "Late")
    (room,) = apply_round(proposal, 2)
    assert late.name in names_in(room)


# --- many people


@pytest.mark.django_db(transaction=True)
def test_many_people_are_worked_out_in_a_process_of_their_own() -> None:
    assembly = make_assembly()
    for number in range(200):
        make_member(assembly, f"Citizen {number}", lang=("es", "fr", "ca", "it")[number % 4])
    proposal = propose(assembly, order(rounds=2), seed="s")
    assert composed_of(proposal) is None
    deadline = time.monotonic() + 2 * PATIENCE_S
    percents = set()
    while composed_of(proposal) is None and time.monotonic() < deadline:
        time.sleep(0.05)
        proposal.refresh_from_db()
        percents.add(proposal.percent)
    assert composed_of(proposal) == answer_to(question_of(proposal))
    assert len(percents) > 2


def big() -> Assembly:
    """An assembly for which rooms are not found at once."""
    assembly = make_assembly()
    for number in range(120):
        make_member(assembly, f"Citizen {number}", lang=("es", "fr", "ca", "it")[number % 4])
    return assembly


@pytest.mark.django_db(transaction=True)
def test_a_search_ends_when_it_is_discarded(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Proposal] = []
    monkeypatch.setattr("rooms.proposals.begin", asked.append)
    propose(big(), order(rounds=2), seed="s")
    (proposal,) = asked
    ended = ends_of(monkeypatch)
    Proposal.objects.all().delete()
    searching._work_out(proposal)
    assert (ended, Proposal.objects.count()) == ([-9], 0)


def test_who_asks_again_gives_up_what_is_still_worked_out() -> None:
    assembly = big()
    first, second = (propose(assembly, order(rounds=2), seed=seed) for seed in "st")
    assert list(Proposal.objects.all()) == [second] != [first]


@pytest.mark.django_db(transaction=True)
def test_a_search_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rooms.proposals.begin", lambda proposal: None)
    proposal = propose(big(), order(rounds=2), seed="s")
    command = [sys.executable, "-c", "import sys; sys.stdin.read(); print(7); sys.exit(3)"]
    monkeypatch.setattr(searching, "COMMAND", command)
    searching._work_out(proposal)
    proposal.refresh_from_db()
    assert (proposal.percent, proposal.heard_at, proposal.answer) == (7, None, None)


def test_a_busy_database_ends_no_search(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    proposal = propose(cast.assembly, order(), seed="s")
    monkeypatch.setattr("django.db.models.query.QuerySet.update", busy)
    assert searching._is_wanted(proposal, 7)


def test_a_small_search_that_fails_leaves_a_proposal_that_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "COMMAND", [sys.executable, "-c", "raise SystemExit(3)"])
    proposal = propose(cast.assembly, order(), seed="s")
    assert (composed_of(proposal), proposal.heard_at) == (None, None)


def ends_of(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """How the processes of searches ended, once they have."""
    ended: list[int | None] = []

    class Watched(subprocess.Popen[str]):
        def __exit__(self, *raised: Any) -> None:
            super().__exit__(*raised)
            ended.append(self.returncode)

    monkeypatch.setattr("rooms.searching.subprocess.Popen", Watched)
    return ended
