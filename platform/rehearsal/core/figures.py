"""Rooms and motions folded, in the form of the report and under the names of the `expected` block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rehearsal.core.comparison import ROUNDED, Measured, turn_precision
from rehearsal.core.received import StreamLog
from rehearsal.core.scenario import MotionPlan, Role, RoomPlan, Scenario
from rehearsal.core.speaking import Speaking, Turn, gini, speaking, turns_of
from rehearsal.core.translating import Translating, translating
from rehearsal.core.voting import BallotCast, Count, Published, Voting, announced, fates, signatures, voting

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RoomFold:
    """Everything the report says of one room."""

    speaking: Speaking
    translating: Translating
    over: tuple[str, ...]
    under: tuple[str, ...]
    interventions: Mapping[str, int]
    events: int
    last_seq: int

    def as_data(self, name: str) -> Json:
        """The form of the report."""
        spoken = self.speaking
        return {
            "id": name,
            "citizens": {who: self._citizen(who) for who in spoken.milliseconds},
            "gini": round(float(gini(list(spoken.milliseconds.values()))), 4),
            "over": list(self.over),
            "under": list(self.under),
            "events": self.events,
            "last_seq": self.last_seq,
            "interventions": dict(self.interventions),
            "departures": spoken.departures,
        }

    def _citizen(self, who: str) -> Json:
        spoken = self.speaking
        return {
            "seconds": spoken.milliseconds[who] / 1000,
            "turns": spoken.turns[who],
            "share": round(float(spoken.share(who)), 4),
        }


def fold_room(
    room: RoomPlan,
    *,
    scenario: Scenario,
    stream: str,
    streams: Mapping[str, StreamLog],
    people: Mapping[str, str],
    held: frozenset[str],
) -> RoomFold:
    """One room from the events that its members received; `people` maps member keys to ids."""
    log = streams.get(stream) or StreamLog(stream, None, 0, ())
    roster = [person.id for person in scenario.citizens(room)]
    turns = [Turn(people.get(turn.member, turn.member), turn.spans, turn.departs) for turn in turns_of(log.events)]
    figures = speaking(turns, roster)
    return RoomFold(
        speaking=figures,
        translating=translating(streams, stream, held=held),
        over=figures.beyond(scenario.speaking.over),
        under=figures.below(scenario.speaking.under),
        interventions=_interventions(log, scenario, people),
        events=len(log.events),
        last_seq=log.last_seq,
    )


def _interventions(log: StreamLog, scenario: Scenario, people: Mapping[str, str]) -> Mapping[str, int]:
    """Events of the room that a facilitator caused, by kind; presence and notes are nobody's intervention."""
    own = {person.id for person in scenario.participants if person.role is Role.FACILITATOR}
    passive = {"member.arrived", "member.left", "note.made"}
    acts = Counter(
        event["kind"] for event in log.events if people.get(event["by"] or "") in own and event["kind"] not in passive
    )
    return dict(sorted(acts.items()))


def measured_room(fold: RoomFold, speed: int, *, judged: bool) -> Measured:
    """A room under the names of the `expected` block; speaking figures may be left unjudged."""
    spoken = _speaking_figures(fold)
    jobs = fold.translating
    return Measured(
        figures={
            **spoken,
            "utterances_with_text": jobs.utterances,
            "translation_jobs": dict(jobs.jobs),
            "translation_jobs_total": sum(jobs.jobs.values()),
        },
        precision=_precision(fold.speaking, turn_precision(speed)),
        unjudged=frozenset() if judged else frozenset(spoken),
    )


def _speaking_figures(fold: RoomFold) -> Json:
    spoken = fold.speaking
    ranked = sorted(spoken.milliseconds, key=lambda who: spoken.milliseconds[who])
    return {
        "turns": dict(spoken.turns),
        "speaking_seconds": {who: ms / 1000 for who, ms in spoken.milliseconds.items()},
        "share": {who: round(float(spoken.share(who)), 4) for who in spoken.milliseconds},
        "fair_share_seconds": round(float(spoken.fair_ms / 1000), 2),
        "gini": round(float(gini(list(spoken.milliseconds.values()))), 4),
        "most": ranked[-1] if ranked else None,
        "least": ranked[0] if ranked else None,
        "above_150_percent_of_fair": list(fold.over),
        "below_50_percent_of_fair": list(fold.under),
        "overlapped_seconds": spoken.overlapped_ms / 1000,
        "room_seconds_with_speech": spoken.with_speech_ms / 1000,
        "longest_turn": [spoken.longest[0] / 1000, spoken.longest[1]] if spoken.longest else None,
    }


def _precision(spoken: Speaking, turn_s: float) -> dict[str, float]:
    """How far each figure may be off when each turn may be off by `turn_s`."""
    each = {who: turn_s * turns for who, turns in spoken.turns.items()}
    whole, total = sum(each.values()), max(1.0, spoken.total_ms / 1000)
    shares = {who: float(spoken.share(who)) for who in each}
    return {
        **{f"speaking_seconds.{who}": off for who, off in each.items()},
        **{f"share.{who}": (each[who] + shares[who] * whole) / total + ROUNDED for who in each},
        "fair_share_seconds": whole / max(1, len(each)) + 0.01,
        "gini": 2 * whole / total + ROUNDED,
        "overlapped_seconds": whole if spoken.overlapped_ms else 0.0,
        "room_seconds_with_speech": whole,
        "longest_turn": turn_s,
    }


# --- motions


@dataclass(frozen=True, slots=True)
class MotionFold:
    """Everything the report says of one motion."""

    voting: Voting
    amendments: Mapping[str, str]
    """Id of each amendment → what became of it."""
    statements: Mapping[str, int]
    """Id of each minority statement that was published → how many sign it."""
    published: Published | None
    disagreements: tuple[str, ...]

    def as_data(self, name: str) -> Json:
        """The form of the report."""
        votes = self.voting
        return {
            "id": name,
            "tally": {name: dict(tally) for name, tally in votes.tally.items()},
            "turnout": round(float(votes.turnout), 4),
            "quorum_met": votes.quorum_met,
            "adopted": votes.adopted,
            "amendments": dict(self.amendments),
            "statements": dict(self.statements),
            "languages": dict(votes.languages),
            "refused_ballots": dict(votes.refused),
            "board": self.published.board if self.published else None,
            "recount": self.published.recount if self.published else None,
        }


def fold_motion(
    motion: MotionPlan,
    *,
    scenario: Scenario,
    key: str | None,
    plenary: StreamLog | None,
    ballots: tuple[BallotCast, ...],
    published: Published | None,
    amendments: Mapping[str, str],
) -> MotionFold:
    """One motion from the ballots members had accepted, held against the frames and the published result.

    `amendments`: id of each amendment → its key.
    """
    votes = voting(motion.id, key=key, plenary=plenary, ballots=ballots, scenario=scenario)
    became = fates(plenary, key)
    disagreements = _disagreements(votes, announced(plenary, key), published)
    if published is not None and published.amendments != became:
        disagreements.append(f"the published amendments {published.amendments} are not the frames' {became}")
    named = {name: became[each] for name, each in amendments.items() if each in became}
    stated, least = published.statements if published else {}, scenario.plenary.statements
    signed = [count for count in signatures(plenary, key).values() if least and count >= least.signatures]
    if sorted(stated.values()) != sorted(signed):
        disagreements.append(f"the published statements have {[*stated.values()]} signatures, the frames {signed}")
    told = {each.id: stated[each.text] for each in scenario.statements if each.text in stated}
    return MotionFold(votes, named, told, published, tuple(disagreements))


def _disagreements(votes: Voting, outcome: Mapping[str, Any] | None, published: Published | None) -> list[str]:
    found = []
    if outcome is None:
        found.append("its outcome never reached anybody")
    elif bool(outcome.get("adopted")) != votes.adopted:
        found.append("the frame says otherwise than the ballots whether it is adopted")
    if published is None:
        found.append("no result was published")
    elif published.recount != "identical":
        found.append(f"the recount differs: {published.recount}")
    elif published.tally != votes.tally:
        found.append(f"the published tally {dict(published.tally)} is not the ballots' {dict(votes.tally)}")
    return found


def measured_motion(fold: MotionFold) -> Measured:
    """A motion under the names of the `expected` block: of one electorate plainly, of several each under its name."""
    votes = fold.voting
    counts = {name: _measured_count(count) for name, count in votes.counts.items()}
    return Measured(
        figures={
            **(counts if len(counts) > 1 else next(iter(counts.values()))),
            "rejected_ballots": sum(votes.refused.values()),
            "quorate": votes.quorum_met,
            "translate_to": [lang for lang in votes.languages if lang != votes.lang],
            "adopted": votes.adopted,
            "amendments": fold.amendments,
            "statements": fold.statements,
        },
        precision={"share_for": ROUNDED, **{f"{name}.share_for": ROUNDED for name in counts}},
    )


def _measured_count(count: Count) -> Mapping[str, Any]:
    return {
        **count.tally,
        "voters": count.voters,
        "eligible": count.entitled,
        "share_for": round(float(count.share_for), 4) if count.share_for is not None else None,
    }
