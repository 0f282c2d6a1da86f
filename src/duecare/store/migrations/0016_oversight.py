"""What oversight asked and agreed: a table that the database only lets be added to."""

from django.db import migrations, models

from duecare.store.migrations._only_added import only_added


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0015_accountable'),
    ]

    operations = [
        migrations.CreateModel(
            name='OversightEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(max_length=16)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
                ('words', models.TextField()),
                ('body', models.CharField(blank=True, max_length=16)),
                ('meeting', models.BigIntegerField(default=0)),
                ('of', models.BigIntegerField(default=0)),
                ('owner', models.CharField(blank=True, max_length=60)),
                ('due_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'oversight_entry',
            },
        ),
        only_added("oversight_entry"),
    ]
