"""What a kind of stream is: pure rules (decide, evolve, deadlines) and three doors to the tables.

`hemicycle.realtime` hands the table of kinds to `live`; `live` knows no kind by name.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from kernel.ids import digest, in_order
from kernel.wire import once_per_type, union_members
from live.core.actors import Actor, Standing

S = TypeVar("S")
"""The state of a stream: a frozen dataclass with a form on the wire (`kernel.wire`)."""


class Moment(NamedTuple):
    """What a decision may know of the world: who acts, when, and a seed for everything random."""

    at: int
    """Civic milliseconds; never smaller than the stream's last event."""
    by: str | None
    """Key of the acting member; None for the clock and other machines."""
    seed: str
    """128 random bits made for this command; keys and salts derive from it."""
    gathered: Any = None
    """What `StreamKind.gather` read from other tables inside the transaction."""

    confided: Any = None
    """What `StreamKind.confided` said of this stream: nobody reads it in the stream."""

    def key(self, label: str) -> str:
        """A fresh 64-bit key, the same for the same command and label."""
        return digest(self.seed, "key", label)[:16]

    def words(self, text: str, lang: str, label: str = "words") -> Words:
        """New words with a key, a salt and the digest that the log will hold."""
        salt = digest(self.seed, "salt", label)[:32]
        return Words(key=in_order(self.at, self.key(label)), lang=lang, digest=digest(salt, text), text=text, salt=salt)


@dataclass(frozen=True, slots=True)
class Words:
    """Something a person wrote: the log keeps key, language and salted digest, an erasable row text and salt."""

    key: str
    lang: str
    digest: str
    text: str = dataclasses.field(default="", metadata={"transient": True}, compare=False, repr=False)
    salt: str = dataclasses.field(default="", metadata={"transient": True}, compare=False, repr=False)


def words_of(event: Any) -> list[Words]:
    """The words an event brings along, that is its fields of type `Words`."""
    values = (getattr(event, name) for name in _word_fields(type(event)))
    return [value for value in values if isinstance(value, Words)]


@once_per_type
def _word_fields(event: type) -> tuple[str, ...]:
    """The fields of a type of event that may hold words."""
    hints = typing.get_type_hints(event)
    return tuple(name for name, hint in hints.items() if Words in union_members(hint))


class Recorded(NamedTuple, Generic[S]):
    """One event as it stands in the log of `stream`."""

    stream: str
    seq: int
    at: int
    by: str | None
    event: Any


class Projection(NamedTuple, Generic[S]):
    """What one batch added to one stream, and the state after it."""

    stream: str
    state: S
    records: Sequence[Recorded[S]]


@dataclass(frozen=True, slots=True)
class StreamKind(Generic[S]):
    """One kind of stream: `room`, `plenary`, `text`. All callables but the last four are pure."""

    name: str
    version: int
    """Version `v` of the events written now; `upcast` brings older ones up."""
    events: tuple[type, ...]
    state: type[S]
    initial: Callable[[], S]
    decide: Callable[[S, Any, Moment], Sequence[Any]]
    """Events that follow from a command, or `Refused`. No event = nothing to do, which is an answer too."""
    evolve: Callable[[S, Recorded[S]], S]
    mentions: Callable[[Any], Iterable[str]]
    """Keys whose words a reader of this event needs (an event, or a state for a snapshot)."""
    project: Callable[[Sequence[Projection[S]]], None]
    """Rows in other tables, written in the transaction that stores the events; called once for all streams
    of the kind that a batch changed, so that a hundred rooms cost as many queries as one."""
    words: Callable[[Collection[str]], Mapping[str, WordsShown]]
    """The words of these keys as they may be shown now; erased ones are absent. May query, once for all."""
    standing: Callable[[str, Actor], Standing | None]
    """How this actor stands towards the stream; None: may not read it. May query."""
    next_deadline: Callable[[S], int | None] = lambda state: None
    """Civic milliseconds at which the state moves by itself, or None."""
    expire: Callable[[S, Moment], Sequence[Any]] = lambda state, moment: ()
    """Events of the deadline that has come; deciding twice yields nothing the second time."""
    arrive: Callable[[str], Any] | None = None
    """The command that says a participant is present; None where presence is no fact."""
    leave: Callable[[str], Any] | None = None
    """The command that says a participant has gone."""
    stalled: Callable[[S, int, int], Sequence[tuple[Any, int]]] = lambda state, began_at, ended_at: ()
    """Events and their moments by which a time in which no process served costs nobody anything. Pure."""
    subscribed: Callable[[str], None] = lambda stream: None
    """Told before a subscription is served, for a stream that is made on demand. May query and write."""
    attends: Callable[[str, Actor], Collection[str]] = lambda stream, actor: ()
    """Other streams in which a participant of this one is present as well, without reading them. May query."""
    gather: Callable[[str, S, Any], Any] = lambda stream, state, command: None
    """What a decision needs from other tables, read inside the storing transaction; becomes `Moment.gathered`.
    `command` is None before `expire`."""
    confided: Callable[[Collection[str]], Mapping[str, Any]] = lambda streams: {}
    """What decisions about these streams have to respect though no event and no state may tell it; becomes
    `Moment.confided`. One query for all streams of the kind in a batch."""
    signed: Callable[[str, Any, str], str] = lambda stream, command, by: by
    """Under which key the log takes a command of this member: another than theirs where nobody may read who gave it."""
    banished: Callable[[Any], str | None] = lambda event: None
    """Key of the member who loses the stream through this event."""
    may_type: Callable[[S, str], bool] = lambda state, member: False
    """Whether finished sentences of this member are shown to everybody while they type on."""
    silences: Callable[[Any], bool] = lambda event: False
    """Whether words are withheld from now on, or shown again: what is kept ready of stream and feeds is made anew."""
    upcast: Callable[[int, str, dict[str, Any]], tuple[str, dict[str, Any]]] = lambda v, name, data: (name, data)


class WordsShown(NamedTuple):
    """Words as a screen gets them: text, its language, and the label of whoever translated it."""

    text: str
    lang: str
    of: str | None = None
    """Key of the original, for a translation."""
    label: Mapping[str, str] | None = None
    """For machine text: engine, version, route, status."""
