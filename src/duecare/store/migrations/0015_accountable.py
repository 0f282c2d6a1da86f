"""Who is accountable for what, and what was signed off: two tables that the database only lets be added to."""

from django.db import migrations, models

from duecare.store.migrations._only_added import only_added


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0014_referral_without_reopening'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountableNamed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('over', models.CharField(max_length=16)),
                ('key', models.CharField(max_length=120)),
                ('post_kind', models.CharField(max_length=60)),
                ('post_area', models.CharField(blank=True, max_length=120)),
                ('from_on', models.DateField()),
                ('reason', models.TextField(blank=True)),
                ('named_at', models.DateTimeField()),
                ('named_by', models.CharField(max_length=150)),
            ],
            options={
                'db_table': 'accountable_named',
                'indexes': [models.Index(fields=['over', 'key'], name='accountable_named_key')],
            },
        ),
        migrations.CreateModel(
            name='SignedOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('over', models.CharField(max_length=16)),
                ('key', models.CharField(max_length=120)),
                ('officer', models.CharField(max_length=80)),
                ('words', models.TextField()),
                ('late', models.BigIntegerField(null=True)),
                ('open', models.BigIntegerField(null=True)),
                ('as_of', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
            ],
            options={
                'db_table': 'signed_off',
                'indexes': [models.Index(fields=['over', 'key', 'at'], name='signed_off_key')],
            },
        ),
        only_added("accountable_named", "signed_off"),
    ]
