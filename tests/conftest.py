"""Fixtures every test may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from live import folds, rates


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    """Nothing remembered in memory may travel from one test to the next."""
    folds.forget()
    rates._buckets.clear()
    yield
    folds.forget()
