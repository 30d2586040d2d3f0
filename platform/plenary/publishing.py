"""The file of a result: rule, rolls, versions, ballots, chained heads, and the result with its working."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from assemblies import queries as members
from assemblies.models import Assembly
from kernel import wire
from plenary.core.motions import MotionState
from plenary.core.rules import Level
from plenary.models import Ballot, NamedBallot

SCHEMA = "hemicycle-result/1"


def document(assembly_id: int, motion: MotionState) -> dict[str, Any]:
    """Everything that is needed to count again, as JSON-ready data."""
    ballots = [ballot for electorate in motion.rule.electorates for ballot in _ballots(motion.motion, electorate)]
    names = [electorate.name for electorate in motion.rule.electorates]
    return {
        "schema": SCHEMA,
        "assembly": Assembly.objects.values_list("slug", flat=True).get(pk=assembly_id),
        "motion": motion.motion,
        "number": motion.number,
        "opened_at": motion.opened_at,
        "closes_at": motion.closes_at,
        "rule": wire.encode(motion.rule),
        "rolls": dict(motion.rolls),
        "present": {verdict.electorate: verdict.count.present for verdict in motion.outcome.verdicts}
        if motion.outcome
        else {},
        "versions": wire.encode(motion.versions),
        "ballots": ballots,
        "heads": {name: head(motion.motion, [b for b in ballots if b["electorate"] == name]) for name in names},
        "result": wire.encode(motion.outcome) if motion.outcome else None,
    }


def _ballots(motion: str, electorate: Any) -> list[dict[str, str]]:
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
    return [{"electorate": electorate.name, "token": row.token_hash, "choice": row.choice} for row in board]


def head(motion: str, ballots: list[dict[str, str]]) -> str:
    """SHA-256 chain over the ballots in their order; `recount.py` computes the same."""
    value = hashlib.sha256(motion.encode()).hexdigest()
    for ballot in ballots:
        line = json.dumps([value, ballot.get("voter") or ballot["token"], ballot["choice"]], separators=(",", ":"))
        value = hashlib.sha256(line.encode()).hexdigest()
    return value
