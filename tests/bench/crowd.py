"""A scenario of many rooms in five languages, in words of our own; no text twice, so that each is translated."""

from __future__ import annotations

from random import Random
from typing import Any

SENTENCES = {
    "es": (
        "Propongo poner {a} bancos a la sombra en la plaza número {b}.",
        "En mi calle pasan {a} coches cada {b} minutos.",
        "Los niños de la escuela {a} necesitan {b} árboles en el patio.",
        "El autobús {a} tarda {b} minutos en llegar al mercado.",
        "Podemos abrir la biblioteca hasta las {a} los {b} primeros sábados del año.",
    ),
    "fr": (
        "Je propose de mettre {a} bancs à l'ombre sur la place numéro {b}.",
        "Dans ma rue passent {a} voitures toutes les {b} minutes.",
        "Les enfants de l'école {a} ont besoin de {b} arbres dans la cour.",
        "Le bus {a} met {b} minutes pour arriver au marché.",
        "Nous pouvons ouvrir {a} jardins dans les {b} quartiers de la ville.",
    ),
    "ca": (
        "Proposo posar {a} bancs a l'ombra a la plaça número {b}.",
        "Al meu carrer passen {a} cotxes cada {b} minuts.",
        "Els nens de l'escola {a} necessiten {b} arbres al pati.",
        "L'autobús {a} triga {b} minuts a arribar al mercat.",
        "Podem obrir {a} jardins als {b} barris de la ciutat.",
    ),
    "it": (
        "Propongo di mettere {a} panchine all'ombra nella piazza numero {b}.",
        "Nella mia strada passano {a} macchine ogni {b} minuti.",
        "I bambini della scuola {a} hanno bisogno di {b} alberi nel cortile.",
        "L'autobus {a} impiega {b} minuti per arrivare al mercato.",
        "Possiamo aprire {a} giardini nei {b} quartieri della città.",
    ),
    "pt": (
        "Proponho pôr {a} bancos à sombra na praça número {b}.",
        "Na minha rua passam {a} carros a cada {b} minutos.",
        "As crianças da escola {a} precisam de {b} árvores no pátio.",
        "O autocarro {a} demora {b} minutos a chegar ao mercado.",
        "Podemos abrir {a} jardins nos {b} bairros da cidade.",
    ),
}
LANGUAGES = tuple(SENTENCES)
ARRIVING_S = 20.0
GAP_S = 4.0
TURN_S = (20.0, 70.0)
SENTENCES_A_TURN = (2, 4)


def scenario(*, rooms: int, people: int, minutes: float, seed: int = 1) -> dict[str, Any]:
    """So many rooms of so many people, a facilitator among them, who talk for so long; form "scenario/1"."""
    chance = Random(seed)
    participants: list[dict[str, Any]] = []
    plans, timeline = [], []
    for number in range(rooms):
        room, members = f"room{number}", [_person(number, place) for place in range(people)]
        participants += members
        keys = [person["id"] for person in members]
        plan = {"id": room, "topic": {"ca": f"Sala {number}"}, "facilitator": keys[0], "members": keys}
        plans.append({**plan, "end": minutes * 60})
        timeline += _talk(room, members, minutes * 60, chance)
    timeline.sort(key=lambda event: float(event["t"]))
    return {
        "schema": "scenario/1",
        "id": f"{rooms} rooms of {people}",
        "rules": {"speaking": {"soft_limit_s": None, "hard_limit_s": 180}},
        "participants": participants,
        "rooms": plans,
        "timeline": timeline,
    }


def _person(room: int, place: int) -> dict[str, Any]:
    lang = LANGUAGES[(room + place) % len(LANGUAGES)]
    role = "citizen" if place else "facilitator"
    return {"id": f"p{room}-{place}", "name": _name(room, place), "role": role, "lang": lang, "reads": lang,
            "room": f"room{room}"}  # fmt: skip


def _name(room: int, place: int) -> str:
    """A name like no other: one syllable for the place, two for the room, no two signs that look alike."""
    syllables = [consonant + vowel for consonant in "bdfgkmpst" for vowel in "aeu"]
    more, one = divmod(room, len(syllables))
    return (syllables[place] + syllables[more] + syllables[one]).title()


def _talk(room: str, members: list[dict[str, Any]], end: float, chance: Random) -> list[dict[str, Any]]:
    """Everybody comes within the first seconds; then one turn after the other, each begun by a raised hand."""
    guide, *citizens = members
    events = [{"t": 0, "room": room, "type": "room_open", "by": guide["id"]}]
    for each in members:
        events.append({"t": round(chance.uniform(0, ARRIVING_S), 1), "room": room, "type": "join", "by": each["id"]})
    now = ARRIVING_S + chance.uniform(2, TURN_S[1])
    while now + TURN_S[1] < end:
        speaker, seconds = chance.choice(citizens), round(chance.uniform(*TURN_S), 1)
        said = " ".join(_sentence(speaker["lang"], chance) for _ in range(chance.randint(*SENTENCES_A_TURN)))
        common = {"room": room, "by": speaker["id"]}
        words = {"lang": speaker["lang"], "dur": seconds, "text": said}
        events.append({**common, "t": round(now - 1, 1), "type": "hand_raise"})
        events.append({**common, "t": round(now, 1), "type": "utterance", **words})
        now += seconds + GAP_S
    return events


def _sentence(lang: str, chance: Random) -> str:
    return chance.choice(SENTENCES[lang]).format(a=chance.randint(2, 9999), b=chance.randint(2, 9999))
