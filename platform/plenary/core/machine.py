"""How the plenary moves: commands to events, events to the next state, and what the clock does by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Recorded
from plenary.core import amending, passport, statements
from plenary.core.amendments import (
    AmendmentArrange,
    AmendmentArranged,
    AmendmentCall,
    AmendmentDecided,
    AmendmentOffer,
    AmendmentOffered,
    AmendmentSupport,
    AmendmentSupported,
    AmendmentWithdraw,
    AmendmentWithdrawn,
    Changed,
)
from plenary.core.blind import as_text
from plenary.core.motions import (
    Counts,
    MemberArrive,
    MemberArrived,
    MemberLeave,
    MemberLeft,
    MotionAdd,
    MotionAdded,
    MotionCertified,
    MotionCertify,
    MotionClose,
    MotionClosed,
    MotionExplain,
    MotionExplained,
    MotionOpen,
    MotionOpened,
    MotionProlonged,
    MotionRepeat,
    MotionSettle,
    MotionSettled,
    MotionState,
    MotionVoid,
    MotionVoided,
    Objection,
    ObjectionAnswer,
    ObjectionAnswered,
    ObjectionRaise,
    ObjectionRaised,
    ObjectionWithdraw,
    Opening,
    Option,
    Phase,
    PlenaryState,
    parts_of,
    takes_statements,
)  # fmt: skip
from plenary.core.options import MOST_OPTIONS
from plenary.core.rules import Kind, Tie, check
from plenary.core.statements import (
    StatementCommand,
    StatementEvent,
    StatementLeave,
    StatementLeft,
    StatementSign,
    StatementSigned,
    StatementsProlonged,
    StatementWrite,
    StatementWritten,
)
from plenary.core.tally import Settled, settle, tally

MIN_OPEN_MS = 1_000
HOUR_MS = 3_600_000
MAX_REASONS = 4000
MAX_OBJECTION = 1000
LEAST_AFTER_MS = 60_000
"""After a time in which nobody was served, a ballot that was open then stays open for at least so long."""


def decide(state: PlenaryState, command: Any, moment: Moment) -> Sequence[Any]:
    """Events that follow from a command; `moment.gathered` holds what it needs from the tables."""
    match command:
        case MemberArrive(member):
            return [] if member in state.present else [MemberArrived(member)]
        case MemberLeave(member):
            return [MemberLeft(member)] if member in state.present else []
        case MotionAdd():
            return [_added(state, command, moment)]
        case AmendmentOffer() | AmendmentSupport() | AmendmentWithdraw() | AmendmentArrange() | AmendmentCall():
            return amending.decide(state, _in_phase(state, command.motion, "draft"), command, moment)
        case ObjectionRaise() | ObjectionWithdraw() | ObjectionAnswer():
            return _about_objection(_in_phase(state, command.motion, "draft"), command, moment)
        case StatementWrite() | StatementSign() | StatementLeave():
            return _about_statement(_in_phase(state, command.motion, "open", "closed"), command, moment)
    return _about_motion(state, command, moment)


def _about_motion(state: PlenaryState, command: Any, moment: Moment) -> Sequence[Any]:
    match command:
        case MotionOpen():
            return [_opened(state, command, moment)]
        case MotionClose(motion):
            return [_closed(_in_phase(state, motion, "open"), moment.gathered)]
        case MotionSettle(motion, adopt, option):
            return [_settled(_in_phase(state, motion, "closed"), adopt=adopt, option=option)]
        case MotionExplain():
            return [_explained(state, command, moment)]
        case MotionVoid(motion):
            return [_voided(_in_phase(state, motion, "open", "closed"), command, moment)]
        case MotionRepeat(motion):
            return [_repeated(state, _in_phase(state, motion, "void"), moment)]
        case MotionCertify(motion):
            certified = _certified(_in_phase(state, motion, "closed", "certified"), moment)
            return [
                *certified,
                *(amending.decided(state, each.motion, moment) for each in certified if _stands(state, each)),
            ]
    raise TypeError(type(command).__name__)


def _about_objection(motion: MotionState, command: Any, moment: Moment) -> Sequence[Any]:
    match command:
        case ObjectionRaise(_, text, lang):
            return [_raised(motion, text, lang, moment)]
        case ObjectionWithdraw(_, objection):
            mine = _objection(motion, objection)
            if mine.member != moment.by:
                raise Refused("objection.not_yours")
            return [] if mine.fate == "withdrawn" else [ObjectionAnswered(motion.motion, objection, "withdrawn")]
    heard = _objection(motion, command.objection)
    if heard.fate == "withdrawn":
        raise Refused("objection.withdrawn")
    return [] if heard.fate == command.fate else [ObjectionAnswered(motion.motion, heard.objection, command.fate)]


def _about_statement(motion: MotionState, command: StatementCommand, moment: Moment) -> Sequence[Any]:
    if not takes_statements(motion, moment.at):
        raise Refused("statement.too_late" if motion.statements_until else "statement.not_taken")
    return statements.decide(motion.statements, command, moment, roll=moment.gathered)


def _raised(motion: MotionState, text: str, lang: str, moment: Moment) -> ObjectionRaised:
    if motion.rule.objections == "none":
        raise Refused("objection.not_heard")
    if moment.by is None or moment.by not in moment.gathered:
        raise Refused("ballot.not_entitled")
    if any(each.member == moment.by and each.fate != "withdrawn" for each in motion.objections):
        raise Refused("objection.one_each")
    words = moment.words(clean_text(text, limit=MAX_OBJECTION), language(lang).code)
    return ObjectionRaised(motion.motion, moment.by, words)


def _objection(motion: MotionState, key: str) -> Objection:
    found = next((each for each in motion.objections if each.objection == key), None)
    if found is None:
        raise Refused("objection.unknown")
    return found


def _in_phase(state: PlenaryState, key: str, *phases: Phase) -> MotionState:
    motion = state.motions.get(key)
    if motion is None:
        raise Refused("motion.unknown")
    if motion.phase not in phases:
        raise Refused("motion.wrong_phase", phase=motion.phase)
    return motion


def _added(state: PlenaryState, command: MotionAdd, moment: Moment) -> MotionAdded:
    check(command.rule)
    asked = (command.recommendation, *command.others)
    parts: Sequence[Option] = moment.gathered
    if {part.source for part in parts} != set(asked):
        raise Refused("recommendation.unknown")
    if len(set(asked)) != len(asked) or any(
        part.source in asked for motion in state.motions.values() for part in parts_of(motion)
    ):
        raise Refused("motion.exists")
    if command.rule.amendments and len(asked) > 1:
        raise Refused("amendment.not_heard")
    if len(asked) > MOST_OPTIONS or (len(asked) == 1 and command.rule.kind is not Kind.YES_NO):
        raise Refused("motion.bad_options", most=MOST_OPTIONS)
    source = parts[0]
    return MotionAdded(
        motion=moment.key("motion"),
        number=len(state.motions) + 1,
        source=command.recommendation,
        lang=source.lang,
        title=source.title,
        recommendation=source.recommendation,
        reasons=source.reasons,
        rule=command.rule,
        options=tuple(parts) if command.others else (),
    )


def _opened(state: PlenaryState, command: MotionOpen, moment: Moment) -> MotionOpened:
    motion = _in_phase(state, command.motion, "draft")
    opening: Opening = moment.gathered
    closes_at = command.closes_at
    if closes_at is None and command.duration_ms is not None:
        closes_at = moment.at + command.duration_ms
    if closes_at is not None and closes_at < moment.at + MIN_OPEN_MS:
        raise Refused("motion.closes_too_soon")
    if empty := [name for name, members in opening.members.items() if not members]:
        raise Refused("motion.nobody_entitled", electorate=empty[0])
    if waiting := sum(each.fate == "open" for each in motion.objections):
        raise Refused("motion.objections_open", count=waiting)
    if waiting := sum(each.fate in ("offered", "called") for each in motion.amendments):
        raise Refused("motion.amendments_open", count=waiting)
    passport.check(opening.versions, motion.rule.versions)
    rolls = {name: len(members) for name, members in opening.members.items()}
    seed = moment.key("lot") if motion.rule.tie is Tie.LOT else ""
    return MotionOpened(
        command.motion, closes_at, rolls, opening.versions, lot=lot_of(seed) if seed else None, seed=seed,
        keys={name: as_text(key.public) for name, key in opening.signing.items()},
        members=opening.members, signing=opening.signing,
    )  # fmt: skip


def _closed(motion: MotionState, counts: Counts) -> MotionClosed:
    counted = counts[motion.motion]
    outcome = tally(counted.counts, motion.rule, seed=counted.seed, upheld=motion.upheld, tables=counted.tables)
    return MotionClosed(motion.motion, outcome, seed=counted.seed or None)


def _settled(motion: MotionState, *, adopt: bool, option: int | None) -> MotionSettled:
    if motion.outcome is None or motion.awaits != "chair":
        raise Refused("motion.no_tie")
    if (option is not None or motion.outcome.tied) and (adopt is not (option in motion.outcome.tied)):
        raise Refused("motion.not_tied")
    return MotionSettled(
        motion.motion, settle(motion.outcome, Settled.CHAIR, adopted=adopt, chosen=option if adopt else None)
    )


def lot_of(seed: str) -> str:
    """What is published of a seed while nobody may know it."""
    return sha256(seed.encode()).hexdigest()


def _explained(state: PlenaryState, command: MotionExplain, moment: Moment) -> MotionExplained:
    motion = _in_phase(state, command.motion, "closed")
    if motion.outcome is None or not motion.outcome.departs_from:
        raise Refused("motion.no_departure")
    text = clean_text(command.text, limit=MAX_REASONS)
    return MotionExplained(command.motion, moment.words(text, language(command.lang).code))


def _voided(motion: MotionState, command: MotionVoid, moment: Moment) -> MotionVoided:
    if command.wrong not in motion.versions:
        raise Refused("motion.no_such_version")
    words = moment.words(clean_text(command.text, limit=MAX_REASONS), language(command.lang).code)
    return MotionVoided(motion.motion, command.wrong, words)


def _repeated(state: PlenaryState, voided: MotionState, moment: Moment) -> MotionAdded:
    if any(motion.repeats == voided.motion for motion in state.motions.values()):
        raise Refused("motion.exists")
    return MotionAdded(
        moment.key("motion"), len(state.motions) + 1, voided.source, voided.lang, voided.title, voided.recommendation,
        voided.reasons, voided.rule, voided.options, repeats=voided.motion, amends=voided.amends,
    )  # fmt: skip


def _certified(motion: MotionState, moment: Moment) -> list[MotionCertified]:
    if motion.awaits == "chair":
        raise Refused("motion.awaits_chair")
    if motion.awaits == "reasons":
        raise Refused("motion.awaits_reasons")
    if takes_statements(motion, moment.at):
        raise Refused("motion.awaits_statements")
    by = moment.by or ""
    return [] if by in motion.certified_by else [MotionCertified(motion.motion, by)]


def _stands(state: PlenaryState, event: MotionCertified) -> bool:
    """Whether this confirmation is the one with which the vote on an amendment stands."""
    motion = state.motions[event.motion]
    return motion.amends is not None and len(motion.certified_by) + 1 == motion.rule.certifiers


def next_deadline(state: PlenaryState) -> int | None:
    """When the next ballot closes by itself."""
    return min((motion.closes_at for motion in open_motions(state) if motion.closes_at is not None), default=None)


def open_motions(state: PlenaryState) -> list[MotionState]:
    """The motions whose ballot is open."""
    return [motion for motion in state.motions.values() if motion.phase == "open"]


def due(state: PlenaryState) -> list[MotionState]:
    """The motions that close at the next deadline."""
    deadline = next_deadline(state)
    return [motion for motion in open_motions(state) if motion.closes_at is not None and motion.closes_at == deadline]


def expire(state: PlenaryState, moment: Moment) -> Sequence[Any]:
    """Close what is due."""
    return [_closed(motion, moment.gathered) for motion in due(state) if (motion.closes_at or 0) <= moment.at]


def stalled(state: PlenaryState, began_at: int, ended_at: int) -> list[tuple[Any, int]]:
    """Events and their moments after a time in which nobody was served: whoever could not vote or sign in it has as
    long afterwards. An end of a ballot that leaves that long anyway stays as it was said."""
    prolonged: list[tuple[Any, int]] = [
        (StatementsProlonged(motion.motion, motion.statements_until + ended_at - began_at), ended_at)
        for motion in state.motions.values()
        if motion.statements_until is not None and takes_statements(motion, began_at)
    ]
    for motion in open_motions(state):
        if motion.closes_at is not None and motion.closes_at > began_at:
            lost = min(ended_at, motion.closes_at) - began_at
            closes_at = ended_at + max(lost, LEAST_AFTER_MS)
            if closes_at > motion.closes_at:
                prolonged.append((MotionProlonged(motion.motion, closes_at), ended_at))
    return prolonged


Step = (
    MotionOpened | MotionProlonged | MotionClosed | MotionSettled | MotionExplained | MotionCertified
    | MotionVoided | ObjectionRaised | ObjectionAnswered | StatementEvent | StatementsProlonged
)  # fmt: skip
Event = MotionAdded | Step | Changed | MemberArrived | MemberLeft


def evolve(state: PlenaryState, record: Recorded[PlenaryState]) -> PlenaryState:
    """The state after an event."""
    event: Event = record.event
    match event:
        case MemberArrived(member):
            return replace(state, present=(*state.present, member))
        case MemberLeft(member):
            return replace(state, present=tuple(key for key in state.present if key != member))
        case MotionAdded():
            if event.amends:
                state = replace(state, motions=amending.called(state.motions, event.motion, event.amends))
            changed = _new(event, state.motions.get(event.repeats or ""))
        case (
            AmendmentOffered() | AmendmentSupported() | AmendmentWithdrawn() | AmendmentArranged() | AmendmentDecided()
        ):
            changed = amending.evolve(state.motions[event.motion], event)
        case _:
            changed = _moved_on(state.motions[event.motion], event, record.at)
    return replace(state, motions={**state.motions, event.motion: changed})


def _new(event: MotionAdded, repeated: MotionState | None) -> MotionState:
    new = MotionState(
        event.motion, event.number, "draft", event.source, event.lang, event.title, event.recommendation,
        event.reasons, event.rule, options=event.options, repeats=event.repeats, amends=event.amends,
    )  # fmt: skip
    if repeated is None:
        return new
    return replace(new, amendments=repeated.amendments, is_arranged=True, former=repeated.former)


def _moved_on(motion: MotionState, event: Step, at: int) -> MotionState:
    match event:
        case MotionOpened():
            return replace(
                motion, phase="open", opened_at=at, closes_at=event.closes_at, rolls=event.rolls,
                versions=event.versions, lot=event.lot, keys=event.keys,
            )  # fmt: skip
        case MotionProlonged(_, closes_at):
            return replace(motion, closes_at=closes_at, is_prolonged=True)
        case MotionClosed():
            return _counted(motion, event, at)
        case MotionSettled() | MotionExplained() | MotionVoided():
            return _spoken_on(motion, event)
        case ObjectionRaised() | ObjectionAnswered():
            return replace(motion, objections=_objections(motion.objections, event))
        case StatementWritten() | StatementSigned() | StatementLeft() | StatementsProlonged():
            return _stated(motion, event)
        case MotionCertified():
            certified_by = (*motion.certified_by, event.member)
            enough = len(certified_by) >= motion.rule.certifiers
            return replace(motion, phase="certified" if enough else "closed", certified_by=certified_by)


def _spoken_on(motion: MotionState, event: MotionSettled | MotionExplained | MotionVoided) -> MotionState:
    match event:
        case MotionSettled():
            return replace(motion, outcome=event.outcome)
        case MotionExplained(words=words):
            return replace(motion, departure=words.key)
        case MotionVoided(_, wrong, words):
            return replace(motion, phase="void", wrong=wrong, voided=words.key, outcome=None)


def _counted(motion: MotionState, event: MotionClosed, at: int) -> MotionState:
    until = at + motion.rule.statement_hours * HOUR_MS if motion.rule.statement_hours else None
    return replace(motion, phase="closed", outcome=event.outcome, lot=event.seed, statements_until=until)


def _stated(motion: MotionState, event: StatementEvent | StatementsProlonged) -> MotionState:
    if isinstance(event, StatementsProlonged):
        return replace(motion, statements_until=event.until)
    return replace(motion, statements=statements.evolve(motion.statements, event))


def _objections(objections: Sequence[Objection], event: ObjectionRaised | ObjectionAnswered) -> tuple[Objection, ...]:
    if isinstance(event, ObjectionRaised):
        return (*objections, Objection(event.words.key, event.member))
    return tuple(replace(each, fate=event.fate) if each.objection == event.objection else each for each in objections)
