"""Snapshots of figures, and answers to differences: tables that the database only lets be added to."""

import django.db.models.deletion
from django.db import migrations, models

from duecare.store.migrations._only_added import only_added


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0017_recommendations'),
    ]

    operations = [
        migrations.CreateModel(
            name='FigureSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=10)),
                ('as_of', models.DateTimeField()),
                ('known_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField()),
                ('taken_by', models.CharField(max_length=150)),
                ('rests_on', models.JSONField()),
            ],
            options={
                'db_table': 'figure_snapshot',
                'indexes': [models.Index(fields=['period', '-id'], name='figure_snapshot_period')],
            },
        ),
        migrations.CreateModel(
            name='FigureLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figure', models.CharField(max_length=100)),
                ('key', models.CharField(max_length=300)),
                ('at', models.BigIntegerField()),
                ('counts', models.BooleanField(null=True)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('case_source', models.CharField(max_length=80, null=True)),
                ('case_ref', models.CharField(max_length=200, null=True)),
                ('person', models.CharField(max_length=16, null=True)),
                ('amount', models.FloatField(null=True)),
                ('is_endless', models.BooleanField(default=False)),
                ('cuts', models.TextField()),
                ('stratum', models.CharField(blank=True, max_length=300)),
                ('frame', models.BigIntegerField(default=0)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.figuresnapshot')),
            ],
            options={
                'db_table': 'figure_line',
                'indexes': [models.Index(fields=['snapshot', 'figure', 'at'], name='figure_line_figure'), models.Index(fields=['case_source', 'case_ref'], name='figure_line_case')],
            },
        ),
        migrations.CreateModel(
            name='FigureKept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=16, unique=True)),
                ('figure', models.CharField(max_length=100)),
                ('cut', models.TextField()),
                ('part', models.BigIntegerField()),
                ('whole', models.BigIntegerField(null=True)),
                ('unknown', models.BigIntegerField()),
                ('value', models.FloatField(null=True)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('low', models.FloatField(null=True)),
                ('high', models.FloatField(null=True)),
                ('method', models.CharField(blank=True, max_length=80)),
                ('confidence', models.FloatField(null=True)),
                ('why_not_sure', models.CharField(blank=True, max_length=300)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.figuresnapshot')),
            ],
            options={
                'db_table': 'figure_kept',
                'indexes': [models.Index(fields=['snapshot', 'figure'], name='figure_kept_figure')],
            },
        ),
        migrations.CreateModel(
            name='DifferenceAnswered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figure', models.CharField(max_length=100)),
                ('dimension', models.CharField(max_length=24)),
                ('group', models.CharField(max_length=80)),
                ('answer', models.CharField(max_length=10)),
                ('words', models.TextField()),
                ('officer', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.figuresnapshot')),
            ],
            options={
                'db_table': 'difference_answered',
                'indexes': [models.Index(fields=['figure', 'dimension', 'group'], name='difference_answered_what')],
            },
        ),
        only_added("figure_snapshot", "figure_kept", "difference_answered"),
        only_added("figure_line", deeds=("UPDATE",)),  # a line may be taken away, with the person it is about
    ]
