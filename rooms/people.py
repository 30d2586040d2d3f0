"""Members and stored questions as the composition sees them, and who organises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assemblies.models import Member
from kernel import wire
from rooms.core.composition import Composed, Person, Question
from rooms.models import Proposal
from translation.reach import translated_pairs

CHAMBER = "chamber"
"""The trait that is no column of the members' list."""


def person_of(member: Member, traits: Sequence[str]) -> Person:
    """A member with these traits: columns of the members' list, and `CHAMBER`."""
    known = {**member.traits, CHAMBER: member.chamber}
    shown = tuple(f"{column}: {known[column]}" for column in traits if known.get(column))
    return Person(member.key, tuple(member.speaks), member.reads, shown)


def organisers_of(room: int) -> frozenset[str]:
    """Keys of the members who organise the assembly of this room; one query."""
    found = Member.objects.filter(assembly__rooms=room, role="organiser", removed_at=None)
    return frozenset(found.values_list("key", flat=True))


def routes_between(people: Iterable[Person]) -> frozenset[tuple[str, str]]:
    """What this installation translates of the languages these people speak and read."""
    return translated_pairs({lang for person in people for lang in (*person.speaks, person.reads)})


def question_of(proposal: Proposal) -> Question:
    """What was asked."""
    return wire.decode(Question, proposal.question)


def composed_of(proposal: Proposal) -> Composed | None:
    """What was answered, if it was."""
    return wire.decode(Composed, proposal.answer) if proposal.answer else None
