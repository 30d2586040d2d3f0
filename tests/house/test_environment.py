"""Variables that say something else than they are for stop the start, in one sentence."""

from __future__ import annotations

import pytest

from hemicycle import environment


@pytest.mark.parametrize("value", ["http://host:5000/path", "http://[::1]:5000", "https://translate.example.org", ""])
def test_an_address_is_taken_as_it_stands(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_SERVER", value)
    assert environment.address("A_SERVER", "") == value
    environment.DECLARED.pop("A_SERVER")


@pytest.mark.parametrize(
    "value",
    ["http://host:port", "http://host:0", "http://host:99999", "http://[::1", "ftp://host", "host", "http://a@host"],
)
def test_what_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_SERVER", value)
    with pytest.raises(SystemExit, match="is not an address"):
        environment.address("A_SERVER", "")
    environment.DECLARED.pop("A_SERVER")
