"""`hemicycle languages`: what can be translated, and installing packages for more."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from kernel.errors import Refused
from kernel.languages import LANGUAGES, language
from translation import evaluation_cli, sources
from translation.core.catalogue import State
from translation.core.codes import from_argos, read_pair, to_argos
from translation.core.hops import Hop
from translation.core.routes import Route
from translation.installer import Record, install_file, records, remove, restore
from translation.package_folder import read_active
from translation.reach import Service, install_lines, offered_hops, routes_among, services_among
from translation.word_lists import build_word_packages

_SENTENCES = {
    "language.unknown": "No language has the code {language}.",
    "texts.unreadable": "{name} is not a table of texts: UTF-8, tabs, codes of languages in the first line.",
    "texts.bad_header": "The first line must name each column by another code of a language. Not so: {language}",
    "texts.uneven": "Line {line} has not {wanted} columns.",
    "texts.no_column": "The texts have no column {language}.",
    "texts.no_lines": "No line has a text in both languages of {language}.",
    "evaluation.no_answer": "The engines do not answer.",
    "evaluation.not_installed": "Install sacrebleu first: requirements/evaluate.txt holds it.",
    "package.not_an_archive": "This is not a sound package file.",
    "package.unreadable": "The file {name} cannot be read.",
    "package.too_many_files": "The package has {count} files; at most {limit} are allowed.",
    "package.too_large": "The package is too large ({size} bytes; at most {limit}).",
    "package.duplicate_names": "The package has two files of the same name.",
    "package.bad_name": "The package has a file with an unsafe name: {name}",
    "package.not_a_file": "The package has something that is no plain file: {name}",
    "package.encrypted": "The package is encrypted.",
    "package.bomb": "The package unpacks to far more than it promises: {name}",
    "package.not_one_folder": "The package must hold exactly one folder; it has {count}.",
    "package.unknown_file": "The package has a file that does not belong there: {name}",
    "package.missing_file": "The package lacks {name}.",
    "package.bad_metadata": "The package's metadata.json is wrong: {field}",
    "package.wrong_pair": "The package is for {found}, not for {wanted}.",
    "package.wrong_size": "The file has {found} bytes; the index promises {wanted}.",
    "package.wrong_hash": "The file is not the one the index promises (SHA-256 differs).",
    "package.trial_failed": "The package failed its trial: {reason}",
    "package.not_installed": "{pair} is not installed.",
    "package.nothing_to_restore": "There is no former package of {pair} to go back to.",
    "package.disk_full": "The disk is full.",
    "package.folder_unwritable": "The folder {folder} cannot be written to.",
    "source.not_found": "There is no such file, folder or address: {source}",
    "source.no_such_pair": "Nothing on offer for: {pair}",
    "source.no_link": "There is no address to fetch {pair} from.",
    "source.cut_short": "The connection ended before the file was complete: {link}",
    "source.bad_index": "This is not an index of packages: {source}",
    "source.unsafe_link": "Refused to fetch from {link}: not encrypted.",
    "source.unreachable": "Cannot reach {link}: {reason}",
}


def add_parser(subparsers: Any) -> None:
    """`hemicycle languages list | matrix | install | remove | restore`."""
    languages = subparsers.add_parser("languages", help="list, install and remove language packages")
    verbs = languages.add_subparsers(title="verbs", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="what can be translated into what, and how")
    listing.add_argument("--from", dest="source", help="list what this index, folder or file offers instead")
    listing.set_defaults(handler=_told(_list))
    matrix = verbs.add_parser("matrix", help="route, engine, version and score of each pair, and what to install")
    matrix.add_argument("languages", nargs="*", help="codes such as es fr pt-BR (default: all that can be translated)")
    matrix.set_defaults(handler=_told(_matrix))
    evaluate = verbs.add_parser(
        "evaluate", help="chrF, BLEU and examples of each route, on texts that people translated"
    )
    evaluation_cli.add_arguments(evaluate)
    evaluate.set_defaults(handler=_told(evaluation_cli.evaluate))
    install = verbs.add_parser("install", help="install packages: pairs (es-en) or languages (es fr en)")
    install.add_argument("wanted", nargs="+", help="pairs, or languages of which every pair on offer is wanted")
    install.add_argument(
        "--from", dest="source", help="an index, a folder, a package file, or `words` (default: TRANSLATION_INDEX)"
    )
    install.set_defaults(handler=_told(_install))
    for verb, change, purpose in (
        ("remove", _remove, "remove the package of a pair"),
        ("restore", _restore, "go back to the former package of a pair"),
    ):
        parser = verbs.add_parser(verb, help=purpose)
        parser.add_argument("pairs", nargs="+", help="pairs such as es-en")
        parser.set_defaults(handler=_told(change))


Handler = Callable[[argparse.Namespace], None]


def _told(handler: Handler) -> Callable[[argparse.Namespace], int]:
    """The handler with refusals told in a sentence, exit status 1."""

    def run(arguments: argparse.Namespace) -> int:
        try:
            handler(arguments)
        except Refused as refusal:
            sys.stderr.write(sentence(refusal) + "\n")
            return 1
        return 0

    return run


def sentence(refusal: Refused) -> str:
    """A refusal in words."""
    return _SENTENCES.get(refusal.code, refusal.code).format(**refusal.params)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


# --- list


def _list(arguments: argparse.Namespace) -> None:
    if arguments.source:
        for offer in sources.offers_of(arguments.source):
            _say(f"{_pair(offer.metadata.source, offer.metadata.target)}  {offer.metadata.version}")
        return
    hops = _hops()
    for pair, route in routes_among({lang for hop in hops for lang in hop.pair}, hops).items():
        if route:
            _say(f"{'-'.join(pair):<12} {describe(route)}")
    _say_packages(records(settings.TRANSLATION_PACKAGES_DIR))
    if not hops:
        _say("Nothing can be translated yet: install Apertium from the system's packages, or packages with")
        _say("    hemicycle languages install es fr en")


def _hops() -> list[Hop]:
    return offered_hops(lambda name: _say(f"Engine {name} is not available."))


def describe(route: Route) -> str:
    """`apertium es-ca-it, rough`."""
    here = f", chrF {route.figure} here" if route.figure else ""
    measured = f", chrF {route.score}" if route.score and not here else ""
    rough = ", word for word" if route.engine == "wordbook" else ", rough" if route.rough else ""
    return f"{route.engine} {'-'.join(route.path)}{here}{measured}{rough}"


def _say_packages(installed: Sequence[Record]) -> None:
    active = set(read_active(settings.TRANSLATION_PACKAGES_DIR).values())
    for record in installed:
        state = "active" if f"{record.pair}.{record.sha256[:12]}" in active else "kept for `restore`"
        _say(f"package {record.pair} {record.version}, {_megabytes(record.size)}, from {record.origin}: {state}")


def _pair(source: str, target: str) -> str:
    return f"{from_argos(source)}-{from_argos(target)}"


# --- matrix

_WORDS = {State.MISSING: "missing", State.WORDS: "word for word", State.ROUGH: "rough", State.GOOD: ""}


def _matrix(arguments: argparse.Namespace) -> None:
    langs = [language(code).code for code in arguments.languages]
    hops = _hops()
    services = services_among(langs or {lang for hop in hops for lang in hop.pair}, hops)
    for row in _aligned([_row(service) for service in services]):
        _say(row)
    for line in install_lines(services):
        _say(line)


def _row(service: Service) -> tuple[str, ...]:
    route = service.route
    more = " or ".join(" ".join(advice.names) for advice in service.advice)
    return (
        f"{service.source}-{service.target}",
        f"{route.engine} {'-'.join(route.path)}" if route else "-",
        _score(route) if route else "",
        _WORDS[service.state],
        f"install {more}" if more else "",
        route.version if route else "",
    )


def _score(route: Route) -> str:
    return f"{route.figure} here" if route.figure else str(route.score or "")


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


# --- install, remove, restore


def _install(arguments: argparse.Namespace) -> None:
    folder = Path(settings.TRANSLATION_PACKAGES_DIR)
    wanted = [_engine_codes(word) for word in arguments.wanted]
    with tempfile.TemporaryDirectory(prefix="hemicycle-languages-") as scratch:
        source = arguments.source or settings.TRANSLATION_INDEX
        if source == sources.WORDS:
            build_word_packages(arguments.wanted, Path(scratch) / "built")
            source = str(Path(scratch) / "built")
        for offer in sources.choose(sources.offers_of(source), wanted):
            _say(f"{offer.pair}: fetching")
            file = sources.fetch(offer, Path(scratch), watch=_watch(offer.pair))
            origin = arguments.source if arguments.source == sources.WORDS else offer.links[0][:200]
            record = install_file(file, folder, pin=offer.pin, origin=origin, say=_progress(offer.pair))
            file.unlink()
            _say(f"{offer.pair}: installed version {record.version}, {_megabytes(record.size)}")
    free = shutil.disk_usage(folder).free
    _say(f"{_megabytes(free)} of disk are left.")


def _engine_codes(word: str) -> str:
    """`pt-BR` is a language, `es-en` a pair; languages in the engine's own code."""
    if word in LANGUAGES:
        return to_argos(word)
    pair = read_pair(word)
    return "-".join(map(to_argos, pair)) if pair else word


def _watch(pair: str) -> sources.Watch:
    told = [0]

    def watch(done: int, expected: int) -> None:
        if expected and done * 10 // expected > told[0]:
            told[0] = done * 10 // expected
            _say(f"{pair}: {told[0] * 10} % of {_megabytes(expected)}")

    return watch


def _progress(pair: str) -> Callable[[str], None]:
    return lambda text: _say(f"{pair}: {text}")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _remove(arguments: argparse.Namespace) -> None:
    for pair in arguments.pairs:
        remove(_engine_codes(pair), settings.TRANSLATION_PACKAGES_DIR)
        _say(f"{pair}: removed")


def _restore(arguments: argparse.Namespace) -> None:
    for pair in arguments.pairs:
        record = restore(_engine_codes(pair), settings.TRANSLATION_PACKAGES_DIR)
        _say(f"{pair}: back to version {record.version}")
