"""Which bytes are one simple frame: exactly those that autobahn would take for the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from live.inlet import text_in

CHARACTERS = st.characters(blacklist_categories=["Cs"])


def masked(data: bytes, opcode: Opcode = Opcode.TEXT, *, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=True)


@given(st.text(CHARACTERS, max_size=300))
def test_a_short_text_is_read_as_it_was_sent(text: str) -> None:
    assert text_in(masked(text.encode())) == text


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535])
def test_a_text_of_every_form_of_length_is_read(size: int) -> None:
    assert text_in(masked(b"x" * size)) == "x" * size


@given(st.text(CHARACTERS, max_size=300), st.data())
def test_a_frame_that_has_not_come_whole_is_left_alone(text: str, data: st.DataObject) -> None:
    frame = masked(text.encode())
    assert text_in(frame[: data.draw(st.integers(0, len(frame) - 1))]) is None


OTHERS = {
    "two frames": masked(b"one") + masked(b"two"),
    "a first fragment": masked(b"begin", fin=False),
    "a last fragment": masked(b"end", Opcode.CONT),
    "a ping": masked(b"", Opcode.PING),
    "bytes": masked(b"bytes", Opcode.BINARY),
    "a close": masked(b"\x03\xe8", Opcode.CLOSE),
    "not UTF-8": masked(b"\xff\xfe"),
    "too long": masked(b"x" * 65_536),
    "unmasked": Frame(Opcode.TEXT, b"bare").serialize(mask=False),
    "compressed": b"\xc1" + masked(b"deflated")[1:],
    "an overlong length": b"\x81\xfe\x00\x05mask12345",
}


@pytest.mark.parametrize("name", OTHERS)
def test_everything_else_is_left_alone(name: str) -> None:
    assert text_in(OTHERS[name]) is None
