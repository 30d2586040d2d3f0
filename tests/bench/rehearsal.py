"""`python -m tests.bench.rehearsal`: many rooms at once on one machine, played by `hemicycle rehearse` from outside.

100 rooms of 15 for 10 minutes unless told otherwise. Server, translation engines and all the simulated people share
the machine, so what is measured is more than the server.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.crowd import scenario
from tests.bench.report import Row, finish

GOAL_MS = 1000
ROOT = Path(__file__).resolve().parents[2]


def arguments() -> argparse.Namespace:
    """How many rooms of how many people, for how long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=100)
    parser.add_argument("--people", type=int, default=15)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument(
        "--quick", action="store_true", help="4 rooms of 8 for a minute and a half, three times as fast"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--report", type=Path, help="keep the player's whole report there")
    return parser.parse_args()


def play(document: dict[str, Any], speed: int, keep: Path | None) -> dict[str, Any]:
    """The report of the player, which talks on standard error meanwhile."""
    with tempfile.TemporaryDirectory(prefix="hemicycle-bench-") as folder:
        file, report = Path(folder) / "scenario.json", keep or Path(folder) / "report.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        command = [sys.executable, "-m", "hemicycle", "rehearse", str(file), "--only", "rooms", "--speed", str(speed)]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "hemicycle.settings"}
        subprocess.run(
            [*command, "--report", str(report)], cwd=ROOT, env=environment, check=False, stdout=sys.stderr.fileno()
        )
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return found


def rows(report: dict[str, Any]) -> list[Row]:
    """Times against the goal, and that nothing is missing."""
    delivered, translated = report["deliveries"], report["translation"]
    frames = f"{delivered['received']} frames"
    texts = f"{translated['done']} translations"
    lost = sum(delivered[key] for key in ("missing", "duplicate", "out_of_order"))
    refused = sum(report["commands"]["refused"].values())
    return [
        _time("command_to_done_p95_ms", report["commands"]["latency_ms"], f"{report['commands']['sent']} commands"),
        _time("command_to_frame_p95_ms", delivered["latency_ms"], frames),
        _time("original_to_translation_p95_ms", translated["latency_ms"], texts),
        _none("frames_not_once_in_order", lost, frames),
        _none("translations_missing", translated["pending"] + translated["failed"], texts),
        _none("pairs_without_route", len(translated["missing_pairs"]), " ".join(translated["missing_pairs"])),
        _none("commands_refused", refused, ""),
        _none("errors", len(report["errors"]), "; ".join(report["errors"][:3])),
    ]


def _time(name: str, times: dict[str, float | None], remark: str) -> Row:
    p95, p99 = times["p95"], times["p99"]
    value = -1.0 if p95 is None else p95
    return Row(name, value, "ms", GOAL_MS, GOAL_MS / 2, "lower", p99 or value, p95 is not None, remark)


def _none(name: str, count: int, remark: str) -> Row:
    return Row(name, count, "", 0, 0, "lower", count, remark=remark)


def main() -> int:
    """Run it."""
    chosen = arguments()
    size = {"rooms": 4, "people": 8, "minutes": 1.6} if chosen.quick else {
        "rooms": chosen.rooms, "people": chosen.people, "minutes": chosen.minutes,
    }  # fmt: skip
    report = play(scenario(**size), 3 if chosen.quick else 1, chosen.report)
    return finish("rehearsal", rows(report), packages=("hemicycle",), as_json=chosen.json)


if __name__ == "__main__":
    sys.exit(main())
