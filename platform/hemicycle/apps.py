"""Django's own entry: the tables are handed over when all models are known."""

from django.apps import AppConfig


class HemicycleConfig(AppConfig):
    """The project as an app: templates, static files, catalogues."""

    name = "hemicycle"

    def ready(self) -> None:
        """Wire the live half."""
        from hemicycle import realtime  # models must be loaded first

        realtime.wire_up()
