"""Blind signatures on permits: RSABSSA-SHA384-PSS-Randomized of RFC 9474, the signer's half and the check of anybody.

The browser makes a token, blinds it, has it signed and takes the blinding off: the signature shows that somebody
entitled asked for it, and nothing else. A modulus, a blinded token and a signature have the same size: `BYTES`.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

BYTES = 384
EXPONENT = 65537
PREFIX_BYTES = 32
"""Random bytes that the randomized variant sets before the message."""
_SALT_BYTES = 48


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What signs the permits of one electorate in one vote: p, q and d mod p - 1, d mod q - 1, 1/q mod p."""

    modulus: int
    _numbers: rsa.RSAPrivateNumbers

    @classmethod
    def new(cls) -> SigningKey:
        """A fresh key; takes some tenths of a second."""
        return cls._of(rsa.generate_private_key(EXPONENT, BYTES * 8).private_numbers())

    @classmethod
    def read(cls, der: bytes) -> SigningKey:
        """The key that `written` wrote."""
        key = load_der_private_key(der, password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError(type(key).__name__)
        return cls._of(key.private_numbers())

    @classmethod
    def _of(cls, numbers: rsa.RSAPrivateNumbers) -> SigningKey:
        return cls(numbers.public_numbers.n, numbers)

    @property
    def written(self) -> bytes:
        """The key as PKCS #8, to be kept until the ballot closes and not longer."""
        return self._numbers.private_key().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    @property
    def public(self) -> bytes:
        """The modulus, which everybody gets before the vote; the exponent is always 65537."""
        return self.modulus.to_bytes(self._size)

    @property
    def _size(self) -> int:
        return (self.modulus.bit_length() + 7) // 8

    def check(self, blinded: bytes) -> int:
        """The number in `blinded`; `ValueError` unless it is one that this key signs."""
        message = int.from_bytes(blinded)
        if len(blinded) != self._size or not 0 < message < self.modulus:
            raise ValueError("not a blinded token of this key")
        return message

    def sign(self, blinded: bytes) -> bytes:
        """BlindSign (RFC 9474, 4.3) with the Chinese remainder theorem, checked before it is given away: a fault in one
        half would reveal the key. `ValueError` as `check`."""
        message, numbers = self.check(blinded), self._numbers
        at_p, at_q = pow(message, numbers.dmp1, numbers.p), pow(message, numbers.dmq1, numbers.q)
        signature = at_q + numbers.q * ((at_p - at_q) * numbers.iqmp % numbers.p)
        if pow(signature, EXPONENT, self.modulus) != message:
            raise ArithmeticError("signing failure")
        return signature.to_bytes(self._size)


def as_text(octets: bytes) -> str:
    """Octets as they travel and are published: base64url without padding (RFC 4648, 5)."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def octets_of(text: str) -> bytes:
    """What `as_text` wrote, in the one way in which it writes it; else `ValueError`."""
    octets = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if as_text(octets) != text:
        raise ValueError("not base64url")
    return octets


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the key with this modulus signed the message; the prefix is a part of the message."""
    key = rsa.RSAPublicNumbers(EXPONENT, int.from_bytes(public)).public_key()
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), _SALT_BYTES)
    try:
        key.verify(signature, message, pss, hashes.SHA384())
    except InvalidSignature:
        return False
    return True
