"""The file of a result: rule, rolls, versions, ballots, chained heads, and the result with its working.

`recount.py` counts it again and shares no code with this module.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from assemblies import queries as members
from assemblies.models import Assembly
from kernel import wire
from live.core.kinds import WordsShown
from plenary import texts
from plenary.core.amendments import Amendment
from plenary.core.machine import lot_of
from plenary.core.motions import MotionState
from plenary.core.rules import Electorate, Level
from plenary.models import Ballot, NamedBallot, Permit

SCHEMA = "hemicycle-result/1"


def document(assembly_id: int, motion: MotionState) -> dict[str, Any]:
    """Everything that is needed to count again, as JSON-ready data."""
    outcome = motion.outcome
    if outcome is None:
        raise ValueError(f"motion {motion.motion} is not counted")
    departure = texts.reason(motion.departure)
    ballots = {electorate.name: _ballots(motion.motion, electorate) for electorate in motion.rule.electorates}
    opened = _opened(motion, lot_of(motion.lot) if motion.lot else None)
    return {
        **_heading(assembly_id, motion),
        **opened,
        "permits": _permits(motion),
        "present": {verdict.electorate: verdict.count.present for verdict in outcome.verdicts},
        "ballots": [ballot for each in ballots.values() for ballot in each],
        "heads": {name: head(opened, each) for name, each in ballots.items()},
        "amends": wire.encode(motion.amends),
        "amendments": [_amendment(each) for each in motion.amendments],
        "objections": Counter(each.fate for each in motion.objections),
        "statements": _statements(assembly_id, motion),
        "seed": motion.lot,
        "result": wire.encode(outcome),
        "departure": _said(departure),
    }


def void_document(assembly_id: int, motion: MotionState, *, at: int) -> dict[str, Any]:
    """The file of a vote that was voided: what was opened and why nothing of it counts; no ballots."""
    return {
        **_heading(assembly_id, motion),
        **_opened(motion, None),
        "ballots": [],
        "result": None,
        "voided": {"at": at, "version": motion.wrong, "reason": _said(texts.reason(motion.voided))},
    }


def _heading(assembly_id: int, motion: MotionState) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "assembly": Assembly.objects.values_list("slug", flat=True).get(pk=assembly_id),
        "number": motion.number,
        "repeats": motion.repeats,
        "opened_at": motion.opened_at,
        "closes_at": motion.closes_at,
    }


def _opened(motion: MotionState, lot: str | None) -> dict[str, Any]:
    return {
        "motion": motion.motion,
        "rule": wire.encode(motion.rule),
        "rolls": dict(motion.rolls),
        "versions": wire.encode(motion.versions),
        "lot": lot,
        "keys": dict(motion.keys),
        "options": [part.source for part in motion.options],
    }


def _statements(assembly_id: int, motion: MotionState) -> list[dict[str, Any]]:
    """The minority statements that enough people signed, with their translations as they stand now."""
    found: dict[str, dict[str, Any]] = {}
    for lang in dict.fromkeys((motion.lang, *members.reading_languages(assembly_id))) if motion.statements else ():
        for each in texts.stated_in_public(assembly_id, motion, lang):
            kept = found.setdefault(each.statement.statement, _stated(each))
            if each.passage and each.passage.is_translated:
                kept["translations"][lang] = {"text": each.passage.shown.text, "status": each.passage.status}
    return list(found.values())


def _stated(each: texts.Stated) -> dict[str, Any]:
    words = _said(each.passage.original if each.passage else None)
    return {"signatures": each.count, "names": [*each.names], "words": words, "translations": {}}


def _said(reason: WordsShown | None) -> dict[str, str] | None:
    return {"lang": reason.lang, "text": reason.text} if reason else None


def _amendment(amendment: Amendment) -> dict[str, Any]:
    """What became of an amendment, without names; the file of its own vote goes by `motion`."""
    return {
        "amendment": amendment.amendment,
        "act": amendment.act,
        "paragraph": amendment.paragraph,
        "supporters": len(amendment.supporters),
        "fate": amendment.fate,
        "motion": amendment.motion,
    }


def _ballots(motion: str, electorate: Electorate) -> list[dict[str, str]]:
    """The ballots of an electorate, sorted by name key or token hash, so that their order says nothing."""
    if electorate.level is Level.PUBLIC:
        rows = NamedBallot.objects.filter(motion=motion, electorate=electorate.name).order_by("member")
        names = members.names([row.member for row in rows])
        return [
            {
                "electorate": electorate.name,
                "voter": row.member,
                "name": names[row.member].text if row.member in names else "",
                "choice": row.choice,
            }
            for row in rows
        ]
    board = Ballot.objects.filter(motion=motion, electorate=electorate.name).order_by("token_hash")
    return [
        {"electorate": electorate.name, "token": row.token_hash, "choice": row.choice}
        | ({"proof": row.proof} if row.proof else {})
        for row in board
    ]


def _permits(motion: MotionState) -> dict[str, dict[str, int]]:
    """How many in each sealed electorate took a permit, and how many were assisted; not who."""
    return {
        name: {
            kind: Permit.objects.filter(motion=motion.motion, electorate=name, is_assisted=assisted).count()
            for kind, assisted in (("sealed", False), ("assisted", True))
        }
        for name in motion.keys
    }


def head(opened: Mapping[str, Any], ballots: Sequence[Mapping[str, str]]) -> str:
    """SHA-256 chain that begins with what was opened (rule, rolls, texts) and goes over the ballots in their order."""
    value = _sha256(wire.canonical(opened))
    for ballot in ballots:
        value = _sha256(wire.canonical([value, ballot.get("voter") or ballot["token"], ballot["choice"]]))
    return value


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
