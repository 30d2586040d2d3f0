"""What is installed: pinned, hashed, slim, and from no named registry."""

from __future__ import annotations

import importlib.metadata
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ("runtime", "evaluate", "development", "build", "node")
LIMIT_MB = 450


@pytest.mark.parametrize("name", ["torch", "stanza", "spacy"])
def test_what_argos_declares_and_we_never_use_is_absent(name: str) -> None:
    assert find_spec(name) is None


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_and_hashed_and_names_no_host(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = re.split(r"\n(?=\w)", text.strip())
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_the_lock_file_of_the_client_names_no_host() -> None:
    assert '"resolved"' not in (ROOT / "frontend" / "package-lock.json").read_text()


def test_the_runtime_stays_slim() -> None:
    names = re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / "runtime.txt").read_text(), re.MULTILINE)
    files = [file for name in names for file in importlib.metadata.files(name) or []]
    size = sum(path.stat().st_size for file in files if (path := Path(str(file.locate()))).is_file())
    assert size < LIMIT_MB * 1_000_000


def test_plain_pip_would_be_told_why_this_is_not_enough() -> None:
    assert "6 GB" in (ROOT / "requirements" / "README.md").read_text()
