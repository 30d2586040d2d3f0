"""True Argos packages that translate word for word, made from a list of word pairs, without any training.

One encoder and one decoder layer of one head. A source word's vector is the code of its translation beside the
code of its position; the decoder asks, at step n, for position n and copies the code it finds. Words that are
not listed come out as they went in. Word order never changes: a demonstration and a test, never a translator.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from translation.core.codes import to_argos
from translation.lookup_model import save_lookup_model
from translation.sentencepiece_file import PieceKind, word_tokenizer

KIND_KEY, KIND = "hemicycle_kind", "word for word"
README = "Made by hemicycle from a list of word pairs. Translates word for word, so only the gist is readable.\n"

_CLOSINGS = ("", ",", ".", ";", ":", "!", "?", "…", ")", "»", "”", '"')
_OPENINGS = ("¿", "¡", "(", "«", "“", '"')
_OPENS_QUESTIONS = frozenset({"es", "gl", "ast", "an"})
_SPECIAL = ("<unk>", "<s>", "</s>")
_SPECIAL_KINDS = (PieceKind.UNKNOWN, PieceKind.CONTROL, PieceKind.CONTROL)
_DATE = (2020, 1, 1, 0, 0, 0)
FASTEST = 1
"""Compression: mostly zeros; harder compression takes twenty times as long."""


def build_package(
    source: str, target: str, pairs: Iterable[tuple[str, str]], *, folder: Path, version: str = "1.0"
) -> Path:
    """`translate-es_fr-1_0.argosmodel` in `folder`; languages are BCP 47. The same words give the same bytes."""
    table = dict(sorted(_forms(pairs, _openings(target))))
    slug = f"translate-{to_argos(source)}_{to_argos(target)}-{version.replace('.', '_')}"
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / slug
        save_lookup_model(root / "model", table, special=_SPECIAL)
        (root / "sentencepiece.model").write_bytes(_tokenizer(table))
        (root / "metadata.json").write_text(json.dumps(_metadata(source, target, version)))
        (root / "README.md").write_text(README)
        return _zip(root, folder / f"{slug}.argosmodel")


def _openings(target: str) -> Mapping[str, str]:
    """Opening marks and what becomes of them: Spanish and its neighbours alone open questions with one."""
    return {mark: "" if mark in "¿¡" and target not in _OPENS_QUESTIONS else mark for mark in _OPENINGS}


def _forms(pairs: Iterable[tuple[str, str]], openings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each pair as pieces, capitalised or not, with each mark; the first translation of a word wins."""
    seen: set[str] = set()
    for word, meaning in pairs:
        for before, after in ((word, meaning), (_capital(word), _capital(meaning))):
            if before not in seen:
                seen.add(before)
                yield from _marked(before, after.replace(" ", "▁"), openings)


def _marked(before: str, after: str, openings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for closing in _CLOSINGS:
        yield f"▁{before}{closing}", f"▁{after}{closing}"
    for opening, kept in openings.items():
        yield f"▁{opening}{before}", f"▁{kept}{after}"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _metadata(source: str, target: str, version: str) -> dict[str, Any]:
    codes = to_argos(source), to_argos(target)
    return {
        "package_version": version,
        "argos_version": "1.9",
        "type": "translate",
        "from_code": codes[0],
        "from_name": codes[0],
        "to_code": codes[1],
        "to_name": codes[1],
        "links": [],
        KIND_KEY: KIND,
    }


def _tokenizer(table: Mapping[str, str]) -> bytes:
    special = zip(_SPECIAL, _SPECIAL_KINDS, strict=True)
    return word_tokenizer([*special, *((piece, PieceKind.NORMAL) for piece in table)])


def _zip(root: Path, package: Path) -> Path:
    package.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(package, "w") as archive:
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(file.relative_to(root.parent)), _DATE)
            archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED, FASTEST)
    return package
