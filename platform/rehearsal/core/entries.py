"""One JSON object of a scenario file, read field by field; a refusal names file, place and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

from kernel.errors import Refused
from kernel.languages import LANGUAGES

MAX_SECONDS = 10_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One JSON object of the file, with the place it stands at, for a refusal that points there."""

    file: str
    place: str
    data: Mapping[str, Any]

    def refuse(self, reason: str) -> NoReturn:
        """`Refused("scenario.unreadable", file, place, reason)`."""
        raise Refused("scenario.unreadable", file=self.file, place=self.place, reason=reason)

    def get(self, key: str, kind: type, name: str) -> Any:
        """A required field of a JSON type."""
        value = self.data.get(key)
        if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
            self.refuse(f'"{key}" must be {name}')
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A field of text; required without a default."""
        if default is not None and self.data.get(key) is None:
            return default
        return str(self.get(key, str, "text"))

    def optional_text(self, key: str) -> str | None:
        """A field of text, or None."""
        return self.text(key) if self.data.get(key) is not None else None

    def milliseconds(self, key: str) -> int:
        """A field in seconds, 0 or more, as whole milliseconds."""
        seconds = self.data.get(key)
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= MAX_SECONDS:
            self.refuse(f'"{key}" must be seconds, 0 or more')
        return round(seconds * 1000)

    def fraction(self, key: str) -> Fraction:
        """A number as the exact fraction its decimal digits say."""
        number = self.data.get(key)
        if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number <= 1000:
            self.refuse(f'"{key}" must be a number, 0 or more')
        return Fraction(str(number))

    def language(self, key: str, default: str | None = None) -> str:
        """A field that holds the code of a known language."""
        code = self.text(key, default)
        if code not in LANGUAGES:
            self.refuse(f'unknown language "{code}"')
        return code

    def one_of(
        self, key: str, known: Mapping[str, object] | Sequence[str], what: str, default: str | None = None
    ) -> str:
        """A field that names something declared elsewhere in the file."""
        name = self.text(key, default)
        if name not in known:
            self.refuse(f'unknown {what} "{name}"')
        return name

    def by_language(self, key: str) -> dict[str, str]:
        """The texts in a field by the codes of their languages, the first as it was written; empty when absent."""
        inside = self.inside(key)
        for lang in inside.data:
            if lang not in LANGUAGES:
                inside.refuse(f'unknown language "{lang}"')
        return {lang: inside.text(lang) for lang in inside.data}

    def entries(self, key: str) -> Iterator[Entry]:
        """The objects of a list, each with its index as place."""
        listed = self.get(key, list, "a list") if key in self.data else []
        for index, item in enumerate(listed):
            entry = Entry(self.file, f"{key}[{index}]", item)
            if not isinstance(item, dict):
                entry.refuse("must be an object")
            yield entry

    def inside(self, key: str) -> Entry:
        """The object in a field; empty when absent."""
        found = self.data.get(key, {})
        entry = Entry(self.file, key if self.place == "scenario" else f"{self.place}.{key}", found)
        if not isinstance(found, dict):
            entry.refuse("must be an object")
        return entry
