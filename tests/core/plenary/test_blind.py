"""Blind signatures: the published vectors pass, the signature says nothing of the token, and no other is taken."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from plenary.core.blind import BYTES, EXPONENT, SigningKey, is_signed
from tests.blinding import blind, finalize

VECTOR = json.loads((Path(__file__).parent / "rfc9474.json").read_text())
"""RFC 9474, appendix A.1: RSABSSA-SHA384-PSS-Randomized."""
MESSAGE = b"prefix of 32 bytes, then a token"


def octets(name: str) -> bytes:
    return bytes.fromhex(VECTOR[name].removeprefix("0x"))


def number(name: str) -> int:
    return int(VECTOR[name], 16)


def vectors_key() -> SigningKey:
    p, q, d = number("p"), number("q"), number("d")
    public = rsa.RSAPublicNumbers(EXPONENT, number("n"))
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), public
    )
    return SigningKey.read(numbers.private_key().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


@cache
def own_key() -> SigningKey:
    return SigningKey.new()


def test_the_published_vector_is_signed_as_published() -> None:
    assert VECTOR["name"] == "RSABSSA-SHA384-PSS-Randomized"
    assert vectors_key().sign(octets("blinded_msg")) == octets("blind_sig")
    assert is_signed(octets("n"), octets("input_msg"), octets("sig"))


def test_the_voters_half_of_the_tests_is_the_published_one() -> None:
    factor = pow(number("inv"), -1, number("n"))
    blinded = blind(octets("n"), octets("input_msg"), salt=octets("salt"), factor=factor)
    assert blinded.sent == octets("blinded_msg")
    assert finalize(octets("n"), octets("blind_sig"), blinded.inverse) == octets("sig")


def test_a_key_is_read_as_it_was_written_and_has_3072_bits() -> None:
    key = SigningKey.read(own_key().written)
    assert key.public == own_key().public
    assert len(key.public) == BYTES == 384
    assert key.modulus.bit_length() == 3072


def test_a_blinded_token_comes_back_as_a_signature_that_the_signer_has_not_seen() -> None:
    key = own_key()
    blinded = blind(key.public, MESSAGE)
    answer = key.sign(blinded.sent)
    signature = finalize(key.public, answer, blinded.inverse)
    assert is_signed(key.public, MESSAGE, signature)
    assert signature not in (blinded.sent, answer)


def test_the_same_token_blinded_twice_looks_like_two() -> None:
    assert blind(own_key().public, MESSAGE).sent != blind(own_key().public, MESSAGE).sent


@pytest.mark.parametrize("wrong", ["message", "signature", "key", "short", "empty"])
def test_no_other_signature_is_taken(wrong: str) -> None:
    key = own_key()
    blinded = blind(key.public, MESSAGE)
    signature = finalize(key.public, key.sign(blinded.sent), blinded.inverse)
    public, message = octets("n") if wrong == "key" else key.public, MESSAGE + b"!" if wrong == "message" else MESSAGE
    bent = {"signature": signature[:-1] + bytes([signature[-1] ^ 1]), "short": signature[1:], "empty": b""}
    assert not is_signed(public, message, bent.get(wrong, signature))


@pytest.mark.parametrize("sent", [b"", bytes(BYTES), b"\xff" * BYTES, b"\x01" * (BYTES - 1), b"\x01" * (BYTES + 1)])
def test_what_is_no_blinded_token_is_not_signed(sent: bytes) -> None:
    with pytest.raises(ValueError, match="not a blinded token"):
        own_key().sign(sent)
