"""A refusal is data: a stable code and parameters, turned into a sentence at the edge."""

from __future__ import annotations

Parameter = str | int


class Refused(Exception):
    """Somebody asked for something a rule does not allow. `code` is `subject.reason`, stable for ever."""

    def __init__(self, code: str, **params: Parameter) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def as_data(self) -> dict[str, object]:
        """`{"refused": code, "params": {…}}`, the form every door answers with."""
        return {"refused": self.code, "params": self.params}
