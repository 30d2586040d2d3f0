"""The engine process as its parent sees it: started when needed, killed when it hangs, replaced when it dies.

A batch that was lost with the process is asked again, one text at a time and alone in the process, so that
exactly the text that hangs or crashes it is marked, and every other one is translated.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import structlog

from translation.channel import Channel
from translation.core.hops import Hop
from translation.engine import REMOTE, Answer, EngineDown, Failure, Server, Workshop, make_engine
from translation.process import answer_from, hop_from
from translation.remote import Remote

log = structlog.get_logger(__name__)
T = TypeVar("T")

START_S = 30.0
LOADING_S = 30.0
"""How long an engine may take to get ready for a hop: seconds on an idle machine, many times that on a busy one."""
ATTEMPTS = 3
_SOURCE_ROOT = Path(__file__).resolve().parent.parent
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
_ENVIRONMENT = {
    "PYTHONPATH": str(_SOURCE_ROOT),
    "LC_ALL": "C.UTF-8",
    "ORT_DISABLE_TELEMETRY": "1",
    "OMP_NUM_THREADS": "1",
}
"""Nothing else is passed on: no secret, no address of a database, no switch of an engine."""
_MAX_PAUSE_S = 30.0
_SHARE_OF_MEMORY, _MAX_MEMORY = 0.4, 2_700_000_000
HUNG, CRASHED, GONE = "hung", "crashed", "gone"
LATE, FELL = "not loaded in time", "crashed while loading"
"""How a question was lost: `gone` = the process had ended or stood still before it heard it, `LATE` and `FELL` = no
text was looked at yet. Of these three a text is innocent."""


def is_innocent(reason: str) -> bool:
    """Whether a text failed for want of a ready engine, and deserves another try."""
    return reason in {GONE, FELL} or reason.endswith("in time")


class _LostError(Exception):
    """The process went away with the question; `reason` is one of those above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _UnloadedError(Exception):
    """The engine lives but could not get ready for the hop; says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Configuration:
    """What an engine process is started with, and how long it may take over an answer once it is loaded."""

    packages: Path
    engines: tuple[str, ...]
    deadline_s: float = 8.0
    loading_s: float = LOADING_S
    memory: int = 0
    """Bytes for models and pipelines; 0 = two fifths of the machine's, at most 2.7 GB."""
    server: Server | None = None
    """A translation server of the operator's own, asked by the parent."""

    @property
    def local(self) -> tuple[str, ...]:
        """The engines of the process."""
        return tuple(name for name in self.engines if name != REMOTE)

    def as_json(self) -> str:
        """For the command line of the process, which learns of no server and of no key."""
        memory = self.memory or memory_budget()
        return json.dumps({"packages": str(self.packages), "engines": self.local, "memory": memory})


def memory_budget() -> int:
    """Two fifths of the machine's memory, at most what all six languages of the demonstration need."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min(_MAX_MEMORY, int(machine * _SHARE_OF_MEMORY))


class _Question:
    """What is waited for: that it was heard, that the engine is ready, then its answer."""

    def __init__(self) -> None:
        self.heard: Future[None] = Future()
        self.loaded: Future[None] = Future()
        self.answer: Future[dict[str, Any]] = Future()

    def take(self, reply: dict[str, Any]) -> None:
        """A frame came: "heard" and "loaded" announce an answer, every other one is the answer."""
        if not self.heard.done():
            self.heard.set_result(None)
        if "heard" not in reply and not self.loaded.done():
            self.loaded.set_result(None)
        if not reply.keys() & {"heard", "loaded"}:
            self.answer.set_result(reply)

    def lose(self) -> None:
        """Nothing more will come."""
        if not self.heard.done():
            self.heard.set_exception(_LostError(GONE))
        if not self.loaded.done():
            self.loaded.set_exception(_LostError(FELL))
        self.answer.set_exception(_LostError(CRASHED))


class _Process:
    """One life of the engine process."""

    def __init__(self, configuration: Configuration) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._child = _spawn(theirs, configuration)
        self.was_ready = False
        self._channel = Channel(ours)
        self._lock = threading.Lock()
        self._hello = _Question()
        self._pending = {0: self._hello}
        self._asked = 0
        self._gone = False
        threading.Thread(target=self._listen, name="engine-listener", daemon=True).start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._child.pid

    @property
    def is_alive(self) -> bool:
        """Whether it may still answer."""
        return not self._gone

    def hello(self) -> dict[str, Any]:
        """What it said of itself when it was ready."""
        said = self._wait(self._hello.answer, START_S, HUNG)
        self.was_ready = True
        return said

    def ask(self, request: dict[str, Any], *, timeout: float, loading: float = 0.0) -> dict[str, Any]:
        """Its answer, `timeout` seconds after it got ready in `loading` seconds; a process that is late is killed, and
        one that does not even hear in `timeout` seconds, for it stands still."""
        with self._lock:
            if self._gone:
                raise _LostError(GONE)
            self._asked += 1
            number, question = self._asked, _Question()
            self._pending[number] = question
        try:
            self._channel.send({"id": number, **request})
        except OSError as error:
            self._gone = True
            raise _LostError(GONE) from error
        if loading:
            self._wait(question.heard, timeout, GONE)
            self._wait(question.loaded, loading, LATE)
        return self._wait(question.answer, timeout, HUNG)

    def _wait(self, future: Future[T], timeout: float, reason: str) -> T:
        try:
            return future.result(timeout)
        except NotInTime as error:
            self.kill()
            raise _LostError(reason) from error

    def kill(self) -> None:
        """End it now, whatever it does. Safe to repeat."""
        self._gone = True
        self._child.kill()
        self._child.wait()
        self._channel.hang_up()

    def close(self) -> None:
        """Hang up and let it end by itself."""
        self._channel.hang_up()
        try:
            self._child.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.kill()

    def _listen(self) -> None:
        while reply := self._channel.receive():
            number = reply.get("id", -1)
            with self._lock:
                is_announced = bool(reply.keys() & {"heard", "loaded"})
                question = self._pending.get(number) if is_announced else self._pending.pop(number, None)
            if question:
                question.take(reply)
        with self._lock:
            self._gone = True
            lost, self._pending = list(self._pending.values()), {}
        self._channel.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(timeout=1)  # it has ended, or is about to: what it says of itself is worth hearing
        self._child.kill()
        status = self._child.wait()
        if lost:
            log.warning("engine process ended", status=status, questions=len(lost))
        for question in lost:
            question.lose()


def _spawn(end: socket.socket, configuration: Configuration) -> subprocess.Popen[bytes]:
    """A fresh interpreter in a session of its own: never a fork of a process that has threads or models."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | _ENVIRONMENT
    command = [sys.executable, "-m", "translation.process", str(end.fileno()), configuration.as_json()]
    return subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        command, pass_fds=[end.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        env=environment, cwd="/", start_new_session=True,
    )  # fmt: skip


class _Traffic:
    """Ordinary questions travel side by side; a suspect travels alone."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running = 0
        self._alone = False

    @contextmanager
    def together(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._alone)
            self._running += 1
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._alone)
            self._alone = True
            self._changed.wait_for(lambda: self._running == 0)
        try:
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()


def _remote(configuration: Configuration) -> Remote | None:
    if configuration.server is None or REMOTE not in configuration.engines:
        return None
    server = dataclasses.replace(configuration.server, timeout_s=configuration.deadline_s)
    return Remote(make_engine(REMOTE, Workshop(configuration.packages, server=server)))


class EngineHost:
    """Asks the engine process, or a server, from any thread, and keeps the process alive."""

    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self.remote = _remote(configuration)
        self._traffic = _Traffic()
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._hops: tuple[Hop, ...] = ()
        self._stillborn = 0
        self._not_before = 0.0
        self._closed = False
        self.restarts = -1

    @property
    def pid(self) -> int | None:
        """The engine process, if one runs."""
        return self._process.pid if self._process and self._process.is_alive else None

    def hops(self) -> tuple[Hop, ...]:
        """Everything that is offered, as last seen; starts the process if there was none yet."""
        if not self._hops and self.configuration.local:
            self._running()
        return (*self._hops, *(self.remote.look() if self.remote else ()))

    def look_again(self) -> tuple[Hop, ...]:
        """Ask the process what it offers now, after packages came or went or a mode was found broken."""
        if self.configuration.local:
            try:
                reply = self._running().ask({"do": "look"}, timeout=self.configuration.deadline_s)
            except _LostError as error:
                raise EngineDown from error
            self._hops = tuple(map(hop_from, reply["hops"]))
        return self.hops()

    @property
    def remote_hops(self) -> tuple[Hop, ...]:
        """What the server offered when last looked at; comes and goes with it."""
        return self.remote.hops if self.remote else ()

    def is_remote(self, hop: Hop) -> bool:
        """Whether a server is asked for this hop, and not the process."""
        return self.remote is not None and hop.engine == self.remote.name

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        """One answer for each text, in order. Raises `EngineDown` when no process or no server is to be had."""
        if self.remote and self.is_remote(hop):
            return self.remote.translate(hop, texts, hurry=hurry)
        try:
            answers = self._together(hop, texts, hurry=hurry)
        except _LostError as lost:
            log.warning("engine process lost", reason=lost.reason, hop=hop.pair, texts=len(texts))
            if lost.reason == LATE or (lost.reason == HUNG and len(texts) == 1):
                return [Failure(lost.reason)] * len(texts)
            return [self._alone(hop, text) for text in texts]
        except _UnloadedError as error:
            return [Failure(str(error))] * len(texts)
        return [self._retried(hop, text, answer) for text, answer in zip(texts, answers, strict=True)]

    def close(self) -> None:
        """End the process; nothing is started again."""
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
        if self.remote:
            self.remote.close()
        if process:
            process.close()

    def _together(self, hop: Hop, texts: Sequence[str], *, hurry: bool) -> list[Answer]:
        """Asked again as it is where the process had ended before it got the question."""
        for attempt in range(ATTEMPTS):
            try:
                with self._traffic.together():
                    return self._ask(hop, texts, hurry=hurry)
            except _LostError as lost:
                if lost.reason != GONE or attempt == ATTEMPTS - 1:
                    raise
        raise EngineDown

    def _retried(self, hop: Hop, text: str, answer: Answer) -> Answer:
        """A text that failed by itself gets one more chance."""
        return self._alone(hop, text) if isinstance(answer, Failure) else answer

    def _alone(self, hop: Hop, text: str) -> Answer:
        """Whoever hangs alone is guilty; whoever crashes alone may have met a kill from outside, once."""
        reason = GONE
        for _ in range(ATTEMPTS):
            try:
                with self._traffic.alone():
                    return self._ask(hop, [text])[0]
            except _LostError as lost:
                reason = lost.reason
            except _UnloadedError as error:
                return Failure(str(error))
            if reason in {HUNG, LATE}:
                break
        return Failure(reason)

    def _ask(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        request = {"do": "translate", "hop": dataclasses.asdict(hop), "texts": list(texts), "hurry": hurry}
        limits = self.configuration
        reply = self._running().ask(request, timeout=limits.deadline_s, loading=limits.loading_s)
        if "unloaded" in reply:
            raise _UnloadedError(reply["unloaded"])
        if "error" in reply:
            return [Failure(str(reply["error"])) for _ in texts]
        answers = [answer_from(each) for each in reply["texts"]]
        if len(answers) != len(texts):
            return [Failure("answers out of step") for _ in texts]
        return answers

    def _running(self) -> _Process:
        with self._lock:
            if self._process and self._process.is_alive:
                return self._process
            if self._closed or time.monotonic() < self._not_before:
                raise EngineDown
            self._note_death()
            process = self._process = _Process(self.configuration)
            self.restarts += 1
            try:
                said = process.hello()
            except _LostError as error:
                raise EngineDown from error
            self._hops = tuple(map(hop_from, said["hops"]))
            if said["network"] != "none":
                log.warning("engine process keeps a network", guard="calls of Python are refused")
            return process

    def _note_death(self) -> None:
        """A process that dies again and again before it is ready is given a growing pause.

        One that dies later was killed by a text, which is found and marked.
        """
        stillborn = self._process is not None and not self._process.was_ready
        self._stillborn = self._stillborn + 1 if stillborn else 0
        pause = min(_MAX_PAUSE_S, 2.0**self._stillborn) if self._stillborn else 0.0
        self._not_before = time.monotonic() + pause
