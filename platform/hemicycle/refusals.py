"""Sentences for refusals: every stable code a rule refuses with, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from kernel.errors import Parameter

SENTENCES = {
    "account.exists": _("There is an account for %(email)s already."),
    "account.first_exists": _("The first account was made already. Sign in with it."),
    "account.link_over": _("This link cannot make an account any more."),
    "assembly.slug_taken": _("Another assembly has the short name “%(slug)s” already. Choose another one."),
    "ballot.already_cast": _("Your vote is in already. Each person votes once."),
    "ballot.bad_choice": _("Choose yes, no or abstain."),
    "ballot.not_entitled": _("You have no vote on this motion."),
    "command.not_yours": _("You may not do this here."),
    "command.unknown": _("This server does not know “%(command)s”. Reload the page."),
    "draft.closed": _("This draft was submitted. It can no longer be changed."),
    "draft.no_majority": _("Not yet: %(accepted)s of %(present)s present have accepted. More than half must."),
    "draft.not_yours": _("Only members of this room write and accept its drafts."),
    "draft.outdated": _("Somebody wrote version %(version)s meanwhile. Read it, then write yours again."),
    "draft.too_many": _("A room writes at most %(limit)s drafts."),
    "draft.too_many_versions": _("A draft has at most %(limit)s versions."),
    "draft.unknown": _("There is no such draft."),
    "floor.bad_correction": _("Time can be corrected by 1 to %(limit)s seconds, up or down."),
    "floor.bad_extension": _("A turn can be extended by 1 to %(limit)s seconds."),
    "floor.bad_limits": _("These time limits do not fit together. Look at “%(field)s”."),
    "floor.bad_pace": _("Turns in “%(language)s” can have %(least)s to %(most)s percent of the usual length."),
    "floor.cap_reached": _(
        "You have used the time one person may have on this item. Send a note, or ask the facilitator."
    ),
    "floor.closed": _("The floor is closed. The facilitator opens it."),
    "floor.list_closed": _(
        "The list of speakers is closed for this item. You may still raise a point of order, or send a note."
    ),
    "floor.muted": _("The facilitator has muted you for now."),
    "floor.no_hand": _("This person’s hand is no longer up."),
    "floor.no_place": _("You have no place in this debate."),
    "floor.no_queue": _("In a free debate nobody queues: just speak."),
    "floor.nobody_speaks": _("Nobody has the floor."),
    "floor.not_free": _("In this debate one person speaks at a time. Raise your hand."),
    "floor.not_offered": _("The floor is not offered to you now. Raise your hand."),
    "floor.not_present": _("This person is not here now."),
    "floor.not_yours": _("Only the person who has the floor can do this. Raise your hand, or send a note."),
    "floor.orders_used": _("You have used your %(limit)s points of order on this item."),
    "floor.paused": _("The debate is paused."),
    "floor.taken": _("Somebody has the floor. Wait until the turn ends."),
    "help.closed": _("This call for help is done already."),
    "help.taken": _("Somebody else looks after this call already."),
    "help.too_many": _("You have called %(limit)s times; somebody will come. Wait for an answer."),
    "help.unknown": _("This call for help is not known here."),
    "invitation.expired": _("This invitation has expired."),
    "invitation.revoked": _("This invitation has been withdrawn."),
    "invitation.unknown": _("This invitation is not known here."),
    "language.unknown": _("The language “%(language)s” is not known here. Write a code such as es, fr or ca."),
    "live.failed": _("Something broke on our side; nothing was changed. Try again."),
    "live.too_many_sockets": _("You have this open in more than %(limit)s windows. Close some of them."),
    "live.try_again": _("Too much happened at once; nothing was changed. Try again."),
    "member.name_taken": _("Somebody here is called “%(name)s”, or nearly so. Choose a name that tells you apart."),
    "member.too_many_devices": _("You are signed in on %(limit)s devices today. Sign one of them out first."),
    "members.changed_meanwhile": _("The members changed meanwhile, so nobody was added. Send the list again."),
    "members.double_column": _("The column “%(column)s” stands twice in the first line."),
    "members.formula": _("The cell “%(column)s” begins like a formula. Remove the sign at its beginning."),
    "members.missing_column": _("The first line must name the columns. “%(column)s” is missing."),
    "members.no_trait": _(
        "The column “%(column)s” tells single people apart, or has more than %(limit)s values. Remove it."
    ),
    "members.same_name": _("“%(name)s” looks like the name on line %(line)s. Tell the two apart."),
    "members.speaks_nothing": _("The column “speaks” is empty. Write at least one language, such as es."),
    "members.speaks_too_many": _("At most %(limit)s spoken languages, please."),
    "members.too_many_traits": _("At most %(limit)s columns of traits, please."),
    "members.too_many_cells": _("This line has %(found)s cells, but there are %(expected)s columns."),
    "members.unknown_chamber": _("The chamber “%(chamber)s” is not known. Chambers here: %(chambers)s."),
    "members.unknown_column": _("A column has no name, or too long a one: “%(column)s”."),
    "members.unknown_role": _("The role “%(role)s” is not known. Roles: %(roles)s."),
    "motion.bad_duration": _("Write for how many minutes the vote is open: a whole number up to %(most)s."),
    "motion.closed": _("The vote is closed."),
    "motion.closes_too_soon": _("The vote would close before anybody could cast a ballot. Choose a later time."),
    "motion.exists": _("This motion stands in the plenary already."),
    "motion.nobody_entitled": _("Nobody in “%(electorate)s” may vote."),
    "motion.not_open": _("The vote is not open."),
    "motion.unknown": _("There is no such motion."),
    "motion.versions_missing": _("The text is not ready in: %(languages)s."),
    "motion.wrong_phase": _("The motion is not at this step."),
    "name.bad_character": _("The name holds a character that cannot be shown. Type it anew."),
    "name.empty": _("The name is empty. It needs at least one letter or digit."),
    "name.mixed_scripts": _("The name mixes alphabets within one word. Use one alphabet."),
    "name.too_long": _("The name is too long: at most %(limit)s characters."),
    "name.too_many_marks": _("The name has too many accents or signs in a row."),
    "organiser.last": _("An assembly needs at least one organiser."),
    "organiser.link_over": _("This invitation was used or withdrawn, or it is older than a week."),
    "organiser.too_many": _("An assembly has at most %(limit)s organisers, invitations included."),
    "phase.ends_first": _("A phase must end after it starts."),
    "phase.too_many": _("An assembly has at most %(limit)s phases."),
    "rate.too_many": _("That was too fast. Wait %(seconds)s s and try again."),
    "recommendation.unknown": _("There is no such recommendation."),
    "room.is_led": _("%(name)s leads this room."),
    "room.not_a_member": _("This person has no seat in this room."),
    "room.not_open": _("The room is not open."),
    "room.not_seated": _("You have no seat in this room."),
    "room.not_yourself": _("You cannot do this to yourself."),
    "room.unknown": _("There is no such room here."),
    "room.role_fixed": _("The role of this seat cannot be changed here."),
    "room.has_floor": _("This person has the floor. Wait until the turn ends, or end it first."),
    "rooms.bad_rounds": _("Plan 1 to %(most)s rounds at once."),
    "rooms.bad_size": _("A room holds %(least)s to %(most)s people."),
    "rooms.pin_nowhere": _("Somebody is fixed to room %(room)s, but there would be %(rooms)s rooms."),
    "rooms.pins_contradict": _("Two people who are to sit apart are both fixed to room %(room)s."),
    "rooms.pins_too_many": _("More than %(most)s people are fixed to room %(room)s."),
    "rooms.too_few": _("%(rooms)s rooms of at most %(most)s do not hold %(people)s people."),
    "rooms.too_many": _("%(rooms)s rooms are more than there are people to seat (%(people)s)."),
    "rule.bad_certifiers": _("One to %(limit)s people certify a result."),
    "rule.bad_electorates": _("The rule must name its electorates, each once."),
    "rule.bad_fraction": _("Write the share as a fraction such as 1/2."),
    "rule.bad_threshold": _("The threshold of “%(electorate)s” must lie between none and all."),
    "rule.nobody_decides": _("At least one electorate must decide."),
    "rule.unknown_preset": _("Choose one of the rules and one of the kinds of secrecy in the list."),
    "sitting.bad_closing": _("Rooms can be closed now or within %(most)s minutes."),
    "sitting.bad_extension": _("A step can be made longer by up to %(most)s minutes at a time."),
    "sitting.bad_length": _("Write how many minutes the step takes: a whole number from 1 to %(most)s."),
    "sitting.bad_turn": _("A turn can last from %(least)s to %(most)s seconds. Leave it empty to change nothing."),
    "sitting.no_rooms": _("There are no rooms to open. Make rooms first."),
    "sitting.no_steps": _("The run of show is empty. Add a step, or choose a template."),
    "sitting.not_running": _("The sitting is not going on."),
    "sitting.over": _("This sitting has ended. Prepare the next one first."),
    "sitting.step_passed": _("This step has begun. Only what is still to come can be changed."),
    "sitting.too_many_steps": _("A run of show has at most %(limit)s steps."),
    "sitting.unknown_step": _("There is no such step. Somebody may have taken it out."),
    "step.bad_extension": _("One room can stay at a step for %(limit)s minutes longer than the others, no more."),
    "step.no_vote": _("The facilitator leads this room on. Voting to move on is for steps that ask for it."),
    "step.not_yours": _("Only those who speak in this room, and are here, vote on moving on."),
    "step.over": _("This step is over."),
    "stream.not_yours": _("This is not open to you."),
    "stream.too_many": _("Too many rooms are open on this page (at most %(limit)s). Close one."),
    "stream.unknown": _("This room is not known here."),
    "table.broken": _("A quotation mark is not closed, or stands in the wrong place."),
    "table.empty": _("The file holds no members. The first line names the columns, each further line one member."),
    "table.not_text": _("This is not a CSV file. In your spreadsheet, choose “Save as CSV (UTF-8)”."),
    "table.too_large": _("The file is larger than %(limit)s MB."),
    "table.too_long": _("The file has more than %(limit)s members. Split it."),
    "text.empty": _("Write something first."),
    "text.too_long": _("The text has %(length)s characters; %(limit)s are allowed."),
    "wire.bad_character": _("The text holds a character that cannot be stored."),
    "wire.duplicate_key": _("The message cannot be read. Reload the page."),
    "wire.missing_field": _("The message cannot be read: “%(field)s” is missing."),
    "wire.not_a_number": _("The message cannot be read: “%(value)s” is no number."),
    "wire.not_an_object": _("The message cannot be read. Reload the page."),
    "wire.not_json": _("The message cannot be read. Reload the page."),
    "wire.too_deep": _("The message cannot be read. Reload the page."),
    "wire.too_large": _("The message is too large (at most %(limit)s bytes)."),
    "wire.unknown_field": _("The message cannot be read: “%(field)s” is not known."),
    "wire.wrong_type": _("The message cannot be read: “%(field)s” should be %(wanted)s."),
}

OPERATORS_ONLY = ("package.", "source.", "scenario.", "rehearsal.")
"""Refusals that only the command line gives, to operators; it prints code and parameters as they are."""


class _Known(dict[str, Parameter]):
    def __missing__(self, name: str) -> str:
        return "…"


def sentence(code: str, params: Mapping[str, Parameter]) -> str:
    """What the refusal says, in the language now active; an unknown code still gets a sentence."""
    if code not in SENTENCES:
        return gettext("This is not possible now.")
    return gettext(SENTENCES[code]) % _Known(params)
