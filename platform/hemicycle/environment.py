"""Environment variables as typed, declared values; `hemicycle configuration` writes a page from the declarations."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.core.management.utils import get_random_secret_key


@dataclass(frozen=True, slots=True)
class Variable:
    """One declared variable: what it is for, which kind, which default."""

    name: str
    kind: str
    default: str
    purpose: str


DECLARED: dict[str, Variable] = {}


def _read(name: str, kind: str, default: object, purpose: str) -> str | None:
    DECLARED[name] = Variable(name, kind, str(default), purpose)
    return os.environ.get(name)


def _nonsense(name: str, value: str, wanted: str) -> SystemExit:
    return SystemExit(f"{name}={value!r} is not {wanted}.")


def text(name: str, default: str, purpose: str) -> str:
    """A line of text; an empty variable counts as absent."""
    return _read(name, "text", default, purpose) or default


def address(name: str, purpose: str) -> str:
    """An address of the web, http or https, without a person's name or key in it; empty counts as absent."""
    value = _read(name, "address", "", purpose) or ""
    if value and not _is_address(value):
        raise _nonsense(name, value, "an address such as http://192.0.2.7:5000")
    return value


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        has_place = bool(parts.hostname) and parts.port != 0  # a port that is none is an error here
    except ValueError:
        return False
    return has_place and parts.scheme in {"http", "https"} and "@" not in parts.netloc


def csv(name: str, default: str, purpose: str) -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in (_read(name, "list", default, purpose) or default).split(",") if part.strip()]


def integer(name: str, default: int, purpose: str) -> int:
    """A whole number, 0 or more."""
    value = _read(name, "whole number", default, purpose)
    if not value:
        return default
    if not value.isdecimal():
        raise _nonsense(name, value, "a whole number")
    return int(value)


def boolean(name: str, default: bool, purpose: str) -> bool:
    """`1`, `true`, `yes` or `0`, `false`, `no`."""
    value = _read(name, "yes or no", "yes" if default else "no", purpose)
    if not value:
        return default
    if value.lower() not in {"1", "true", "yes", "0", "false", "no"}:
        raise _nonsense(name, value, "yes or no")
    return value.lower() in {"1", "true", "yes"}


def secret(name: str, keep_in: Path, purpose: str) -> str:
    """A secret from the environment, else from `keep_in`, made there on first use, readable by its owner only."""
    value = _read(name, "secret", "made on first start", purpose)
    if value:
        return value
    if not keep_in.exists():
        keep_in.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(keep_in, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(get_random_secret_key())
    return keep_in.read_text()
