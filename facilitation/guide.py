"""The guide for facilitators: a page that anybody may read, because a room should know what its facilitator can do.

The content is data: sections of short sentences, the controls with what the room sees of each. Names of controls
are those of the console. Every control that is listed is a fact in the room's log, which is why the room sees it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

Text = Promise | str
KEY = re.compile("[A-Za-z0-9_-]{1,16}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A control or a situation: what it is called, what it does or what to do, and what the room sees of it."""

    name: Text
    does: Text
    seen: Text = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with sentences to follow and entries to look up; `anchor` is its address on the page."""

    anchor: str
    title: Text
    sentences: Sequence[Text] = ()
    entries: Sequence[Entry] = ()


SECTIONS: Sequence[Section] = (
    Section("before", _("Before the room opens"), (
        _("Come ten minutes early and look who is there, and in which languages they speak and read."),
        _("Know the agenda and how long each item may take."),
        _("Open the room when you are ready. Nobody can speak before that."),
        _("Say at the beginning how turns work: raise a hand, wait, speak, give the floor back."),
        _("Say that every text is translated by a machine and that the original is always there to be read."),
    )),
    Section("during", _("While people talk"), (
        _("Let the rule call people: whoever has had less time goes first. Call somebody else only for a reason."),
        _("Look at the bars of speaking time once in a while, not all the time. Look at the people."),
        _("Ask for short sentences. They are translated better and read faster."),
        _("Leave a pause after each turn: readers of a translation are some seconds behind."),
        _("Say when half of an item's time is over, and again two minutes before its end."),
        _("Put what the room agrees on into words, and what it does not agree on too."),
    )),
    Section("after", _("After the room"), (
        _("Ask whether something was left unsaid before you close the room."),
        _("Close the room. Its report then says how equal the time was and how the room was led, without names."),
        _("Read your neutrality page: it shows what you did by your own choice."),
        _("Tell the organiser what did not work, while you remember it."),
    )),
    Section("controls", _("What each control does"), entries=(
        Entry(_("Give the floor"), _("Offers the floor to somebody, whoever the rule would call."),
              _("Everybody sees who has the floor. The log says so if the rule would have called somebody else.")),
        Entry(_("Skip"), _("Passes over a person this time; they may ask again."),
              _("That person's hand goes down.")),
        Entry(_("+30 s"), _("Gives the speaker half a minute more. It counts as their time."),
              _("Everybody sees that the turn was made longer.")),
        Entry(_("End the turn"), _("Takes the floor back now. What was said is kept."),
              _("Everybody sees that the turn has ended.")),
        Entry(_("Pause"), _("Stops all clocks until you press “Go on”. Nobody loses time."),
              _("Everybody sees that the room is paused.")),
        Entry(_("Close the list of speakers"), _("Nobody else can ask for a turn on this item."),
              _("Everybody sees that the list is closed.")),
        Entry(_("Ask everybody once, in a round"), _("Calls everybody here once, in a drawn order. Anybody may pass."),
              _("Everybody sees that a round has begun.")),
        Entry(_("Mode"), _("Chooses how speakers are called, from the machine's rule to free speech."),
              _("Everybody sees the new mode.")),
        Entry(_("Correct the time"), _("Counts somebody's time differently, for example after a long translation."),
              _("Everybody sees the correction.")),
        Entry(_("Begin the next item"),
              _("Opens the next item. Nobody owes or is owed time any more, "
                "except for the part that the room's rules carry over."),
              _("Everybody sees its title in their language.")),
        Entry(_("Hide …"), _("Shows a text to nobody else but facilitators. You choose a reason."),
              _("Everybody sees that it is hidden, and why.")),
        Entry(_("Silence for now"), _("Bars somebody from turns and notes until you let them speak again."),
              _("Everybody sees it.")),
        Entry(_("Send out of the room"), _("Closes the room to somebody. You can let them in again."),
              _("Everybody sees it.")),
        Entry(_("Lock the room: nobody else comes in"),
              _("Only facilitators and people who were already inside can come in."),
              _("Everybody sees that the room is locked.")),
    )),
    Section("neutrality", _("Staying neutral"), (
        _("You lead how people talk, never what they conclude. Do not argue, judge or praise an opinion."),
        _("Treat equal cases equally: the same patience, the same limit, the same question."),
        _("When you depart from the rule, say the reason aloud. It is allowed, and it is written in the log."),
        _("Repeat what you heard in the speaker's own words and ask whether it is right."),
        _("If the matter touches you yourself, say so and ask somebody else to lead."),
    )),
    Section("situations", _("What to do when …"), entries=(
        Entry(_("A translation is doubtful"),
              _("Do not guess. Ask the speaker to say it again in other, shorter words. Check names and numbers.")),
        Entry(_("Somebody is silent"),
              _("Invite them once, with an open question, and accept a no. A round asks everybody alike. "
                "Some people would rather write a note.")),
        Entry(_("Somebody dominates"),
              _("Thank them, name the time they have had, and say who waits. Let the rule call the next person. "
                "End a turn only after a warning.")),
        Entry(_("There is a point of order"),
              _("Let it come first. It is about how the room works, not about the matter. Answer it in a sentence.")),
        Entry(_("Two people want to speak at once"),
              _("Say aloud who comes first and who second. The rule has an order: use it.")),
        Entry(_("Somebody has lost the line"),
              _("Go on, but decide nothing important without them. When they are back, they get what they missed. "
                "If many are gone, pause.")),
        Entry(_("You lose the line yourself"),
              _("The room goes on by its rule. Come back by the same link. "
                "Another facilitator may take the room over.")),
        Entry(_("There is anger, or an insult"),
              _("Pause. Name the behaviour, not the person. Hide words only for one of the listed reasons.")),
        Entry(_("You need help"),
              _("Press “Call for help”. The other facilitators and the organisers see it at once; the room does not.")),
    )),
)  # fmt: skip


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The guide, in the reader's language. Whoever comes from their own page (`member`) can practise there."""
    member = request.GET.get("member", "")
    practise = f"/m/{member}/practice/" if KEY.fullmatch(member) else "/practice/"
    return render(request, "facilitation/guide.html", {"sections": SECTIONS, "practise": practise})
