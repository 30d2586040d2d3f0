"""People who sign in with an account: organisers, and facilitators where an assembly asks for it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An account; its e-mail address is how its owner signs in."""

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]
