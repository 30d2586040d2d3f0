"""Keys for sealed ballots, made ahead: making one takes about half a second, in which the log would stand still."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

from plenary.core.blind import SigningKey
from plenary.core.rules import Level, Rule

_maker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sealing-keys")
_ahead: deque[Future[SigningKey]] = deque()


def make_ahead(rule: Rule) -> None:
    """Begin to make what a vote under this rule will need; returns at once."""
    _ahead.extend(_maker.submit(SigningKey.new) for each in rule.electorates if each.level is Level.SEALED)


def fresh(rule: Rule) -> dict[str, SigningKey]:
    """A key for each sealed electorate, used nowhere else."""
    return {each.name: _fresh() for each in rule.electorates if each.level is Level.SEALED}


def _fresh() -> SigningKey:
    try:
        return _ahead.popleft().result()
    except IndexError:
        return SigningKey.new()
