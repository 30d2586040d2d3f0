"""Oldest first, fair between rooms, one hop at a time, everything that waits for it together."""

from hypothesis import given
from hypothesis import strategies as st

from translation.core.queue import HURRY_S, LATE_S, MAX_BATCH, Urgency, Waiting, choose, is_hurried

NOW = 5.0


def waiting(*requests: str) -> list[Waiting]:
    """`"hop room"`, in order of arrival."""
    parts = (request.split() for request in requests)
    return [Waiting(hop, room, Urgency.LIVE, at / 100, 100) for at, (hop, room) in enumerate(parts)]


def test_everything_that_waits_for_the_oldest_hop_goes_together() -> None:
    assert choose(waiting("es-ca 1", "es-fr 1", "es-ca 2"), set(), NOW) == [0, 2]


def test_a_busy_hop_is_passed_over() -> None:
    assert choose(waiting("es-ca 1", "es-fr 1"), {"es-ca"}, NOW) == [1]
    assert choose(waiting("es-ca 1"), {"es-ca"}, NOW) == []


def test_a_room_that_asks_for_much_does_not_hold_up_the_others() -> None:
    crowd = [Waiting("es-ca", "loud", Urgency.LIVE, at / 100, MAX_BATCH // 3) for at in range(9)]
    quiet = Waiting("es-ca", "quiet", Urgency.LIVE, 0.5, 100)
    assert choose([*crowd, quiet], set(), NOW)[:2] == [0, 9]


def test_live_speech_comes_before_what_a_newcomer_missed() -> None:
    backlog = Waiting("es-ca", "1", Urgency.BACKLOG, 0, 100)
    live = Waiting("es-fr", "2", Urgency.LIVE, 1, 100)
    assert choose([backlog, live], set(), NOW) == [1]


def test_what_is_being_said_comes_before_what_is_late_and_the_late_come_newest_first() -> None:
    late = [Waiting("es-ca", str(at), Urgency.LIVE, NOW - LATE_S - at, 100) for at in (3, 1, 2)]
    said_now = Waiting("es-ca", "9", Urgency.LIVE, NOW - 1, 100)
    assert choose([*late, said_now], set(), NOW) == [3, 1, 2, 0]


def test_what_is_late_comes_before_drafts() -> None:
    draft = Waiting("es-ca", "1", Urgency.DRAFT, NOW, 100)
    late = Waiting("es-fr", "2", Urgency.LIVE, NOW - LATE_S - 1, 100)
    assert choose([draft, late], set(), NOW) == [1]


def test_engines_hurry_when_speech_has_waited_and_for_nothing_else() -> None:
    waited = NOW - HURRY_S - 0.01
    assert is_hurried([Waiting("es-ca", "1", Urgency.LIVE, waited, 100)], NOW)
    assert not is_hurried([Waiting("es-ca", "1", Urgency.LIVE, NOW - HURRY_S / 2, 100)], NOW)
    assert not is_hurried([Waiting("es-ca", "1", each, waited, 100) for each in Urgency if each], NOW)


REQUESTS = st.builds(
    Waiting,
    hop=st.sampled_from("abc"),
    room=st.sampled_from("123"),
    urgency=st.sampled_from(Urgency),
    arrived=st.floats(-60, NOW),
    size=st.integers(0, 2 * MAX_BATCH),
)


@given(st.lists(REQUESTS, max_size=30), st.sets(st.sampled_from("abc")))
def test_a_batch_is_one_free_hop_within_the_limit(requests: list[Waiting], busy: set[str]) -> None:
    chosen = choose(requests, busy, NOW)
    assert bool(chosen) == any(request.hop not in busy for request in requests)
    assert len({requests[index].hop for index in chosen} - busy) == (1 if chosen else 0)
    assert len(chosen) < 2 or sum(requests[index].size for index in chosen) <= MAX_BATCH


@given(st.lists(REQUESTS, max_size=30))
def test_everybody_is_served_in_the_end(requests: list[Waiting]) -> None:
    rounds = 0
    while requests:
        taken = set(choose(requests, set(), NOW))
        requests = [request for index, request in enumerate(requests) if index not in taken]
        rounds += 1
    assert rounds <= 30
