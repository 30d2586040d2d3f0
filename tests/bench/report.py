"""The form every bench reports in: rows with a value, a gate, a target, and whether they hold."""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `worst` is the worst pair of the run; a reference that was not honest makes `valid` false."""

    name: str
    value: float
    unit: str
    gate: float
    target: float
    better: str
    worst: float
    valid: bool = True
    remark: str = ""

    @property
    def holds(self) -> bool:
        """Whether the figure is on the right side of its gate."""
        return self.valid and self._reaches(self.gate)

    @property
    def meets_target(self) -> bool:
        """Whether it is where it should be."""
        return self.valid and self._reaches(self.target)

    def _reaches(self, bound: float) -> bool:
        return self.value >= bound if self.better == "higher" else self.value <= bound


def ratio_row(name: str, ratios: Sequence[float], *, gate: float, target: float, valid: bool, remark: str = "") -> Row:
    """A row of pairwise ratios, where more is better: the median, and the worst pair."""
    return Row(
        name, round(statistics.median(ratios), 2), "ratio", gate, target, "higher", round(min(ratios), 2), valid, remark
    )


def arguments(description: str | None) -> argparse.Namespace:
    """`--quick` and `--json`."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help="fewer repeats, at most a minute")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser.parse_args()


def finish(bench: str, rows: Sequence[Row], *, packages: Sequence[str], as_json: bool) -> int:
    """Print the report; exit status 1 when a row is past its gate."""
    versions = {name: importlib.metadata.version(name) for name in packages}
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    if as_json:
        data = [{**asdict(row), "holds": row.holds, "meets_target": row.meets_target} for row in rows]
        print(json.dumps({"bench": bench, "machine": machine, "versions": versions, "rows": data}, indent=1))
    else:
        print(f"{bench}: {machine}")
        for row in rows:
            sign = "DOES NOT HOLD" if not row.holds else "meets its target" if row.meets_target else "holds"
            print(f"  {row.name:28} {row.value:>8} {row.unit} (worst {row.worst}; gate {row.gate}, "
                  f"target {row.target}) {sign} {row.remark}")  # fmt: skip
    return 0 if all(row.holds for row in rows) else 1
