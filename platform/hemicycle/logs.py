"""Log lines: one JSON object each, from an allow-list of keys, so that no text of a person can slip in."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType

import structlog
from django.db import OperationalError

from kernel.errors import Refused

ALLOWED = {"event", "level", "timestamp", "logger", "exception", "stream", "seq", "code", "pair", "engine", "count",
           "seconds", "process", "reason", "path", "status", "version", "name"}  # fmt: skip


def keep_allowed(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Drop every key that is not on the list."""
    return {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}


_CODES = re.compile(r"/(join|welcome|organiser)/[^/\s]+")


def hide_codes(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Take personal codes out of addresses: Django names the address of every request that it refuses."""
    return {key: _CODES.sub(r"/\1/…", value) if isinstance(value, str) else value for key, value in event.items()}


SPEAKS_OF_CODE = (OSError, ImportError, AttributeError, NameError, TypeError, UnicodeError, OperationalError, Refused)
"""Errors whose message is about the program or the machine. Another may quote what it stumbled over, as `KeyError` and
a database that shows the row it refused: of those only the kind and the place are told."""
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def told_of(exc_info: _ExcInfo) -> str:
    """Where an error came from, and what it says if that cannot be somebody's words."""
    return "".join(_told_of(traceback.TracebackException(*exc_info), exc_info[1])).rstrip()


def _told_of(told: traceback.TracebackException, error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and (earlier := told.__cause__ or told.__context__):
        yield from _told_of(earlier, before)
        yield "\nand then\n\n"
    yield from told.stack.format()
    says = f": {error}" if isinstance(error, SPEAKS_OF_CODE) else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}{says}\n"


SHARED: list[structlog.typing.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.ExceptionRenderer(told_of),
    keep_allowed,
    hide_codes,
]


def formatter() -> logging.Formatter:
    """The formatter of the standard library's loggers, structlog's included."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
