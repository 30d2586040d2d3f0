"""The rules of corrections, suggested translations and flags: what is refused, and what follows.

None of it touches the floor: to correct oneself costs no time, and gives none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from kernel.errors import Refused
from kernel.languages import base_of, is_foreign, language
from kernel.text import clean_text
from live.core.kinds import Moment
from recommendations.core.drafting import corrected
from rooms.core.control import Earlier, Mark
from rooms.core.controlling import said_earlier
from rooms.core.types import MAX_CONTRIBUTION, MAX_NOTE, RoomState, Said, Seat
from rooms.core.wording import (
    MAX_CORRECTIONS,
    MAX_SUGGESTIONS,
    ContributionCorrect,
    ContributionCorrected,
    FlagCount,
    Suggestion,
    SuggestionAccept,
    SuggestionAccepted,
    SuggestionDecline,
    SuggestionDeclined,
    SuggestionMade,
    SuggestionMake,
    TranslationFlagged,
    WordingCommand,
    WordingEvent,
)


def decide(room: RoomState, command: WordingCommand, moment: Moment) -> Sequence[WordingEvent]:
    """Events that follow from a command, or `Refused`. `moment.gathered` is what the tables know: for a correction of
    the words, for a judgement who organises, and so leads here without a seat."""
    match command:
        case ContributionCorrect():
            return [_correct(room, command, moment)]
        case SuggestionMake():
            return _suggest(room, command, moment)
        case SuggestionAccept(key):
            return [_accept(room, key, moment)]
        case SuggestionDecline(key):
            return [_decline(room, key, moment)]
        case FlagCount(words, lang, flags):
            said = _said(room, words)
            return [] if said.flags.get(lang, 0) == flags else [TranslationFlagged(words, lang, flags)]
        case _:
            assert_never(command)


def evolve(room: RoomState, event: WordingEvent) -> RoomState:
    """The room after an event."""
    match event:
        case ContributionCorrected(words, wording):
            room = replace(_without(room, words=words), drafts=corrected(room.drafts, words, wording.key))
            return _changed(room, words, lambda said: _corrected(said, wording.key, wording.lang))
        case SuggestionMade(key, words, of, text, member):
            suggestion = Suggestion(words, of, text.key, text.lang, member)
            return replace(room, suggestions={**room.suggestions, key: suggestion})
        case SuggestionAccepted(key, words, _, _, lang):
            room = _without(room, key=key)
            return _changed(room, words, lambda said: replace(said, flags=_less(said.flags, lang)))
        case SuggestionDeclined(key):
            return _without(room, key=key)
        case TranslationFlagged(words, lang, flags):
            counts = dict(_less(_flags_of(room, words), lang), **({lang: flags} if flags else {}))
            return _changed(room, words, lambda said: replace(said, flags=dict(sorted(counts.items()))))
        case _:
            assert_never(event)


def mentions(room: RoomState) -> Iterator[str]:
    """Keys of all wordings that are shown, former ones included, and of what waits to be accepted."""
    for said in room.said:
        if not (said.hidden or said.withdrawn):
            yield said.words
            yield from said.corrections
    yield from (suggestion.text for suggestion in room.suggestions.values())


# --- decisions


def _correct(room: RoomState, command: ContributionCorrect, moment: Moment) -> ContributionCorrected:
    known = said_earlier(room, command.words, moment.gathered)
    if moment.by not in (known.member, known.scribe):
        raise Refused("said.not_yours")
    _refuse_silenced(known.mark)
    account = room.floor.people.get(known.member)
    if account is not None and account.muted:
        raise Refused("floor.muted")
    if known.corrections >= MAX_CORRECTIONS:
        raise Refused("said.too_many_corrections", limit=MAX_CORRECTIONS)
    text = clean_text(command.text, limit=_limit(known))
    return ContributionCorrected(command.words, moment.words(text, language(command.lang).code))


def _limit(known: Earlier) -> int:
    """A correction is no second contribution: about as long as what it corrects."""
    return min(MAX_CONTRIBUTION, max(MAX_NOTE, 2 * known.length))


def _suggest(room: RoomState, command: SuggestionMake, moment: Moment) -> Sequence[WordingEvent]:
    seat, said = _seat_of(room, moment.by), _said(room, command.words)
    _refuse_silenced(Mark(said.hidden, said.withdrawn))
    lang = language(command.lang).code
    if not (_knows(seat, said.lang) and _knows(seat, lang)):
        raise Refused("suggestion.not_bilingual")
    if not is_foreign(said.lang, lang):
        raise Refused("suggestion.same_language")
    if len(room.suggestions) >= MAX_SUGGESTIONS:
        raise Refused("suggestion.too_many", limit=MAX_SUGGESTIONS)
    key, text = moment.key("suggestion"), moment.words(clean_text(command.text, limit=MAX_CONTRIBUTION), lang)
    made = SuggestionMade(key, said.words, said.wording, text, moment.by or "")
    if moment.by != said.member:
        return [made]
    return [made, SuggestionAccepted(key, said.words, said.wording, text.key, lang, said.member)]


def _knows(seat: Seat, lang: str) -> bool:
    return base_of(lang) in map(base_of, (*seat.speaks, seat.reads))


def _accept(room: RoomState, key: str, moment: Moment) -> SuggestionAccepted:
    suggestion = _suggestion(room, key)
    if not _may_judge(room, suggestion, moment) or moment.by == suggestion.member:
        raise Refused("suggestion.not_yours")
    return SuggestionAccepted(key, suggestion.words, suggestion.of, suggestion.text, suggestion.lang, suggestion.member)


def _decline(room: RoomState, key: str, moment: Moment) -> SuggestionDeclined:
    suggestion = _suggestion(room, key)
    if moment.by != suggestion.member and not _may_judge(room, suggestion, moment):
        raise Refused("suggestion.not_yours")
    return SuggestionDeclined(key)


def _may_judge(room: RoomState, suggestion: Suggestion, moment: Moment) -> bool:
    """The author of the words, who types for them, and who leads: seated here, or an organiser, who needs no seat."""
    said, by = _said(room, suggestion.words), moment.by or ""
    author, seat = room.seats.get(said.member), room.seats.get(by)
    if by == said.member or (author is not None and by == author.scribe):
        return True
    return by in (moment.gathered or ()) or (seat is not None and seat.role == "facilitator" and not seat.removed)


def _seat_of(room: RoomState, key: str | None) -> Seat:
    seat = room.seats.get(key or "")
    if seat is None or seat.removed:
        raise Refused("room.not_seated")
    return seat


def _said(room: RoomState, words: str) -> Said:
    for said in room.said:
        if said.words == words:
            return said
    raise Refused("said.unknown")


def _suggestion(room: RoomState, key: str) -> Suggestion:
    if key not in room.suggestions:
        raise Refused("suggestion.unknown")
    return room.suggestions[key]


def _refuse_silenced(mark: Mark) -> None:
    if mark.withdrawn:
        raise Refused("said.withdrawn")
    if mark.hidden:
        raise Refused("said.hidden")


# --- consequences


def _corrected(said: Said, wording: str, lang: str) -> Said:
    return replace(said, corrections=(*said.corrections, wording), lang=lang, flags={})


def _changed(room: RoomState, words: str, change: Callable[[Said], Said]) -> RoomState:
    return replace(room, said=tuple(change(each) if each.words == words else each for each in room.said))


def _flags_of(room: RoomState, words: str) -> Mapping[str, int]:
    return next((said.flags for said in room.said if said.words == words), {})


def _less(flags: Mapping[str, int], lang: str) -> dict[str, int]:
    return {code: count for code, count in flags.items() if code != lang}


def _without(room: RoomState, *, key: str = "", words: str = "") -> RoomState:
    """The room without a suggestion, or without those about words."""
    kept = {name: each for name, each in room.suggestions.items() if name != key and each.words != words}
    return replace(room, suggestions=kept)
