"""A draft has versions; acceptance belongs to one version; a majority of those present sends it on."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.errors import Refused
from live.core.kinds import Moment
from recommendations.core.drafting import (
    MAX_DRAFTS,
    DraftAccept,
    DraftCommand,
    DraftRelease,
    Drafts,
    DraftState,
    DraftSubmit,
    DraftSubmitted,
    DraftWrite,
    decide,
    evolve,
    mentions,
)

ROOM = ("alba", "bruno", "carla", "dora")
WORDS: dict[str, Any] = {
    "title": "Car-free Sundays",
    "recommendation": "Close the centre.",
    "reasons": "Air.",
    "lang": "en",
}


def play(drafts: Drafts, member: str, command: DraftCommand, *, at: int = 1000) -> dict[str, DraftState]:
    """The drafts after `member` asked for `command`, all of ROOM being present."""
    moment = Moment(at=at, by=member, seed=f"{member}{command}")
    for event in decide(drafts, command, moment, member=member, present=ROOM):
        drafts = evolve(drafts, event, at)
    return dict(drafts)


def first_draft() -> tuple[dict[str, DraftState], str]:
    drafts = play({}, "alba", DraftWrite(None, 0, **WORDS))
    return drafts, next(iter(drafts))


def refusal(drafts: Drafts, member: str, command: DraftCommand) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Refused) as caught:
        play(drafts, member, command)
    return caught.value.code, caught.value.params


def test_a_new_draft_is_version_one_and_nobody_accepts_it_yet() -> None:
    drafts, key = first_draft()
    draft = drafts[key]
    assert (draft.version, draft.accepted, draft.submitted) == (1, (), False)
    assert (draft.newest.member, draft.newest.at, draft.newest.lang) == ("alba", 1000, "en")


def test_two_people_who_write_on_the_same_version_do_not_overwrite_each_other() -> None:
    drafts, key = first_draft()
    drafts = play(drafts, "bruno", DraftWrite(key, 1, **WORDS))
    assert refusal(drafts, "carla", DraftWrite(key, 1, **WORDS)) == ("draft.outdated", {"version": 2})


def test_a_new_version_ends_the_acceptance_of_the_old_one() -> None:
    drafts, key = first_draft()
    drafts = play(drafts, "alba", DraftAccept(key, 1))
    drafts = play(drafts, "bruno", DraftWrite(key, 1, **WORDS))
    assert drafts[key].accepted == ()


def test_an_old_version_cannot_be_accepted() -> None:
    drafts, key = first_draft()
    drafts = play(drafts, "bruno", DraftWrite(key, 1, **WORDS))
    assert refusal(drafts, "carla", DraftAccept(key, 1)) == ("draft.outdated", {"version": 2})


def test_accepting_twice_counts_once_and_can_be_taken_back() -> None:
    drafts, key = first_draft()
    drafts = play(play(drafts, "carla", DraftAccept(key, 1)), "carla", DraftAccept(key, 1))
    assert drafts[key].accepted == ("carla",)
    assert play(drafts, "carla", DraftRelease(key, 1))[key].accepted == ()


def test_half_of_those_present_is_not_a_majority() -> None:
    drafts, key = first_draft()
    for member in ROOM[:2]:
        drafts = play(drafts, member, DraftAccept(key, 1))
    assert refusal(drafts, "alba", DraftSubmit(key, 1)) == ("draft.no_majority", {"accepted": 2, "present": 4})


def test_three_of_four_send_the_draft_on() -> None:
    drafts, key = first_draft()
    for member in ROOM[:3]:
        drafts = play(drafts, member, DraftAccept(key, 1))
    moment = Moment(at=5, by="dora", seed="s")
    events = decide(drafts, DraftSubmit(key, 1), moment, member="dora", present=ROOM)
    assert events == [DraftSubmitted(key, 1, accepted=3, present=4)]


def test_who_accepted_and_left_no_longer_counts() -> None:
    drafts, key = first_draft()
    for member in ROOM[:2]:
        drafts = play(drafts, member, DraftAccept(key, 1))
    with pytest.raises(Refused, match=r"draft\.no_majority"):
        decide(drafts, DraftSubmit(key, 1), Moment(5, "dora", "s"), member="dora", present=("bruno", "carla", "dora"))


@pytest.mark.parametrize("command", [DraftAccept, DraftRelease, DraftSubmit])
def test_a_submitted_draft_is_closed(command: type[DraftAccept | DraftRelease | DraftSubmit]) -> None:
    drafts, key = first_draft()
    for member in ROOM:
        drafts = play(drafts, member, DraftAccept(key, 1))
    drafts = play(drafts, "alba", DraftSubmit(key, 1))
    assert drafts[key].submitted
    assert refusal(drafts, "dora", command(key, 1))[0] == "draft.closed"
    assert refusal(drafts, "dora", DraftWrite(key, 1, **WORDS))[0] == "draft.closed"


def test_a_draft_nobody_wrote_is_unknown() -> None:
    assert refusal({}, "alba", DraftAccept("nothing", 1))[0] == "draft.unknown"


def test_an_empty_recommendation_is_refused_but_title_and_reasons_may_be_empty() -> None:
    drafts = play({}, "alba", DraftWrite(None, 0, title=" ", recommendation="Do it.", reasons="", lang="en"))
    newest = next(iter(drafts.values())).newest
    assert (newest.title, newest.reasons) == (None, None)
    empty = DraftWrite(None, 0, title="T", recommendation=" ", reasons="", lang="en")
    assert refusal({}, "alba", empty)[0] == "text.empty"


def test_a_room_cannot_be_flooded_with_drafts() -> None:
    drafts: dict[str, DraftState] = {}
    for n in range(MAX_DRAFTS):
        drafts = play(drafts, "alba", DraftWrite(None, 0, f"{n}", "r", "", "en"))
    assert refusal(drafts, "alba", DraftWrite(None, 0, "one more", "r", "", "en"))[0] == "draft.too_many"


def test_a_reader_needs_the_authors_and_all_words_of_a_draft() -> None:
    drafts, key = first_draft()
    newest = drafts[key].newest
    assert list(mentions(drafts[key])) == ["alba", newest.title, newest.recommendation, newest.reasons]
