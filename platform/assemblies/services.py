"""Writing assemblies: creating them, letting people in, showing them out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from assemblies.core.names import skeleton_of
from assemblies.core.roles import Role
from assemblies.models import Assembly, Device, Invitation, Member
from assemblies.queries import invitation_of
from kernel import ids, languages
from kernel.errors import Refused
from kernel.text import clean_name, clean_text
from live import hub

INVITATION_DAYS = 180
SEEN_EVERY = datetime.timedelta(seconds=30)
MAX_DEVICES = 20
"""Browsers signed in as one member at a time."""
DEVICE_RESTS = datetime.timedelta(days=1)
"""How long the browser longest out of use must have rested before it gives way to another."""
MAX_QUESTION = 500
MAX_MANDATE = 1000


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining gives: the member, and the secret their browser keeps."""

    member: Member
    secret: str


@transaction.atomic
def create_assembly(
    *, slug: str, title: str, question: str, mandate: str, lang: str, working_languages: Sequence[str],
    organiser: User | None = None, chambers: Sequence[str] = (), settings: dict[str, object] | None = None,
    public: bool = True,
) -> Assembly:  # fmt: skip
    """A new assembly. A second call with the same slug is refused."""
    for code in (lang, *working_languages):
        languages.language(code)
    if Assembly.objects.filter(slug=slug).exists():
        raise Refused("assembly.slug_taken", slug=slug)
    assembly = Assembly.objects.create(
        slug=slug,
        title=clean_text(title, limit=120),
        question=clean_text(question, limit=MAX_QUESTION),
        mandate=clean_text(mandate, limit=MAX_MANDATE) if mandate.strip() else "",
        lang=lang,
        languages=list(dict.fromkeys([lang, *working_languages])),
        chambers=list(chambers),
        settings=settings or {},
        public=public,
    )
    if organiser:
        assembly.organisers.add(organiser)
    return assembly


@transaction.atomic
def add_member(
    assembly: Assembly, *, name: str, role: Role | str, speaks: Sequence[str], reads: str, chamber: str = ""
) -> Member:
    """A new member. Refused when the name looks like another member's."""
    for code in (*speaks, reads):
        languages.language(code)
    cleaned = clean_name(name)
    try:
        with transaction.atomic():
            return Member.objects.create(
                assembly=assembly, name=cleaned, skeleton=skeleton_of(cleaned), role=Role(role).value,
                chamber=chamber, speaks=list(speaks), reads=reads,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("member.name_taken", name=cleaned) from error


def invite(member: Member, *, days: int = INVITATION_DAYS) -> str:
    """A new personal code for a member; older ones stay valid until revoked. Each call makes another."""
    code = ids.new_code()
    Invitation.objects.create(
        member=member, code_digest=ids.digest(code), expires_at=timezone.now() + datetime.timedelta(days=days)
    )
    return code


def invitation_url(code: str) -> str:
    """The address that a personal link leads to."""
    return f"{settings.BASE_URL}/join/{code}/"


def revoke_invitations(member: Member) -> int:
    """End all links of a member; devices already in stay in. Safe to repeat."""
    return member.invitations.filter(revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def join(code: str, *, name: str, speaks: Sequence[str], reads: str, device_label: str) -> Joined:
    """Use a personal link: the member takes a name and languages, the browser gets a secret. Safe to repeat.

    Refused when `MAX_DEVICES` browsers were all in use within the last day.
    """
    invitation = invitation_of(code)
    for language_code in (*speaks, reads):
        languages.language(language_code)
    member = Member.objects.select_for_update().get(pk=invitation.member_id)
    cleaned = clean_name(name)
    taken = Member.objects.filter(assembly=member.assembly_id, skeleton=skeleton_of(cleaned), removed_at=None)
    if taken.exclude(pk=member.pk).exists():
        raise Refused("member.name_taken", name=cleaned)
    member.name, member.skeleton = cleaned, skeleton_of(cleaned)
    member.speaks, member.reads = list(dict.fromkeys(speaks)) or [reads], reads
    member.joined_at = member.joined_at or timezone.now()
    member.save()
    return Joined(member, sign_in(member, device_label))


def _make_place(member: Member) -> None:
    """Where all places are taken, the browser longest out of use is signed out; nobody is shut out by old ones."""
    here = list(member.devices.filter(ended_at=None))
    if len(here) < MAX_DEVICES:
        return
    if here[-1].last_seen_at > timezone.now() - DEVICE_RESTS:
        raise Refused("member.too_many_devices", limit=MAX_DEVICES)
    end_device(here[-1])


def sign_in(member: Member, label: str) -> str:
    """One more browser is signed in as this member; returns its secret. Each call makes another."""
    _make_place(member)
    secret = ids.new_code()
    Device.objects.create(member=member, secret_digest=ids.digest(secret), label=label[:80] or "?")
    return secret


def choose_reading_language(member: Member, lang: str) -> None:
    """The member reads another language from now on. Safe to repeat."""
    languages.language(lang)
    Member.objects.filter(pk=member.pk).update(reads=lang)


def choose_spoken_languages(member: Member, langs: Sequence[str]) -> None:
    """The member speaks these languages from now on, the first one most. Safe to repeat."""
    spoken = list(dict.fromkeys(languages.language(code).code for code in langs))
    Member.objects.filter(pk=member.pk).update(speaks=spoken or [member.reads])


def see_device(device: Device) -> None:
    """This browser is in use now; noted at most every half minute. Safe to repeat."""
    now = timezone.now()
    if device.last_seen_at < now - SEEN_EVERY:
        Device.objects.filter(pk=device.pk).update(last_seen_at=now)


def end_device(device: Device) -> None:
    """Sign a browser out; its sockets close. Safe to repeat."""
    Device.objects.filter(pk=device.pk, ended_at=None).update(ended_at=timezone.now())
    transaction.on_commit(lambda: hub.revoke(device.member.key, str(device.pk)))


@transaction.atomic
def remove_member(member: Member) -> None:
    """The person is no member any longer: links, devices and sockets end at once, and they type for nobody. Safe to
    repeat."""
    Member.objects.filter(pk=member.pk, removed_at=None).update(removed_at=timezone.now())
    Member.objects.filter(scribe=member).update(scribe=None)
    revoke_invitations(member)
    member.devices.filter(ended_at=None).update(ended_at=timezone.now())
    transaction.on_commit(lambda: hub.revoke(member.key))
