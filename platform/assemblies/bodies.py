"""What a program sends to a page beside the forms of people, and whether it wants data back."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpRequest

from kernel import wire
from kernel.errors import Refused

T = TypeVar("T")
JSON = "application/json"


def wants_json(request: HttpRequest) -> bool:
    """Whether data are asked for by name; a browser that takes anything gets the page."""
    return JSON in request.headers.get("Accept", "")


def decoded(cls: type[T], request: HttpRequest, *, limit: int) -> T:
    """The body, at most `limit` characters of strict JSON, as a value of dataclass `cls`, or `Refused("wire.…")`."""
    try:
        body = request.body.decode()
    except UnicodeDecodeError as error:
        raise Refused("wire.not_json") from error
    return wire.decode(cls, wire.parse(body, limit=limit))
