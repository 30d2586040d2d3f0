
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('assemblies', '0003_traits'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('began_at', models.BigIntegerField()),
                ('ended_at', models.BigIntegerField(null=True)),
                ('began_seq', models.BigIntegerField()),
                ('told_seq', models.BigIntegerField(default=0)),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sittings', to='assemblies.assembly')),
            ],
            options={
                'ordering': ['assembly', 'number'],
                'constraints': [models.UniqueConstraint(fields=('assembly', 'number'), name='sittings_one_number_a_sitting'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('assembly',), name='sittings_one_at_a_time')],
            },
        ),
    ]
