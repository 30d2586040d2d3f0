"""A question put to a real worker over the bus on Redis: run as a script, prints the answer."""

from __future__ import annotations

import subprocess
import time

import django

from tests.patience import PATIENCE_S
from tests.shell.translation.worker_house import COMMAND


def main() -> None:
    """Ask until a worker is up, and print what it says."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    worker = subprocess.Popen(COMMAND)
    try:
        print(answer())
    finally:
        worker.kill()
        worker.wait()


def answer() -> str:
    """What the bus tells. Raises `TimeoutError`."""
    import redis
    from django.conf import settings

    from live import bus
    from tests.shell.translation.talk import SCOPE
    from translation import bell

    end = time.monotonic() + PATIENCE_S
    with redis.Redis.from_url(settings.REDIS_URL) as connection, connection.pubsub() as ear:
        ear.subscribe(bus.CHANNEL)
        for attempt in range(int(PATIENCE_S)):
            bus.publish_once(bus.News(told=[(bell.ASK, f"question.{attempt}", "Hola.", "es", "ca", SCOPE)]))
            heard = time.monotonic() + 1.0
            while time.monotonic() < min(heard, end):
                message = ear.get_message(ignore_subscribe_messages=True, timeout=0.1)
                for what, *said in bus.News.parsed(message["data"].decode()).told if message else ():
                    if what == "translation.answer":
                        return str(said[-1])
    raise TimeoutError


if __name__ == "__main__":
    main()
