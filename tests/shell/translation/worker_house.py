"""What two workers do, with tables on PostgreSQL and a bus on Redis: run as a script, prints what it saw as JSON.

They share what is said; then one is killed with texts in hand, and what it held is claimed by the other.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable

import django

ROOT = "plenary.1"
ROUND = 200
COMMAND = [sys.executable, "-m", "hemicycle", "worker"]


def main() -> None:
    """Say, kill, say, and report."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from live.models import Event
    from tests.shell.translation.talk import speak
    from translation import queries, services
    from translation.models import Translation

    services.open_feed(ROOT, "ca")
    workers = [subprocess.Popen(COMMAND) for _ in range(2)]
    try:
        speak("Hola", root=ROOT)
        wait_until(lambda: not queries.pending(), 60)
        time.sleep(3)  # both are up
        for number in range(ROUND):
            speak(f"Who {number}", root=ROOT)
        wait_until(lambda: not queries.pending(), 120)
        who = Counter(text.split()[-1] for text in Translation.objects.values_list("text", flat=True) if "WHO" in text)
        for number in range(ROUND, 2 * ROUND):
            speak(f"Who {number}", root=ROOT)
        wait_until(lambda: queries.pending() < ROUND * 0.9, 60)
        workers[0].kill()
        workers[0].wait()
        left = queries.pending()
        wait_until(lambda: not queries.pending(), 120)
        shares = sorted(who[str(worker.pid)] for worker in workers)
        print(
            json.dumps(
                {"shares": shares, "left": left, "events": Event.objects.filter(stream__name=f"{ROOT}.text.ca").count()}
            )
        )
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def wait_until(true: Callable[[], bool], seconds: float) -> None:
    """Or give up."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


if __name__ == "__main__":
    main()
