"""`hemicycle demo`: the product with a moving five-language assembly that anybody can walk into."""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rehearsal.cli import load
from rehearsal.core.scenario import Role, Scenario
from rehearsal.processes import OwnServer, PortTaken, end_on_signals, refuse_taken

SCENARIO = Path(__file__).with_name("sundays.json")
VISITORS_ONLY = frozenset({"grace"})
"""Seats that the player never sits in."""
EMAIL = "organiser@demo.example"


def add_parser(subparsers: Any) -> None:
    """The verb with its options."""
    parser = subparsers.add_parser("demo", help="serve a moving assembly in five languages that anybody can walk into")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.set_defaults(handler=demo)


def demo(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C. Everything is forgotten at the next start."""
    environment = surroundings(arguments.port)
    if any(os.environ.get(name) != value for name, value in environment.items()):
        words = [sys.executable, "-m", "hemicycle", "demo", "--port", str(arguments.port)]
        os.execve(sys.executable, words, {**os.environ, **environment})  # noqa: S606 (the same command, at home)
    try:
        end_on_signals()
        refuse_taken(arguments.port)
        asyncio.run(_run(arguments.port))
    except PortTaken as taken:
        print(f"The demo cannot start: {taken}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nThe demo has ended.")
    return 0


def surroundings(port: int) -> Mapping[str, str]:
    """The demo lives in a folder of its own, beside the product's, and shares only the language packages."""
    from django.conf import settings

    home = settings.STATE if settings.STATE.name == "demo" else settings.STATE / "demo"
    packages = os.environ.get("TRANSLATION_PACKAGES_DIR") or str(settings.TRANSLATION_PACKAGES_DIR)
    return {
        "HEMICYCLE_STATE": str(home),
        "DATABASE_URL": f"sqlite:///{home / 'demo.sqlite3'}",
        "REDIS_URL": "",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "TRANSLATION_PACKAGES_DIR": packages,
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
    }


async def _run(port: int) -> None:
    from django.conf import settings

    from rehearsal.demo.loop import DemoLoop
    from rehearsal.stage import Stage

    scenario = load(SCENARIO)
    plan, password = await asyncio.to_thread(_prepare, scenario)
    server = OwnServer([port], settings.STATE)
    await server.start()
    stage = Stage(scenario, plan, bases=server.bases, origin=settings.BASE_URL, progress=_say, kept=300)
    print("\n".join(invitation(scenario, plan.codes, settings.BASE_URL, password=password)), flush=True)
    try:
        await DemoLoop(stage, visitors_only=VISITORS_ONLY).run()
    finally:
        await stage.close()
        await server.stop()


def _say(text: str) -> None:
    """Joining is nothing to talk about; who takes a seat, and what goes wrong, is."""
    if text.startswith("demo:") or "seat" in text:
        print(text, flush=True)


def _prepare(scenario: Scenario) -> tuple[Any, str]:
    """A fresh database, languages, and the assembly with its organiser; returns the plan and the password."""
    from django.conf import settings
    from django.core.management import call_command

    from rehearsal.demo.reading import publish_materials
    from rehearsal.setup import set_up

    for leftover in settings.STATE.glob("demo.sqlite3*"):
        leftover.unlink()
    settings.STATE.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    _have_languages(scenario.languages())
    plan = set_up(scenario, mode_of=lambda room: "balanced", slug=f"demo-{secrets.token_hex(3)}")
    publish_materials(plan.assembly)
    return plan, _make_organiser(plan.assembly)


def _have_languages(languages: tuple[str, ...]) -> None:
    from rehearsal.demo.languages import COMMAND, install_words, pairs_without_route

    if not pairs_without_route(languages):
        return
    print(
        "No translation engine is installed for these languages. For a real one, run once:", f"    {COMMAND}", sep="\n"
    )
    print("Until then the demo translates word for word, and says so on every passage. Building the packages …")
    install_words(languages)


def _make_organiser(assembly: int) -> str:
    """An account that organises the demo assembly; returns its password, made for this start."""
    from accounts.services import create_organiser
    from assemblies.models import Assembly

    password = secrets.token_urlsafe(9)
    Assembly.objects.get(pk=assembly).organisers.add(create_organiser(email=EMAIL, password=password))
    return password


def invitation(scenario: Scenario, codes: Mapping[str, str], base: str, *, password: str) -> list[str]:
    """The links that are printed, for people to walk in."""
    lines = ["", f"{scenario.title}: walk in. All links may be open in one browser, side by side.", ""]
    shown: set[str] = set()
    for person in scenario.participants:
        if person.role is Role.CITIZEN and person.room is not None and person.lang not in shown:
            shown.add(person.lang)
            lines.append(_line(f"citizen, {person.lang} ({person.name})", f"{base}/join/{codes[person.id]}/"))
    facilitator = next(person for person in scenario.participants if person.role is Role.FACILITATOR)
    voter = next(person for person in scenario.participants if person.id in VISITORS_ONLY)
    lines += [
        _line(f"facilitator, {facilitator.lang} ({facilitator.name})", f"{base}/join/{codes[facilitator.id]}/"),
        _line(f"plenary, {voter.lang} ({voter.name})", f"{base}/join/{codes[voter.id]}/"),
        _line("organiser", f"{base}/accounts/login/?next=/organise/"),
        _line("", f"e-mail {EMAIL}, password {password}"),
    ]
    return [*lines, "", "The people you do not play are simulated. Ctrl-C ends the demo; the next start forgets it."]


def _line(who: str, what: str) -> str:
    return f"  {who:<24} {what}"
