"""What was said is corrected by its author; others suggest and flag translations of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from floor.core.commands import MemberMute
from live.core.kinds import words_of
from recommendations.core.drafting import MAX_QUOTES, DraftWrite, Quote
from rooms.core import room as core
from rooms.core.control import ContributionHide, ContributionRestore, ContributionWithdraw, Earlier
from rooms.core.types import MemberRemove, NoteMake, RoomClose, SeatGive, SeatTake
from rooms.core.wording import (
    MAX_CORRECTIONS,
    MAX_SUGGESTIONS,
    ContributionCorrect,
    FlagCount,
    SuggestionAccept,
    SuggestionAccepted,
    SuggestionDecline,
    SuggestionMake,
)
from tests.core.rooms.sitting import GUIDE, RoomSitting, opened


def noted() -> tuple[RoomSitting, str]:
    """Alba noted something in Spanish; Eva speaks Spanish and Catalan."""
    room = opened()
    room.do(0, None, SeatGive("eva", "citizen", ("es",), "ca"))
    room.do(1, "alba", NoteMake("El banco está lejos.", "es"))
    return room, room.room.said[0].words


def suggested() -> tuple[RoomSitting, str]:
    room, words = noted()
    room.do(2, "eva", SuggestionMake(words, "El banc de seure és lluny.", "ca"))
    return room, next(iter(room.room.suggestions))


def test_a_correction_stands_and_what_was_said_before_stays_to_be_read() -> None:
    room, words = noted()
    assert room.do(2, "alba", ContributionCorrect(words, "El banco del parque.", "es")) == ["contribution.corrected"]
    said = room.room.said[0]
    (key,) = said.corrections
    assert (said.words, said.wording) == (words, key)
    assert {words, key} <= set(core.mentions(room.room))


def test_correcting_costs_and_gives_no_time() -> None:
    room, words = noted()
    floor = room.room.floor
    room.do(2, "alba", ContributionCorrect(words, "El banco del parque.", "es"))
    assert room.room.floor == floor


def test_the_language_can_be_corrected_too_and_always_even_after_the_end() -> None:
    room, words = noted()
    room.do(2, GUIDE, RoomClose())
    room.do(5000, "alba", ContributionCorrect(words, "El banc és lluny.", "ca"))
    assert room.room.said[0].lang == "ca"


def test_nobody_else_corrects_it_but_who_types_for_its_author() -> None:
    room, words = noted()
    room.gathered = Earlier("alba", scribe="dora")
    assert room.refused(2, "eva", ContributionCorrect(words, "No.", "es")) == "said.not_yours"
    assert room.refused(2, GUIDE, ContributionCorrect(words, "No.", "es")) == "said.not_yours"
    assert room.do(2, "dora", ContributionCorrect(words, "Sí.", "es")) == ["contribution.corrected"]


def test_what_is_hidden_taken_back_or_silenced_is_not_said_again() -> None:
    room, words = noted()
    again = ContributionCorrect(words, "Otra cosa.", "es")
    room.do(2, GUIDE, ContributionHide(words, "insult"))
    assert room.refused(3, "alba", again) == "said.hidden"
    room.do(4, GUIDE, ContributionRestore(words))
    room.do(5, GUIDE, MemberMute("alba"))
    assert room.refused(6, "alba", again) == "floor.muted"
    room.do(7, "alba", ContributionWithdraw(words))
    assert room.refused(8, "alba", again) == "said.withdrawn"


def test_a_correction_is_no_second_contribution() -> None:
    room, words = noted()
    room.gathered = Earlier("alba", length=200)
    assert room.refused(2, "alba", ContributionCorrect(words, "a" * 401, "es")) == "text.too_long"
    room.do(3, "alba", ContributionCorrect(words, "a" * 400, "es"))
    for second in range(1, MAX_CORRECTIONS):
        room.do(3 + second, "alba", ContributionCorrect(words, f"{second}", "es"))
    assert room.refused(50, "alba", ContributionCorrect(words, "b", "es")) == "said.too_many_corrections"


def test_hidden_words_take_their_corrections_and_suggestions_along() -> None:
    room, words = noted()
    room.do(2, "alba", ContributionCorrect(words, "El banco del parque.", "es"))
    room.do(3, "eva", SuggestionMake(words, "El banc.", "ca"))
    room.do(4, GUIDE, ContributionHide(words, "insult"))
    assert not {words, *room.room.said[0].corrections} & set(core.mentions(room.room))
    assert room.room.suggestions == {}
    room.do(5, GUIDE, ContributionRestore(words))
    assert list(core.mentions(room.log[-1].event)) == [words, *room.room.said[0].corrections]


def quoted() -> tuple[RoomSitting, str]:
    """A draft of Eva's quotes what Alba noted."""
    room, words = noted()
    room.do(2, "eva", DraftWrite(None, 0, "", "Un banc a prop.", "", "ca", (words,)))
    return room, words


def quotes(room: RoomSitting) -> list[Quote]:
    (draft,) = room.room.drafts.values()
    return [quote for version in draft.versions for quote in version.quotes]


def test_a_draft_that_quoted_it_says_that_it_was_corrected_afterwards() -> None:
    room, words = quoted()
    assert quotes(room) == [Quote(words, words, "alba", "es")]
    room.do(3, "alba", ContributionCorrect(words, "El banco del parque.", "es"))
    (correction,) = room.room.said[0].corrections
    assert quotes(room) == [Quote(words, words, "alba", "es", later=correction)]
    assert {words, correction, "alba"} <= set(core.mentions(room.room))


def test_a_version_written_after_the_correction_quotes_what_stands_now() -> None:
    room, words = quoted()
    (draft,) = room.room.drafts
    room.do(3, "alba", ContributionCorrect(words, "El banco del parque.", "es"))
    (correction,) = room.room.said[0].corrections
    room.do(4, "eva", DraftWrite(draft, 1, "", "Un banc a prop.", "", "ca", (words,)))
    assert [quote.wording for quote in quotes(room)] == [words, correction]
    assert [quote.later for quote in quotes(room)] == [correction, None]


def test_only_what_is_shown_is_quoted_anew_and_what_was_quoted_may_stay() -> None:
    room, words = quoted()
    (draft,) = room.room.drafts
    room.do(3, "alba", ContributionWithdraw(words))
    new = DraftWrite(None, 0, "", "Un banc.", "", "ca", (words,))
    assert room.refused(4, "eva", new) == "said.unknown"
    assert room.refused(4, "eva", replace(new, quotes=("nothing",))) == "said.unknown"
    assert room.refused(4, "eva", replace(new, quotes=(words,) * (MAX_QUOTES + 1))) == "draft.too_many_quotes"
    assert room.do(5, "eva", DraftWrite(draft, 1, "", "Un banc.", "", "ca", (words,))) == ["draft.written"]


def test_who_speaks_both_languages_suggests_and_the_author_accepts() -> None:
    room, key = suggested()
    assert room.do(3, "alba", SuggestionAccept(key)) == ["suggestion.accepted"]
    accepted = room.log[-1].event
    assert isinstance(accepted, SuggestionAccepted)
    assert (accepted.of, accepted.lang, accepted.member) == (room.room.said[0].words, "ca", "eva")
    assert room.room.suggestions == {}


@pytest.mark.parametrize("by", ["alba", GUIDE])
def test_the_author_and_who_leads_decide(by: str) -> None:
    room, key = suggested()
    assert room.do(3, by, SuggestionDecline(key)) == ["suggestion.declined"]
    assert room.refused(4, by, SuggestionAccept(key)) == "suggestion.unknown"


def test_nobody_accepts_for_others_nor_their_own() -> None:
    room, key = suggested()
    assert [room.refused(3, by, SuggestionAccept(key)) for by in ("bruno", "eva")] == ["suggestion.not_yours"] * 2
    assert room.refused(3, "bruno", SuggestionDecline(key)) == "suggestion.not_yours"
    assert room.do(4, "eva", SuggestionDecline(key)) == ["suggestion.declined"]


def test_the_author_needs_nobody_to_accept_their_own_translation() -> None:
    room, _ = noted()
    room.do(2, "eva", NoteMake("Buenos días.", "es"))
    words = room.room.said[1].words
    assert room.do(3, "eva", SuggestionMake(words, "Bon dia.", "ca")) == ["suggestion.made", "suggestion.accepted"]


def test_only_who_speaks_both_languages_suggests() -> None:
    room, words = noted()
    assert room.refused(2, "bruno", SuggestionMake(words, "Il banco.", "it")) == "suggestion.not_bilingual"
    assert room.refused(2, "eva", SuggestionMake(words, "La banque.", "fr")) == "suggestion.not_bilingual"
    assert room.refused(2, "eva", SuggestionMake(words, "El banco.", "es")) == "suggestion.same_language"


def test_a_suggestion_for_words_that_were_corrected_meanwhile_is_over() -> None:
    room, key = suggested()
    room.do(3, "alba", ContributionCorrect(room.room.said[0].words, "El banco del parque.", "es"))
    assert room.refused(4, "alba", SuggestionAccept(key)) == "suggestion.unknown"


def test_only_so_many_suggestions_wait() -> None:
    room, words = noted()
    for second in range(MAX_SUGGESTIONS):
        room.do(2 + second, "eva", SuggestionMake(words, f"Banc {second}.", "ca"))
    assert room.refused(60, "eva", SuggestionMake(words, "Banc.", "ca")) == "suggestion.too_many"


def test_flags_are_counted_name_nobody_and_end_with_the_text_they_are_about() -> None:
    room, key = suggested()
    words = room.room.said[0].words
    room.do(3, None, FlagCount(words, "ca", 1))
    assert room.do(4, None, FlagCount(words, "ca", 2)) == ["translation.flagged"]
    assert room.do(4, None, FlagCount(words, "ca", 2)) == []
    assert (room.log[-1].by, room.room.said[0].flags) == (None, {"ca": 2})
    room.do(5, "alba", SuggestionAccept(key))
    assert room.room.said[0].flags == {}


def test_a_suggested_text_is_words_that_can_be_erased() -> None:
    room, _ = suggested()
    assert [words.text for words in words_of(room.log[-1].event)] == ["El banc de seure és lluny."]


def test_a_facilitator_who_was_removed_judges_no_suggestion() -> None:
    room, key = suggested()
    room.do(3, None, SeatGive("second", "facilitator", ("es",), "es"))
    room.do(4, GUIDE, MemberRemove("second"))
    for command in (SuggestionAccept(key), SuggestionDecline(key)):
        assert room.refused(5, "second", command) == "suggestion.not_yours"


def test_who_was_moved_away_a_moment_ago_judges_no_suggestion_and_an_organiser_needs_no_seat() -> None:
    room, key = suggested()
    room.gathered = frozenset({"olga"})
    room.do(3, None, SeatTake("bruno"))
    for command in (SuggestionAccept(key), SuggestionDecline(key)):
        assert room.refused(4, "bruno", command) == "suggestion.not_yours"
    assert room.do(5, "olga", SuggestionAccept(key)) == ["suggestion.accepted"]
