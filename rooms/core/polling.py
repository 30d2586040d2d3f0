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
    LEAST_SEATS,
    MAX_OPTION,
    MAX_QUESTION,
    MOST_OPTIONS,
    TEMPERATURE_MS,
    OptionOffered,
    Poll,
    PollClose,
    PollClosed,
    PollCommand,
    PollEvent,
    PollOpen,
    PollOpened,
    PollProlonged,
    Polls,
    TemperatureAsk,
)


def decide(polls: Polls, command: PollCommand, moment: Moment) -> Sequence[PollEvent]:
    """Events that follow from a command, or `Refused`. `moment.gathered` holds the counts of a poll that is closed. Who
    leads asks, and what goes on about a draft ends with that."""
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
        question = event.question.key if event.question else None
        return {**kept, event.poll: Poll(event.poll, question, (), event.draft, event.version, event.closes_at)}
    found = polls[event.poll]
    if isinstance(event, OptionOffered):
        return {**polls, event.poll: replace(found, options=(*found.options, event.option.key))}
    if isinstance(event, PollProlonged):
        return {**polls, event.poll: replace(found, closes_at=event.closes_at)}
    return {**polls, event.poll: replace(found, is_open=False, answers=event.answers, counts=event.counts)}


def close_open(polls: Polls, counts: Sequence[int]) -> list[PollClosed]:
    """The end of the poll that goes on, if one does."""
    return [_closed(poll, counts) for poll in polls.values() if poll.is_open]


def mentions(poll: Poll) -> Iterator[str]:
    """Keys of the words that a reader of this poll needs."""
    yield from () if poll.question is None else (poll.question,)
    yield from poll.options


def poll_of(polls: Polls, key: str) -> Poll:
    """The poll of this key, or `Refused`."""
    if key not in polls:
        raise Refused("poll.unknown")
    return polls[key]


def ask(polls: Polls, command: TemperatureAsk, moment: Moment, *, seats: int) -> list[PollEvent]:
    """Ask those in these `seats` about a version that is known to count. It is asked once: asked again when one more
    has come, the difference would tell what that person says."""
    if seats < LEAST_SEATS:
        raise Refused("poll.too_few", least=LEAST_SEATS)
    if any((poll.draft, poll.version) == (command.draft, command.version) for poll in polls.values()):
        raise Refused("poll.asked_already")
    if any(poll.is_open for poll in polls.values()):
        raise Refused("poll.one_at_a_time")
    closes_at = moment.at + TEMPERATURE_MS
    return [PollOpened(moment.key("poll"), None, command.draft, command.version, closes_at)]


def next_deadline(polls: Polls) -> int | None:
    """When a temperature ends by itself."""
    return min((poll.closes_at for poll in polls.values() if poll.is_open and poll.closes_at is not None), default=None)


def expire(polls: Polls, moment: Moment) -> list[PollClosed]:
    """The end of what is due, counted as `moment.gathered` says."""
    due = next_deadline(polls)
    return close_open(polls, moment.gathered or ()) if due is not None and due <= moment.at else []


def stalled(polls: Polls, began_at: int, ended_at: int) -> list[tuple[PollProlonged, int]]:
    """Events and their moments after a time in which nobody was served."""
    return [
        (PollProlonged(poll.key, poll.closes_at + ended_at - began_at), ended_at)
        for poll in polls.values()
        if poll.is_open and poll.closes_at is not None and poll.closes_at > began_at
    ]


def _open(polls: Polls, command: PollOpen, moment: Moment) -> Sequence[PollEvent]:
    if any(poll.is_open and poll.closes_at is None for poll in polls.values()):
        raise Refused("poll.one_at_a_time")
    if command.options and not FEWEST_OPTIONS <= len(command.options) <= MOST_OPTIONS:
        raise Refused("poll.bad_options", least=FEWEST_OPTIONS, most=MOST_OPTIONS)
    key, lang = moment.key("poll"), language(command.lang).code
    question = moment.words(clean_text(command.question, limit=MAX_QUESTION), lang, "question")
    options = [
        moment.words(clean_text(option, limit=MAX_OPTION), lang, f"option {number}")
        for number, option in enumerate(command.options)
    ]
    ended = close_open(polls, moment.gathered or ())
    return [*ended, PollOpened(key, question), *(OptionOffered(key, option) for option in options)]


def _closed(poll: Poll, counts: Sequence[int]) -> PollClosed:
    answers = sum(counts)
    return PollClosed(poll.key, answers, tuple(counts) if answers >= LEAST_ANSWERS else None)
