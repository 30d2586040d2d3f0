"""A process that composes rooms: reads a question, tells hundredths of the work, then the answer, a line each.

Started by `rooms.searching` as `python -m rooms.composer`; knows no Django and no table.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys

from kernel import wire
from rooms.core.composition import Question
from rooms.core.composition_search import answer_to

_NICENESS = 5


def main() -> None:
    """Answer one question."""
    with contextlib.suppress(OSError):
        os.nice(_NICENESS)
    question = wire.decode(Question, json.load(sys.stdin))
    _say(wire.encode(answer_to(question, _say)))


def _say(data: object) -> None:
    sys.stdout.write(json.dumps(data) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
