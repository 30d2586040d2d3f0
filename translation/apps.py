"""Django's own entry."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Engines, routes, translated texts."""

    name = "translation"

    def ready(self) -> None:
        """Let questions be heard in every process, also where no page is served that asks one."""
        from translation import asking  # noqa: F401
