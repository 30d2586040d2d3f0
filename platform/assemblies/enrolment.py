"""Letting many people in at once: lists of members, and their personal links on paper or as a table."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from assemblies.core import tables
from assemblies.core.members import Context, MemberRow, Reading, read_members
from assemblies.core.names import skeleton_of
from assemblies.models import Assembly, Invitation, Member
from assemblies.queries import members
from assemblies.services import INVITATION_DAYS, invitation_url, revoke_invitations
from kernel import ids
from kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Link:
    """A member and a fresh personal link; the code is known now and never again."""

    member: Member
    code: str

    @property
    def url(self) -> str:
        """The address to open."""
        return invitation_url(self.code)


def read_list(assembly: Assembly, data: bytes) -> Reading:
    """What a file would bring to this assembly; nothing is written. One query."""
    taken = frozenset(members(assembly).values_list("skeleton", flat=True))
    return read_members(data, Context(chambers=tuple(assembly.chambers), taken=taken))


def import_members(assembly: Assembly, rows: Sequence[MemberRow]) -> int:
    """Add all these members or none. A second call with the same rows is refused."""
    made = [
        Member(
            assembly=assembly, name=row.name, skeleton=skeleton_of(row.name), role=row.role.value,
            chamber=row.chamber, speaks=list(row.speaks), reads=row.reads,
            traits=dict(row.traits),
        )
        for row in rows
    ]  # fmt: skip
    try:
        with transaction.atomic():
            return len(Member.objects.bulk_create(made, batch_size=500))
    except IntegrityError as error:
        raise Refused("members.changed_meanwhile") from error


def without_link(assembly: Assembly) -> QuerySet[Member]:
    """Members who hold no valid link."""
    valid = Invitation.objects.filter(member=OuterRef("pk"), revoked_at=None, expires_at__gt=timezone.now())
    return members(assembly).filter(~Exists(valid))


@transaction.atomic
def invite_all(people: Iterable[Member], *, days: int = INVITATION_DAYS) -> list[Link]:
    """A fresh link for each of these members; their older ones stay good. Each call makes others."""
    links = [Link(member, ids.new_code()) for member in people]
    expires_at = timezone.now() + datetime.timedelta(days=days)
    Invitation.objects.bulk_create(
        [
            Invitation(member=link.member, code_digest=ids.digest(link.code), expires_at=expires_at)
            for link in links
        ],
        batch_size=500,
    )  # fmt: skip
    return links


@transaction.atomic
def renew_link(member: Member) -> list[Link]:
    """A fresh link; all older ones of this member end. Each call makes another."""
    revoke_invitations(member)
    return invite_all([member])


def links_of(assembly: Assembly, codes: Sequence[str]) -> list[Link]:
    """The members behind codes that were just shown; codes of other assemblies are left out. One query."""
    by_digest = {ids.digest(code): code for code in codes}
    rows = Invitation.objects.filter(code_digest__in=by_digest, member__assembly=assembly, member__removed_at=None)
    found = rows.select_related("member").order_by("member")
    return [Link(row.member, by_digest[row.code_digest]) for row in found]


def links_table(links: Iterable[Link]) -> str:
    """The links as a CSV file for a mail merge."""
    lines = [(link.member.name, link.member.role, link.member.chamber, link.member.reads, link.url) for link in links]
    return tables.write(("name", "role", "chamber", "reads", "link"), lines)
