"""Language codes of the engines and BCP 47, by explicit tables: no code is ever guessed from its letters."""

from __future__ import annotations

_ARGOS = {"zt": "zh-Hant", "pb": "pt-BR"}
_TO_ARGOS = {ours: theirs for theirs, ours in _ARGOS.items()}

_MODES = """
eng-spa en es|spa-eng es en|eng-cat en ca|cat-eng ca en|es-fr es fr|fr-es fr es|es-pt es pt|pt-es pt es
es-pt_BR es pt-BR|spa-cat es ca|cat-spa ca es|spa-ita es it|ita-spa it es|cat-fra ca fr|fra-cat fr ca
cat-ita ca it|ita-cat it ca|cat-por ca pt|por-cat pt ca|cat-por_BR ca pt-BR|es-gl es gl|gl-es gl es|pt-gl pt gl
gl-pt gl pt|en-gl en gl|gl-en gl en|spa-arg es an|arg-spa an es|cat-arg ca an|arg-cat an ca|es-oc es oc
oc-es oc es|ca-oc ca oc|oc-ca oc ca|fra-oci fr oc|oci-fra oc fr|fra-frp fr frp|frp-fra frp fr|en-eo en eo
eo-en eo en|afr-nld af nl|nld-afr nl af|nob-nno nb nn|nno-nob nn nb|nob-dan nb da|dan-nob da nb|nno-dan nn da
dan-nno da nn|nob-swe nb sv|swe-nob sv nb|nno-swe nn sv|swe-nno sv nn|swe-dan sv da|dan-swe da sv|isl-swe is sv
swe-isl sv is|mkd-bul mk bg|bul-mkd bg mk|pol-szl pl szl|szl-pol szl pl|ro-es ro es|br-fr br fr|spa-ast es ast
cat-srd ca sc|ita-srd it sc|isl-eng is en|mkd-eng mk en|eu-es eu es
"""


def from_argos(code: str) -> str:
    """BCP 47 of a code in an Argos package (`zt` is traditional Chinese, `pb` Brazilian Portuguese)."""
    return _ARGOS.get(code, code)


def to_argos(code: str) -> str:
    """The code Argos packages use for a BCP 47 code."""
    return _TO_ARGOS.get(code, code)


def _read_modes() -> dict[str, tuple[str, str]]:
    entries = (entry.split() for entry in _MODES.strip().replace("\n", "|").split("|"))
    return {mode: (source, target) for mode, source, target in entries}


APERTIUM_MODES = _read_modes()
"""Whitelist: the modes seen to work, with the languages they join. Broken ones answer nothing with exit status 0."""
