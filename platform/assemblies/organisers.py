"""Who organises an assembly: inviting by a one-time link, withdrawing it, taking the right away."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.services import create_organiser
from assemblies.models import Assembly, OrganiserLink
from kernel import ids
from kernel.errors import Refused
from kernel.text import clean_name

LINK_DAYS = 7
MAX_ORGANISERS = 20
"""Of one assembly, people who are invited included."""


def open_links(assembly: Assembly) -> QuerySet[OrganiserLink]:
    """Links that still work, the newest first."""
    return assembly.organiser_links.filter(used_at=None, revoked_at=None, expires_at__gt=timezone.now())


@transaction.atomic
def invite_organiser(assembly: Assembly, *, name: str, by: User) -> str:
    """An address, good once and for a week, that makes somebody an organiser. Each call makes another."""
    Assembly.objects.select_for_update().get(pk=assembly.pk)
    if assembly.organisers.count() + open_links(assembly).count() >= MAX_ORGANISERS:
        raise Refused("organiser.too_many", limit=MAX_ORGANISERS)
    code = ids.new_code()
    expires_at = timezone.now() + datetime.timedelta(days=LINK_DAYS)
    OrganiserLink.objects.create(
        assembly=assembly, name=clean_name(name), made_by=by, code_digest=ids.digest(code), expires_at=expires_at
    )
    return f"{settings.BASE_URL}/organiser/{code}/"


def link_of(code: str) -> OrganiserLink:
    """The link behind a code, or `Refused("organiser.link_over")`: the same for unknown, used, withdrawn, expired."""
    found = OrganiserLink.objects.select_related("assembly").filter(
        code_digest=ids.digest(code), used_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )
    link = found.first()
    if link is None:
        raise Refused("organiser.link_over")
    return link


@transaction.atomic
def accept_with_new_account(code: str, *, email: str, password: str) -> User:
    """Make an account that organises the link's assembly, and use up the link. A second call is refused."""
    user = create_organiser(email=email, password=password)
    accept(code, user)
    return user


@transaction.atomic
def accept(code: str, user: User) -> Assembly:
    """This account organises the link's assembly from now on, and the link is used up. A second call is refused."""
    list(OrganiserLink.objects.select_for_update().filter(code_digest=ids.digest(code)))
    link = link_of(code)
    link.used_at = timezone.now()
    link.save()
    link.assembly.organisers.add(user)
    return link.assembly


def withdraw(link: OrganiserLink) -> None:
    """End a link that was not used. Safe to repeat."""
    OrganiserLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def remove_organiser(assembly: Assembly, user: User) -> None:
    """The account stays and organises this assembly no longer; links it made here end. The last one is refused.

    Safe to repeat.
    """
    Assembly.objects.select_for_update().get(pk=assembly.pk)
    if not assembly.organisers.exclude(pk=user.pk).exists():
        raise Refused("organiser.last")
    assembly.organisers.remove(user)
    for link in open_links(assembly).filter(made_by=user):
        withdraw(link)
