"""Where a member's socket is, and what a command comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """Where a member's socket is, and what to show there."""

    base: str
    origin: str
    key: str
    cookies: Mapping[str, str]

    @property
    def url(self) -> str:
        """The socket's address."""
        return f"{self.base.replace('http', 'ws', 1)}/m/{self.key}/live"

    @property
    def headers(self) -> dict[str, str]:
        """The cookies as a browser sends them."""
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a command: the number of its event, or the code of the refusal."""

    seq: int | None = None
    refused: str | None = None

    def __bool__(self) -> bool:
        return self.refused is None
