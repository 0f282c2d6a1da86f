"""Pairs drawn by chance, and what clerks held of them: tables that the database only lets be added to."""

import django.db.models.deletion
from django.db import migrations, models

from duecare.store.migrations._only_added import only_added


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0025_judgements_only_added'),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
                ('seed', models.CharField(max_length=64)),
                ('link_run', models.BigIntegerField()),
                ('model', models.CharField(max_length=120)),
                ('records', models.BigIntegerField()),
                ('people', models.BigIntegerField()),
                ('strata', models.JSONField()),
            ],
            options={
                'db_table': 'link_sample',
            },
        ),
        migrations.CreateModel(
            name='SampledPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.IntegerField()),
                ('stratum', models.CharField(max_length=80)),
                ('a_source', models.CharField(max_length=80)),
                ('a_record', models.CharField(max_length=200)),
                ('b_source', models.CharField(max_length=80)),
                ('b_record', models.CharField(max_length=200)),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='store.linksample')),
            ],
            options={
                'db_table': 'sampled_pair',
            },
        ),
        migrations.CreateModel(
            name='LinkAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('verdict', models.CharField(max_length=10)),
                ('pair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='store.sampledpair')),
            ],
            options={
                'db_table': 'link_answer',
            },
        ),
        migrations.AddConstraint(
            model_name='sampledpair',
            constraint=models.UniqueConstraint(fields=('sample', 'place'), name='sampled_pair_place'),
        ),
        migrations.AddConstraint(
            model_name='linkanswer',
            constraint=models.UniqueConstraint(fields=('pair', 'by'), name='link_answer_once'),
        ),
        only_added("link_sample", "sampled_pair", "link_answer"),
    ]
