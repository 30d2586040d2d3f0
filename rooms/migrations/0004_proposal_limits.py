from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rooms", "0003_lean_indexes")]

    operations = [migrations.AddField(model_name="proposal", name="limits", field=models.JSONField(default=dict))]
