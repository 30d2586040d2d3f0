"""Translation for the demo's languages: the real engines where they are installed, else word for word."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from translation.installer import install_file
from translation.reach import offered_hops, routes_among
from translation.word_lists import build_word_packages

HUB = "ca"
"""The language in the middle, as in the real engine."""
APERTIUM = (
    "apertium", "apertium-eng-spa", "apertium-eng-cat", "apertium-fr-es", "apertium-spa-cat", "apertium-fra-cat",
    "apertium-es-pt", "apertium-por-cat", "apertium-spa-ita", "apertium-cat-ita",
)  # fmt: skip
COMMAND = f"apt-get install --no-install-recommends {' '.join(APERTIUM)}"


def pairs_without_route(languages: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs that no installed engine can translate."""
    return [pair for pair, route in routes_among(languages, offered_hops()).items() if route is None]


def install_words(languages: Sequence[str]) -> int:
    """Build and install word-for-word packages that connect these languages; returns how many. Safe to repeat."""
    folder = Path(settings.TRANSLATION_PACKAGES_DIR)
    with tempfile.TemporaryDirectory(prefix="hemicycle-words-") as scratch:
        files = [
            file for lang in languages if lang != HUB for file in build_word_packages([HUB, lang], Path(scratch) / lang)
        ]
        for file in files:
            install_file(file, folder, origin="words")
    return len(files)
