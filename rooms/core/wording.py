"""Saying again what was said: the author corrects it, somebody suggests a translation, a reader flags one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from live.core.kinds import Words

MAX_CORRECTIONS = 10
"""Of one thing said."""
MAX_SUGGESTIONS = 20
"""That wait in a room at the same time."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation that somebody suggests and nobody has accepted yet."""

    words: str
    """What it is of, as it was first said."""
    of: str
    """Key of the wording it translates."""
    text: str
    """Key of its own words."""
    lang: str
    member: str


# --- commands of members


@dataclass(frozen=True, slots=True)
class ContributionCorrect:
    """What I said or noted I put so from now on; what it was before stays to be read."""

    words: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class SuggestionMake:
    """I speak both languages: this would be a better translation into `lang`."""

    words: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class SuggestionAccept:
    """Show this translation to those who read its language; for the author of the words and for who leads."""

    suggestion: str


@dataclass(frozen=True, slots=True)
class SuggestionDecline:
    """Do not; also for whoever suggested it."""

    suggestion: str


# --- command of the machine


@dataclass(frozen=True, slots=True)
class FlagCount:
    """So many readers of `lang` say that they do not understand the translation of these words."""

    words: str
    lang: str
    flags: int


# --- events


@dataclass(frozen=True, slots=True)
class ContributionCorrected:
    """Their author puts these words so from now on."""

    words: str
    wording: Words


@dataclass(frozen=True, slots=True)
class SuggestionMade:
    """Somebody who speaks both languages suggests this translation of the words as they stand, `of`."""

    suggestion: str
    words: str
    of: str
    text: Words
    member: str


@dataclass(frozen=True, slots=True)
class SuggestionAccepted:
    """Who reads `lang` is shown this translation of wording `of` from now on."""

    suggestion: str
    words: str
    of: str
    text: str
    lang: str
    member: str


@dataclass(frozen=True, slots=True)
class SuggestionDeclined:
    """This translation is not going to be shown."""

    suggestion: str


@dataclass(frozen=True, slots=True)
class TranslationFlagged:
    """So many readers of `lang` do not understand the translation of these words; who, is told to nobody."""

    words: str
    lang: str
    flags: int


WordingCommand = ContributionCorrect | SuggestionMake | SuggestionAccept | SuggestionDecline | FlagCount
WordingEvent = ContributionCorrected | SuggestionMade | SuggestionAccepted | SuggestionDeclined | TranslationFlagged
EVENTS: tuple[type, ...] = get_args(WordingEvent)
