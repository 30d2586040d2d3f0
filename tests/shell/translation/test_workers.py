"""Many machines: workers share what is said, and what a dead one held is claimed by the others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import NO_REDIS, has_redis
from tests.shell.translation.faulty import PLUGIN
from tests.shell.translation.worker_house import ROUND

ROOT = Path(__file__).resolve().parents[3]
has_postgresql = bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


@pytest.mark.deep
@pytest.mark.skipif(not has_redis(), reason=NO_REDIS)
@pytest.mark.skipif(not has_postgresql, reason="PostgreSQL is not installed")
def test_two_workers_share_and_what_a_killed_one_held_is_claimed(tmp_path: Path) -> None:
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "hemicycle.settings", "HEMICYCLE_STATE": str(tmp_path),
        "TRANSLATION_ENGINES": PLUGIN,
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.servers", sys.executable, "-m", "tests.shell.translation.worker_house"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400)
    assert ran.returncode == 0, ran.stderr[-2000:]
    seen = json.loads(ran.stdout.splitlines()[-1])
    assert sum(seen["shares"]) == ROUND
    assert seen["shares"][0] >= ROUND // 5
    assert seen["left"] > 0
    assert seen["events"] == 1 + 2 * ROUND
