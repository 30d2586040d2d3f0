"""Many rows where every microsecond counts: one prepared statement, plain values, no model instances."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

T = TypeVar("T")


def insert(
    model: type[Model], fields: tuple[str, ...], rows: Iterable[Sequence[Any]], *, skip_known: bool = False
) -> None:
    """Insert rows of plain values in the order of `fields`; JSON fields as text, every column without a default named.

    Four to five times cheaper than `bulk_create`. With `skip_known` rows that a constraint knows already stay as
    they are.
    """
    values = list(rows)
    if not values:
        return
    names = _columns(model, fields)
    ending = " ON CONFLICT DO NOTHING" if skip_known else ""
    statement = f'INSERT INTO "{model._meta.db_table}" ({", ".join(names)}) VALUES ({_marks(names)}){ending}'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def select(
    model: type[Model], fields: tuple[str, ...], *, lock: bool = False, **among: Collection[Any]
) -> list[tuple[Any, ...]]:
    """Rows whose columns are among the values given for each, in any order; JSON fields as text.

    A third of what the same costs through a query set. With `lock` they are locked, in the order of their keys,
    until the transaction ends.
    """
    if not all(among.values()):
        return []
    asked = [rounded(values) for values in among.values()]
    named = zip(_columns(model, tuple(among)), asked, strict=True)
    conditions = " AND ".join(f"{name} IN ({_marks(values)})" for name, values in named)
    locks = lock and connection.features.has_select_for_update
    ending = f" ORDER BY {_columns(model, (model._meta.pk.name,))[0]} FOR UPDATE" if locks else ""
    wanted = ", ".join(_columns(model, fields))
    statement = f'SELECT {wanted} FROM "{model._meta.db_table}" WHERE {conditions}{ending}'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for values in asked for value in values])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def rounded(values: Collection[T]) -> list[T]:
    """These values, the last of them repeated until their number is a power of two.

    A statement that asks for any number of values then has a dozen spellings, and a connection keeps all of them
    prepared.
    """
    known = [*values]
    return known + known[-1:] * ((1 << (len(known) - 1).bit_length()) - len(known)) if known else known


def lock(model: type[Model], **among: Collection[Any]) -> None:
    """Lock rows as `select` does, where a database locks rows at all: SQLite's writers wait for each other anyway."""
    if connection.features.has_select_for_update:
        select(model, (model._meta.pk.name,), lock=True, **among)


def _marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


@lru_cache(maxsize=256)
def _columns(model: type[Model], fields: tuple[str, ...]) -> tuple[str, ...]:
    """The quoted columns of these fields, in the spelling that SQLite and PostgreSQL share."""
    return tuple(f'"{model._meta.get_field(name).column or name}"' for name in fields)  # type: ignore[union-attr]
