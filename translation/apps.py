"""Django's own entry."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Engines, routes, translated texts."""

    name = "translation"
