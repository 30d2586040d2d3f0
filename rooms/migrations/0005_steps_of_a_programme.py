from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rooms', '0004_proposal_limits'),
    ]

    operations = [
        migrations.AddField(
            model_name='room',
            name='is_step_done',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='room',
            name='step',
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name='room',
            name='step_seq',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='room',
            name='step_until',
            field=models.BigIntegerField(default=0),
        ),
    ]
