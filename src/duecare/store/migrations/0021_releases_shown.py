"""Which versions of releases were shown before their time: the database lets nothing of it be altered or taken away."""

import django.db.models.deletion
from django.db import migrations, models

from duecare.store.migrations._only_added import only_added


class Migration(migrations.Migration):
    """One table, only ever added to."""

    dependencies = [
        ('store', '0020_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReleaseShown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.releaseversion')),
            ],
            options={
                'db_table': 'release_shown',
            },
        ),
        migrations.AddConstraint(
            model_name='releaseshown',
            constraint=models.UniqueConstraint(fields=('version', 'account'), name='release_shown_once'),
        ),
        only_added("release_shown"),
    ]
