"""Whether a name of one text is found in the other, although scripts, endings and spellings differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

_SHOWING_NO_NAMES = frozenset({"de", "ar", "he", "fa", "ur", "hi", "bn", "th", "zh", "ja", "ko"})
"""Languages without capitals, or with capitals for every noun."""
_RESPELLING = frozenset({"lv", "lt", "az", "sr"})
"""Languages that write foreign names as they sound."""
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…»«“”\"„‘(\[–—-]\s*)[^\w]*$")
_LETTERS = """
аa бb вv гg ґg дd еe жz зz иi йi кk лl мm нn оo пp рr сs тt уu фf хh ъ ыy ь эe іi ѓg јj ќk ўu чch шsh щsht цts юju яja єje їi џdz љlj њnj
αa βv γg δd εe ζz ηi ιi κk λl μm νn ξks οo πp ρr σs ςs τt υy φf ωo θth χch ψps
اa بb تt ثth دd ذd رr زz سs صs ضd طt ظz فf قk كk لl مm نn هh وu يi گg چch پp ةa ىa أa آa إi جj حh خkh شsh عa غg ؤu ئi ء
ßss øo łl đd ıi æae œoe þth ðd ħh
"""
_LATIN = str.maketrans({entry[0]: entry[1:] for entry in _LETTERS.split()})
_ALIKE = (("tsh", "ch"), ("dz", "j"), ("gh", ""), ("wh", "w"), ("ph", "f"), ("ck", "k"), ("ch", "k"), ("c", "k"), ("q", "k"), ("x", "ks"), ("w", "u"), ("y", "i"), ("j", "k"), ("v", "f"),
          ("z", "s"), ("p", "b"), ("g", "k"), ("sh", "s"), ("th", "t"), ("h", ""), ("mb", "b"), ("nt", "d"))  # fmt: skip
_VOWELS = frozenset("aeiou")
_HALF_VOWEL = re.compile(r"^(?:wh?|u)(?=[aeiouy])")
"""The first letter of Wayne: v in Latvian, u in Arabic letters."""
_OFFICES = re.compile(
    r"^(?:a[ck]adem|a[cs]sembl|act$|agen[ct]|award|bank|beach|board|boulevard|champion|chamber|church|city$|college|co[mn]it|comm?i[st]|"
    r"congre|council|consej|conse|coun[ct]|court|cour$|corte|cup$|day$|democ|depart|disaster|east|euro|evening|feder|gener|gouver|govern|"
    r"gobi|hall$|hospit|house|international|judi|king|labou?r|lake|law$|league|liga|lord|member|minist|mini|morning|mount|muse|nation|"
    r"news$|nor[dt]|ocea|offic|pacific|palace|park|parlam|parl|party|part|police|presid|prime|princ|qu?een|region|republi|river|road|royal|"
    r"school|secret|sen|south|state|street|suprem|sud$|the$|this$|those$|town|tribun|uni|wales|welsh|west|world|korea|corea|"
    r"stan[óoya]|zjednocz|spojen|združ|sjedinj|ujedinj|držav|ühend|ühin|apvien|savien|jungtin|egyes|yhdis|yhdys|förent|forent|"
    r"verein|veren|birleş|adalet|divan|konsey|kurul|bakan|bağıms|tiesa|taut|kraljevst|casa$|blanc|bijel|biał|new$|year|great$|latin|"
    r"global|citizen|policy|research|red$|cross|santa$|san$|saint|premiership)",
    re.IGNORECASE,
)
"""What is no name but the name of an office, a place on the map or a body, which is translated."""
_MIN_LIKENESS = 0.6
_HEADLINE = 0.5
_SHORTEST_STEM, _ENDING = 2, 2
_CAPITAL = r"(?=[^\W\d_a-zà-ÿ])[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*"
_RUN = re.compile(rf"(?<!\w){_CAPITAL}(?:\s{_CAPITAL})+")


def shows_names(lang: str) -> bool:
    """Whether capitals tell names from other words in this language."""
    return lang.partition("-")[0] not in _SHOWING_NO_NAMES


def names_in(text: str, lang: str) -> list[str]:
    """Words with a capital where nothing but a name has one; none in a language that shows no names."""
    if not shows_names(lang):
        return []
    return [
        found[0]
        for found in _WORD.finditer(text)
        if found[0][:1].isupper() and len(found[0]) > 2 and not _SENTENCE_START.search(text[: found.start()])
    ]


def full_names(text: str, lang: str) -> list[list[str]]:
    """Names of two words or more that stand together, in a text that is no headline."""
    names, words = names_in(text, lang), _WORD.findall(text)
    if len(names) > len(words) * _HEADLINE:
        return []
    return [
        run.split()
        for run in _RUN.findall(text)
        if all(part in names and not _OFFICES.match(part) for part in run.split())
    ]


def is_written_in(name: str, text: str, lang: str) -> bool:
    """Whether some word begins like the name, endings aside; in another script, whether one could be it."""
    if lang.partition("-")[0] in _RESPELLING or _script(name) != _script(text):
        return has_like(name, text)
    stem = name.casefold()[: max(_SHORTEST_STEM, len(name) - _ENDING)]
    return any(word[:1].isupper() and word.casefold().startswith(stem) for word in _words(text))


def has_like(name: str, text: str) -> bool:
    """Whether some word of the text could be this name."""
    return any(_is_like(name, word) for word in _words(text))


@lru_cache(maxsize=512)
def _words(text: str) -> Sequence[str]:
    return [found[0] for found in _WORD.finditer(text)]


def _is_like(name: str, word: str) -> bool:
    """The same beginning of consonants, or letters mostly the same."""
    ours, theirs = _skeleton(name), _skeleton(word)
    if ours == theirs:
        return True
    short = min(len(ours), len(theirs))
    if short >= 3 and ours[:3] == theirs[:3]:
        return True
    if short == 2 and ours[:2] == theirs[:2] and abs(len(ours) - len(theirs)) <= 3:
        return True
    return SequenceMatcher(None, _romanised(name), _romanised(word)).ratio() >= _MIN_LIKENESS


@lru_cache(maxsize=8192)
def _romanised(word: str) -> str:
    """Small Latin letters without marks."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(_LATIN))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


@lru_cache(maxsize=8192)
def _skeleton(word: str) -> str:
    """Its consonants, those that scripts exchange made one."""
    plain = _HALF_VOWEL.sub("f", _romanised(word))
    for letters, same in _ALIKE:
        plain = plain.replace(letters, same)
    bare = ("a" if plain[:1] in _VOWELS else "") + "".join(letter for letter in plain if letter not in _VOWELS)
    return re.sub(r"(.)\1+", r"\1", bare)


def _script(text: str) -> str:
    """The first word of the Unicode name of its letters, by majority."""
    letters = [unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()]
    return max(set(letters), key=letters.count) if letters else ""
