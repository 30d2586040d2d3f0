"""The languages people speak and read here: codes (BCP 47), endonyms, direction."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `code` is BCP 47, `endonym` its own name for itself."""

    code: str
    endonym: str
    direction: str = "ltr"


_TABLE = """
bg Български|ca Català|cs Čeština|da Dansk|de Deutsch|el Ελληνικά|en English|es Español|et Eesti|fi Suomi|fr Français
ga Gaeilge|hr Hrvatski|hu Magyar|it Italiano|lt Lietuvių|lv Latviešu|mt Malti|nl Nederlands|pl Polski|pt Português
ro Română|sk Slovenčina|sl Slovenščina|sv Svenska|tr Türkçe|uk Українська|ar العربية rtl
gl Galego|oc Occitan|eu Euskara|ast Asturianu|an Aragonés|sc Sardu|frp Arpetan|br Brezhoneg|eo Esperanto|af Afrikaans
nb Norsk bokmål|nn Norsk nynorsk|is Íslenska|mk Македонски|be Беларуская|ru Русский|szl Ślōnski|sq Shqip|sr Српски
sr-Latn Srpski|bs Bosanski|ca-valencia Valencià|oc-aranes Aranés|oc-gascon Gascon
he עברית rtl|fa فارسی rtl|ur اردو rtl|hi हिन्दी|bn বাংলা|th ไทย|vi Tiếng Việt|id Bahasa Indonesia|ms Bahasa Melayu
tl Tagalog
zh 简体中文|zh-Hant 繁體中文|ja 日本語|ko 한국어|pt-BR Português (Brasil)|az Azərbaycanca|ky Кыргызча
"""


def _read_table() -> dict[str, Language]:
    table = {}
    for entry in _TABLE.strip().replace("\n", "|").split("|"):
        code, _, rest = entry.partition(" ")
        rtl = rest.endswith(" rtl")
        table[code] = Language(code, rest.removesuffix(" rtl"), "rtl" if rtl else "ltr")
    return table


LANGUAGES = _read_table()

INTERFACE_LANGUAGES = ("en", "es", "fr", "ca", "it", "pt", "ar")
"""Languages the interface itself is translated into; a superset of people may still speak and read any other."""


def language(code: str) -> Language:
    """The language of a code, or `Refused("language.unknown")`."""
    if code not in LANGUAGES:
        raise Refused("language.unknown", language=code[:20])
    return LANGUAGES[code]


def is_foreign(lang: str, reading: str) -> bool:
    """Whether somebody who reads `reading` needs a translation of `lang`; variants of one language read each other.

    Chinese is the exception: its two scripts are not read alike.
    """
    base = base_of(lang)
    return lang != reading and (base != base_of(reading) or base == "zh")


def base_of(code: str) -> str:
    """The language of a variant: `pt` of `pt-BR`."""
    return code.partition("-")[0]
