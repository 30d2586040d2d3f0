"""The few fields of a SentencePiece model file that a word tokenizer needs, written without protobuf.

Field numbers are those of `sentencepiece_model.proto`: ModelProto{pieces 1, trainer_spec 2, normalizer_spec 3},
SentencePiece{piece 1, score 2, type 3}, TrainerSpec{model_type 3, vocab_size 4}, NormalizerSpec{name 1}.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from enum import IntEnum

_CUT_AT_BLANKS = 3
_VARINT, _BYTES, _FLOAT = 0, 2, 5


class PieceKind(IntEnum):
    """What a piece of the vocabulary stands for."""

    NORMAL = 1
    UNKNOWN = 2
    CONTROL = 3


def word_tokenizer(pieces: Sequence[tuple[str, PieceKind]]) -> bytes:
    """A tokenizer of model type WORD with these pieces, numbered in their order."""
    vocabulary = b"".join(_message(1, _piece(text, kind, rank=rank)) for rank, (text, kind) in enumerate(pieces))
    trainer = _number(3, _CUT_AT_BLANKS) + _number(4, len(pieces))
    normalizer = _message(1, b"identity")
    return vocabulary + _message(2, trainer) + _message(3, normalizer)


def _piece(text: str, kind: PieceKind, *, rank: int) -> bytes:
    score = _tag(2, _FLOAT) + struct.pack("<f", -float(rank))
    return _message(1, text.encode()) + score + _number(3, kind)


def _message(field: int, data: bytes) -> bytes:
    return _tag(field, _BYTES) + _varint(len(data)) + data


def _number(field: int, value: int) -> bytes:
    return _tag(field, _VARINT) + _varint(value)


def _tag(field: int, wire_type: int) -> bytes:
    return _varint(field << 3 | wire_type)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
