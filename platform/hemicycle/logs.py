"""Log lines: one JSON object each, from an allow-list of keys, so that no text of a person can slip in."""

from __future__ import annotations

import logging
import re

import structlog

ALLOWED = {"event", "level", "timestamp", "logger", "exception", "stream", "seq", "code", "pair", "engine", "count",
           "seconds", "process", "reason", "path", "status", "version", "name"}  # fmt: skip


def keep_allowed(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Drop every key that is not on the list."""
    return {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}


_CODES = re.compile(r"/(join|welcome|organiser)/[^/\s]+")


def hide_codes(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Take personal codes out of addresses: Django names the address of every request that it refuses."""
    return {key: _CODES.sub(r"/\1/…", value) if isinstance(value, str) else value for key, value in event.items()}


SHARED: list[structlog.typing.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.format_exc_info,
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
