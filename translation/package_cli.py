"""`hemicycle languages install | update | bundle | show | restore | remove`: packages, where from, what they cost."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from kernel import clock
from kernel.errors import Refused
from kernel.languages import LANGUAGES
from translation import installer, sources
from translation.core.codes import read_pair, to_argos
from translation.core.packages import MAX_FILE
from translation.host import memory_budget
from translation.package_folder import (
    DOWNLOADS,
    Installed,
    disk_of,
    installed_packages,
    memory_of,
    papers_of,
    read_active,
)
from translation.sources import INDEX, INSTALLED, WORDS, Offer
from translation.word_lists import build_word_packages

_LINES_OF_PAPERS = 12
_PINNED = {True: ", pinned", False: ", not pinned", None: ""}
_TENTH = 10


def add_parsers(verbs: Any, told: Callable[[Callable[[argparse.Namespace], None]], Any]) -> None:
    """The verbs; `told` makes a handler tell refusals in a sentence."""
    install = verbs.add_parser("install", help="install packages: pairs (es-en) or languages (es fr en)")
    _add_wanted(install)
    install.set_defaults(handler=told(_install))
    update = verbs.add_parser("update", help="install what is newer than the installed packages")
    update.add_argument("pairs", nargs="*", help="pairs such as es-en (default: all that are installed)")
    update.add_argument("--from", dest="source", help="an index or a folder (default: TRANSLATION_INDEX)")
    update.set_defaults(handler=told(_update))
    bundle = verbs.add_parser("bundle", help="fetch packages into a folder to carry to a machine without a network")
    bundle.add_argument("folder", type=Path, help="an empty folder, or a bundle to add to")
    _add_wanted(bundle)
    bundle.set_defaults(handler=told(_bundle))
    for verb, change, purpose in (
        ("show", _show, "version, origin, size, licence and sources of the package of a pair"),
        ("restore", _restore, "go back to the former package of a pair"),
        ("remove", _remove, "remove the package of a pair"),
    ):
        parser = verbs.add_parser(verb, help=purpose)
        parser.add_argument("pairs", nargs="+", help="pairs such as es-en")
        parser.set_defaults(handler=told(change))


def _add_wanted(parser: Any) -> None:
    parser.add_argument("wanted", nargs="+", help="pairs, or languages of which every pair on offer is wanted")
    parser.add_argument(
        "--from", dest="source",
        help="an index, a folder, a package file, `words` or `installed` (default: TRANSLATION_INDEX)",
    )  # fmt: skip


def engine_codes(word: str) -> str:
    """`pt-BR` is a language, `es-en` a pair; languages in the engine's own code."""
    if word in LANGUAGES:
        return to_argos(word)
    pair = read_pair(word)
    return "-".join(map(to_argos, pair)) if pair else word


def _folder() -> Path:
    return Path(settings.TRANSLATION_PACKAGES_DIR)


# --- install, update


def _install(arguments: argparse.Namespace) -> None:
    with _offers(arguments.source, arguments.wanted) as offers, _costs():
        for offer in sources.choose(offers, map(engine_codes, arguments.wanted)):
            _install_one(offer, arguments.source)


def _update(arguments: argparse.Namespace) -> None:
    wanted = [engine_codes(pair) for pair in arguments.pairs]
    here = {package.pair: package for package in installed_packages(_folder()) if not package.word_for_word}
    for pair in wanted:
        if pair not in here:
            raise Refused("package.not_installed", pair=pair)
    with _offers(arguments.source, wanted) as offers, _costs():
        newest = {offer.pair: offer for offer in sources.newest(offers) if offer.pair in (wanted or here)}
        for pair in wanted or sorted(here):
            offer = newest.get(pair)
            if offer and offer.is_newer_than(here[pair].version):
                print(f"{pair}: version {offer.metadata.version} instead of {here[pair].version}")
                _install_one(offer, arguments.source)
            else:
                print(f"{pair}: nothing newer than version {here[pair].version}")


def _install_one(offer: Offer, source: str | None) -> None:
    """Fetch, check, try, switch. The former package stays for `restore`."""
    say = _progress(offer.pair)
    file = sources.fetch(offer, _folder() / DOWNLOADS, watch=_Speed(offer.pair))
    try:
        origin = source if source in (WORDS, INSTALLED) else offer.links[0]
        record = installer.install_file(
            file, _folder(), pin=offer.pin, origin=(origin or "")[:200], by=_operator(), say=say
        )
    finally:
        file.unlink(missing_ok=True)
    place = next(package.folder for package in installed_packages(_folder()) if package.pair == record.pair)
    _say_papers(place, limit=_LINES_OF_PAPERS)
    print(f"{offer.pair}: installed version {record.version}, {megabytes(disk_of(place))}")
    if not record.is_pinned:
        print(f"  not pinned: nothing said beforehand what the file had to be; SHA-256 {record.sha256}")


def _operator() -> str:
    """The account that runs this."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a number without a name
        return f"uid {os.getuid()}"


@contextmanager
def _offers(source: str | None, wanted: Sequence[str]) -> Iterator[list[Offer]]:
    """What is on offer; packages that are made on the spot last as long as the block."""
    with tempfile.TemporaryDirectory(prefix="hemicycle-languages-") as scratch:
        place = source or settings.TRANSLATION_INDEX
        if place == WORDS:
            build_word_packages(wanted, Path(scratch))
        elif place == INSTALLED:
            for package in installed_packages(_folder()):
                installer.pack(package, Path(scratch))
        yield sources.offers_of(scratch if place in (WORDS, INSTALLED) else place)


@contextmanager
def _costs() -> Iterator[None]:
    """Tell afterwards what disk and memory are used, and what they were before."""
    disk, memory = disk_of(_folder()), _memory()
    yield
    free = shutil.disk_usage(_folder()).free if _folder().is_dir() else 0
    print(f"Disk: {megabytes(disk_of(_folder()))} for packages ({megabytes(disk)} before), {megabytes(free)} left.")
    print(
        f"Memory when everything is loaded: {megabytes(_memory())} ({megabytes(memory)} before); "
        f"beyond {megabytes(memory_budget())} what was longest unused is unloaded."
    )


def _memory() -> int:
    return sum(memory_of(package.folder) for package in installed_packages(_folder()))


@dataclass(slots=True)
class _Speed:
    """Tells how a download goes: on a terminal all the time, else at each tenth and at most once a second."""

    pair: str
    began: float = 0.0
    first: int = 0
    tenths: int = -1
    told: float = 0.0

    def __call__(self, done: int, expected: int) -> None:
        now = clock.monotonic()
        if not self.began:
            self.began, self.first = now, done
        tenths = done * _TENTH // expected if expected else 0
        if sys.stdout.isatty():
            sys.stdout.write(f"\r{self._line(done, expected, now)}\033[K" + ("\n" if done == expected else ""))
            sys.stdout.flush()
        elif expected and tenths > self.tenths and (now >= self.told + 1 or done == expected):
            print(self._line(done, expected, now))
            self.tenths, self.told = tenths, now

    def _line(self, done: int, expected: int, now: float) -> str:
        if not expected:
            return f"{self.pair}: {megabytes(done)}"
        pace = (done - self.first) / (now - self.began) if now > self.began else 0.0
        left = f", {(expected - done) / pace:.0f} s left" if pace and done < expected else ""
        return f"{self.pair}: {100 * done // expected} % of {megabytes(expected)}{left}"


def _progress(pair: str) -> Callable[[str], None]:
    return lambda text: print(f"{pair}: {text}")


def megabytes(size: int) -> str:
    """`63.7 MB`."""
    return f"{size / 1_000_000:.1f} MB"


# --- bundle

_HOW = """Language packages for Hemicycle, to be installed on a machine without a network:

    hemicycle languages install {pairs} --from THIS_FOLDER

index.json holds size and SHA-256 of each file; what differs is refused. Licences and sources stand in the packages:
`hemicycle languages show PAIR` after installing. Apertium is not in here: it comes from the distribution.
"""


def _bundle(arguments: argparse.Namespace) -> None:
    """Files first, then the index that pins them: what was cut off is no bundle yet, and is gone on with."""
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    entries = _entries_of(folder)
    with _offers(arguments.source, arguments.wanted) as offers:
        for offer in sources.choose(offers, map(engine_codes, arguments.wanted)):
            entries[offer.pair] = _add_to(folder, offer)
    shutil.rmtree(folder / DOWNLOADS, ignore_errors=True)
    (folder / "README.txt").write_text(_HOW.format(pairs=" ".join(sorted(entries))))
    scratch = folder / f"{INDEX}.new"
    scratch.write_text(json.dumps([entries[pair] for pair in sorted(entries)], indent=1))
    scratch.replace(folder / INDEX)
    total = sum(entry["size"] for entry in entries.values())
    print(f"{folder}: {len(entries)} packages, {megabytes(total)}. Install them there with --from and this folder.")


def _add_to(folder: Path, offer: Offer) -> dict[str, Any]:
    """Fetch a package into a bundle; its line of the index."""
    file = sources.fetch(offer, folder / DOWNLOADS, watch=_Speed(offer.pair))
    name = f"{offer.pair}-{offer.metadata.version}{sources.SUFFIX}"
    try:
        sha256, size = installer.check(file, offer.pin)
        file.replace(folder / name)
    finally:
        file.unlink(missing_ok=True)
    print(f"{offer.pair}: version {offer.metadata.version}, {megabytes(size)}")
    return {**offer.metadata.as_entry(), "links": [name], "size": size, "sha256": sha256}


def _entries_of(folder: Path) -> dict[str, dict[str, Any]]:
    """What an earlier bundle in this folder holds."""
    if not (folder / INDEX).is_file():
        return {}
    try:
        return {f"{each['from_code']}-{each['to_code']}": each for each in json.loads((folder / INDEX).read_text())}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused("source.bad_index", source=str(folder / INDEX)[:200]) from error


# --- show, restore, remove


def say_packages() -> None:
    """A line for each package, active or kept."""
    active = set(read_active(_folder()).values())
    for record in installer.records(_folder()):
        state = "active" if record.home in active else "kept for `restore`"
        print(f"package {record.pair} {record.version}, {megabytes(record.size)}, from {record.origin}: {state}")


def _show(arguments: argparse.Namespace) -> None:
    for pair in map(engine_codes, arguments.pairs):
        package = _installed(pair)
        record = next((each for each in installer.records(_folder()) if each.home == package.folder.name), None)
        print(f"{pair}, version {package.version}" + (", word for word" if package.word_for_word else ""))
        if record:
            at = datetime.fromtimestamp(record.at / 1000, tz=UTC).date()
            by, pin = f" by {record.by}" if record.by else "", _PINNED[record.is_pinned]
            print(f"  installed {at}{by} from {record.origin}\n  SHA-256 {record.sha256}{pin}")
        print(f"  {megabytes(disk_of(package.folder))} of disk, {megabytes(memory_of(package.folder))} of memory")
        _say_papers(package.folder)


def _installed(pair: str) -> Installed:
    found = next((package for package in installed_packages(_folder()) if package.pair == pair), None)
    if found is None:
        raise Refused("package.not_installed", pair=pair)
    return found


def _say_papers(place: Path, limit: int = MAX_FILE) -> None:
    lines = papers_of(place).splitlines()
    print("  Licence and sources:" if lines else "  The package says nothing of its licence and sources.")
    for line in lines[:limit]:
        print(f"    {line}")
    if len(lines) > limit:
        print(f"    … {len(lines) - limit} lines more: hemicycle languages show")


def _restore(arguments: argparse.Namespace) -> None:
    for pair in arguments.pairs:
        record = installer.restore(engine_codes(pair), _folder())
        print(f"{pair}: back to version {record.version}")


def _remove(arguments: argparse.Namespace) -> None:
    with _costs():
        for pair in arguments.pairs:
            installer.remove(engine_codes(pair), _folder())
            print(f"{pair}: removed")
