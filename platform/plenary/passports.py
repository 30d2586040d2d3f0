"""The passport of a motion as people read it: of each language what the version is, and what seems to differ in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assemblies.models import scope_of
from live import queries as live_queries
from live.core.kinds import WordsShown
from plenary.core.motions import MotionState, parts_of, words_of
from plenary.core.passport import Status, Version, suffices
from plenary.core.rules import Needed
from plenary.queries import opening_of, plenary_of
from translation import queries as texts
from translation.core.comparing import Difference, differences
from translation.leases import names_of


@dataclass(frozen=True, slots=True)
class Compared:
    """One text of a motion in one language: what it is called, the key of its words, and its doubtful sentences."""

    name: str
    words: str
    original_lang: str
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Page:
    """One language of a passport. `suffices`: as much as the rule asks for."""

    lang: str
    version: Version
    suffices: bool
    compared: Sequence[Compared]

    @property
    def warnings(self) -> int:
        """How many sentences deserve a second look."""
        return sum(len(each.differences) for each in self.compared)


def passport(assembly_id: int, motion: MotionState) -> list[Page]:
    """Each language in which the motion is read: as it stands, or as it stood when the vote opened."""
    versions = motion.versions or opening_of(assembly_id, motion).versions
    originals = live_queries.words(words_of(motion))
    scope = scope_of(assembly_id)
    names = names_of([scope]).get(scope, ())
    return [
        Page(
            lang, version, suffices(version.status, motion.rule.versions),
            list(_compared(motion, originals, texts.shown(plenary_of(assembly_id), originals, lang), lang, names)),
        )
        for lang, version in versions.items()
    ]  # fmt: skip


def _compared(
    motion: MotionState, originals: Mapping[str, WordsShown], shown: Mapping[str, WordsShown], lang: str,
    names: Sequence[str],
) -> Iterator[Compared]:  # fmt: skip
    for words, name in named(motion).items():
        original, text = originals.get(words), shown.get(words)
        if original and text and original.lang != lang:
            found = differences(original.text, text.text, source=original.lang, target=lang, names=names)
            yield Compared(name, words, original.lang, found)


def named(motion: MotionState) -> dict[str, str]:
    """What each text of a motion is called, by the key of its words."""
    found: dict[str, str] = {}
    for number, part in enumerate(parts_of(motion), start=1):
        names = {part.title: _("Title"), part.recommendation: _("Recommendation"), part.reasons: _("Reasons")}
        found |= {key: f"{number}. {name}" if motion.options else name for key, name in names.items() if key}
    return found


def status_name(status: Status) -> str:
    """What a version is, in a few words."""
    return {
        "original": _("authentic text"),
        "signed": _("reviewed by a translator"),
        "reviewed": _("translated by a member"),
        "reopened": _("to be reviewed again"),
        "machine": _("machine translation"),
        "missing": _("not translated"),
    }[status]


def needed_name(needed: Needed) -> str:
    """What every version needs before the vote opens, to choose from and to read."""
    return {
        "any": _("It may open before everything is translated."),
        "machine": _("It opens when the text is there in every language its voters read."),
        "reviewed": _("It opens when people have translated or reviewed every version its voters read."),
        "signed": _("It opens when a translator has signed every version its voters read."),
    }[needed]
