"""People who sign in with an account: organisers, and facilitators where an assembly asks for it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account; its e-mail address is how its owner signs in."""

    email = models.EmailField(unique=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]


class FirstLink(models.Model):
    """The one-time link that makes the first organiser's account; only its digest is kept."""

    code_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"valid until {self.expires_at:%Y-%m-%d %H:%M}"
