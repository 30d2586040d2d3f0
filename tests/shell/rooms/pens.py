"""A browser's half of a common text, in Python: a document of its own that gets updates and gives them."""

from __future__ import annotations

from typing import Any

from pycrdt import Doc, Text

FIELDS = ("title", "recommendation", "reasons")


class Pen:
    """What one person's browser holds of a draft."""

    def __init__(self, lang: str, client: int | None = None) -> None:
        self.lang = lang
        self.doc: Doc[Text] = Doc(client_id=client)

    def type(
        self, text: str, *, field: str = "recommendation", at: int | None = None, mark: dict[str, Any] | None = None
    ) -> bytes:
        """The update of typing this at a place, the end if none is given."""
        part = self.doc.get(field, type=Text)
        said = str(part)
        place = len((said if at is None else said[:at]).encode())
        before = self.doc.get_state()
        part.insert(place, text, {"lang": self.lang} if mark is None else mark)
        return self.doc.get_update(before)

    def erase(self, field: str = "recommendation") -> bytes:
        """The update of deleting a field."""
        before = self.doc.get_state()
        self.doc.get(field, type=Text).clear()
        return self.doc.get_update(before)

    def take(self, update: bytes) -> None:
        """What somebody else did."""
        self.doc.apply_update(update)

    def says(self, field: str = "recommendation") -> str:
        """The text as it stands here."""
        return str(self.doc.get(field, type=Text))
