"""The words of the simulated people, a file for each language."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path

from rehearsal.core.cast import Script, read_script

FOLDER = Path(__file__).parent


@functools.cache
def scripts() -> Mapping[str, Script]:
    """Every script by its language."""
    found = (read_script(json.loads(file.read_text(encoding="utf-8"))) for file in sorted(FOLDER.glob("*.json")))
    return {script.lang: script for script in found}
