"""Faults put into good translations, of kinds that machines make; the injector knows no word of the language it harms.

A form that is `hidden` was never looked at while detectors were tuned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.bench.parallel import Pair

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,6}(?![\d.,]*\d)")
NAMES = ("Oxana", "Kwabena", "Ruairi", "Bjarke", "Zsuzsa", "Mehmet", "Ilse", "Paloma")
"""Other people, who stand nowhere in the texts."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A harmed pair, and what was done; `names` are those that the assembly knows."""

    kind: str
    form: str
    pair: Pair
    names: tuple[str, ...] = ()


Harm = Callable[[Pair, Random], str | None]


# --- numbers


def _number(pair: Pair, chance: Random, change: Callable[[str, Random], str | None]) -> str | None:
    """One number of the translation that stands in the original too, changed."""
    shared = [found for found in _NUMBER.finditer(pair.after) if found[0] in _NUMBER.findall(pair.before)]
    if not shared:
        return None
    found = chance.choice(shared)
    new = change(found[0], chance)
    return None if new is None or new == found[0] else pair.after[: found.start()] + new + pair.after[found.end() :]


def _other_digit(number: str, chance: Random) -> str:
    at = chance.randrange(len(number))
    others = [digit for digit in ("123456789" if at == 0 else "0123456789") if digit != number[at]]
    return number[:at] + chance.choice(others) + number[at + 1 :]


def _other_number(number: str, chance: Random) -> str:
    return str(chance.randrange(10 ** (len(number) - 1), 10 ** len(number)))


def _ten_times(number: str, chance: Random) -> str:
    return number[:-1] if number.endswith("0") and len(number) > 1 else number + "0"


def _dropped(number: str, chance: Random) -> str | None:
    return "" if int(number) > 1 else None


# --- sentences


def _sentences(pair: Pair) -> list[str]:
    return pair.after.split("\n")


def _without(pair: Pair, at: int) -> str | None:
    parts = _sentences(pair)
    return " ".join(parts[:at] + parts[at % len(parts) + 1 :]) if len(parts) > abs(at) and len(parts) > 1 else None


def _first_lost(pair: Pair, chance: Random) -> str | None:
    parts = _sentences(pair)
    return " ".join(parts[1:]) if len(parts) > 1 else None


def _last_lost(pair: Pair, chance: Random) -> str | None:
    parts = _sentences(pair)
    return " ".join(parts[:-1]) if len(parts) > 1 else None


def _middle_lost(pair: Pair, chance: Random) -> str | None:
    parts = _sentences(pair)
    return " ".join([parts[0], *parts[2:]]) if len(parts) > 2 else None


def _cut(pair: Pair, chance: Random) -> str | None:
    words = " ".join(_sentences(pair)).split()
    return " ".join(words[: len(words) // 2]) if len(words) > 7 else None


# --- repetition


def _repeated(pair: Pair, chance: Random, *, size: tuple[int, int], times: int) -> str | None:
    words = pair.after.split()
    count = chance.randint(*size)
    if len(words) < count + 2:
        return None
    at = chance.randrange(len(words) - count)
    return " ".join(words[:at] + words[at : at + count] * times + words[at + count :])


def _phrase_twice(pair: Pair, chance: Random) -> str | None:
    return _repeated(pair, chance, size=(3, 5), times=2)


def _looped(pair: Pair, chance: Random) -> str | None:
    return _repeated(pair, chance, size=(1, 3), times=4)


def _all_again(pair: Pair, chance: Random) -> str | None:
    return f"{pair.after} {pair.after}" if len(_WORD.findall(pair.after)) > 2 else None


def _end_again(pair: Pair, chance: Random) -> str | None:
    words = pair.after.split()
    return " ".join([*words, *words[-2:] * 3]) if len(words) > 3 else None


# --- names


def named(pair: Pair, known: Sequence[str]) -> list[str]:
    """The known names that stand as they are on both sides."""
    return [name for name in known if name in _WORD.findall(pair.before) and name in _WORD.findall(pair.after)]


def _with_name(pair: Pair, name: str, new: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", new, pair.after)


def _misspelt(name: str, chance: Random) -> str:
    """Two of its first three letters exchanged."""
    return (
        (name[0] + name[2].lower() + name[1] + name[3:]) if len(name) > 3 and name[1] != name[2] else name[::-1].title()
    )


def name_faults(pair: Pair, known: Sequence[str], chance: Random) -> Iterator[Fault]:
    """Each form once, on one of the names."""
    names = named(pair, known)
    if not names:
        return
    name = chance.choice(names)
    words = [word for word in _WORD.findall(pair.after) if word.islower()] or ["it"]
    forms = {
        "removed": "",
        "replaced": chance.choice(NAMES),
        "misspelt": _misspelt(name, chance),
        "by a word": chance.choice(words),
    }
    for form, new in forms.items():
        yield Fault("name", form, replace(pair, after=_with_name(pair, name, new)), (name,))


# --- negation: the people's own translations of the sentence that denies and of the one that does not

_AUXILIARIES = {"can't": "can", "cannot": "can", "won't": "will", "don't": "", "Don't": ""}
_NEVER = {"never ": ""}
_NOBODY = {"obody": "verybody", "o one": "veryone", "othing": "verything"}


def affirmed(sentence: str) -> Mapping[str, Sequence[str]]:
    """English sentences that deny no more, by form."""
    return {
        "not": _without_not(sentence),
        "auxiliary": [
            text for word, new in _AUXILIARIES.items() if (text := _swap(sentence, f"{word} ", f"{new} ".lstrip()))
        ],
        "never": [text for word, new in _NEVER.items() if (text := _swap(sentence, word, new))],
        "nobody": [
            text
            for word, new in _NOBODY.items()
            for first, other in (("N", "E"), ("n", "e"))
            if (text := _swap(sentence, first + word, other + new))
        ],
    }


def _without_not(sentence: str) -> list[str]:
    return [text for word in ("n't ", " not ") if (text := _swap(sentence, word, " "))]


def _swap(sentence: str, word: str, new: str) -> str:
    if word not in sentence:
        return ""
    text = sentence.replace(word, new, 1)
    return text[:1].upper() + text[1:]


def negation_faults(pairs: Sequence[Pair]) -> Iterator[Fault]:
    """Sentences that deny with the translation of the one that does not, in both directions, and the other way."""
    translated = {pair.before: pair for pair in pairs}
    for english, pair in translated.items():
        for form, texts in affirmed(english).items():
            for other in (translated[text] for text in texts if text in translated):
                yield Fault("negation", form, replace(pair, after=other.after))
                yield Fault("negation", form, replace(pair.turned, after=other.before))
                if form in ("not", "auxiliary"):
                    yield Fault("negation", f"{form} added", replace(other, after=pair.after))


def not_removed(pair: Pair, chance: Random) -> str | None:
    """An English translation without its "not"."""
    texts = _without_not(pair.after) if pair.target == "en" else []
    return texts[0] if texts else None


# --- all that need a pair only

FORMS: Mapping[str, Mapping[str, Harm]] = {
    "number": {
        "other digit": lambda pair, chance: _number(pair, chance, _other_digit),
        "other number": lambda pair, chance: _number(pair, chance, _other_number),
        "ten times": lambda pair, chance: _number(pair, chance, _ten_times),
        "dropped": lambda pair, chance: _number(pair, chance, _dropped),
    },
    "repetition": {
        "phrase twice": _phrase_twice,
        "looped": _looped,
        "all again": _all_again,
        "end again": _end_again,
    },
    "negation": {"removed": not_removed},
}
ON_PASSAGES: Mapping[str, Mapping[str, Harm]] = {
    "sentence": {"first": _first_lost, "last": _last_lost, "middle": _middle_lost, "cut": _cut},
}
HIDDEN = frozenset(
    {
        ("number", "ten times"), ("number", "dropped"),
        ("repetition", "all again"), ("repetition", "end again"),
        ("name", "misspelt"), ("name", "by a word"),
        ("negation", "never"), ("negation", "nobody"),
        ("sentence", "middle"), ("sentence", "cut"),
        ("language", "near"), ("language", "pivot"),
    }
)  # fmt: skip
