"""What people write in a room: contributions, notes, drafts, findings; who may, and when."""

from __future__ import annotations

from floor.core import policy
from floor.core.ledger import holder_of
from floor.core.types import Paused
from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment
from recommendations.core import drafting
from recommendations.core.drafting import DraftCommand
from rooms.core import finding, scribing, seating
from rooms.core.events import ContributionMade, NoteMade, RoomEvent
from rooms.core.finding import AgreeingCommand, FindingEvent, WritingCommand
from rooms.core.types import LATE_MS, MAX_CONTRIBUTION, MAX_NOTE, SPEAKING_ROLES, NoteMake, RoomState, SpeechCommand


def write(
    room: RoomState, command: SpeechCommand | DraftCommand | WritingCommand | AgreeingCommand, moment: Moment
) -> list[RoomEvent]:
    """Events that follow when somebody writes, or agrees to what is written; or `Refused`."""
    if isinstance(command, SpeechCommand):
        return [_speak(room, command, moment)]
    if isinstance(command, DraftCommand):
        return _draft(room, command, moment)
    return [*_find(room, command, moment)]


def _speak(room: RoomState, command: SpeechCommand, moment: Moment) -> RoomEvent:
    key = seating.seated(room, moment.by)
    if not (isinstance(command, NoteMake) and _is_late(room, key, moment.at)):
        refuse_unless_open(room)
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


def _draft(room: RoomState, command: DraftCommand, moment: Moment) -> list[RoomEvent]:
    key = writer_of(room, moment.by)
    present = [member for member, account in room.floor.people.items() if account.present]
    return [*drafting.decide(room.drafts, command, moment, member=key, present=present, quotable=_quotable(room))]


def writer_of(room: RoomState, by: str | None, member: str | None = None) -> str:
    """Who writes drafts here when `by` does, for `member` if they type for that person; or `Refused`."""
    key = seating.seated(room, by)
    if member is not None and member != key:
        key = scribing.person_of(room, key, member)
    refuse_unless_open(room)
    if room.seats[key].role not in SPEAKING_ROLES:
        raise Refused("draft.not_yours")
    return key


def _quotable(room: RoomState) -> dict[str, drafting.Quote]:
    """What is shown of what was said, as it stands now."""
    return {
        said.words: drafting.Quote(said.words, said.wording, said.member, said.lang)
        for said in room.said
        if not (said.hidden or said.withdrawn)
    }


def _find(room: RoomState, command: WritingCommand | AgreeingCommand, moment: Moment) -> list[FindingEvent]:
    refuse_unless_open(room)
    if isinstance(command, WritingCommand):
        return finding.write(room.findings, command, moment)
    key = seating.seated(room, moment.by)
    if room.seats[key].role not in SPEAKING_ROLES:
        raise Refused("finding.not_yours")
    present = [member for member, account in room.floor.people.items() if account.present]
    return finding.agree(room.findings, command, member=key, present=present)


def refuse_unless_open(room: RoomState) -> None:
    """Nothing is done in a room that waits or has closed."""
    if room.phase != "open":
        raise Refused("room.not_open")
