"""An independent reading of a floor's log: its own ledger in exact fractions, its own idea of who comes next.

Knows the names and fields of events and the policy as `methods` states it; imports nothing of the floor.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Record = tuple[int, str, Mapping[str, Any]]
HAIR = Fraction(1)
"""Debts nearer to zero than this many milliseconds are not judged: the machine rounds to microseconds."""
DROPPED = ("declined", "timeout")
PRIOR = ("interposed", "intervention", "order")


@dataclass
class Hand:
    """A raised hand, how long it has waited, and who was called before it if it is under guarantee G1."""

    asked: int
    protected: bool
    ahead: int = 0
    """The later the chair put it there, the higher."""
    waited: int = 0
    """Without pauses, points of order and what its owner spoke meanwhile: what G1 and G2 count."""
    before: dict[str, int] = field(default_factory=dict)


@dataclass
class Checker:
    """Reads a log record by record and notes every breach of an invariant or guarantee."""

    limits: Mapping[str, int]
    weights: Mapping[str, int] = field(default_factory=dict)
    """Percent of an equal part, as nobody in the room knows it."""
    breaches: list[str] = field(default_factory=list)
    now: int = 0
    status: str = "closed"
    paused: bool = False
    mode: str = "balanced"
    member: str | None = None
    until: int = 0
    speakers: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    muted: set[str] = field(default_factory=set)
    left_at: dict[str, int] = field(default_factory=dict)
    spoken: dict[str, Fraction] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    fair: dict[str, Fraction] = field(default_factory=dict)
    carried: dict[str, Fraction] = field(default_factory=dict)
    groups: dict[str, set[str]] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    corrected: int = 0
    chances: set[str] = field(default_factory=set)
    lasting: set[str] = field(default_factory=set)
    """Those of `chances` who do not lose it if what they say now is no turn."""
    speech_since: dict[str, int] = field(default_factory=dict)
    orders: dict[str, int] = field(default_factory=dict)
    hands: dict[tuple[str, str], Hand] = field(default_factory=dict)
    idle: int = 0
    gap: int = 0
    held: int = 0
    gap_end: int = 0
    accepted: bool = False
    """Whoever is called has said so in the gap."""
    pause: int = 0
    opened_for: int = 0
    turn_kind: str = "normal"
    turn_since: int = 0
    others_since: int | None = None
    extended: bool = False
    lag: int = 0
    slowest: int = 100
    list_closed: bool = False
    uninvited: set[str] = field(default_factory=set)
    prolonged: bool = False
    round: list[str] | None = None
    then: str = "balanced"
    suspended: dict[str, Any] | None = None
    """The turn that stands still for a question: whose, its kind and moments."""
    longest_wait: int = 0
    longest_protected_wait: int = 0
    was_free: bool = False
    """For a time several could speak at once."""

    def read(self, records: Iterable[Record]) -> Checker:
        """Judge a whole log."""
        for at, name, data in records:
            self._advance(at)
            getattr(self, "_" + name.replace(".", "_"))(data)
            self._watch_turn()
        return self

    # --- time

    def _advance(self, at: int) -> None:
        elapsed, self.now = at - self.now if self.now else 0, at
        self._expect(elapsed >= 0, "time runs backwards")
        if self.status == "closed":
            return
        self.opened_for += elapsed
        self._wait(elapsed)
        if self.paused:
            self._stand_still(elapsed)
        elif self.status in ("turn", "wrap"):
            self._speak({self.member or ""}, elapsed)
        elif self.status == "idle":
            self._speak(self.speakers, elapsed)
            self.idle += 0 if self.speakers else elapsed
        elif self.status == "held":
            early = min(elapsed, max(0, self.gap_end - (at - elapsed)))
            self.gap, self.held = self.gap + early, self.held + elapsed - early
        else:
            setattr(self, self.status, getattr(self, self.status) + elapsed)

    def _wait(self, elapsed: int) -> None:
        offered = self.offered_by[1] if self.offered_by and self.offered_by[0] == "queue" else "normal"
        brief = (offered if self.status == "held" else self.turn_kind) in PRIOR
        if self.paused or (brief and self.status in ("held", "turn", "wrap", "gap")):
            return
        for (key, kind), hand in self.hands.items():
            if kind == "normal" and key not in (self.member, self._suspended_member()):
                hand.waited += elapsed
                self.longest_wait = max(self.longest_wait, hand.waited)
                if hand.protected:
                    self.longest_protected_wait = max(self.longest_protected_wait, hand.waited)

    def _stand_still(self, elapsed: int) -> None:
        self.pause += elapsed
        self.until += elapsed
        self.gap_end += elapsed
        self.turn_since += elapsed
        if self.suspended:
            for moment in ("turn_since", "since", "until"):
                self.suspended[moment] += elapsed
        self.others_since = None if self.others_since is None else self.others_since + elapsed
        for hand in self.hands.values():
            hand.asked += elapsed
        self.left_at = {key: at + elapsed for key, at in self.left_at.items()}

    def _speak(self, speakers: set[str], elapsed: int) -> None:
        for name, members in self.groups.items():
            self.left[name] -= elapsed * len(speakers & members)
        for key in speakers:
            self.spoken[key] = self.spoken.get(key, Fraction()) + elapsed
            self.total[key] = self.total.get(key, 0) + elapsed
        for key in self.present:
            self.fair[key] = self.fair.get(key, Fraction()) + len(speakers) * elapsed * self._part(key)

    def _part(self, key: str) -> Fraction:
        """What this person is to have of what is spoken now."""
        everybody = sum(self.weights.get(each, 100) for each in self.present | {key})
        return Fraction(self.weights.get(key, 100), everybody)

    def owed(self, key: str) -> Fraction:
        """Milliseconds owed now."""
        return self.carried.get(key, Fraction()) + self.fair.get(key, Fraction()) - self.spoken.get(key, Fraction())

    # --- who comes next

    def _suspended_member(self) -> str | None:
        return self.suspended["member"] if self.suspended else None

    def _callable(self) -> list[tuple[str, str]]:
        holder = self.member if self.status in ("turn", "wrap") else None
        able = {key for key in self.present - self.muted - {holder, self._suspended_member()} if not self._used_up(key)}
        kinds = PRIOR if self.round is not None else ("normal", *PRIOR)
        return [(key, kind) for key, kind in self.hands if key in able and kind in kinds]

    def cap(self, key: str) -> int | None:
        """Milliseconds that this person may speak in this item, where the mode says so."""
        planned = self.limits["planned_ms"] * self.limits["cap_percent"]
        return int(planned * self._part(key) / 100) if self.mode == "strict" else None

    def _used_up(self, key: str) -> bool:
        cap = self.cap(key)
        return cap is not None and self.spoken.get(key, 0) >= cap

    def _going_around(self) -> list[str]:
        """Those still to be called in the round who could be called now."""
        holder = self.member if self.status in ("turn", "wrap") else None
        return [key for key in self.round or [] if key in self.present - self.muted - {holder}]

    def _awaited(self) -> bool:
        return bool(self._callable() or self._going_around() or self.suspended)

    def _place(self, request: tuple[str, str]) -> tuple[int, int, Fraction, int]:
        key, kind = request
        hand = self.hands[request]
        if kind in PRIOR:
            return (0, PRIOR.index(kind), Fraction(), hand.asked)
        if hand.ahead:
            return (0, len(PRIOR), Fraction(-hand.ahead), hand.asked)
        if self.owed(key) >= 0:
            return (1, int(key in self.chances), Fraction(), hand.asked)
        if self.now - hand.asked >= self.limits["aging_ms"]:
            return (1, 1, Fraction(), hand.asked + self.limits["aging_ms"])
        return (2, 0, -self.owed(key), hand.asked)

    def next_in_line(self) -> str | None:
        """Whom the policy calls; None when nobody waits."""
        hands = [key for key, _ in sorted(self._callable(), key=self._place)]
        return next(iter([*hands, *self._going_around()]), None)

    def _doubtful(self) -> bool:
        debts = sorted(self.owed(key) for key, _ in self._callable())
        close = any(0 < right - left < HAIR for left, right in itertools.pairwise(debts))
        return close or any(0 < abs(debt) < HAIR for debt in debts)

    # --- breaches

    def _expect(self, holds: bool, breach: str) -> None:
        if not holds:
            self.breaches.append(f"{self.now}: {breach}")

    def _watch_turn(self) -> None:
        """I6: nobody holds the floor past limit and wrap-up while somebody waits, unless extended."""
        self.was_free = self.was_free or self.mode == "free"
        others = self.status in ("turn", "wrap") and self._awaited()
        self.others_since = (self.now if self.others_since is None else self.others_since) if others else None
        if self.others_since is None or self.extended:
            return
        length = self.limits["turn_ms"] if self.turn_kind == "normal" else self.limits["brief_ms"]
        length = length * self.slowest * self.weights.get(self.member or "", 100) // 10_000
        last = max(self.turn_since + length, self.others_since) + self.limits["wrap_ms"]
        self._expect(self.paused or self.now <= last, f"I6 {self.member} speaks past limit and wrap-up")

    def _called(self, key: str, *, by_queue: bool, departs: bool) -> None:
        self._expect(key in self.present, f"I8 {key} is called while away")
        self._expect(key not in self.muted, f"{key} is called while muted")
        wanted = self.next_in_line()
        if self._doubtful():
            return
        if by_queue:
            self._expect(key == wanted, f"I5 I7 G3 {key} is called before {wanted}")
        else:
            self._expect(departs == (wanted is not None and wanted != key), f"I9 call of {key} against {wanted}")

    def _count_call(self, key: str, step: int) -> None:
        """G1: before somebody owed time, each other person is called at most once."""
        for (waiting, kind), hand in self.hands.items():
            if hand.protected and kind == "normal" and waiting != key:
                hand.before[key] = hand.before.get(key, 0) + step
                self._expect(hand.before[key] <= 1, f"G1 {key} is called twice before {waiting}")

    def _unprotect(self, key: str | None = None) -> None:
        for (member, _), hand in self.hands.items():
            hand.protected = hand.protected and key not in (None, member)

    # --- events

    def _hand_raised(self, data: Mapping[str, Any]) -> None:
        request = (data["member"], data["kind"])
        self._expect(request not in self.hands, f"I4 {request} twice")
        self._expect(data["member"] in self.present - self.muted, "a hand of somebody away or muted")
        used = self.orders.get(data["member"], 0) + sum((data["member"], kind) in self.hands for kind in PRIOR)
        self._expect(data["kind"] not in PRIOR or used < self.limits["orders"], f"{request} after {used} of its kind")
        self._expect(data["kind"] != "normal" or not self.list_closed, f"{request} on a closed list")
        silent = self.status not in ("turn", "wrap") or self.member != data["member"]
        self.hands[request] = Hand(self.now, silent and self.owed(data["member"]) >= 0)

    def _hand_advanced(self, data: Mapping[str, Any]) -> None:
        before = max((hand.ahead for hand in self.hands.values()), default=0)
        for (member, _), hand in self.hands.items():
            hand.ahead = before + 1 if member == data["member"] else hand.ahead
        self._unprotect()

    def _time_corrected(self, data: Mapping[str, Any]) -> None:
        key, ms = data["member"], data["ms"]
        self.spoken[key] = self.spoken.get(key, Fraction()) + ms
        self.total[key] = self.total.get(key, 0) + ms
        self.corrected += ms
        for name, members in self.groups.items():
            self.left[name] -= ms * (key in members)
        if self.suspended and self.suspended["member"] == key:
            self.suspended["spoken"] += ms
        self._expect(self.spoken[key] >= 0, f"{key} has less than no time")
        self._unprotect()

    def _group_formed(self, data: Mapping[str, Any]) -> None:
        members = set(data["members"])
        self.groups = {name: held - members for name, held in self.groups.items() if name != data["group"]}
        if members:
            self.groups[data["group"]], self.left[data["group"]] = members, data["budget_ms"]

    def _group_compensated(self, data: Mapping[str, Any]) -> None:
        over = -self.left[data["group"]]
        self._expect(over == data["ms"] > 0, f"{data} where the overrun is {over}")
        for name in self.groups:
            self.left[name] += data["ms"]

    def _pace_changed(self, data: Mapping[str, Any]) -> None:
        self.slowest = max(100, *data["paces"].values(), 100)

    def _lag_changed(self, data: Mapping[str, Any]) -> None:
        self.lag = data["lag_ms"]

    def _list_closed(self, data: Mapping[str, Any]) -> None:
        self.list_closed = True

    def _list_opened(self, data: Mapping[str, Any]) -> None:
        self.list_closed = False

    def _invitations_stopped(self, data: Mapping[str, Any]) -> None:
        self.uninvited.add(data["member"])

    def _invitations_allowed(self, data: Mapping[str, Any]) -> None:
        self.uninvited.discard(data["member"])

    def _hand_lowered(self, data: Mapping[str, Any]) -> None:
        member, kind = data["member"], data["kind"]
        if data["reason"] == "left" and kind is None:
            kept = self.now - self.left_at.get(member, 0)
            self._expect(kept == self.limits["keep_ms"], f"I8 the place of {member} was kept {kept} ms")
        gone = {request for request in self.hands if request[0] == member and kind in (None, request[1])}
        self._expect(bool(gone), f"{member} lowers a hand of kind {kind} that is not up")
        self.hands = {request: hand for request, hand in self.hands.items() if request not in gone}

    def _floor_held(self, data: Mapping[str, Any]) -> None:
        member = data["member"]
        self._expect(member in self.present - self.muted, f"I8 {member} is invited while away or muted")
        self._expect(member not in self.uninvited and not self.list_closed, f"{member} is invited against the wish")
        self._expect(self.owed(member) > -HAIR, f"{member} is invited though over the share")
        wanted = min(self._callable(), key=self._place)
        far = self._place(wanted)[0] == 2 and self.owed(wanted[0]) < HAIR - self.limits["over_ms"]
        self._expect(far or self._doubtful(), f"{member} is invited before {wanted}")
        self._expect_gap(data)
        self.status, self.member, self.until = "held", member, data["until"]

    def _expect_gap(self, data: Mapping[str, Any]) -> None:
        """A call in the gap says when it ends, and nobody over the share is called in it; the chair's call ends it."""
        is_early = self.status == "gap" and self.now < self.gap_end
        if data.get("reason") == "call":
            self.gap_end = self.now
        elif is_early and data.get("reason") == "queue" and not self._doubtful():
            self._expect(self._place((data["member"], data["kind"]))[0] != 2, f"{data} over the share, in the gap")
        wanted = self.gap_end if is_early and data.get("reason") != "call" else None
        self._expect(data["gap_until"] == wanted, f"{data} where the gap ends at {wanted}")

    def _floor_offered(self, data: Mapping[str, Any]) -> None:
        by_queue = data["reason"] != "call"
        self._called(data["member"], by_queue=by_queue, departs=data["departs"])
        if data["reason"] == "queue" and data["kind"] == "normal":
            self._count_call(data["member"], 1)
        self._expect_gap(data)
        self.offered_by, self.prolonged = (data["reason"], data["kind"]), False
        self.status, self.member, self.until = "held", data["member"], data["until"]

    offered_by: tuple[str, str] | None = None

    def _offer_accepted(self, data: Mapping[str, Any]) -> None:
        self._expect(self.status == "held" and data["member"] == self.member, "somebody else's offer is accepted")
        self._expect(self.now < self.gap_end, "an offer waits for a gap that is over")
        self.until, self.accepted = self.gap_end, True

    def _offer_prolonged(self, data: Mapping[str, Any]) -> None:
        longer = data["until"] - self.until
        self._expect(longer == self.limits["prolong_ms"] and not self.prolonged, f"an offer grows by {longer} ms")
        self.until, self.prolonged = data["until"], True

    def _offer_lapsed(self, data: Mapping[str, Any]) -> None:
        self._expect(data["member"] == self.member, "an offer to somebody else lapses")
        if data["reason"] == "timeout":
            self._expect(self.now == self.until, "an offer lapses before its time")
        if self.offered_by == ("round", "normal"):
            self._go(data["member"] if data["reason"] in DROPPED else None)
        elif self.offered_by and data["reason"] in DROPPED:
            self.chances.add(data["member"])
            self._count_order(data["member"], self.offered_by[1])
        elif self.offered_by and data["reason"] == "left":
            self._count_order(data["member"], self.offered_by[1])
        if self.offered_by == ("queue", "normal") and data["reason"] not in DROPPED:
            self._count_call(data["member"], -1)
        self.status, self.member, self.offered_by = "gap" if self.now < self.gap_end else "idle", None, None
        self.accepted = False

    def _turn_started(self, data: Mapping[str, Any]) -> None:
        member = data["member"]
        self._expect(self.status not in ("turn", "wrap"), f"I1 {member} speaks into the turn of {self.member}")
        if self.status == "held":
            self._expect(member == self.member, f"{member} takes what was offered to {self.member}")
            self._expect(not self.accepted or self.now == self.until, f"{member} does not begin when the gap ends")
        else:
            self._called(member, by_queue=False, departs=data["departs"])
        self._go(None if data["kind"] in PRIOR else member)
        self.hands.pop((member, data["kind"]), None)
        self.chances.add(member)
        self._count_order(member, data["kind"])
        self.status, self.member, self.offered_by, self.accepted = "turn", member, None, False
        self.turn_kind, self.turn_since, self.extended = data["kind"], self.now, False

    def _turn_suspended(self, data: Mapping[str, Any]) -> None:
        is_theirs = self.status in ("turn", "wrap") and data["member"] == self.member
        self._expect(is_theirs, f"I1 {data} without a turn of theirs")
        self._expect(self.suspended is None, "a question to a question")
        self.suspended = {
            "member": self.member, "kind": self.turn_kind, "turn_since": self.turn_since, "since": self.now,
            "status": self.status, "until": self.until, "extended": self.extended,
            "spoken": self.total.get(self.member or "", 0),
        }  # fmt: skip
        self.status, self.member = "idle", None

    def _turn_resumed(self, data: Mapping[str, Any]) -> None:
        held = self.suspended or {}
        self._expect(data["member"] == held["member"], "somebody else's turn goes on")
        self._expect(self.member is None, "a turn goes on into another")
        self._expect(self.total.get(held["member"], 0) == held["spoken"], "a question cost its addressee time")
        for (member, _), hand in self.hands.items():
            if member == held["member"] and hand.asked >= held["turn_since"]:
                hand.asked += self.now - max(hand.asked, held["since"])
        self.status, self.member, self.turn_kind = held["status"], held["member"], held["kind"]
        self.until = held["until"] + self.now - held["since"]
        self.turn_since = held["turn_since"] + self.now - held["since"]
        self.extended, self.others_since, self.suspended = held["extended"], None, None

    def _turn_limited(self, data: Mapping[str, Any]) -> None:
        self.status = "turn"

    def _turn_extended(self, data: Mapping[str, Any]) -> None:
        self.status, self.extended = "turn", True

    def _turn_wrapping(self, data: Mapping[str, Any]) -> None:
        is_capped = self._used_up(data["member"])
        self._expect(self._awaited() or is_capped, "a turn is wrapped up though nobody waits")
        self.status, self.until = "wrap", data["ends_at"]

    def _turn_ended(self, data: Mapping[str, Any]) -> None:
        if self.suspended and data["member"] == self.suspended["member"]:
            turn_since, self.turn_since = self.turn_since, self.suspended["turn_since"]
            self._join(data["member"])
            self.turn_since, self.suspended = turn_since, None
            return
        self._expect(data["member"] == self.member, "somebody else's turn ends")
        if data["reason"] == "limit":
            self._expect(self.status == "wrap" and self.now == self.until, "a turn is cut before its time")
        if data["gap_until"]:
            wanted = max(self.limits["gap_ms"], min(self.lag, self.limits["max_gap_ms"]))
            self._expect(data["gap_until"] == self.now + wanted, "the gap is not as long as the lag asks for")
        self._join(data["member"])
        self.status, self.member = ("gap" if data["gap_until"] else "idle"), None
        self.gap_end = data["gap_until"] or self.now

    def _count_order(self, key: str, kind: str) -> None:
        """A point of order is used up by being made and by letting its offer go by."""
        self.orders[key] = self.orders.get(key, 0) + (kind in PRIOR)

    def _join(self, key: str) -> None:
        """A hand raised in one's own turn waits from its end, behind whoever waits; an older one stays under G1 only
        while time is owed: the guarantee rests on what is owed not falling during the wait, and an own point of order
        makes it fall."""
        for request, hand in [*self.hands.items()]:
            if request[0] != key:
                continue
            if hand.asked >= self.turn_since:
                self.hands[request] = self.hands.pop(request)
                hand.asked, hand.waited, hand.before, hand.protected = self.now, 0, {}, True
            hand.protected = hand.protected and self.owed(key) >= HAIR

    def _floor_opened(self, data: Mapping[str, Any]) -> None:
        self.status = "idle"

    def _floor_closed(self, data: Mapping[str, Any]) -> None:
        self.status, self.hands = "closed", {}
        self.mode, self.round = (self.mode if self.round is None else self.then), None

    def _floor_paused(self, data: Mapping[str, Any]) -> None:
        self.paused = True

    def _floor_resumed(self, data: Mapping[str, Any]) -> None:
        self.paused = False

    def _floor_changed(self, data: Mapping[str, Any]) -> None:
        self.mode, self.limits = data["mode"], data["limits"]
        self.round = self.round if self.mode == "round" else None
        self._unprotect()

    def _round_started(self, data: Mapping[str, Any]) -> None:
        self._expect(set(data["members"]) == self.present, "not everybody here is in the round")
        self.round, self.then = list(data["members"]), data["then"]

    def _round_ended(self, data: Mapping[str, Any]) -> None:
        self._expect(not self._going_around(), f"the round ends before {self.round}")
        self.mode, self.round = self.then, None

    def _go(self, member: str | None) -> None:
        """This person's go in the round is used."""
        if self.round is not None:
            self.round = [key for key in self.round if key != member]

    def _member_muted(self, data: Mapping[str, Any]) -> None:
        self.muted.add(data["member"])

    def _member_unmuted(self, data: Mapping[str, Any]) -> None:
        self.muted.discard(data["member"])

    def _member_arrived(self, data: Mapping[str, Any]) -> None:
        if self.round is not None and data["member"] not in self.known:
            self.round.append(data["member"])
        self.known.add(data["member"])
        self.present.add(data["member"])
        self.left_at.pop(data["member"], None)

    def _member_left(self, data: Mapping[str, Any]) -> None:
        busy = (self.member, self._suspended_member(), *self.speakers)
        self._expect(data["member"] not in busy, "somebody who left still has the floor")
        self.present.discard(data["member"])
        self.left_at[data["member"]] = self.now
        self._unprotect(data["member"])

    def _speech_started(self, data: Mapping[str, Any]) -> None:
        self._expect(self.mode == "free", "speech outside mode free")
        self._expect(data["member"] in self.present - self.muted, "speech of somebody away or muted")
        self.speakers.add(data["member"])
        self.speech_since[data["member"]] = self.now
        self.lasting |= self.chances & {data["member"]}
        self.chances.add(data["member"])

    def _speech_stopped(self, data: Mapping[str, Any]) -> None:
        member = data["member"]
        is_brief = self.now - self.speech_since[member] < self.limits["backchannel_ms"]
        self.chances -= {member} - self.lasting if is_brief else set()
        self.lasting.discard(member)
        self.speakers.discard(member)

    def _item_opened(self, data: Mapping[str, Any]) -> None:
        part = Fraction(self.limits["carry_percent"], 100)
        self.carried = {key: self.owed(key) * part for key in {*self.spoken, *self.fair, *self.carried}}
        self.spoken, self.fair, self.orders, self.chances = {}, {}, {}, set(self.speakers)
        self.lasting = set()
        self.list_closed = False
        if self.status in ("turn", "wrap"):
            self.chances.add(self.member or "")
        if self.suspended:
            self.chances.add(self.suspended["member"])
            self.suspended["spoken"] = self.total.get(self.suspended["member"], 0)
        self._unprotect()
