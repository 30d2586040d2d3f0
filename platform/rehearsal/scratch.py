"""A scratch house for one rehearsal: a folder, a database of its own, the environment that points there."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from kernel.clock import wall
from rehearsal.processes import free_ports


@contextlib.contextmanager
def scratch_house(*, speed: int, processes: int, environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The variables of a rehearsal's processes; folder and database are gone afterwards.

    SQLite, unless `DATABASE_URL` and `REDIS_URL` are both set: then a database of its own on that server.
    """
    folder = Path(tempfile.mkdtemp(prefix="hemicycle-rehearsal-"))
    ports = free_ports(processes)
    try:
        with _database(folder, environment) as database:
            yield {
                "HEMICYCLE_STATE": str(folder),
                "DATABASE_URL": database,
                "REDIS_URL": environment.get("REDIS_URL", "") if uses_servers(environment) else "",
                "BASE_URL": f"http://127.0.0.1:{ports[0]}",
                "SECRET_KEY": secrets.token_urlsafe(40),
                "REHEARSAL": "1",
                "CIVIC_CLOCK_RATE": str(speed),
                "CIVIC_CLOCK_EPOCH": str(wall()),
                "TRANSLATION_PACKAGES_DIR": environment.get("TRANSLATION_PACKAGES_DIR", str(_packages(environment))),
                "REHEARSAL_PORTS": ",".join(map(str, ports)),
                "LOG_LEVEL": environment.get("LOG_LEVEL", "WARNING"),
            }
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def uses_servers(environment: Mapping[str, str]) -> bool:
    """Whether PostgreSQL and Redis are at hand."""
    return bool(environment.get("DATABASE_URL") and environment.get("REDIS_URL"))


def _packages(environment: Mapping[str, str]) -> Path:
    """The language packages that are installed for the product itself."""
    return Path(environment.get("HEMICYCLE_STATE") or "var").resolve() / "languages"


@contextlib.contextmanager
def _database(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    if not uses_servers(environment):
        yield f"sqlite:///{folder / 'rehearsal.sqlite3'}"
        return
    url, name = environment["DATABASE_URL"], f"rehearsal_{secrets.token_hex(6)}"
    _run(url, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        _run(url, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _run(url: str, statement: sql.Composed) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def inherited() -> Mapping[str, str]:
    """The environment this process was started with."""
    return dict(os.environ)
