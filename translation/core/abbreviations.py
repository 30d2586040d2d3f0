"""Stops that do not end the sentence although a capital or a number may follow: of abbreviations, initials, ordinals.

Abbreviations such as `etc.` are not listed: before a small letter no sentence ends anyway, and before a
capital it usually does. Where both happens, the stop is taken for the abbreviation's: a long sentence costs a
reader less than one that was torn. How often it goes wrong: `python -m tests.bench.sentences`.
"""

from __future__ import annotations

import re

from kernel.languages import base_of

_NUMBERED = """
no nr nº nº núm num núms art arts artt art fig figs cap caps vol vols ed p pp pag pág págs pàg pàgs pagg páx pġ n nn abs abt br
č čl čís ст чл бр арт рис стр с обр σελ αρ σελ άρ str st nos sec sect chap ch ca aprox approx env cca cc cir c vgl cf tel tél tlf
jan janv feb febr févr mar apr avr abr jun jul juil aug sep sept oct okt nov dec déc kl kell klo plkst godz hod h ver kb min
nru uimh iml odds lp sp zk kapt bd aufl ext int apdo izd izm pt lit alin § lk nt ptk psl s sid l lpp
"""
"""Ordinary words, some of them; abbreviations only where a number follows."""

_TITLES = """
en: mr mrs ms dr prof st dept est inc ltd gen sen sens rep reps gov govs hon rev revs messrs capt lt col sgt cpl maj cmdr adm atty supt insp pres dist vs fr sr jr mt ft ave viz cf al
es: sr sra srta sres sras srtas dr dra drs dres prof profa lic ing arq dña dn av avda ee uu ud uds vd vds gral cnel cap tte mons fco pza ctra sta sto pte
fr: m mm mme mmes mlle mlles dr drs pr prof mgr me st ste sts stes av bd gén cdt cne lt apr faub fg
ca: sr sra srs sres srta dr dra drs prof av avda pl pça ctra gral mons il·lm excm st sta
it: sig sigg sig.ra sig.na sigra dott dott.ssa prof prof.ssa proff avv ing arch geom rag on sen gen col cap mons don ss cav comm spett egr
pt: sr sra srs sras srta dr dra drs dras prof profa eng engª arq exmo exma av gen cel cap mons sto sta trav min dep
gl: sr sra srta dr dra prof av avda gral
oc: sr sra dr prof av sénher dna
ast: sr sra srta dr dra prof av
an: sr sra srta dr dra prof av
sc: sig dr dott prof
frp: m mme dr prof
br: ao it dr prof aot itr
de: hr fr frl dr prof bzw evtl ggf inkl exkl bzgl zzgl sog str nr mio mrd tsd std max mind bspw usf hl geb gest jh jhd chr verf hrsg st vgl zz evang kath österr ing dipl jun sen allg insb gen bes ehem
nl: dhr mevr mej mw dr ds prof ir ing mr drs jhr bijv resp incl excl gen kol kapt sgt max st zgn nl
da: hr fr frk dr prof kl pkt stk jf evt inkl skt ekskl nr tlf hhv gl sdr vedr
nb: hr fr frk dr prof kl pkt jf evt inkl st tlf hhv gl
nn: hr fr frk dr prof kl pkt jf evt inkl st tlf
sv: hr fr fru dr prof kl inkl exkl resp nr st dvs tel leg
is: hr fr dr próf sr kl nr bls sbr þús skv
pl: dr prof św p pn inż mgr ul np tzw tj ks bp abp gen płk ppłk kpt mjr por sierż red hab lek al pl os par im woj tys mln mld godz wg zob
szl: dr prof św np ul tyś mln
cs: dr prof sv p inž ing mgr mudr judr phdr rndr doc gen plk kpt por ul nám tř např tzv tzn tj mil mld tis mj popř resp vč angl franc něm hod cca str
sk: dr prof sv p ing mgr mudr judr phdr rndr doc gen plk kpt por ul nám napr tzv tzn tj mil mld tis resp popr angl franc nem hod
hr: gđa gđica dr prof sv ul npr tzv tj mr sc dipl ing tis mlrd mil engl velš franc njem kn
bs: gđa gđica dr prof sv ul npr tzv tj mr ing tis mil engl
sr: др проф св ул нпр тзв тј мр инж гђа гђица хиљ мил млрд енгл dr prof sv ul npr tzv tj mr inž gđa
sl: kap ga gdč dr prof sv ul npr tj oz mag ing tis mio mrd angl nem franc ur
hu: dr prof ifj id özv pl ún ill kb ker bp szt st mr mrs
ro: dl dna d-na dr prof ing av gen col cpt str bd sf ex mii mil mld nr pt
bg: г-н г-жа г-ца д-р проф доц инж св ул бул кв гр обл ген полк напр млн млрд хил англ фр нем
mk: г-ѓа г-дин д-р проф св ул ген
uk: д-р проф доц акад св вул просп пл бул обл р-н ім напр тис млн млрд англ фр нім ген полк гр
ru: д-р проф доц акад св ул просп пл обл им напр тыс млн млрд англ ген полк гр
be: д-р праф св вул пр вобл ім напр тыс млн млрд
el: κκ κα δρ καθ αγ π.χ δηλ βλ τηλ αρ οδ λεωφ εκατ δισ χιλ αγγλ γαλ υποστρ στρ
tr: sn dr prof doç yrd av sk cad mah no apt op alb gen bkz çev haz
fi: hra rva nti tri prof esim ns mm mrd milj tuh klo puh st engl
et: hr pr prl dr prof nt nn jt ingl mln mld tuh kl st ven saks
lt: dr prof doc pvz šv gen plk kpt angl pranc vok tūkst mln mlrd val proc min vyr red gyv kt
lv: kgs kdze dr prof doc piem sv gen angl fr vāc tūkst milj mljrd plkst ģen
mt: dr prof eċċ eż onor rev capt gen sur
ga: dr prof uas tuas iml lch srl uimh
eu: jn and dr adib prof
sq: dr prof znj zj nr sh
af: mnr mev mej me dr prof ds bv asb nr
eo: s-ro s-ino d-ro prof d-rino n-ro ekz
ar: هـ إلخ
"""


def _read_table() -> dict[str, frozenset[str]]:
    lines = (line.partition(": ") for line in _TITLES.strip().splitlines())
    return {lang: frozenset(words.split()) for lang, _, words in lines}


_BY_LANGUAGE = _read_table()
_BEFORE_NUMBERS = frozenset(_NUMBERED.split())
_ANYWHERE = frozenset(["dr", "prof", "st", "mr", "mrs", "ms", "jr", "capt", "sr"])
_ORDINALS_WITH_STOP = frozenset(
    ["de", "da", "nb", "nn", "is", "fi", "et", "hr", "sl", "cs", "sk", "hu", "lv", "sr", "bs", "tr", "pl", "szl", "eu"]
)
_LAST_DAY = 31
"""Of months; larger ordinals before a capital are rare."""
_LAST_NUMBERED = {"de": 199}
"""In German whatever is counted has a capital."""
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_DAY_AND_MONTH = re.compile(r"[0-3]?\d\.(?:0?[1-9]|1[0-2])")
_ROMAN = re.compile(r"[IVX]{2,6}")
_NUMBER = re.compile(r"\d|[IVXLC]+\b")
_HOUR = frozenset(["a.m", "p.m"])
_ZONE = re.compile(r"[A-Z]{2,4}\b")
_WITHOUT_CAPITALS = frozenset(["ar", "fa", "ur", "he"])
_LETTERS_THAT_ARE_WORDS = {"nl": "u", "da": "i", "sv": "i", "nb": "i", "nn": "i"}
_ACCENTED_WORDS = frozenset("èéàíáöåøæ")
"""Small letters that a sentence may end with, such as Swedish islands and Italian "is"."""
_YEAR = re.compile(r"\d{4}")
_OF_YEARS = {"bg": "г", "ru": "г", "be": "г", "mk": "г", "uk": "р", "pl": "r"}
"""Stands behind a year, mostly at the end of a sentence if a capital follows."""


def is_abbreviation(word: str, *, lang: str, preceding: str, following: str) -> bool:
    """Whether the stop after `word` belongs to it; `preceding` is the word before, `following` the text behind."""
    base = base_of(lang)
    last = re.split("['’]", word)[-1]
    small = last.lower()
    if last[:1].isdigit():
        return preceding != ":" and _is_ordinal(last, base)
    if base in _ORDINALS_WITH_STOP and _ROMAN.fullmatch(last):
        return True
    if len(word) == 1:
        return _is_initial(word, base, preceding)
    if small in _HOUR:
        return bool(_ZONE.match(following))
    if _DOTTED.fullmatch(small) or small in _ANYWHERE or small in _BY_LANGUAGE.get(base, ()):
        return True
    return small in _BEFORE_NUMBERS and bool(_NUMBER.match(following))


def _is_ordinal(number: str, base: str) -> bool:
    if base not in _ORDINALS_WITH_STOP:
        return False
    if number.isdigit():
        return 0 < int(number) <= _LAST_NUMBERED.get(base, _LAST_DAY)
    return bool(_DAY_AND_MONTH.fullmatch(number))


def _is_initial(letter: str, base: str, preceding: str) -> bool:
    """`J.`, and `m.` for metres or years; a letter of Arabic after a number is the era and may end the sentence."""
    if base in _WITHOUT_CAPITALS:
        return not preceding[-1:].isdigit()
    if letter == _OF_YEARS.get(base) and _YEAR.fullmatch(preceding):
        return False
    has_case = letter.lower() != letter.upper()
    return has_case and letter not in _ACCENTED_WORDS and letter != _LETTERS_THAT_ARE_WORDS.get(base)
