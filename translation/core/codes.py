"""Language codes of the engines and BCP 47, by explicit tables: no code is ever guessed from its letters."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.languages import LANGUAGES

_ARGOS = {"zt": "zh-Hant", "pb": "pt-BR"}
_TO_ARGOS = {ours: theirs for theirs, ours in _ARGOS.items()}

_MODES = """
eng-spa: eng-spa en es|spa-eng es en
eng-cat: eng-cat en ca|eng-cat_valencia en ca-valencia|cat-eng ca en
fr-es: es-fr es fr|fr-es fr es
es-pt: es-pt es pt|pt-es pt es|es-pt_BR es pt-BR
spa-cat: spa-cat es ca|spa-cat_valencia es ca-valencia|cat-spa ca es
spa-ita: spa-ita es it|ita-spa it es
fra-cat: cat-fra ca fr|fra-cat fr ca
cat-ita: cat-ita ca it|ita-cat it ca
por-cat: cat-por ca pt|por-cat pt ca|cat-por_BR ca pt-BR
es-gl: es-gl es gl|gl-es gl es
pt-gl: pt-gl pt gl|gl-pt gl pt
en-gl: en-gl en gl|gl-en gl en
spa-arg: spa-arg es an|arg-spa an es
arg-cat: cat-arg ca an|arg-cat an ca
oc-es: es-oc es oc|oc-es oc es|es-oc_aran es oc-aranes|oc_aran-es oc-aranes es
oc-ca: ca-oc ca oc|oc-ca oc ca|ca-oc_aran ca oc-aranes|oc_aran-ca oc-aranes ca
oci-fra: fra-oci fr oc|oci-fra oc fr|fra-oci_gascon fr oc-gascon|oci_gascon-fra oc-gascon fr
fra-frp: fra-frp fr frp|frp-fra frp fr
eo-en: en-eo en eo|eo-en eo en
afr-nld: afr-nld af nl|nld-afr nl af
nno-nob: nob-nno nb nn|nno-nob nn nb
dan-nor: nob-dan nb da|dan-nob da nb|nno-dan nn da|dan-nno da nn
swe-nor: nob-swe nb sv|swe-nob sv nb|nno-swe nn sv|swe-nno sv nn
swe-dan: swe-dan sv da|dan-swe da sv
isl-swe: isl-swe is sv|swe-isl sv is
mkd-bul: mkd-bul mk bg|bul-mkd bg mk
pol-szl: pol-szl pl szl|szl-pol szl pl
es-ro: ro-es ro es
br-fr: br-fr br fr
spa-ast: spa-ast es ast
cat-srd: cat-srd ca sc
srd-ita: ita-srd it sc
isl-eng: isl-eng is en
mkd-eng: mkd-eng mk en
eu-es: eu-es eu es
"""


def from_argos(code: str) -> str:
    """BCP 47 of a code in an Argos package (`zt` is traditional Chinese, `pb` Brazilian Portuguese)."""
    return _ARGOS.get(code, code)


def from_libretranslate(code: str) -> str:
    """BCP 47 of a code of a LibreTranslate server: `zh-Hans` is our `zh`; older servers use the codes of Argos."""
    return "zh" if code == "zh-Hans" else from_argos(code)


def to_argos(code: str) -> str:
    """The code Argos packages use for a BCP 47 code."""
    return _TO_ARGOS.get(code, code)


def read_pair(word: str) -> tuple[str, str] | None:
    """Both codes of `es-pt-BR`; None where there are no two known languages in it."""
    parts = word.split("-")
    splits = (("-".join(parts[:at]), "-".join(parts[at:])) for at in range(1, len(parts)))
    return next((pair for pair in splits if pair[0] in LANGUAGES and pair[1] in LANGUAGES), None)


def _entries() -> list[tuple[str, str, str, str]]:
    """(package, mode, source, target) of each line."""
    lines = (line.split(": ") for line in _MODES.strip().splitlines())
    modes = ((name, *mode.split()) for name, listed in lines for mode in listed.split("|"))
    return [(f"apertium-{name}", mode, source, target) for name, mode, source, target in modes]


APERTIUM_MODES: Mapping[str, tuple[str, str]] = {mode: (source, target) for _, mode, source, target in _entries()}
"""Whitelist: the modes seen to work, with the languages they join. Broken ones answer nothing with exit status 0."""

APERTIUM_PACKAGES: Mapping[str, str] = {mode: package for package, mode, _, _ in _entries()}
"""Mode to the distribution's package that holds it."""
