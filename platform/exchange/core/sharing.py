"""A room lets other rooms read one version of a draft: they comment, say how far they agree, and are answered.

Who answered how stands nowhere (`rooms.polls`): the log gets the numbers when the sharing ends, and only of enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, assert_never, get_args

from exchange.core import merging
from exchange.core.merging import (
    Merge,
    MergeAnswer,
    MergeAnswered,
    MergeCommand,
    MergeDecided,
    MergeEvent,
    MergePropose,
    MergeProposed,
    MergeWithdraw,
    MergeWithdrawn,
)
from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Recorded, Words, words_of
from rooms.core.poll import LEAST_ANSWERS, SCALE

MAX_COMMENT = 400
MAX_COMMENTS = 60
"""On one version that is shared."""
MAX_OWN = 5
"""Of one person."""
MAX_READERS = 20
"""Rooms that read one version."""
MAX_SHARES = 200
"""Of one assembly."""
GRADIENT = SCALE
"""Steps of agreement, from strongly against to strongly for."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody of another room says to the text; `words` is its key."""

    words: str
    room: int
    member: str
    lang: str
    at: int
    answer: str | None = None
    """Key of what the room that wrote the text says to it."""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """One version of a draft that `readers` read; title, recommendation and reasons are keys of words."""

    key: str
    draft: str
    version: int
    room: int
    readers: tuple[int, ...]
    title: str | None
    recommendation: str
    reasons: str | None
    at: int
    is_open: bool = True
    comments: Mapping[str, Comment] = field(default_factory=dict)
    """By the key of their words, oldest first."""
    answers: int = 0
    """How many said how far they agree, once it has ended."""
    counts: tuple[int, ...] | None = None
    """By step; None before the end, and for ever if there were too few answers."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Keys of what is shared."""
        return tuple(key for key in (self.title, self.recommendation, self.reasons) if key)


@dataclass(frozen=True, slots=True)
class ExchangeState:
    """All that rooms of an assembly have shared and all that was proposed to make one text of several, oldest first."""

    shares: Mapping[str, Share] = field(default_factory=dict)
    merges: Mapping[str, Merge] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """The newest version of the draft that is to be shared, whether its room stands behind it, and which rooms there
    are."""

    version: int
    title: str | None
    recommendation: str
    reasons: str | None
    is_accepted: bool
    rooms: frozenset[int]


# --- commands


@dataclass(frozen=True, slots=True)
class DraftShare:
    """Let these rooms read the newest version of our draft. Needs its `Source`, as `gathered`."""

    draft: str
    room: int
    readers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShareClose:
    """End it and tell how far people agree. Needs the numbers by step, as `gathered`."""

    share: str


@dataclass(frozen=True, slots=True)
class CommentMake:
    """Say this to the text, from a room that reads it."""

    share: str
    room: int
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class CommentWithdraw:
    """Take a comment back."""

    share: str
    comment: str


@dataclass(frozen=True, slots=True)
class CommentAnswer:
    """Say this to a comment, for the room that wrote the text."""

    share: str
    comment: str
    text: str
    lang: str


# --- events


@dataclass(frozen=True, slots=True)
class DraftShared:
    """These rooms read this version."""

    share: str
    draft: str
    version: int
    room: int
    readers: tuple[int, ...]
    title: str | None
    recommendation: str
    reasons: str | None


@dataclass(frozen=True, slots=True)
class ShareClosed:
    """It is over; `counts` are told only if there were enough answers."""

    share: str
    answers: int
    counts: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class CommentMade:
    """Somebody of a room that reads it says this."""

    share: str
    room: int
    member: str
    words: Words


@dataclass(frozen=True, slots=True)
class CommentWithdrawn:
    """It is shown no more."""

    share: str
    comment: str


@dataclass(frozen=True, slots=True)
class CommentAnswered:
    """The room that wrote the text says this to a comment."""

    share: str
    comment: str
    member: str
    words: Words


CommentCommand = CommentMake | CommentWithdraw | CommentAnswer
ShareCommand = DraftShare | ShareClose | CommentCommand
ExchangeCommand = ShareCommand | MergeCommand
CommentEvent = CommentMade | CommentWithdrawn | CommentAnswered
ShareEvent = DraftShared | ShareClosed | CommentEvent
ExchangeEvent = ShareEvent | MergeEvent
EVENTS: tuple[type, ...] = get_args(ExchangeEvent)


def decide(state: ExchangeState, command: ExchangeCommand, moment: Moment) -> Sequence[ExchangeEvent]:
    """Events that follow from a command, or `Refused`."""
    if isinstance(command, MergePropose | MergeAnswer | MergeWithdraw):
        return merging.decide(state.merges, command, moment)
    return _about_share(state, command, moment)


def _about_share(state: ExchangeState, command: ShareCommand, moment: Moment) -> Sequence[ShareEvent]:
    match command:
        case DraftShare():
            return [_share(state, command, moment)]
        case ShareClose(key):
            found = share_of(state, key)
            return [_closed(key, moment.gathered or ())] if found.is_open else []
        case CommentMake():
            return [_comment(state, command, moment)]
        case CommentWithdraw(key, comment):
            found_comment = comment_of(share_of(state, key), comment)
            return [] if found_comment.withdrawn else [CommentWithdrawn(key, comment)]
        case CommentAnswer():
            return [_answer(state, command, moment)]
        case _:
            assert_never(command)


def share_of(state: ExchangeState, key: str) -> Share:
    """What is shared under this key, or `Refused`."""
    if key not in state.shares:
        raise Refused("share.unknown")
    return state.shares[key]


def comment_of(share: Share, key: str) -> Comment:
    """The comment of this key, or `Refused`."""
    if key not in share.comments:
        raise Refused("comment.unknown")
    return share.comments[key]


def _share(state: ExchangeState, command: DraftShare, moment: Moment) -> DraftShared:
    source = moment.gathered
    if not isinstance(source, Source):
        raise Refused("draft.unknown")
    if not source.is_accepted:
        raise Refused("share.not_accepted")
    readers = tuple(dict.fromkeys(command.readers))
    if not readers or command.room in readers or not source.rooms.issuperset(readers):
        raise Refused("share.bad_rooms")
    if len(readers) > MAX_READERS or len(state.shares) >= MAX_SHARES:
        raise Refused("share.too_many", rooms=MAX_READERS, shares=MAX_SHARES)
    if any(each.is_open and each.draft == command.draft for each in state.shares.values()):
        raise Refused("share.one_at_a_time")
    return DraftShared(
        moment.key("share"), command.draft, source.version, command.room, readers, source.title,
        source.recommendation, source.reasons,
    )  # fmt: skip


def _closed(key: str, counts: Sequence[int]) -> ShareClosed:
    answers = sum(counts)
    return ShareClosed(key, answers, tuple(counts) if answers >= LEAST_ANSWERS else None)


def _comment(state: ExchangeState, command: CommentMake, moment: Moment) -> CommentMade:
    share = share_of(state, command.share)
    if not share.is_open:
        raise Refused("share.closed")
    if command.room not in share.readers:
        raise Refused("share.not_yours")
    own = [each for each in share.comments.values() if each.member == moment.by]
    if len(own) >= MAX_OWN or len(share.comments) >= MAX_COMMENTS:
        raise Refused("comment.too_many", own=MAX_OWN, all=MAX_COMMENTS)
    return CommentMade(share.key, command.room, moment.by or "", _words(command.text, command.lang, moment))


def _answer(state: ExchangeState, command: CommentAnswer, moment: Moment) -> CommentAnswered:
    comment = comment_of(share_of(state, command.share), command.comment)
    if comment.withdrawn:
        raise Refused("comment.unknown")
    if comment.answer:
        raise Refused("comment.answered")
    words = _words(command.text, command.lang, moment)
    return CommentAnswered(command.share, command.comment, moment.by or "", words)


def _words(text: str, lang: str, moment: Moment) -> Words:
    return moment.words(clean_text(text, limit=MAX_COMMENT), language(lang).code)


def evolve(state: ExchangeState, record: Recorded[ExchangeState]) -> ExchangeState:
    """What is shared after an event."""
    event: ExchangeEvent = record.event
    if isinstance(event, MergeProposed | MergeAnswered | MergeDecided | MergeWithdrawn):
        return replace(state, merges=merging.evolve(state.merges, event, record.at))
    return replace(state, shares={**state.shares, event.share: _changed(state, event, record.at)})


def _changed(state: ExchangeState, event: ShareEvent, at: int) -> Share:
    match event:
        case DraftShared():
            return Share(
                event.share, event.draft, event.version, event.room, event.readers, event.title,
                event.recommendation, event.reasons, at,
            )  # fmt: skip
        case ShareClosed(key, answers, counts):
            return replace(state.shares[key], is_open=False, answers=answers, counts=counts)
        case _:
            share = state.shares[event.share]
            return replace(share, comments={**share.comments, **_commented(share, event, at)})


def _commented(share: Share, event: CommentEvent, at: int) -> dict[str, Comment]:
    match event:
        case CommentMade(_, room, member, words):
            return {words.key: Comment(words.key, room, member, words.lang, at)}
        case CommentWithdrawn(_, key):
            return {key: replace(share.comments[key], withdrawn=True)}
        case CommentAnswered(_, key, _member, words):
            return {key: replace(share.comments[key], answer=words.key)}
        case _:
            assert_never(event)


def mentions(value: Any) -> Iterator[str]:
    """Keys of the words that a reader of this event, or of everything, needs."""
    if isinstance(value, ExchangeState):
        for share in value.shares.values():
            yield from share.texts
            yield from (key for each in share.comments.values() for key in (each.words, each.answer) if key)
        yield from merging.mentions(value.merges)
    else:
        yield from (words.key for words in words_of(value))
