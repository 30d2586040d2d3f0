"""Roles of members, chambers, and kinds of phases: the words of `docs/concepts.md`."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a member is in an assembly."""

    CITIZEN = "citizen"
    FACILITATOR = "facilitator"
    ORGANISER = "organiser"
    CHAIR = "chair"
    TRANSLATOR = "translator"
    SCRIBE = "scribe"
    EXPERT = "expert"
    OBSERVER = "observer"


VOTING_ROLES = (Role.CITIZEN, Role.SCRIBE)
"""Roles whose members may stand on the roll of an electorate."""


class PhaseKind(StrEnum):
    """What a phase of an assembly is for."""

    PREPARE = "prepare"
    LEARN = "learn"
    DELIBERATE = "deliberate"
    DRAFT = "draft"
    VOTE = "vote"
    FOLLOW_UP = "follow_up"
