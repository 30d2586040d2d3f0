"""A process that is killed between the commit of a sitting's event and telling the rooms.

`python -m tests.browser.killed SLUG` plans a sitting, begins it, and ends by SIGKILL before any room has heard of it.
"""

from __future__ import annotations

import os
import signal
import sys

import django


def begin(slug: str) -> None:
    """Does not return."""
    from assemblies.models import Assembly
    from live.services import submit
    from sittings import conductor
    from sittings.core.types import AgendaFill, SittingBegin
    from sittings.services import create_sitting

    stream = create_sitting(Assembly.objects.get(slug=slug).pk)
    submit(stream, AgendaFill("short"))
    conductor.wake = lambda assembly_id: os.kill(os.getpid(), signal.SIGKILL)  # what would tell them
    submit(stream, SittingBegin())


if __name__ == "__main__":
    django.setup()
    begin(sys.argv[1])
