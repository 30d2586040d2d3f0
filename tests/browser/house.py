"""The assemblies that the browser tests walk into, made with the product's own services in a process of its own.

`python -m tests.browser.house FILE [SLUG]` makes them, or this one, and writes links and keys to FILE as JSON.
The browser's driver runs an event loop in the tests' process, and Django's models keep out of those.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import django

EMAIL = "olga@example.org"
PASSWORD = "right horse battery"
GLOSSARY = """ca,es,fr,ca explanation,fr explanation
plaça|places,plaza|plazas,place|places,Un espai obert del barri.,Un espace ouvert du quartier.
pressupost,presupuesto,budget,Els diners que la ciutat pot gastar en un any.,L’argent que la ville peut dépenser.
carrer,calle,rue,Per on passa tothom.,
Can Batlló,,,,
"""
CHOICES = ("yes", "yes", "no")
MARKED = {
    "approval": ("1 2", "2", "blank"),
    "score": ("5 3 0", "4 4 1", "0 5 2"),
    "runoff": ("1 2 3", "1 2", "3 2 1"),
    "schulze": ("1 2 3", "2 1", "2 3 1"),
}
"""What three people mark, by the kind of ballot."""
HOSTILE = "<b onclick=alert(1)>Eve</b>"


@dataclass(frozen=True, slots=True)
class Guest:
    """A member to be made; `is_in` has a device already, the others hold a link only."""

    name: str
    lang: str
    role: str = "citizen"
    is_in: bool = True
    also: tuple[str, ...] = ()
    """Further languages that they speak."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """One assembly with one room for all its members."""

    slug: str
    languages: tuple[str, ...]
    guests: tuple[Guest, ...]
    rooms: int = 1
    """Further rooms have a guest each; the first facilitator leads all but the last, whose facilitator has vanished."""
    title: str = "Diumenges sense cotxes"
    question: str = "El centre ha de quedar lliure de cotxes els diumenges?"


GATHERINGS = (
    Gathering(
        "path",
        ("ca", "es", "fr", "it"),
        (
            Guest("Ana", "es", is_in=False),
            Guest("Bruno", "fr", is_in=False),
            Guest("Carla", "ca", is_in=False),
            Guest("Fabio", "it", "facilitator"),
        ),
    ),
    Gathering(
        "screens",
        ("ca", "es", "fr"),
        (
            Guest("Ana", "es"),
            Guest("Bruno", "fr"),
            Guest("Amina", "ar"),
            Guest("Fatou", "en", "facilitator"),
            Guest("Nour", "ar", "facilitator"),
            Guest("Otto", "ca", "observer"),
            Guest("Tariq", "fr", "translator"),
            Guest("Pep", "ca", is_in=False),
        ),
    ),
    Gathering("keys", ("ca", "es"), (Guest("Ana", "es"), Guest("Fatou", "en", "facilitator"))),
    Gathering(
        "sitting",
        ("ca", "es", "fr"),
        (
            Guest("Ana", "es"),
            Guest("Amina", "ar"),
            Guest("Bruno", "fr"),
            Guest("Clara", "en", "chair"),
            Guest("Fatou", "en", "facilitator"),
        ),
    ),
    Gathering(
        "peers",
        ("ca", "es", "fr"),
        (
            Guest("Ana", "es"),
            Guest("Amina", "ar"),
            Guest("Bruno", "fr"),
            Guest("Carla", "ca"),
            Guest("Fatou", "en", "facilitator"),
        ),
    ),
    Gathering(
        "wordings",
        ("ca", "es", "fr", "it", "pt", "en"),
        (
            Guest("Ana", "es", also=("fr",)),
            Guest("Bruno", "fr"),
            Guest("Carla", "ca", also=("es",)),
            Guest("Dario", "it"),
            Guest("Rita", "pt"),
            Guest("Ellen", "en"),
            Guest("Fatou", "en", "facilitator"),
        ),
    ),
    Gathering(
        "debate",
        ("ca", "es", "fr"),
        (Guest("Ana", "es"), Guest("Bruno", "fr"), Guest("Amina", "ar"), Guest("Clara", "en", "chair")),
    ),
    Gathering("sealed", ("ca", "es", "fr"), (Guest("Ana", "es"), Guest("Bruno", "fr"), Guest("Amina", "ar"))),
    Gathering(
        "contested",
        ("ca", "es", "fr"),
        (Guest("Ana", "es"), Guest("Bruno", "fr"), Guest("Amina", "ar"), Guest("Clara", "en", "chair")),
    ),
    Gathering("terms", ("ca", "es", "fr"), (Guest("Carla", "ca"), Guest("Fatou", "en", "facilitator"))),
    Gathering(
        "drafting",
        ("ca", "es", "fr"),
        (
            Guest("Ana", "es"),
            Guest("Bruno", "fr"),
            Guest("Carla", "ca"),
            Guest("Amina", "ar"),
            Guest("Fatou", "en", "facilitator"),
        ),
    ),
    Gathering("light", ("ca", "es"), (Guest("Ana", "es"), Guest("Fatou", "en", "facilitator"))),
    Gathering("killed", ("ca", "es"), (Guest("Ana", "es"), Guest("Fatou", "en", "facilitator"))),
    Gathering(
        "faults",
        ("ca", "es"),
        (Guest("Ana", "es"), Guest(HOSTILE, "ca"), Guest("Fatou", "en", "facilitator")),
        title="Faults <script>alert(1)</script>",
        question="<img src=x onerror=alert(1)>?",
    ),
    Gathering(
        "hall",
        ("ca", "es", "en"),
        (Guest("Ana", "es"), Guest("Fatou", "en", "facilitator"), Guest("Nour", "ar", "facilitator")),
        rooms=12,
    ),
)


def build(*slugs: str) -> dict[str, Any]:
    """Make everything, or these assemblies without more in them; what a test needs to know, by assembly."""
    from accounts.services import create_organiser
    from rehearsal.demo.languages import install_words, pairs_without_route

    organiser = create_organiser(email=EMAIL, password=PASSWORD)
    languages = ["ca", "es", "fr", "it"]
    is_real = not pairs_without_route(languages)
    if not is_real:
        install_words(languages)
    gatherings = [each for each in GATHERINGS if each.slug in slugs or not slugs]
    made = {gathering.slug: _gather(gathering, organiser) for gathering in gatherings}
    if not slugs:
        made["screens"] |= _vote("screens")
        made["screens"] |= _propose_one_text("screens", "Ana")
        made["terms"] |= _agree("terms")
        made["wordings"] |= _agree("wordings")
        _begin_exercise("peers")
        made["debate"] |= _propose("debate")
        made["sealed"] |= _seal("sealed")
        made["contested"] |= _contest("contested")
        made["screens"]["practice"] = _practised("screens", "Fatou")
    return {"is_real": is_real, "assemblies": made}


def _vote(slug: str) -> dict[str, str]:
    """A certified motion, an open one, one that waits, one objected to, and a recommendation that is none yet."""
    from assemblies.models import Assembly, Member
    from plenary.core.amendments import Act, AmendmentOffer
    from plenary.core.motions import ObjectionRaise
    from plenary.core.presets import consent, most, simple_majority
    from plenary.core.rules import Amending, AmendmentOrder, Kind, Level
    from tests.shell.plenary.voting import Vote, make_recommendation

    assembly = Assembly.objects.get(slug=slug)
    citizens = list(Member.objects.filter(assembly=assembly, role="citizen"))
    stated = _state(assembly, citizens)
    done = Vote(assembly).open()
    for member, choice in zip(citizens, CHOICES, strict=False):
        done.cast(member, choice)
    done.close().certify()
    running = Vote(assembly, text="Més arbres al parc.").open()
    waiting = make_recommendation(assembly, text="Un carrer tranquil.")
    make_recommendation(assembly, text="Més fonts.", title="Fonts")
    planned = Vote(assembly, text="Més bancs a la plaça. Menys soroll de nit.").state.recommendation
    heard = Vote(assembly, consent(), text="Un mercat els dissabtes.")
    heard.do(1, ObjectionRaise(heard.key, "I qui viu sobre la plaça?", "ca"), by=member.key)
    amendable = replace(simple_majority(), amendments=Amending(AmendmentOrder.FURTHEST_FIRST, supporters=2))
    amended = Vote(assembly, amendable, text="Tanquem la plaça als cotxes.\nNomés els diumenges.\nComencem al maig.")
    changes: list[tuple[Act, int, str]] = [("replace", 2, "Els dissabtes i els diumenges."), ("delete", 2, "")]
    for citizen, (act, paragraph, text) in zip(citizens, changes, strict=False):
        amended.do(1, AmendmentOffer(amended.key, act, paragraph, text, "El mercat també.", "ca"), by=citizen.key)
    choices = {}
    for kind, papers in MARKED.items():
        rule = replace(most(Level.ASSISTED if kind == "score" else Level.PUBLIC), kind=Kind(kind))
        offered = Vote(assembly, rule, text="Un tramvia.", others=("Més autobusos.", "Carrils bici.")).open()
        choices[f"{kind}_open"] = offered.key
        counted = Vote(assembly, rule, text="Un tramvia.", others=("Més autobusos.", "Carrils bici.")).open()
        for each, paper in zip(citizens, papers, strict=False):
            counted.cast(each, paper)
        choices[kind] = counted.close().certify().key
    return {
        **choices,
        "done": done.key, "running": running.key, "heard": heard.key, "amended": amended.key, **stated,
        "recommendation": waiting.key, "planned": planned,
    }  # fmt: skip


def _seal(slug: str) -> dict[str, str]:
    """An open sealed vote."""
    from assemblies.models import Assembly
    from plenary.core.presets import simple_majority
    from plenary.core.rules import Level
    from tests.shell.plenary.voting import Vote

    assembly = Assembly.objects.get(slug=slug)
    return {"motion": Vote(assembly, simple_majority(Level.SEALED), text="Més arbres al parc.").open().key}


def _contest(slug: str) -> dict[str, str]:
    """A motion that is amended and objected to before its vote."""
    from assemblies.models import Assembly
    from plenary.core.presets import consent
    from plenary.core.rules import Amending
    from tests.shell.plenary.voting import Vote

    assembly, rule = Assembly.objects.get(slug=slug), replace(consent(), amendments=Amending(supporters=2))
    return {"motion": Vote(assembly, rule, text="Tanquem la plaça als cotxes.\nNomés els diumenges.").key}


def _state(assembly: Any, citizens: list[Any]) -> dict[str, str]:
    """Two motions with minority statements: on one they are taken still, with the other's result they are published."""
    from plenary.core.motions import MotionCertify, MotionClose
    from plenary.core.presets import simple_majority
    from plenary.core.statements import StatementSign, StatementWrite
    from tests.shell.plenary.voting import Vote

    rule, hour = replace(simple_majority(), statement_hours=1, signatures=2), 3600
    first, second = citizens[:2]
    made = {}
    for name, ago_s in (("published", 2 * hour), ("stated", 60)):
        made[name] = vote = Vote(assembly, rule, ago_s=ago_s).open()
        vote.do(1, StatementWrite(vote.key, "I qui treballa de nit, com hi arriba?", "ca"), by=first.key)
        vote.do(1, StatementSign(vote.key, next(iter(vote.state.statements))), by=second.key)
        vote.do(2, MotionClose(vote.key))
        if name == "published":
            vote.do(hour + 2, MotionCertify(vote.key))
    return {name: vote.key for name, vote in made.items()}


def _propose_one_text(slug: str, name: str) -> dict[str, Any]:
    """Two rooms with a text each, one of them this person's, and the proposal to make one of both; then one of the
    texts is written on, and there is another proposal."""
    from assemblies.models import Assembly, Member
    from assemblies.queries import actor_of
    from exchange.core.merging import MergePropose
    from exchange.services import ask
    from floor.core.commands import MemberArrive
    from live.services import submit
    from recommendations.core.drafting import DraftAccept, DraftSubmit, DraftWrite
    from recommendations.models import Recommendation
    from rooms.queries import state_of
    from rooms.services import create_room, open_room, seat_member

    assembly = Assembly.objects.get(slug=slug)
    members = [Member.objects.get(assembly=assembly, name=each) for each in (name, "Bruno")]
    texts = [("es", "Cerrar la plaza los domingos."), ("fr", "Fermer la place le dimanche. Planter des arbres.")]
    rooms, drafts = [], []
    for member, (lang, text) in zip(members, texts, strict=True):
        room = create_room(assembly, title="", title_lang="ca")
        seat_member(room, member)
        open_room(room)
        submit(room.stream, MemberArrive(member.key), by=member.key)
        submit(room.stream, DraftWrite(None, 0, "", text, "", lang), by=member.key)
        (draft,) = state_of(room).drafts
        submit(room.stream, DraftAccept(draft, 1), by=member.key)
        rooms.append(room)
        drafts.append(draft)
    submit(rooms[1].stream, DraftSubmit(drafts[1], 1), by=members[1].key)
    propose = MergePropose(rooms[0].pk, tuple(drafts), "", "Cerrar la plaza los domingos. Plantar árboles.", "", "es")
    ask(propose, actor_of(members[0]))
    submit(rooms[0].stream, DraftWrite(drafts[0], 1, "", "Cerrar la plaza cada domingo.", "", "es"), by=members[0].key)
    submit(rooms[0].stream, DraftAccept(drafts[0], 2), by=members[0].key)
    ask(propose, actor_of(members[0]))
    return {"merging": rooms[0].pk, "sent": Recommendation.objects.get(draft=drafts[1]).key}


def _agree(slug: str) -> dict[str, str]:
    """A glossary with explanations, and a recommendation with a term in it."""
    from assemblies.core.glossary_list import read_glossary
    from assemblies.models import Assembly
    from tests.shell.plenary.voting import make_recommendation
    from translation.services import agree_terms

    assembly = Assembly.objects.get(slug=slug)
    agree_terms(assembly.scope, read_glossary(GLOSSARY.encode()).terms)
    return {"recommendation": make_recommendation(assembly, text="Un carrer tranquil.").key}


def _propose(slug: str) -> dict[str, str]:
    """A motion that waits for its debate; it passes by most votes."""
    from assemblies.models import Assembly
    from plenary.core.presets import most
    from plenary.core.rules import Level
    from tests.shell.plenary.voting import Vote

    motion = Vote(Assembly.objects.get(slug=slug), most(Level.PUBLIC), text="Tancar el centre els diumenges.")
    return {"motion": motion.key}


def _begin_exercise(slug: str) -> None:
    """A sitting that goes on, in an exercise."""
    from assemblies.models import Assembly
    from live.services import submit
    from sittings.core.types import SittingBegin, StepAdd, StepPlan
    from sittings.services import create_sitting

    stream = create_sitting(Assembly.objects.get(slug=slug).pk)
    text = "Dibuixeu un mapa del barri.\nMarqueu on voleu arbres."
    submit(stream, StepAdd(StepPlan("exercise", 3_600_000), None, "ca", text))
    submit(stream, SittingBegin())


def _practised(slug: str, name: str) -> str:
    """A practice of this facilitator that has ended; its key."""
    from assemblies.models import Member
    from rehearsal.practice import closing, services

    member = Member.objects.get(assembly__slug=slug, name=name)
    person = services.Person(member, None, f"/m/{member.key}/practice/")
    practice = services.begin(person, name=name, reads="en", minutes=6)
    closing.end(practice, "never")
    return practice.key


def _gather(gathering: Gathering, organiser: Any) -> dict[str, Any]:
    from assemblies.services import create_assembly
    from floor.core.types import Limits
    from plenary.services import create_plenary
    from rooms.services import create_room

    assembly = create_assembly(
        slug=gathering.slug, title=gathering.title, question=gathering.question,
        mandate="El consell respon cada recomanació en sis mesos.", lang="ca",
        working_languages=gathering.languages, organiser=organiser,
    )  # fmt: skip
    create_plenary(assembly.pk)
    patient = Limits(gap_ms=500, hold_ms=500, offer_ms=60_000)  # a busy machine must not lose anybody's turn
    room = create_room(assembly, title="Mobilitat", title_lang="ca", limits=patient)
    people = {guest.name: _seat(assembly, room, guest) for guest in gathering.guests}
    for number in range(2, gathering.rooms + 1):
        _furnish(assembly, gathering, number)
    return {"slug": gathering.slug, "room": room.pk, "people": people}


def _furnish(assembly: Any, gathering: Gathering, number: int) -> None:
    """One more open room, with somebody in it who has been there since it opened."""
    from assemblies.models import Member
    from assemblies.services import add_member
    from floor.core.commands import HandRaise, MemberArrive
    from live.services import submit
    from rooms.services import create_room, open_room, seat_member

    room = create_room(assembly, title=f"Taula {number}", title_lang="ca")
    guest = add_member(
        assembly, name=f"Convidada {number}", role="citizen", speaks=["ca"], reads="ca", chamber="citizens"
    )
    chair = Member.objects.filter(assembly=assembly, role="facilitator").order_by("pk")[0]
    if number == gathering.rooms:
        chair = add_member(assembly, name="Hana", role="facilitator", speaks=["ca"], reads="ca", chamber="")
    for member in (guest, chair):
        seat_member(room, member)
    submit(room.stream, MemberArrive(guest.key))
    open_room(room)
    if number % 3 == 0:
        submit(room.stream, HandRaise(), by=guest.key)


def _seat(assembly: Any, room: Any, guest: Guest) -> dict[str, str]:
    from assemblies.services import add_member, invite, join
    from rooms.services import seat_member

    chamber = "citizens" if guest.role == "citizen" else ""
    speaks = [guest.lang, *guest.also]
    member = add_member(assembly, name=guest.name, role=guest.role, speaks=speaks, reads=guest.lang, chamber=chamber)
    seat_member(room, member)
    code = invite(member)
    seat = {"key": member.key, "code": code, "lang": guest.lang, "secret": ""}
    if guest.is_in:
        joined = join(code, name=guest.name, speaks=speaks, reads=guest.lang, device_label="Chromium")
        seat["secret"] = joined.secret
    return seat


if __name__ == "__main__":
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(build(*sys.argv[2:])))
