"""Random names for people, words and links: unguessable, short, safe in an address."""

from __future__ import annotations

import hashlib
import secrets


def new_key() -> str:
    """A 64-bit public name (11 characters): people and words are called by it in every log."""
    return secrets.token_urlsafe(8)


def new_code() -> str:
    """A 128-bit secret (22 characters) for a link or a device; store `digest(code)` only."""
    return secrets.token_urlsafe(16)


def digest(*parts: str) -> str:
    """SHA-256 over the parts, each preceded by its length, in hexadecimal."""
    encoded = [part.encode() for part in parts]
    return hashlib.sha256(b"".join([len(part).to_bytes(8, "big") + part for part in encoded])).hexdigest()
