"""The house: `platform/` is a source root and never a package; imports go down; cores are pure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOP = {"platform", "rooms", "facilitation", "translation", "frontend", "tests", "pyproject.toml", "Procfile"}


def test_platform_holds_no_python_of_its_own() -> None:
    assert list((ROOT / "platform").glob("*.py")) == []


def test_the_standard_module_platform_is_the_one_that_is_imported() -> None:
    code = "import platform; print(platform.__file__)"
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert Path(shown.stdout.strip()).name == "platform.py"


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {file.parent for file in (ROOT / "tests").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_tests_live_only_in_tests() -> None:
    found = [file for file in ROOT.glob("*/**/test_*.py") if file.relative_to(ROOT).parts[0] in TOP - {"tests"}]
    assert [file for file in found if "node_modules" not in file.parts] == []


def test_imports_go_down_and_cores_are_pure() -> None:
    checked = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_the_fixed_top_level_entries_are_there() -> None:
    assert {name for name in TOP if not (ROOT / name).exists()} == set()
