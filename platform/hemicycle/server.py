"""Daphne, started with the limits this product needs, on loopback unless a proxy stands before it."""

from __future__ import annotations

import os
import sys

from django.conf import settings

LIMITS = [
    "--websocket-max-message-size", "65536", "--websocket-max-frame-size", "65536",
    "--ping-interval", "20", "--ping-timeout", "30", "--http-timeout", "60",
    "--application-close-timeout", "10", "--no-server-name",
    "--verbosity", "0",  # no access log: addresses hold personal codes and say who voted when
]  # fmt: skip


def serve() -> int:
    """Replace this process by Daphne on 127.0.0.1; does not return, unless the database is not ready."""
    if not is_ready():
        raise SystemExit("The database is not ready. Run `hemicycle release` first.")
    tell_first_link()
    arguments = [
        sys.executable,
        "-m",
        "daphne",
        "-b",
        "127.0.0.1",
        "-p",
        str(settings.PORT),
        *LIMITS,
        "hemicycle.asgi:application",
    ]
    os.execv(sys.executable, arguments)  # noqa: S606 (our own interpreter, fixed arguments)


def is_ready() -> bool:
    """Whether every migration has run."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def tell_first_link() -> None:
    """Print the one-time link that makes the first account, as long as nobody has one."""
    from accounts.services import first_organiser_link, needs_first_organiser

    if needs_first_organiser():
        print("Nobody can sign in yet. Open this link within a day to make the first account:\n")
        print(f"  {first_organiser_link()}\n", flush=True)


def release() -> None:
    """Bring tables and static files up to this version. Safe to repeat."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
