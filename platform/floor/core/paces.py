"""How long the same content is in each language, as measured, and what that makes of the length of turns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import fmean
from types import MappingProxyType

from kernel.languages import base_of

LENGTHS: Mapping[str, int] = MappingProxyType({
    "ar": 85, "bg": 101, "ca": 107, "cs": 88, "da": 95, "de": 109, "el": 111, "en": 92, "es": 106, "et": 92,
    "fi": 99, "fr": 107, "ga": 109, "hr": 95, "hu": 105, "it": 108, "lt": 96, "lv": 100, "mt": 102, "nl": 106,
    "pl": 104, "pt": 104, "ro": 108, "sk": 94, "sl": 94, "sv": 90, "tr": 99, "uk": 95,
})  # fmt: skip
"""Characters that the same 1,000 sentences of news take in each language, in percent of the mean of these languages.
Source: NTREX-128, translated by professionals; `python -m tests.bench.paces` measures it again. People type here, so
that characters are time; in languages without a figure nobody has measured it."""


def measured_paces(langs: Iterable[str]) -> dict[str, int]:
    """Percent of the usual turn for each of the languages people speak here, one entry a person, so that all can say as
    much and a turn is as long as before on average. Only what is not 100."""
    spoken = [lang for lang in langs if base_of(lang) in LENGTHS]
    if not spoken:
        return {}
    mean = fmean(LENGTHS[base_of(lang)] for lang in spoken)
    paces = {lang: round(100 * LENGTHS[base_of(lang)] / mean) for lang in spoken}
    return {lang: pace for lang, pace in paces.items() if pace != 100}
