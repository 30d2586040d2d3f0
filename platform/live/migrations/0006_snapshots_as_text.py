from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("live", "0005_times_of_service")]

    operations = [
        migrations.AlterField(model_name="stream", name="snapshot", field=models.TextField(default="")),
    ]
