"""The references of the translation bench, used as their own pages say, with sentences split by `SplitAtMarks`."""

from __future__ import annotations

import json
import sys
import types
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.bench.splitting import SplitAtMarks
from translation.argos import private_home

Contribution = tuple[str, str]
"""(language, text)."""
Translate = Callable[[str, str, str], str]


def argos(packages: Path) -> Any:
    """`argostranslate.translate` over these packages: its own threads, its own beams of four."""
    sys.modules.setdefault("stanza", types.ModuleType("stanza"))  # imported by its splitter, and never used here
    with private_home(packages.with_name("home")):
        import argostranslate.settings
        import argostranslate.translate

    argostranslate.settings.package_data_dir = packages
    argostranslate.settings.package_dirs = [packages]
    argostranslate.translate.MiniSBDSentencizer = SplitAtMarks
    return argostranslate


def by_argos(module: Any, said: Sequence[Contribution], targets: Sequence[str], *, beam: int) -> list[str]:
    """Every contribution in every other language, as `argostranslate.translate.translate` gives it."""
    module.settings.beam_size = beam
    translate: Translate = module.translate.translate
    return [translate(text, lang, target) for lang, text in said for target in targets if target != lang]


def by_libretranslate(url: str, said: Sequence[Contribution], targets: Sequence[str]) -> list[str]:
    """The same by its HTTP interface, a list for each pair of languages."""
    found: dict[tuple[str, str, str], str] = {}
    pairs = sorted({(lang, target) for lang, _ in said for target in targets if target != lang})
    for source, target in pairs:
        texts = [text for lang, text in said if lang == source]
        body = {"q": texts, "source": source, "target": target, "format": "text"}
        request = urllib.request.Request(
            f"{url}/translate", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=300) as response:
            answers = json.load(response)["translatedText"]
        found |= {(source, text, target): answer for text, answer in zip(texts, answers, strict=True)}
    return [found[lang, text, target] for lang, text in said for target in targets if target != lang]
