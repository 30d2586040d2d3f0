from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assemblies", "0002_organiser_links")]

    operations = [
        migrations.AddField(model_name="member", name="traits", field=models.JSONField(default=dict)),
    ]
