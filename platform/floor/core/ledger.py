"""Time: what has been spoken, what would have been fair, and what is owed; exact to the millisecond.

While anybody speaks, every person present earns an equal part of that time. Owed = fair share − spoken.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from floor.core.types import (
    Account,
    Closed,
    FloorState,
    Handover,
    Held,
    Offered,
    Open,
    Paused,
    Speaking,
    Spell,
    Wrapping,
)

NOBODY = Account()


def settle(floor: FloorState, at: int) -> FloorState:
    """The floor with all time up to `at` booked."""
    elapsed = at - floor.settled_at
    if elapsed <= 0:
        return floor
    floor = replace(floor, settled_at=at)
    match floor.phase:
        case Closed():
            return floor
        case Paused():
            return replace(floor, paused_ms=floor.paused_ms + elapsed)
        case Held(gap_until=gap_until) | Offered(gap_until=gap_until):
            held = elapsed if gap_until is None else max(0, min(elapsed, at - gap_until))
            return replace(floor, held_ms=floor.held_ms + held, gap_ms=floor.gap_ms + elapsed - held)
        case Handover():
            return replace(floor, gap_ms=floor.gap_ms + elapsed)
        case Speaking(member=member) | Wrapping(member=member):
            return _book(floor, (member,), elapsed)
        case Open():
            speakers = tuple(key for key, account in floor.people.items() if account.speaking_since is not None)
            return _book(floor, speakers, elapsed) if speakers else replace(floor, idle_ms=floor.idle_ms + elapsed)


def _book(floor: FloorState, speakers: tuple[str, ...], elapsed: int) -> FloorState:
    present = sum(account.present for account in floor.people.values())
    earned, rest = divmod(len(speakers) * elapsed * 1000 + floor.fair_rest_us, max(1, present))
    people = {
        key: _earn(account, earned if account.present else 0, spoken=elapsed if key in speakers else 0)
        for key, account in floor.people.items()
    }
    groups = {
        name: replace(group, left_ms=group.left_ms - elapsed * sum(key in group.members for key in speakers))
        for name, group in floor.groups.items()
    }
    spells = _with_speech(floor, len(speakers) * elapsed * 1000)
    return replace(floor, people=people, groups=groups, fair_rest_us=rest, spells=spells)


def _with_speech(floor: FloorState, us: int) -> tuple[Spell, ...]:
    members = tuple(sorted(key for key, account in floor.people.items() if account.present))
    if all(spell.members != members for spell in floor.spells):
        return (*floor.spells, Spell(members, us, us))
    return tuple(
        Spell(members, spell.us + us, spell.turn_us + us) if spell.members == members else spell
        for spell in floor.spells
    )


def begin_spells(spells: tuple[Spell, ...]) -> tuple[Spell, ...]:
    """The same speech when a turn begins."""
    return tuple(replace(spell, turn_us=0) for spell in spells)


def _earn(account: Account, earned_us: int, *, spoken: int) -> Account:
    if not earned_us and not spoken:
        return account
    return replace(
        account,
        fair_us=account.fair_us + earned_us,
        spoken_ms=account.spoken_ms + spoken,
        total_ms=account.total_ms + spoken,
    )


def owed_us(floor: FloorState, key: str) -> int:
    """Microseconds this person is owed; below zero for those over their share."""
    account = floor.people.get(key, NOBODY)
    return account.fair_us + account.carried_us - account.spoken_ms * 1000 + more_us(floor, key)


def more_us(floor: FloorState, key: str, *, before_turn: bool = False) -> int:
    """What weights make of this person's share beyond an equal part, below zero for those who give; as it is now, or as
    it was when the turn began."""
    if not floor.weights:
        return 0
    return sum(
        _more(floor, key, spell.members, spell.us - (spell.turn_us if before_turn else 0)) for spell in floor.spells
    )


def _more(floor: FloorState, key: str, members: tuple[str, ...], us: int) -> int:
    if key not in members:
        return 0
    whole = sum(weight_of(floor, member) for member in members)
    return us * weight_of(floor, key) // whole - us // len(members)


def weight_of(floor: FloorState, key: str) -> int:
    """Percent of an equal part that this person gets."""
    return floor.weights.get(key, 100)


def part_of(floor: FloorState, key: str) -> Fraction:
    """This person's part of what is spoken now."""
    present = {member for member, account in floor.people.items() if account.present} | {key}
    return Fraction(weight_of(floor, key), sum(weight_of(floor, member) for member in present))


def owed_ms(floor: FloorState, key: str, at: int) -> int:
    """Milliseconds owed at `at`, rounded down."""
    return owed_us(settle(floor, at), key) // 1000


def fair_share_ms(floor: FloorState, key: str, at: int) -> int:
    """Milliseconds of this item that were this person's fair share up to `at`."""
    return settle(floor, at).people.get(key, NOBODY).fair_us // 1000


def begin_item(floor: FloorState, at: int) -> FloorState:
    """The ledger of a new agenda item: only what is carried over is owed, totals stay, a turn that goes on counts."""
    floor = settle(floor, at)
    holders = holders_of(floor)
    people = {
        key: _renewed(account, floor.limits.carry_percent, speaks=key in holders)
        for key, account in floor.people.items()
    }
    carried = ((spell, spell.us * floor.limits.carry_percent // 100) for spell in floor.spells)
    spells = tuple(Spell(spell.members, us, 0) for spell, us in carried if us)
    return replace(floor, people=people, item_at=at, fair_rest_us=0, is_list_closed=False, spells=spells)


def _renewed(account: Account, carry_percent: int, *, speaks: bool) -> Account:
    turns = int(speaks or account.speaking_since is not None)
    return replace(
        account,
        spoken_ms=0,
        fair_us=0,
        carried_us=(account.fair_us + account.carried_us - account.spoken_ms * 1000) * carry_percent // 100,
        turns=turns,
        orders=0,
        invited_at=None,
        declined=False,
        passed=False,
    )


def add_person(floor: FloorState, key: str, lang: str = "") -> FloorState:
    """The floor with an account for this person, who speaks this language from now on; safe to repeat."""
    account = replace(floor.people.get(key, NOBODY), lang=lang)
    return replace(floor, people={**floor.people, key: account})


def holder_of(floor: FloorState) -> str | None:
    """Who has the floor, also while it is paused."""
    phase = floor.phase.before if isinstance(floor.phase, Paused) else floor.phase
    return phase.member if isinstance(phase, Speaking | Wrapping) else None


def holders_of(floor: FloorState) -> set[str]:
    """Who has the floor, and whose turn stands still meanwhile."""
    suspended = floor.suspended.turn.member if floor.suspended else None
    return {key for key in (holder_of(floor), suspended) if key is not None}
