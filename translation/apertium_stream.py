"""Apertium's stream format: what an engine must escape so that no text of a person can steer it.

Raw `[ ^ / @ {` hang a pipeline or shift its answers by one; escaped they are plain signs. Spans that must
come back verbatim travel as "superblanks" between square brackets.
"""

from __future__ import annotations

import re

from translation.core.protection import SPAN

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue002-\uf8ff]")
_VERBATIM = re.compile(
    rf"(?P<break>\s*[\r\n\u2028\u2029]\s*)|{SPAN.pattern}|[*#~=+^|_]+"
    "|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000\ue001]+|[ \t]{2,}|\\S{80,}"
)
_MARK = re.compile(r"[*#@](?=\w)|(?<=\w)#")
_PART = re.compile(r"\\.|\.\[\]|[\[\]]|[^\\\[\].]+|\.", re.DOTALL)
_SENTENCE_END = ".[]"


def encode(text: str) -> str:
    """Escaped text with superblanks; an invisible sentence end keeps words from crossing a line break."""
    out, at = [], 0
    text = _CONTROL.sub(" ", text)
    for found in _VERBATIM.finditer(text):
        end = _SENTENCE_END if found["break"] else ""
        out.append(f"{_escape(text[at : found.start()])}{end}[{_escape(found[0])}]")
        at = found.end()
    return "".join(out) + _escape(text[at:]) + _SENTENCE_END


def decode(answer: str) -> str:
    """Plain text of an answer, without Apertium's marks of unknown words, which no writer can forge."""
    out, verbatim = [], False
    for part in _PART.findall(answer):
        if part in ("[", "]"):
            verbatim = part == "["
        elif part.startswith("\\"):
            out.append(part[1:])
        elif verbatim:
            out.append(part)
        elif part != _SENTENCE_END:
            out.append(re.sub(" {2,}", " ", _MARK.sub("", part)))
    return "".join(out).strip(" ")


def _escape(text: str) -> str:
    return re.sub(r"[\\^$/<>{}\[\]@]", r"\\\g<0>", text)
