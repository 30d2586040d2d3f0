"""What readers of the demo receive is what Apertium's own command says, and its label tells how it was made."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rehearsal.demo.cli import SCENARIO
from tests.shell.rehearsal.record import record
from tests.shell.translation.conformance import NO_APERTIUM
from translation.apertium import MODES

pytestmark = pytest.mark.skipif(not (MODES / "cat-fra.mode").is_file(), reason=NO_APERTIUM)

Frame = Mapping[str, Any]
BEGINNING_S = 40
"""Spanish, French and Catalan have been spoken by then."""
MODE = {("es", "ca"): "spa-cat", ("ca", "es"): "cat-spa", ("ca", "it"): "cat-ita", ("fr", "ca"): "fra-cat",
        ("ca", "pt"): "cat-por"}  # fmt: skip
PACKAGE = {"spa-cat": "apertium-spa-cat", "cat-spa": "apertium-spa-cat", "cat-ita": "apertium-cat-ita",
           "fra-cat": "apertium-fra-cat", "cat-por": "apertium-por-cat"}  # fmt: skip
ROUTES = (("es", "ca"), ("ca", "it"), ("fr", "ca", "es"), ("fr", "ca", "pt"))


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> list[Frame]:
    """Events that readers of the demo's first room received while its beginning was played."""
    folder: Path = tmp_path_factory.mktemp("demo")
    demo = json.loads(SCENARIO.read_text(encoding="utf-8"))
    room = {**demo["rooms"][0], "end": BEGINNING_S + 5}
    beginning = {
        **demo, "rooms": [room], "drafts": [], "motions": [], "ballots": [],
        "participants": [person for person in demo["participants"] if person["room"] in (room["id"], None)],
        "timeline": [each for each in demo["timeline"] if each["room"] == room["id"] and each["t"] < BEGINNING_S],
    }  # fmt: skip
    file = folder / "beginning.json"
    file.write_text(json.dumps(beginning), encoding="utf-8")
    played = record(file, folder / "played.pickle")
    return [each.frame for log in played.logs for each in log.frames if each.frame["type"] == "event"]


@cache
def apertium(mode: str, sentence: str) -> str:
    """What the command answers, without marks of unknown words."""
    done = subprocess.run(["apertium", "-u", mode], input=sentence, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def by_command(route: tuple[str, ...], text: str) -> str:
    """Sentence by sentence along the route; opening marks stay in Spanish, blanks do not multiply."""
    sentences = re.split(r"(?<=[.?!]) ", text)
    for source, target in itertools.pairwise(route):
        sentences = [apertium(MODE[source, target], sentence) for sentence in sentences]
        sentences = sentences if target == "es" else [re.sub("[¿¡]", "", sentence) for sentence in sentences]
    return re.sub(" {2,}", " ", " ".join(sentences))


def version_of(package: str) -> str:
    """The version that is installed, without Debian's part."""
    query = ["dpkg-query", "-W", "-f", "${Version}", package]
    return subprocess.run(query, capture_output=True, text=True, check=True).stdout.partition("-")[0]


@pytest.mark.parametrize("route", ROUTES, ids="-".join)
def test_a_reader_gets_what_the_command_says(frames: list[Frame], route: tuple[str, ...]) -> None:
    originals = {
        frame["data"]["words"]["key"]: next(iter(frame["words"].values()))["text"]
        for frame in frames
        if frame["kind"] == "contribution.made" and frame["data"]["words"]["lang"] == route[0]
    }
    received = {
        frame["data"]["of"]: frame
        for frame in frames
        if frame["kind"] == "text.rendered" and frame["stream"].endswith(f".text.{route[-1]}")
    }
    assert originals
    for key, text in originals.items():
        data, words = received[key]["data"], received[key]["words"]
        assert words[data["key"]]["text"] == by_command(route, text)
        packages = [PACKAGE[MODE[hop]] for hop in itertools.pairwise(route)]
        version = ", ".join(f"{package} {version_of(package)}" for package in packages)
        label = data["label"]
        assert (label["engine"], label["version"], label["route"]) == ("apertium", version, list(route))
