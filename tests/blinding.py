"""The voter's half of RFC 9474, which in life is the browser's: blind, and take the blinding off."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from math import gcd

from plenary.core.blind import EXPONENT

SALT_BYTES = 48


@dataclass(frozen=True, slots=True)
class Blinded:
    """A message on its way to the signer, and what takes the blinding off again."""

    sent: bytes
    inverse: int


def blind(public: bytes, message: bytes, *, salt: bytes | None = None, factor: int | None = None) -> Blinded:
    """RFC 9474, 4.2. Salt and factor are drawn unless a vector gives them."""
    modulus = int.from_bytes(public)
    encoded = int.from_bytes(_encoded(message, modulus.bit_length() - 1, salt or secrets.token_bytes(SALT_BYTES)))
    while factor is None or gcd(factor, modulus) != 1:
        factor = secrets.randbelow(modulus - 1) + 1
    sent = encoded * pow(factor, EXPONENT, modulus) % modulus
    return Blinded(sent.to_bytes(len(public)), pow(factor, -1, modulus))


def finalize(public: bytes, signed: bytes, inverse: int) -> bytes:
    """RFC 9474, 4.4, without its last step, the check."""
    return (int.from_bytes(signed) * inverse % int.from_bytes(public)).to_bytes(len(public))


def _encoded(message: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017, 9.1.1, with SHA-384 and MGF1."""
    size = (bits + 7) // 8
    hashed = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(size - len(salt) - len(hashed) - 2) + b"\x01" + salt
    mask = b"".join(hashlib.sha384(hashed + n.to_bytes(4)).digest() for n in range(len(block) // 48 + 1))
    masked = bytearray(a ^ b for a, b in zip(block, mask, strict=False))
    masked[0] &= 0xFF >> (8 * size - bits)
    return bytes(masked) + hashed + b"\xbc"
