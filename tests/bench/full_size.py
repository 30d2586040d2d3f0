"""Argos packages of full size whose weights are random, but whose answers are certain: they cost what real ones cost.

Six layers on each side, 512 wide, eight heads, 32,000 pieces, int8. Every layer computes what a learned one would;
what it computes is multiplied by zero before it is added. Only the first cross-attention is heard: it looks up the
word at the decoder's position, so that a sentence becomes the same number of other words, which can be checked.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from numpy.typing import NDArray

from translation.package_folder import write_active
from translation.sentencepiece_file import PieceKind, word_tokenizer

Matrix = NDArray[np.float32]
LAYERS, DEPTH, HEADS, FEED, LENGTH = 6, 512, 8, 2048, 600
PIECES = 32_000
_HEAD = DEPTH // HEADS
_CONTENT, _PLACE = 256, 64
_SHARE = _CONTENT // HEADS
_SHARPNESS, _LOUDNESS, _CONFIDENCE, _NEVER = 3.0, 4.0, 0.25, -1000.0
_SPECIAL = ("<unk>", "<s>", "</s>")
_SYLLABLES = [a + b for a in "bcdfglmnprstv" for b in "aeiou"]


@cache
def words() -> tuple[str, ...]:
    """As many words as the tokenizer has pieces, and no more."""
    chance = random.Random(1)
    found: dict[str, None] = {}
    while len(found) < PIECES - len(_SPECIAL):
        found["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))] = None
    return tuple(found)


def sentence(chance: random.Random, length: int) -> str:
    """A sentence of so many words, each of which is one piece."""
    return " ".join(chance.choices(words(), k=length))


def translated(text: str) -> str:
    """What becomes of a sentence over any hop: each word is replaced by the next in the list."""
    place = _places()
    return " ".join(words()[(place[word] + 1) % len(words())] for word in text.split())


@cache
def _places() -> dict[str, int]:
    return {word: place for place, word in enumerate(words())}


def build(folder: Path, pairs: Sequence[tuple[str, str]]) -> None:
    """Install a package for each pair into `folder`; all of them have one model on the disk."""
    pieces = [*_SPECIAL, *(f"▁{word}" for word in words())]
    model = folder / "model"
    _save(model, pieces)
    kinds = [PieceKind.UNKNOWN, PieceKind.CONTROL, PieceKind.CONTROL] + [PieceKind.NORMAL] * len(words())
    tokenizer = word_tokenizer(list(zip(pieces, kinds, strict=True)))
    for source, target in pairs:
        root = folder / f"translate-{source}_{target}-1_0"
        (root / "model").mkdir(parents=True)
        for file in model.iterdir():
            os.link(file, root / "model" / file.name)
        (root / "sentencepiece.model").write_bytes(tokenizer)
        named = {"from_code": source, "from_name": source, "to_code": target, "to_name": target}
        metadata = {"package_version": "1.0", "argos_version": "1.9", "type": "translate", "links": [], **named}
        (root / "metadata.json").write_text(json.dumps(metadata))
    for file in model.iterdir():
        file.unlink()
    model.rmdir()
    write_active(folder, {f"{a}-{b}": f"translate-{a}_{b}-1_0" for a, b in pairs})


def _save(path: Path, pieces: Sequence[str]) -> None:
    spec = ctranslate2.specs.TransformerSpec.from_config(LAYERS, HEADS, pre_norm=True)
    spec.config.decoder_start_token = "<s>"
    spec.config.add_source_eos = True
    chance = np.random.default_rng(1)
    codes, places = _codes(len(pieces), _CONTENT, chance), _codes(LENGTH, _PLACE, chance)
    spread = np.hstack([_zeros(LENGTH, _CONTENT), places, _zeros(LENGTH, DEPTH - _CONTENT - _PLACE)])
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = False
        side.position_encodings.encodings = spread
        _keep(side.layer_norm)
        for layer in side.layer:
            _silent(layer.self_attention, [3 * DEPTH], chance)
            _silent_feed(layer.ffn, chance)
    for layer in spec.decoder.layer:
        _silent(layer.attention, [DEPTH, 2 * DEPTH], chance)
    _look_up(spec.decoder.layer[0].attention)
    goal = [*range(len(_SPECIAL)), *range(len(_SPECIAL) + 1, len(pieces)), len(_SPECIAL)]
    spec.encoder.embeddings[0].weight = _wide(codes[goal])
    spec.decoder.embeddings.weight = _zeros(len(pieces), DEPTH)
    spec.decoder.projection.weight = _wide(codes) * _CONFIDENCE
    spec.decoder.projection.bias = _zeros(len(pieces))
    spec.decoder.projection.bias[:2] = _NEVER
    spec.register_source_vocabulary(list(pieces))
    spec.register_target_vocabulary(list(pieces))
    spec.validate()
    spec.optimize(quantization="int8")
    path.mkdir(parents=True)
    spec.save(str(path))


def _silent(attention: Any, sizes: Sequence[int], chance: np.random.Generator) -> None:
    """Random weights everywhere but at the way out."""
    _keep(attention.layer_norm)
    *inner, out = attention.linear
    for linear, rows in zip(inner, sizes, strict=True):
        linear.weight, linear.bias = _random(rows, DEPTH, chance), _zeros(rows)
    out.weight, out.bias = _zeros(DEPTH, DEPTH), _zeros(DEPTH)


def _silent_feed(block: Any, chance: np.random.Generator) -> None:
    _keep(block.layer_norm)
    block.linear_0.weight, block.linear_0.bias = _random(FEED, DEPTH, chance), _zeros(FEED)
    block.linear_1.weight, block.linear_1.bias = _zeros(DEPTH, FEED), _zeros(DEPTH)


def _look_up(attention: Any) -> None:
    """Each head compares places and carries its share of the content."""
    query, key_value, output = attention.linear
    for linear in (query, key_value, output):
        linear.weight[:] = 0.0
    place, share = np.arange(_PLACE), np.arange(_SHARE)
    for head in range(HEADS):
        rows = head * _HEAD
        query.weight[rows + place, _CONTENT + place] = _SHARPNESS
        key_value.weight[rows + place, _CONTENT + place] = _SHARPNESS
        key_value.weight[DEPTH + rows + share, head * _SHARE + share] = 1.0
        output.weight[head * _SHARE + share, rows + share] = _LOUDNESS


def _wide(codes: Matrix) -> Matrix:
    return np.hstack([codes, _zeros(len(codes), DEPTH - _CONTENT)])


def _keep(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(DEPTH, np.float32), _zeros(DEPTH)


def _random(rows: int, columns: int, chance: np.random.Generator) -> Matrix:
    return chance.normal(0.0, columns**-0.5, (rows, columns)).astype(np.float32)


def _zeros(*shape: int) -> Matrix:
    return np.zeros(shape, np.float32)


def _codes(count: int, width: int, chance: np.random.Generator) -> Matrix:
    """Rows with as many +1 as -1: zero mean, equal norm, nearly at right angles to each other."""
    signs = np.ones((count, width), np.float32)
    signs[:, : width // 2] = -1.0
    return chance.permuted(signs, axis=1)
