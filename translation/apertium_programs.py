"""A chain of programs that answer each question behind a NUL byte, with a deadline and a proof of order."""

from __future__ import annotations

import os
import re
import selectors
import shlex
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from translation.engine import EngineError

_PROGRAMS = frozenset(
    ["lt-proc", "cg-proc", "lrx-proc", "lsx-proc", "rtx-proc"]
    + [f"apertium-{stage}" for stage in ("tagger", "pretransfer", "transfer", "interchunk", "postchunk")]
    + ["apertium-posttransfer", "apertium-anaphora"]
)
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
SLOW = "no answer in time"
_BLOCK = 65536
_OLD_TRANSFER_LENGTH = 4


def mode_commands(modes: Path, mode: str) -> tuple[tuple[str, ...], ...]:
    """The `.mode` file as argument lists, each program on the whitelist, or `EngineError`."""
    if not re.fullmatch(r"\w+(-\w+)+", mode, re.ASCII):
        raise EngineError(f"bad mode name {mode!r}")
    try:
        line = (modes / f"{mode}.mode").read_text("utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise EngineError(f"mode {mode} cannot be read") from error
    return tuple(command for part in line.split("|") for command in _stage(mode, part))


def _stage(mode: str, part: str) -> Iterator[tuple[str, ...]]:
    arguments = ["-g" if argument == "$1" else argument for argument in shlex.split(part) if argument != "$2"]
    if not arguments or arguments[0] not in _PROGRAMS:
        raise EngineError(f"mode {mode} names a program that is not allowed")
    is_old = arguments[0] == "apertium-transfer" and len(arguments) == _OLD_TRANSFER_LENGTH
    if is_old and not arguments[1].startswith("-"):  # the three-file form gives uninflected words in Apertium 3.9
        yield ("lt-proc", "-z", "-b", arguments.pop())
        arguments.insert(1, "-b")
    yield (arguments[0], "-z", *arguments[1:])


class Pipeline:
    """Started at the first question, restarted after any failure; one question at a time."""

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        self._commands = commands
        self._lock = threading.Lock()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._asked = 0

    @property
    def is_running(self) -> bool:
        """Whether all its programs run; else the next answer has to wait until they have loaded."""
        return bool(self._processes) and all(process.poll() is None for process in self._processes)

    def ask(self, question: str, *, timeout: float) -> str:
        """The answer to encoded text, or `EngineError`; what follows a failure starts with fresh programs."""
        end = time.monotonic() + timeout
        if not self._lock.acquire(timeout=timeout):
            raise EngineError("busy")
        try:
            return self._numbered(question, end)
        except (EngineError, OSError, UnicodeError) as error:
            self._stop()
            raise EngineError(str(error) if isinstance(error, EngineError) else "pipeline broke") from error
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the programs, after the question that is being answered."""
        with self._lock:
            self._stop()

    def _numbered(self, question: str, end: float) -> str:
        """Ask with a number that no text can forge, since a bracket is escaped: it proves the answer is ours."""
        self._asked += 1
        tail = f"[ \n{self._asked}]".encode()
        answer = self._exchange(question.encode() + tail + b"\0", end)
        if not answer.endswith(tail + b"\0") or answer.count(b"\0") != 1:
            raise EngineError("answer out of step")
        return answer[: -len(tail) - 1].decode()

    def _exchange(self, question: bytes, end: float) -> bytes:
        """Write and read at once, so that a long text cannot fill both pipes and stand still."""
        sink, source = self._ends()
        answer, rest = bytearray(), memoryview(question)
        with selectors.DefaultSelector() as selector:
            selector.register(sink, selectors.EVENT_WRITE)
            selector.register(source, selectors.EVENT_READ)
            while b"\0" not in answer:
                ready = selector.select(max(0.0, end - time.monotonic()))
                if not ready:
                    raise EngineError(SLOW)
                for key, _ in ready:
                    if key.fileobj is sink:
                        rest = rest[os.write(sink.fileno(), rest[:_BLOCK]) :]
                        if not rest:
                            selector.unregister(sink)
                    else:
                        answer += self._read(source)
        return bytes(answer)

    def _read(self, source: IO[bytes]) -> bytes:
        data = os.read(source.fileno(), _BLOCK)
        if not data:
            raise EngineError("pipeline died")
        return data

    def _ends(self) -> tuple[IO[bytes], IO[bytes]]:
        if not self.is_running:
            self._stop()
            self._start()
        sink, source = self._processes[0].stdin, self._processes[-1].stdout
        if sink is None or source is None:
            raise EngineError("pipeline without ends")
        return sink, source

    def _start(self) -> None:
        previous: int | IO[bytes] | None = subprocess.PIPE
        for command in self._commands:
            process = subprocess.Popen(  # noqa: S603
                command, stdin=previous, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0, cwd="/",
                start_new_session=True, env=_ENVIRONMENT,
            )  # fmt: skip
            if self._processes and not isinstance(previous, int) and previous is not None:
                previous.close()
            self._processes.append(process)
            previous = process.stdout
        for end in (self._processes[0].stdin, self._processes[-1].stdout):
            if end is not None:
                os.set_blocking(end.fileno(), False)

    def _stop(self) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
            for end in (process.stdin, process.stdout):
                if end is not None:
                    end.close()
        self._processes = []
