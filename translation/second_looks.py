"""A second look at what is shown already: sentences near a doubt are brought back to their language and compared.

Only while there is little to do, after everything else in every queue, and only over a way back that is not rough: what
cannot be looked at again stays as it is. A look that is lost with its process is not repeated.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import NamedTuple

from live.services import in_turn
from translation import leases, services
from translation.core.doubt import Doubt
from translation.core.queue import Urgency
from translation.core.routes import Route
from translation.core.way_back import says_otherwise
from translation.leases import Leased
from translation.relay import Job, Outcome, Relay

MOST_HELD = 8
"""Texts in hand above which a dispatcher has no time for second looks."""
MOST_LOOKS = 8
"""Looks on their way at a time."""


class _Look(NamedTuple):
    leased: Leased
    originals: tuple[str, ...]
    back: str | None


class SecondLooks:
    """The looks of one dispatcher. `take` and `store` are for its thread."""

    def __init__(self, relay: Relay, route: Callable[[str, str], Route | None], ring: Callable[[], None]) -> None:
        self._relay = relay
        self._route = route
        self._ring = ring
        self._come: queue.SimpleQueue[_Look] = queue.SimpleQueue()
        self.under_way = 0

    def take(self, leased: Leased, outcome: Outcome, *, held: int) -> None:
        """Look again at a text that has been told, if it deserves it and there is time."""
        if not outcome.unsettled or held > MOST_HELD or self.under_way >= MOST_LOOKS:
            return
        way = self._route(leased.target, leased.source)
        if way is None or way.rough:
            return
        originals = tuple(before for before, _ in outcome.unsettled)
        text = "\n".join(after for _, after in outcome.unsettled)
        names = leases.names_of([leased.scope]).get(leased.scope, ())

        def arrived(_: str, back: Outcome) -> None:
            self._come.put(_Look(leased, originals, back.text))
            self._ring()

        self.under_way += 1
        routes = {leased.source: way}
        self._relay.bring(Job(text, leased.target, names, routes, leased.root, Urgency.SECOND_LOOK, arrived))

    def store(self) -> None:
        """Mark what says something else on its way back."""
        for _ in range(self._come.qsize()):
            look = self._come.get()
            self.under_way -= 1
            if _says_otherwise(look):
                in_turn(services.doubt_further, look.leased.key, Doubt.MEANING)


def _says_otherwise(look: _Look) -> bool:
    """Whether any of its sentences does; what did not come back sentence for sentence tells nothing."""
    lines = look.back.split("\n") if look.back else []
    if len(lines) != len(look.originals):
        return False
    return any(says_otherwise(*each, look.leased.source) for each in zip(look.originals, lines, strict=True))
