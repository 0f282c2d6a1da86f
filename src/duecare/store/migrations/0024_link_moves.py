"""Which records each linkage moved from one person to another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whose records move between two linkages of everything, and how frequent each term was at the last."""

    dependencies = [
        ('store', '0023_undone_by'),
    ]

    operations = [
        migrations.AddField(
            model_name='assessrun',
            name='link_moves',
            field=models.BigIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='LinkMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=80)),
                ('record_id', models.CharField(max_length=200)),
                ('was', models.CharField(blank=True, max_length=16)),
                ('now', models.CharField(blank=True, max_length=16)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='store.linkrun')),
            ],
            options={
                'db_table': 'link_move',
            },
        ),
        migrations.CreateModel(
            name='LinkTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.BigIntegerField()),
                ('number', models.BigIntegerField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='store.linkrun')),
            ],
            options={
                'db_table': 'link_term',
                'indexes': [models.Index(fields=['run', 'term'], name='link_term_run')],
            },
        ),
    ]
