"""Releases: drafted, checked, answered, published; the database lets nothing of them be altered or taken away."""

import django.db.models.deletion
from django.db import migrations, models

from duecare.store.migrations._only_added import only_added


class Migration(migrations.Migration):
    """Tables of releases, each only ever added to."""

    dependencies = [
        ('store', '0018_figures'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=60, unique=True)),
                ('period', models.CharField(max_length=16)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.CharField(max_length=150)),
            ],
            options={
                'db_table': 'release',
            },
        ),
        migrations.CreateModel(
            name='ReleaseVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('title', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('content_hash', models.CharField(max_length=64)),
                ('inside', models.JSONField()),
                ('summary', models.JSONField()),
                ('history_hash', models.CharField(max_length=64)),
                ('publish_at', models.DateTimeField()),
                ('access', models.JSONField(default=list)),
                ('words', models.JSONField(default=list)),
                ('corrects', models.CharField(blank=True, max_length=60)),
                ('why', models.TextField(blank=True)),
                ('drafted_by', models.CharField(max_length=150)),
                ('drafted_at', models.DateTimeField()),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.release')),
            ],
            options={
                'db_table': 'release_version',
            },
        ),
        migrations.CreateModel(
            name='ReleasePublished',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField(unique=True)),
                ('at', models.DateTimeField()),
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='store.release')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.releaseversion')),
            ],
            options={
                'db_table': 'release_published',
            },
        ),
        migrations.CreateModel(
            name='ReleaseFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('body', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.releaseversion')),
            ],
            options={
                'db_table': 'release_file',
            },
        ),
        migrations.CreateModel(
            name='ReleaseCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=150)),
                ('seal', models.CharField(max_length=64)),
                ('passed', models.BooleanField()),
                ('words', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.releaseversion')),
            ],
            options={
                'db_table': 'release_check',
            },
        ),
        migrations.CreateModel(
            name='ReleaseAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=150)),
                ('words', models.TextField()),
                ('at', models.DateTimeField()),
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='store.release')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.releaseversion')),
            ],
            options={
                'db_table': 'release_answer',
            },
        ),
        migrations.AddConstraint(
            model_name='releaseversion',
            constraint=models.UniqueConstraint(fields=('release', 'number'), name='release_version_number'),
        ),
        migrations.AddConstraint(
            model_name='releasefile',
            constraint=models.UniqueConstraint(fields=('version', 'name'), name='release_file_once'),
        ),
        migrations.AddConstraint(
            model_name='releasecheck',
            constraint=models.UniqueConstraint(fields=('version', 'account'), name='release_check_once'),
        ),
        only_added("release", "release_version", "release_check", "release_answer", "release_file", "release_published"),
    ]
