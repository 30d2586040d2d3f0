"""The log writer of a process with sockets: collects for 5 ms, commits once, answers, fans out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import structlog
from django.db import close_old_connections, connection

from kernel import clock
from kernel.errors import Refused
from live import folds
from live.log import Answer, Published, Submission, Written, write

log = structlog.get_logger(__name__)
COLLECT_S = 0.005
"""How long a quiet writer collects before it commits."""
COLLECT_AT_MOST_S = 0.05
"""A busy one collects as long as its last batch took, up to this: fuller batches, and the loop gets its turn."""
BATCH = 500

Accept = Callable[[Sequence[Published]], None]


class LogWriter:
    """Takes commands on the event loop, writes them in the one thread that writes."""

    def __init__(self, accept: Accept, thread: ThreadPoolExecutor) -> None:
        self._accept = accept
        self._thread = thread
        self._waiting: list[tuple[Submission, asyncio.Future[Answer]]] = []
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    async def submit(self, submission: Submission) -> Answer:
        """The answer once the command is committed; raises `Refused`, also when this process is leaving."""
        if self._closed:
            raise Refused("live.try_again")
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._put(submission, future)
        return await future

    def nudge(self, stream: str) -> None:
        """Let the passed deadlines of a stream take effect; another process will where this one is leaving."""
        if self._closed:
            return
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        future.add_done_callback(lambda done: done.exception())
        self._put(Submission(stream, None), future)

    def _put(self, submission: Submission, future: asyncio.Future[Answer]) -> None:
        self._waiting.append((submission, future))
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        pause = COLLECT_S
        while self._waiting:
            await asyncio.sleep(pause)
            began = clock.monotonic()
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            written = await asyncio.get_running_loop().run_in_executor(
                self._thread, _write, [submission for submission, _ in batch]
            )
            pause = min(max(COLLECT_S, 2 * (clock.monotonic() - began)), COLLECT_AT_MOST_S)
            for (_, future), answer in zip(batch, written.answers, strict=True):
                _settle(future, answer)
            try:
                self._accept(written.published)
            except Exception:
                log.exception("fan-out failed")

    async def drain(self) -> None:
        """Wait until everything taken so far is committed and told."""
        if self._task:
            await self._task

    async def close(self) -> None:
        """Take nothing more, finish, then give the thread and its connection back."""
        self._closed = True
        await self.drain()
        await asyncio.get_running_loop().run_in_executor(self._thread, _close_connection)
        self._thread.shutdown(wait=False)


def _close_connection() -> None:
    connection.close()


def _write(batch: Sequence[Submission]) -> Written:
    close_old_connections()
    written = write(batch)
    for each in written.published:
        folds.remember(each.stream, each.fold)
    return written


def _settle(future: asyncio.Future[Answer], answer: Answer | Refused) -> None:
    if future.done():
        return
    if isinstance(answer, Refused):
        future.set_exception(answer)
    else:
        future.set_result(answer)
