"""Reading members: who stands at a door, whose name belongs to a key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet
from django.utils import timezone

from assemblies.core.roles import Role
from assemblies.models import Assembly, Device, Invitation, Member
from kernel.errors import Refused
from kernel.ids import digest
from live.core.actors import Actor
from live.core.kinds import WordsShown

DEVICE_COOKIE = "device"


def actor_of(member: Member, device: Device | None = None) -> Actor:
    """A member as the doors see them."""
    return Actor(
        key=member.key,
        assembly=member.assembly_id,
        role=member.role,
        speaks=tuple(member.speaks),
        reads=member.reads,
        name=member.name,
        languages=tuple(member.assembly.languages),
        device=str(device.pk) if device else "",
    )


def device_of(member_key: str, cookies: Mapping[str, str]) -> Device | None:
    """The live device that these cookies prove for this member; one query."""
    secret = cookies.get(DEVICE_COOKIE, "")
    found = Device.objects.select_related("member__assembly").filter(
        secret_digest=digest(secret), member__key=member_key, ended_at=None, member__removed_at=None
    )
    return found.first() if secret else None


def invitation_of(code: str) -> Invitation:
    """The valid invitation behind a code, or `Refused`: unknown, revoked and expired are told apart by code only."""
    invitation = (
        Invitation.objects.select_related("member__assembly").filter(code_digest=digest(code), member__removed_at=None)
    ).first()
    if invitation is None:
        raise Refused("invitation.unknown")
    if invitation.revoked_at is not None:
        raise Refused("invitation.revoked")
    if invitation.expires_at <= timezone.now():
        raise Refused("invitation.expired")
    return invitation


def names(keys: Iterable[str]) -> dict[str, WordsShown]:
    """Names by member key, each in the first language its owner speaks; one query."""
    rows = Member.objects.filter(key__in=list(keys)).values_list("key", "name", "speaks", "reads")
    return {key: WordsShown(name, (speaks or [reads])[0]) for key, name, speaks, reads in rows}


def members(assembly: Assembly) -> QuerySet[Member]:
    """The members who have not been removed."""
    return Member.objects.filter(assembly=assembly, removed_at=None)


def languages_of(assembly: Assembly) -> list[str]:
    """The languages it works in, its own first, then those that its members speak or read besides; one query."""
    rows = members(assembly).values_list("speaks", "reads")
    others = {lang for speaks, reads in rows for lang in (*speaks, reads)}
    return list(dict.fromkeys([*assembly.languages, *sorted(others)]))


def reading_languages(assembly_id: int) -> list[str]:
    """The languages an assembly works in, and those its members read beyond them; two queries."""
    languages = Assembly.objects.values_list("languages", flat=True).get(pk=assembly_id)
    readers = Member.objects.filter(assembly=assembly_id, removed_at=None).order_by("reads")
    return list(dict.fromkeys([*languages, *readers.values_list("reads", flat=True).distinct()]))


def translators(assembly_id: int) -> list[Member]:
    """Who signs translations in this assembly, in the order of their names; one query."""
    return list(Member.objects.filter(assembly=assembly_id, role=Role.TRANSLATOR, removed_at=None).order_by("name"))


def trait_columns(assembly: Assembly) -> list[str]:
    """The columns by which members of this assembly are told apart, in alphabetical order; one query."""
    return sorted({column for traits in members(assembly).values_list("traits", flat=True) for column in traits})


def groups_of(assembly: Assembly) -> dict[str, frozenset[str]]:
    """Keys of the citizens who share a language, a chamber or a trait, by `column: value`; one query."""
    found: dict[str, set[str]] = {}
    rows = members(assembly).filter(role="citizen").values_list("key", "speaks", "reads", "chamber", "traits")
    for key, speaks, reads, chamber, traits in rows:
        said = {"language": (speaks or [reads])[0], "chamber": chamber, **traits}
        for column, value in said.items():
            if value:
                found.setdefault(f"{column}: {value}", set()).add(key)
    return {name: frozenset(keys) for name, keys in found.items()}


def electorate(assembly_id: int, *, chamber: str | None) -> QuerySet[Member]:
    """Members who vote: citizens, of one chamber if it is named."""
    voting = Member.objects.filter(assembly_id=assembly_id, removed_at=None, role="citizen")
    return voting.filter(chamber=chamber) if chamber else voting


def people_of_scribe(scribe: Member) -> QuerySet[Member]:
    """For whom this member types; one query, and none for who is no scribe."""
    people = Member.objects.filter(scribe=scribe, removed_at=None).order_by("name")
    return people if scribe.role == "scribe" else people.none()


def may_organise(user_id: int | None, assembly: Assembly) -> bool:
    """Whether this account organises this assembly."""
    return user_id is not None and assembly.organisers.filter(Q(pk=user_id)).exists()
