"""`python -m tests.bench.libretranslate`: the conformance suite against the real LibreTranslate, recorded anew.

`LIBRETRANSLATE_PYTHON` names an interpreter that has LibreTranslate, in an environment of its own: it brings another
distribution of the module `argostranslate` than ours. Without one there is nothing to do.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.load import ROOT, free_port, wait_until_up
from tests.bench.report import Row, arguments, finish
from tests.shell.translation.words import WORDS
from translation.wordbook import build_package

PYTHON = os.environ.get("LIBRETRANSLATE_PYTHON", "")
"""An interpreter that has LibreTranslate; empty: it is not installed."""
_SUITE = "tests/shell/translation/test_libretranslate.py::TestLibreTranslate"


@contextmanager
def real_server(packages: Path) -> Iterator[str]:
    """The address of the real server over a folder of unpacked packages, without any network but this machine's."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        data = Path(home) / "argos-translate"
        data.mkdir()
        (data / "packages").symlink_to(packages)
        folders = {f"XDG_{part}_HOME": home for part in ("DATA", "CONFIG", "CACHE")}
        environment = {"PATH": os.environ["PATH"], "HOME": home, "ORT_DISABLE_TELEMETRY": "1", **folders}
        command = [PYTHON, str(Path(__file__).with_name("libretranslate_server.py")), str(port)]
        with subprocess.Popen(
            command, cwd=home, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            try:
                wait_until_up(port)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.kill()


def conformance() -> Row:
    """How many points the real server fails; what it answered is what the suite has from now on."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for (source, target), pairs in WORDS.items():
            with zipfile.ZipFile(build_package(source, target, pairs, folder=Path(folder) / "built")) as archive:
                archive.extractall(Path(folder) / "packages")
        with real_server(Path(folder) / "packages") as url:
            environment = {**os.environ, "LIBRETRANSLATE_TO_RECORD": url}
            suite = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", _SUITE],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
            )
    last = suite.stdout.strip().splitlines()[-1]
    failed = int(last.split(" failed")[0].lstrip("= ")) if " failed" in last else 0
    return Row("conformance_failed", failed, "points", 0, 0, "lower", failed, suite.returncode == 0, last)


def main() -> int:
    """Run it, where it can be run."""
    chosen = arguments(__doc__)
    rows = [conformance()] if PYTHON else []
    if not rows:
        print(
            "LibreTranslate is not installed: name an interpreter that has it in LIBRETRANSLATE_PYTHON.",
            file=sys.stderr,
        )
    return finish("libretranslate", rows, packages=["ctranslate2", "argostranslate"], as_json=chosen.json)


if __name__ == "__main__":
    sys.exit(main())
