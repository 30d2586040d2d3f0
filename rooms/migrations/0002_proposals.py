import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assemblies", "0003_traits"), ("rooms", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="room",
            name="round",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("question", models.JSONField()),
                ("answer", models.JSONField(null=True)),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("heard_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("traits", models.JSONField(default=list)),
                ("everybody", models.BooleanField(default=False)),
                ("mode", models.CharField(default="balanced", max_length=20)),
                ("latecomers", models.CharField(default="rule", max_length=4)),
                ("applied", models.PositiveSmallIntegerField(default=0)),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="assemblies.assembly"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("latecomers__in", ["rule", "hand"])), name="rooms_known_latecomers"
                    )
                ],
            },
        ),
    ]
