"""How equally, how soon and how lawfully the floor goes round: ours against three policies people use today.

Worlds and policies of methods, section 3.4. The references must come out as published there, or nothing holds.
"""

from __future__ import annotations

import dataclasses
import statistics
import sys
from collections.abc import Iterable, Sequence

from floor.core.types import Limits
from tests.bench.floor_ours import Ours, Sitting
from tests.bench.floor_references import FIFO, OPENSLIDES, STANFORD, Served
from tests.bench.floor_worlds import CITIZENS, CROWDED, PLENARY, SHY, SIZES, TEAM, ZIPF, Outcome, World
from tests.bench.report import Row, arguments, finish
from tests.core.floor.checker import Checker, Record
from tests.core.floor.law import broken, overdue
from tests.core.floor.scenes import Scene

PUBLISHED: dict[str, tuple[Served, float]] = {
    "fifo": (FIFO, 0.387),
    "openslides_like": (OPENSLIDES, 0.364),
    "stanford_like": (STANFORD, 0.339),
}
"""Gini index of speaking time among eight citizens in 45 minutes."""
NEAR = 0.03
ELSEWHERE: tuple[tuple[World, float], ...] = (
    (TEAM, 0.47), (CROWDED, 0.43), (SHY, 0.59), (ZIPF, 0.48),
    *zip(SIZES, (0.63, 0.56, 0.5, 0.55), strict=True), (PLENARY, 0.56),
)  # fmt: skip
LIMITS = Limits(planned_ms=CITIZENS.minutes * 60_000)
SATURATED = dataclasses.replace(CITIZENS, name="saturated", load=20.0, patience_s=1e9)
SPLITTING = dataclasses.replace(CITIZENS, splits=True)
NEVER_AGED = dataclasses.replace(LIMITS, aging_ms=24 * 3600 * 1000)
ONE_TURN_S = (LIMITS.turn_ms + LIMITS.wrap_ms) / 1000


def references(rooms: int) -> list[Row]:
    """How far each reference is from the published figure, in Gini points."""
    rows = []
    for name, (policy, published) in PUBLISHED.items():
        found = mean_gini(policy.play(CITIZENS.room(seed)) for seed in range(rooms))
        off = round(abs(found - published), 3)
        remark = f"{found:.3f}, published {published}"
        rows.append(Row(f"{name}_off", off, "Gini", NEAR, 0.0, "lower", off, remark=remark))
    return rows


def ours(rooms: int, *, valid: bool) -> list[Row]:
    """Order and limits alone, then with invitations and nudges."""
    bare = played(Ours("open", LIMITS), CITIZENS, rooms)
    balanced = played(Ours("balanced", LIMITS), CITIZENS, rooms)
    waits = sorted(wait for each in balanced for wait, owed in each.outcome.waits if owed)
    idle = [1 - sum(each.outcome.spoken) / each.room.end for each in balanced]
    late = waits[int(0.95 * len(waits))]
    breaches = sum(len(breaches_of(each.log)) for each in (*bare, *balanced))
    return [
        gini_row("gini_open", bare, gate=0.30, target=0.25, valid=valid),
        gini_row("gini_balanced", balanced, gate=0.21, target=0.17, valid=valid),
        Row("owed_wait_p95_s", round(late, 1), "s", 110, 90, "lower", round(waits[-1], 1), valid),
        Row("idle_share", round(statistics.mean(idle), 3), "part", 0.165, 0.14, "lower", round(max(idle), 3), valid),
        Row("violations_played", breaches, "breaches", 0, 0, "lower", breaches, remark=f"{2 * rooms} rooms"),
    ]


def guarantees(rooms: int) -> list[Row]:
    """G4: past the fair share by a turn at most. G5: past the cap by a wrap-up. G6: splitting gains nothing."""
    keen = played(Ours("open", NEVER_AGED), SATURATED, rooms)
    over = max(max(each.outcome.spoken) - statistics.mean(each.outcome.spoken) for each in keen)
    strict = played(Ours("strict", LIMITS), CROWDED, rooms)
    cap = LIMITS.planned_ms * LIMITS.cap_percent / 100_000 / CROWDED.people
    past = max(max(each.outcome.spoken) - cap for each in strict)
    gain = first_spoke(SPLITTING, rooms) / first_spoke(CITIZENS, rooms)
    return [
        Row("overshoot_s", round(over, 1), "s", ONE_TURN_S, 39, "lower", round(over, 1), remark="G4"),
        Row("past_cap_s", round(past, 1), "s", LIMITS.wrap_ms / 1000, 0, "lower", round(past, 1), remark="G5"),
        Row("split_gain", round(gain, 3), "ratio", 1.05, 1.0, "lower", round(gain, 3), remark="G6"),
    ]


def elsewhere(rooms: int, worlds: Sequence[tuple[World, float]], *, valid: bool) -> list[Row]:
    """In the other worlds, and in rooms of other sizes: the index under our rule as a part of the one under Stanford's.
    The targets are the ratios that methods publishes."""
    rows = []
    for world, target in worlds:
        theirs = mean_gini(STANFORD.play(world.room(seed)) for seed in range(rooms))
        found = mean_gini(each.outcome for each in played(Ours("balanced", LIMITS), world, rooms)) / theirs
        part = round(found, 3)
        rows.append(Row(f"to_stanford_{world.name}", part, "ratio", 0.8, target, "lower", part, valid))
    return rows


def first_spoke(world: World, rooms: int) -> float:
    """Seconds of the first person, over rooms in which the queue decides alone."""
    return statistics.mean(each.outcome.spoken[0] for each in played(Ours("open", LIMITS), world, rooms))


def violations(logs: int) -> Row:
    """Breaches of I1 to I9 and G1 to G3 in random logs, read by a checker that shares no code with the floor, whose
    ledger must agree; and logs that do not lead to their floor again. Each number gives a log of anything, and one of
    talk alone, in which the waits of G1 and G2 have a bound in seconds."""
    found = sum(len(broken(Scene(seed).play())) + len(overdue(Scene(seed))) for seed in range(logs))
    return Row("violations", found, "breaches", 0, 0, "lower", found, remark=f"{logs} logs of anything, {logs} of talk")


def breaches_of(log: Iterable[Record]) -> Sequence[str]:
    """What the checker has to say of a log."""
    return Checker(dataclasses.asdict(LIMITS)).read(log).breaches


def played(policy: Ours, world: World, rooms: int) -> list[Sitting]:
    """So many rooms of this world under this policy."""
    return [Sitting(policy, world.room(seed)) for seed in range(rooms)]


def mean_gini(outcomes: Iterable[Outcome]) -> float:
    """Over rooms."""
    return statistics.mean(outcome.gini for outcome in outcomes)


def gini_row(name: str, sittings: Sequence[Sitting], *, gate: float, target: float, valid: bool) -> Row:
    """The mean over rooms, and the worst room."""
    found = [each.outcome.gini for each in sittings]
    return Row(name, round(statistics.mean(found), 3), "Gini", gate, target, "lower", round(max(found), 3), valid)


def main() -> int:
    """Run it."""
    chosen = arguments(__doc__)
    rooms, logs = (16, 200) if chosen.quick else (150, 10_000)
    compared = references(150)
    valid = all(row.holds for row in compared)
    rows = [
        *ours(rooms, valid=valid),
        violations(logs),
        *guarantees(rooms // 2),
        *elsewhere(rooms // 2, ELSEWHERE[:4] if chosen.quick else ELSEWHERE, valid=valid),
        *compared,
    ]
    return finish("floor", rows, packages=("hemicycle",), as_json=chosen.json)


if __name__ == "__main__":
    sys.exit(main())
