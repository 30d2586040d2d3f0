"""Installing language packages so that a bad one changes nothing: look, unpack aside, try, then switch in one step.

Argos's own installer is never used: it unpacks whatever it is given over what is there.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO, Any

from kernel import clock
from kernel.errors import Refused
from translation.core.packages import MAX_FILE, MAX_METADATA, Entry, Metadata, Plan, plan_of, read_metadata
from translation.package_folder import RECORD, STAGING, Installed, package_folders, read_active, write_active
from translation.trial import CPU_S

TRIAL_S = 90
_BLOCK = 1024 * 1024
_SOURCE_ROOT = Path(__file__).resolve().parent.parent
_TRIAL_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "PYTHONPATH": str(_SOURCE_ROOT),
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
}
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Pin:
    """What an index promises of a file; empty = promises nothing."""

    sha256: str = ""
    size: int = 0
    pair: str = ""


NO_PROMISE = Pin()


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of an installation, beside the package."""

    pair: str
    version: str
    sha256: str
    size: int
    at: int
    origin: str
    usual: Mapping[str, float] | None = None
    """Mean and spread of the model's scores over the sentences it was tried on; none where they tell nothing."""
    by: str = ""
    """The account of this machine that installed it."""
    is_pinned: bool | None = None
    """Whether the index told beforehand what the file had to be (SHA-256); None: installed before that was noted."""

    @property
    def home(self) -> str:
        """The name of its folder."""
        return f"{self.pair}.{self.sha256[:12]}"


def install_file(
    file: Path, folder: Path, *, pin: Pin = Pin(), origin: str = "", by: str = "", say: Progress = lambda text: None
) -> Record:
    """Install a package file into `folder` and make it the active one of its pair. Safe to repeat.

    Raises `Refused("package.…")`; then `folder` is as it was.
    """
    with _locked(folder), _staging(folder) as staging:
        sha256, size = _checked_file(file, pin)
        say("reading")
        metadata = _unpack(file, staging / "package")
        if pin.pair and metadata.pair != pin.pair:
            raise Refused("package.wrong_pair", wanted=pin.pair, found=metadata.pair)
        say("trying out")
        usual = _try_out(staging / "package")
        record = Record(
            metadata.pair,
            metadata.version,
            sha256,
            size,
            clock.wall(),
            origin or file.name,
            usual,
            by,
            bool(pin.sha256),
        )
        _settle(staging / "package", folder, record)
        say("ready")
        return record


def remove(pair: str, folder: Path) -> None:
    """Take a pair (`es-en`, engine codes) out of use and delete its packages. A second call is refused."""
    with _locked(folder):
        active = dict(read_active(folder))
        if active.pop(pair, None) is None:
            raise Refused("package.not_installed", pair=pair)
        write_active(folder, active)
        for path in _folders_of(pair, folder):
            _delete(path)


def restore(pair: str, folder: Path) -> Record:
    """Go back to the package that was active before the last installation."""
    with _locked(folder):
        active = dict(read_active(folder))
        former = [record for record in records(folder) if record.pair == pair and record.home != active.get(pair)]
        if pair not in active or not former:
            raise Refused("package.nothing_to_restore", pair=pair)
        active[pair] = former[-1].home
        write_active(folder, active)
        return former[-1]


def records(folder: Path) -> list[Record]:
    """What was installed, oldest first; also what is kept for going back."""
    found = (_read_record(path) for path in package_folders(folder))
    return sorted((record for record in found if record), key=lambda record: record.at)


def check(file: Path, pin: Pin) -> tuple[str, int]:
    """SHA-256 and size of a package file that keeps what an index promised; as much as can be said without a trial."""
    found = _checked_file(file, pin)
    metadata = peek(file)
    if pin.pair and metadata.pair != pin.pair:
        raise Refused("package.wrong_pair", wanted=pin.pair, found=metadata.pair)
    return found


def pack(package: Installed, place: Path) -> Path:
    """An installed package as a package file again, in the folder `place`; splitters were left out when it came."""
    slug = f"translate-{package.source}_{package.target}-{package.version.replace('.', '_')}"
    file = place / f"{slug}.argosmodel"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(package.folder.rglob("*")):
            if path.is_file() and path.name != RECORD:
                archive.write(path, f"{slug}/{path.relative_to(package.folder)}")
    return file


def peek(file: Path) -> Metadata:
    """The metadata of a package file, read within limits and without unpacking."""
    with _archive(file) as archive:
        plan = _plan(archive)
        return read_metadata(_member(archive, plan, "metadata.json", MAX_METADATA))


# --- looking


def _checked_file(file: Path, pin: Pin) -> tuple[str, int]:
    """Hash and size, as promised."""
    try:
        size = file.stat().st_size
        with file.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise Refused("package.unreadable", name=file.name) from error
    if size > MAX_FILE:
        raise Refused("package.too_large", size=size, limit=MAX_FILE)
    if pin.size and pin.size != size:
        raise Refused("package.wrong_size", wanted=pin.size, found=size)
    if pin.sha256 and pin.sha256 != sha256:
        raise Refused("package.wrong_hash")
    return sha256, size


@contextmanager
def _archive(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise Refused("package.not_an_archive") from error
    except OSError as error:
        code = "package.disk_full" if error.errno == errno.ENOSPC else "package.unreadable"
        raise Refused(code, name=file.name) from error


def _plan(archive: zipfile.ZipFile) -> Plan:
    entries = [
        Entry(
            info.orig_filename, info.file_size, info.compress_size, info.external_attr >> 16, bool(info.flag_bits & 1)
        )
        for info in archive.infolist()
    ]
    return plan_of(entries)


# --- unpacking


def _unpack(file: Path, place: Path) -> Metadata:
    with _archive(file) as archive:
        plan = _plan(archive)
        metadata = read_metadata(_member(archive, plan, "metadata.json", MAX_METADATA))
        free = shutil.disk_usage(place.parent).free
        if plan.total > free:
            raise Refused("package.no_room", needed=plan.total, free=free)
        for name, path in plan.files.items():
            _write(archive, name, place / path)
    return metadata


def _member(archive: zipfile.ZipFile, plan: Plan, path: str, limit: int) -> bytes:
    name = next(name for name, wanted in plan.files.items() if wanted == path)
    with archive.open(name) as member:
        return member.read(limit + 1)


def _write(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    """Copy while counting: what an archive says of its sizes is only a promise."""
    promised = archive.getinfo(name).file_size
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as member, path.open("xb") as file:
        if _copied(member, file, promised) != promised:
            raise Refused("package.not_an_archive")
        file.flush()
        os.fsync(file.fileno())


def _copied(member: IO[bytes], file: IO[bytes], promised: int) -> int:
    written = 0
    while block := member.read(_BLOCK):
        written += len(block)
        if written > promised:
            raise Refused("package.bomb", name=member.name)
        file.write(block)
    return written


# --- trying


def _try_out(place: Path) -> Mapping[str, float] | None:
    """The first time a stranger's model is parsed: in a process of its own, with limits. How sure it usually is."""
    command = [sys.executable, "-m", "translation.trial", str(place)]
    try:
        result = subprocess.run(  # noqa: S603 (our own interpreter and module)
            command,
            env=_TRIAL_ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TRIAL_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("package.trial_failed", reason=f"no answer in {TRIAL_S} s") from error
    fault, usual = _said(result.stdout)
    if fault:
        raise Refused("package.trial_failed", reason=fault)
    return usual


def _said(output: bytes) -> tuple[str, Mapping[str, float] | None]:
    try:
        found = json.loads(output.splitlines()[-1])
        return str(found["fault"]), found["usual"]
    except (ValueError, IndexError, KeyError, TypeError):
        return f"the model crashed or took more than {CPU_S} s", None


# --- switching


def _settle(place: Path, folder: Path, record: Record) -> None:
    """Read-only, in its own folder, then active: each step whole, the last one decides. If that one fails, what was
    put there is gone again."""
    (place / RECORD).write_text(json.dumps(asdict(record), indent=1))
    for path in place.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o444)
    home = folder / record.home
    was_there = home.exists()
    if was_there:
        _delete(place)
        home.touch()
    else:
        place.rename(home)
    active = dict(read_active(folder))
    kept = {home.name, active.get(record.pair)}
    try:
        write_active(folder, {**active, record.pair: home.name})
    except OSError:
        if not was_there:
            _delete(home)
        raise
    for former in _folders_of(record.pair, folder):
        if former.name not in kept:
            _delete(former)


def _folders_of(pair: str, folder: Path) -> list[Path]:
    return [path for path in package_folders(folder) if path.name.startswith(f"{pair}.")]


def _read_record(path: Path) -> Record | None:
    try:
        found: dict[str, Any] = json.loads((path / RECORD).read_text("utf-8"))
        return Record(**{each.name: found[each.name] for each in fields(Record) if each.name in found})
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One installation at a time, across processes."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise Refused("package.folder_unwritable", folder=str(folder)) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """An empty place on the same file system; whatever is left in it goes away again."""
    place = folder / STAGING
    _delete(place)
    place.mkdir()
    try:
        yield place
    except OSError as error:
        code = "package.disk_full" if error.errno == errno.ENOSPC else "package.folder_unwritable"
        raise Refused(code, folder=str(folder)) from error
    finally:
        _delete(place)


def _delete(path: Path) -> None:
    if path.exists():
        for each in (path, *path.rglob("*")):
            if each.is_dir() and not each.is_symlink():
                each.chmod(each.stat().st_mode | stat.S_IRWXU)
        shutil.rmtree(path)
