"""When a poll may be opened, what is told of its answers, and what a room keeps of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment
from rooms.core.poll import (
    FEWEST_OPTIONS,
    KEPT_POLLS,
    LEAST_ANSWERS,
    MAX_OPTION,
    MAX_QUESTION,
    MOST_OPTIONS,
    OptionOffered,
    Poll,
    PollClose,
    PollClosed,
    PollCommand,
    PollEvent,
    PollOpen,
    PollOpened,
    Polls,
)


def decide(polls: Polls, command: PollCommand, moment: Moment) -> Sequence[PollEvent]:
    """Events that follow from a command, or `Refused`. `moment.gathered` holds the counts of a poll that is closed."""
    match command:
        case PollOpen():
            return _open(polls, command, moment)
        case PollClose(poll):
            found = poll_of(polls, poll)
            return [_closed(found, moment.gathered or ())] if found.is_open else []
        case _:
            assert_never(command)


def evolve(polls: Polls, event: PollEvent) -> dict[str, Poll]:
    """The polls after an event."""
    if isinstance(event, PollOpened):
        kept = dict(list(polls.items())[1 - KEPT_POLLS :])
        return {**kept, event.poll: Poll(event.poll, event.question.key, ())}
    found = polls[event.poll]
    if isinstance(event, OptionOffered):
        return {**polls, event.poll: replace(found, options=(*found.options, event.option.key))}
    return {**polls, event.poll: replace(found, is_open=False, answers=event.answers, counts=event.counts)}


def close_open(polls: Polls, counts: Sequence[int]) -> list[PollClosed]:
    """The end of the poll that goes on, if one does."""
    return [_closed(poll, counts) for poll in polls.values() if poll.is_open]


def mentions(poll: Poll) -> Iterator[str]:
    """Keys of the words that a reader of this poll needs."""
    yield poll.question
    yield from poll.options


def poll_of(polls: Polls, key: str) -> Poll:
    """The poll of this key, or `Refused`."""
    if key not in polls:
        raise Refused("poll.unknown")
    return polls[key]


def _open(polls: Polls, command: PollOpen, moment: Moment) -> Sequence[PollEvent]:
    if any(poll.is_open for poll in polls.values()):
        raise Refused("poll.one_at_a_time")
    if command.options and not FEWEST_OPTIONS <= len(command.options) <= MOST_OPTIONS:
        raise Refused("poll.bad_options", least=FEWEST_OPTIONS, most=MOST_OPTIONS)
    key, lang = moment.key("poll"), language(command.lang).code
    question = moment.words(clean_text(command.question, limit=MAX_QUESTION), lang, "question")
    options = [
        moment.words(clean_text(option, limit=MAX_OPTION), lang, f"option {number}")
        for number, option in enumerate(command.options)
    ]
    return [PollOpened(key, question), *(OptionOffered(key, option) for option in options)]


def _closed(poll: Poll, counts: Sequence[int]) -> PollClosed:
    answers = sum(counts)
    return PollClosed(poll.key, answers, tuple(counts) if answers >= LEAST_ANSWERS else None)
