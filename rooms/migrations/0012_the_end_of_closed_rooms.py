from django.db import migrations, models
from django.db.models import F

REOPEN_MS = 600_000


def _to_the_end(apps, schema_editor):
    apps.get_model("rooms", "Room").objects.filter(final_at__isnull=False).update(final_at=F("final_at") + REOPEN_MS)


def _to_the_closing(apps, schema_editor):
    apps.get_model("rooms", "Room").objects.filter(final_at__isnull=False).update(final_at=F("final_at") - REOPEN_MS)


class Migration(migrations.Migration):

    dependencies = [
        ("rooms", "0011_accommodations"),
    ]

    operations = [
        migrations.RenameField(model_name="room", old_name="closed_at", new_name="final_at"),
        migrations.RunPython(_to_the_end, _to_the_closing),
    ]
