"""What must be true of a floor and its log, whatever happened: the invariants, two ledgers that agree, and replay."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from floor.core import ledger
from floor.core.types import Limits
from tests.core.floor.checker import PRIOR, Checker
from tests.core.floor.scenes import TALK, Scene
from tests.core.floor.sitting import Sitting

LIMITS = Limits()
CYCLE_MS = max(LIMITS.offer_ms + LIMITS.prolong_ms, LIMITS.hold_ms) + LIMITS.turn_ms + LIMITS.wrap_ms + LIMITS.gap_ms
"""The longest way from one call to the next while somebody waits: offer or invitation, turn, wrap-up, gap."""


def broken(sitting: Sitting) -> list[str]:
    """Every breach of I1 to I9 and of G1 and G3 in a log; of I2 in every mode but `free`, in which several speak at
    once; and whatever the floor books otherwise than an independent ledger, or otherwise than its own log."""
    checker = Checker(dataclasses.asdict(LIMITS), sitting.weights).read(sitting.records())
    floor, confided = sitting.floor, sitting.confided
    booked = floor.idle_ms, floor.gap_ms, floor.held_ms, floor.paused_ms
    spoken = sum(account.total_ms for account in floor.people.values()) - checker.corrected
    checks = {
        "I2 time outside of turns": booked == (checker.idle, checker.gap, checker.held, checker.pause),
        "I2 every millisecond once": checker.was_free or sum(booked) + spoken == checker.opened_for,
        "totals": all(each.total_ms == checker.total.get(key, 0) for key, each in floor.people.items()),
        "debts": all(
            abs(checker.owed(key) - Fraction(ledger.owed_us(confided, key), 1000)) < 1 for key in confided.people
        ),
        "replay": sitting.replayed() == floor,
    }
    return [*checker.breaches, *(name for name, holds in checks.items() if not holds)]


def overdue(scene: Scene) -> list[str]:
    """G1 and G2 in seconds, with c = `CYCLE_MS` and n people of whom nobody leaves and nobody is the chair.

    What waits is a hand while its owner does not speak. The prior classes are counted apart, offer to gap (G1).

    When a hand of somebody owed time goes up, what goes on lasts at most c: an offer, a turn with its limit now set,
    or an invitation that is accepted. Its speaker's next hand waits from the end of that turn and so comes later. Each
    other person is called at most once before (the first list goes by hands, and nobody is invited while it is not
    empty), at most c each: (n - 1) c. After the owner's own turn, the gap goes on instead: g + (n - 1) c.

    Any hand is on the first list after A, and whoever speaks from then on asks again after it: A + g + (n - 1) c.
    """
    sitting = scene.play((*TALK, *PRIOR, "prolong"), mode=("open", "balanced")[scene.seed % 2])
    checker = Checker(dataclasses.asdict(LIMITS)).read(sitting.records())
    others = LIMITS.gap_ms + (scene.people - 1) * CYCLE_MS
    waits = {"G1": checker.longest_protected_wait <= others, "G2": checker.longest_wait <= LIMITS.aging_ms + others}
    return [*broken(sitting), *(name for name, holds in waits.items() if not holds)]
