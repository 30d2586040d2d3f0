"""The rooms as an application."""

from __future__ import annotations

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    """Live groups."""

    name = "rooms"
    default_auto_field = "django.db.models.BigAutoField"
