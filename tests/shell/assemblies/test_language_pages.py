"""The organiser's page of languages: every pair with its route, what came of it, and what to install."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from hemicycle.cli import main
from tests.shell.assemblies.cast import Cast, cast, signed_in
from tests.shell.translation.test_cli import languages
from tests.shell.translation.test_package_cli import offer
from translation.delays import store
from translation.installer import install_file
from translation.models import Passage, Rendering, Status, Translation
from translation.word_lists import build_word_packages

pytestmark = pytest.mark.django_db
PAGE = "/organise/sundays/languages/"


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Cast]:
    with override_settings(TRANSLATION_PACKAGES_DIR=tmp_path / "languages", TRANSLATION_ENGINES=("argos",)):
        yield cast()


def shown(people: Cast) -> Any:
    return signed_in(people.organiser).get(PAGE)


def state_of(answer: Any, source: str, target: str) -> str:
    lines = [line.service for line in answer.context["lines"]]
    return str(next(line.state.name for line in lines if (line.source, line.target) == (source, target)))


def test_every_language_of_assembly_and_members_stands_in_the_matrix(people: Cast) -> None:
    answer = shown(people)
    assert answer.context["langs"] == ["en", "ca", "fr", "pt", "es"]
    assert len(answer.context["lines"]) == 20
    assert {state_of(answer, "ca", "fr"), state_of(answer, "es", "pt")} == {"MISSING"}
    assert "hemicycle languages install ca-en" in answer.content.decode()


def test_what_is_installed_shows_at_once_with_what_came_of_it(people: Cast, tmp_path: Path) -> None:
    (file,) = [file for file in build_word_packages(["ca", "fr"], tmp_path) if "ca_fr" in file.name]
    install_file(file, tmp_path / "languages")
    for number, (doubts, status) in enumerate((([], Status.HUMAN), (["number"], Status.MACHINE))):
        passage = Passage.objects.create(
            root="room.1", words=f"words{number}", lang="ca", scope=f"assembly.{people.assembly.pk}"
        )
        done = Translation.objects.create(
            scope=passage.scope, digest=f"{number}", source="ca", target="fr", recipe="r", text="x", doubts=doubts
        )
        Rendering.objects.create(key=f"key{number}", passage=passage, target="fr", translation=done, status=status)
    answer = shown(people)
    assert state_of(answer, "ca", "fr") == "WORDS"
    (line,) = [line for line in answer.context["lines"] if line.volume]
    assert (line.service.source, line.service.target, *line.volume[2:]) == ("ca", "fr", 2, 2, 1, 1)
    assert state_of(answer, "fr", "ca") == "MISSING"


def test_what_is_installed_tells_its_costs_and_its_licence_in_the_words_of_whoever_made_it(
    people: Cast, tmp_path: Path
) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    assert "What is installed" not in signed_in(people.organiser).get(f"{PAGE}?lang=en").content.decode()
    for version in ("1.9", "1.10"):
        offer(shop, version, licence="CC0 <script>alert(1)</script>")
        languages("install", "es-en", "--from", str(shop))
    page = signed_in(people.organiser).get(f"{PAGE}?lang=en").content.decode()
    assert "CC0 &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert re.search(r"Disk: [\d.,]+ MB; [\d.,]+ MB are left", page)
    assert re.search(r"Before: version 1\.9, [\d.,]+ MB of disk, about [\d.,]+ MB of memory", page)
    assert "hemicycle languages restore es-en" in page


def test_how_long_readers_wait_is_said_in_words_and_by_pair(people: Cast) -> None:
    scope = f"assembly.{people.assembly.pk}"
    store({(scope, "ca", "fr", 300): 99, (scope, "ca", "pt", 2_000): 9, ("assembly.0", "ca", "fr", 60_000): 500})
    page = signed_in(people.organiser).get(f"{PAGE}?lang=en").content.decode()
    assert "within 0.3\N{NO-BREAK SPACE}s of the original, 95 of 100 within 2\N{NO-BREAK SPACE}s." in page
    assert page.count(">0.3\N{NO-BREAK SPACE}s</td>") == 2
    assert "60" not in re.findall(r">([\d.]+)\N{NO-BREAK SPACE}s<", page)
    assert "0,3\N{NO-BREAK SPACE}s" in signed_in(people.organiser).get(f"{PAGE}?lang=es").content.decode()


def test_a_variant_is_read_as_it_is(people: Cast) -> None:
    people.assembly.languages = ["pt", "pt-BR"]
    people.assembly.save()
    people.aina.delete()
    answer = shown(people)
    assert (answer.context["lines"], "read as it is" in answer.content.decode()) == ([], False)
    people.assembly.languages = ["pt", "pt-BR", "es"]
    people.assembly.save()
    assert "read as it is" in shown(people).content.decode()


def test_only_organisers_see_it(people: Cast) -> None:
    assert signed_in(people.stranger).get(PAGE).status_code == 404


def test_the_command_line_shows_the_same_matrix(people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["languages", "matrix", "--assembly", "sundays"]) == 0
    lines = capsys.readouterr().out.splitlines()
    answer = shown(people)
    pairs = {f"{line.service.source}-{line.service.target}" for line in answer.context["lines"]}
    assert {line.split()[0] for line in lines if "missing" in line} == pairs
    assert answer.context["commands"] == [lines[-1]]
    assert main(["languages", "matrix", "--assembly", "nowhere"]) == 1
    assert capsys.readouterr().err == "No assembly is called nowhere.\n"
