"""A dissent stands until everybody behind it has left it, and goes along with the draft if somebody has not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from live.core.kinds import Moment
from recommendations.core.dissenting import (
    MAX_DISSENT,
    MAX_DISSENTS,
    Dissent,
    DissentLeave,
    DissentRaise,
    DissentShare,
)
from recommendations.core.drafting import (
    DraftAccept,
    DraftCommand,
    Drafts,
    DraftState,
    DraftSubmit,
    DraftWrite,
    decide,
    evolve,
    mentions,
)

ROOM = ("alba", "bruno", "carla", "dora")


class Writing:
    """A draft of four people, at version 1."""

    def __init__(self) -> None:
        self.drafts: Drafts = {}
        self.count = 0
        self.do("alba", DraftWrite(None, 0, "", "Close the centre.", "", "en"))
        self.key = next(iter(self.drafts))

    def do(self, member: str, command: DraftCommand) -> int:
        """How many events came of it."""
        self.count += 1
        moment = Moment(at=self.count, by=member, seed=f"{self.count}")
        events = decide(self.drafts, command, moment, member=member, present=ROOM)
        for event in events:
            self.drafts = evolve(self.drafts, event, self.count)
        return len(events)

    def refused(self, member: str, command: DraftCommand) -> str:
        with pytest.raises(Refused) as caught:
            self.do(member, command)
        return caught.value.code

    @property
    def draft(self) -> DraftState:
        return self.drafts[self.key]

    def dissent(self, member: str, text: str = "And the nurses?") -> str:
        """A new dissent to the newest version; its key."""
        self.do(member, DissentRaise(self.key, self.draft.version, text, "en"))
        return [*self.draft.dissents][-1]

    def found(self, key: str) -> Dissent:
        return self.draft.dissents[key]

    def write(self) -> None:
        self.do("bruno", DraftWrite(self.key, self.draft.version, "", f"Text {self.count}.", "", "en"))

    def send(self) -> None:
        for member in ROOM[:3]:
            self.do(member, DraftAccept(self.key, self.draft.version))
        self.do("bruno", DraftSubmit(self.key, self.draft.version))


def test_what_somebody_is_behind_when_the_draft_is_sent_stands_beside_it() -> None:
    room = Writing()
    key = room.dissent("dora")
    room.do("carla", DissentShare(room.key, key))
    room.write()
    room.send()
    assert (room.found(key).members, room.found(key).fate) == (("dora", "carla"), "upheld")


def test_the_last_to_leave_settles_it() -> None:
    room = Writing()
    key = room.dissent("dora")
    room.do("carla", DissentShare(room.key, key))
    room.do("dora", DissentLeave(room.key, key, "withdrawn"))
    assert (room.found(key).members, room.found(key).fate) == (("carla",), None)
    room.write()
    room.do("carla", DissentLeave(room.key, key, "integrated"))
    room.send()
    assert room.found(key).fate == "integrated"


def test_only_a_newer_version_can_have_integrated_it() -> None:
    room = Writing()
    key = room.dissent("dora")
    assert room.refused("dora", DissentLeave(room.key, key, "integrated")) == "dissent.no_newer_version"
    room.write()
    assert room.do("dora", DissentLeave(room.key, key, "integrated")) == 1


def test_a_new_version_ends_agreement_and_keeps_dissents() -> None:
    room = Writing()
    key = room.dissent("dora")
    room.do("alba", DraftAccept(room.key, 1))
    room.write()
    assert (room.draft.accepted, [*room.draft.dissents]) == ((), [key])


def test_sharing_and_leaving_twice_change_nothing_and_nobody_leaves_for_another() -> None:
    room = Writing()
    key = room.dissent("dora")
    assert [room.do("carla", DissentShare(room.key, key)) for _ in range(2)] == [1, 0]
    assert [room.do("carla", DissentLeave(room.key, key, "withdrawn")) for _ in range(2)] == [1, 0]
    assert room.do("alba", DissentLeave(room.key, key, "withdrawn")) == 0
    assert room.found(key).fate is None


def test_what_is_refused() -> None:
    room = Writing()
    key = room.dissent("dora")
    assert room.refused("dora", DissentRaise(room.key, 1, "And this.", "en")) == "dissent.one_at_a_time"
    assert room.refused("alba", DissentRaise(room.key, 2, "x", "en")) == "draft.outdated"
    assert room.refused("alba", DissentRaise(room.key, 1, "x" * (MAX_DISSENT + 1), "en")) == "text.too_long"
    assert room.refused("alba", DissentRaise(room.key, 1, " ", "en")) == "text.empty"
    assert room.refused("alba", DissentShare(room.key, "nothing")) == "dissent.unknown"
    assert room.refused("alba", DissentShare("nothing", key)) == "draft.unknown"
    room.do("dora", DissentLeave(room.key, key, "withdrawn"))
    assert room.refused("alba", DissentShare(room.key, key)) == "dissent.settled"
    room.send()
    assert room.refused("alba", DissentRaise(room.key, 1, "Too late.", "en")) == "draft.closed"


def test_a_draft_cannot_be_flooded_with_dissents() -> None:
    room = Writing()
    for _ in range(MAX_DISSENTS):
        room.do("dora", DissentLeave(room.key, room.dissent("dora"), "withdrawn"))
    assert room.refused("dora", DissentRaise(room.key, 1, "One more.", "en")) == "dissent.too_many"


def test_a_reader_needs_the_words_and_who_is_behind_them() -> None:
    room = Writing()
    key = room.dissent("dora")
    assert list(mentions(room.draft))[:2] == [key, "dora"]


ACTS = st.tuples(
    st.sampled_from(ROOM), st.integers(0, 6), st.sampled_from(["raise", "share", "integrated", "withdrawn", "write"])
)


@given(st.lists(ACTS, max_size=25))
def test_no_dissent_is_settled_over_the_head_of_who_is_behind_it(acts: list[tuple[str, int, str]]) -> None:
    room, behind = Writing(), dict[str, set[str]]()
    for member, place, act in acts:
        keys = [*room.draft.dissents]
        key = keys[place % len(keys)] if keys else "nothing"
        try:
            if act == "write":
                room.write()
            elif act == "raise":
                behind[room.dissent(member)] = {member}
            elif act == "share":
                room.do(member, DissentShare(room.key, key))
                behind[key].add(member)
            else:
                room.do(member, DissentLeave(room.key, key, "integrated" if act == "integrated" else "withdrawn"))
                behind[key].discard(member)
        except Refused:
            continue
    room.send()
    fates = {key: each.fate == "upheld" for key, each in room.draft.dissents.items()}
    assert fates == {key: bool(members) for key, members in behind.items()}
