"""What of a text goes to a model: the speech between the spans that its tokenizer would tear."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from translation.core import protection
from translation.core.segments import has_letters
from translation.engine import Answer, Failure, Scored, Translated, text_of


def translate_around(
    texts: Sequence[str], translate: Callable[[list[str]], list[Answer]], *, names_inside: bool
) -> list[Answer]:
    """Each text with its speech translated and everything else in its place; `translate` is called once, if at all.

    A learned model needs names among the words to make a sentence, and mostly copies them; they are marked again
    afterwards. A list of words would look them up, so there they stay outside.
    """
    taken_apart = [_Fragments.of(text, names_inside=names_inside) for text in texts]
    speech = [part for text in taken_apart for part in text.to_translate()]
    answers = iter(translate(speech) if speech else [])
    return [text.put_together([next(answers) for _ in text.to_translate()]) for text in taken_apart]


@dataclass(frozen=True, slots=True)
class _Fragments:
    """A text cut at its protected spans; `names` went into the parts without their marks."""

    parts: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, text: str, *, names_inside: bool) -> _Fragments:
        names = tuple(span for span in protection.spans(text) if names_inside and protection.is_name_like(span))
        unmarked = protection.SPAN.sub(lambda span: span[1] if span[1] in names else span[0], text)
        return cls(tuple(re.split(f"({protection.SPAN.pattern.replace('(', '(?:')})", unmarked)), names)

    def to_translate(self) -> list[str]:
        return [part.strip() for part in self.parts if _is_speech(part)]

    def put_together(self, answers: Sequence[Answer]) -> Answer:
        """The answers in their places, blanks around them as they were, names marked again."""
        whole = join_answers(answers, self._around)
        return whole if isinstance(whole, Failure) else with_text(whole, _marked_again(text_of(whole), self.names))

    def _around(self, answers: Sequence[str]) -> str:
        rest = iter(answers)
        return "".join(_between_blanks(part, next(rest)) if _is_speech(part) else part for part in self.parts)


def join_answers(answers: Sequence[Answer], join: Callable[[Sequence[str]], str]) -> Answer:
    """One answer of the answers to its parts: a failure if one failed, else as sure as the one it is least sure of."""
    translated = [answer for answer in answers if not isinstance(answer, Failure)]
    if len(translated) < len(answers):
        return next(answer for answer in answers if isinstance(answer, Failure))
    text = join([text_of(each) for each in translated])
    standings = [each.standing for each in translated if isinstance(each, Scored)]
    return Scored(text, min(standings)) if standings else text


def with_text(translated: Translated, text: str) -> Translated:
    """Another text that the engine is as sure of."""
    return replace(translated, text=text) if isinstance(translated, Scored) else text


def _is_speech(part: str) -> bool:
    return protection.OPEN not in part and has_letters(part)


def _between_blanks(part: str, answer: str) -> str:
    core = part.strip()
    start = part.index(core)
    return part[:start] + answer.strip() + part[start + len(core) :]


def _marked_again(text: str, names: Sequence[str]) -> str:
    for name in dict.fromkeys(names):
        pattern = rf"(?<![\w{protection.OPEN}]){re.escape(name)}(?!\w)"
        text = re.sub(pattern, lambda found: f"{protection.OPEN}{found[0]}{protection.CLOSE}", text)
    return text
