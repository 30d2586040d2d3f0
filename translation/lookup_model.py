"""A CTranslate2 model whose weights are written down, not learned: it looks words up, one by one, in order.

Every word of the target has a random code of as many +1 as -1, and so has every position; layer norms then only
scale. The encoder's row of a source word is the code of its translation. Cross-attention compares positions, so
that step n of the decoder attends to word n alone and copies its code; the output layer holds the same codes.
The source's </s> means </s>, which ends decoding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_CONTENT, _POSITION, _LENGTH = 96, 160, 1100
_DEPTH = _CONTENT + _POSITION
_HIDDEN = 8
_SHARPNESS, _LOUDNESS, _CONFIDENCE, _NEVER = 2.0, 4.0, 0.5, -1000.0


def save_lookup_model(folder: Path, table: Mapping[str, str], *, special: Sequence[str]) -> None:
    """Write the model of `table` (source piece to target piece); `special` = unknown, begin, end."""
    source = [*special, *table]
    target = [*special, *sorted(set(table.values()))]
    at = {piece: index for index, piece in enumerate(target)}
    spec = ctranslate2.specs.TransformerSpec.from_config(1, 1, pre_norm=True)
    spec.config.decoder_start_token = special[1]
    spec.config.add_source_eos = True
    _fill(spec, len(target), [at[table.get(piece, piece)] for piece in source], start=at[special[1]])
    spec.register_source_vocabulary(source)
    spec.register_target_vocabulary(target)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _fill(spec: Any, words: int, goal: list[int], *, start: int) -> None:
    codes, places = _codes(words, _CONTENT, seed=1), _codes(_LENGTH, _POSITION, seed=2)
    for side in (spec.encoder, spec.decoder):
        _fill_plain_layer(side, places)
    spec.encoder.embeddings[0].weight = np.hstack([codes[goal], _zeros(len(goal), _POSITION)])
    spec.decoder.embeddings.weight = _zeros(words, _DEPTH)
    _fill_lookup(spec.decoder.layer[0].attention)
    spec.decoder.projection.weight = np.hstack([codes, _zeros(words, _POSITION)]) * _CONFIDENCE
    spec.decoder.projection.bias = _zeros(words)
    spec.decoder.projection.bias[start] = _NEVER


def _fill_plain_layer(side: Any, places: Matrix) -> None:
    """Positions, and a layer that adds nothing: what it would compute is zero."""
    side.scale_embeddings = False
    side.position_encodings.encodings = np.hstack([_zeros(_LENGTH, _CONTENT), places])
    block = side.layer[0]
    for norm in (side.layer_norm, block.self_attention.layer_norm, block.ffn.layer_norm):
        _keep(norm)
    for linear, rows, columns in (
        (block.self_attention.linear[0], 3 * _DEPTH, _DEPTH),
        (block.self_attention.linear[1], _DEPTH, _DEPTH),
        (block.ffn.linear_0, _HIDDEN, _DEPTH),
        (block.ffn.linear_1, _DEPTH, _HIDDEN),
    ):
        linear.weight, linear.bias = _zeros(rows, columns), _zeros(rows)


def _fill_lookup(attention: Any) -> None:
    """Queries and keys are positions, values are contents."""
    _keep(attention.layer_norm)
    query, key_value, output = attention.linear
    for linear, rows in ((query, _DEPTH), (key_value, 2 * _DEPTH), (output, _DEPTH)):
        linear.weight, linear.bias = _zeros(rows, _DEPTH), _zeros(rows)
    place, content = np.arange(_CONTENT, _DEPTH), np.arange(_CONTENT)
    query.weight[place, place] = _SHARPNESS
    key_value.weight[place, place] = _SHARPNESS
    key_value.weight[_DEPTH + content, content] = 1.0
    output.weight[content, content] = _LOUDNESS


def _keep(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(_DEPTH, np.float32), _zeros(_DEPTH)


def _zeros(*shape: int) -> Matrix:
    return np.zeros(shape, np.float32)


def _codes(count: int, width: int, *, seed: int) -> Matrix:
    """Random rows with as many +1 as -1: zero mean and equal norm, nearly at right angles to each other."""
    balanced = np.repeat(np.array([1.0, -1.0], np.float32), width // 2)
    generator = np.random.default_rng(seed)
    return np.stack([generator.permutation(balanced) for _ in range(count)])
