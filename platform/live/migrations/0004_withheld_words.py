from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("live", "0003_words_found_by_key")]

    operations = [
        migrations.CreateModel(
            name="Withheld",
            fields=[("key", models.CharField(max_length=40, primary_key=True, serialize=False))],
        )
    ]
