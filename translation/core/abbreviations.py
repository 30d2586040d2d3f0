"""Words whose full stop does not end the sentence although a capital or a number may follow, per language.

Abbreviations such as `etc.` are not listed: before a small letter no sentence ends anyway, and before a
capital it usually does.
"""

from __future__ import annotations

_NUMBERED = """
no nr nº núm num núms art arts artt fig cap vol ed p pp pag pág págs pàg pàgs pagg páx n nn abs br č čl čís ст чл бр
арт σελ αρ str st nos sec chap ch ca aprox approx env cca vgl cf tel tél
"""
"""Ordinary words, some of them; abbreviations only where a number follows."""

_TITLES = """
en: mr mrs ms dr prof st dept est inc ltd gen sen rep gov hon rev vs e.g i.e
es: sr sra srta sres dr dra drs prof profa lic ing arq dña av avda ee ud uds vd vds p.ej gral
fr: m mm mme mmes mlle mlles dr pr st ste av bd p.ex
ca: sr sra srs sres srta dr dra prof av avda pl p.ex
it: sig sigg sig.ra sig.na dott dott.ssa prof prof.ssa avv ing arch on sen p.es
pt: sr sra srs sras dr dra drs prof profa eng exmo exma av p.ex
gl: sr sra srta dr dra prof av p.ex
oc: sr sra dr prof av per.ex
de: hr fr dr prof bzw z.b d.h u.a evtl ggf inkl
nl: dhr mevr mw dr prof ir ing mr drs bijv bv d.w.z
da: hr fr dr prof f.eks bl.a
nb: hr fr dr prof f.eks bl.a
nn: hr fr dr prof t.d bl.a
sv: hr fr dr prof t.ex bl.a
pl: dr prof św p pn inż mgr ul np m.in tzn św
cs: dr prof sv p ing mgr ul např tzv
sk: dr prof sv p ing mgr ul napr tzv
hr: g gđa sv dr prof ul npr tzv
sl: g ga sv dr prof ul npr
hu: dr prof ifj id pl ún
ro: dl dna d-na dr prof ex
bg: г-н г-жа д-р проф ул напр т.н
mk: г-ѓа д-р проф ул т.н
uk: д-р проф вул напр т.зв
ru: д-р проф ул напр им
be: д-р праф вул напр
el: κ κ.κ κα δρ καθ π.χ
tr: sn dr prof doç av sk örn
fi: hra rva tri prof esim ns
et: hr pr dr prof nt
lt: dr prof pvz šv p g
lv: kgs dr prof piem sv
eu: jn and dr adib
"""


def _read_table() -> dict[str, frozenset[str]]:
    lines = (line.partition(": ") for line in _TITLES.strip().splitlines())
    return {lang: frozenset(words.split()) for lang, _, words in lines}


_BY_LANGUAGE = _read_table()
_BEFORE_NUMBERS = frozenset(_NUMBERED.split())
_ANYWHERE = frozenset(["dr", "prof", "st", "mr", "mrs", "ms", "jr", "u.s", "u.k", "u.n", "e.u"])


def is_abbreviation(word: str, *, lang: str, following: str) -> bool:
    """Whether the stop after `word` (small letters) belongs to it; `following` is the character after the blank."""
    if word in _BEFORE_NUMBERS and following.isdigit():
        return True
    return word in _ANYWHERE or word in _BY_LANGUAGE.get(lang.partition("-")[0], frozenset())
