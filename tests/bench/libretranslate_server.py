"""The real LibreTranslate with `SplitAtMarks`, run by an interpreter that has it: `libretranslate_server.py PORT`."""

from __future__ import annotations

import sys

from splitting import SplitAtMarks

del sys.path[0]  # this folder, which has a libretranslate.py of its own

import argostranslate.sbd  # noqa: E402
import argostranslate.translate  # noqa: E402
from libretranslate.main import main  # noqa: E402

for module in (argostranslate.sbd, argostranslate.translate):
    module.MiniSBDSentencizer = SplitAtMarks

sys.argv[1:] = ["--host", "127.0.0.1", "--port", sys.argv[1], "--disable-web-ui", "--char-limit", "1000"]
main()
