"""The checker finds what it is there to find: each of these policies breaks a promise, and some log shows it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from floor.core import chairing, machine, policy, steps
from floor.core.types import Account, FloorState, Limits, Request
from tests.core.floor import checker
from tests.core.floor.checker import Checker
from tests.core.floor.scenes import Scene

rank, start_turn = policy._rank, steps.start_turn


def by_hands(floor: FloorState, request: Request, at: int) -> policy.Rank:
    return (0, 0, request.asked_at)


def never_aged(floor: FloorState, request: Request, at: int) -> policy.Rank:
    return rank(replace(floor, limits=replace(floor.limits, aging_ms=10**9)), request, at)


def classless(floor: FloorState, request: Request, at: int) -> policy.Rank:
    return rank(floor, replace(request, kind="normal"), at)


def here_or_not(floor: FloorState, key: str) -> bool:
    return key in floor.people and not floor.people[key].muted


def muted_or_not(floor: FloorState, key: str) -> bool:
    return key in floor.people and floor.people[key].present


def without_departure(floor: FloorState, key: str, at: int, **rest: Any) -> Any:
    return start_turn(floor, key, at, **{**rest, "departs": False})


def forgiving(account: Account) -> bool:
    return account.turns > 0


FAULTS: dict[str, tuple[object, str, object]] = {
    "first come, first served": (policy, "_rank", by_hands),
    "the second list goes first": (policy, "_SECOND", -1),
    "nobody ever joins the first list by waiting": (policy, "_rank", never_aged),
    "no class goes before another": (policy, "_rank", classless),
    "people are called while they are away": (policy, "can_speak", here_or_not),
    "people are called while they are muted": (policy, "can_speak", muted_or_not),
    "a turn has no end": (policy, "length_ms", lambda floor, turn, at: None),
    "a departure is not in the log": (chairing, "start_turn", without_departure),
    "a lost connection costs the place at once": (
        machine, "_kept_until",
        lambda floor: {each.member: floor.people[each.member].left_at for each in floor.queue
                       if floor.people[each.member].left_at is not None},
    ),
    "who lets offers go by keeps coming first": (policy, "_had_a_chance", forgiving),
    "anybody is invited, owed time or not": (policy, "_may_be_invited", lambda floor, key, at: key in floor.people),
    "the cap binds nobody": (policy, "has_used_up", lambda floor, key: False),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_policy_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, what, faulty = FAULTS[name]
    monkeypatch.setattr(where, what, faulty)
    assert any(is_caught(Scene(seed).play) for seed in range(200))


def is_caught(play: Callable[[], Any]) -> bool:
    return bool(Checker(asdict(Limits())).read(play().records()).breaches)


def test_the_checker_imports_nothing_of_the_floor() -> None:
    tree = ast.parse(Path(checker.__file__).read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported & {"floor", "rooms", "live"} == {name for name in imported if name.startswith("floor")} == set()
