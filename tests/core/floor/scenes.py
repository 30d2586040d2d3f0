"""Random floors: people who want anything at any time, drawn from one number."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from random import Random

from floor.core.commands import (
    FloorCommand,
    FloorGive,
    FloorPause,
    FloorResume,
    FloorSet,
    FloorSkip,
    GroupForm,
    HandAdvance,
    HandLower,
    HandRaise,
    InvitationsAllow,
    InvitationsStop,
    LagReport,
    ListClose,
    ListOpen,
    MemberArrive,
    MemberLeave,
    MemberMute,
    MemberUnmute,
    OfferAccept,
    OfferDecline,
    OfferProlong,
    PaceSet,
    QuestionAllow,
    SpeechStart,
    SpeechStop,
    TimeCorrect,
    TurnEnd,
    TurnExtend,
    TurnYield,
)
from floor.core.evolution import active_phase
from floor.core.types import Held, Limits, Mode, Offered, Speaking, Wrapping
from kernel.errors import Refused
from tests.core.floor.sitting import CHAIR, Sitting, opened

PEOPLE = tuple("abcdefghijklmno")
MODES: tuple[Mode, ...] = ("chaired", "open", "balanced", "strict", "free", "round")
LIMITS = (Limits(), Limits(carry_percent=50, planned_ms=900_000))

Step = tuple[int, str, int]
TALK = ("raise", "raise", "raise", "accept", "accept", "accept", "accept", "yield", "wait", "wait")
HABITS = (
    *TALK, "order", "interposed", "intervention", "prolong", "uninvite", "invite", "reply", "lower", "decline", "start",
    "start", "stop", "leave", "arrive", "arrive", "resume",
)  # fmt: skip
POWERS = (
    "give", "skip", "extend", "end", "pause", "set", "mute", "unmute", "item", "round", "advance", "close", "open",
    "open", "correct", "group", "pace", "lag",
)  # fmt: skip
QUESTIONS = (
    *TALK, *TALK, *TALK, "accept", *["interposed"] * 6, *["allow"] * 6, "ask", "ask", "yield", "leave", "arrive",
    "arrive", "pause", "resume", "resume", "extend", "end", "mute", "unmute", "unmute", "item", "correct",
)  # fmt: skip
ANYTHING = (*HABITS, *HABITS, *POWERS)


def random_log(seed: int, acts: Sequence[str], *, length: int) -> list[Step]:
    """Acts after delays from nothing to two minutes, some of them exactly at a deadline."""
    chance = Random(seed)
    delays = (lambda: 0, lambda: chance.randint(0, 5000), lambda: chance.randint(0, 30_000),
              lambda: chance.choice((3000, 4000, 8000, 10_000, 60_000, 90_000, 120_000)))  # fmt: skip
    return [(chance.choice(delays)(), chance.choice(acts), chance.randint(0, 14)) for _ in range(length)]


@dataclasses.dataclass(frozen=True)
class Scene:
    """People, a mode and what they will try; drawn from one number."""

    seed: int

    @property
    def people(self) -> int:
        """From a conversation of two to a full room."""
        return 2 + self.seed % 14

    @property
    def mode(self) -> Mode:
        """`balanced` most often; a round begins only on an open floor."""
        return ("balanced", "balanced", "balanced", "open", "strict", "strict", "chaired", "free")[self.seed % 8]

    def play(
        self,
        acts: Sequence[str] = ANYTHING,
        *,
        mode: Mode | None = None,
        limits: Limits | None = None,
        weights: Mapping[str, int] | None = None,
    ) -> Sitting:
        """The floor after all that."""
        sitting = opened(*PEOPLE[: self.people], mode=mode or self.mode, limits=limits, weights=weights)
        return play(sitting, random_log(self.seed, acts, length=100))


BY_MEMBER: dict[str, Callable[[], FloorCommand]] = {
    "raise": HandRaise, "order": lambda: HandRaise("order"),
    "interposed": lambda: HandRaise("interposed"), "intervention": lambda: HandRaise("intervention", "for"),
    "uninvite": InvitationsStop, "invite": InvitationsAllow, "reply": lambda: HandRaise("reply"), "lower": HandLower,
    "start": SpeechStart, "stop": SpeechStop,
}  # fmt: skip
BY_CHAIR: dict[str, Callable[[], FloorCommand]] = {
    "end": TurnEnd, "pause": FloorPause, "resume": FloorResume, "extend": lambda: TurnExtend(30),
    "round": lambda: FloorSet("round"), "close": ListClose, "open": ListOpen,
    "pace": lambda: PaceSet({"": 120}), "lag": lambda: LagReport(5400),
}  # fmt: skip
ANSWERS: dict[str, Callable[[], FloorCommand]] = {
    "accept": OfferAccept, "decline": OfferDecline, "prolong": OfferProlong,
}  # fmt: skip
ON_MEMBER: dict[str, Callable[[str], FloorCommand]] = {
    "leave": MemberLeave, "arrive": MemberArrive, "give": FloorGive, "skip": FloorSkip, "advance": HandAdvance,
    "mute": MemberMute, "unmute": MemberUnmute,
}  # fmt: skip


BY_NUMBER: dict[str, Callable[[list[str], int], FloorCommand]] = {
    "set": lambda _, number: FloorSet(MODES[number % len(MODES)], LIMITS[number % 2]),
    "correct": lambda members, number: TimeCorrect(members[number % len(members)], number * 8 - 60, "mistake"),
    "group": lambda members, number: GroupForm("ab"[number % 2], tuple(members[: 1 + number // 2]), 10 * number),
}


def act(sitting: Sitting, second: float, name: str, number: int) -> None:
    """One random act; what the floor refuses changes nothing."""
    members = list(sitting.floor.people)
    member = members[number % len(members)]
    try:
        if name in BY_MEMBER:
            sitting.do(second, member, BY_MEMBER[name]())
        elif name in BY_CHAIR:
            sitting.do(second, CHAIR, BY_CHAIR[name]())
        elif name in ON_MEMBER:
            sitting.do(second, CHAIR, ON_MEMBER[name](member))
        elif name in BY_NUMBER:
            sitting.do(second, CHAIR, BY_NUMBER[name](members, number))
        elif name == "item":
            sitting.begin_item(second)
        else:
            react(sitting, second, name)
    except Refused:
        sitting.advance(second)


def react(sitting: Sitting, second: float, name: str) -> None:
    """Whoever is offered the floor accepts or declines; whoever has it yields."""
    sitting.advance(second)
    phase = active_phase(sitting.floor)
    if name in ANSWERS and isinstance(phase, Offered | Held):
        sitting.do(second, phase.member, ANSWERS[name]())
    asker = next((each.member for each in sitting.floor.queue if each.kind == "interposed"), None)
    if name in ("allow", "ask") and isinstance(phase, Speaking) and asker:
        by, command = (phase.member, QuestionAllow()) if name == "allow" else (CHAIR, FloorGive(asker))
        sitting.do(second, by, command)
    if name == "yield" and isinstance(phase, Speaking | Wrapping):
        sitting.do(second, phase.member, TurnYield())


def play(sitting: Sitting, log: list[Step]) -> Sitting:
    now = 0
    for delay, name, number in log:
        now += delay
        spoken = {key: account.total_ms for key, account in sitting.floor.people.items()}
        act(sitting, now / 1000, name, number)
        grows = (sitting.floor.people[key].total_ms >= total for key, total in spoken.items())
        assert name == "correct" or all(grows), "I3"
    return sitting
