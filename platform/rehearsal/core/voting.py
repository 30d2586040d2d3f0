"""What became of each motion: the members' own accepted ballots against the frames and the published result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from rehearsal.core.received import StreamLog
from rehearsal.core.scenario import Choice, ElectorateRules, Scenario

STATING = ("statement.written", "statement.signed", "statement.left")
AMENDING = ("amendment.offered", "amendment.withdrawn", "amendment.arranged", "amendment.decided")


@dataclass(frozen=True, slots=True)
class BallotCast:
    """One ballot as it was answered; `refused` is the code, None where it was taken."""

    motion: str
    by: str
    choice: Choice
    refused: str | None


@dataclass(frozen=True, slots=True)
class Published:
    """The published result of a motion: digest of the file, its tallies, and what the recount said."""

    board: str
    tally: Mapping[str, Mapping[str, int]]
    """By electorate."""
    recount: str
    """`identical`, or the difference."""
    amendments: Mapping[str, str] = field(default_factory=dict)
    """Key of each amendment to the motion → what became of it."""
    statements: Mapping[str, int] = field(default_factory=dict)
    """Text of each minority statement → how many sign it."""


@dataclass(frozen=True, slots=True)
class Count:
    """What one electorate says: the last accepted ballot of each voter counts."""

    rules: ElectorateRules
    tally: Mapping[str, int]
    entitled: int

    @property
    def voters(self) -> int:
        """How many people's ballots count."""
        return sum(self.tally.values())

    @property
    def share_for(self) -> Fraction | None:
        """Of the ballots that count in the share; None where there is none."""
        base = self.voters - self.tally[Choice.ABSTAIN] * (not self.rules.abstentions_in_share)
        return Fraction(self.tally[Choice.FOR], base) if base else None

    @property
    def turnout(self) -> Fraction:
        """Of those entitled."""
        return Fraction(self.voters, self.entitled) if self.entitled else Fraction(0)

    @property
    def quorum_met(self) -> bool:
        """Whether enough have voted."""
        return self.turnout >= self.rules.quorum

    @property
    def adopted(self) -> bool:
        """Whether this electorate says yes."""
        return self.quorum_met and self.share_for is not None and self.share_for >= self.rules.threshold


@dataclass(frozen=True, slots=True)
class Voting:
    """One motion folded."""

    counts: Mapping[str, Count]
    """By electorate, in the order of the rules."""
    refused: Mapping[str, int]
    lang: str
    languages: Mapping[str, str]
    """Language → status of the version shown (`original` for the text's own)."""

    @property
    def tally(self) -> Mapping[str, Mapping[str, int]]:
        """By electorate."""
        return {name: count.tally for name, count in self.counts.items()}

    @property
    def turnout(self) -> Fraction:
        """Of all who are entitled."""
        entitled = sum(count.entitled for count in self.counts.values())
        return Fraction(sum(count.voters for count in self.counts.values()), entitled) if entitled else Fraction(0)

    @property
    def quorum_met(self) -> bool:
        """Whether enough have voted in each electorate."""
        return all(count.quorum_met for count in self.counts.values())

    @property
    def adopted(self) -> bool:
        """Whether every electorate that decides says yes."""
        return all(count.adopted for count in self.counts.values() if count.rules.decides)


def voting(
    motion: str, *, key: str | None, plenary: StreamLog | None, ballots: Sequence[BallotCast], scenario: Scenario
) -> Voting:
    """What one motion came to; `key` is its key in the stream, None where it never appeared."""
    mine = [ballot for ballot in ballots if ballot.motion == motion]
    last = {ballot.by: ballot.choice for ballot in mine if ballot.refused is None}
    opened, added = (_event(plenary, kind, key) for kind in ("motion.opened", "motion.added"))
    rolls: Mapping[str, int] = opened.get("rolls") or {}
    cast = Counter((scenario.electorate_of(by), choice) for by, choice in last.items())
    return Voting(
        counts={
            rules.name: Count(rules, {choice.value: cast[rules, choice] for choice in Choice}, rolls.get(rules.name, 0))
            for rules in scenario.plenary.electorates
        },
        refused=dict(sorted(Counter(ballot.refused for ballot in mine if ballot.refused).items())),
        lang=str(added.get("lang", "")),
        languages=_languages(opened),
    )


def fates(plenary: StreamLog | None, key: str | None) -> Mapping[str, str]:
    """Key of each amendment to a motion → what became of it, by what happened to it and to the others."""
    found: dict[str, str] = {}
    places: dict[str, tuple[str, int]] = {}
    for event in plenary.of_kind(*AMENDING) if plenary else ():
        data = event["data"]
        if data["motion"] != key:
            continue
        match event["kind"]:
            case "amendment.offered":
                amendment = data["words"]["key"]
                found[amendment], places[amendment] = "offered", (data["act"], data["paragraph"])
            case "amendment.withdrawn":
                found[data["amendment"]] = "withdrawn"
            case "amendment.arranged":
                kept = {**found, **{each: "unsupported" for each in found if found[each] == "offered"}}
                found = {**kept, **dict.fromkeys(data["order"], "offered")}
            case _:
                found[data["amendment"]] = data["fate"]
                if data["fate"] == "adopted":
                    found.update(dict.fromkeys(_rivals(data["amendment"], places, found), "lapsed"))
    return found


def signatures(plenary: StreamLog | None, key: str | None) -> Mapping[str, int]:
    """Key of each minority statement → how many sign it."""
    signed: dict[str, set[str]] = {}
    for event in plenary.of_kind(*STATING) if plenary else ():
        data = event["data"]
        if data["motion"] != key:
            continue
        names = signed.setdefault(data["words"]["key"] if "words" in data else data["statement"], set())
        if event["kind"] == "statement.left":
            names.discard(data["member"])
        else:
            names.add(data["member"])
    return {statement: len(names) for statement, names in signed.items() if names}


def _rivals(adopted: str, places: Mapping[str, tuple[str, int]], fates: Mapping[str, str]) -> list[str]:
    """Those waiting for their vote that want the same paragraph otherwise."""
    act, paragraph = places[adopted]
    return [
        each
        for each, place in places.items()
        if fates[each] == "offered" and place[1] == paragraph and "insert" not in (act, place[0])
    ]


def announced(plenary: StreamLog | None, key: str | None) -> Mapping[str, Any] | None:
    """The outcome in the frame that closed the motion."""
    return _event(plenary, "motion.closed", key).get("outcome")


def keys_of_motions(plenary: StreamLog | None) -> tuple[str, ...]:
    """Keys of the motions in the order in which they were added."""
    return tuple(str(event["data"]["motion"]) for event in (plenary.of_kind("motion.added") if plenary else ()))


def _event(plenary: StreamLog | None, kind: str, key: str | None) -> Mapping[str, Any]:
    events = plenary.of_kind(kind) if plenary else ()
    return next((event["data"] for event in events if event["data"].get("motion") == key), {})


def _languages(opened: Mapping[str, Any]) -> Mapping[str, str]:
    versions: Mapping[str, Mapping[str, Any]] = opened.get("versions") or {}
    return {lang: str(version["status"]) for lang, version in sorted(versions.items())}
