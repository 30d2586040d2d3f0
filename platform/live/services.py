"""Writing to streams from anywhere: a page, the command line, a worker. Sockets go through `live.writer`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from kernel.errors import Refused
from live import folds, hub
from live.folds import Fold
from live.log import Answer, Published, Submission, write
from live.models import Stream, Withheld
from live.registry import kind_of

P = ParamSpec("P")
T = TypeVar("T")


def create_stream(name: str) -> None:
    """Make the stream exist. Safe to repeat."""
    parsed, kind = kind_of(name)
    Stream.objects.get_or_create(name=name, defaults={"kind": parsed.kind, "version": kind.version})


def submit(stream: str, command: Any, *, by: str | None = None, ref: str | None = None) -> Answer:
    """Decide and store one command, now, in this thread; readers hear of it after the commit.

    Joins the caller's transaction. Raises `Refused`. With a `ref` it is safe to repeat: the same
    (stream, by, ref) has one effect and the same answer.
    """
    written = write([Submission(stream, command, by, ref)])
    transaction.on_commit(lambda: announce(written.published), robust=False)
    answer = written.answers[0]
    if isinstance(answer, Refused):
        raise answer
    return answer


def hold(*streams: str) -> None:
    """Keep everybody else from writing to these streams until the caller's transaction ends.

    Whoever writes to several streams one after another takes them first, all in the order in which a batch does.
    """
    written = write([Submission(stream, None) for stream in streams])
    transaction.on_commit(lambda: announce(written.published))


def withhold(keys: Iterable[str]) -> None:
    """Show these words to nobody from now on; the kind's `silences` has to say which event did it. Safe to repeat."""
    Withheld.objects.bulk_create([Withheld(key=key) for key in keys], ignore_conflicts=True)


def release(keys: Iterable[str]) -> None:
    """Show these words again. Safe to repeat."""
    Withheld.objects.filter(key__in=list(keys)).delete()


def in_turn(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function that writes a lot in this process's writing thread, or here where there is none.

    SQLite has one writer at a time: whoever finds it busy sleeps before asking again, and a connection that finds
    another's changes reads its pages anew. Not from the event loop, nor from the writing thread itself.
    """
    here = hub.running()
    return here.writing.submit(function, *args, **kwargs).result() if here else function(*args, **kwargs)


def announce(published: tuple[Published, ...]) -> None:
    """Tell this process's hub and the other processes what has been committed."""
    for each in published:
        folds.remember(each.stream, each.fold)
    hub.announce(published)


def state_or(stream: str, initial: T) -> T:
    """The state of a stream as the log has it now; `initial` where nobody ever wrote in it."""
    try:
        state: T = load(stream).state
    except Refused:
        return initial
    return state


def load(stream: str) -> Fold:
    """The state of a stream as the log has it now, or `Refused("stream.unknown")`."""
    fold = folds.current(folds.position(stream))
    if not transaction.get_connection().in_atomic_block:
        folds.remember(stream, fold)
    return fold
