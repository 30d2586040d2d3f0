"""How a simulated participant behaves: what they do next, from what they see and what they had in mind.

Pure: the same room, mind and moment give the same act. Speaking takes as long as saying the words would.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from floor.core.commands import HandRaise, OfferAccept, OfferDecline, SpeechStart, SpeechStop, TurnYield
from floor.core.ledger import holders_of, settle
from floor.core.policy import CONDUCT, has_used_up
from floor.core.steps import offered_kind
from floor.core.types import Account, FloorState, Held, Kind, Offered, Open, Paused, Speaking, Wrapping
from rehearsal.core.cast import Character, Part
from rooms.core.finding import FindingAccept
from rooms.core.step import ReadyDeclare
from rooms.core.types import ContributionMake, NoteMake, RoomState, Said

Command = (
    HandRaise
    | OfferAccept
    | OfferDecline
    | TurnYield
    | SpeechStart
    | SpeechStop
    | ContributionMake
    | NoteMake
    | ReadyDeclare
    | FindingAccept
)

WORDS_A_SECOND = 2.2
"""Measured in parliaments and in small groups alike."""
SHORTEST_SENTENCE_MS = 2_500
BREATH_MS = 1_000
"""Between the last sentence and giving the floor back."""
ASKS_AGAIN_MS = 25_000
"""When a hand that went down without a turn goes up again."""
PATIENCE_MS = 40_000
"""How long somebody else speaks before the one who minds the rules raises a point of order."""
LONGEST_MS = 180_000
"""How long who likes to talk goes on when nobody stops them."""
AWAY_MS = 45_000
"""How long a lost line is lost: more than the lifetime of presence."""
LATENCY_MS: Mapping[Part, int] = {
    "talker": 800, "quiet": 4_000, "orderly": 1_500, "alone": 2_500, "lost": 2_000, "helpless": 3_000, "rude": 1_200,
}  # fmt: skip
"""Until an offer is taken."""
FIRST: Mapping[Part, float] = {
    "talker": 0.0, "orderly": 0.1, "rude": 0.15, "alone": 0.2, "lost": 0.25, "helpless": 0.35,
}  # fmt: skip
"""From which part of the discussion on somebody wants a turn; who is not here never asks."""
REST_MS: Mapping[Part, int] = {"talker": 10_000}
"""What passes after a turn before somebody wants the next."""
USUAL_REST_MS = 60_000
NOTES: Mapping[Part, tuple[float, ...]] = {"rude": (0.3, 0.6), "alone": (0.25, 0.5)}
"""At which parts of the discussion somebody writes a note."""
HELP_AT = 0.4
LOST_AT = 0.55
"""When a line is lost at the latest; it is lost sooner in that person's own turn."""
TEMPER: Mapping[Part, int] = {
    "talker": 4, "quiet": 2, "orderly": 3, "alone": 3, "lost": 4, "helpless": 1, "rude": 0,
}  # fmt: skip
"""Answers to a temperature check, from strongly against to strongly for."""
ANSWER_MS = 4_000
"""Until the first answers a poll; each further part takes a second longer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer a poll."""

    poll: str
    choice: int


@dataclass(frozen=True, slots=True)
class Call:
    """Call for help, with these words."""

    text: str


@dataclass(frozen=True, slots=True)
class Lose:
    """Lose the line."""


@dataclass(frozen=True, slots=True)
class Return:
    """Come back."""


Deed = Command | Answer | Call | Lose | Return


@dataclass(frozen=True, slots=True)
class Mind:
    """What somebody simulated has in mind. Moments are civic milliseconds."""

    turn: int = 0
    """Number of the turn they are in; 0: none."""
    saying: tuple[str, ...] = ()
    """The sentences of that turn."""
    said: int = 0
    turns: int = 0
    """How many of the prepared turns were begun."""
    next_at: int = 0
    """No hand goes up before."""
    noted: int = 0
    has_called: bool = False
    lost_at: int | None = None
    is_back: bool = False
    cut: int = 0
    """How many turns ended before everything was said."""
    noticed: Mapping[str, int] = field(default_factory=dict)
    """When polls, steps and findings were first seen."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What everybody sees at one moment."""

    room: RoomState
    at: int


def react(who: Character, mind: Mind, scene: Scene) -> tuple[Mind, Deed | None]:
    """What this person has in mind now, and what they do; at most one thing at a time."""
    if mind.lost_at is not None and not mind.is_back:
        back = scene.at >= mind.lost_at + AWAY_MS
        return (replace(mind, is_back=True, turn=0), Return()) if back else (mind, None)
    seat, account = scene.room.seats.get(who.key), scene.room.floor.people.get(who.key)
    if scene.room.phase != "open" or seat is None or seat.removed or not seat.present or account is None:
        return mind, None
    mind = _after_turn(who, _notice(mind, scene), scene)
    for act in (_answer, _take_offer, _speak, _lose_line, _call, _write, _move_on, _agree, _ask):
        mind, deed = act(who, mind, scene, account)
        if deed is not None:
            return mind, deed
    return mind, None


def duration_ms(sentence: str) -> int:
    """How long it takes to say this."""
    return max(SHORTEST_SENTENCE_MS, int(len(sentence.split()) / WORDS_A_SECOND * 1000))


def typed(who: Character, mind: Mind, scene: Scene) -> str:
    """As much of the sentence that is being said as has been said; empty for who does not speak."""
    turn = _turn_of(who.key, scene.room.floor)
    if turn is None or turn.number != mind.turn or mind.said >= len(mind.saying):
        return ""
    begun = turn.since + sum(duration_ms(each) for each in mind.saying[: mind.said])
    words = mind.saying[mind.said].split()
    return " ".join(words[: max(0, int((scene.at - begun) / 1000 * WORDS_A_SECOND))])


@dataclass(frozen=True, slots=True)
class _Turn:
    """The turn that somebody is in, or their speech where the floor is free."""

    number: int
    since: int
    kind: Kind = "normal"
    is_wrapping: bool = False


def _turn_of(key: str, floor: FloorState) -> _Turn | None:
    phase, account = floor.phase, floor.people[key]
    if isinstance(phase, Speaking | Wrapping) and phase.member == key:
        return _Turn(phase.number, phase.since, phase.kind, isinstance(phase, Wrapping))
    if isinstance(phase, Open) and account.speaking_since is not None:
        return _Turn(account.turn, account.speaking_since)
    return None


# --- noticing


def _notice(mind: Mind, scene: Scene) -> Mind:
    room = scene.room
    seen: Iterable[str] = (*room.polls, *room.findings, *([room.step.key] if room.step else []))
    fresh = {key: scene.at for key in seen if key not in mind.noticed}
    return replace(mind, noticed={**mind.noticed, **fresh}) if fresh else mind


def _after_turn(who: Character, mind: Mind, scene: Scene) -> Mind:
    """Once a turn is over, one rests before asking again; who was cut does not."""
    if not mind.turn or _is_in_turn(who, mind, scene.room):
        return mind
    was_cut = mind.said < len(mind.saying)
    rest = BREATH_MS if was_cut else REST_MS.get(who.part, USUAL_REST_MS)
    return replace(mind, turn=0, saying=(), said=0, next_at=scene.at + rest, cut=mind.cut + was_cut)


def _is_in_turn(who: Character, mind: Mind, room: RoomState) -> bool:
    """Whether the turn goes on, be it paused or standing still for a question."""
    floor = room.floor
    phase = floor.phase.before if isinstance(floor.phase, Paused) else floor.phase
    turns = (phase, floor.suspended.turn if floor.suspended else None, _turn_of(who.key, floor))
    return any(isinstance(each, Speaking | Wrapping | _Turn) and each.number == mind.turn for each in turns)


def _progress(mind: Mind, scene: Scene) -> float | None:
    """Which part of the discussion is over; None outside of it, when nobody begins anything new."""
    step = scene.room.step
    if step is None or step.kind != "discussion":
        return None
    begun = mind.noticed[step.key]
    return (scene.at - begun) / max(1, step.ends_at - begun)


# --- acts, the most urgent first

Reaction = tuple[Mind, Deed | None]


def _answer(who: Character, mind: Mind, scene: Scene, account: Account) -> Reaction:
    for poll in scene.room.polls.values():
        done, slow = f"answered {poll.key}", 1_000 * len(who.part)
        if poll.is_open and done not in mind.noticed and scene.at >= mind.noticed[poll.key] + ANSWER_MS + slow:
            choice = TEMPER[who.part] * poll.choices // (max(TEMPER.values()) + 1)
            return replace(mind, noticed={**mind.noticed, done: scene.at}), Answer(poll.key, choice)
    return mind, None


def _take_offer(who: Character, mind: Mind, scene: Scene, account: Account) -> Reaction:
    phase, limits = scene.room.floor.phase, scene.room.floor.limits
    if not isinstance(phase, Offered | Held) or phase.member != who.key or phase.is_accepted:
        return mind, None
    term = limits.offer_ms if isinstance(phase, Offered) else limits.hold_ms
    if scene.at < phase.until - term + min(LATENCY_MS[who.part], term // 2):
        return mind, None
    passes = isinstance(phase, Offered) and phase.reason == "round" and not who.lines.round
    return mind, OfferDecline() if passes else OfferAccept()


def _speak(who: Character, mind: Mind, scene: Scene, account: Account) -> Reaction:
    turn = _turn_of(who.key, scene.room.floor)
    if turn is None:
        return mind, None
    if mind.turn != turn.number:
        mind = _begun(who, mind, scene, turn)
    spoken = scene.at - turn.since
    due = sum(duration_ms(each) for each in mind.saying[: mind.said + 1])
    if mind.said == len(mind.saying) and (more := _one_more_thing(who, mind, turn, spoken)):
        return replace(mind, saying=(*mind.saying, *more), turns=mind.turns + 1), None
    if mind.said == len(mind.saying):
        return mind, _end(scene.room.floor) if spoken >= due + BREATH_MS else None
    if turn.is_wrapping and who.part != "talker" and mind.said:
        return replace(mind, saying=mind.saying[: mind.said]), TurnYield()
    if spoken < due:
        return mind, None
    return replace(mind, said=mind.said + 1), ContributionMake(mind.saying[mind.said], who.lang)


def _end(floor: FloorState) -> Deed:
    return SpeechStop() if floor.mode == "free" else TurnYield()


def _begun(who: Character, mind: Mind, scene: Scene, turn: _Turn) -> Mind:
    mind = replace(mind, turn=turn.number, said=0)
    if turn.kind == "order":
        return replace(mind, saying=(who.lines.order,))
    if scene.room.floor.round and who.lines.round:
        return replace(mind, saying=(who.lines.round,))
    return replace(mind, saying=_turn(who, mind), turns=mind.turns + 1)


def _turn(who: Character, mind: Mind) -> tuple[str, ...]:
    return who.lines.turns[mind.turns % len(who.lines.turns)]


def _one_more_thing(who: Character, mind: Mind, turn: _Turn, spoken: int) -> tuple[str, ...]:
    """Who likes to talk goes on while nobody stops them, as long as there is something new to say."""
    goes_on = who.part == "talker" and turn.kind == "normal" and len(mind.saying) > 1 and spoken < LONGEST_MS
    return _turn(who, mind) if goes_on and mind.turns < len(who.lines.turns) else ()


def _lose_line(who: Character, mind: Mind, scene: Scene, account: Account) -> Reaction:
    progress = _progress(mind, scene)
    if who.part != "lost" or mind.lost_at is not None or progress is None:
        return mind, None
    in_turn = mind.turn and mind.said
    if in_turn or progress >= LOST_AT:
        return replace(mind, lost_at=scene.at), Lose()
    return mind, None


def _call(who: Character, mind: Mind, scene: Scene, account: Account) -> Reaction:
    progress = _progress(mind, scene)
    if who.part != "helpless" or mind.has_called or progress is None or progress < HELP_AT:
        return mind, None
    return replace(mind, has_called=True), Call(who.lines.help)


def _write(who: Character, mind: Mind, scene: Scene, account: Account) -> Reaction:
    """Notes: prepared ones in their time, and who was hidden or silenced thinks better of it."""
    times, progress = NOTES.get(who.part, ()), _progress(mind, scene)
    if account.muted or progress is None or mind.noted >= len(times) or progress < times[mind.noted]:
        return mind, None
    text = who.lines.notes[-1] if who.part == "rude" and _was_told(who, mind, scene) else who.lines.notes[mind.noted]
    return replace(mind, noted=mind.noted + 1), NoteMake(text, who.lang)


def _was_told(who: Character, mind: Mind, scene: Scene) -> bool:
    return mind.noted > 0 and any(said.hidden for said in notes_of(scene.room, who.key))


def notes_of(room: RoomState, member: str) -> list[Said]:
    """The notes of this person that the room still knows."""
    return [said for said in room.said if said.member == member and said.kind == "note"]


def _move_on(who: Character, mind: Mind, scene: Scene, account: Account) -> Reaction:
    step = scene.room.step
    if step is None or step.kind != "vote" or step.is_done or who.key in step.ready:
        return mind, None
    slow = 2_000 * len(who.part)
    return mind, ReadyDeclare(step.key) if scene.at >= mind.noticed[step.key] + slow else None


def _agree(who: Character, mind: Mind, scene: Scene, account: Account) -> Reaction:
    """Everybody but two agrees to what the facilitator writes down, after reading it."""
    if TEMPER[who.part] in (min(TEMPER.values()), TEMPER["helpless"]):
        return mind, None
    for key, finding in scene.room.findings.items():
        read = scene.at >= mind.noticed[key] + ANSWER_MS + 1_000 * len(who.part)
        if read and not finding.is_agreed and who.key not in finding.accepted:
            return mind, FindingAccept(key)
    return mind, None


def _ask(who: Character, mind: Mind, scene: Scene, account: Account) -> Reaction:
    floor, progress = scene.room.floor, _progress(mind, scene)
    if account.muted or mind.turn or progress is None:
        return mind, None
    if _minds(who, scene, account):
        return mind, HandRaise("order")
    if progress < FIRST.get(who.part, math.inf) or scene.at < mind.next_at or not _may_ask(who.key, scene):
        return mind, None
    asks = HandRaise("normal") if CONDUCT[floor.mode].queues else SpeechStart()
    return replace(mind, next_at=scene.at + ASKS_AGAIN_MS), asks


def _may_ask(key: str, scene: Scene) -> bool:
    """Whether asking makes sense now: no hand is up, nothing is offered, the list is open; or, on a free floor, nobody
    speaks."""
    floor = scene.room.floor
    if not CONDUCT[floor.mode].queues:
        is_silent = all(account.speaking_since is None for account in floor.people.values())
        return is_silent and isinstance(floor.phase, Open)
    has_hand = any(request.member == key for request in floor.queue)
    is_called = key in holders_of(floor) or offered_kind(floor, key) is not None
    is_barred = floor.is_list_closed or floor.round is not None or has_used_up(settle(floor, scene.at), key)
    return not (has_hand or is_called or is_barred)


def _minds(who: Character, scene: Scene, account: Account) -> bool:
    """Whether this is the moment for a point of order: somebody else speaks for too long while others wait."""
    floor = scene.room.floor
    phase, hands = floor.phase, [request for request in floor.queue if request.member == who.key]
    if who.part != "orderly" or not isinstance(phase, Speaking | Wrapping) or phase.member == who.key:
        return False
    has_used_them = account.orders >= floor.limits.orders or has_used_up(settle(floor, scene.at), who.key)
    is_up = any(hand.kind == "order" for hand in hands)
    return scene.at - phase.since > PATIENCE_MS and bool(floor.queue) and not (is_up or has_used_them)
