from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("live", "0004_withheld_words")]

    operations = [
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.BigIntegerField()),
                ("lasted_until", models.BigIntegerField()),
            ],
        )
    ]
