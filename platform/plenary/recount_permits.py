#!/usr/bin/env python3
"""Check the permits of a published Hemicycle result: recount_permits.py FILE

Every sealed ballot must carry a signature by the key that was announced when the vote opened, and there must be no
more ballots than permits. Needs nothing but Python. Exit status 0 and the word "identical" when everything agrees;
1 and each difference otherwise; 2 when the file cannot be read. RSA-PSS with SHA-384: RFC 8017, sections 8.1 and 9.1.
"""

import base64
import json
import sys
from hashlib import sha384
from pathlib import Path

EXPONENT, SIZE, HASH, SALT, PREFIX = 65537, 384, 48, 48, 32


def octets(text):
    """What stands in base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def is_signed(modulus, message, signature):
    """Whether the key with this modulus made this signature on the message."""
    number, bits = int.from_bytes(signature, "big"), modulus.bit_length() - 1
    if len(signature) != SIZE or number >= modulus:
        return False
    encoded = pow(number, EXPONENT, modulus).to_bytes(SIZE, "big")
    masked, hashed = encoded[: SIZE - HASH - 1], encoded[SIZE - HASH - 1 : -1]
    mask = b"".join(sha384(hashed + count.to_bytes(4, "big")).digest() for count in range(SIZE // HASH))
    block = bytearray(one ^ other for one, other in zip(masked, mask))  # noqa: B905 (the mask is longer)
    if encoded[-1] != 0xBC or masked[0] >> (8 - (8 * SIZE - bits)):
        return False
    block[0] &= 0xFF >> (8 * SIZE - bits)
    salt = block[-SALT:]
    if block[:-SALT] != bytes(len(block) - SALT - 1) + b"\x01":
        return False
    return sha384(bytes(8) + sha384(message).digest() + salt).digest() == hashed


def has_permit(ballot, modulus):
    """Whether the ballot's token was signed; the random prefix stands before the signature."""
    proof = octets(ballot["proof"])
    return is_signed(modulus, proof[:PREFIX] + bytes.fromhex(ballot["token"]), proof[PREFIX:])


def in_electorate(name, document):
    """Every sentence about one sealed electorate that does not agree."""
    ballots = [ballot for ballot in document["ballots"] if ballot["electorate"] == name]
    sealed, permits = [ballot for ballot in ballots if "proof" in ballot], document["permits"][name]
    modulus = int.from_bytes(octets(document["keys"][name]), "big")
    assisted, entitled = len(ballots) - len(sealed), document["rolls"][name]
    said = next(each for each in document["result"]["verdicts"] if each["electorate"] == name)["count"]["assisted"]
    forged = sum(not has_permit(ballot, modulus) for ballot in sealed)
    checks = [
        (not forged, f"{forged} ballots carry no valid permit"),
        (len(sealed) <= permits["sealed"], f"{len(sealed)} sealed ballots, but only {permits['sealed']} permits"),
        (assisted == said, f"assisted published as {said}, counted {assisted}"),
        (assisted == permits["assisted"], f"{assisted} assisted ballots, but {permits['assisted']} permits for them"),
        (sum(permits.values()) <= entitled, f"{sum(permits.values())} permits, but only {entitled} people entitled"),
    ]  # fmt: skip
    return [f"{name}: {sentence}" for agrees, sentence in checks if not agrees]


def differences(document):
    """Every sentence that says what does not agree."""
    if document.get("schema") != "hemicycle-result/1" or document.get("voided"):
        return ["this is not a result file of schema hemicycle-result/1"]
    sealed = [each["name"] for each in document["rule"]["electorates"] if each["level"] == "sealed"]
    if sorted(sealed) != sorted(document["keys"]):
        return ["there is not one key for each sealed electorate"]
    stray = sum("proof" in ballot and ballot["electorate"] not in sealed for ballot in document["ballots"])
    found = [f"{stray} ballots carry a permit where none are given"] if stray else []
    return found + [sentence for name in sealed for sentence in in_electorate(name, document)]


def main(arguments):
    """Print what the check found; the exit status says the same."""
    if len(arguments) != 1:
        print(__doc__.strip())
        return 2
    try:
        found = differences(json.loads(Path(arguments[0]).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        print(f"cannot be read: {type(error).__name__}: {error}")
        return 2
    print("\n".join(found) if found else "identical")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
