"""How a motion is amended: offered, supported, put in order, called one by one, and what each does to the text.

The order, and that an adopted amendment settles the others on its paragraph, follow what parliaments do: among
alternatives the one that goes furthest is put first, and what it leaves without an object is not put at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Words
from plenary.core.amendments import (
    MAX_AMENDMENT_REASONS,
    MAX_PARAGRAPH,
    MOST_AMENDMENTS,
    MOST_OF_ONE,
    Amendable,
    Amendment,
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
    Amends,
    Changed,
    amended,
    in_reach,
    paragraphs,
    same_place,
    voting_order,
)
from plenary.core.motions import MotionAdded, MotionState, PlenaryState
from plenary.core.rules import Amending
from recommendations.core.drafting import MAX_AMENDED


def decide(state: PlenaryState, motion: MotionState, command: Any, moment: Moment) -> Sequence[Any]:
    """Events that follow from a command about the amendments to a motion that is not open yet."""
    rule = motion.rule.amendments
    if rule is None:
        raise Refused("amendment.not_heard")
    match command:
        case AmendmentArrange():
            return [_arranged(motion, rule, moment.gathered)]
        case AmendmentCall():
            return [_call(state, motion, moment)]
    if motion.is_arranged:
        raise Refused("amendment.list_closed")
    return _by_members(motion, command, moment)


def _by_members(motion: MotionState, command: Any, moment: Moment) -> Sequence[Any]:
    match command:
        case AmendmentOffer():
            return [_offered(motion, command, moment)]
        case AmendmentSupport(_, key, support):
            return _supported(motion, _offered_one(motion, key), moment, support=support)
        case AmendmentWithdraw(_, key):
            if _offered_one(motion, key).member != moment.by:
                raise Refused("amendment.not_yours")
            return [AmendmentWithdrawn(motion.motion, key)]
    raise TypeError(type(command).__name__)


def _entitled(moment: Moment) -> str:
    if moment.by is None or moment.by not in moment.gathered.entitled:
        raise Refused("ballot.not_entitled")
    return moment.by


def _offered(motion: MotionState, command: AmendmentOffer, moment: Moment) -> AmendmentOffered:
    gathered: Amendable = moment.gathered
    by = _entitled(moment)
    standing = [each for each in motion.amendments if each.fate == "offered"]
    if len(motion.amendments) >= MOST_AMENDMENTS or sum(each.member == by for each in standing) >= MOST_OF_ONE:
        raise Refused("amendment.too_many", most=MOST_OF_ONE)
    if not in_reach(command.act, command.paragraph, gathered.text):
        raise Refused("amendment.no_paragraph")
    said = clean_text(command.reasons, limit=MAX_AMENDMENT_REASONS) if command.reasons.strip() else ""
    reasons = moment.words(said, language(command.lang).code, "reasons") if said else None
    return AmendmentOffered(
        motion.motion, by, command.act, command.paragraph, _proposed(command, motion, moment), reasons
    )


def _proposed(command: AmendmentOffer, motion: MotionState, moment: Moment) -> Words:
    """What is proposed, as one paragraph; of a deletion what is to go, in the language it stands in."""
    gathered: Amendable = moment.gathered
    if command.act == "delete":
        return moment.words(paragraphs(gathered.text)[command.paragraph - 1], motion.lang, "amendment")
    text = " ".join(paragraphs(clean_text(command.text, limit=MAX_PARAGRAPH)))
    if command.act == "replace" and text == paragraphs(gathered.text)[command.paragraph - 1]:
        raise Refused("amendment.no_change")
    return moment.words(text, language(command.lang).code, "amendment")


def _offered_one(motion: MotionState, key: str) -> Amendment:
    found = next((each for each in motion.amendments if each.amendment == key), None)
    if found is None:
        raise Refused("amendment.unknown")
    if found.fate != "offered":
        raise Refused("amendment.withdrawn")
    return found


def _supported(
    motion: MotionState, amendment: Amendment, moment: Moment, *, support: bool
) -> Sequence[AmendmentSupported]:
    by = _entitled(moment)
    if by == amendment.member:
        raise Refused("amendment.your_own")
    if support is (by in amendment.supporters):
        return []
    return [AmendmentSupported(motion.motion, amendment.amendment, by, support)]


def _arranged(motion: MotionState, rule: Amending, gathered: Amendable) -> AmendmentArranged:
    if motion.is_arranged:
        raise Refused("amendment.list_closed")
    standing = [
        each
        for each in motion.amendments
        if each.fate == "offered" and len(each.supporters) >= rule.supporters and each.amendment not in gathered.erased
    ]
    if lacking := [each for each in standing if each.amendment not in gathered.amendments]:
        raise Refused("amendment.not_in_language", count=len(lacking))
    return AmendmentArranged(
        motion.motion, tuple(voting_order(standing, gathered.amendments, gathered.text, rule.order))
    )


def _call(state: PlenaryState, motion: MotionState, moment: Moment) -> MotionAdded:
    if not motion.is_arranged:
        raise Refused("amendment.list_open")
    if any(each.fate == "called" for each in motion.amendments):
        raise Refused("amendment.one_at_a_time")
    following = next((each for each in motion.amendments if each.fate == "offered"), None)
    if following is None:
        raise Refused("amendment.none_left")
    return MotionAdded(
        motion=moment.key("motion"),
        number=len(state.motions) + 1,
        source=following.amendment,
        lang=following.lang,
        title=None,
        recommendation=following.amendment,
        reasons=following.reasons,
        rule=replace(motion.rule, amendments=None, objections="none", statement_hours=0),
        amends=Amends(motion.motion, motion.number, motion.lang, following.amendment),
    )


def decided(state: PlenaryState, key: str, moment: Moment) -> AmendmentDecided:
    """What the vote on an amendment does to the motion it amends."""
    voted = state.motions[key]
    if voted.amends is None or voted.outcome is None:
        raise ValueError(f"motion {key} is no amendment that was voted on")
    motion, amendment = state.motions[voted.amends.motion], voted.amends.amendment
    if not voted.outcome.adopted:
        return AmendmentDecided(motion.motion, amendment, "rejected")
    text = _text_with(motion, amendment, moment.gathered)
    if not text or len(text) > MAX_AMENDED:
        return AmendmentDecided(motion.motion, amendment, "lapsed")
    return AmendmentDecided(motion.motion, amendment, "adopted", moment.words(text, motion.lang))


def _text_with(motion: MotionState, key: str, gathered: Amendable) -> str:
    """The text with all that was adopted and this one; empty where its words are gone or nothing would be left."""
    if key not in gathered.amendments or not gathered.text:
        return ""
    carried = [each for each in motion.amendments if each.fate == "adopted" or each.amendment == key]
    return amended(
        gathered.text,
        [(each, gathered.amendments[each.amendment]) for each in carried if each.amendment in gathered.amendments],
    )


# --- events


def called(motions: Mapping[str, MotionState], vote: str, amends: Amends) -> dict[str, MotionState]:
    """The motions with this amendment called to its vote."""
    motion = motions[amends.motion]
    changed = tuple(
        replace(each, fate="called", motion=vote) if each.amendment == amends.amendment else each
        for each in motion.amendments
    )
    return {**motions, motion.motion: replace(motion, amendments=changed)}


def evolve(motion: MotionState, event: Changed) -> MotionState:
    """The motion after something happened to an amendment to it."""
    match event:
        case AmendmentOffered(_, member, act, paragraph, words, reasons):
            offered = Amendment(
                words.key, member, act, paragraph, words.lang, reasons.key if reasons else None, (member,)
            )
            return replace(motion, amendments=(*motion.amendments, offered))
        case AmendmentArranged(_, order):
            return replace(motion, is_arranged=True, amendments=_in_order(motion.amendments, order))
        case AmendmentSupported(_, key, member, support):
            changed = tuple(
                replace(each, supporters=_behind(each, member, support=support)) if each.amendment == key else each
                for each in motion.amendments
            )
            return replace(motion, amendments=changed)
        case AmendmentWithdrawn(_, key):
            changed = tuple(
                replace(each, fate="withdrawn") if each.amendment == key else each for each in motion.amendments
            )
            return replace(motion, amendments=changed)
    return _with_decided(motion, event)


def _behind(amendment: Amendment, member: str, *, support: bool) -> tuple[str, ...]:
    others = tuple(each for each in amendment.supporters if each != member)
    return (*others, member) if support else others


def _in_order(amendments: Sequence[Amendment], order: Sequence[str]) -> tuple[Amendment, ...]:
    by_key = {each.amendment: each for each in amendments}
    left_out = [
        replace(each, fate="unsupported") if each.fate == "offered" else each
        for each in amendments
        if each.amendment not in order
    ]
    return (*(by_key[key] for key in order), *left_out)


def _with_decided(motion: MotionState, event: AmendmentDecided) -> MotionState:
    voted = next(each for each in motion.amendments if each.amendment == event.amendment)
    changed = []
    for each in motion.amendments:
        if each is voted:
            changed.append(replace(each, fate=event.fate))
        elif event.fate == "adopted" and each.fate == "offered" and same_place(each, voted):
            changed.append(replace(each, fate="lapsed"))
        else:
            changed.append(each)
    motion = replace(motion, amendments=tuple(changed))
    if event.words is None:
        return motion
    return replace(motion, recommendation=event.words.key, former=(*motion.former, motion.recommendation))
