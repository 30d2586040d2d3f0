"""What became of each motion: the members' own accepted ballots against the frames and the published result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rehearsal.core.received import StreamLog
from rehearsal.core.scenario import Choice, PlenaryRules


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
    tally: Mapping[str, int]
    recount: str
    """`identical`, or the difference."""


@dataclass(frozen=True, slots=True)
class Voting:
    """One motion folded: the last accepted ballot of each voter counts."""

    tally: Mapping[str, int]
    refused: Mapping[str, int]
    entitled: int
    turnout: Fraction
    share_for: Fraction | None
    quorum_met: bool
    adopted: bool
    lang: str
    languages: Mapping[str, str]
    """Language → status of the version shown (`original` for the text's own)."""

    @property
    def voters(self) -> int:
        """How many people's ballots count."""
        return sum(self.tally.values())


def voting(
    motion: str, *, key: str | None, plenary: StreamLog | None, ballots: Sequence[BallotCast], rules: PlenaryRules
) -> Voting:
    """What one motion came to; `key` is its key in the stream, None where it never appeared."""
    mine = [ballot for ballot in ballots if ballot.motion == motion]
    counted = Counter({ballot.by: ballot.choice for ballot in mine if ballot.refused is None}.values())
    opened, added = (_event(plenary, kind, key) for kind in ("motion.opened", "motion.added"))
    entitled = sum((opened.get("rolls") or {}).values())
    valid = counted[Choice.FOR] + counted[Choice.AGAINST]
    base = valid + counted[Choice.ABSTAIN] * rules.abstentions_in_share
    share = Fraction(counted[Choice.FOR], base) if base else None
    turnout = Fraction(counted.total(), entitled) if entitled else Fraction(0)
    quorum_met = turnout >= rules.quorum
    return Voting(
        tally={choice.value: counted[choice] for choice in Choice},
        refused=dict(sorted(Counter(ballot.refused for ballot in mine if ballot.refused).items())),
        entitled=entitled,
        turnout=turnout,
        share_for=share,
        quorum_met=quorum_met,
        adopted=quorum_met and share is not None and share >= rules.threshold,
        lang=str(added.get("lang", "")),
        languages=_languages(opened),
    )


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
