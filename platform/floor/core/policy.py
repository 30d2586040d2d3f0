"""The two lists: who is owed time comes first, in the order of hands; then the others, least over first.

Pure functions of ledger, requests and limits, so that a replay of the log gives the same calls.
Source: methods, section 3.3; guarantees G1 to G3 stand there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from floor.core.ledger import holder_of, holders_of, more_us, owed_us, part_of, settle, weight_of
from floor.core.types import (
    GRANTED_ONLY,
    PRIORITY,
    Account,
    FloorState,
    Kind,
    Mode,
    Paused,
    Request,
    Speaking,
    Wrapping,
)

Rank = tuple[int, int, int]
_PRIOR, _FIRST, _SECOND = 0, 1, 2
OWED_PART = 4
"""A turn is longer by this part of what its speaker is owed: a quarter; and shorter by all that they are over."""


@dataclass(frozen=True, slots=True)
class Conduct:
    """What the machine does by itself in a mode."""

    calls: bool = False
    """Offers the floor to the next in line."""
    shortens: bool = False
    """Turns get shorter with the queue and for people over their share."""
    invites: bool = False
    """Invites somebody quiet before calling a person far over the share, and nudges in private."""
    caps: bool = False
    """Nobody speaks beyond a part of the planned time."""
    queues: bool = True


CONDUCT: dict[Mode, Conduct] = {
    "chaired": Conduct(),
    "open": Conduct(calls=True, shortens=True),
    "balanced": Conduct(calls=True, shortens=True, invites=True),
    "strict": Conduct(calls=True, shortens=True, invites=True, caps=True),
    "round": Conduct(calls=True),
    "free": Conduct(queues=False),
}


def can_speak(floor: FloorState, key: str) -> bool:
    """Whether this person is here and not muted."""
    account = floor.people.get(key)
    return account is not None and account.present and not account.muted


def request_of(floor: FloorState, key: str) -> Request | None:
    """This person's most urgent request."""
    mine = [request for request in floor.queue if request.member == key]
    return min(mine, key=lambda request: _class_of(request.kind), default=None)


def hands_of(floor: FloorState, key: str, at: int) -> tuple[Request, ...]:
    """This person's hands as they would go on waiting at another floor: what a pause has cost them is given back."""
    since = floor.phase.since if isinstance(floor.phase, Paused) else at
    mine = [each for each in floor.queue if each.member == key]
    lost = [max(0, at - max(each.asked_at, since)) for each in mine]
    return tuple(replace(each, asked_at=each.asked_at + ms, ahead=0) for each, ms in zip(mine, lost, strict=True))


def waiting(floor: FloorState) -> tuple[Request, ...]:
    """Requests that could be called now: the person is here, not muted, may still speak, and has not the floor.

    While a round goes on only those of the prior classes; the others wait for its end.
    """
    holders = holders_of(floor)
    return tuple(
        request
        for request in floor.queue
        if request.member not in holders and _is_callable(floor, request) and can_speak(floor, request.member)
    )


def _is_callable(floor: FloorState, request: Request) -> bool:
    in_turn = request.kind in PRIORITY or (request.kind not in GRANTED_ONLY and not floor.round)
    return in_turn and not has_used_up(floor, request.member)


def is_awaited(floor: FloorState, speaker: str) -> bool:
    """Whether somebody other than the speaker waits for the floor, or is still to be called in the round, or goes on
    after the speaker's question."""
    if floor.suspended and floor.suspended.turn.member != speaker:
        return True
    others = next_in_round(floor, but=speaker)
    return others is not None or any(request.member != speaker for request in waiting(floor))


def next_in_round(floor: FloorState, *, but: str | None = None) -> str | None:
    """Who is called next in the round that goes on."""
    members = floor.round.members if floor.round else ()
    callable_now = (key for key in members if key != but and can_speak(floor, key))
    return next(callable_now, None)


def go_around(floor: FloorState, at: int) -> tuple[str, ...]:
    """Everybody here, in an order that `at` draws and anybody can draw again; who is muted, in case that is lifted."""
    here = (key for key, account in floor.people.items() if account.present)
    return tuple(sorted(here, key=lambda key: hashlib.sha256(f"{at} {key}".encode()).hexdigest()))


def cap_ms(floor: FloorState, key: str) -> int | None:
    """What this person may speak in this item; None where nothing but the queue limits."""
    if not CONDUCT[floor.mode].caps:
        return None
    return int(floor.limits.planned_ms * floor.limits.cap_percent * part_of(floor, key) / 100)


def has_used_up(floor: FloorState, key: str) -> bool:
    """Whether this person has reached the cap: only the chair calls them, for the wrap-up and what the chair adds."""
    cap = cap_ms(floor, key)
    return cap is not None and floor.people[key].spoken_ms >= cap


def line(floor: FloorState, at: int) -> list[Request]:
    """Those who wait, in the order in which the policy would call them at `at`."""
    floor = settle(floor, at)
    return sorted(waiting(floor), key=lambda request: _rank(floor, request, at))


def is_on_second_list(floor: FloorState, request: Request, at: int) -> bool:
    """Whether it is called only where nobody owed time waits."""
    return _rank(settle(floor, at), request, at)[0] == _SECOND


def suggestion(floor: FloorState, at: int) -> str | None:
    """Whom the policy would call now."""
    ordered = line(floor, at)
    return ordered[0].member if ordered else next_in_round(floor)


def place_range(floor: FloorState, key: str, at: int) -> tuple[int, int] | None:
    """The place in line now, and the last one it may still become; None if not in line.

    Who is owed time may come in, and who has waited longer may rise. Points of order, acts of the chair, people who
    come and a new item move it beyond. Only screens ask for it.
    """
    floor = settle(floor, at)
    ordered = line(floor, at)
    place = next((index for index, request in enumerate(ordered) if request.member == key), None)
    if place is None:
        return None
    mine = _rank(floor, ordered[place], at)
    ahead = {request.member for request in ordered[:place]} | {key}
    others = [other for other in floor.people if other not in ahead and can_speak(floor, other)]
    overtaking = sum(_may_overtake(floor, other, mine) for other in others)
    first = len(ahead)
    return first, first + overtaking


def allowance_ms(floor: FloorState, kind: Kind, *, speaker: str, over_ms: int) -> int:
    """Length of a turn while the present queue waits; `over_ms` is what the speaker was over the share at its start."""
    pace = floor.paces.get(floor.people[speaker].lang, 100) if speaker in floor.people else 100
    return _usual_ms(floor, kind, speaker=speaker, over_ms=over_ms) * pace * weight_of(floor, speaker) // 10_000


def _usual_ms(floor: FloorState, kind: Kind, *, speaker: str, over_ms: int) -> int:
    limits = floor.limits
    if kind != "normal":
        return min(limits.brief_ms, limits.turn_ms)
    if not CONDUCT[floor.mode].shortens:
        return limits.turn_ms
    others = [request for request in waiting(floor) if request.member != speaker]
    is_owed = any(each.kind == "normal" and owed_us(floor, each.member) >= 0 for each in others)
    people = len({each.member for each in others})
    longest = limits.turn_ms // 2 if is_owed else limits.turn_ms
    base = max(limits.min_turn_ms, min(longest, limits.spread_ms // (people + 1)))
    return max(limits.least_ms, min(limits.turn_ms, base - max(over_ms, over_ms // OWED_PART)))


def length_ms(floor: FloorState, turn: Speaking | Wrapping, at: int) -> int | None:
    """How long this turn may last from its start; None while nobody waits and nothing else limits it.

    What the chair has added counts on top of either limit, and lasts at least as long from when it was added.
    """
    over_ms = turn.over_ms - more_us(floor, turn.member, before_turn=True) // 1000
    allowed = allowance_ms(floor, turn.kind, speaker=turn.member, over_ms=over_ms)
    lengths = [allowed + turn.extra_ms] if is_awaited(floor, turn.member) else []
    cap = cap_ms(floor, turn.member)
    if cap is not None:
        left = cap + turn.extra_ms - floor.people[turn.member].spoken_ms
        lengths.append(at - turn.since + max(0, left))
    return max(min(lengths), (turn.given_until or turn.since) - turn.since) if lengths else None


def over_share_ms(floor: FloorState, key: str) -> int:
    """How far over the share this person is, below zero for those who are owed time."""
    return -owed_us(floor, key) // 1000


def invitee(floor: FloorState, candidate: Request, at: int) -> str | None:
    """Whom to invite before calling somebody from the second list who is far over: one person between two turns."""
    floor = settle(floor, at)
    if floor.is_list_closed:
        return None
    is_far = over_share_ms(floor, candidate.member) > floor.limits.over_ms
    if not is_far or _rank(floor, candidate, at)[0] != _SECOND or _invited_since_last_turn(floor):
        return None
    quiet = [key for key in floor.people if _may_be_invited(floor, key, at)]
    return min(quiet, key=lambda key: (-owed_us(floor, key), key), default=None)


def is_nudge_due(floor: FloorState, key: str, at: int) -> bool:
    """Whether to ask this person, in private, if they would like to speak. Only the twin asks, on their screen."""
    if not CONDUCT[floor.mode].invites or floor.is_list_closed:
        return False
    floor = settle(floor, at)
    account = floor.people[key]
    quiet_since = max(floor.item_at, account.arrived_at or 0, account.heard_at or 0)
    silent = at - quiet_since >= floor.limits.silence_ms and holder_of(floor) != key
    return silent and can_speak(floor, key) and request_of(floor, key) is None and owed_us(floor, key) > 0


def overrun(floor: FloorState) -> tuple[str, int] | None:
    """A group that has spoken longer than it had, and by how much, once nobody speaks."""
    if any(account.speaking_since is not None for account in floor.people.values()):
        return None
    over = [(name, -group.left_ms) for name, group in floor.groups.items() if group.left_ms < 0]
    return over[0] if over else None


def _invited_since_last_turn(floor: FloorState) -> bool:
    last_heard = max((account.heard_at or 0 for account in floor.people.values()), default=0)
    return any((account.invited_at or -1) >= last_heard for account in floor.people.values())


def _may_be_invited(floor: FloorState, key: str, at: int) -> bool:
    account = floor.people[key]
    rested = account.invited_at is None or at - account.invited_at >= floor.limits.silence_ms
    willing = rested and not (account.declined or account.uninvited) and request_of(floor, key) is None
    return willing and can_speak(floor, key) and owed_us(floor, key) > 0


def _class_of(kind: Kind) -> int:
    return PRIORITY.index(kind) if kind in PRIORITY else len(PRIORITY) + (kind in GRANTED_ONLY)


def _rank(floor: FloorState, request: Request, at: int) -> Rank:
    if request.kind in PRIORITY:
        return (_PRIOR, _class_of(request.kind), request.asked_at)
    if request.ahead:
        return (_PRIOR, len(PRIORITY), -request.ahead)
    account = floor.people[request.member]
    if owed_us(floor, request.member) >= 0:
        return (_FIRST, int(_had_a_chance(account)), request.asked_at)
    aged_at = request.asked_at + floor.limits.aging_ms
    if aged_at <= at:
        return (_FIRST, 1, aged_at)
    return (_SECOND, -owed_us(floor, request.member), request.asked_at)


def _had_a_chance(account: Account) -> bool:
    """Has spoken in this item or let an offer go by: who lets offers lapse cannot make others wait again and again."""
    return account.turns > 0 or account.passed


def _may_overtake(floor: FloorState, other: str, mine: Rank) -> bool:
    """Whether `other`, now behind or not in line, might still be called before a request of rank `mine`."""
    if mine[0] == _PRIOR:
        return False
    account, asked_at = floor.people[other], _kept_since(floor, other)
    is_newcomer = mine[:2] == (_FIRST, 0)
    if asked_at is not None and asked_at <= mine[2] and not (is_newcomer and _had_a_chance(account)):
        return True
    if not _had_a_chance(account):
        return not is_newcomer
    return mine[0] == _SECOND and owed_us(floor, other) > -mine[1]


def _kept_since(floor: FloorState, key: str) -> int | None:
    """Since when this person's ordinary hand has its place; None without one, or if it is in their own turn."""
    turns = [floor.phase, floor.suspended.turn if floor.suspended else None]
    begun = [turn.since for turn in turns if isinstance(turn, Speaking | Wrapping) and turn.member == key]
    asked = (each.asked_at for each in floor.queue if each.member == key and each.kind == "normal")
    return next((at for at in asked if not begun or at < begun[0]), None)
