"""How the first organiser's account comes to be: by a one-time link that the server prints."""

from __future__ import annotations

import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import FirstLink, User
from kernel import ids
from kernel.errors import Refused

LINK_HOURS = 24


def needs_first_organiser() -> bool:
    """Whether nobody can sign in yet."""
    return not User.objects.exists()


def first_organiser_link() -> str:
    """A link, good once and for a day, that makes the first account. Each call makes another; all end with its use."""
    if not needs_first_organiser():
        raise Refused("account.first_exists")
    code = ids.new_code()
    expires_at = timezone.now() + datetime.timedelta(hours=LINK_HOURS)
    FirstLink.objects.create(code_digest=ids.digest(code), expires_at=expires_at)
    return f"{settings.BASE_URL}/welcome/{code}/"


def check_first_link(code: str) -> FirstLink:
    """The valid link behind a code, or `Refused("account.link_over")`, the same for unknown, used and expired."""
    valid = FirstLink.objects.filter(code_digest=ids.digest(code), used_at=None, expires_at__gt=timezone.now())
    link = valid.first()
    if link is None or not needs_first_organiser():
        raise Refused("account.link_over")
    return link


@transaction.atomic
def create_first_organiser(code: str, *, email: str, password: str) -> User:
    """Make the first account and use up the link. A second call is refused."""
    list(FirstLink.objects.select_for_update().order_by("pk"))  # two links used at once make one account
    link = check_first_link(code)
    link.used_at = timezone.now()
    link.save()
    return create_organiser(email=email, password=password)


@transaction.atomic
def create_organiser(*, email: str, password: str) -> User:
    """An account that can sign in. Refused when the address has one."""
    address = User.objects.normalize_email(email)
    if User.objects.filter(email__iexact=address).exists():
        raise Refused("account.exists", email=address)
    user = User.objects.create_user(username=ids.new_key(), email=address, password=password)
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
    return user
