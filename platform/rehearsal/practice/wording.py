"""The report of a practice in sentences, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from facilitation.evidence import kind_words
from floor.core.types import Kind as HandKind
from rehearsal.core.cast import Part
from rehearsal.core.ending import Ending
from rehearsal.core.practice_report import Absence, HelpCalled, Insult, Person, PracticeReport, Wait, WaitEnd
from rooms.core.control import HideReason


def in_words(report: PracticeReport) -> dict[str, Any]:
    """What the page of a report shows."""
    names = {person.key: person.name for person in report.people}
    kinds, hands, ends = kind_words(), hand_words(), wait_words()
    return {
        "ending": ending_words()[report.ending],
        "length": clock_time(report.length_ms),
        "talk": clock_time(report.talk_ms),
        "people": [(person, _figures(person, report)) for person in report.people],
        "deeds": [
            {
                "at": clock_time(deed.at), "act": acts_on_people()[deed.kind], "name": names.get(deed.member, ""),
                "seconds": deed.seconds, "departs": deed.departs,
                "before": clock_time(deed.before_ms), "before_all": clock_time(deed.before_all_ms),
                "after": clock_time(deed.after_ms), "after_all": clock_time(deed.after_all_ms),
            }
            for deed in report.deeds
        ],
        "waits": [
            (clock_time(wait.at), names.get(wait.member, ""), hands[wait.kind], clock_time(wait.ms), ends[wait.end])
            for wait in report.waits
        ],
        "script": [(part_words()[person.part], person, list(_became(person, report))) for person in report.people],
        "beside": list(_beside(report, names)),
        "acts": [(kinds[kind], count) for kind, count in sorted(report.acts.items())],
    }  # fmt: skip


def clock_time(ms: int) -> str:
    """Minutes and seconds."""
    seconds = max(0, ms) // 1000
    return f"{seconds // 60}:{seconds % 60:02}"


def _figures(person: Person, report: PracticeReport) -> dict[str, Any]:
    share = round(100 * person.spoken_ms / report.talk_ms) if report.talk_ms else 0
    return {"spoken": clock_time(person.spoken_ms), "share": share, "longest": clock_time(person.longest_ms)}


# --- what the script held


def _became(person: Person, report: PracticeReport) -> Iterator[str]:
    """What became of a part."""
    match person.part:
        case "talker":
            yield from _talked(person)
        case "quiet":
            yield _was_invited(person)
        case "orderly":
            yield from _orders(person, report.waits)
        case "alone":
            yield _("Spoke for %(time)s and wrote notes: %(notes)s.") % {
                "time": clock_time(person.spoken_ms), "notes": person.notes,
            }  # fmt: skip
        case "lost":
            yield from _lost([each for each in report.absences if each.member == person.key])
        case "helpless":
            yield from _helped([each for each in report.helps if each.member == person.key])
        case "rude":
            yield from _insulted([each for each in report.insults if each.member == person.key])


def _talked(person: Person) -> Iterator[str]:
    if not person.turns:
        yield _("Did not get the floor.")
        return
    yield _("The longest turn began at %(at)s and lasted %(time)s.") % {
        "at": clock_time(person.longest_at), "time": clock_time(person.longest_ms),
    }  # fmt: skip
    if not person.cut:
        yield _("None of these turns was ended by you.")


def _was_invited(person: Person) -> str:
    if not person.invited:
        return _("You did not invite this person to speak.")
    said = _("Invited at %(at)s; spoke for %(time)s in all.")
    return said % {"at": clock_time(person.invited[0]), "time": clock_time(person.spoken_ms)}


def _orders(person: Person, waits: Sequence[Wait]) -> Iterator[str]:
    orders = [each for each in waits if each.member == person.key and each.kind == "order"]
    if not orders:
        yield _not_reached()
    for each in orders:
        said = (
            _("Raised a point of order at %(at)s; it was let in after %(time)s.")
            if each.end == "called"
            else _("Raised a point of order at %(at)s; it was not let in.")
        )
        yield said % {"at": clock_time(each.at), "time": clock_time(each.ms)}


def _lost(absences: Sequence[Absence]) -> Iterator[str]:
    if not absences:
        yield _not_reached()
    for each in absences:
        said = (
            _("Was gone from %(at)s on and did not come back before the end.")
            if each.ms is None
            else _("Was gone from %(at)s on and came back after %(time)s.")
        )
        yield said % {"at": clock_time(each.at), "time": clock_time(each.ms or 0)}


def _helped(calls: Sequence[HelpCalled]) -> Iterator[str]:
    if not calls:
        yield _not_reached()
    for each in calls:
        said = (
            _("Called for help at %(at)s; nobody answered.")
            if each.answered_ms is None
            else _("Called for help at %(at)s; answered after %(time)s.")
        )
        yield said % {"at": clock_time(each.at), "time": clock_time(each.answered_ms or 0)}


def _insulted(insults: Sequence[Insult]) -> Iterator[str]:
    if not insults:
        yield _not_reached()
    for each in insults:
        if each.reason is None:
            said = _("Wrote something insulting at %(at)s; it was not hidden.")
        else:
            said = _("Wrote something insulting at %(at)s; it stood for %(time)s and was hidden: %(reason)s.")
        reason = hide_words()[each.reason] if each.reason else ""
        yield said % {"at": clock_time(each.at), "time": clock_time(each.stood_ms), "reason": reason}


def _not_reached() -> str:
    return _("The practice did not come to this.")


def _beside(report: PracticeReport, names: Mapping[str, str]) -> Iterator[str]:
    notes = ngettext("You wrote %(count)s note.", "You wrote %(count)s notes.", report.guide_notes)
    yield notes % {"count": report.guide_notes}
    for asked in report.asked:
        if asked.answers is None:
            yield _("The question asked at %(at)s was still open at the end.") % {"at": clock_time(asked.at)}
        else:
            yield _("The question asked at %(at)s was answered by %(count)s.") % {
                "at": clock_time(asked.at), "count": asked.answers,
            }  # fmt: skip
    for hiding in report.hidings:
        yield _("At %(at)s words of %(name)s were hidden that the script holds nothing against: %(reason)s.") % {
            "at": clock_time(hiding.at), "name": names.get(hiding.member, ""), "reason": hide_words()[hiding.reason],
        }  # fmt: skip


# --- words for values


def part_words() -> Mapping[Part, str]:
    """What each part was to do."""
    return {
        "talker": _("Talks for a long time and goes on as long as nobody ends it"),
        "quiet": _("Says nothing unless invited"),
        "orderly": _("Raises points of order when somebody else speaks for too long"),
        "alone": _("The only one who speaks this language"),
        "lost": _("Loses the line in the middle of it"),
        "helpless": _("Calls for help"),
        "rude": _("Writes insults"),
    }


def ending_words() -> Mapping[Ending, str]:
    """Why a practice ended."""
    return {
        "closed": _("The room was closed."),
        "left": _("You were gone for more than two minutes."),
        "never": _("You did not come in."),
        "time": _("The time was over."),
        "server": _("The server stopped in the middle of it. What happened until then is told here."),
    }


def hand_words() -> Mapping[HandKind, str]:
    """Kinds of hands."""
    return {
        "interposed": _("question to the speaker"),
        "intervention": _("short statement"),
        "order": _("point of order"),
        "normal": _("turn"),
        "reply": _("reply"),
    }


def wait_words() -> Mapping[WaitEnd, str]:
    """How a wait ended."""
    return {
        "called": _("got the floor"),
        "lowered": _("took the hand down"),
        "skipped": _("was passed over"),
        "gone": _("went down by itself"),
        "waiting": _("still waited at the end"),
    }


def hide_words() -> Mapping[HideReason, str]:
    """Why words were hidden, as the console says it."""
    return {
        "insult": _("it insults somebody"),
        "private": _("it tells private things about somebody"),
        "unlawful": _("it may be unlawful"),
        "unrelated": _("it has nothing to do with the matter"),
        "mistake": _("it was sent by mistake"),
    }


def acts_on_people() -> Mapping[str, str]:
    """What was done to one person."""
    return {
        "grant": _("gave the floor to"),
        "invitation": _("invited"),
        "advance": _("put ahead"),
        "skip": _("passed over"),
        "cut": _("ended the turn of"),
        "interrupt": _("let a question be put to"),
        "extension": _("gave more time to"),
        "correction": _("changed the counted time of"),
        "mute": _("silenced"),
        "removal": _("sent out"),
        "hide": _("hid words of"),
    }
