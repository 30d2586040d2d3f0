"""Seats, contributions, notes, agenda and drafts of one room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_type_hints

import pytest

from floor.core.commands import (
    FloorPause,
    FloorResume,
    FloorSet,
    HandRaise,
    InvitationsStop,
    MemberArrive,
    MemberLeave,
    MemberMute,
    OfferAccept,
    SpeechStart,
    TurnYield,
)
from floor.core.ledger import owed_ms
from floor.core.types import Closed, FloorState
from kernel.wire import union_members
from live.core.kinds import Words
from recommendations.core.drafting import DraftAccept, DraftSubmit, DraftWrite
from rooms.core import room
from rooms.core.events import EVENTS
from rooms.core.moving import time_of
from rooms.core.poll import PollOpen
from rooms.core.step import StepLeave
from rooms.core.types import (
    KEPT,
    ContributionMake,
    ItemOpen,
    MemberReadmit,
    MemberRemove,
    NoteMake,
    RoomClose,
    RoomOpen,
    Said,
    Seat,
    SeatGive,
    SeatTake,
    Time,
)
from tests.core.rooms.sitting import GUIDE, RoomSitting, at, opened, replay, seated

HELLO = ContributionMake("Hola", "es")


def speaking() -> RoomSitting:
    """Alba has the floor since second 1."""
    sitting = opened()
    sitting.do(1, "alba", HandRaise())
    sitting.do(1, "alba", OfferAccept())
    return sitting


def test_turns_are_measured_in_the_language_somebody_said_something_in_last() -> None:
    sitting = speaking()
    sitting.do(1, None, SeatGive("alba", "citizen", ("es", "fr"), "es"))
    sitting.do(2, "alba", ContributionMake("Bonjour.", "fr"))
    assert sitting.room.floor.people["alba"].lang == "fr"
    sitting.do(3, None, SeatGive("alba", "citizen", ("es", "fr"), "fr"))
    assert sitting.room.floor.people["alba"].lang == "fr"
    sitting.do(4, None, SeatGive("alba", "citizen", ("ca",), "fr"))
    assert sitting.room.floor.people["alba"].lang == "ca"


def test_only_people_who_speak_have_an_account_at_the_floor() -> None:
    sitting = seated("alba")
    sitting.do(1, None, SeatGive("noor", "observer", ("ar",), "ar"))
    sitting.do(1, None, SeatGive("pen", "scribe", ("es",), "es"))
    assert list(sitting.room.floor.people) == ["alba"]
    assert list(sitting.room.seats) == [GUIDE, "alba", "noor", "pen"]


def test_giving_the_same_seat_again_changes_nothing_and_new_languages_do() -> None:
    sitting = seated("alba")
    assert sitting.do(1, None, SeatGive("alba", "citizen", ("es",), "es")) == []
    assert sitting.do(1, None, SeatGive("alba", "citizen", ("es",), "ca")) == ["seat.given"]
    assert sitting.room.seats["alba"].reads == "ca"


def test_who_has_an_account_at_the_floor_keeps_a_speaking_role() -> None:
    sitting = seated("alba")
    assert sitting.refused(1, None, SeatGive("alba", "facilitator", ("es",), "es")) == "room.role_fixed"
    assert sitting.refused(1, None, SeatGive(GUIDE, "citizen", ("en",), "en")) == "room.role_fixed"


def test_arriving_is_seen_for_everybody_seated_and_counts_for_those_who_speak() -> None:
    sitting = seated("alba")
    assert sitting.do(1, None, MemberArrive(GUIDE)) == ["member.arrived"]
    assert sitting.do(2, None, MemberArrive(GUIDE)) == []
    assert sitting.room.seats[GUIDE].present
    assert sitting.refused(3, None, MemberArrive("stranger")) == "room.not_seated"
    assert sitting.do(4, None, MemberLeave("stranger")) == []


def test_a_waiting_room_hears_nobody() -> None:
    sitting = seated()
    sitting.do(1, None, MemberArrive("alba"))
    assert sitting.refused(2, "alba", HandRaise()) == "floor.closed"
    assert sitting.refused(2, "alba", NoteMake("Hola", "es")) == "room.not_open"


def test_opening_and_closing_twice_changes_nothing() -> None:
    sitting = seated()
    assert sitting.do(1, GUIDE, RoomOpen()) == ["room.opened", "floor.opened"]
    assert sitting.do(2, GUIDE, RoomOpen()) == []
    assert sitting.do(3, GUIDE, RoomClose()) == ["floor.closed", "room.closed"]
    assert sitting.do(4, GUIDE, RoomClose()) == []
    assert (sitting.room.opened_at, sitting.room.floor.phase) == (at(1), Closed())


def test_a_room_closed_by_mistake_opens_again() -> None:
    sitting = speaking()
    assert sitting.do(10, GUIDE, RoomClose()) == ["turn.ended", "floor.closed", "room.closed"]
    assert sitting.do(609.999, GUIDE, RoomOpen()) == ["room.opened", "floor.opened"]
    assert (sitting.room.floor.people["alba"].total_ms, sitting.room.final_at) == (9000, None)


def test_a_room_that_has_been_closed_for_ten_minutes_has_ended() -> None:
    sitting = opened()
    sitting.do(10, GUIDE, RoomClose())
    assert sitting.room.final_at == at(610)
    assert sitting.refused(610, GUIDE, RoomOpen()) == "room.over"


@pytest.mark.parametrize(("began", "ended", "final"), [(20, 3620, 4210), (609.999, 700, 700.001), (610, 3610, 610)])
def test_a_closed_room_is_opened_again_for_as_long_as_somebody_served(began: float, ended: float, final: float) -> None:
    sitting = opened()
    sitting.do(10, GUIDE, RoomClose())
    sitting.stall(began, ended)
    assert sitting.room.final_at == at(final)
    assert sitting.refused(max(final, ended), GUIDE, RoomOpen()) == "room.over"
    if final > ended:
        assert sitting.do(final - 0.001, GUIDE, RoomOpen()) == ["room.opened", "floor.opened"]
        assert sitting.room.final_at is None


@pytest.mark.parametrize("end", [RoomClose(), StepLeave(9)])
def test_a_poll_that_goes_on_ends_with_its_room(end: RoomClose | StepLeave) -> None:
    sitting = opened()
    sitting.do(1, GUIDE, PollOpen("Seguim?", ("Sí", "No"), "ca"))
    sitting.gathered = (4, 2)
    assert sitting.do(2, GUIDE, end)[:3] == ["poll.closed", "floor.closed", "room.closed"]
    (poll,) = sitting.room.polls.values()
    assert (poll.is_open, poll.answers, poll.counts) == (False, 6, (4, 2))


def test_a_room_closed_in_a_round_opens_again_without_it() -> None:
    sitting = speaking()
    sitting.do(5, GUIDE, FloorSet("round"))
    sitting.do(10, GUIDE, RoomClose())
    sitting.do(20, GUIDE, RoomOpen())
    assert (sitting.room.floor.mode, sitting.room.floor.round) == ("balanced", None)
    assert sitting.do(21, "bruno", HandRaise()) == ["hand.raised", "floor.offered"]


def test_who_has_the_floor_contributes() -> None:
    sitting = speaking()
    assert sitting.do(5, "alba", HELLO) == ["contribution.made"]
    words = sitting.room.said[0].words
    assert sitting.room.said == (Said(words, "alba", "contribution", at(5), "es", turn=1),)


@pytest.mark.parametrize("member", ["bruno", GUIDE])
def test_nobody_else_contributes(member: str) -> None:
    assert speaking().refused(5, member, HELLO) == "floor.not_yours"


def test_after_the_end_of_the_turn_a_contribution_is_refused() -> None:
    sitting = speaking()
    sitting.do(5, "alba", TurnYield())
    assert sitting.refused(5, "alba", HELLO) == "floor.not_yours"


def test_nobody_contributes_in_a_pause() -> None:
    sitting = speaking()
    sitting.do(5, GUIDE, FloorPause())
    assert sitting.refused(6, "alba", HELLO) == "floor.paused"


def test_only_words_of_who_may_speak_are_shown_while_they_are_typed() -> None:
    sitting = speaking()
    assert [room.may_type(sitting.room, key) for key in ("alba", "bruno", GUIDE, "stranger")] == [True] + [False] * 3
    sitting.do(5, "alba", TurnYield())
    assert not room.may_type(sitting.room, "alba")
    assert room.may_type(opened(mode="free").room, "bruno")


def test_in_mode_free_anybody_present_and_not_muted_contributes() -> None:
    sitting = opened(mode="free")
    assert sitting.do(1, "bruno", HELLO) == ["contribution.made"]
    sitting.do(2, GUIDE, MemberMute("bruno"))
    assert sitting.refused(3, "bruno", HELLO) == "floor.muted"
    assert sitting.refused(3, GUIDE, HELLO) == "floor.not_yours"


def test_anybody_seated_and_not_muted_notes_something_short() -> None:
    sitting = speaking()
    assert sitting.do(5, "bruno", NoteMake("i" * 250, "it")) == ["note.made"]
    assert sitting.do(5, GUIDE, NoteMake("Two minutes left.", "en")) == ["note.made"]
    assert sitting.refused(5, "bruno", NoteMake("i" * 251, "it")) == "text.too_long"
    sitting.do(6, GUIDE, MemberMute("bruno"))
    assert sitting.refused(7, "bruno", NoteMake("Ma", "it")) == "floor.muted"


def test_a_pause_takes_nothing_from_the_minute_for_the_unsent_rest() -> None:
    sitting = speaking()
    sitting.do(10, "alba", TurnYield())
    sitting.do(20, GUIDE, FloorPause())
    assert sitting.do(500, "alba", NoteMake("x" * 4000, "es")) == ["note.made"]
    sitting.do(1020, GUIDE, FloorResume())
    assert sitting.do(1070, "alba", NoteMake("x" * 4000, "es")) == ["note.made"]
    assert sitting.refused(1070.001, "alba", NoteMake("x" * 4000, "es")) == "text.too_long"


def test_the_unsent_rest_of_a_turn_may_be_noted_in_full_for_a_minute() -> None:
    sitting = speaking()
    sitting.do(10, "alba", TurnYield())
    assert sitting.do(70, "alba", NoteMake("x" * 4000, "es")) == ["note.made"]
    assert sitting.refused(70.001, "alba", NoteMake("x" * 4000, "es")) == "text.too_long"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ContributionMake(" \n", "es"), "text.empty"),
        (ContributionMake("x" * 4001, "es"), "text.too_long"),
        (ContributionMake("Hola", "tlh"), "language.unknown"),
    ],
)
def test_a_contribution_is_text_of_a_known_language_and_length(command: ContributionMake, code: str) -> None:
    assert speaking().refused(5, "alba", command) == code


def test_the_state_keeps_the_last_things_said() -> None:
    sitting = speaking()
    for number in range(KEPT + 5):
        sitting.do(5, "alba", ContributionMake(str(number), "es"))
    assert len(sitting.room.said) == KEPT
    assert [sitting.room.said[-1].words] == list(room.mentions(sitting.log[-1].event))


def test_items_are_numbered_and_balance_time_anew() -> None:
    sitting = speaking()
    sitting.do(31, "alba", TurnYield())
    assert sitting.do(40, GUIDE, ItemOpen("Deliveries", "en")) == ["item.opened"]
    assert sitting.do(50, GUIDE, ItemOpen()) == ["item.opened"]
    alba = sitting.room.floor.people["alba"]
    assert (sitting.room.item, sitting.room.item_title, alba.spoken_ms, alba.total_ms) == (2, None, 0, 30_000)


def test_an_item_with_a_title_has_a_language() -> None:
    assert opened().refused(1, GUIDE, ItemOpen("Deliveries")) == "language.unknown"


def test_who_is_removed_loses_the_turn_and_every_door() -> None:
    sitting = speaking()
    assert sitting.do(5, GUIDE, MemberRemove("alba")) == ["turn.ended", "member.left", "member.removed"]
    assert sitting.refused(6, None, MemberArrive("alba")) == "room.not_seated"
    assert sitting.refused(6, "alba", NoteMake("Hola", "es")) == "room.not_seated"
    assert sitting.refused(6, "alba", HandRaise()) == "floor.not_present"


def test_who_is_readmitted_comes_in_again_with_the_time_already_spoken() -> None:
    sitting = speaking()
    sitting.do(5, GUIDE, MemberRemove("alba"))
    assert sitting.do(6, GUIDE, MemberReadmit("alba")) == ["member.readmitted"]
    assert sitting.do(6, GUIDE, MemberReadmit("alba")) == []
    assert sitting.do(7, None, MemberArrive("alba")) == ["member.arrived"]
    assert sitting.room.floor.people["alba"].total_ms == 4000


def test_nobody_removes_themselves_or_a_stranger() -> None:
    sitting = opened()
    assert sitting.refused(1, GUIDE, MemberRemove(GUIDE)) == "room.not_yourself"
    assert sitting.refused(1, GUIDE, MemberRemove("stranger")) == "room.not_seated"


def test_who_moves_away_leaves_the_time_spoken_behind() -> None:
    sitting = speaking()
    assert sitting.refused(5, None, SeatTake("alba")) == "room.has_floor"
    sitting.do(5, "alba", TurnYield())
    assert sitting.do(5, None, SeatTake("alba")) == ["member.left", "seat.taken"]
    assert sitting.do(5, None, SeatTake("alba")) == []
    assert "alba" not in sitting.room.seats
    assert sitting.room.floor.people["alba"].total_ms == 4000


def test_who_speaks_in_mode_free_is_not_moved_in_mid_sentence_either() -> None:
    sitting = opened()
    sitting.do(1, GUIDE, FloorSet("free"))
    sitting.do(2, "alba", SpeechStart())
    assert sitting.refused(3, None, SeatTake("alba")) == "room.has_floor"


def test_who_comes_from_another_room_keeps_the_time_spoken_and_owed() -> None:
    sitting, time = (
        opened(),
        Time(spoken_ms=9_000, fair_us=4_000_000, turns=2, total_ms=20_000, total_turns=3, carried_us=1_000_000),
    )
    come = SeatGive("eve", "citizen", ("es",), "es", time)
    assert sitting.do(1, None, come) == ["seat.given", "time.brought"]
    assert sitting.do(1, None, come) == []
    account = sitting.room.floor.people["eve"]
    assert (account.spoken_ms, account.total_ms, account.total_turns) == (9_000, 20_000, 3)
    assert owed_ms(sitting.room.floor, "eve", at(1)) == -4_000


def test_who_comes_back_in_the_same_item_has_the_time_of_this_room_again() -> None:
    sitting = speaking()
    sitting.do(100, "alba", TurnYield())
    sitting.do(101, None, SeatTake("alba"))
    before = sitting.room.floor.people["alba"]
    elsewhere = Time(spoken_ms=0, fair_us=0, turns=0, total_ms=before.total_ms + 5_000, total_turns=2, carried_us=-9)
    sitting.do(200, None, SeatGive("alba", "citizen", ("es",), "es", elsewhere))
    after = sitting.room.floor.people["alba"]
    assert (after.spoken_ms, after.fair_us, after.turns) == (before.spoken_ms, before.fair_us, 1)
    assert (after.total_ms, after.total_turns, after.carried_us) == (before.total_ms + 5_000, 2, 0)


def test_who_comes_back_in_another_item_brings_what_is_owed_now() -> None:
    sitting = speaking()
    sitting.do(100, "alba", TurnYield())
    sitting.do(101, None, SeatTake("alba"))
    sitting.do(150, GUIDE, ItemOpen())
    sitting.do(200, None, SeatGive("alba", "citizen", ("es",), "es", Time(7, 8, 1, 200_000, 2, -9)))
    after = sitting.room.floor.people["alba"]
    assert (after.spoken_ms, after.fair_us, after.turns, after.carried_us) == (7, 8, 1, -9)


def test_a_move_lifts_no_mute_and_asks_nobody_anew() -> None:
    first, second = opened(), opened()
    first.do(1, GUIDE, MemberMute("alba"))
    first.do(2, "alba", InvitationsStop())
    brought = time_of(replace(first.room.floor.people["alba"], orders=2, declined=True, passed=True))
    second.do(3, None, SeatGive("eve", "citizen", ("es",), "es", brought))
    account = second.room.floor.people["eve"]
    assert (account.muted, account.uninvited, account.orders, account.declined, account.passed) == (
        True, True, 2, True, True,
    )  # fmt: skip


def test_who_does_not_speak_here_brings_no_time() -> None:
    sitting, time = opened(), Time(1, 1, 1, 1, 1)
    assert sitting.do(1, None, SeatGive("olga", "observer", ("es",), "es", time)) == ["seat.given"]


def test_a_draft_is_written_by_those_who_speak_and_not_by_the_facilitator() -> None:
    sitting = opened()
    write = DraftWrite(None, 0, "", "Close the centre.", "", "en")
    assert sitting.refused(1, GUIDE, write) == "draft.not_yours"
    assert sitting.do(1, "alba", write) == ["draft.written"]


def test_a_draft_needs_more_than_half_of_those_present_and_not_of_those_seated() -> None:
    sitting = opened()
    sitting.do(1, "alba", DraftWrite(None, 0, "", "Close the centre.", "", "en"))
    key = next(iter(sitting.room.drafts))
    for member in ("alba", "bruno"):
        sitting.do(2, member, DraftAccept(key, 1))
    assert sitting.refused(3, "alba", DraftSubmit(key, 1)) == "draft.no_majority"
    sitting.do(4, None, MemberLeave("dora"))
    assert sitting.do(5, "alba", DraftSubmit(key, 1)) == ["draft.submitted"]


def test_a_reader_of_the_whole_room_needs_everybodys_name_and_every_word() -> None:
    sitting = speaking()
    sitting.do(2, "alba", HELLO)
    sitting.do(3, GUIDE, ItemOpen("Deliveries", "en"))
    sitting.do(4, "alba", DraftWrite(None, 0, "", "Close the centre.", "", "en"))
    draft = next(iter(sitting.room.drafts.values()))
    words = {sitting.room.said[0].words, sitting.room.item_title, draft.newest.recommendation}
    assert set(room.mentions(sitting.room)) == {GUIDE, "alba", "bruno", "carla", "dora", *words}


def test_the_log_alone_leads_to_the_same_room() -> None:
    sitting = speaking()
    sitting.do(2, "alba", HELLO)
    sitting.do(3, GUIDE, FloorSet("chaired"))
    assert replay(sitting.log) == sitting.room


def test_a_new_room_is_empty_and_waits() -> None:
    assert (RoomSitting().room.phase, RoomSitting().room.floor) == ("waiting", FloorState())
    assert seated("alba").room.seats["alba"] == Seat("citizen", ("es",), "es")


def brought_by(event: type) -> list[str]:
    """The fields of a type of event that hold words."""
    return [name for name, hint in get_type_hints(event).items() if Words in union_members(hint)]


@pytest.mark.parametrize("event", [each for each in EVENTS if brought_by(each)], ids=lambda event: event.__name__)
def test_a_reader_of_an_event_needs_every_word_it_brings(event: type) -> None:
    given: dict[str, Any] = dict.fromkeys(get_type_hints(event))
    fields = brought_by(event)
    made = event(**given | {name: Words(name, "es", "d") for name in fields})
    assert [*room.mentions(made)] == fields
