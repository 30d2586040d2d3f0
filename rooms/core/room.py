"""The rules of a room: floor and drafts embedded, seats, contributions, notes and the agenda around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import assert_never

from floor.core import machine, policy
from floor.core.commands import FloorCommand, MemberArrive, MemberLeave
from floor.core.events import FloorEvent, MemberArrived, MemberLeft
from floor.core.ledger import add_person, begin_item, holder_of, holders_of
from floor.core.types import Closed, FloorState, Paused
from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, words_of
from recommendations.core import drafting
from recommendations.core.drafting import DraftCommand, DraftEvent
from rooms.core import controlling, excluding, finding, polling, rewording, scribing, stepping
from rooms.core.control import ContributionRestored, ContributionWithdraw, ControlCommand, ControlEvent
from rooms.core.events import (
    ContributionMade,
    HandBrought,
    ItemOpened,
    MemberReadmitted,
    MemberRemoved,
    NoteMade,
    OwnEvent,
    RoomClosed,
    RoomEvent,
    RoomOpened,
    SeatGiven,
    SeatTaken,
    TimeBrought,
)
from rooms.core.exclusion import ExclusionEvent, PeerCommand, RuleCommand
from rooms.core.finding import AgreeingCommand, FindingEvent, WritingCommand
from rooms.core.moving import kept
from rooms.core.poll import PollCommand, PollEvent, PollOpen
from rooms.core.step import ProgrammeCommand, ReadyCommand, StepCommand, StepEvent
from rooms.core.types import (
    LATE_MS,
    MAX_CONTRIBUTION,
    MAX_ITEM_TITLE,
    MAX_NOTE,
    REOPEN_MS,
    SPEAKING_ROLES,
    ChairCommand,
    ItemOpen,
    MemberReadmit,
    MemberRemove,
    NoteMake,
    RoomClose,
    RoomOpen,
    RoomState,
    Said,
    ScribeAct,
    Seat,
    SeatCommand,
    SeatTake,
    SpeechCommand,
)
from rooms.core.wording import WordingCommand, WordingEvent

RoomCommand = (
    SpeechCommand
    | ChairCommand
    | SeatCommand
    | DraftCommand
    | FloorCommand
    | ProgrammeCommand
    | StepCommand
    | ReadyCommand
    | ScribeAct
    | ControlCommand
    | ContributionWithdraw
    | WritingCommand
    | AgreeingCommand
    | PollCommand
    | RuleCommand
    | PeerCommand
    | WordingCommand
)


def decide(room: RoomState, command: RoomCommand, moment: Moment) -> list[RoomEvent]:
    """Events that follow from a command, or `Refused`. `moment.confided` are the weights of people at the floor."""
    room = _weighed(room, moment)
    if isinstance(command, SpeechCommand | DraftCommand | WritingCommand | AgreeingCommand):
        return _write(room, command, moment)
    if isinstance(command, ChairCommand):
        return _chair(room, command, moment)
    if isinstance(command, SeatCommand):
        return _seat(room, command, moment)
    if isinstance(command, ProgrammeCommand | StepCommand | ReadyCommand):
        return stepping.decide(room, command, moment)
    if isinstance(command, MemberArrive | MemberLeave):
        return _come_or_go(room, command, moment)
    if isinstance(command, WordingCommand):
        return [*rewording.decide(room, command, moment)]
    return _further(room, command, moment)


def _further(
    room: RoomState,
    command: ControlCommand | ContributionWithdraw | PollCommand | RuleCommand | PeerCommand | ScribeAct | FloorCommand,
    moment: Moment,
) -> list[RoomEvent]:
    if isinstance(command, ControlCommand | ContributionWithdraw):
        return [*controlling.decide(room, command, moment)]
    if isinstance(command, ScribeAct):
        return scribing.act(room, command, moment, decide)
    if isinstance(command, PollCommand):
        return _poll(room, command, moment)
    if isinstance(command, RuleCommand | PeerCommand):
        return _exclude(room, command, moment)
    return [*machine.decide(room.floor, command, moment)]


def evolve(room: RoomState, event: RoomEvent, at: int) -> RoomState:
    """The room after `event`, which happened at `at`."""
    if isinstance(event, FloorEvent):
        room = replace(room, floor=machine.evolve(room.floor, event, at))
        return _present(room, event) if isinstance(event, MemberArrived | MemberLeft) else room
    if isinstance(event, DraftEvent):
        return replace(room, drafts=drafting.evolve(room.drafts, event, at))
    if isinstance(event, StepEvent):
        return stepping.evolve(room, event)
    if isinstance(event, ControlEvent):
        return controlling.evolve(room, event)
    if isinstance(event, WordingEvent):
        return rewording.evolve(room, event)
    if isinstance(event, FindingEvent | PollEvent | ExclusionEvent):
        return _agreed(room, event)
    return _after(room, event, at)


def _agreed(room: RoomState, event: FindingEvent | PollEvent | ExclusionEvent) -> RoomState:
    """The room after what people here do together."""
    if isinstance(event, FindingEvent):
        return replace(room, findings=finding.evolve(room.findings, event))
    if isinstance(event, PollEvent):
        return replace(room, polls=polling.evolve(room.polls, event))
    return excluding.evolve(room, event)


def next_deadline(room: RoomState) -> int | None:
    """When the room moves by itself next."""
    deadlines = (machine.next_deadline(room.floor), excluding.next_deadline(room))
    return min((each for each in deadlines if each is not None), default=None)


def expire(room: RoomState, moment: Moment) -> list[RoomEvent]:
    """Events of the deadlines that have come; none the second time."""
    room = _weighed(room, moment)
    return [*machine.expire(room.floor, moment)] or excluding.expire(room, moment, _gone)


def stalled(room: RoomState, began_at: int, ended_at: int) -> list[tuple[RoomEvent, int]]:
    """Events and their moments after a time in which nobody was served: floor and proposal have stood still."""
    return [*machine.stalled(room.floor, began_at, ended_at), *excluding.stalled(room, began_at, ended_at)]


def mentions(value: RoomEvent | RoomState) -> Iterator[str]:
    """Keys of the words and names that a reader of this event, or of the whole room, needs."""
    match value:
        case RoomState():
            yield from value.seats
            yield from rewording.mentions(value)
            yield from () if value.item_title is None else (value.item_title,)
            yield from excluding.mentions(value)
            yield from (key for poll in value.polls.values() for key in polling.mentions(poll))
            yield from (key for draft in value.drafts.values() for key in drafting.mentions(draft))
            yield from finding.mentions(value.findings)
        case SeatGiven(member=member):
            yield member
        case ContributionMade(words=words) | NoteMade(words=words):
            yield words.key
        case ContributionRestored(words=key, corrections=corrections):
            yield key
            yield from corrections
        case _:
            yield from (words.key for words in words_of(value))


# --- decisions


def _weighed(room: RoomState, moment: Moment) -> RoomState:
    """The room as a decision sees it."""
    if not moment.confided:
        return room
    return replace(room, floor=replace(room.floor, weights=moment.confided))


def _write(
    room: RoomState, command: SpeechCommand | DraftCommand | WritingCommand | AgreeingCommand, moment: Moment
) -> list[RoomEvent]:
    if isinstance(command, SpeechCommand):
        return [_speak(room, command, moment)]
    if isinstance(command, DraftCommand):
        return _draft(room, command, moment)
    return [*_find(room, command, moment)]


def _exclude(room: RoomState, command: RuleCommand | PeerCommand, moment: Moment) -> list[RoomEvent]:
    if isinstance(command, PeerCommand):
        _seated(room, moment.by)
        _refuse_unless_open(room)
    return [*excluding.decide(room, command, moment, _gone)]


def _poll(room: RoomState, command: PollCommand, moment: Moment) -> list[RoomEvent]:
    if isinstance(command, PollOpen):
        _refuse_unless_open(room)
    return [*polling.decide(room.polls, command, moment)]


def _speak(room: RoomState, command: SpeechCommand, moment: Moment) -> RoomEvent:
    key = _seated(room, moment.by)
    if not (isinstance(command, NoteMake) and _is_late(room, key, moment.at)):
        _refuse_unless_open(room)
    account = room.floor.people.get(key)
    if account is not None and account.muted:
        raise Refused("floor.muted")
    lang = language(command.lang).code
    if isinstance(command, NoteMake):
        words = moment.words(clean_text(command.text, limit=_note_limit(room, key, moment.at)), lang)
        return NoteMade(words, key)
    _refuse_without_floor(room, key)
    words = moment.words(clean_text(command.text, limit=MAX_CONTRIBUTION), lang)
    return ContributionMade(words, key, room.floor.people[key].turn)


def may_type(room: RoomState, key: str) -> bool:
    """Finished sentences are shown of whoever may say them now."""
    return room.phase == "open" and _has_floor(room, key)


def _has_floor(room: RoomState, key: str) -> bool:
    return policy.can_speak(room.floor, key) if room.floor.mode == "free" else holder_of(room.floor) == key


def _refuse_without_floor(room: RoomState, key: str) -> None:
    if isinstance(room.floor.phase, Paused):
        raise Refused("floor.paused")
    if not _has_floor(room, key):
        raise Refused("floor.not_yours")


def _note_limit(room: RoomState, key: str, at: int) -> int:
    """The unsent rest of a turn may be posted in full; other notes are short."""
    return MAX_CONTRIBUTION if _is_late(room, key, at) else MAX_NOTE


def _is_late(room: RoomState, key: str, at: int) -> bool:
    """Whether the rest of this person's last turn may still be posted, even if closing the room ended it. A pause does
    not count."""
    account, phase = room.floor.people.get(key), room.floor.phase
    at = phase.since if isinstance(phase, Paused) else at
    return account is not None and account.heard_at is not None and at - account.heard_at <= LATE_MS


def _chair(room: RoomState, command: ChairCommand, moment: Moment) -> list[RoomEvent]:
    match command:
        case RoomOpen():
            return [] if room.phase == "open" else _open(room, moment.at)
        case RoomClose():
            return stepping.close(room, moment)
        case ItemOpen():
            return [_open_item(room, command, moment), *machine.open_item(room.floor, moment.at)]
        case MemberRemove(member):
            return _remove(room, member, moment)
        case MemberReadmit(member):
            return [MemberReadmitted(member)] if _seat_of(room, member).removed else []
        case _:
            assert_never(command)


def _open(room: RoomState, at: int) -> list[RoomEvent]:
    """A room closed by mistake opens again for a while."""
    if room.closed_at is not None and at - room.closed_at >= REOPEN_MS:
        raise Refused("room.over", minutes=REOPEN_MS // 60_000)
    return [RoomOpened(), *machine.open_floor(room.floor, at)]


def _open_item(room: RoomState, command: ItemOpen, moment: Moment) -> RoomEvent:
    if room.phase == "closed":
        raise Refused("room.not_open")
    if command.title is None or not command.title.strip():
        return ItemOpened(room.item + 1, None)
    lang = language(command.lang or "").code
    return ItemOpened(room.item + 1, moment.words(clean_text(command.title, limit=MAX_ITEM_TITLE), lang))


def _remove(room: RoomState, member: str, moment: Moment) -> list[RoomEvent]:
    if member == moment.by:
        raise Refused("room.not_yourself")
    if _seat_of(room, member).removed:
        return []
    return [*_gone(room, member, moment), MemberRemoved(member)]


def _seat(room: RoomState, command: SeatCommand, moment: Moment) -> list[RoomEvent]:
    seat = room.seats.get(command.member)
    if isinstance(command, SeatTake):
        return _take_seat(room, command.member, moment) if seat else []
    languages = (tuple(language(code).code for code in command.speaks), language(command.reads).code)
    given = (command.role, *languages, command.scribe)
    if seat is not None and given == (seat.role, seat.speaks, seat.reads, seat.scribe):
        return []
    if seat is None and room.phase == "closed":
        raise Refused("room.closed")
    if seat is None and room.inside is not None and moment.by is None and command.role not in controlling.PASS_LOCK:
        raise Refused("room.locked")  # a rule seats nobody past a lock; a person may
    speaks_here, has_account = command.role in SPEAKING_ROLES, command.member in room.floor.people
    if has_account != speaks_here and (seat is not None or has_account):
        raise Refused("room.role_fixed")
    brings = command.brings if seat is None and speaks_here else None
    hands = command.hands if seat is None and speaks_here and _queues(room) else ()
    seated: list[RoomEvent] = [
        SeatGiven(command.member, *given),
        *([TimeBrought(command.member, kept(room.floor.people.get(command.member), brings))] if brings else []),
        *(HandBrought(replace(hand, member=command.member)) for hand in hands),
    ]
    stands_down = seat is not None and seat.present and command.role != seat.role
    follows = stepping.after_leave(room, command.member, moment) if stands_down else []
    events = [*seated, *follows, *_follow_scribe(room, seated, command.member, moment)]
    return [*events, *_leave_idle(_folded(room, events, moment.at), seat.scribe if seat else None, moment)]


def _queues(room: RoomState) -> bool:
    return policy.CONDUCT[room.floor.mode].queues and not isinstance(room.floor.phase, Closed)


def _follow_scribe(room: RoomState, seated: list[RoomEvent], key: str, moment: Moment) -> list[RoomEvent]:
    """Who gets a scribe is here as soon as the scribe is, and who loses one is not here by that any more."""
    was_here = scribing.is_represented(room, key)
    room = _folded(room, seated, moment.at)
    is_here = scribing.is_represented(room, key)
    if was_here == is_here:
        return []
    return _each(room, [MemberArrive(key) if is_here else MemberLeave(key)], moment)


def _take_seat(room: RoomState, member: str, moment: Moment) -> list[RoomEvent]:
    """Nobody is moved in mid-sentence: ending a turn is an act of the chair, and the log says whose."""
    account = room.floor.people.get(member)
    if member in holders_of(room.floor) or (account is not None and account.speaking_since is not None):
        raise Refused("room.has_floor")
    events = [*_gone(room, member, moment), SeatTaken(member)]
    return [*events, *_leave_idle(_folded(room, events, moment.at), room.seats[member].scribe, moment)]


def _leave_idle(room: RoomState, scribe: str | None, moment: Moment) -> list[RoomEvent]:
    """The seat of a scribe was given for the sake of a person: it goes with the last of those for whom they type."""
    seat = room.seats.get(scribe or "")
    if scribe is None or seat is None or seat.role != "scribe" or scribing.is_needed(room, scribe):
        return []
    return _take_seat(room, scribe, moment)


def _gone(room: RoomState, member: str, moment: Moment) -> list[RoomEvent]:
    """What follows when this member loses their place: those go for whom they type, then they, then what the step
    and the floor make of it, as if they had left."""
    left = _each(room, [MemberLeave(key) for key in scribing.people_of(room, member)], moment)
    room = _folded(room, left, moment.at)
    follows = stepping.after_leave(room, member, moment) if room.seats[member].present else []
    return [*left, *machine.remove(room.floor, member, moment.at), *follows]


def _draft(room: RoomState, command: DraftCommand, moment: Moment) -> list[RoomEvent]:
    key = _seated(room, moment.by)
    _refuse_unless_open(room)
    if room.seats[key].role not in SPEAKING_ROLES:
        raise Refused("draft.not_yours")
    present = [member for member, account in room.floor.people.items() if account.present]
    return [*drafting.decide(room.drafts, command, moment, member=key, present=present, quotable=_quotable(room))]


def _quotable(room: RoomState) -> dict[str, drafting.Quote]:
    """What is shown of what was said, as it stands now."""
    return {
        said.words: drafting.Quote(said.words, said.wording, said.member, said.lang)
        for said in room.said
        if not (said.hidden or said.withdrawn)
    }


def _find(room: RoomState, command: WritingCommand | AgreeingCommand, moment: Moment) -> list[FindingEvent]:
    _refuse_unless_open(room)
    if isinstance(command, WritingCommand):
        return finding.write(room.findings, command, moment)
    key = _seated(room, moment.by)
    if room.seats[key].role not in SPEAKING_ROLES:
        raise Refused("finding.not_yours")
    present = [member for member, account in room.floor.people.items() if account.present]
    return finding.agree(room.findings, command, member=key, present=present)


def _come_or_go(room: RoomState, command: MemberArrive | MemberLeave, moment: Moment) -> list[RoomEvent]:
    """With a scribe come and go those for whom they type."""
    if isinstance(command, MemberLeave) and scribing.is_represented(room, command.member):
        return []
    people = (command.member, *scribing.people_of(room, command.member))
    return _each(room, [type(command)(key) for key in people], moment)


def _each(room: RoomState, commands: Iterable[MemberArrive | MemberLeave], moment: Moment) -> list[RoomEvent]:
    done: list[RoomEvent] = []
    for command in commands:
        events = _come_or_go_alone(room, command, moment)
        room = _folded(room, events, moment.at)
        done += events
    return done


def _folded(room: RoomState, events: Iterable[RoomEvent], at: int) -> RoomState:
    for event in events:
        room = evolve(room, event, at)
    return room


def _come_or_go_alone(room: RoomState, command: MemberArrive | MemberLeave, moment: Moment) -> list[RoomEvent]:
    if isinstance(command, MemberArrive):
        _seated(room, command.member)
        if controlling.is_kept_out(room, command.member):
            raise Refused("room.locked")
    seat = room.seats.get(command.member)
    if seat is None or seat.present == isinstance(command, MemberArrive):
        return []
    gone = stepping.after_leave(room, command.member, moment) if isinstance(command, MemberLeave) else []
    return [*machine.decide(room.floor, command, moment), *gone]


def _seat_of(room: RoomState, member: str) -> Seat:
    if member not in room.seats:
        raise Refused("room.not_seated")
    return room.seats[member]


def _seated(room: RoomState, key: str | None) -> str:
    if key is None or key not in room.seats or room.seats[key].removed:
        raise Refused("room.not_seated")
    return key


def _refuse_unless_open(room: RoomState) -> None:
    if room.phase != "open":
        raise Refused("room.not_open")


# --- consequences


def _after(room: RoomState, event: OwnEvent, at: int) -> RoomState:
    match event:
        case SeatGiven() | SeatTaken() | MemberRemoved() | MemberReadmitted():
            return _after_seat(room, event)
        case TimeBrought() | HandBrought():
            return replace(room, floor=_with_brought(room.floor, event, at))
        case RoomOpened():
            opened_at = at if room.opened_at is None else room.opened_at
            return replace(room, phase="open", opened_at=opened_at, closed_at=None)
        case RoomClosed():
            return replace(room, phase="closed", closed_at=at, exclusion=None)
        case ItemOpened(number, title):
            key = title.key if title else None
            return replace(room, item=number, item_title=key, floor=begin_item(room.floor, at), proposed=())
        case ContributionMade(words, member, turn, scribe):
            room = replace(room, floor=add_person(room.floor, member, words.lang))
            return controlling.keep(room, Said(words.key, member, "contribution", at, words.lang, turn, scribe))
        case NoteMade(words, member, scribe):
            said = Said(words.key, member, "note", at, words.lang, _last_turn(room, member), scribe)
            return controlling.keep(room, said)
        case _:
            assert_never(event)


def _after_seat(room: RoomState, event: SeatGiven | SeatTaken | MemberRemoved | MemberReadmitted) -> RoomState:
    seats = dict(room.seats)
    match event:
        case SeatGiven(member, role, speaks, reads, scribe):
            before = room.seats.get(member, Seat(role, speaks, reads))
            seats[member] = replace(before, role=role, speaks=speaks, reads=reads, scribe=scribe)
            floor = (
                add_person(room.floor, member, _spoken(room, member, speaks)) if role in SPEAKING_ROLES else room.floor
            )
            room = room if member in room.seats else _let_in(room, member)
            return replace(room, seats=seats, floor=floor)
        case SeatTaken(member):
            seats.pop(member, None)
            room = excluding.without(room, member)
        case MemberRemoved(member, rule):
            seats[member] = replace(seats[member], removed=True, rule=rule, present=False)
            room = excluding.without(room, member)
        case MemberReadmitted(member):
            seats[member] = replace(seats[member], removed=False, rule=None)
            room = _let_in(room, member)
        case _:
            assert_never(event)
    return replace(room, seats=seats)


def _spoken(room: RoomState, member: str, speaks: Sequence[str]) -> str:
    """The language that turns are measured in: what this person said something in last, else what they speak first."""
    account = room.floor.people.get(member)
    return account.lang if account and account.lang in speaks else next(iter(speaks), "")


def _let_in(room: RoomState, member: str) -> RoomState:
    """Whoever is seated or readmitted while a room is locked belongs to those inside."""
    if room.inside is None or member in room.inside:
        return room
    return replace(room, inside=(*room.inside, member))


def _with_brought(floor: FloorState, event: TimeBrought | HandBrought, at: int) -> FloorState:
    if isinstance(event, TimeBrought):
        brought = {each.name: getattr(event.time, each.name) for each in fields(event.time)}
        return replace(floor, people={**floor.people, event.member: replace(floor.people[event.member], **brought)})
    hand = event.hand
    people = {**floor.people, hand.member: replace(floor.people[hand.member], left_at=at)}
    return replace(floor, people=people, queue=(*floor.queue, hand))


def _present(room: RoomState, event: MemberArrived | MemberLeft) -> RoomState:
    seat = room.seats.get(event.member)
    if seat is None:
        return room
    seats = {**room.seats, event.member: replace(seat, present=isinstance(event, MemberArrived))}
    return replace(room, seats=seats)


def _last_turn(room: RoomState, member: str) -> int:
    account = room.floor.people.get(member)
    return account.turn if account else 0
