"""The plenary debates in a hall: opened, chaired by forms, shown to the hall and to everybody, voted on."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from assemblies.models import Assembly, Member
from assemblies.queries import actor_of
from assemblies.services import remove_member
from facilitation import debate as debates
from facilitation.commands import COMMANDS as CHAIR
from facilitation.kinds import CHAIRS
from facilitation.rules import may_chair
from floor.core.commands import HandLower, HandRaise, MemberArrive, MemberLeave, OfferAccept, TurnYield
from floor.core.ledger import holder_of
from kernel import clock
from kernel.errors import Refused
from live.core.actors import Standing
from live.log import Submission, write
from live.names import parse_name
from live.registry import install
from live.services import submit
from plenary.core.presets import most
from plenary.core.rules import Level
from plenary.kinds import PLENARY
from rooms import halls, rules
from rooms.core.types import ContributionMake
from rooms.halls import join_debate, open_debate
from rooms.kinds import ROOM
from rooms.models import Room, Seat
from rooms.queries import hall_of, rooms_of_member, state_of, unseated
from rooms.services import create_room, move_member, seat_member
from sittings import queries as sittings
from sittings.core.types import SittingBegin, SittingState
from tests.cast import Cast, make_cast
from tests.factories import bring_translations, make_member
from tests.shell.assemblies.cast import let_in, signed_in
from tests.shell.plenary.voting import TITLE, Vote
from translation.kinds import TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    install(kinds=[ROOM, CHAIRS, PLENARY, TEXT], doors=CHAIR)
    return make_cast()


class Debate:
    """An open debate, led by the organiser through the forms of the page."""

    def __init__(self, cast: Cast, minutes: str = "2") -> None:
        self.cast, self.client = cast, signed_in(cast.olga)
        self.address = f"/organise/{cast.assembly.slug}/debate/"
        self.press("begin", minutes=minutes)
        found = hall_of(cast.assembly.pk)
        assert found is not None
        self.hall, self.start = found, clock.now()
        for member in (cast.ana, cast.bo, cast.chen):
            self.do(0, member, MemberArrive(member.key))

    def press(self, act: str, **form: str) -> str:
        answer = self.client.post(f"{self.address}?lang=en", {"act": act, **form})
        return "done" if answer.status_code == 302 else answer.content.decode()

    def do(self, second: float, member: Member, command: Any) -> None:
        at = self.start + round(second * 1000)
        write([Submission(self.hall.stream, command, member.key, None, at)])

    def give(self, member: Member) -> float:
        """The member is called and takes the floor; the second."""
        self.do(1, member, HandRaise())
        assert self.press(f"call {member.key}") == "done"
        late = 1 + (clock.now() - self.start) / 1000
        self.do(late, member, OfferAccept())
        return late

    def open(self, place: int) -> None:
        assert self.press(f"open {self.state.agenda[place].key}") == "done"

    def seen(self, address: str = "", client: Client | None = None) -> str:
        address = address or f"/a/{self.cast.assembly.slug}/hall/"
        return (client or Client()).get(address, {"lang": "en"}).content.decode()

    @property
    def state(self) -> Any:
        return state_of(self.hall)


def test_a_member_is_called_speaks_and_is_read_and_the_time_counts_to_the_chamber(cast: Cast) -> None:
    debate = Debate(cast)
    debate.do(1, cast.ana, HandRaise(tag="for"))
    assert '<bdi>Ana</bdi> <span class="chip">in favour' in debate.seen(debate.address, debate.client)
    assert debate.press(f"call {cast.ana.key}") == "done"
    late = 1 + (clock.now() - debate.start) / 1000
    debate.do(late, cast.ana, OfferAccept())
    debate.do(late + 10, cast.ana, ContributionMake("Menos ruido.", "es"))
    debate.do(late + 40, cast.ana, TurnYield())
    bring_translations(debate.hall.stream, "fr")
    spoken = debate.state.floor.people[cast.ana.key].spoken_ms
    assert spoken > 30_000
    assert debate.state.floor.groups["citizens"].left_ms == 120_000 - spoken
    shown = Client().get(f"/a/{cast.assembly.slug}/hall/", {"lang": "fr"}).content.decode()
    assert "(fr) Menos ruido." in shown


def test_the_public_reads_no_name_and_the_hall_does(cast: Cast) -> None:
    debate = Debate(cast)
    debate.do(1, cast.ana, HandRaise())
    debate.do(2, cast.bo, HandRaise())
    debate.press(f"call {cast.ana.key}")
    debate.do(1 + (clock.now() - debate.start) / 1000, cast.ana, OfferAccept())
    public = debate.seen()
    named = debate.seen(f"/organise/{cast.assembly.slug}/hall/", debate.client)
    assert ("Speaks now: <bdi>Citizens</bdi>" in public, "Speaks now: <bdi>Ana</bdi>" in named) == (True, True)
    assert [each in public for each in ("Ana", "Bo<", cast.ana.key, cast.bo.key)] == [False] * 4
    assert "<bdi>Bo</bdi>" in named
    for page in (public, named):
        assert "<form" not in page.split("<main")[1]


def test_who_has_no_business_there_sees_no_debate(cast: Cast) -> None:
    debate = Debate(cast)
    Assembly.objects.filter(pk=cast.assembly.pk).update(public=False)
    assert Client().get(f"/a/{cast.assembly.slug}/hall/").status_code == 404
    assert Client().get(debate.address).status_code == 302
    ana = Client()
    assert let_in(cast.ana, ana).get(f"/m/{cast.ana.key}/debate/").status_code == 404


def test_every_member_reads_the_hall_and_only_citizens_take_part(cast: Cast) -> None:
    debate = Debate(cast)
    small = create_room(cast.assembly)
    found = {name: rules.standing(actor, debate.hall.pk) for name, actor in cast.actors().items()}
    assert found == {
        "ana": Standing.PARTICIPANT, "bo": Standing.PARTICIPANT, "chen": Standing.PARTICIPANT,
        "fatou": Standing.READER, "otto": Standing.READER,
    }  # fmt: skip
    assert rules.standing(actor_of(cast.fatou), small.pk) is None
    stranger = make_cast()
    assert rules.standing(actor_of(stranger.ana), debate.hall.pk) is None


def test_who_leads_the_plenary_chairs_the_hall(cast: Cast) -> None:
    stream = parse_name(Debate(cast).hall.stream)
    before = may_chair(actor_of(cast.fatou), stream)
    chair = make_member(cast.assembly, "Iris", role="chair", chamber="")
    after = [may_chair(actor_of(each), stream) for each in (cast.fatou, chair, cast.ana)]
    assert (before, after) == (True, [False, True, False])
    stranger = make_cast()
    assert not may_chair(actor_of(make_member(stranger.assembly, "Eve", role="chair", chamber="")), stream)


def test_a_motion_is_debated_voted_on_and_its_result_shown(cast: Cast) -> None:
    vote, debate = Vote(cast.assembly), Debate(cast)
    assert "motion" in debate.press("vote")
    assert "no such motion" in debate.press("put nothing")
    assert [point.motion for point in debate.state.agenda] == [vote.key]
    debate.open(0)
    assert (debate.state.item_motion, debate.state.item, debate.state.agenda) == (vote.key, 1, ())
    assert TITLE in debate.seen()
    assert debate.press("vote", minutes="3") == "done"
    assert (vote.state.phase, "0 / 3" in debate.seen()) == ("open", True)
    assert debate.press("count") == "done"
    shown = debate.seen()
    assert (vote.state.phase, "not certified yet" in shown, "0 / 3" in shown) == ("closed", True, False)
    debate.press("plan", title="Pausa")
    assert "Next:" in debate.seen()
    debate.open(0)
    assert (debate.state.item_motion, "Pausa" in debate.seen()) == (None, True)


def test_the_agenda_is_changed_while_the_debate_goes_on(cast: Cast) -> None:
    first, second = Vote(cast.assembly), Vote(cast.assembly, text="Más bancos.")
    debate = Debate(cast)
    debate.press("plan", title="Pausa")
    pause = debate.state.agenda[2].key
    order = [debate.press(f"{act} {pause}") for act in ("up", "up", "up", "down")]
    assert order == ["done"] * 4
    assert [point.motion for point in debate.state.agenda] == [first.key, None, second.key]
    debate.press(f"drop {pause}")
    debate.open(1)
    page = debate.seen(debate.address, debate.client)
    assert (debate.state.item_motion, debate.state.agenda[0].motion) == (second.key, first.key)
    assert f'value="open {debate.state.agenda[0].key}"' in page
    debate.press(f"drop {debate.state.agenda[0].key}")
    assert f'value="put {first.key}"' in debate.seen(debate.address, debate.client)
    assert debate.press(f"put {first.key}") == "done"


def test_too_few_for_a_quorum_are_told_before_the_vote_opens(cast: Cast) -> None:
    Vote(cast.assembly, most(Level.PUBLIC))
    debate = Debate(cast)
    debate.open(0)
    warning = "Citizens: 1 are here, and at least 2 must vote."
    before = debate.seen(debate.address, debate.client)
    debate.do(1, cast.bo, MemberLeave(cast.bo.key))
    debate.do(1, cast.chen, MemberLeave(cast.chen.key))
    after = debate.seen(debate.address, debate.client)
    assert (warning in before, warning in after) == (False, True)
    assert debate.press("vote") == "done"


def test_a_chamber_that_overruns_gives_every_chamber_as_much(cast: Cast) -> None:
    Member.objects.filter(pk=cast.chen.pk).update(chamber="parliament")
    debate = Debate(cast, minutes="1")
    late = debate.give(cast.ana)
    debate.do(late + 100, cast.ana, TurnYield())
    debate.do(late + 120, cast.bo, HandRaise())
    spoken = debate.state.floor.people[cast.ana.key].spoken_ms
    left = {name: each.left_ms for name, each in debate.state.floor.groups.items()}
    assert spoken == pytest.approx(100_000, abs=5_000)
    assert left == {"citizens": 0, "parliament": spoken}


def test_what_goes_first_stands_first_and_the_chair_sees_the_time(cast: Cast) -> None:
    debate = Debate(cast)
    late = debate.give(cast.ana)
    debate.do(late, cast.bo, HandRaise())
    debate.do(late + 1, cast.chen, HandRaise("order"))
    page = debate.seen(debate.address, debate.client)
    assert page.index('Chen</bdi> <span class="chip on">Point of order') < page.index("<bdi>Bo</bdi>")
    assert re.search("<bdi>Citizens</bdi> <b class=.num. data-seconds=.1[01][0-9]. data-step=.-1.>1:5[0-9]</b>", page)
    debate.do(late + 2, cast.bo, HandLower())
    debate.press("close_list")
    with pytest.raises(Refused, match="list_closed"):
        submit(debate.hall.stream, HandRaise(), by=cast.bo.key)


def test_a_debate_that_fails_to_open_has_not_begun(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    Vote(cast.assembly)
    for step in ("seat_members", "submit", "open_feed", "open_room"):
        with monkeypatch.context() as broken:
            broken.setattr(halls, step, _fail)
            with pytest.raises(OSError, match="gone"):
                open_debate(cast.assembly, minutes=2)
        assert (hall_of(cast.assembly.pk), Seat.objects.count()) == (None, 0)
    with monkeypatch.context() as broken:
        broken.setattr(debates, "submit", _fail)
        with pytest.raises(OSError, match="gone"):
            Debate(cast)
    assert hall_of(cast.assembly.pk) is None
    assert len(Debate(cast).state.agenda) == 1


def _fail(*_given: object, **_named: object) -> None:
    raise OSError("gone")


def test_who_is_no_member_any_longer_has_no_turn_and_is_not_called(cast: Cast) -> None:
    debate = Debate(cast)
    late = debate.give(cast.ana)
    debate.do(late, cast.bo, HandRaise())
    debate.do(late + 1, cast.ana, ContributionMake("Menos ruido.", "es"))
    for gone in (cast.ana, cast.bo):
        remove_member(gone)
        debate.do(late + 2, gone, MemberLeave(gone.key))
    assert holder_of(debate.state.floor) is None
    assert "not here now" in debate.press(f"call {cast.bo.key}")
    assert "Menos ruido." in debate.seen()


def test_the_topic_stands_in_the_languages_that_were_asked_for(cast: Cast) -> None:
    debate = Debate(cast)
    debate.press("plan", title="La pausa")
    debate.open(0)
    bring_translations(debate.hall.stream, "fr")
    address = f"/a/{cast.assembly.slug}/hall/?lang=en"
    both, french, catalan = [
        Client().get(address + asked).content.decode() for asked in ("&in=fr&in=es&in=zz", "&in=fr", "&in=ca")
    ]
    assert ("(fr) La pausa" in both, ">La pausa" in both) == (True, True)
    assert ("(fr) La pausa" in french, ">La pausa" in french) == (True, False)
    assert ">La pausa" in catalan


@pytest.mark.parametrize(
    ("act", "form"),
    [
        ("begin", {"minutes": "many"}),
        ("call nobody", {}),
        ("plan", {"title": "x" * 300}),
        ("open nothing", {}),
        ("up nothing", {}),
        ("dance", {}),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(cast: Cast, act: str, form: dict[str, str]) -> None:
    debate = Debate(cast)
    before = debate.state
    assert 'role="alert"' in debate.press(act, **form)
    assert debate.state == before


def test_a_debate_begun_twice_is_one_and_after_its_end_another_begins(cast: Cast) -> None:
    first = Debate(cast).hall
    again = open_debate(cast.assembly)
    debate = Debate(cast)
    debate.press("end")
    assert "The debate has ended." in debate.seen()
    assert (again.pk == first.pk, Debate(cast).hall.pk == first.pk, Room.objects.count()) == (True, False, 2)


def test_who_joins_in_mid_debate_sits_there_and_shares_what_is_left(cast: Cast) -> None:
    debate = Debate(cast)
    debate.press(f"call {cast.ana.key}")
    dora = make_member(cast.assembly, "Dora")
    join_debate(dora)
    join_debate(dora)
    budget = debate.state.floor.groups["citizens"]
    assert (dora.key in budget.members, len(budget.members), budget.left_ms) == (True, 4, 120_000)
    assert Seat.objects.filter(room=debate.hall, member=dora).count() == 1


def test_who_joins_while_the_chamber_overruns_leaves_the_others_what_they_gain(cast: Cast) -> None:
    debate = Debate(cast)
    debate.do(debate.give(cast.ana) + 130, cast.bo, HandRaise())
    dora = make_member(cast.assembly, "Dora")
    before = debate.state.floor.groups["citizens"].left_ms
    join_debate(dora)
    assert before < 0, "the chamber has overrun"
    assert debate.state.floor.groups["citizens"].left_ms <= before


def test_the_small_rooms_do_not_notice_the_hall(cast: Cast) -> None:
    one, two = create_room(cast.assembly), create_room(cast.assembly)
    seat_member(one, cast.ana)
    debate = Debate(cast)
    move_member(cast.ana, to=two)
    assert {place.room.pk for place in rooms_of_member(cast.ana.key)} == {two.pk, debate.hall.pk}
    assert {each.name for each in unseated(cast.assembly)} == {"Bo", "Chen"}
    opened = sittings.gather(f"sitting.{cast.assembly.pk}", SittingState(), SittingBegin())
    assert opened == (one.pk, two.pk)
    assert re.search("2 rooms", Client().get(f"/a/{cast.assembly.slug}/?lang=en").content.decode())
