"""The passport of a motion: what each language version is, and what a rule asks of all of them before a vote opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from kernel.errors import Refused
from kernel.ids import digest
from kernel.languages import language
from plenary.core.rules import Needed

Status = Literal["original", "signed", "reviewed", "reopened", "machine", "missing"]
"""Authentic; signed by the assembly's translator; written by a member who speaks both languages; either of them before
another version was changed; none of them; not there."""
RISING: tuple[Status, ...] = ("missing", "machine", "reopened", "reviewed", "signed", "original")
_FEWEST: Mapping[Needed, Status] = {"any": "missing", "machine": "machine", "reviewed": "reviewed", "signed": "signed"}
_REFUSED: Mapping[Needed, str] = {
    "machine": "motion.versions_missing",
    "reviewed": "motion.versions_unreviewed",
    "signed": "motion.versions_unsigned",
}
NOBODY = "–"


@dataclass(frozen=True, slots=True)
class Version:
    """One language version of a motion as it was frozen: status and digest of its texts."""

    status: Status
    digest: str


def wording(versions: Mapping[str, Version]) -> str:
    """SHA-256 over the set of versions: the ballot is cast on all of them, so that it does not say which was read."""
    return digest(*(part for lang, version in sorted(versions.items()) for part in (lang, version.digest)))


def least(statuses: Iterable[Status]) -> Status:
    """What a version is whose texts have these statuses: no more than the least of them."""
    return min(statuses, key=RISING.index)


def suffices(status: Status, needed: Needed) -> bool:
    """Whether a version may stand in a vote whose rule needs so much."""
    return RISING.index(status) >= RISING.index(_FEWEST[needed])


def check(versions: Mapping[str, Version], needed: Needed) -> None:
    """Refuse to open while a version has less than the rule needs, naming the languages by what they lack."""
    lacking = {lang: version.status for lang, version in versions.items() if not suffices(version.status, needed)}
    if lacking:
        missing = _named(lang for lang, status in lacking.items() if status == "missing")
        raise Refused(
            _REFUSED[needed], missing=missing,
            waiting=_named(lang for lang, status in lacking.items() if status != "missing"),
        )  # fmt: skip


def _named(codes: Iterable[str]) -> str:
    return ", ".join(language(code).endonym for code in sorted(codes)) or NOBODY
