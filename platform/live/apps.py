"""Django's own entry."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Streams, hub, feeds, presence."""

    name = "live"
