"""A real installation for a bench: scratch database, an assembly with many rooms, devices for all members."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django


def build(rooms: int, members: int, languages: tuple[str, ...]) -> dict[str, list[list[tuple[str, str, str]]]]:
    """Make tables and rooms; per room its stream and the (key, secret, reading language) of each member."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.db import transaction

    from assemblies import services as assemblies
    from rooms import services

    made: dict[str, list[list[tuple[str, str, str]]]] = {}
    with transaction.atomic():
        assembly = assemblies.create_assembly(
            slug="bench", title="Bench", question="How fast?", mandate="", lang=languages[0],
            working_languages=languages,
        )  # fmt: skip
        for number in range(rooms):
            room = services.create_room(assembly, title=f"Room {number + 1}", mode="free")
            people = []
            for seat in range(members):
                lang = languages[seat % len(languages)]
                member = assemblies.add_member(
                    assembly, name=f"Member {number}-{seat}", role="citizen", speaks=[lang], reads=lang
                )
                services.seat_member(room, member)
                joined = assemblies.join(
                    assemblies.invite(member), name=member.name, speaks=[lang], reads=lang, device_label="bench"
                )
                people.append((member.key, joined.secret, lang))
            services.open_room(room)
            made.setdefault(room.stream, []).append(people)
    return made


if __name__ == "__main__":
    django.setup()
    built = build(int(sys.argv[2]), int(sys.argv[3]), tuple(sys.argv[4].split(",")))
    Path(sys.argv[1]).write_text(json.dumps(built))
