"""`hemicycle languages`: what can be translated, and installing packages for more."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from kernel.errors import Refused
from kernel.languages import language
from translation import evaluation_cli, package_cli, sources
from translation.core.catalogue import State
from translation.core.codes import from_argos
from translation.core.hops import Hop
from translation.core.routes import Route
from translation.reach import Service, install_lines, offered_hops, routes_among, services_among

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
    "package.no_room": "Not enough disk: {needed} bytes are needed, {free} are free.",
    "package.folder_unwritable": "The folder {folder} cannot be written to.",
    "source.not_found": "There is no such file, folder or address: {source}",
    "source.no_such_pair": "Nothing on offer for: {pair}",
    "source.no_assembly": "No assembly is called {slug}.",
    "source.no_link": "There is no address to fetch {pair} from.",
    "source.cut_short": "The connection ended before the file was complete: {link}. Call again to go on with it.",
    "source.busy": "Another command fetches the same file now.",
    "source.bad_index": "This is not an index of packages: {source}",
    "source.unsafe_link": "Refused to fetch from {link}: not encrypted.",
    "source.unreachable": "Cannot reach {link}: {reason}",
}


LanguagesOf = Callable[[str], Sequence[str] | None]
"""The languages of the assembly of that short name; None: there is none."""


def add_parser(subparsers: Any, languages_of: LanguagesOf = lambda slug: None) -> None:
    """`hemicycle languages list | matrix | install | remove | restore`."""
    languages = subparsers.add_parser("languages", help="list, install and remove language packages")
    verbs = languages.add_subparsers(title="verbs", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="what can be translated into what, and how")
    listing.add_argument("--from", dest="source", help="list what this index, folder or file offers instead")
    listing.set_defaults(handler=_told(_list))
    matrix = verbs.add_parser("matrix", help="route, engine, version and score of each pair, and what to install")
    matrix.add_argument("languages", nargs="*", help="codes such as es fr pt-BR (default: all that can be translated)")
    matrix.add_argument("--assembly", metavar="SLUG", help="the languages of this assembly and its members")
    matrix.set_defaults(handler=_told(partial(_matrix, languages_of)))
    evaluate = verbs.add_parser(
        "evaluate", help="chrF, BLEU and examples of each route, on texts that people translated"
    )
    evaluation_cli.add_arguments(evaluate)
    evaluate.set_defaults(handler=_told(evaluation_cli.evaluate))
    package_cli.add_parsers(verbs, _told)


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
            pair = from_argos(offer.metadata.source), from_argos(offer.metadata.target)
            _say(f"{'-'.join(pair)}  {offer.metadata.version}")
        return
    hops = _hops()
    for pair, route in routes_among({lang for hop in hops for lang in hop.pair}, hops).items():
        if route:
            _say(f"{'-'.join(pair):<12} {describe(route)}")
    package_cli.say_packages()
    if not hops:
        _say("Nothing can be translated yet: install Apertium from the system's packages, or packages with")
        _say("    hemicycle languages install es fr en")


def _hops() -> list[Hop]:
    return offered_hops(lambda name: _say(f"Engine {name} is not available."))


def describe(route: Route) -> str:
    """`apertium es-ca-it, rough`."""
    here = f", chrF {route.figure} here" if route.figure else ""
    measured = f", chrF {_measured(route)}" if route.score and not here else ""
    rough = ", word for word" if route.engine == "wordbook" else ", rough" if route.rough else ""
    return f"{route.engine} {'-'.join(route.path)}{here}{measured}{rough}"


# --- matrix

_WORDS = {State.MISSING: "missing", State.WORDS: "word for word", State.ROUGH: "rough", State.GOOD: ""}


def _matrix(languages_of: LanguagesOf, arguments: argparse.Namespace) -> None:
    langs = [language(code).code for code in arguments.languages]
    if arguments.assembly:
        found = languages_of(arguments.assembly)
        if found is None:
            raise Refused("source.no_assembly", slug=arguments.assembly[:60])
        langs.extend(found)
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
    return f"{route.figure} here" if route.figure else _measured(route)


def _measured(route: Route) -> str:
    """The score of the table, and where it flatters."""
    return f"{route.score or ''}{' (on the Universal Declaration: too high)' if route.is_flattered else ''}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
